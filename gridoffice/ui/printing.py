"""To the printer: names of paper sizes, ranges of pages, what a printer can do, and sending a paper to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMarginsF, QRect, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from gridoffice.core.errors import OfficeError
from gridoffice.core.progress import Progress, silent
from gridoffice.papers.preview import Document, PageSize
from gridoffice.ui.paper_draw import image

DPI = 300
MOST = 5000
"""Pixels no printed page is wider than: a board of 600 mm is looked at from further away."""
NEAR = 2.0  # millimetres two sizes of paper may differ and still be the same
NAMES = {"A2": (420, 594), "A3": (297, 420), "A4": (210, 297), "A5": (148, 210), "A6": (105, 148), "B5": (182, 257)}
ONE, LONG, SHORT = "one", "long", "short"
"""One side; both sides, turned on the long edge (a book), on the short edge (a pad)."""
_DUPLEX = {
    ONE: QPrinter.DuplexMode.DuplexNone,
    LONG: QPrinter.DuplexMode.DuplexLongSide,
    SHORT: QPrinter.DuplexMode.DuplexShortSide,
}


def _is_same(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return all(abs(a - b) <= NEAR for a, b in zip(sorted(one), sorted(other), strict=True))


def paper_name(size: PageSize) -> str:
    """A4, or the millimetres of another size: 600×900 毫米."""
    for name, millimetres in NAMES.items():
        if _is_same((size.width, size.height), millimetres):
            return name
    return f"{size.width:.0f}×{size.height:.0f} 毫米"


def size_name(size: PageSize) -> str:
    """The size in words: A4 横放 297×210 毫米."""
    name = paper_name(size)
    if name not in NAMES:
        return name
    lies = " 横放" if size.width > size.height else ""
    return f"{name}{lies} {size.width:.0f}×{size.height:.0f} 毫米"


def pages_of(text: str, total: int) -> list[int]:
    """The pages (from 1) of a range as it is typed: 1-3,5,8- ; "" is all. Raises OfficeError."""
    plain = text.translate(str.maketrans("，、；;～~—–－", ",,,,-----")).replace(" ", "")
    if not plain:
        return list(range(1, total + 1))
    found: list[int] = []
    for part in filter(None, plain.split(",")):
        ends = re.fullmatch(r"(\d*)(-?)(\d*)", part)
        if ends is None or not (ends[1] or ends[3]):
            raise OfficeError(f"页码“{part}”看不懂", safe="还没有打印", do="请写成 1-3,5 这样，不填就是全部")
        first = int(ends[1] or 1)
        last = int(ends[3] or (total if ends[2] else first))
        if not 1 <= first <= last <= total:
            raise OfficeError(f"没有第 {part} 页，一共 {total} 页", safe="还没有打印", do="请改页码，不填就是全部")
        found += range(first, last + 1)
    return list(dict.fromkeys(found))


@dataclass(frozen=True)
class Job:
    """How a paper is to be printed: on which printer, which pages (from 1, empty: all), how often, on which sides.

    `fits`: made smaller to the printer's own paper instead of its real size.
    """

    printer: str
    pages: tuple[int, ...] = ()
    copies: int = 1
    sides: str = ONE
    fits: bool = False


@dataclass(frozen=True)
class Able:
    """What a printer can do: sizes of paper in millimetres, both sides, and its usual paper."""

    name: str
    papers: tuple[tuple[float, float], ...] = ()
    has_duplex: bool = False
    usual: tuple[float, float] = field(default=(210.0, 297.0))

    def has(self, size: PageSize) -> bool:
        """Whether it has paper of a size; a printer that says nothing is believed to."""
        return not self.papers or any(_is_same((size.width, size.height), one) for one in self.papers)


def printers() -> list[str]:
    """The printers of this computer, the usual one first."""
    usual = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return sorted(names, key=lambda name: name != usual)


def able(name: str) -> Able:
    """What a printer can do; raises OfficeError when it is not there (any more)."""
    info = QPrinterInfo.printerInfo(name)
    if info.isNull():
        raise gone(name)
    sizes = tuple(_millimetres(one) for one in info.supportedPageSizes())
    modes = info.supportedDuplexModes()
    two = any(mode in modes for mode in (QPrinter.DuplexMode.DuplexLongSide, QPrinter.DuplexMode.DuplexAuto))
    usual = info.defaultPageSize()
    return Able(name, sizes, two, _millimetres(usual) if usual.isValid() else (210.0, 297.0))


def _millimetres(size: QPageSize) -> tuple[float, float]:
    found = size.size(QPageSize.Unit.Millimeter)
    return found.width(), found.height()


def gone(name: str = "") -> OfficeError:
    """What is said where there is no printer, or no longer this one."""
    what = f"找不到打印机“{name}”" if name else "这台电脑还没有安装打印机"
    return OfficeError(
        what,
        safe="文书没有丢，编号和登记不受影响",
        do="请开机、插好线后再试，或换一台打印机；也可以“存成 PDF”，拷到能打印的电脑上",
    )


def printer_for(job: Job, name: str) -> QPrinter:
    """A printer set up for a job; raises OfficeError when it is not there."""
    info = QPrinterInfo.printerInfo(job.printer)
    if info.isNull():
        raise gone(job.printer)
    made = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    made.setDocName(name)
    made.setCopyCount(job.copies)
    made.setCollateCopies(True)
    made.setDuplex(_DUPLEX[job.sides])
    return made


def send(source: Path | bytes, job: Job, printer: QPrinter, progress: Progress = silent) -> int:
    """Send pages to a printer, in their real size or as large as its paper; how many. Raises OfficeError.

    Cancelled by `progress`, nothing of it is printed.
    """
    document = Document(source)
    try:
        return _send(document, job, printer, progress)
    finally:
        document.close()


def _send(document: Document, job: Job, printer: QPrinter, progress: Progress) -> int:
    pages = job.pages or tuple(range(1, len(document.sizes) + 1))
    painter = QPainter()
    printer.setFullPage(True)
    try:
        for place, number in enumerate(pages):
            progress(place, len(pages), f"正在送第 {number} 页")
            size = document.sizes[number - 1]
            if job.fits:
                across = size.width > size.height
                way = QPageLayout.Orientation.Landscape if across else QPageLayout.Orientation.Portrait
                printer.setPageOrientation(way)
            else:
                _take_paper(printer, size)
            begun = painter.begin(printer) if not place else printer.newPage()
            if not begun:
                raise OfficeError(
                    "打印机没有接受这份文书",
                    safe="文书没有丢，编号和登记不受影响",
                    do="请看看打印机是否缺纸、卡纸、关机，或磁盘是否已满，再试一次；也可以“存成 PDF”",
                )
            _draw(painter, document, number - 1, size)
        progress(len(pages), len(pages), "")
    except BaseException:
        printer.abort()
        if painter.isActive():
            painter.end()
        raise
    painter.end()
    return len(pages)


def _take_paper(printer: QPrinter, size: PageSize) -> None:
    paper = QPageSize(QSizeF(size.width, size.height), QPageSize.Unit.Millimeter)
    printer.setPageLayout(QPageLayout(paper, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))


def _draw(painter: QPainter, document: Document, page: int, size: PageSize) -> None:
    """A page in the middle of the paper, as large as it has room for, its shape kept."""
    view: Any = painter.viewport()
    scale = min(view.width() / size.width, view.height() / size.height)
    wide, high = round(size.width * scale), round(size.height * scale)
    place = QRect((view.width() - wide) // 2, (view.height() - high) // 2, wide, high)
    width = min(round(size.width / 25.4 * DPI), MOST, wide)
    painter.drawImage(place, image(document.whole(page, max(width, 1))))
