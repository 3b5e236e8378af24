"""The table of a declared list: lazy, searched, sorted, seen by views, copied, and never empty without a word."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.domain import ids
from gridoffice.domain.ids import BLOCK
from gridoffice.domain.people import Resident
from gridoffice.modules.residents.lists import RESIDENTS
from gridoffice.ui.empty import Empty
from gridoffice.ui.model import ListingModel
from gridoffice.ui.table import ListTable
from tests.make import Make, id_number
from tests.press import press


@pytest.fixture
def three(make: Make) -> list[Resident]:
    return [
        make.resident("单雪", born=date(1950, 5, 6), id_number=id_number(date(1950, 5, 6), 2), phone="13900001234"),
        make.resident("唐琪", born=date(1990, 5, 6), id_number=id_number(date(1990, 5, 6), 2), tags="党员"),
        make.resident("何敏", born=date(1970, 5, 6), id_number=id_number(date(1970, 5, 6), 2), household=None),
    ]


def table(qtbot: QtBot, office: Office, **wanted: Any) -> ListTable:
    made = ListTable(office, RESIDENTS, **wanted)
    qtbot.addWidget(made)
    made.resize(1000, 400)
    made.show()
    return made


def names(shown: ListTable) -> list[str]:
    return [shown.model.texts(place)[1] for place in range(len(shown.model.ids))]


def test_rows_are_fetched_in_blocks_only_when_they_are_shown(
    full: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched: list[Sequence[int]] = []
    rows = type(RESIDENTS).rows

    def counted(listing: Any, office: Office, ids: Sequence[int], on: date, **more: Any) -> Any:
        fetched.append(ids)
        return rows(listing, office, ids, on, **more)

    monkeypatch.setattr(type(RESIDENTS), "rows", counted)
    shown = table(qtbot, full)
    QApplication.processEvents()
    assert len(shown.model.ids) > 2000
    assert [len(ids) for ids in fetched] == [BLOCK]
    shown.table.scrollToBottom()
    QApplication.processEvents()
    assert len(fetched) <= 3, "the last rows, not all those between"
    model = ListingModel(full, RESIDENTS)
    model.ask(shown.query())
    assert model.rowCount() == len(shown.model.ids)
    assert len(fetched) <= 3, "asking fetches no rows"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("单", ["单雪"]),
        ("shanx", ["单雪"]),
        ("tq", ["唐琪"]),
        ("1234", ["单雪"]),
        ("无此人", []),
        ("%", []),
        ("", None),
    ],
)
def test_it_is_filtered_by_name_letters_and_phone_tail(
    office: Office, qtbot: QtBot, three: list[Resident], typed: str, found: list[str] | None
) -> None:
    shown = table(qtbot, office)
    shown.search.setText(typed)
    qtbot.keyClick(shown.search, Qt.Key.Key_Return)
    assert names(shown) == (found if found is not None else [one.name for one in three])
    assert shown.total.text() == f"共 {len(names(shown))} 条"


def test_typing_asks_after_a_short_wait(office: Office, qtbot: QtBot, three: list[Resident]) -> None:
    shown = table(qtbot, office)
    qtbot.keyClicks(shown.search, "hm")
    assert len(shown.model.ids) == 3, "not at each key"
    qtbot.waitUntil(lambda: names(shown) == ["何敏"])


def test_views_narrow_and_their_chip_is_marked(office: Office, qtbot: QtBot, three: list[Resident]) -> None:
    shown = table(qtbot, office)
    press(shown, "党员")
    assert names(shown) == ["唐琪"]
    assert [chip.text() for chip in shown._group.buttons() if chip.isChecked()] == ["党员"]
    shown.show_view("", text="单")
    assert names(shown) == ["单雪"]
    assert [chip.text() for chip in shown._group.buttons() if chip.isChecked()] == ["全部"]


def test_a_title_sorts_up_and_down_and_keeps_the_chosen_record(
    office: Office, qtbot: QtBot, three: list[Resident]
) -> None:
    shown = table(qtbot, office)
    shown.choose(three[1].id)
    place = next(place for place, column in enumerate(RESIDENTS.columns) if column.key == "age")
    header = shown.table.horizontalHeader()
    header.sectionClicked.emit(place)
    up = names(shown)
    header.sectionClicked.emit(place)
    assert up == ["单雪", "何敏", "唐琪"]
    assert names(shown) == up[::-1]
    assert header.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
    assert shown.current() == three[1].id


def test_what_is_gone_is_no_longer_chosen(office: Office, qtbot: QtBot, three: list[Resident]) -> None:
    shown = table(qtbot, office)
    told: list[int | None] = []
    shown.chosen.connect(told.append)
    shown.choose(three[0].id)
    shown.show_view("party")
    assert told == [three[0].id, None]
    assert shown.current() is None


def test_rows_are_copied_in_their_order_with_titles_and_masks(
    office: Office, qtbot: QtBot, three: list[Resident]
) -> None:
    shown = table(qtbot, office, hide=frozenset({"tags"}))
    QApplication.clipboard().setText("早先的")
    shown.copy()
    assert QApplication.clipboard().text() == "早先的", "nothing is selected"
    shown.table.selectAll()
    shown.copy()
    lines = [line.split("\t") for line in QApplication.clipboard().text().split("\n")]
    assert [line[1] for line in lines] == ["姓名", "单雪", "唐琪", "何敏"]
    assert "类别" not in lines[0], "what is not seen is not copied"
    assert all(len(line) == len(lines[0]) for line in lines)
    assert "139****1234" in lines[1]
    assert lines[1][-1] == "在住"


def test_enter_and_double_click_open(office: Office, qtbot: QtBot, three: list[Resident]) -> None:
    shown = table(qtbot, office)
    told: list[int] = []
    shown.opened.connect(told.append)
    shown.activateWindow()
    shown.choose(three[1].id)
    shown.table.setFocus()
    qtbot.waitUntil(shown.table.hasFocus)
    qtbot.keyClick(shown.table, Qt.Key.Key_Return)
    shown.table.doubleClicked.emit(shown.model.index(2, 0))
    assert told == [three[1].id, three[2].id]
    shown.search.setFocus()
    qtbot.keyClick(shown.search, Qt.Key.Key_Return)
    assert len(told) == 2, "Enter in the filter box filters"


def test_an_empty_list_says_what_to_do(office: Office, qtbot: QtBot, make: Make) -> None:
    pressed: list[int] = []
    empty = Empty("residents", "这里还没有居民", "点“新建居民”。", (("新建居民", lambda: pressed.append(1)),))
    shown = table(qtbot, office, empty=empty)
    assert empty.isVisible()
    press(empty, "新建居民")
    assert pressed == [1]
    make.resident()
    shown.reload()
    assert not empty.isVisible()


def test_the_context_menu_has_its_entries(office: Office, qtbot: QtBot, three: list[Resident]) -> None:
    shown = table(qtbot, office)
    shown.on_menu("编辑", lambda: None)
    menu = shown._menu()
    found = [action.text().partition("\t")[0] for action in menu.actions() if action.text()]
    assert found == ["打开", "编辑", "复制选中的行", "看完整号码…", "导出完整号码…", "打印完整号码…"]


def test_a_long_list_is_counted_after_it_was_painted_and_selected_as_one_range(
    full: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ids, "SURE", 300)
    monkeypatch.setattr(ids, "PATIENCE", 60.0)
    shown = table(qtbot, full)
    assert (shown.model.rowCount(), shown.total.text()) == (300, "共 …… 条")
    qtbot.waitUntil(lambda: shown.model.rowCount() > 2000)
    number = shown.model.rowCount()
    assert shown.total.text() == f"共 {number:,} 条"
    shown.reload()
    shown.table.selectAll()
    assert shown.table.ranges() == [(0, number - 1)], "counted first, then all"
    assert shown.selected_count() == number
    assert len(set(shown.selected())) == number
    shown.table.setFocus()
    shown.activateWindow()
    qtbot.waitUntil(shown.table.hasFocus)
    qtbot.keyClick(shown.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    assert shown.table.currentIndex().row() == number - 1
    whole = RESIDENTS.ids(full, shown.query())
    assert shown.current() == whole[-1]
    shown.choose(whole[number // 2])
    assert shown.table.currentIndex().row() == number // 2
    shown.reload()
    assert shown.current() == whole[number // 2], "kept where it is when asked anew"
