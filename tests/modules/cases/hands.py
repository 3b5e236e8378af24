"""Hands for the tests of the tab 事项: fill the dialog a button opens, and read what the office then holds."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from gridoffice.db.office import Office
from gridoffice.modules.cases import service
from gridoffice.modules.cases.page import CasesPage
from gridoffice.ui.window import MainWindow
from tests.press import meanwhile, press

DAY = date(2026, 11, 20)  # a Friday


def opened(window: MainWindow, mode: str = "list") -> CasesPage:
    page = window.open("cases", "open")
    assert isinstance(page, CasesPage)
    page.show_mode(mode)
    return page


def saved(where: QWidget, word: str, save: str, **given: Any) -> None:
    """Press a button, fill the dialog that opens, press its button."""

    def fill(dialog: Any) -> None:
        for key, value in given.items():
            dialog.form.inputs[key].put(value)
        press(dialog, save)
        assert not dialog.problem.isVisible(), dialog.problem.text()

    failed = meanwhile(fill)
    press(where, word)
    assert failed == [], word


def refused(where: QWidget, word: str, save: str, **given: Any) -> str:
    """As `saved`, but the dialog stays open: its sentence."""
    said: list[str] = []

    def fill(dialog: Any) -> None:
        for key, value in given.items():
            dialog.form.inputs[key].put(value)
        press(dialog, save)
        said.append(dialog.problem.text())
        dialog.form.fill(dialog.form.raw())
        press(dialog, "取消")

    failed = meanwhile(fill)
    press(where, word)
    assert failed == [], word
    return said[0]


def key(where: QWidget, pressed: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key that a shortcut takes: its window must be the active one, as on a real screen."""
    where.window().activateWindow()
    QApplication.processEvents()
    QTest.keyClick(where, pressed, with_)
    QApplication.processEvents()


def state(office: Office, case: int) -> str:
    return service.view(office, case).state


def texts(parent: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(made.text() for made in parent.findChildren(QLabel) if made.isVisible())


def paper_made(where: QWidget, word: str, ready: str = "") -> None:
    """Press 做…; perhaps a form first, whose button is `ready`; then the paper is shown, and left."""

    def leave(shown: Any) -> None:
        press(shown, "关闭")

    def fill(dialog: Any) -> None:
        meanwhile(leave)
        press(dialog, ready)

    failed = meanwhile(fill if ready else leave)
    press(where, word)
    assert failed == [], word
