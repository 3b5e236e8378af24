"""The tab 人员 pressed as a person presses it, and what the office then holds."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.modules.personnel.page import PersonnelPage
from gridoffice.ui import dialogs
from gridoffice.ui.window import MainWindow
from tests.make import Make, id_number
from tests.press import meanwhile, press, save_paper, words

DAY = date(2026, 11, 20)
BORN = date(1990, 5, 6)


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> Iterator[PersonnelPage]:
    office.on = DAY
    window = MainWindow(office)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    opened = window.open("personnel")
    assert isinstance(opened, PersonnelPage)
    yield opened
    window.close()


def texts(page: PersonnelPage) -> str:
    QApplication.processEvents()
    return " ".join(made.text() for made in page.findChildren(QLabel) if made.isVisible())


def test_an_empty_office_says_what_to_do_and_takes_the_first_person(page: PersonnelPage, qtbot: QtBot) -> None:
    assert page.list.empty.isVisible()
    number = id_number(BORN, 12)

    def fill(dialog: Any) -> None:
        inputs = dialog.form.inputs
        inputs["name"].put("唐琪")
        inputs["id_number"].put(number)
        inputs["phone"].put("138 0000 1234")
        inputs["post"].put("专职网格员")
        line = inputs["since"].inner
        assert isinstance(line, QLineEdit)
        qtbot.keyClicks(line, "20230301")
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page.list.empty, "新建人员")
    assert failed == []
    assert page.card is not None
    assert page.card.values["since"] == date(2023, 3, 1)
    assert (page.card.values["sex"], page.card.values["born"]) == ("女", BORN)
    assert "没有责任区" in texts(page)
    page.main.undo()
    assert page.list.model.ids == []
    assert "选一个人" in texts(page)
    page.main.redo()
    assert len(page.list.model.ids) == 1


def test_a_wrong_number_stays_in_the_dialog_with_a_sentence(page: PersonnelPage) -> None:
    said: list[str] = []

    def fill(dialog: Any) -> None:
        press(dialog, "保存")
        said.append(dialog.problem.text())
        dialog.form.inputs["name"].put("唐琪")
        dialog.form.inputs["id_number"].put(id_number(BORN, 12)[:-1])
        press(dialog, "保存")
        said.append(dialog.problem.text())
        dialog.form.fill({})
        press(dialog, "取消")

    failed = meanwhile(fill)
    page.main.on_page("new")
    assert failed == []
    assert "“姓名”还没有填" in said[0]
    assert "不是 18 位" in said[1]
    assert page.list.model.ids == []


def test_enter_opens_the_card_and_a_change_is_kept(page: PersonnelPage, make: Make, qtbot: QtBot) -> None:
    who = make.staff("唐琪")
    page.list.choose(who.id)

    def fill(dialog: Any) -> None:
        dialog.form.inputs["education"].put("本科")
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        assert not dialog.isVisible()

    failed = meanwhile(fill)
    page.main.activateWindow()
    page.list.table.setFocus()
    qtbot.waitUntil(page.list.table.hasFocus)
    qtbot.keyClick(page.list.table, Qt.Key.Key_Return)
    assert failed == []
    assert page.card is not None
    assert page.card.values["education"] == "本科"


def test_a_photo_is_chosen_and_a_broken_one_told(
    page: PersonnelPage, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PIL import Image

    page.list.choose(make.staff("唐琪").id)
    out = io.BytesIO()
    Image.new("RGB", (300, 420), "#5aa0dc").save(out, "JPEG")
    (tmp_path / "唐琪.jpg").write_bytes(out.getvalue())
    monkeypatch.setattr(dialogs, "open_files", lambda *_: [tmp_path / "唐琪.jpg"])
    failed = meanwhile(lambda dialog: press(dialog, "用这张"))
    press(page, "换照片…")
    assert failed == []
    assert page.card is not None
    kept = page.card.photo
    assert kept is not None
    (tmp_path / "唐琪.jpg").write_text("坏了", "utf-8")
    said: list[str] = []

    def read(dialog: Any) -> None:
        said.append(" ".join(made.text() for made in dialog.findChildren(QLabel)))
        press(dialog, "知道了")

    failed = meanwhile(read)
    press(page, "换照片…")
    assert failed == []
    assert "不是能认出的照片" in said[0]
    assert page.card.photo == kept


def test_who_left_comes_back(page: PersonnelPage, make: Make) -> None:
    who = make.staff("唐琪", is_active=False, left_on=date(2026, 11, 1))
    page.main.open("personnel", record=who.id)
    assert "已离岗" in texts(page)
    press(page, "返岗")
    assert page.card is not None
    assert page.card.is_active
    page.main.undo()
    assert page.card.left_on == date(2026, 11, 1)


def test_deleted_and_brought_back(page: PersonnelPage, make: Make) -> None:
    who = make.staff("唐琪")
    page.list.choose(who.id)
    press(page, "删除")
    assert page.list.model.ids == []
    page.main.undo()
    assert page.list.model.ids == [who.id]
    make.case(finder_id=who.id)
    page.list.choose(who.id)
    failed = meanwhile(lambda dialog: press(dialog, "知道了"))
    press(page, "删除")
    assert failed == []
    assert page.list.model.ids == [who.id]


def test_views_and_letters_narrow_the_roster(page: PersonnelPage, make: Make, qtbot: QtBot) -> None:
    worker, other = make.staff("唐琪"), make.staff("单雪")
    make.assign(worker, make.grid())
    press(page, "网格员")
    assert page.list.model.ids == [worker.id]
    press(page, "无责任区")
    assert page.list.model.ids == [other.id]
    press(page, "全部")
    page.find_in_list()
    qtbot.keyClicks(page.list.search, "sx")
    qtbot.keyClick(page.list.search, Qt.Key.Key_Return)
    assert page.list.model.ids == [other.id]
    page.main.open("personnel", record=worker.id)
    assert page.card is not None
    assert page.card.name == "唐琪"
    assert "唐琪" in texts(page)


def test_the_roster_is_printed_and_exported(
    page: PersonnelPage, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openpyxl import load_workbook

    make.staff("唐琪")
    monkeypatch.setattr(dialogs, "save_file", lambda _parent, _title, name, _kinds: tmp_path / name)
    assert "导出" in words(page)
    press(page, "导出")
    save_paper(lambda: press(page, "打印"))
    assert next(tmp_path.glob("*.pdf")).read_bytes().startswith(b"%PDF")
    sheet = load_workbook(next(tmp_path.glob("*.xlsx"))).active
    assert sheet is not None
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "唐琪" in cells
