"""The tab 居民 pressed as a person presses it, and what the office then holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.domain.listing import Query
from gridoffice.domain.people import MOVED, Household
from gridoffice.modules.residents import service
from gridoffice.modules.residents.page import LEDGERS, ResidentsPage
from gridoffice.ui import dialogs, output
from gridoffice.ui.window import MainWindow
from tests.make import Make, id_number
from tests.press import meanwhile, press, words

DAY = date(2026, 11, 20)
BORN = date(1961, 11, 20)


@pytest.fixture
def house(office: Office, make: Make) -> Household:
    office.on = DAY
    kept = make.household(make.grid(), address="石桥村1组1号")
    make.resident("李秀兰", kept, relation="户主")
    make.resident("王小河", kept, relation="子")
    return kept


@pytest.fixture
def window(office: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    office.on = DAY
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


@pytest.fixture
def page(window: MainWindow, house: Household) -> ResidentsPage:
    opened = window.open("residents")
    assert isinstance(opened, ResidentsPage)
    return opened


def texts(page: ResidentsPage) -> str:
    QApplication.processEvents()
    return " ".join(made.text() for made in page.findChildren(QLabel) if made.isVisible())


def house_of(page: ResidentsPage) -> service.HouseholdFile:
    found = page.front.house  # type: ignore[attr-defined]
    assert isinstance(found, service.HouseholdFile)
    return found


def named(page: ResidentsPage, name: str) -> int:
    """The id of the resident with this name."""
    rows = service.LISTINGS[0].rows(page.office, service.LISTINGS[0].ids(page.office, Query(DAY)), DAY)
    return next(number for number, cells in rows.items() if name in cells)


def test_an_empty_ledger_says_what_to_do_and_takes_the_first_resident(window: MainWindow) -> None:
    page = window.open("residents")
    assert isinstance(page, ResidentsPage)
    assert page.list.empty.isVisible()

    def fill(dialog: Any) -> None:
        dialog.form.inputs["name"].put("仇春花")
        dialog.form.inputs["id_number"].put(id_number(BORN, 8))
        dialog.form.inputs["address"].put("石桥村3组8号")
        dialog.form.inputs["tags"].put(["党员", "独居老人"])
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page.list.empty, "新建居民")
    assert failed == []
    assert "户 00001" in texts(page)
    assert "女 · 65 岁 · 党员、独居老人" in texts(page)
    press(page, "65岁以上")
    assert len(page.list.model.ids) == 1
    page.main.undo()
    assert page.list.model.ids == []


def test_a_new_resident_founds_a_household_and_a_member_joins_the_one_in_front(page: ResidentsPage) -> None:
    before = house_of(page).id

    def fill(dialog: Any) -> None:
        dialog.form.inputs["name"].put("王小溪")
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page, "加成员…")
    assert failed == []
    assert house_of(page).id == before
    assert [one.name for one in house_of(page).members] == ["李秀兰", "王小河", "王小溪"]
    failed = meanwhile(fill)
    press(page, "新建居民")
    assert failed == []
    assert house_of(page).id != before


def test_namesakes_are_told_while_typing(page: ResidentsPage, qtbot: QtBot) -> None:
    said: list[str] = []

    def fill(dialog: Any) -> None:
        line = dialog.form.inputs["name"].inner
        line.setText("李秀兰")
        line.textEdited.emit("李秀兰")
        said.append(" ".join(made.text() for made in dialog.findChildren(QLabel) if made.isVisible()))
        dialog.form.fill({})
        press(dialog, "取消")

    failed = meanwhile(fill)
    press(page, "新建居民")
    assert failed == []
    assert "可能已经登记过：李秀兰，女，1960-01-01" in said[0]


def test_a_number_of_another_stays_in_the_dialog_with_a_sentence(page: ResidentsPage) -> None:
    known = service.get(page.office, named(page, "李秀兰")).id_number
    said: list[str] = []

    def fill(dialog: Any) -> None:
        dialog.form.inputs["id_number"].put(known)
        press(dialog, "保存")
        said.append(dialog.problem.text())
        dialog.form.inputs["id_number"].put(id_number(BORN, 8))
        dialog.form.inputs["sex"].put(None)
        dialog.form.inputs["born"].put(None)
        press(dialog, "保存")

    page.list.choose(named(page, "王小河"))
    failed = meanwhile(fill)
    press(page, "编辑")
    assert failed == []
    assert "已经登记在“李秀兰”名下" in said[0]
    assert service.get(page.office, named(page, "王小河")).born == BORN


def test_who_moves_out_stays_on_record_and_lives_here_again(page: ResidentsPage) -> None:
    page.list.choose(named(page, "王小河"))
    press(page, "迁出")
    assert service.get(page.office, named(page, "王小河")).state == MOVED
    assert "● 迁出" in texts(page)
    press(page, "恢复为在住")
    assert "● 迁出" not in texts(page)
    press(page, "去世")
    page.main.undo()
    assert "恢复为在住" not in words(page)


def test_a_member_is_opened_from_the_household(page: ResidentsPage) -> None:
    page.list.choose(named(page, "李秀兰"))
    press(page, "王小河")
    assert page.front.record == named(page, "王小河")


def test_the_household_is_changed_as_a_whole(page: ResidentsPage, make: Make, house: Household) -> None:
    east = make.grid(name="东河村第1网格")

    def fill(dialog: Any) -> None:
        dialog.form.inputs["unit_id"].put(east.id)
        dialog.form.inputs["address"].put("东河村2组2号")
        press(dialog, "保存")

    press(page, "户")
    assert page.list.model.ids == [house.id]
    failed = meanwhile(fill)
    press(page, "改这一户…")
    assert failed == []
    assert (house_of(page).unit, house_of(page).address) == ("东河村第1网格", "东河村2组2号")
    assert {service.get(page.office, one.id).unit_id for one in house_of(page).members} == {east.id}
    page.main.undo()
    assert house_of(page).address == "石桥村1组1号"
    page.find_in_list()
    press(page, "居民")
    assert page.front.title == "居民"


def test_into_a_household_without_address(page: ResidentsPage, make: Make) -> None:
    bare = make.household(address="")

    def fill(dialog: Any) -> None:
        dialog.form.inputs["household_id"].put(bare.id)
        press(dialog, "保存")

    page.list.choose(named(page, "王小河"))
    failed = meanwhile(fill)
    press(page, "编辑")
    assert failed == []
    assert service.get(page.office, named(page, "王小河")).household_id == bare.id
    assert service.household(page.office, bare.id).address == ""  # type: ignore[union-attr]


def test_deleted_and_brought_back(page: ResidentsPage) -> None:
    page.list.choose(named(page, "王小河"))
    press(page, "删除")
    assert len(page.list.model.ids) == 1
    page.main.undo()
    assert len(page.list.model.ids) == 2


def test_search_over_everything_opens_household_and_resident(page: ResidentsPage, house: Household) -> None:
    page.main.open("residents", record=house.id, filters=(("list", "households"),))
    assert page.front.title == "户"
    assert page.list.current() == house.id
    wanted = named(page, "王小河")
    page.main.open("residents", record=wanted, filters=(("list", "residents"),))
    assert page.list.isVisible()
    assert page.front.record == wanted


def test_the_ledger_is_printed_and_exported_masked(
    page: ResidentsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openpyxl import load_workbook

    seen: list[Path] = []
    monkeypatch.setattr(dialogs, "save_file", lambda _parent, _title, name, _kinds: tmp_path / name)
    monkeypatch.setattr(output, "show", seen.append)
    press(page, "导出")
    page.main.on_page("print_page")
    assert seen[0].read_bytes().startswith(b"%PDF")
    sheet = load_workbook(next(tmp_path.glob("*.xlsx"))).active
    assert sheet is not None
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "李秀兰" in cells
    assert any("********" in cell for cell in cells)
    full = service.get(page.office, named(page, "李秀兰")).id_number
    assert full not in cells


def test_the_ledgers_are_switched_by_keys_and_only_built_when_asked_for(page: ResidentsPage, qtbot: QtBot) -> None:
    assert list(page.ledgers) == ["residents"]
    titles = [page.front.title]
    for _kind in LEDGERS:
        qtbot.keyClick(page.list.table, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        titles.append(page.front.title)
    assert titles == [*[kind.title for kind in LEDGERS], LEDGERS[0].title]
    qtbot.keyClick(page.list.table, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.front.title == LEDGERS[-1].title
    assert page.segments[page.front.listing.key].isChecked()
    assert page.list.isVisible()
