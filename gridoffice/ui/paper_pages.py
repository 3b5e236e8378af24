"""The pages of a PDF one under the other at any zoom, each part drawn when it comes into sight."""

from __future__ import annotations

import math
from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from gridoffice.papers.preview import Document, PageSize
from gridoffice.ui.paper_draw import TILE, Drawer, Part
from gridoffice.ui.theme import theme

GAP = 14
WHOLE, WIDTH = "whole", "width"
"""Zoom that shows a whole page, or its whole width; else a number of per cent, 100 being the real size."""
KEPT = 20_000_000
"""Pixels of drawn parts that are kept (80 MB)."""
LEAST, MOST = 10, 400


class Pages(QWidget):
    """All pages; `room` is the size of the window on them, which the scroll area sets."""

    pressed = Signal(int)
    laid = Signal()

    def __init__(self, *, is_strip: bool = False) -> None:
        super().__init__()
        self.is_strip = is_strip
        self.document: Document | None = None
        self.sizes: list[PageSize] = []
        self.zoom: str | float = WIDTH if is_strip else WHOLE
        self.room = QSize(600, 600)
        self.current = 0
        self.places: list[QRect] = []
        self.scale = 1.0  # pixels per millimetre, as seen
        self._serial = 0
        self._kept: OrderedDict[Part, QPixmap] = OrderedDict()
        self._pixels = 0
        self._missing = False
        self._drawer = Drawer(self)
        self._drawer.drawn.connect(self._drawn)
        self.setAccessibleName("页面缩略图" if is_strip else "预览")

    def show_document(self, document: Document | None) -> None:
        """Show another document, or none; it is closed when the next one comes."""
        self.document = document
        self.sizes = document.sizes if document is not None else []
        self.current = 0
        self._serial += 1
        self._kept.clear()
        self._pixels = 0
        self._missing = document is not None
        self._drawer.show(document)
        self.lay()

    def stop(self) -> None:
        """End the drawing."""
        self._drawer.stop()

    def is_drawn(self) -> bool:
        """Whether everything in sight is drawn."""
        return not self._missing

    # -- places

    def per_cent(self) -> int:
        """The zoom in per cent of the real size."""
        return round(self.scale / self._real() * 100)

    def _real(self) -> float:
        return self.logicalDpiX() / 25.4

    def lay(self) -> None:
        """Place the pages for the zoom and the room there is."""
        gap = theme.px(6 if self.is_strip else GAP)
        below = theme.px(20) if self.is_strip else 0
        across = self._scaled(gap)
        self.places = []
        top = gap
        widest = 0
        for start in range(0, len(self.sizes), across):
            some = [self._pixel_size(size) for size in self.sizes[start : start + across]]
            whole = sum(size.width() for size in some) + gap * (len(some) - 1)
            widest = max(widest, whole)
            left = max(gap, (self.room.width() - whole) // 2)
            for size in some:
                self.places.append(QRect(left, top, size.width(), size.height()))
                left += size.width() + gap
            top += max(size.height() for size in some) + gap + below
        self.setFixedSize(max(self.room.width(), widest + 2 * gap), max(self.room.height(), top))
        self.laid.emit()
        self.update()

    def _pixel_size(self, size: PageSize) -> QSize:
        return QSize(max(1, math.ceil(size.width * self.scale)), max(1, math.ceil(size.height * self.scale)))

    def _scaled(self, gap: int) -> int:
        """Set the scale; how many pages stand beside each other."""
        if not self.sizes:
            return 1
        wide, high = max(size.width for size in self.sizes), max(size.height for size in self.sizes)
        across = self.room.width() - 2 * gap
        if isinstance(self.zoom, str):
            by_width = across / wide
            by_height = (self.room.height() - 2 * gap) / high
            self.scale = by_width if self.zoom == WIDTH else min(by_width, by_height)
            limit = self._real() * MOST / 100
            self.scale = max(0.01, min(self.scale, limit))
        else:
            self.scale = self._real() * max(LEAST, min(self.zoom, MOST)) / 100
        beside = 2 * wide * self.scale + gap <= across and len(self.sizes) > 1 and self.zoom == WHOLE
        return 2 if beside else 1

    def page_at(self, y: int) -> int:
        """The page (from 0) that a height belongs to."""
        for page, rect in enumerate(self.places):
            if rect.bottom() >= y:
                return page
        return max(0, len(self.places) - 1)

    def mark(self, page: int) -> None:
        """Make a page the current one."""
        if page != self.current:
            self.current = page
            self.update()

    # -- drawing

    def paintEvent(self, event: Any) -> None:
        """Draw the parts in sight that are there, and ask for the others."""
        painter = QPainter(self)
        seen = event.rect()
        ratio = self.devicePixelRatioF()
        missing: list[Part] = []
        for page, rect in enumerate(self.places):
            if rect.top() > seen.bottom():
                break
            if rect.adjusted(0, 0, 0, theme.px(24)).intersects(seen):
                self._page(painter, page, rect, seen, ratio, missing)
        painter.end()
        self._missing = bool(missing)
        self._drawer.ask(missing)

    def _page(self, painter: QPainter, page: int, rect: QRect, seen: QRect, ratio: float, missing: list[Part]) -> None:
        painter.fillRect(rect.translated(theme.px(2), theme.px(2)), QColor(theme.colours.line))
        painter.fillRect(rect, QColor("#FFFFFF"))
        edge = TILE / ratio
        inside = rect.intersected(seen)
        if not inside.isEmpty():
            columns = range(int((inside.left() - rect.left()) / edge), int((inside.right() - rect.left()) / edge) + 1)
            rows = range(int((inside.top() - rect.top()) / edge), int((inside.bottom() - rect.top()) / edge) + 1)
            for row in rows:
                for column in columns:
                    part = Part(self._serial, page, round(self.scale * ratio, 4), column, row)
                    made = self._kept.get(part)
                    if made is None:
                        missing.append(part)
                    else:
                        self._kept.move_to_end(part)
                        painter.drawPixmap(rect.left() + round(column * edge), rect.top() + round(row * edge), made)
        is_current = self.is_strip and page == self.current
        painter.setPen(QPen(QColor(theme.colours.brand if is_current else theme.colours.line), 2 if is_current else 1))
        painter.drawRect(rect)
        if self.is_strip:
            font = QFont(self.font())
            font.setPixelSize(theme.px(12))
            painter.setFont(font)
            painter.setPen(QColor(theme.colours.brand if is_current else theme.colours.quiet))
            below = QRect(0, rect.bottom() + theme.px(2), self.width(), theme.px(18))
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(page + 1))

    def _drawn(self, part: Part, made: QImage) -> None:
        if part.serial != self._serial:
            return
        shown = QPixmap.fromImage(made)
        shown.setDevicePixelRatio(self.devicePixelRatioF())
        self._kept[part] = shown
        self._pixels += made.width() * made.height()
        while self._pixels > KEPT and len(self._kept) > 1:
            _, gone = self._kept.popitem(last=False)
            self._pixels -= gone.width() * gone.height()
        self.update()

    def mousePressEvent(self, event: Any) -> None:
        """Tell which page was pressed."""
        place = event.position().toPoint()
        for page, rect in enumerate(self.places):
            if rect.adjusted(0, 0, 0, theme.px(20)).contains(place):
                self.pressed.emit(page)
        event.ignore()
