"""The tab 网格 pressed as a person presses it, and what the office then holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.domain.grids import GridUnit
from gridoffice.modules.grids import service
from gridoffice.modules.grids.page import GridsPage
from gridoffice.ui import dialogs
from gridoffice.ui.figure import Figure
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press, save_paper, words

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


@pytest.fixture
def grid(make: Make) -> GridUnit:
    return make.grid(make.village("石桥村"), "石桥村第1网格")


@pytest.fixture
def page(window: MainWindow, grid: GridUnit) -> GridsPage:
    opened = window.open("grids", record=grid.id)
    assert isinstance(opened, GridsPage)
    return opened


def texts(page: GridsPage) -> str:
    QApplication.processEvents()
    return " ".join(made.text() for made in page.findChildren(QLabel) if made.isVisible())


def entry(page: GridsPage, word: str) -> QAction:
    """An entry of the menu 更多."""
    QApplication.processEvents()
    more = next(made for made in page.findChildren(QPushButton) if made.menu() is not None and made.isVisible())
    menu = more.menu()
    assert isinstance(menu, QMenu)
    return next(action for action in menu.actions() if action.text() == word)


def test_an_office_with_only_its_town_says_what_to_do(window: MainWindow) -> None:
    page = window.open("grids")
    assert isinstance(page, GridsPage)
    assert page.unit is not None
    assert page.unit.name == "云溪镇"
    assert "新建下级" in words(page)
    assert "还没有责任人。" in texts(page)


def test_a_village_and_its_grids_are_made_with_names_and_codes_proposed(window: MainWindow, make: Make) -> None:
    page = window.open("grids", record=make.village("清泉村", code="990102101205").id)
    assert isinstance(page, GridsPage)
    proposed: list[str] = []

    def fill(dialog: Any) -> None:
        proposed.extend(dialog.form.inputs[key].value() for key in ("name", "code"))
        dialog.form.inputs["households"].put(88)
        press(dialog, "保存")

    for _ in range(2):
        failed = meanwhile(fill)
        press(page, "新建下级")
        assert failed == []
        assert page.unit is not None
        assert page.unit.name == proposed[-2], "the new grid is shown"
        village = service.get(page.office, page.unit.id).parent_id
        page.tree.choose(village or 0)
    assert proposed == ["清泉村第1网格", "99010210120501", "清泉村第2网格", "99010210120502"]
    assert len(page.list.model.ids) == 2
    page.main.undo()
    assert len(page.list.model.ids) == 1


def test_a_code_of_another_grid_stays_in_the_dialog_with_a_sentence(page: GridsPage, make: Make) -> None:
    other = make.grid(name="东河村第1网格")
    said: list[str] = []

    def fill(dialog: Any) -> None:
        dialog.form.inputs["code"].put(other.code)
        press(dialog, "保存")
        said.append(dialog.problem.text())
        dialog.form.inputs["code"].put("")
        dialog.form.inputs["boundary"].put("东至清溪")
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page, "编辑")
    assert failed == []
    assert "已经是“东河村第1网格”的" in said[0]
    assert "东至清溪" in texts(page)


def test_a_worker_is_appointed_and_ends(page: GridsPage, make: Make) -> None:
    worker = make.staff("唐琪")
    assert "缺A岗；缺B岗" in texts(page)

    def fill(dialog: Any) -> None:
        dialog.form.inputs["staff"].put(worker.id)
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page, "指定责任人…")
    assert failed == []
    assert "唐琪" in texts(page)
    assert "缺B岗" in texts(page)
    assert "缺A岗" not in texts(page)
    press(page, "看卡片")
    assert page.main.current == "personnel"
    page.main.show_tab("grids")
    press(page, "结束任职")
    assert "缺A岗" in texts(page)
    page.main.undo()
    assert page.unit is not None
    assert [one.name for one in page.unit.holders] == ["唐琪"]


def test_the_right_one_of_two_namesakes_is_appointed(page: GridsPage, make: Make) -> None:
    make.staff("唐琪")
    second = make.staff("唐琪")

    def fill(dialog: Any) -> None:
        dialog.form.inputs["staff"].put(second.id)
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page, "指定责任人…")
    assert failed == []
    assert page.unit is not None
    assert [one.staff_id for one in page.unit.holders] == [second.id]


def test_without_staff_the_appointment_says_what_to_do(page: GridsPage) -> None:
    said: list[str] = []

    def read(dialog: Any) -> None:
        said.append(" ".join(made.text() for made in dialog.findChildren(QLabel)))
        press(dialog, "知道了")

    failed = meanwhile(read)
    press(page, "指定责任人…")
    assert failed == []
    assert "请先在人员页登记" in said[0]


def test_a_grid_moves_to_another_village(page: GridsPage, make: Make, grid: GridUnit) -> None:
    east = make.village("东河村")

    def fill(dialog: Any) -> None:
        dialog.parent_input.put(east.id)
        press(dialog, "下一步")
        assert "移动 石桥村第1网格 到 东河村" in dialog.view.toPlainText()
        press(dialog, "移动")

    failed = meanwhile(fill)
    entry(page, "移动到…").trigger()
    assert failed == []
    assert service.get(page.office, grid.id).parent_id == east.id
    assert "东河村" in texts(page)


def test_what_is_deleted_leads_up_and_comes_back(page: GridsPage, make: Make, grid: GridUnit) -> None:
    entry(page, "删除").trigger()
    assert page.unit is not None
    assert page.unit.id == grid.parent_id
    page.main.undo()
    page.tree.choose(grid.id)
    make.resident(household=make.household(grid))
    failed = meanwhile(lambda dialog: press(dialog, "知道了"))
    entry(page, "删除").trigger()
    assert failed == []
    assert page.unit.id == grid.id


def test_tiles_lead_to_the_lists_of_this_unit(page: GridsPage, make: Make, grid: GridUnit) -> None:
    make.resident(household=make.household(grid))
    make.resident("王小河", make.household(make.grid(name="东河村第1网格")))
    tiles = {made.word.text(): made for made in page.findChildren(Figure)}
    tiles["人 · 台账 1"].click()
    residents: Any = page.main.page()
    assert page.main.current == "residents"
    assert len(residents.list.model.ids) == 1
    page.main.show_tab("grids")
    page.tree.choose(grid.parent_id or 0)
    tiles = {made.word.text(): made for made in page.findChildren(Figure)}
    tiles["个网格"].click()
    assert page.list.model.ids == [grid.id]
    assert "网格：石桥村" in texts(page)


def test_the_gaps_stand_in_one_list_that_opens_the_grid(page: GridsPage, make: Make, grid: GridUnit) -> None:
    make.assign(make.staff(), make.grid(name="东河村第1网格"))
    page.main.open("grids", "no_worker")
    assert page.list.isVisible()
    assert page.list.model.ids == [grid.id]
    page.list.opened.emit(grid.id)
    assert page.unit is not None
    assert page.unit.id == grid.id


def test_the_tree_is_searched_by_letters_and_by_who_is_responsible(page: GridsPage, make: Make, qtbot: QtBot) -> None:
    east = make.grid(make.village("东河村"), "东河村第1网格")
    make.assign(make.staff("唐琪"), east)
    qtbot.keyClicks(page.tree.search, "dhc")
    assert page.unit is not None
    assert page.unit.name == "东河村"
    page.tree.search.setText("唐琪")
    page.tree.search.textEdited.emit("唐琪")
    assert page.unit.id == east.id


def test_open_cases_of_the_unit_stand_under_the_card(page: GridsPage, make: Make, grid: GridUnit) -> None:
    made = make.case("三组路灯不亮", unit_id=grid.id)
    make.case("别处的事")
    assert page.cases is not None
    assert page.cases.model.ids == [made.id]
    page.cases.opened.emit(made.id)
    assert page.main.current == "cases"


def test_the_list_is_printed_and_exported(
    page: GridsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, grid: GridUnit
) -> None:
    monkeypatch.setattr(dialogs, "save_file", lambda _parent, _title, name, _kinds: tmp_path / name)
    save_paper(lambda: press(page, "打印"))
    (printed,) = tmp_path.glob("*.pdf")
    assert printed.read_bytes().startswith(b"%PDF")
    assert "网格" in printed.name
    page.tree.choose(grid.parent_id or 0)
    page.list.save_out()
    assert [file.suffix for file in sorted(tmp_path.glob("*.xlsx"))] == [".xlsx"]
