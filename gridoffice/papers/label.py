"""Labels on bought sheets: common formats with the places of their cells, for households, premises and files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gridoffice.papers import imposition, whole
from gridoffice.papers.drawing import INK, QUIET, Sheet
from gridoffice.papers.fonts import BOLD, HEI
from gridoffice.papers.imposition import Layout

FORMATS = {
    "70x37": Layout(70, 37, 3, 8, 0, 0.5),
    "105x37": Layout(105, 37, 2, 8, 0, 0.5),
    "105x74": Layout(105, 74.25, 2, 4, 0, 0),
    "63.5x38.1": Layout(63.5, 38.1, 3, 7, 7.25, 15.15, (2.5, 0)),
    "99.1x38.1": Layout(99.1, 38.1, 2, 7, 4.65, 15.15, (2.5, 0)),
    "99.1x67.7": Layout(99.1, 67.7, 2, 4, 4.65, 13.1, (2.5, 0)),
    "48.5x25.4": Layout(48.5, 25.4, 4, 10, 8, 21.5),
    "38.1x21.2": Layout(38.1, 21.2, 5, 13, 4.75, 10.7, (2.5, 0)),
}
"""A4 sheets as they are sold: width and height of a label, across and down, left and upper margin, gaps, in mm."""
EDGE = 4.0  # mm inside a label that stay white: printers shift a little


@dataclass(frozen=True)
class LabelView:
    """What stands on a label: the largest line, smaller lines under it, what its code says ("" for none)."""

    title: str
    lines: tuple[str, ...]
    code: str = ""


def shifted(layout: Layout, right: float, down: float) -> Layout:
    """A sheet as a printer wants it that draws everything a little off."""
    return Layout(
        layout.wide, layout.high, layout.across, layout.down, layout.left + right, layout.top + down, layout.gap,
        layout.page,
    )  # fmt: skip


def draw(
    labels: Sequence[LabelView], format: str = "70x37", *, first: int = 0, shift: tuple[float, float] = (0, 0)
) -> bytes:  # fmt: skip
    """Sheets of labels; `first` cells of the first sheet are used up, `shift` mm to the right and down."""
    layout = shifted(FORMATS[format], *shift)
    sheet = Sheet(*imposition.A4, title="标签")

    def one(place: int, x: float, y: float) -> None:
        _label(sheet, labels[place], x + EDGE, y + EDGE, layout.wide - 2 * EDGE, layout.high - 2 * EDGE)

    imposition.sheets(sheet, len(labels), layout, one, first=first % layout.count, marks=False)
    return sheet.finish()


def _label(sheet: Sheet, view: LabelView, x: float, y: float, wide: float, high: float) -> None:
    code = min(high, wide * 0.3, 24.0) if view.code else 0.0
    if code >= 9:
        sheet.qr(view.code, x + wide - code, y + (high - code) / 2, code)
    room = wide - (code + 2 if code >= 9 else 0)
    lines = [line for line in view.lines if line]
    share = 0.42 if lines else 1.0
    title = min(20.0, high * share * 2.2)
    base = y + high * share * 0.5 + title * 0.127
    whole.put(sheet, x, base, view.title, title, room, face=BOLD, ink=INK, high=high * share)
    pitch = high * (1 - share) / max(len(lines), 1)
    size = min(11.0, pitch * 2.2)
    for place, line in enumerate(lines):
        base = y + high * share + pitch * (place + 0.5) + size * 0.127
        whole.put(sheet, x, base, line, size, room, face=HEI, ink=INK if place == 0 else QUIET, high=pitch * 1.05)
