"""Columns of a table: what they are called, how letters stand in them, and how wide each becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gridoffice.papers import fonts
from gridoffice.papers.drawing import MM
from gridoffice.papers.fonts import BOLD, HEI

SAMPLE = 300
"""Rows that are looked at for the widths of the columns."""
NARROW = 26.0  # mm: a column up to here never gives way
WIDEST = 70.0  # mm a column asks for at most


@dataclass(frozen=True)
class Column:
    """A column: title, the title over it that it shares with its neighbours, how it is aligned, a width in mm or 0."""

    title: str
    over: str = ""
    align: str = "left"
    width: float = 0.0


@dataclass(frozen=True)
class Look:
    """Letters of a table: points, mm from line to line, mm at the sides of a cell, mm over and under its lines."""

    size: float = 9.0
    pitch: float = 4.3
    side: float = 1.6
    air: float = 1.3
    face: str = HEI


PLAIN = Look()
"""Letters of an ordinary table."""


def natural(columns: Sequence[Column], rows: Sequence[Sequence[str]], look: Look) -> list[float]:
    """The width in mm each column would like: its own, else that of its widest cell, at most WIDEST."""
    found: list[float] = []
    for place, column in enumerate(columns):
        cells = [row[place] for row in rows[:SAMPLE] if len(row) == len(columns)]
        most = max((fonts.units(look.face, cell) for cell in cells), default=0.0)
        most = max(most, fonts.units(BOLD, column.title)) * look.size / 1000 / MM
        found.append(column.width or min(max(most + 2 * look.side + 0.6, 8.0), WIDEST))
    return found


def shared(columns: Sequence[Column], rows: Sequence[Sequence[str]], look: Look, wide: float) -> tuple[float, ...]:
    """Each column as wide as its widest cell wants; what is over is shared, what is short the wide ones give."""
    wanted = natural(columns, rows, look)
    total = sum(wanted)
    free = [place for place, column in enumerate(columns) if not column.width] or list(range(len(wanted)))
    if total <= wide:
        share = sum(wanted[place] for place in free)
        return tuple(w + (wide - total) * w / share if n in free else w for n, w in enumerate(wanted))
    narrow = min(NARROW, wide / len(wanted) * 1.4)
    large = [place for place in free if wanted[place] > narrow]
    rest = sum(wanted[place] for place in large)
    left = wide - (total - rest)
    if large and left >= len(large) * min(12.0, wide / len(wanted)):
        return tuple(left * w / rest if n in large else w for n, w in enumerate(wanted))
    return tuple(w * wide / total for w in wanted)
