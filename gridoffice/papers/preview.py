"""Pages of a finished PDF as pictures, for looking at them inside the program and for the printer."""

from __future__ import annotations

import atexit
import math
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakSet

from gridoffice.core.errors import OfficeError

ONE_AT_A_TIME = threading.Lock()  # PDFium is not made for several threads.


@dataclass(frozen=True)
class Picture:
    """A page as pixels: four bytes each (blue, green, red, unused), rows one after the other."""

    width: int
    height: int
    stride: int
    pixels: bytes


@dataclass(frozen=True)
class PageSize:
    """A page's width and height in millimetres."""

    width: float
    height: float


class Document:
    """A PDF kept open, from a file or from bytes that never lay on the disk; pages and parts of them as pictures.

    May be asked from any thread. Raises OfficeError when it is no PDF.
    """

    def __init__(self, source: Path | bytes, name: str = "") -> None:
        self.source = source
        self.name = name or (source.name if isinstance(source, Path) else "文书.pdf")
        with ONE_AT_A_TIME:
            self._inner: Any = _open(source, self.name)
            _close_at_exit()
            _OPEN.add(self)
            try:
                self.sizes = _sizes(self._inner)
            except Exception as error:
                self._inner.close()
                raise _unreadable(self.name) from error

    def tile(self, page: int, scale: float, x: int, y: int, wide: int, high: int) -> Picture:
        """A part of a page (from 0) in pixels at `scale` pixels per millimetre; beyond the page it is white."""
        points = scale * 25.4 / 72
        with ONE_AT_A_TIME:
            if self._inner is None:
                raise OfficeError(f"“{self.name}”已经关上了")
            shown = self._inner[page]
            across, down = math.ceil(shown.get_width() * points), math.ceil(shown.get_height() * points)
            edges = (x, down - y - high, across - x - wide, y)  # pixels cut off: left, bottom, right, top
            # A hair less than whole, because pdfium rounds up.
            crop = tuple(max(0.0, (edge - 0.5) / points) for edge in edges)
            bitmap = shown.render(scale=points, crop=crop, may_draw_forms=True, prefer_bgrx=True)
            return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))

    def whole(self, page: int, width: int) -> Picture:
        """A page (from 0) drawn `width` pixels wide."""
        with ONE_AT_A_TIME:
            return _whole(self._inner, page, width)

    def bytes(self) -> bytes:
        """The file's own bytes."""
        return self.source if isinstance(self.source, bytes) else self.source.read_bytes()

    def close(self) -> None:
        """Let the file go."""
        with ONE_AT_A_TIME:
            if self._inner is not None:
                self._inner.close()
                self._inner = None


_OPEN: WeakSet[Document] = WeakSet()


@lru_cache(maxsize=1)
def _close_at_exit() -> None:
    """What is still looked at when the program ends is closed before the library itself is."""
    atexit.register(_close_all)


def _close_all() -> None:
    for one in list(_OPEN):
        one.close()


def _sizes(document: Any) -> list[PageSize]:
    found = []
    for number in range(len(document)):
        width, height = document.get_page_size(number)
        found.append(PageSize(width * 25.4 / 72, height * 25.4 / 72))
    return found


def _whole(document: Any, page: int, width: int) -> Picture:
    scale = width / document.get_page_size(page)[0]
    bitmap = document[page].render(scale=scale, may_draw_forms=True, prefer_bgrx=True)
    return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))


def sizes(path: Path) -> list[PageSize]:
    """The size of every page; raises OfficeError when the file is no PDF."""
    document = Document(path)
    document.close()
    return document.sizes


def picture(path: Path, page: int, width: int) -> Picture:
    """A page (from 0) drawn `width` pixels wide; raises OfficeError when the file is no PDF."""
    import pypdfium2

    with ONE_AT_A_TIME:
        document = _open(path, path.name)
        try:
            return _whole(document, page, width)
        except pypdfium2.PdfiumError as error:
            raise _unreadable(path.name) from error
        finally:
            document.close()


def _open(source: Path | bytes, name: str) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source)
        document.init_forms()
        return document
    except (pypdfium2.PdfiumError, OSError) as error:
        raise _unreadable(name) from error


def _unreadable(name: str) -> OfficeError:
    return OfficeError(f"“{name}”打不开，它不是完整的 PDF 文件", safe="文件没有改动", do="请重新制作或换一个文件")
