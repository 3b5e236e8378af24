"""Pages of a finished PDF as pictures, for looking at them inside the program and for the printer."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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


def sizes(path: Path) -> list[PageSize]:
    """The size of every page; raises OfficeError when the file is no PDF."""
    import pypdfium2

    with ONE_AT_A_TIME:
        document = _open(path)
        try:
            found = []
            for number in range(len(document)):
                width, height = document.get_page_size(number)
                found.append(PageSize(width * 25.4 / 72, height * 25.4 / 72))
            return found
        except pypdfium2.PdfiumError as error:
            raise _unreadable(path) from error
        finally:
            document.close()


def picture(path: Path, page: int, width: int) -> Picture:
    """A page (from 0) drawn `width` pixels wide; raises OfficeError when the file is no PDF."""
    import pypdfium2

    with ONE_AT_A_TIME:
        document = _open(path)
        try:
            scale = width / document.get_page_size(page)[0]
            bitmap = document[page].render(scale=scale, may_draw_forms=True, prefer_bgrx=True)
            return Picture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        except pypdfium2.PdfiumError as error:
            raise _unreadable(path) from error
        finally:
            document.close()


def _open(path: Path) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        document.init_forms()
        return document
    except (pypdfium2.PdfiumError, OSError) as error:
        raise _unreadable(path) from error


def _unreadable(path: Path) -> OfficeError:
    return OfficeError(f"“{path.name}”打不开，它不是完整的 PDF 文件", safe="文件没有改动", do="请重新制作或换一个文件")
