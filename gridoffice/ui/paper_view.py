"""Looking at a paper: its pages with zoom, thumbnails, page n of m, by mouse, wheel and keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from gridoffice.papers.preview import Document
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.paper_pages import LEAST, MOST, WHOLE, WIDTH, Pages
from gridoffice.ui.printing import size_name
from gridoffice.ui.theme import theme

STEPS = (10, 25, 33, 50, 67, 75, 100, 125, 150, 200, 300, 400)
OFFERED = (50, 75, 100, 125, 150, 200, 300, 400)
STRIP = 132
MANY = 4
"""Pages from which the thumbnails are shown without being asked for, where there is room."""
KEYS = "加减号缩放，0 整页，1 实际大小，翻页键翻页，Ctrl+滚轮缩放"


class _Scroll(QScrollArea):
    """A scroll area that tells keys, Ctrl+wheel and its new size to the view."""

    def __init__(self, view: PaperView) -> None:
        super().__init__()
        self.view = view
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("预览")
        self.setAccessibleDescription(KEYS)

    def resizeEvent(self, event: Any) -> None:
        """The pages get the new room."""
        super().resizeEvent(event)
        self.view.resized()

    def wheelEvent(self, event: Any) -> None:
        """Ctrl+wheel zooms where the mouse points."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.view.step(1 if event.angleDelta().y() > 0 else -1, event.position().toPoint())
            event.accept()
        else:
            super().wheelEvent(event)

    def event(self, event: QEvent) -> bool:
        """Ctrl+Plus and Ctrl+Minus are the pages' own while they have the focus, not the letters'."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self.view.takes(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom and turn pages."""
        if not self.view.key(event):
            super().keyPressEvent(event)


