"""Drawing parts of pages beside the window: what is wanted now first, what went out of sight not at all."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from gridoffice.core.log import log
from gridoffice.papers.preview import Document, Picture

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
    """What the thread works on; it outlives the widget for the moment it takes to finish a part."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.document: Document | None = None
        self.wanted: list[Part] = []
        self.is_closed = False

    def next(self) -> tuple[Document, Part] | None:
        """The next part to draw; waits for one; None at the end."""
        with self.changed:
            while not self.is_closed and not (self.wanted and self.document is not None):
                self.changed.wait()
            if self.is_closed or self.document is None:
                return None
            return self.document, self.wanted.pop(0)


class Drawer(QObject):
    """Draws parts in a thread of its own; `drawn` tells part and image on the main thread."""

    drawn = Signal(object, object)
    _made = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk = _Desk()
        self._thread: threading.Thread | None = None
        self._made.connect(self.drawn, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(lambda: _close(desk))

    def show(self, document: Document | None) -> None:
        """Draw parts of another document, or of none; the old one is closed."""
        with self._desk.changed:
            old, self._desk.document = self._desk.document, document
            self._desk.wanted = []
        if old is not None:
            old.close()

    def ask(self, parts: Sequence[Part]) -> None:
        """From now on draw these parts, in this order, and nothing that was asked for before."""
        with self._desk.changed:
            self._desk.wanted = list(parts)
            self._desk.changed.notify()
        if self._thread is None and parts:
            self._thread = threading.Thread(target=self._loop, args=(self._desk,), name="gridoffice-pages", daemon=True)
            self._thread.start()

    def _loop(self, desk: _Desk) -> None:
        while (found := desk.next()) is not None:
            document, part = found
            try:
                left, top = part.column * TILE, part.row * TILE
                made = image(document.tile(part.page, part.scale, left, top, TILE, TILE))
                self._made.emit(part, made)
            except RuntimeError:
                return  # the widget has gone
            except Exception:
                log.warning("page %s was not drawn", part.page + 1, exc_info=True)

    def stop(self) -> None:
        """End the thread and let the document go."""
        _close(self._desk)
        if self._thread is not None:
            self._thread.join(timeout=10)
            self._thread = None


def _close(desk: _Desk) -> None:
    with desk.changed:
        desk.is_closed = True
        document, desk.document = desk.document, None
        desk.changed.notify_all()
    if document is not None:
        document.close()
