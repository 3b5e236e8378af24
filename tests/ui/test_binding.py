"""The Qt binding keeps Python's own constants whole: PySide6 6.12.0 on 3.11 loses a reference at each slot call."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

TIMES = 400


class Teller(QObject):
    told = Signal(bool)


def test_calling_slots_costs_no_reference(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    button.clicked.connect(lambda: None)
    teller = Teller()
    teller.told.connect(lambda _value: None)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(TIMES):
        button.click()
        teller.told.emit(True)
    after = sys.getrefcount(None), sys.getrefcount(True)
    # A process that runs all day would otherwise end in a fatal error once None is "freed".
    assert all(now > then - TIMES / 2 for then, now in zip(before, after, strict=True)), (before, after)
