"""Where ink stands on a page of a PDF: characters and lines in millimetres from the top left corner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as raw

MM = 72 / 25.4


@dataclass(frozen=True)
class Sign:
    """A character's ink."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Rule:
    """A line across: its ends, height of its middle, and thickness."""

    left: float
    right: float
    y: float
    thick: float


def signs(data: bytes, page: int) -> list[Sign]:
    """The characters of a page (from 0) with ink, in the order they were drawn."""
    document = pypdfium2.PdfDocument(data)
    one = document[page]
    high, text = one.get_height(), one.get_textpage()
    found = []
    for place in range(text.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(text, place))
        left, bottom, right, top = text.get_charbox(place)
        if char.strip():
            found.append(Sign(char, left / MM, (high - top) / MM, right / MM, (high - bottom) / MM))
    document.close()
    return found


def rows(found: list[Sign]) -> list[list[Sign]]:
    """Characters by the line they stand in, from the top down."""
    lines: list[list[Sign]] = []
    for sign in sorted(found, key=lambda one: one.bottom):
        tall = [one for one in (lines[-1] if lines else []) if abs(one.bottom - sign.bottom) < 4.5]
        if tall:
            lines[-1].append(sign)
        else:
            lines.append([sign])
    return [sorted(line, key=lambda one: one.left) for line in lines]


def words(line: list[Sign]) -> str:
    """A line's text."""
    return "".join(sign.text for sign in line)


def rules(data: bytes, page: int) -> list[Rule]:
    """The horizontal lines of a page, from the top down."""
    document = pypdfium2.PdfDocument(data)
    one = document[page]
    high = one.get_height()
    found = list(_rules(one, high))
    document.close()
    return sorted(found, key=lambda rule: rule.y)


def _rules(page: pypdfium2.PdfPage, high: float) -> Iterator[Rule]:
    import ctypes

    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = thing.get_bounds()
        width = ctypes.c_float()
        raw.FPDFPageObj_GetStrokeWidth(thing, width)
        if right - left > 40 * MM:
            yield Rule(
                (left + width.value / 2) / MM, (right - width.value / 2) / MM, (high - (top + bottom) / 2) / MM,
                width.value / MM,
            )  # fmt: skip


def pages(data: bytes) -> int:
    """How many pages."""
    document = pypdfium2.PdfDocument(data)
    number = len(document)
    document.close()
    return number
