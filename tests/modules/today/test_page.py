"""The tab 今日: numbers open their lists, lines open their records, a new office is shown what to do first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.modules.followup import register
from gridoffice.modules.followup.register import Entry
from gridoffice.modules.today.page import TodayPage
from gridoffice.modules.today.page_room import shared_out
from gridoffice.ui.figure import Figure
from gridoffice.ui.window import MainWindow
from tests.make import Make, id_number
from tests.press import press, words

DAY = date(2026, 11, 20)


@pytest.fixture
def window(office: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    office.on = DAY
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


def opened(window: MainWindow) -> TodayPage:
    page = window.open("today")
    assert isinstance(page, TodayPage)
    return page


def figures(page: TodayPage) -> dict[str, Figure]:
    QApplication.processEvents()
    return {str(made.property("count")): made for made in page.findChildren(Figure) if made.isVisible()}


def test_a_new_office_is_shown_the_first_steps(window: MainWindow) -> None:
    page = opened(window)
    assert {"导入表格…", "去填写", "用示例数据看看"} <= set(words(page))
    assert figures(page) == {}
    press(page, "去填写")
    assert window.current == "office"
    press(opened(window), "去打印")
    assert window.current == "documents"


def test_the_sample_fills_the_page(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window)
    press(page, "用示例数据看看")
    qtbot.waitUntil(lambda: bool(figures(page)), timeout=20_000)
    assert any("虚构" in made.text() for made in page.findChildren(QLabel))
    window.undo()
    assert figures(page) == {}


def test_a_number_opens_its_list(window: MainWindow, make: Make) -> None:
    grid = make.grid(name="石桥村第1网格")
    late = make.case("河边垃圾", unit_id=grid.id, found_on=DAY - timedelta(days=9), due_on=DAY - timedelta(days=2))
    make.case("井盖", unit_id=grid.id, found_on=DAY, due_on=DAY)
    page = opened(window)
    shown = figures(page)
    assert shown["cases_open"].number.text() == "2"
    QTest.mouseClick(shown["cases_late"], Qt.MouseButton.LeftButton)
    assert window.current == "cases"
    cases = window.pages["cases"]
    assert (cases.list.view_key, cases.list.model.ids) == ("late", [late.id])  # type: ignore[attr-defined]


def test_every_number_leads_to_a_list_as_long_as_it_says(window: MainWindow, make: Make) -> None:
    grid = make.grid(name="石桥村第1网格")
    make.case("河边垃圾", unit_id=grid.id, found_on=DAY - timedelta(days=9), due_on=DAY - timedelta(days=2))
    page = opened(window)
    for key in ("cases_open", "cases_late", "cases_handled", "patrols_today", "patrols_week", "patrols_stale"):
        number = figures(page)[key].number.text()
        QTest.mouseClick(figures(page)[key], Qt.MouseButton.LeftButton)
        listed = window.pages[window.current].list  # type: ignore[attr-defined]
        assert number == str(len(listed.model.ids)), key
        window.show_tab("today")


def test_a_line_opens_its_record_and_the_rest_its_view(window: MainWindow, make: Make) -> None:
    grid = make.grid(name="石桥村第1网格")
    late = make.case("河边垃圾", unit_id=grid.id, found_on=DAY - timedelta(days=9), due_on=DAY - timedelta(days=2))
    page = opened(window)
    [line] = [made for made in page.findChildren(QPushButton) if made.accessibleName().startswith("河边垃圾")]
    assert line.accessibleName() == "河边垃圾 石桥村第1网格 待受理，逾期 2 天"
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert window.pages["cases"].list.current() == late.id  # type: ignore[attr-defined]
    window.show_tab("today")
    press(page, "全部 1")
    assert window.pages["cases"].list.view_key == "late"  # type: ignore[attr-defined]


def test_whose_turn_it_is_stands_without_the_illness(window: MainWindow, make: Make) -> None:
    entry = Entry("htn", "单德福", id_number(date(1980, 3, 1), 4), "13900001234", make.grid().id)
    register.enrol(window.office, replace(entry, enrolled_on=date(2026, 1, 5)))
    page = opened(window)
    told = " ".join([made.text() + made.toolTip() for made in page.findChildren(QLabel)])
    told += " ".join(made.accessibleName() + made.toolTip() for made in page.findChildren(QPushButton))
    assert "单德福" in told
    assert "健康服务预约" in told
    assert not [word for word in ("血压", "糖尿", "慢病", "患者") if word in told]
    [line] = [made for made in page.findChildren(QPushButton) if made.accessibleName().startswith("单德福")]
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    assert window.current == "followup"


def test_what_was_done_elsewhere_is_counted_at_once(window: MainWindow, make: Make) -> None:
    grid = make.grid(name="石桥村第1网格")
    page = opened(window)
    assert figures(page)["cases_open"].number.text() == "0"
    make.case("井盖", unit_id=grid.id, found_on=DAY, due_on=DAY)
    assert figures(page)["cases_open"].number.text() == "1"


def test_nothing_is_wider_than_the_window_at_large_letters(window: MainWindow, make: Make) -> None:
    from gridoffice.ui import theme as looks

    make.grid(name="石桥村第1网格")
    opened(window)
    try:
        looks.choose(zoom=150)
        page = opened(window)
        window.resize(1366, 768)
        page._lay()
        assert page.inside.minimumSize().width() <= page.width()
    finally:
        looks.choose(zoom=100)


def test_lines_are_as_even_as_can_be() -> None:
    assert shared_out("abcde", [300, 100, 100, 300, 100], 1000) == [list("abcde")]
    assert [len(line) for line in shared_out("abcde", [300] * 5, 1290)] == [3, 2]
    assert shared_out("ab", [900, 900], 500) == [["a"], ["b"]]
