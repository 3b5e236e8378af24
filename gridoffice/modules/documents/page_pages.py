"""The pages of a finished PDF one under the other, drawn when they come into sight; and to the printer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QScrollArea, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.papers import preview
from gridoffice.ui.theme import theme

GAP = 16
KEPT = 24
"""So many drawn pages are kept; a handbook has more than a hundred."""
PRINT_DPI = 300
PRINT_WIDTH = 5000
"""Pixels no printed page is wider than: a board of 600 mm is looked at from further away."""


def image(path: Path, page: int, width: int) -> QImage:
    """A page as an image of its own."""
    drawn = preview.picture(path, page, width)
    return QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32).copy()


class Pages(QWidget):
    """All pages, as wide as there is room; two small ones stand side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        self.sizes: list[preview.PageSize] = []
        self._places: list[QRect] = []
        self._drawn: dict[tuple[int, int], QPixmap] = {}
        self.setAccessibleName("预览")

    def show_file(self, path: Path | None) -> None:
        """Show another file, or none."""
        self.path = path
        self._drawn.clear()
        self.sizes = preview.sizes(path) if path is not None else []
        self.lay()
        self.update()

    def lay(self) -> None:
        """Place the pages for the width there is."""
        gap, room = theme.px(GAP), self.width()
        self._places = []
        across = 2 if len(self.sizes) > 1 and room > theme.px(560) and self.sizes[0].height > self.sizes[0].width else 1
        wide = min((room - gap * (across + 1)) // across, theme.px(620))
        top = gap
        for start in range(0, len(self.sizes), across):
            some = self.sizes[start : start + across]
            left = (room - across * wide - (across - 1) * gap) // 2
            highest = 0
            for place, size in enumerate(some):
                high = round(wide * size.height / size.width)
                self._places.append(QRect(left + place * (wide + gap), top, wide, high))
                highest = max(highest, high)
            top += highest + gap
        self.setFixedHeight(max(top, 1))

    def sizeHint(self) -> QSize:
        """As high as all pages."""
        return QSize(theme.px(600), self.height())

    def resizeEvent(self, event: Any) -> None:
        """Place the pages anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.lay()

    def paintEvent(self, event: Any) -> None:
        """Draw the pages in sight."""
        painter = QPainter(self)
        for place, rect in enumerate(self._places):
            if not rect.intersects(event.rect()):
                continue
            painter.fillRect(rect.translated(theme.px(2), theme.px(2)), QColor(theme.colours.line))
            painter.drawPixmap(rect.topLeft(), self._page(place, rect.width()))
            painter.setPen(QColor(theme.colours.line))
            painter.drawRect(rect)
        painter.end()

    def _page(self, place: int, width: int) -> QPixmap:
        key = (place, width)
        if key not in self._drawn:
            if len(self._drawn) >= KEPT:
                self._drawn.pop(next(iter(self._drawn)))
            ratio = self.devicePixelRatioF()
            assert self.path is not None
            made = QPixmap.fromImage(image(self.path, place, round(width * ratio)))
            made.setDevicePixelRatio(ratio)
            self._drawn[key] = made
        return self._drawn[key]


class PagesView(QScrollArea):
    """The pages in a scroll area."""

    def __init__(self) -> None:
        super().__init__()
        self.pages = Pages()
        self.setWidget(self.pages)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_file(self, path: Path | None) -> None:
        """Show another file from its first page."""
        self.pages.show_file(path)
        self.verticalScrollBar().setValue(0)


def print_file(parent: QWidget, path: Path) -> bool:
    """Ask for printer and copies and print the file; True when it was sent. Raises OfficeError without a printer."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    if not QPrinterInfo.availablePrinters():
        raise OfficeError(
            "这台电脑还没有安装打印机", safe=f"文件已存好：{path.name}", do="请装好打印机，或把文件拷到能打印的电脑上"
        )
    sizes = preview.sizes(path)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(path.stem)
    printer.setFullPage(True)
    printer.setFromTo(1, len(sizes))
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, len(sizes))
    if not dialog.exec():
        return False
    to_printer(path, printer)
    return True


def to_printer(path: Path, printer: Any) -> None:
    """Send the chosen pages of a file to a printer, each as large as its paper."""
    from PySide6.QtCore import QMarginsF, QSizeF
    from PySide6.QtGui import QPageLayout, QPageSize

    sizes = preview.sizes(path)
    first, last = printer.fromPage() or 1, printer.toPage() or len(sizes)
    painter = QPainter()
    for number in range(first, last + 1):
        size = sizes[number - 1]
        paper = QPageSize(QSizeF(size.width, size.height), QPageSize.Unit.Millimeter)
        printer.setPageLayout(QPageLayout(paper, QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
        if number == first:
            if not painter.begin(printer):
                raise OfficeError("打印机没有接受这份文件", safe=f"文件已存好：{path.name}", do="请检查打印机后再试")
        else:
            printer.newPage()
        width = min(round(size.width / 25.4 * PRINT_DPI), PRINT_WIDTH)
        painter.drawImage(painter.viewport(), image(path, number - 1, width))
    painter.end()
