"""Text on the grid of official papers: 28 characters a line, lines flush at both edges, faces changing inside a line.

GB/T 9704-2012 (reference 9): 版心 156×225 mm, 22 lines of 28 characters of 三号. A character is 16 points and its cell
156/28 mm, so letters stand a hair closer than they are wide. 禁则 by GB/T 15834: a closing mark that would begin a
line is drawn in by narrowing the marks of the line, or takes a character along; what is left over is spread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gridoffice.papers import fonts
from gridoffice.papers.drawing import INK, MM, NOT_FIRST, NOT_LAST, Sheet
from gridoffice.papers.fonts import SONG

SANHAO = 16.0
"""三号 in points."""
CELLS, ROWS = 28, 22
ACROSS, DOWN = 156.0, 225.0  # mm of the 版心
CELL, ROW = ACROSS / CELLS, DOWN / ROWS
"""mm of a character's cell and of a line's."""
SHRINK = 0.45  # of a full-width mark that may be given up, in its own width
SPREAD = 0.09  # of a letter's size a line is spread at most between two characters: wider ones are read as blanks


@dataclass(frozen=True)
class Piece:
    """Characters in one face."""

    text: str
    face: str


@dataclass(frozen=True)
class Word:
    """What is never parted: a full-width character, or Latin letters and figures together; its width in points."""

    text: str
    face: str
    wide: float

    @property
    def is_mark(self) -> bool:
        """Whether it is a full-width mark that can be narrowed."""
        return len(self.text) == 1 and self.text in SHRINKS


TIED = "\u00a0"
"""A blank at which no line is broken: 138 0000 2213 stays whole."""
RULE = "＿"
"""A line to write on, which is whole only in Song."""

SHRINKS = NOT_FIRST - set(",.;:?!)]}%…—·") | NOT_LAST - set("([{")


@dataclass(frozen=True)
class Set:
    """A line as it is set: words, points to add after each character, and how much of each mark's width is given up."""

    words: tuple[Word, ...]
    spread: float = 0.0
    given: float = 0.0

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(word.text for word in self.words)


@lru_cache(maxsize=100_000)
def _advance(face: str, text: str, size: float) -> float:
    """Points a word takes: a full-width character its cell, anything else as wide as it is."""
    cell = size * (CELL * MM / SANHAO)
    return sum(cell if not char.isascii() else fonts.width(face, char, size) for char in text)


def words(pieces: Sequence[Piece], size: float) -> list[Word]:
    """Pieces as words."""
    found: list[Word] = []
    for piece in pieces:
        for text in _cut(piece.text):
            face = SONG if text == RULE else piece.face
            found.append(Word(text, face, _advance(face, text, size)))
    return found


def _cut(text: str) -> Iterator[str]:
    run = ""
    for char in text:
        if char == TIED or (char.isascii() and not char.isspace()):
            run += " " if char == TIED else char
            continue
        if run:
            yield run
        run = ""
        yield char
    if run:
        yield run


def broken(pieces: Sequence[Piece], size: float, first: float, rest: float = -1.0) -> tuple[Set, ...]:
    """Pieces as lines of `first` points, the following ones of `rest` points (as the first when it is negative)."""
    return _broken(tuple(pieces), size, first, first if rest < 0 else rest)


@lru_cache(maxsize=2_000)
def _broken(pieces: tuple[Piece, ...], size: float, first: float, rest: float) -> tuple[Set, ...]:
    """Kept, because most paragraphs of two thousand letters are the same."""
    todo = list(_fitting(words(pieces, size), min(first, rest), size))
    lines: list[Set] = []
    while todo:
        room = first if not lines else rest
        line, todo = _line(todo, room, size)
        lines.append(line)
    return tuple(lines) or (Set(()),)


def _fitting(found: list[Word], room: float, size: float) -> Iterator[Word]:
    """Endless words cut into what a line holds."""
    for word in found:
        text = word.text
        while _advance(word.face, text, size) > room and len(text) > 1:
            cut = len(text) - 1
            while cut > 1 and _advance(word.face, text[:cut], size) > room:
                cut -= 1
            yield Word(text[:cut], word.face, _advance(word.face, text[:cut], size))
            text = text[cut:]
        yield Word(text, word.face, _advance(word.face, text, size))


