"""Drawing parts of pages beside the window: what is wanted now first, what went out of sight not at all."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from gridoffice.core.log import log
from gridoffice.papers.preview import Document, Picture

LOOK = 12  # milliseconds between two looks for what was drawn
TILE = 1024
"""Pixels of a part's edge: a page at 400 % is drawn only where one looks."""


class Part(NamedTuple):
    """A part of a page at a scale (pixels per millimetre): of which document, which page, which tile."""

    serial: int
    page: int
    scale: float
    column: int
    row: int


def image(drawn: Picture) -> QImage:
    """A drawn picture as an image of its own."""
    return QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32).copy()


class _Desk:
    """What the thread works on; it knows no widget, so it may outlive one for the moment it takes to finish a part."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.document: Document | None = None
        self.wanted: list[Part] = []
        self.made: queue.SimpleQueue[tuple[Part, QImage | None]] = queue.SimpleQueue()
        self.is_closed = False

    def next(self) -> tuple[Document, Part] | None:
        """The next part to draw; waits for one; None at the end."""
        with self.changed:
            while not self.is_closed and not (self.wanted and self.document is not None):
                self.changed.wait()
            if self.is_closed or self.document is None:
                return None
            return self.document, self.wanted.pop(0)

    def work(self) -> None:
        """Draw until the end; what cannot be drawn is told as None."""
        while (found := self.next()) is not None:
            document, part = found
            try:
                left, top = part.column * TILE, part.row * TILE
                self.made.put((part, image(document.tile(part.page, part.scale, left, top, TILE, TILE))))
            except Exception:
                if not self.is_closed and document is self.document:
                    log.warning("page %s was not drawn", part.page + 1, exc_info=True)
                self.made.put((part, None))

    def close(self) -> None:
        """End the thread and let the document go."""
        with self.changed:
            self.is_closed = True
            document, self.document = self.document, None
            self.changed.notify_all()
        if document is not None:
            document.close()


class Drawer(QObject):
    """Draws parts in a thread of its own; `drawn` tells part and image on the main thread, which asks for them."""

    drawn = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk = _Desk()
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK)
        self._timer.timeout.connect(self._collect)
        self._waiting: set[Part] = set()
        self.destroyed.connect(lambda: desk.close())

    def show(self, document: Document | None) -> None:
        """Draw parts of another document, or of none; the old one is closed."""
        with self._desk.changed:
            old, self._desk.document = self._desk.document, document
            self._desk.wanted = []
        self._waiting.clear()
        if old is not None:
            old.close()

    def ask(self, parts: Sequence[Part]) -> None:
        """From now on draw these parts, in this order, and nothing that was asked for before."""
        under_way = self._waiting & set(parts)
        with self._desk.changed:
            queued = set(self._desk.wanted)
            self._desk.wanted = [one for one in parts if one not in under_way or one in queued]
            self._desk.changed.notify()
        self._waiting = set(parts)
        if parts and not self._timer.isActive():
            self._timer.start()
        if self._thread is None and parts:
            self._thread = threading.Thread(target=self._desk.work, name="gridoffice-pages", daemon=True)
            self._thread.start()

    def _collect(self) -> None:
        """Take what was drawn meanwhile."""
        while not self._desk.made.empty():
            part, made = self._desk.made.get()
            self._waiting.discard(part)
            if made is not None:
                self.drawn.emit(part, made)
        if not self._waiting:
            self._timer.stop()

    def stop(self) -> None:
        """End the thread and let the document go."""
        self._timer.stop()
        self._desk.close()
        if self._thread is not None:
            self._thread.join(timeout=10)
            self._thread = None
