"""The papers' page: preview, issue, register and verifying, by clicks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.domain.listing import Query
from gridoffice.modules.documents import issued, page_remembered, paper, service
from gridoffice.modules.documents.page import DocumentsPage
from gridoffice.papers import preview
from gridoffice.ui import dialogs, printing, window
from gridoffice.ui.printing import Able
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press


@pytest.fixture
def main(qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window; what goes wrong in a slot fails the test instead of waiting for an answer."""

    def fail(problem: BaseException, _parent: object = None) -> None:
        raise problem

    monkeypatch.setattr(dialogs, "error", fail)
    monkeypatch.setattr(window, "counts", lambda *_: [])
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


@pytest.fixture
def town(make: Make) -> None:
    """A village with one grid and its worker."""
    grid = make.grid(make.village("石桥村"))
    make.assign(make.staff("张建国"), grid)


def shown(qtbot: QtBot, main: MainWindow, kind: str = "cards") -> DocumentsPage:
    page = main.open("documents", view=kind)
    assert isinstance(page, DocumentsPage)
    qtbot.waitUntil(lambda: page.make.sample is not None or page.make.pages.currentWidget() is page.make.trouble)
    qtbot.waitUntil(page.is_ready)
    return page


def click(qtbot: QtBot, widget: Any) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.mark.usefixtures("town")
def test_preview_then_issue_puts_a_line_into_the_register(
    qtbot: QtBot, office: Office, main: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(qtbot, main)
    assert "样张，还没有编号" in page.make.title.text() and page.make.notes.isVisible()
    assert service.PAPERS.count(office, Query(office.today())) == 0
    monkeypatch.setattr(dialogs, "save_file", lambda *_: tmp_path / "卡.pdf")
    click(qtbot, page.make.issue_button)
    qtbot.waitUntil(lambda: page.make.made is not None)
    assert page.make.open_button.isVisible() and "卡" in page.make.title.text()
    assert service.issued_as(office, tmp_path / "卡.pdf") is not None
    assert page.parts["register"].text() == "文书登记 1"
    page.grab()


@pytest.mark.usefixtures("town")
def test_a_note_leads_to_the_person_whose_photo_is_missing(qtbot: QtBot, main: MainWindow) -> None:
    page = shown(qtbot, main)
    assert page.make.sample is not None
    assert [one.text for one in page.make.sample.lacks][-2:] == ["1 人没有照片，已用空白头像", "张建国"]
    press(page.make.notes, "张建国 ›")
    assert main.current == "personnel"


@pytest.mark.usefixtures("town")
def test_the_preview_follows_the_records(qtbot: QtBot, office: Office, main: MainWindow, make: Make) -> None:
    page = shown(qtbot, main)
    first = page.make.sample
    make.assign(make.staff("李秀兰"), make.grid(), "worker")
    qtbot.waitUntil(lambda: page.make.sample is not None and page.make.sample is not first)
    qtbot.waitUntil(lambda: page.make.sample is not None and "2 张" in page.make.sample.title)


@pytest.mark.usefixtures("town")
def test_other_letters_while_a_preview_is_drawn_do_no_harm(qtbot: QtBot, main: MainWindow) -> None:
    from gridoffice.ui import theme as looks

    page = main.open("documents", view="handbook")
    assert isinstance(page, DocumentsPage)
    page.make.preview()
    looks.choose(zoom=110)
    again = main.page()
    assert isinstance(again, DocumentsPage) and again is not page
    qtbot.waitUntil(again.is_ready)
    looks.choose(zoom=100)
    last = main.page()
    assert isinstance(last, DocumentsPage)
    qtbot.waitUntil(last.is_ready)


def test_without_grids_the_page_says_what_to_do(qtbot: QtBot, main: MainWindow) -> None:
    page = shown(qtbot, main)
    assert page.make.pages.currentWidget() is page.make.trouble
    assert not page.make.issue_button.isEnabled()


def test_the_recovery_sheet_is_shown_only_when_asked(qtbot: QtBot, office: Office, main: MainWindow) -> None:
    page = shown(qtbot, main, "recovery")
    qtbot.waitUntil(lambda: page.make.issue_button.isEnabled())
    assert page.make.sample is None
    page.make.show_key()
    qtbot.waitUntil(lambda: page.make.sample is not None)


@pytest.mark.usefixtures("town")
def test_the_papers_stand_in_groups_and_are_found_by_typing(qtbot: QtBot, main: MainWindow) -> None:
    page = shown(qtbot, main)
    box, found = page.make.choices.search, page.make.choices.list
    words = [found.item(place).text() for place in range(found.count())]
    assert words[:2] == ["卡证", "联系卡"] and words.index("公示") < words.index("公示牌")
    box.setFocus()
    QTest.keyClicks(box, "gzsc")
    assert [found.item(place).text() for place in range(found.count())] == ["手册", "工作手册"]
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert page.make.maker().name == "handbook"


@pytest.mark.usefixtures("town")
def test_the_last_choice_is_kept_for_each_paper_and_office(qtbot: QtBot, office: Office, main: MainWindow) -> None:
    page = shown(qtbot, main, "handbook")
    field = page.options.fields["log_pages"]
    field.put(24)
    page.make.choose("cards")
    page.make.choose("handbook")
    assert page.options.values()["log_pages"] == 24
    page.make.choose("cards")
    assert page_remembered.read(office)["handbook"]["log_pages"] == 24


@pytest.mark.usefixtures("town")
def test_without_a_printer_the_way_out_is_a_file(
    qtbot: QtBot, office: Office, main: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "printers", list)
    monkeypatch.setattr(dialogs, "save_file", lambda *_: tmp_path / "卡.pdf")
    page = shown(qtbot, main)

    def act(dialog: Any) -> None:
        assert not dialog.print_button.isEnabled() and "没有找到打印机" in dialog.printer.told.text()
        assert "1 人没有照片，已用空白头像" in [one.text() for one in dialog.findChildren(QLabel)]
        press(dialog, "改为存成 PDF…")

    failed = meanwhile(act)
    main.on_page("print_page")
    assert failed == []
    qtbot.waitUntil(lambda: page.make.made is not None)
    assert (tmp_path / "卡.pdf").exists()


@pytest.mark.usefixtures("town")
def test_a_printed_paper_is_numbered_kept_and_printed_again(
    qtbot: QtBot, office: Office, main: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "印.pdf"

    def to_file(_job: Any, _name: str) -> QPrinter:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(out))
        return printer

    monkeypatch.setattr(printing, "printers", lambda: ["激光机"])
    monkeypatch.setattr(printing, "able", lambda name: Able(name, ((210.0, 297.0),)))
    monkeypatch.setattr(printing, "printer_for", to_file)
    page = shown(qtbot, main)
    failed = meanwhile(lambda dialog: press(dialog, "编号并打印"))
    click(qtbot, page.make.print_button)
    assert failed == []
    qtbot.waitUntil(lambda: bool(main.findChildren(dialogs.Toast)))
    assert len(preview.sizes(out)) == 2
    number = page.make.made.number if page.make.made is not None else ""
    made = service.id_of(office, number)
    assert issued.read(office, made).has_file
    out.unlink()
    page.show_view("", record=made)
    failed = meanwhile(lambda dialog: press(dialog, "打印"))
    press(page.register.panel, "再打一份…")
    assert failed == []
    qtbot.waitUntil(out.exists)


@pytest.mark.usefixtures("town")
def test_lines_are_renamed_struck_and_brought_back(
    qtbot: QtBot, office: Office, main: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = paper.cards(office, tmp_path / "卡.pdf")
    page = shown(qtbot, main)
    page.show_view("register", record=1)
    assert page.register.table.current() == 1

    def fill(_parent: Any, _title: str, _fields: Any, values: Any, save: Any, **_more: Any) -> bool:
        save({"title": values["title"] + "（重印）"})
        return True

    from gridoffice.ui import editor

    monkeypatch.setattr(editor, "edit", fill)
    click(qtbot, page.register.rename_button)
    assert service.issued(office, 1).title == made.title + "（重印）"
    click(qtbot, page.register.strike_button)
    assert service.PAPERS.count(office, Query(office.today())) == 0
    main.undo()
    assert service.PAPERS.count(office, Query(office.today())) == 1
    assert issued.facts(office, 1), "the parts come back too"


@pytest.mark.usefixtures("town")
def test_verifying_says_whole_or_changed(qtbot: QtBot, office: Office, main: MainWindow, tmp_path: Path) -> None:
    made = paper.board(office, "石桥村", tmp_path / "牌.pdf")
    page = shown(qtbot, main)
    click(qtbot, page.parts["verify"])
    page.verify.check(made.path)
    assert page.verify.big.text() == "完整：签名后没有改动，是本办签发的"
    data = bytearray(made.path.read_bytes())
    data[2000] ^= 1
    made.path.write_bytes(bytes(data))
    page.verify.check(made.path)
    assert page.verify.verdict is not None and page.verify.verdict.tone != "done"
