"""The help list pressed as a person presses it, from an empty list to a destroyed entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.domain.listing import Query
from gridoffice.domain.people import Resident
from gridoffice.modules.residents import help, help_file
from gridoffice.modules.residents.lists_help import HELP
from gridoffice.ui import dialogs
from gridoffice.ui.mask import mask
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press, save_paper, words

DAY = date(2026, 11, 20)
MINOR = "留守、困境未成年人"


@pytest.fixture
def person(office: Office, make: Make) -> Resident:
    office.on = DAY
    grid = make.grid()
    make.assign(make.staff("张建国"), grid)
    return make.resident("李秀兰", make.household(grid), tags="独居老人", phone="13911112222")


@pytest.fixture
def window(office: Office, person: Resident, qtbot: QtBot) -> Iterator[MainWindow]:
    mask.project(False)
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


def seen(widget: Any) -> str:
    QApplication.processEvents()
    return "|".join(made.text() for made in widget.findChildren(QLabel) if made.isVisible())


def act(run: Callable[[Any], None], window: Any, word: str) -> None:
    failed = meanwhile(run)
    press(window, word)
    assert failed == []


def fill(dialog: Any, **values: Any) -> None:
    for key, value in values.items():
        dialog.form.inputs[key].put(value)


def test_from_the_tag_to_the_visit(window: MainWindow, office: Office, monkeypatch: Any, tmp_path: Path) -> None:
    scan = tmp_path / "同意书.pdf"
    scan.write_bytes(b"%PDF-1.4 signed")
    monkeypatch.setattr(dialogs, "open_files", lambda *_args: [scan])
    page: Any = window.open("residents")
    assert "类别里有“独居老人”，还没有登记本人同意" in seen(page)

    def enter(dialog: Any) -> None:
        assert dialog.form.inputs["contact_id"].value() is not None and "老年人权益保障法" in dialog.basis.text()
        fill(dialog, until=DAY + timedelta(days=800), need="买菜送药")
        press(dialog, "保存")
        assert "最长 12 个月" in dialog.problem.text()
        fill(dialog, until=DAY + timedelta(days=300))
        press(dialog, "选扫描件…")
        assert "同意书.pdf" in dialog.scanned.text()
        press(dialog, "保存")

    act(enter, page, "登记帮扶…")
    assert page.front.title == "帮扶名单" and "李秀兰" in seen(page) and "13911112222" not in seen(page)
    assert "本人，2026年11月20日" in seen(page) and "同意书.pdf" in words(page)

    def visited(dialog: Any) -> None:
        fill(dialog, note="一切正常")
        press(dialog, "保存")

    act(visited, page, "登记走访…")
    number = page.list.current()
    assert help_file.view(office, number).visits[0].by == "张建国" and "一切正常" in seen(page)
    page.show_view("", None)
    assert "还没有登记本人同意" not in seen(page)


def test_a_kind_brings_its_own_words_and_a_person_its_kind(window: MainWindow, office: Office, make: Make) -> None:
    other = make.resident("赵勇", tags="失业")
    page: Any = window.open("residents", "help:active")

    def enter(dialog: Any) -> None:
        dialog.form.inputs["resident_id"].put(other.id)
        dialog.form.inputs["resident_id"].edited.emit()
        assert dialog.form.inputs["kind"].value() == "失业求助"
        assert dialog.form.inputs["purpose"].value() == "就业、技能培训帮助"
        press(dialog, "保存")

    act(enter, page, "登记帮扶")
    assert HELP.count(office, Query(on=DAY, view="active")) == 1


def test_today_leads_to_what_is_to_be_destroyed_and_one_question_destroys_it(
    window: MainWindow, office: Office, person: Resident
) -> None:
    number = help.enter(office, help.proposal(office, person.id))
    page: Any = window.open("residents", "help:active")
    act(lambda dialog: press(dialog, "保存"), page, "本人撤回…")
    today: Any = window.show_tab("today")
    tile = next(made for made in today.findChildren(QPushButton) if made.property("count") == "help-over")
    tile.click()
    assert page.front.title == "帮扶名单" and page.list.view_key == "over" and page.list.current() == number

    def no(dialog: Any) -> None:
        assert "不能撤销" in seen(dialog) and "备份最多留 3 份" in seen(dialog)
        press(dialog, "不销毁")

    act(no, page, "销毁到期 1 条…")
    assert HELP.count(office, Query(on=DAY)) == 1
    act(lambda dialog: press(dialog, "销毁，不能撤销"), page, "销毁这一条…")
    assert HELP.count(office, Query(on=DAY)) == 0
    assert "帮扶" not in str(office.undo_text())


def test_a_minor_is_named_only_for_a_reason(window: MainWindow, office: Office, make: Make) -> None:
    child = make.resident("王小满", born=date(2016, 5, 1), id_number=None, phone="13933334444", tags="留守儿童")
    worker = make.staff("周老师", post="村儿童主任")
    wanted = help.proposal(office, child.id)
    entry = type(wanted)(**{**vars(wanted), "contact_id": worker.id, "guardian": "王大山", "relation": "爷爷"})
    help.enter(office, entry)
    page: Any = window.open("residents", "help:active")
    assert MINOR in seen(page) and "王小满" not in seen(page) and "王大山" not in seen(page)

    def reason(dialog: Any) -> None:
        dialog.group.button(3).click()
        press(dialog, "查看")

    act(reason, page, "看完整号码")
    assert "王小满" in seen(page) and "13933334444" in seen(page)
    mask.conceal()
    assert "王小满" not in seen(page)


def test_the_sheet_and_the_list_are_printed_without_names(
    window: MainWindow, office: Office, person: Resident, monkeypatch: Any, tmp_path: Path
) -> None:
    help.enter(office, help.proposal(office, person.id))
    path = tmp_path / "纸.pdf"
    monkeypatch.setattr(dialogs, "save_file", lambda *_args: path)
    page: Any = window.open("residents", "help:active")
    save_paper(page.print_page)
    listed = PdfReader(path).pages[0].extract_text()
    assert "李阿姨" in listed and "BF0001" in listed and "李秀兰" not in listed
    save_paper(lambda: press(page, "打印同意书"))
    assert "李秀兰" in PdfReader(path).pages[0].extract_text()
    save_paper(lambda: press(page, "空白同意书"))
    assert "李秀兰" not in PdfReader(path).pages[0].extract_text()


def test_ctrl_n_starts_an_entry_and_the_menu_has_the_verbs(window: MainWindow) -> None:
    page: Any = window.open("residents", "help:active")
    failed = meanwhile(lambda dialog: dialog.reject())
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert failed == []
    found = [action.text() for action in page.list._menu().actions()]
    assert {"登记走访…", "续期…", "本人撤回…"} <= set(found)