class PaperView(QWidget):
    """A paper's pages with what one needs to look at them; `turned` tells the page one looks at (from 0)."""

    turned = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.pages = Pages()
        self.strip = Pages(is_strip=True)
        self.area = _Scroll(self)
        self.area.setWidget(self.pages)
        self.strip_area = QScrollArea()
        self.strip_area.setWidget(self.strip)
        self.strip_area.setFixedWidth(theme.px(STRIP))
        self.strip_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.strip_area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # the width stays what it is
        self.strip_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.strip_area.hide()
        self._strip_wanted: bool | None = None
        self._kept: tuple[int, float, float] | None = None
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(6))
        body.addWidget(self._tools())
        pages = row(self.strip_area, spacing=6)
        pages.addWidget(self.area, 1)
        body.addLayout(pages, 1)
        self.area.verticalScrollBar().valueChanged.connect(lambda _value: self._scrolled())
        self.strip.pressed.connect(self.go)
        self._tell()

    def _tools(self) -> QWidget:
        holder = QWidget()
        holder.setMinimumWidth(1)  # what does not fit is put away, see `resizeEvent`
        self.thumbs = button("缩略图", self._toggle_strip, kind="chip")
        self.thumbs.setCheckable(True)
        self.back = button("‹", lambda: self.go(self.page - 1), kind="small")
        self.back.setAccessibleName("上一页")
        self.number = QLineEdit()
        self.number.setAccessibleName("第几页")
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setValidator(QIntValidator(1, 99_999, self.number))
        self.number.setFixedWidth(theme.px(52))
        self.number.returnPressed.connect(self._typed)
        self.of = label("/ 1 页", "quiet")
        self.on = button("›", lambda: self.go(self.page + 1), kind="small")
        self.on.setAccessibleName("下一页")
        self.paper_size = label("", "quiet")
        self.less = button("−", lambda: self.step(-1), kind="small")
        self.less.setAccessibleName("缩小")
        self.zoom = QComboBox()
        self.zoom.setAccessibleName("缩放")
        self.zoom.addItem("整页", WHOLE)
        self.zoom.addItem("页宽", WIDTH)
        for per_cent in OFFERED:
            self.zoom.addItem(f"{per_cent} %", per_cent)
        self.zoom.activated.connect(lambda _place: self.set_zoom(self.zoom.currentData()))
        self.more = button("＋", lambda: self.step(1), kind="small")
        self.more.setAccessibleName("放大")
        for one in (self.back, self.on, self.less, self.more):
            one.setFixedWidth(theme.px(34))
        holder.setToolTip(KEYS)
        holder.setLayout(
            row(self.thumbs, self.back, self.number, self.of, self.on, 1, self.paper_size, 1, self.less, self.zoom,
                self.more, spacing=6)
        )  # fmt: skip
        return holder

    def minimumSizeHint(self) -> QSize:
        """What is left when the tools one can do without are put away."""
        return QSize(theme.px(300), theme.px(220))

    def resizeEvent(self, event: Any) -> None:
        """Put away what there is no room for: the size, then the thumbnails' button."""
        super().resizeEvent(event)
        self.paper_size.setVisible(self.width() >= theme.px(540))
        self.thumbs.setVisible(self.width() >= theme.px(420))
        if self.width() < theme.px(420):
            self.strip_area.hide()

    # -- what is shown

    @property
    def page(self) -> int:
        """The page (from 0) one looks at."""
        return self.pages.current

    def show_file(self, source: Path | bytes | None, *, keep_place: bool = False) -> None:
        """Show a PDF from its first page, or at the same place as before; raises OfficeError when it is none."""
        page, at = self.page, self.area.verticalScrollBar().value()
        self.pages.show_document(Document(source) if source is not None else None)
        self._kept = None
        total = len(self.pages.sizes)
        is_wanted = total >= MANY if self._strip_wanted is None else self._strip_wanted and total > 1
        self._show_strip(is_wanted and self.width() >= theme.px(560))
        is_same = keep_place and page < total
        self.area.verticalScrollBar().setValue(at if is_same else 0)
        self._scrolled()
        self._tell()

    def _show_strip(self, on: bool) -> None:
        self.strip_area.setVisible(on)
        self.thumbs.setChecked(on)
        source = self.pages.document.source if on and self.pages.document is not None else None
        shown = self.strip.document.source if self.strip.document is not None else None
        if source is not shown:
            self.strip.show_document(Document(source) if source is not None else None)
        self._lay_strip()

    def _toggle_strip(self) -> None:
        self._strip_wanted = self.thumbs.isChecked()
        self._show_strip(self._strip_wanted)

    def is_ready(self) -> bool:
        """Whether everything in sight is drawn."""
        return self.pages.is_drawn() and (self.strip.is_drawn() or not self.strip_area.isVisible())

    def stop(self) -> None:
        """End the drawing and close the file."""
        self.pages.stop()
        self.strip.stop()

    # -- zoom

    def set_zoom(self, zoom: str | float, at: QPoint | None = None) -> None:
        """Another zoom (`WHOLE`, `WIDTH` or per cent of the real size); the place pointed at stays where it is."""
        at = at or QPoint(self.area.viewport().width() // 2, 0)
        kept = self._place(at)
        self.pages.zoom = zoom
        self.pages.lay()
        if zoom == WHOLE:
            self.go(self.page)
        else:
            self._return(kept, at)
        self._tell()

    def step(self, way: int, at: QPoint | None = None) -> None:
        """One step larger or smaller."""
        now = self.pages.per_cent()
        steps = [one for one in STEPS if (one > now + 1 if way > 0 else one < now - 1)]
        if steps:
            self.set_zoom(steps[0] if way > 0 else steps[-1], at)

    def _place(self, at: QPoint) -> tuple[int, float, float]:
        """Page and place on it (as fractions) under a point of the viewport."""
        point = self.pages.mapFrom(self.area.viewport(), at)
        if not self.pages.places:
            return 0, 0.0, 0.0
        page = self.pages.page_at(point.y())
        rect = self.pages.places[page]
        return page, (point.x() - rect.left()) / rect.width(), (point.y() - rect.top()) / rect.height()

    def _return(self, kept: tuple[int, float, float], at: QPoint) -> None:
        page, across, down = kept
        if page < len(self.pages.places):
            rect = self.pages.places[page]
            self.area.horizontalScrollBar().setValue(round(rect.left() + across * rect.width()) - at.x())
            self.area.verticalScrollBar().setValue(round(rect.top() + down * rect.height()) - at.y())

    def resized(self) -> None:
        """The room has changed."""
        kept = self._place(QPoint(0, 0))
        self.pages.room = self.area.viewport().size()
        self.pages.lay()
        self._return(kept, QPoint(0, 0))
        self._lay_strip()
        self._tell()

    def _lay_strip(self) -> None:
        self.strip.room = self.strip_area.viewport().size()
        self.strip.lay()

    # -- pages

    def go(self, page: int) -> None:
        """Show a page (from 0) from its top."""
        if not self.pages.places:
            return
        page = max(0, min(page, len(self.pages.places) - 1))
        gap = theme.px(8)
        self.area.verticalScrollBar().setValue(self.pages.places[page].top() - gap)
        self._mark(page)

    def _typed(self) -> None:
        self.go(int(self.number.text() or 1) - 1)
        self.area.setFocus()

    def _scrolled(self) -> None:
        self._mark(self.pages.page_at(self.area.verticalScrollBar().value() + self.area.viewport().height() // 3))

    def _mark(self, page: int) -> None:
        is_new = page != self.pages.current
        self.pages.mark(page)
        self.strip.mark(page)
        if self.strip_area.isVisible() and page < len(self.strip.places):
            rect = self.strip.places[page]
            self.strip_area.ensureVisible(0, rect.center().y(), 0, rect.height() // 2 + theme.px(24))
        if is_new:
            self.turned.emit(page)
            self._tell()

    def _tell(self) -> None:
        total = len(self.pages.sizes)
        self.number.setText(str(self.page + 1) if total else "")
        self.of.setText(f"/ {total} 页")
        self.back.setEnabled(self.page > 0)
        self.on.setEnabled(self.page + 1 < total)
        self.thumbs.setEnabled(total > 1)
        self.paper_size.setText(size_name(self.pages.sizes[self.page]) if self.page < total else "")
        now = self.pages.per_cent()
        self.less.setEnabled(total > 0 and now > LEAST + 1)
        self.more.setEnabled(total > 0 and now < MOST - 1)
        place = self.zoom.findData(self.pages.zoom)
        with QSignalBlocker(self.zoom):
            self.zoom.setCurrentIndex(place)
            if place < 0:
                self.zoom.setPlaceholderText(f"{now} %")
        self.zoom.setToolTip(f"现在是实际大小的 {now} %")

    # -- keys

    def takes(self, event: QKeyEvent) -> bool:
        """Whether a key with Ctrl is the pages' own."""
        is_zoom = event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_0)
        return is_zoom and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key means; False when it means nothing here."""
        acts: dict[int, Any] = {
            Qt.Key.Key_Plus: lambda: self.step(1),
            Qt.Key.Key_Equal: lambda: self.step(1),
            Qt.Key.Key_Minus: lambda: self.step(-1),
            Qt.Key.Key_0: lambda: self.set_zoom(WHOLE),
            Qt.Key.Key_1: lambda: self.set_zoom(100.0),
            Qt.Key.Key_W: lambda: self.set_zoom(WIDTH),
            Qt.Key.Key_Home: lambda: self.go(0),
            Qt.Key.Key_End: lambda: self.go(len(self.pages.places) - 1),
        }
        if self.pages.zoom == WHOLE:
            acts[Qt.Key.Key_PageDown] = acts[Qt.Key.Key_Space] = lambda: self._turn(1)
            acts[Qt.Key.Key_PageUp] = lambda: self._turn(-1)
        act = acts.get(event.key())
        if act is None:
            return False
        act()
        return True

    def _turn(self, way: int) -> None:
        """A row of pages on or back."""
        top = self.pages.places[self.page].top() if self.pages.places else 0
        others = [page for page, rect in enumerate(self.pages.places) if (rect.top() - top) * way > 0]
        if others:
            self.go(min(others) if way > 0 else max(others))