def _line(todo: list[Word], room: float, size: float) -> tuple[Set, list[Word]]:
    """The next line, and what is left for the others."""
    taken, wide = 0, 0.0
    while taken < len(todo) and wide + todo[taken].wide <= room + 0.01:
        wide += todo[taken].wide
        taken += 1
    if taken == len(todo):
        return Set(tuple(todo)), []
    drawn = _drawn_in(todo, taken, wide, room, size)
    if drawn is not None:
        return drawn, todo[len(drawn.words) :]
    taken = _proper_end(todo, max(taken, 1))
    line = todo[:taken]
    while len(line) > 1 and line[-1].text.isspace():
        line.pop()
    rest = todo[taken:]
    while rest and rest[0].text == " ":
        rest = rest[1:]
    gaps = sum(len(word.text) for word in line) - 1
    over = room - sum(word.wide for word in line)
    spread = over / gaps if gaps > 0 else 0.0
    return Set(tuple(line), spread if spread <= size * SPREAD else 0.0), rest


def _drawn_in(todo: list[Word], taken: int, wide: float, room: float, size: float) -> Set | None:
    """The line with the closing marks that follow it, when narrowing its marks makes room for them."""
    end = taken
    while end < len(todo) and todo[end].text[0] in NOT_FIRST:
        wide += todo[end].wide
        end += 1
    if end == taken:
        return None
    line = tuple(todo[:end])
    over = wide - room
    marks = sum(word.is_mark for word in line)
    if not marks or over > marks * size * SHRINK:
        return None
    # The last mark may stand half out of its cell for nothing: its right half is empty.
    return Set(line, 0.0, over / marks)


def _proper_end(todo: list[Word], taken: int) -> int:
    """Fewer words, so that no closing mark begins the next line and no opening mark ends this one."""
    end = taken
    while end > 1 and (todo[end].text[0] in NOT_FIRST or todo[end - 1].text[-1] in NOT_LAST):
        end -= 1
    return end if end > 1 or taken == 1 else taken


def width(line: Set) -> float:
    """How wide a line is set, in points."""
    letters = sum(len(word.text) for word in line.words)
    marks = sum(word.is_mark for word in line.words)
    spread = line.spread * max(letters - 1, 0)
    return sum(word.wide for word in line.words) + spread - line.given * marks


def put(sheet: Sheet, x: float, y: float, line: Set, size: float, *, ink: str = INK) -> None:
    """Draw a line with its baseline at y mm from x mm on."""
    base = size * (CELL * MM / SANHAO) - size  # points a full-width character's cell is wider than the character
    place = x * MM
    run, face, start, gap = "", "", place, 0.0
    for word in line.words:
        own = line.spread + (0.0 if word.text[0].isascii() else base)
        if run and (word.face != face or abs(own - gap) > 0.001):
            spaced(sheet, start / MM, y, run, size, gap, face=face, ink=ink)
            run = ""
        if not run:
            start, face, gap = place, word.face, own
        run += word.text
        place += word.wide + line.spread * len(word.text)
        if word.is_mark and line.given:
            place -= line.given
            spaced(sheet, start / MM, y, run, size, gap, face=face, ink=ink)
            run = ""
    if run:
        spaced(sheet, start / MM, y, run, size, gap, face=face, ink=ink)


def spaced(sheet: Sheet, x: float, y: float, text: str, size: float, gap: float, *, face: str, ink: str = INK) -> None:
    """A text with so many points added after each character."""
    code = sheet.code
    code.append(f"q {gap:.4f} Tc")
    sheet.text(x, y, text, size, face=face, ink=ink)
    code.append("Q")


def heavy(sheet: Sheet, x: float, y: float, text: str, size: float, *, face: str, ink: str, gap: float = 0.0) -> None:
    """A text with its strokes a little thicker: 小标宋 from a 宋体, which has no such weight among the free faces."""
    rgb = " ".join(f"{int(ink[place : place + 2], 16) / 255:.3f}" for place in (1, 3, 5))
    code = sheet.code
    code.append(f"q 2 Tr {rgb} RG {size * 0.028:.3f} w {gap:.4f} Tc")
    sheet.text(x, y, text, size, face=face, ink=ink)
    code.append("Q")
