"""Five logs typed by keys alone, one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.staff import Leave
from gridoffice.modules.patrols import service
from gridoffice.modules.patrols.model import Patrol
from gridoffice.modules.patrols.page import PatrolsPage
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press, words

DAY = date(2026, 11, 20)
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # popups in memory neither rise nor grab keys


@pytest.fixture
def page(office: Office, qtbot: QtBot, make: Make) -> Iterator[PatrolsPage]:
    office.on = DAY
    village = make.village("石桥村")
    for n, name in enumerate(("唐琪", "李秀兰"), 1):
        make.assign(make.staff(name), make.grid(village, f"石桥村第{n}网格"))
    window = MainWindow(office)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    opened = window.open("patrols")
    assert isinstance(opened, PatrolsPage)
    yield opened
    window.close()


def focused() -> QWidget:
    """What the keys go to."""
    here = QApplication.focusWidget()
    assert here is not None
    return here


def in_front(dialog: QWidget) -> None:
    """Have the keys go to the dialog."""
    dialog.activateWindow()
    QTest.qWait(50)
    if QApplication.activeWindow() is not dialog:
        QApplication.setActiveWindow(dialog)
    QApplication.processEvents()


def typed(text: str) -> None:
    """Text into whatever has the focus, in place of what stood there; then Tab."""
    here = focused()
    QTest.keyClick(here, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    if text.isascii():
        QTest.keyClicks(here, text)
    else:  # as an input method hands it over
        written = QInputMethodEvent()
        written.setCommitString(text)
        QApplication.sendEvent(here, written)
    QTest.keyClick(here, Qt.Key.Key_Tab)
    QApplication.processEvents()


def picked(initials: str, made: Any) -> None:
    """Something found by its initials and taken by Tab while the hits are listed."""
    QTest.keyClick(focused(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(focused(), initials)
    popup = made.inner.completer().popup()
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Tab)
    QApplication.processEvents()
    assert not made.isAncestorOf(focused()), "Tab goes on at once"


def tab(times: int) -> None:
    for _ in range(times):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)


def all_logs(office: Office) -> list[Patrol]:
    with office.read() as session:
        return list(session.scalars(select(Patrol).order_by(Patrol.id)))


class Counted(QObject):
    """Counts the keys that are pressed; what an input method hands over counts as two for each sign."""

    def __init__(self) -> None:
        super().__init__()
        self.number = 0
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count what goes to a widget that has the focus."""
        if watched is QApplication.focusWidget() or watched is QApplication.activePopupWidget():
            if event.type() == QEvent.Type.KeyPress:
                self.number += 1
            elif isinstance(event, QInputMethodEvent):
                self.number += 2 * len(event.commitString())
        return False


def test_five_logs_by_keys_alone(page: PatrolsPage) -> None:
    counted: list[int] = []

    def fill(dialog: Any) -> None:
        inputs = dialog.form.inputs
        in_front(dialog)
        counter = Counted()
        for n in range(5):
            assert dialog.form.inputs["unit_id"].isAncestorOf(focused())
            picked(f"sqcd{n % 2 + 1}", inputs["unit_id"])
            in_front(dialog)  # a list in memory does not give the front back by itself
            inputs["staff_id"].setFocus()
            tab(3)  # worker, day, kind stay as they are filled in
            typed(f"{8 + n}00")
            typed(f"{8 + n}30")
            typed(str(n))
            assert inputs["phrase"].isAncestorOf(focused()), "what is rarely filled in comes after the phrase"
            QTest.keyClicks(focused(), "1")
            QTest.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            QApplication.processEvents()
            assert dialog.problem.isHidden(), dialog.problem.text()
        QTest.keyClick(focused(), Qt.Key.Key_Escape)
        counted.append(counter.number)

    failed = meanwhile(fill)
    page.new()
    assert failed == []
    kept = all_logs(page.office)
    assert [log.households for log in kept] == [0, 1, 2, 3, 4]
    assert (kept[0].start, kept[0].end) == (time(8), time(8, 30))
    assert all("未发现异常" in log.text for log in kept)
    assert len({log.staff_id for log in kept}) == 2, "each grid brought its own worker"
    assert counted[0] / 5 <= 32, "a log in well under a minute"


def test_same_as_above_copies_the_log_or_one_field(page: PatrolsPage) -> None:
    grid = service.unit_choices(page.office)[0].id
    worker = service.worker_of(page.office, grid)
    first = service.Entry(DAY, time(8), time(9), grid, worker, text="沿河巡查", route="1组—2组")
    service.record(page.office, first)

    def fill(dialog: Any) -> None:
        route = dialog.form.inputs["route"]
        in_front(dialog)
        route.setFocus()
        QTest.keyClick(focused(), Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
        QApplication.processEvents()
        assert route.value() == "1组—2组"
        assert dialog.form.inputs["text"].value() == ""
        press(dialog, "同上一条")
        assert dialog.form.inputs["text"].value() == "沿河巡查"
        press(dialog, "保存")

    failed = meanwhile(fill)
    page.new()
    assert failed == []
    assert [log.text for log in all_logs(page.office)] == ["沿河巡查", "沿河巡查"]


def test_the_way_out_of_a_leave_is_a_button(page: PatrolsPage, make: Make) -> None:
    grid = service.unit_choices(page.office)[0].id
    worker = service.worker_of(page.office, grid)
    assert worker is not None
    with page.office.read() as session:
        unit = session.get_one(GridUnit, grid)
    make.assign(make.staff("白雯颖"), unit, networks.STAND_IN)
    make.add(Leave(staff_id=worker, start=DAY, end=DAY))

    def fill(dialog: Any) -> None:
        inputs = dialog.form.inputs
        inputs["unit_id"].put(grid)
        inputs["staff_id"].put(worker)
        inputs["start"].put("8:00")
        inputs["end"].put("9:00")
        press(dialog, "保存")
        assert "请假" in dialog.problem.text()
        press(dialog, "改为白雯颖")
        press(dialog, "保存")

    failed = meanwhile(fill)
    page.new()
    assert failed == []
    assert [log.staff_id == worker for log in all_logs(page.office)] == [False]


def test_a_locked_log_shows_supplement_only(page: PatrolsPage) -> None:
    grid = service.unit_choices(page.office)[0].id
    worker = service.worker_of(page.office, grid)
    old = service.Entry(DAY - timedelta(days=9), time(8), time(9), grid, worker)
    service.record(page.office, old)
    page.list.choose_first()
    assert "修改" not in words(page.side) and "删除" not in words(page.side)

    def fill(dialog: Any) -> None:
        dialog.form.inputs["text"].put("当天还走了2组")
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page.side, "补记")
    assert failed == []
    current = page.list.current()
    assert current is not None
    assert service.view(page.office, current).additions[-1].text == "当天还走了2组"
