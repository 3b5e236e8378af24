"""今日 of one worker: own numbers and lists, what was taken over while A is away, remembered and led back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.domain import work
from gridoffice.domain.networks import STAND_IN
from gridoffice.domain.staff import Leave, Staff
from gridoffice.modules.today.page import TodayPage
from gridoffice.ui.figure import Figure
from gridoffice.ui.table import ListTable
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import press

DAY = date(2026, 11, 20)
NEXT = timedelta(days=1)

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # popups in memory neither rise nor grab keys


class People:
    """A with a late case, B beside, and C elsewhere with one of his own."""

    def __init__(self, make: Make) -> None:
        grid, other = make.grid(name="石桥村第2网格"), make.grid(name="石桥村第3网格")
        self.a, self.b, self.c = make.staff("张建国"), make.staff("李秀兰"), make.staff("王芳")
        make.assign(self.a, grid)
        make.assign(self.b, grid, STAND_IN)
        make.assign(self.c, other)
        late = {"found_on": DAY - 9 * NEXT, "due_on": DAY - 2 * NEXT, "state": work.DISPATCHED}
        self.case = make.case("三组路灯不亮", unit_id=grid.id, **late)
        self.other = make.case("井盖松动", unit_id=other.id, **late)


@pytest.fixture
def people(office: Office, make: Make) -> People:
    office.on = DAY
    return People(make)


@pytest.fixture
def window(office: Office, people: People, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


def page_of(window: MainWindow) -> TodayPage:
    page = window.show_tab("today")
    assert isinstance(page, TodayPage)
    QApplication.processEvents()
    return page


def texts(page: TodayPage) -> str:
    QApplication.processEvents()
    return " ".join(made.text() for made in page.findChildren(QLabel) if made.isVisible())


def number(page: TodayPage, key: str) -> str:
    QApplication.processEvents()
    found = [one for one in page.findChildren(Figure) if one.property("count") == key and one.isVisible()]
    return found[0].number.text() if found else ""


def choose(page: TodayPage, qtbot: QtBot, letters: str, name: str) -> None:
    """Type somebody's initials into the picker and take the proposal."""
    line = page.picker.input.inner.lineEdit()  # type: ignore[attr-defined]
    assert isinstance(line, QLineEdit)
    completer = line.completer()
    page.window().activateWindow()
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, letters)
    assert completer.completionCount() == 1
    popup = completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    popup.setCurrentIndex(completer.completionModel().index(0, 0))
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert line.text().startswith(name)


def test_b_sees_what_a_left_and_it_goes_back_alone(
    office: Office, people: People, window: MainWindow, make: Make, qtbot: QtBot
) -> None:
    page = page_of(window)
    assert "三组路灯不亮" in texts(page)
    choose(page, qtbot, "lxl", "李秀兰")
    assert page.whose == people.b.id
    assert number(page, "cases-open") == "0"
    assert "三组路灯不亮" not in texts(page)
    make.add(Leave(staff_id=people.a.id, start=DAY, end=DAY))
    assert "代 张建国：石桥村第2网格，到 11月20日" in texts(page)
    assert (number(page, "cases-open"), number(page, "cases-late")) == ("1", "1")
    assert "三组路灯不亮" in texts(page)
    assert "井盖松动" not in texts(page)
    choose(page, qtbot, "zjg", "张建国")
    assert number(page, "cases-open") == "0"
    assert "他的活在代班人名下" in texts(page)
    office.on = DAY + NEXT
    page.refresh()
    assert number(page, "cases-open") == "1"
    choose(page, qtbot, "lxl", "李秀兰")
    assert number(page, "cases-open") == "0"


def test_a_number_opens_the_workers_own_list_and_the_list_says_so(
    people: People, window: MainWindow, qtbot: QtBot
) -> None:
    page = page_of(window)
    choose(page, qtbot, "wf", "王芳")
    figure = next(one for one in page.findChildren(Figure) if one.property("count") == "cases-late")
    QTest.mouseClick(figure, Qt.MouseButton.LeftButton)
    assert window.current == "cases"
    table = window.pages["cases"].findChild(ListTable)
    assert isinstance(table, ListTable)
    assert list(table.model.ids) == [people.other.id]
    press(table, "只看 王芳（含代班）  ✕")
    assert set(table.model.ids) == {people.case.id, people.other.id}


def test_the_choice_is_remembered_and_all_is_one_press_away(
    office: Office, people: People, window: MainWindow, qtbot: QtBot
) -> None:
    page = page_of(window)
    choose(page, qtbot, "wf", "王芳")
    again = TodayPage(office, window)
    qtbot.addWidget(again)
    assert again.whose == people.c.id
    press(page, "全办")
    assert page.whose is None
    assert "三组路灯不亮" in texts(page)
    assert "井盖松动" in texts(page)
    choose(page, qtbot, "wf", "王芳")
    with office.unit("离岗") as session:
        who = session.get_one(Staff, people.c.id)
        who.is_active, who.left_on = False, DAY - NEXT
    assert page.whose is None, "who left has no 今日 any more"


def test_all_see_who_is_away_who_will_be_and_where_nobody_is(
    office: Office, people: People, window: MainWindow, make: Make
) -> None:
    page = page_of(window)
    office.on = date(2026, 11, 18)
    make.add(Leave(staff_id=people.a.id, start=date(2026, 11, 18), end=DAY))
    make.add(Leave(staff_id=people.b.id, start=date(2026, 11, 19), end=date(2026, 11, 19)))
    told = texts(page)
    assert "今天不在：张建国（到 11月20日，由李秀兰代）" in told
    assert "本周将请假：李秀兰（11月19日起）" in told
    office.on = date(2026, 11, 19)
    page.refresh()
    assert "石桥村第2网格：张建国请假至 2026-11-20，B岗李秀兰也不在，没有人顶上" in texts(page)
