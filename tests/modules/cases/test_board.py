"""The board and the calendar by mouse and keys."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gridoffice.domain import work
from gridoffice.modules.cases.page import CasesPage
from gridoffice.modules.cases.page_cards import MIME
from gridoffice.ui.window import MainWindow
from tests.modules.cases.hands import DAY, key, opened, state, texts
from tests.press import meanwhile, press


def drop(frame: QWidget, case: int) -> None:
    """What Qt sends when a card is dropped."""
    data = QMimeData()
    data.setData(MIME, str(case).encode())
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(20, 60), Qt.DropAction.MoveAction, data, left, none)
    QApplication.sendEvent(frame, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(frame, QDropEvent(QPointF(20, 60), Qt.DropAction.MoveAction, data, left, none))


def test_a_card_dragged_opens_the_lawful_step(window: MainWindow, case: int, qtbot: QtBot) -> None:
    page, office = opened(window, "board"), window.office
    assert [card.card.id for card in page.board.cards["collected"]] == [case]

    def fill(dialog: Any) -> None:
        dialog.form.inputs["who"].put("王主任")
        press(dialog, "受理立项")

    failed = meanwhile(fill)
    drop(page.board.frames["accepted"], case)
    qtbot.waitUntil(lambda: state(office, case) == work.ACCEPTED)
    assert failed == []
    assert [card.card.id for card in page.board.cards["accepted"]] == [case]
    said: list[str] = []

    def read(dialog: Any) -> None:
        said.append(texts(dialog))
        press(dialog, "知道了")

    failed = meanwhile(read)
    drop(page.board.frames["verified"], case)
    qtbot.waitUntil(lambda: bool(said))
    assert failed == [] and "“待派遣”的事项不能直接到“待回访”" in said[0] and "派遣任务" in said[0]
    assert state(office, case) == work.ACCEPTED


def test_keys_move_a_card_and_open_it(window: MainWindow, case: int, qtbot: QtBot) -> None:
    page, office = opened(window, "board"), window.office
    page.board.focus_first()
    card = page.board.cards["collected"][0]

    def fill(dialog: Any) -> None:
        dialog.form.inputs["who"].put("王主任")
        press(dialog, "受理立项")

    failed = meanwhile(fill)
    QTest.keyClick(card, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert failed == [] and state(office, case) == work.ACCEPTED
    page.board.focus_first()
    QTest.keyClick(page.board.cards["accepted"][0], Qt.Key.Key_Return)
    assert page.whole.isVisible()
    key(page.whole.back_button, Qt.Key.Key_Escape)
    assert page.board.isVisible()
    window.undo()
    assert [one.card.id for one in page.board.cards["collected"]] == [case]


def test_the_calendar_counts_deadlines_and_lists_a_day(window: MainWindow, case: int) -> None:
    page = opened(window, "month")
    month = page.month
    monday = DAY + timedelta(days=3)  # accepted by the next working day
    assert "1 件到期" in month.cells[monday].text() and "件" not in month.cells[DAY].text()
    assert "周六" in month.cells[date(2026, 11, 21)].accessibleName()
    QTest.mouseClick(month.cells[monday], Qt.MouseButton.LeftButton)
    assert [card.card.id for card in month.cards] == [case]
    QTest.keyClick(month.cells[monday], Qt.Key.Key_Left)
    assert month.day == monday - timedelta(days=1) and month.cards == []
    QTest.keyClick(month.cells[month.day], Qt.Key.Key_Down)
    QTest.keyClick(month.cells[month.day], Qt.Key.Key_Down)
    assert (month.day.month, month.heading.text()) == (12, "2026年12月")
    press(month, "今天")
    assert month.day == DAY


def test_this_machine_remembers_the_view(window: MainWindow, case: int) -> None:
    opened(window, "board")
    again = MainWindow(window.office)
    page = again.open("cases")
    assert isinstance(page, CasesPage) and page.stack.currentWidget() is page.board
    again.close()
