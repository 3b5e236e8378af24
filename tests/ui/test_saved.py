"""Saved filters and columns by real clicks: kept, shown again, printed as seen, renamed, moved, taken away, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QListWidget
from pytestqt.qtbot import QtBot

from gridoffice.core import settings as machine
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import saved
from gridoffice.domain.listing import Query
from gridoffice.domain.people import Resident
from gridoffice.ui import output
from gridoffice.ui.table import ListTable
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press

OPEN = Callable[[Office], MainWindow]


@pytest.fixture
def people(make: Make) -> list[Resident]:
    grid = make.grid()
    house = make.household(grid, address="石桥村1组1号")
    return [
        make.resident("单雪", house, born=date(1940, 5, 6), id_number=None, tags="独居老人"),
        make.resident("唐琪", house, born=date(1941, 5, 6), id_number=None, tags="党员"),
        make.resident("何敏", house, born=date(1970, 5, 6), id_number=None),
    ]


@pytest.fixture
def table(office: Office, opened: OPEN, people: list[Resident]) -> ListTable:
    page: Any = opened(office).open("residents")
    QApplication.processEvents()
    shown: ListTable = page.list
    return shown


def entries(shown: ListTable) -> list[str]:
    assert shown.views is not None
    shown.views.fill()
    return [action.text() for action in shown.views.menu_.actions() if action.text()]


def pick(shown: ListTable, word: str) -> None:
    assert shown.views is not None
    shown.views.fill()
    next(action for action in shown.views.menu_.actions() if action.text() == word).trigger()
    QApplication.processEvents()


def seen(shown: ListTable) -> list[str]:
    header = shown.table.horizontalHeader()
    order = [header.logicalIndex(place) for place in range(header.count())]
    return [shown.listing.columns[place].title for place in order if not header.isSectionHidden(place)]


def tick(dialog: Any, titles: dict[str, bool]) -> None:
    listed: QListWidget = dialog.list
    for place in range(listed.count()):
        item = listed.item(place)
        if item.text() in titles:
            item.setCheckState(Qt.CheckState.Checked if titles[item.text()] else Qt.CheckState.Unchecked)


def choose(shown: ListTable, act: Callable[[Any], None]) -> None:
    failed = meanwhile(act)
    pick(shown, "选择列…")
    assert failed == []


def test_columns_are_chosen_moved_and_remembered(table: ListTable, qtbot: QtBot, office: Office) -> None:
    before = seen(table)
    assert "备注" not in before, "further columns wait to be chosen"

    def act(dialog: Any) -> None:
        tick(dialog, {"性别": False, "备注": True})
        row = next(n for n in range(dialog.list.count()) if dialog.list.item(n).text() == "备注")
        dialog.list.setCurrentRow(row)
        qtbot.waitUntil(dialog.list.hasFocus)
        for _ in range(row):
            qtbot.keyClick(dialog.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        press(dialog, "确定")

    choose(table, act)
    assert seen(table) == ["备注", *(title for title in before if title != "性别")]
    again = ListTable(office, table.listing)
    qtbot.addWidget(again)
    assert seen(again) == seen(table), "this machine remembers"
    pick(table, "恢复原来的列")
    assert seen(table) == before
    assert machine.get("columns") == "{}"


def test_a_column_dragged_in_the_header_stays_there(table: ListTable) -> None:
    header = table.table.horizontalHeader()
    first = seen(table)[0]
    header.moveSection(0, 2)
    assert seen(table).index(first) == 2
    assert table.columns.keys == list(table.query().columns)


def test_nothing_ticked_is_told(table: ListTable) -> None:
    said: list[str] = []

    def act(dialog: Any) -> None:
        tick(dialog, {dialog.list.item(n).text(): False for n in range(dialog.list.count())})
        press(dialog, "确定")
        said.append(dialog.problem.text())
        press(dialog, "恢复原来的列")
        press(dialog, "确定")

    choose(table, act)
    assert said == ["至少要留一列。"]


def keep(shown: ListTable, title: str, word: str = "存为常用筛选…") -> None:
    def act(dialog: Any) -> None:
        dialog.form.inputs["title"].put(title)
        press(dialog, "保存")

    failed = meanwhile(act)
    pick(shown, word)
    assert failed == []


def test_a_saved_filter_comes_back_whole(table: ListTable, office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    usual = seen(table)
    press(table, "60岁以上")
    table.search.setText("石桥")
    qtbot.keyClick(table.search, Qt.Key.Key_Return)
    name = next(place for place, column in enumerate(table.listing.columns) if column.key == "name")
    table.table.horizontalHeader().sectionClicked.emit(name)
    table.table.horizontalHeader().sectionClicked.emit(name)

    def two(dialog: Any) -> None:
        tick(dialog, dict.fromkeys(usual, False) | {"姓名": True, "类别": True})
        press(dialog, "确定")

    choose(table, two)
    keep(table, "石桥老人")
    shown = [table.model.texts(place)[1] for place in range(len(table.model.ids))]
    assert shown == ["唐琪", "单雪"], "by spelling, downwards"
    pick(table, "恢复原来的列")
    press(table, "全部")
    assert (len(table.model.ids), seen(table)) == (3, usual)
    window: Any = table.window()
    window.open("cases")
    found = saved.of_list(office, "residents")[0]
    window.open("residents", view=f"saved:{found.id}")
    assert [table.model.texts(place)[1] for place in range(len(table.model.ids))] == shown
    assert seen(table) == ["姓名", "类别"]
    assert table.views is not None and table.views.text() == "常用：石桥老人"
    titles, rows = output.contents(office, table.listing, table.query())
    assert (titles, rows) == (["姓名", "类别"], [["唐琪", "党员"], ["单雪", "独居老人"]])
    assert output.title_of(table.listing, table.query()).endswith(" · 石桥老人")
    table.table.selectAll()
    table.copy()
    assert QApplication.clipboard().text().split("\n")[0] == "姓名\t类别"
    press(table, "全部")
    assert seen(table) == usual, "its columns go with it"


def test_it_is_renewed_renamed_moved_taken_away_and_undone(table: ListTable, office: Office) -> None:
    press(table, "党员")
    keep(table, "甲")
    press(table, "低保")
    keep(table, "乙")
    assert entries(table)[:2] == ["甲", "乙"]
    table.search.setText("唐")
    assert "更新“乙”" in entries(table)
    pick(table, "更新“乙”")
    assert saved.of_list(office, "residents")[1].text == "唐"

    def act(dialog: Any) -> None:
        dialog.list.setCurrentRow(1)
        press(dialog, "上移")
        failed = meanwhile(rename)
        press(dialog, "改名…")
        assert failed == []
        dialog.list.setCurrentRow(1)
        press(dialog, "删除")
        press(dialog, "完成")

    def rename(dialog: Any) -> None:
        dialog.form.inputs["title"].put("甲")
        press(dialog, "保存")
        assert "已经有叫“甲”" in dialog.problem.text()
        dialog.form.inputs["title"].put("丙")
        press(dialog, "保存")

    failed = meanwhile(act)
    pick(table, "管理常用筛选…")
    assert failed == []
    assert [one.title for one in saved.of_list(office, "residents")] == ["丙"]
    assert [office.undo() for _ in range(3)] == ["删除常用筛选：甲", "常用筛选改名：丙", "常用筛选换位置"]
    assert [one.title for one in saved.of_list(office, "residents")] == ["甲", "乙"]


def test_a_filter_that_is_gone_is_told(table: ListTable) -> None:
    window: Any = table.window()
    with pytest.raises(OfficeError, match="已经删除"):
        window.open("residents", view="saved:99")


def test_the_same_name_takes_the_new_contents_and_each_list_has_its_own(office: Office) -> None:
    first = saved.save(office, "residents", "甲", Query(date.today(), view="party"), ())
    assert saved.save(office, "residents", " 甲 ", Query(date.today(), view="poor"), ("name",)) == first
    saved.save(office, "staff", "甲", Query(date.today()), ())
    found = saved.of_list(office, "residents")
    assert [(one.view, one.columns) for one in found] == [("poor", ("name",))]
    with pytest.raises(OfficeError, match="还没有名字"):
        saved.save(office, "residents", "  ", Query(date.today()), ())
