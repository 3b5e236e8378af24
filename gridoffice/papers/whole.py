"""Text that is never cut: made smaller to fit, then broken into lines at the places where a name may break."""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import NamedTuple

from gridoffice.papers import fonts
from gridoffice.papers.drawing import BOLD, INK, MM, Sheet

PITCH = 1.22  # from one line of a name to the next, of its size
CAP = 0.36  # half the height of a Chinese character above its baseline, of its size
MARKS = "·•、，,/ 　；"
"""After these a name, a post or a series of numbers may break (阿卜杜热合曼·买买提明, 张三、李四)."""


class Setting(NamedTuple):
    """Lines and the size in points at which all of them fit."""

    size: float
    lines: tuple[str, ...]


@lru_cache(maxsize=20_000)
def setting(text: str, size: float, room: float, high: float, most: int, least: float, face: str) -> Setting:
    """How a text stands in `room` mm: one line down to `least` of its size, else the lines (at most `most`) that let it
    be largest in `high` mm; smaller still when it is endless. Nothing is left out."""
    across = fonts.width(face, text, 1) / MM or 0.001
    one = min(size, room / across)
    if one >= size * least or most < 2 or len(text) < 2:
        return Setting(one, (text,))
    best = Setting(one, (text,))
    for count in range(2, most + 1):
        lines = _split(text, count, face)
        longest = max(fonts.width(face, line, 1) for line in lines) / MM or 0.001
        found = min(size, room / longest, high * MM / (1 + (len(lines) - 1) * PITCH))
        if found > best.size * 1.02:
            best = Setting(found, lines)
    return best


def put(
    sheet: Sheet,
    x: float,
    y: float,
    text: str,
    size: float,
    room: float,
    *,
    high: float = 0,
    face: str = BOLD,
    ink: str = INK,
    align: str = "left",
    most: int = 2,
    least: float = 0.62,
) -> float:
    """Draw a text whole; y is the baseline of a single line, `high` mm around its middle may hold more lines.

    Gives the size used.
    """
    found = setting(text, size, room, high or size * 1.3 / MM, most, least, face)
    middle = y - size * CAP / MM
    used = found.size
    base = middle - (len(found.lines) - 1) * PITCH * used / 2 / MM + used * CAP / MM
    for line in found.lines:
        sheet.text(x, base, line, used, face=face, ink=ink, align=align)
        base += PITCH * used / MM
    return used


def _split(text: str, count: int, face: str) -> tuple[str, ...]:
    """The text in so many lines of lengths as even as its breaking places allow."""
    pieces = _pieces(text)
    if len(pieces) < count:
        pieces = list(text)
    if len(pieces) > 14:  # too many places to try them all: even lengths
        step = -(-len(pieces) // count)
        cuts: tuple[int, ...] = tuple(range(step, len(pieces), step))
        return tuple(line for line in _lines(pieces, cuts) if line)
    ways = itertools.combinations(range(1, len(pieces)), count - 1)
    best = min(ways, key=lambda cuts: max(fonts.width(face, line, 1) for line in _lines(pieces, cuts)))
    return _lines(pieces, best)


def _pieces(text: str) -> list[str]:
    found = [""]
    for char in text:
        found[-1] += char
        if char in MARKS:
            found.append("")
    return [piece for piece in found if piece.strip()]


def _lines(pieces: list[str], cuts: tuple[int, ...]) -> tuple[str, ...]:
    ends = (0, *cuts, len(pieces))
    return tuple("".join(pieces[a:b]).strip() for a, b in itertools.pairwise(ends))
