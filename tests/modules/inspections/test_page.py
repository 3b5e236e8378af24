"""The tab 消防 pressed as a person presses it, and what the office then holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.domain.listing import Query
from gridoffice.modules.inspections import checks, hazards, places
from gridoffice.modules.inspections.lists import HAZARDS, INSPECTIONS, PREMISES
from gridoffice.modules.inspections.page import InspectionsPage
from gridoffice.modules.inspections.page_check import CheckDialog
from gridoffice.ui.form_view import CheckInput
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import save_paper

DAY = date(2026, 11, 20)


@pytest.fixture
def window(office: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    office.on = DAY
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


@pytest.fixture
def place(make: Make) -> int:
    return make.premises("石桥便民超市", make.grid()).id


@pytest.fixture
def page(window: MainWindow, place: int) -> InspectionsPage:
    opened = window.open("inspections")
    assert isinstance(opened, InspectionsPage)
    return opened


def press(parent: QWidget, word: str) -> None:
    QApplication.processEvents()
    found = [made for made in parent.findChildren(QPushButton) if made.text() == word and made.isVisible()]
    assert found, word
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def meanwhile(run: Callable[[Any], None]) -> None:
    """Do something in the dialog that the next press opens, however long it takes to come."""
    before = QApplication.activeModalWidget()
    tries = [0]

    def step() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or dialog is before:
            tries[0] += 1
            assert tries[0] < 300, "no dialog opened"
            QTimer.singleShot(30, step)
            return
        assert isinstance(dialog, QDialog)
        run(dialog)

    QTimer.singleShot(30, step)


def ids(office: Office, listing: Any, view: str = "") -> list[int]:
    found: list[int] = listing.ids(office, Query(on=DAY, view=view))
    return found


def hazard(office: Office, place: int) -> int:
    entry = checks.Entry(place, DAY - timedelta(days=9), "宋馨", found=(checks.Found("灭火器过期"),))
    checks.record(office, entry)
    return ids(office, HAZARDS)[0]


def test_a_check_is_filled_with_the_mouse_and_its_failed_item_is_a_hazard(page: InspectionsPage, place: int) -> None:
    said: list[str] = []

    def fill(dialog: CheckDialog) -> None:
        assert dialog.view is not None
        press(dialog.view.inputs["M02"], "不合格")
        item = dialog.view.inputs["M02"]
        assert isinstance(item, CheckInput) and item.remark.isVisible()
        item.remark.setText("东门")
        dialog.fields.inputs["inspector"].put("宋馨")
        press(dialog, "保存检查")
        said.append(dialog.problem.text())
        press(dialog, "其余全部合格")
        assert "合格 25 · 不合格 1" in dialog.tally.text()
        press(dialog, "保存检查")

    meanwhile(fill)
    press(page.side, "登记检查")
    assert "25 项没有填" in said[0]
    (found,) = ids(page.office, HAZARDS, "due")
    assert hazards.view(page.office, found).text == "没有消防安全制度和操作规程（东门）"
    assert len(ids(page.office, INSPECTIONS)) == 1


def test_the_three_lists_stand_under_one_switch(page: InspectionsPage, place: int) -> None:
    hazard(page.office, place)
    for word, listing in (("检查", INSPECTIONS), ("隐患", HAZARDS), ("场所", PREMISES)):
        press(page, word)
        assert page.list.listing is listing and page.list.current() is not None
    page.show_view("hazards:late")
    assert page.key == HAZARDS.key and page.list.view_key == "late" and len(page.list.model.ids) == 1
    page.show_view("", place, (("list", PREMISES.key),))
    assert page.key == PREMISES.key and page.list.current() == place


def test_a_hazard_is_cleared_by_somebody_else(page: InspectionsPage, place: int) -> None:
    found = hazard(page.office, place)
    said: list[str] = []

    def fill(dialog: Any) -> None:
        dialog.form.inputs["by"].put("宋馨")
        press(dialog, "保存")
        said.append(dialog.problem.text())
        dialog.form.inputs["by"].put("胡凯")
        press(dialog, "保存")

    page.show_view("hazards:due")
    meanwhile(fill)
    press(page.side, "登记复查")
    assert "不能一个人复查" in said[0]
    assert hazards.view(page.office, found).standing == "done|已销案"
    assert page.list.model.ids == []


def test_a_hazard_is_extended_and_handed_over(page: InspectionsPage, place: int) -> None:
    found = hazard(page.office, place)
    page.show_view("hazards:due")

    def extend(dialog: Any) -> None:
        dialog.form.inputs["reason"].put("等货")
        dialog.form.inputs["approver"].put("刘主任")
        press(dialog, "保存")

    meanwhile(extend)
    press(page.side, "延期")
    assert hazards.view(page.office, found).due_on == DAY + timedelta(days=7)
    meanwhile(lambda dialog: press(dialog, "保存"))
    press(page.side, "移送")
    assert hazards.view(page.office, found).standing == "soon|已移送"


def test_a_place_is_added_changed_and_not_deleted_once_checked(page: InspectionsPage, place: int) -> None:
    def fill(dialog: Any) -> None:
        dialog.form.inputs["name"].put("南坪仓库")
        dialog.form.inputs["kind"].put("仓库")
        press(dialog, "保存")

    meanwhile(fill)
    press(page, "新增场所")
    new = page.list.current()
    assert new is not None and places.view(page.office, new).entry.name == "南坪仓库"
    checks.record(page.office, checks.Entry(new, DAY, "宋馨"))
    meanwhile(lambda dialog: press(dialog, "知道了"))
    press(page.side, "删除")
    assert new in ids(page.office, PREMISES)
    page.list.choose(place)
    press(page.side, "删除")
    assert ids(page.office, PREMISES) == [new]
    page.main.undo()
    assert len(ids(page.office, PREMISES)) == 2


def test_deleting_a_check_asks_about_its_hazards(page: InspectionsPage, place: int) -> None:
    hazard(page.office, place)
    page.show_list(INSPECTIONS.key)
    meanwhile(lambda dialog: press(dialog, "不删除"))
    press(page.side, "删除")
    assert len(ids(page.office, INSPECTIONS)) == 1
    meanwhile(lambda dialog: press(dialog, "一起删除"))
    press(page.side, "删除")
    assert ids(page.office, INSPECTIONS) == [] and ids(page.office, HAZARDS) == []


def test_a_blank_list_and_a_record_are_printed(
    page: InspectionsPage, place: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = (tmp_path / "空表.pdf", tmp_path / "记录.pdf")
    names = iter(papers)
    monkeypatch.setattr("gridoffice.ui.dialogs.save_file", lambda *_args: next(names))
    save_paper(lambda: press(page.side, "打印检查表"))
    hazard(page.office, place)
    page.show_list(INSPECTIONS.key)
    save_paper(lambda: press(page.side, "打印"))
    assert [path.read_bytes()[:4] for path in papers] == [b"%PDF", b"%PDF"]
