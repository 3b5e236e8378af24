"""The flowing layout: one line when there is room, more lines when there is not."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gridoffice.ui.flow import Flow


def test_lines_break_where_the_room_ends(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = Flow()
    holder.setLayout(flow)
    buttons = [QPushButton(f"按钮{n}") for n in range(6)]
    for made in buttons:
        made.setFixedSize(80, 30)
        flow.addWidget(made)
    holder.resize(600, 200)
    holder.show()
    assert len({made.y() for made in buttons}) == 1
    holder.resize(190, 200)
    qtbot.waitUntil(lambda: len({made.y() for made in buttons}) == 3)
    assert flow.heightForWidth(190) == 3 * buttons[0].height() + 2 * flow.spacing()
    assert flow.minimumSize().width() == 80
