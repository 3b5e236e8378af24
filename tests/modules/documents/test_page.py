"""The papers' page: preview, issue, register and verifying, by clicks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.domain.listing import Query
from gridoffice.modules.documents import paper, service
from gridoffice.modules.documents.page import DocumentsPage
from gridoffice.modules.documents.page_pages import to_printer
from gridoffice.modules.documents.recipe import maker
from gridoffice.papers import preview
from gridoffice.ui import dialogs, window
from gridoffice.ui.window import MainWindow
from tests.make import Make


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
    qtbot.waitUntil(lambda: page.made is not None or page.pages_stack.currentWidget() is page.trouble)
    return page


def click(qtbot: QtBot, widget: Any) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.mark.usefixtures("town")
def test_preview_then_issue_puts_a_line_into_the_register(
    qtbot: QtBot, office: Office, main: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = shown(qtbot, main)
    assert "样张，还没有编号" in page.title.text() and page.notes.isVisible()
    assert service.PAPERS.count(office, Query(office.today())) == 0
    monkeypatch.setattr(dialogs, "save_file", lambda *_: tmp_path / "卡.pdf")
    click(qtbot, page.issue_button)
    qtbot.waitUntil(lambda: page.kept is not None)
    assert page.open_button.isVisible() and "卡" in page.title.text()
    assert service.issued_as(office, tmp_path / "卡.pdf") is not None
    assert page.parts["register"].text() == "文书登记 1"
    page.grab()


@pytest.mark.usefixtures("town")
def test_the_preview_follows_the_records(qtbot: QtBot, office: Office, main: MainWindow, make: Make) -> None:
    page = shown(qtbot, main)
    first = page.made
    make.assign(make.staff("李秀兰"), make.grid(), "worker")
    qtbot.waitUntil(lambda: page.made is not None and page.made is not first and "2 张" in page.made.title)


@pytest.mark.usefixtures("town")
def test_other_letters_while_a_preview_is_drawn_do_no_harm(qtbot: QtBot, main: MainWindow) -> None:
    from gridoffice.ui import theme as looks

    page = main.open("documents", view="handbook")
    assert isinstance(page, DocumentsPage)
    page.preview()
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
    assert page.pages_stack.currentWidget() is page.trouble
    assert not page.issue_button.isEnabled()


def test_the_recovery_sheet_is_shown_only_when_asked(qtbot: QtBot, main: MainWindow) -> None:
    page = shown(qtbot, main, "recovery")
    qtbot.waitUntil(lambda: page.issue_button.isEnabled())
    assert page.made is None
    page.show_key()
    qtbot.waitUntil(lambda: page.made is not None)


@pytest.mark.usefixtures("town")
def test_lines_are_renamed_struck_and_brought_back(
    qtbot: QtBot, office: Office, main: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = paper.cards(office, tmp_path / "卡.pdf")
    page = shown(qtbot, main)
    page.show_view("register", record=1)
    assert page.table.current() == 1

    def fill(_parent: Any, _title: str, _fields: Any, values: Any, save: Any, **_more: Any) -> bool:
        save({"title": values["title"] + "（重印）"})
        return True

    from gridoffice.ui import editor

    monkeypatch.setattr(editor, "edit", fill)
    click(qtbot, page.table.rename_button)
    assert service.issued(office, 1).title == made.title + "（重印）"
    click(qtbot, page.table.strike_button)
    assert service.PAPERS.count(office, Query(office.today())) == 0
    main.undo()
    assert service.PAPERS.count(office, Query(office.today())) == 1


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


@pytest.mark.usefixtures("town")
def test_pages_go_to_the_printer_in_their_size(office: Office, main: MainWindow, tmp_path: Path) -> None:
    made = paper.draft(tmp_path / "样.pdf", maker("cards").prepare(office, {}))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "印.pdf"))
    printer.setFullPage(True)
    to_printer(made.path, printer)
    sizes = preview.sizes(tmp_path / "印.pdf")
    assert [(round(size.width), round(size.height)) for size in sizes] == [(210, 297), (210, 297)]
    assert main.isVisible()
