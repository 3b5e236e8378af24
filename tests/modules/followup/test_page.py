"""The tab 随访 pressed as a person presses it, and what the office then holds."""

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
from gridoffice.modules.followup import page_forms, page_visit, register, service
from gridoffice.modules.followup.page import FollowupPage
from gridoffice.modules.followup.register import Entry
from gridoffice.ui.window import MainWindow
from tests.make import Make, id_number
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
def enrolled(office: Office, make: Make) -> int:
    born = date(1980, 3, 1)
    entry = Entry("htn", "单德福", id_number(born, 4), "13900001234", make.grid().id, enrolled_on=date(2026, 1, 5))
    return register.enrol(office, entry)


@pytest.fixture
def page(window: MainWindow, enrolled: int) -> FollowupPage:
    opened = window.open("followup", "due")
    assert isinstance(opened, FollowupPage)
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


def test_an_empty_office_says_what_to_do(window: MainWindow) -> None:
    page = window.open("followup")
    assert isinstance(page, FollowupPage)
    assert page.list.empty.isVisible()
    assert page.list.total.text() == "共 0 条"


def test_the_sheet_suggests_while_it_is_filled_and_is_saved(page: FollowupPage, enrolled: int) -> None:
    def fill(dialog: page_visit.VisitDialog) -> None:
        dialog.view.fill(
            {"visit_way": 2, "symptoms": [1], "sbp": 156, "dbp": 92, "danger": 1, "complication": 1, "adr": 1}
        )
        dialog.suggest()
        assert "156/92 未达标" in dialog.why.text()
        dialog.fields.inputs["doctor"].put("周医生")
        press(dialog, "保存随访")

    meanwhile(fill)
    press(page.person, "登记随访")
    person = service.person(page.office, enrolled)
    assert person.visits[0].figures == "156/92 mmHg" and person.visits[0].action == "调整用药"
    assert person.entry.next_on == DAY + timedelta(days=14)
    assert page.list.model.ids == [], "no longer due"


def test_a_sheet_that_is_not_whole_says_so_and_stays_open(page: FollowupPage, enrolled: int) -> None:
    said: list[str] = []

    def fill(dialog: page_visit.VisitDialog) -> None:
        dialog.fields.inputs["doctor"].put("周医生")
        press(dialog, "保存随访")
        said.append(dialog.problem.text())
        dialog._clean = dialog._raw()
        press(dialog, "取消")

    meanwhile(fill)
    press(page.person, "登记随访")
    assert "还没有填" in said[0]
    assert service.person(page.office, enrolled).visits == ()


def test_leaving_and_coming_back(page: FollowupPage, enrolled: int) -> None:
    def fill(dialog: Any) -> None:
        dialog.form.inputs["reason"].put("迁居他处")
        press(dialog, "保存")

    meanwhile(fill)
    press(page.person, "结案")
    assert service.person(page.office, enrolled).is_left
    page.show_view("left")
    page.list.choose_first()
    press(page.person, "恢复随访")
    assert not service.person(page.office, enrolled).is_left


def test_a_new_file_is_taken_from_the_ledger(page: FollowupPage, make: Make, qtbot: QtBot) -> None:
    resident = make.resident("任秀兰")

    def edit(dialog: Any) -> None:
        assert dialog.form.inputs["name"].value() == "任秀兰"
        press(dialog, "保存")

    def look(dialog: page_forms.PersonFinder) -> None:
        QTest.keyClicks(dialog.search, "rxl")
        qtbot.waitUntil(dialog.take_button.isEnabled)
        meanwhile(edit)
        press(dialog, "选这个人")

    meanwhile(look)
    press(page, "新建档案")
    new = page.list.current()
    assert new is not None and service.person(page.office, new).entry.resident_id == resident.id


def test_the_search_over_everything_names_no_illness(
    page: FollowupPage, window: MainWindow, enrolled: int, qtbot: QtBot
) -> None:
    page.office.on = DAY
    window.bar.search.setText("单德福")
    window.finder.look_up()
    qtbot.waitUntil(lambda: window.finder.shown == "单德福")
    found = [entry.text for entry in window.finder.list.entries()]
    assert any("单德福" in text for text in found) and not any("高血压" in text for text in found)


def test_the_file_opens_by_itself_where_the_right_side_is_folded(page: FollowupPage, enrolled: int) -> None:
    page.person.hide()
    seen: list[str] = []

    def leave(dialog: Any) -> None:
        seen.append(dialog.windowTitle())
        dialog.form.inputs["reason"].put("失访")
        press(dialog, "保存")

    def look(dialog: QDialog) -> None:
        seen.append(dialog.windowTitle())
        meanwhile(leave)
        press(dialog, "结案")

    meanwhile(look)
    page.list.opened.emit(enrolled)
    assert seen == ["健康服务档案", "单德福：结案"]
    assert service.person(page.office, enrolled).is_left


def test_deleting_is_undone_from_the_window(page: FollowupPage, window: MainWindow, enrolled: int) -> None:
    press(page.person, "删除")
    assert page.list.model.ids == []
    window.undo()
    assert page.list.model.ids == [enrolled]


def test_the_sheet_is_printed(
    page: FollowupPage, enrolled: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gridoffice.ui.dialogs.save_file", lambda *_args: tmp_path / "随访表.pdf")
    save_paper(lambda: press(page.person, "打印"))
    assert (tmp_path / "随访表.pdf").read_bytes().startswith(b"%PDF")
