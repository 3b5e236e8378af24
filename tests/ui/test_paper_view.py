"""Looking at papers: pages drawn when they come into sight, zoom, keys, and the printer's side."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gridoffice.core.errors import Cancelled, OfficeError
from gridoffice.papers import preview
from gridoffice.papers.drawing import Sheet
from gridoffice.ui import dialogs, printing
from gridoffice.ui.paper_dialog import PaperDialog
from gridoffice.ui.paper_print import PrintPanel
from gridoffice.ui.paper_view import PaperView
from gridoffice.ui.printing import Able, Job, pages_of, paper_name, send, size_name

RED, GREEN = "#FF0000", "#00FF00"


def paper(pages: int, wide: float = 148, high: float = 210) -> bytes:
    """Pages that are red, the last one green."""
    sheet = Sheet(wide, high)
    for number in range(pages):
        sheet.box(0, 0, wide, high, fill=GREEN if number == pages - 1 else RED)
        sheet.next_page()
    return sheet.finish()


@pytest.fixture
def view(qtbot: QtBot, plain_looks: None) -> Iterator[PaperView]:
    """A view of 900×700."""
    made = PaperView()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    yield made
    made.stop()


def ready(qtbot: QtBot, view: PaperView) -> None:
    QApplication.processEvents()
    qtbot.waitUntil(view.is_ready, timeout=20_000)
    QApplication.processEvents()


def middle(view: PaperView) -> QColor:
    """The colour in the middle of the page one looks at."""
    place = view.pages.places[view.page].center()
    seen = view.pages.mapTo(view.area.viewport(), place)
    return view.area.viewport().grab().toImage().pixelColor(seen)


def test_a_long_paper_is_laid_out_at_once_and_drawn_only_where_one_looks(qtbot: QtBot, view: PaperView) -> None:
    view.show_file(paper(240))
    ready(qtbot, view)
    assert len(view.pages.places) == 240 and len(view.pages._kept) <= 6
    assert view.of.text() == "/ 240 页" and view.strip_area.isVisible()
    assert middle(view) == QColor(RED)
    view.area.setFocus()
    QTest.keyClick(view.area, Qt.Key.Key_End)
    ready(qtbot, view)
    assert view.page == 239 and view.number.text() == "240"
    assert middle(view) == QColor(GREEN)
    QTest.keyClick(view.area, Qt.Key.Key_Home)
    assert view.page == 0
    view.number.setText("17")
    QTest.keyClick(view.number, Qt.Key.Key_Return)
    assert view.page == 16


def test_zoom_goes_by_keys_and_wheel_and_keeps_what_one_looks_at(qtbot: QtBot, view: PaperView) -> None:
    view.show_file(paper(3))
    ready(qtbot, view)
    view.area.setFocus()
    QTest.keyClick(view.area, Qt.Key.Key_1)
    assert view.pages.per_cent() == 100 and view.zoom.currentText() == "100 %"
    assert abs(view.pages.places[0].width() - 148 * view.logicalDpiX() / 25.4) <= 1
    QTest.keyClick(view.area, Qt.Key.Key_Plus)
    assert view.pages.per_cent() == 125
    QTest.keyClick(view.area, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert view.pages.per_cent() == 100
    QTest.keyClick(view.area, Qt.Key.Key_W)
    assert view.pages.places[0].width() <= view.area.viewport().width() and view.zoom.currentText() == "页宽"
    at = QPoint(200, 300)
    kept = view._place(at)
    view.step(1, at)
    now = view._place(at)
    assert now[0] == kept[0] and abs(now[1] - kept[1]) < 0.02 and abs(now[2] - kept[2]) < 0.02
    for _ in range(12):
        view.step(1)
    assert view.pages.per_cent() == 400 and not view.more.isEnabled()
    ready(qtbot, view)
    assert middle_of_part(view) == QColor(RED)


def test_a_large_board_at_400_per_cent_keeps_little_in_memory(qtbot: QtBot, view: PaperView) -> None:
    view.show_file(paper(1, 1200, 2400))
    view.set_zoom(400.0)
    ready(qtbot, view)
    assert view.pages.places[0].width() > 15_000
    assert sum(one.width() * one.height() for one in view.pages._kept.values()) < 8_000_000
    assert middle_of_part(view) == QColor(GREEN)


def middle_of_part(view: PaperView) -> QColor:
    return view.area.viewport().grab().toImage().pixelColor(view.area.viewport().rect().center())


def test_two_pages_stand_beside_each_other_where_there_is_room(qtbot: QtBot, view: PaperView) -> None:
    view.resize(1400, 700)
    view.show_file(paper(5))
    ready(qtbot, view)
    first, second, third = (view.pages.places[page] for page in range(3))
    assert first.top() == second.top() < third.top()
    QTest.keyClick(view.area, Qt.Key.Key_PageDown)
    assert view.page in (2, 3)


@pytest.mark.parametrize(
    ("typed", "pages"),
    [("", [1, 2, 3, 4, 5, 6]), ("1-3,5", [1, 2, 3, 5]), ("4-", [4, 5, 6]), ("-2", [1, 2]), ("2，2、6", [2, 6]),
     ("3～4", [3, 4])],
)  # fmt: skip
def test_ranges_are_read_as_people_type_them(typed: str, pages: list[int]) -> None:
    assert pages_of(typed, 6) == pages


@pytest.mark.parametrize("typed", ["7", "0", "3-1", "a", "-", "1-9"])
def test_a_range_that_is_none_is_told(typed: str) -> None:
    with pytest.raises(OfficeError, match="还没有打印"):
        pages_of(typed, 6)


def test_sizes_have_their_names() -> None:
    assert paper_name(preview.PageSize(209.9, 297.1)) == "A4"
    assert size_name(preview.PageSize(297, 210)) == "A4 横放 297×210 毫米"
    assert size_name(preview.PageSize(600, 900)) == "600×900 毫米"
    assert Able("x", ((210.0, 297.0),)).has(preview.PageSize(297, 210))
    assert not Able("x", ((210.0, 297.0),)).has(preview.PageSize(600, 900))


def to_file(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


@pytest.mark.usefixtures("qapp")
def test_chosen_pages_are_printed_in_their_size_or_fitted(tmp_path: Path) -> None:
    board = paper(3, 600, 900)
    assert send(board, Job("", (3,)), to_file(tmp_path / "真.pdf")) == 1
    (size,) = preview.sizes(tmp_path / "真.pdf")
    assert (round(size.width), round(size.height)) == (600, 900)
    assert send(board, Job("", (1, 3), fits=True), to_file(tmp_path / "缩.pdf")) == 2
    assert [(round(one.width), round(one.height)) for one in preview.sizes(tmp_path / "缩.pdf")] == [(210, 297)] * 2
    drawn = preview.picture(tmp_path / "缩.pdf", 1, 100)
    at = (drawn.height // 2) * drawn.stride + (drawn.width // 2) * 4
    blue, green, red = drawn.pixels[at : at + 3]
    assert blue < 8 and red < 8 and green > 247  # the picture in the file is a JPEG


@pytest.mark.qt_log_ignore("QPainter::begin")
@pytest.mark.usefixtures("qapp")
def test_cancelled_nothing_is_printed(tmp_path: Path) -> None:
    def stop(done: int, _total: int, _text: str) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        send(paper(3), Job(""), to_file(tmp_path / "没.pdf"), stop)
    with pytest.raises(OfficeError, match="没有接受"):
        send(paper(1), Job(""), to_file(tmp_path / "没有的文件夹" / "没.pdf"))


@pytest.mark.usefixtures("qapp")
def test_a_printer_that_is_not_there_is_told_with_a_way_out() -> None:
    with pytest.raises(OfficeError) as told:
        printing.printer_for(Job("拔掉的打印机"), "x")
    assert "拔掉的打印机" in told.value.what and "存成 PDF" in told.value.do


def test_without_a_printer_the_paper_is_saved(
    qtbot: QtBot, plain_looks: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "printers", list)
    under = QWidget()
    qtbot.addWidget(under)
    under.resize(1000, 700)
    under.show()
    dialog = PaperDialog(under, "公示牌", paper(1, 600, 900), file_name="牌.pdf", notes=("1 人没有照片",))
    dialog.show()
    QApplication.processEvents()
    assert not dialog.print_button.isEnabled() and "没有找到打印机" in dialog.printer.told.text()
    monkeypatch.setattr(dialogs, "save_file", lambda *_: tmp_path / "牌.pdf")
    dialog.save_button.click()
    assert dialog.saved is not None and len(preview.sizes(dialog.saved)) == 1


def test_a_printer_that_is_switched_on_appears_by_itself(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    there: list[str] = []
    monkeypatch.setattr(printing, "printers", lambda: there)
    monkeypatch.setattr(printing, "able", lambda name: Able(name, ((210.0, 297.0),)))
    panel = PrintPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_sizes([preview.PageSize(210, 297)])
    assert "没有找到打印机" in panel.problem
    there.append("激光机")
    qtbot.waitUntil(lambda: panel.problem == "", timeout=10_000)
    assert panel.printer.currentText() == "激光机"


def test_a_printer_without_the_paper_offers_to_fit_it(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "printers", lambda: ["激光机"])
    monkeypatch.setattr(printing, "able", lambda name: Able(name, ((210.0, 297.0), (148.0, 210.0)), has_duplex=True))
    panel = PrintPanel()
    qtbot.addWidget(panel)
    panel.show()
    panel.show_sizes([preview.PageSize(600, 900)])
    assert panel.problem == "" and "印刷店" in panel.told.text() and panel.fits.isVisible()
    panel.fits.setChecked(True)
    assert not panel.told.isVisible()
    panel.show_sizes([preview.PageSize(210, 297)] * 4)
    panel.sides.setCurrentIndex(1)
    panel.pages.setText("2-3")
    panel.copies.setValue(5)
    assert panel.job() == Job("激光机", (2, 3), 5, printing.LONG, fits=True)
    panel.pages.setText("9")
    assert "没有第 9 页" in panel.problem
