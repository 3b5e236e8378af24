"""Pages and letters of a handbook for each size of book."""

from __future__ import annotations

from dataclasses import dataclass

from gridoffice.papers.blocks import Master, Style
from gridoffice.papers.columns import Look
from gridoffice.papers.drawing import BLUE, INK, QUIET
from gridoffice.papers.fonts import BOLD, SONG

MASTERS = {
    "A5": Master(148.0, 210.0, 18.0, 13.0, 22.0, 18.0),
    "A4": Master(210.0, 297.0, 26.0, 20.0, 30.0, 24.0),
}
"""Inner margin = gutter, 15 to 20 mm on A5 (reference 10.1)."""


@dataclass(frozen=True)
class Type:
    """Letters of a size of book: reading text, points, titles of three ranks (points), tables."""

    body: Style
    point: Style
    title: float
    section: Style
    heading: Style
    note: Style
    look: Look
    scale: float  # of everything that is drawn, 1 on A5


def _type(size: float, pitch: float, scale: float, look: Look) -> Type:
    return Type(
        Style(SONG, size, pitch),
        Style(SONG, size, pitch, indent=0),
        17 * scale,
        Style(BOLD, 12.5 * scale, 7.4 * scale, BLUE, 0, spreads=False),
        Style(BOLD, 11 * scale, 6.8 * scale, INK, 0, spreads=False),
        Style(SONG, size * 0.86, pitch * 0.86, QUIET, 0),
        look,
        scale,
    )


TYPES = {"A5": _type(10.5, 6.0, 1.0, Look(8.8, 4.1, 1.7, 1.25)), "A4": _type(12.0, 7.2, 1.3, Look(10.5, 5.0, 2.0, 1.6))}
