"""What flows over pages: pages, styles, and blocks that say how high they are and where they may part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from gridoffice.papers import lines
from gridoffice.papers.drawing import INK, MM, Sheet
from gridoffice.papers.fonts import SONG

ORPHANS = 2
"""Lines of a paragraph that stay together at the foot and at the head of a page."""


@dataclass(frozen=True)
class Master:
    """A page in mm: size, gutter, outer, upper and lower margin; left and right change places where it is two-sided."""

    wide: float
    high: float
    inner: float
    outer: float
    top: float
    bottom: float
    is_two_sided: bool = True

    @property
    def room(self) -> float:
        """How wide the text is."""
        return self.wide - self.inner - self.outer

    @property
    def depth(self) -> float:
        """How high the text is."""
        return self.high - self.top - self.bottom

    def left(self, page: int) -> float:
        """The text's left edge: the gutter is left on odd pages, right on even ones."""
        return self.inner if page % 2 or not self.is_two_sided else self.outer


@dataclass(frozen=True)
class Style:
    """How a text looks: face, size in points, mm from line to line, ink, characters the first line is set in."""

    face: str = SONG
    size: float = 10.5
    pitch: float = 6.0
    ink: str = INK
    indent: float = 2
    align: str = "left"
    spreads: bool = True


@dataclass(frozen=True)
class Mark:
    """A heading as contents and bookmarks know it: words, level from 0, the name links lead to, whether listed."""

    title: str
    level: int
    key: str
    is_listed: bool = True


class Block(Protocol):
    """Something in the flow: what it needs, where it may be parted, how it is drawn; all lengths in mm."""

    before: float
    after: float
    keeps: bool
    mark: Mark | None

    def high(self, wide: float) -> float:
        """How high it is."""

    def least(self, wide: float) -> float:
        """The least that may stand alone at the foot of a page."""

    def cut(self, wide: float, room: float) -> tuple[Block | None, Block | None]:
        """What fits into so much room, and the rest."""

    def draw(self, sheet: Sheet, x: float, y: float, wide: float, book: Book) -> None:
        """Draw it with its upper left corner there."""


@dataclass
class Page:
    """One page: what stands on it and how far down, its running head and chapter."""

    number: int
    head: str = ""
    chapter: int = 0
    is_bare: bool = False
    items: list[tuple[Block, float]] = field(default_factory=list)


@dataclass
class Book:
    """A flow that has its places: pages, and on which one each marked heading stands."""

    master: Master
    pages: list[Page]
    page_of: dict[str, int]


@dataclass
class Solid:
    """A block that is never parted; `paint` gets the sheet, the upper left corner and the width."""

    tall: float
    paint: Callable[[Sheet, float, float, float], None]
    before: float = 0.0
    after: float = 0.0
    keeps: bool = False
    mark: Mark | None = None

    def high(self, wide: float) -> float:
        """Its height."""
        return self.tall

    def least(self, wide: float) -> float:
        """All of it."""
        return self.tall

    def cut(self, wide: float, room: float) -> tuple[Block | None, Block | None]:
        """It is whole or not there."""
        return None, self

    def draw(self, sheet: Sheet, x: float, y: float, wide: float, book: Book) -> None:
        """Draw it."""
        self.paint(sheet, x, y, wide)


@dataclass
class Turn:
    """A new page: any, or the next with an odd number; from there on the pages bear this head and chapter number."""

    head: str | None = None
    chapter: int | None = None
    is_odd: bool = False
    is_bare: bool = False  # pages without head and number
    before: float = 0.0
    after: float = 0.0
    keeps: bool = False
    mark: Mark | None = None

    def high(self, wide: float) -> float:
        """Nothing."""
        return 0.0

    def least(self, wide: float) -> float:
        """Nothing."""
        return 0.0

    def cut(self, wide: float, room: float) -> tuple[Block | None, Block | None]:
        """It is whole."""
        return None, self

    def draw(self, sheet: Sheet, x: float, y: float, wide: float, book: Book) -> None:
        """Nothing is seen of it."""


@dataclass
class Text:
    """A paragraph or a heading; `label` hangs before it, `hang` mm wide; `red` puts a bar before a heading."""

    words: str
    style: Style = Style()
    label: str = ""
    hang: float = 0.0
    before: float = 0.0
    after: float = 1.4
    keeps: bool = False
    mark: Mark | None = None
    _lines: list[lines.Line] | None = field(default=None, repr=False)
    _first: bool = True  # whether the paragraph begins here, not on a page before

    def _broken(self, wide: float) -> list[lines.Line]:
        if self._lines is None:
            style = self.style
            first = style.indent * style.size if self._first and style.align == "left" else 0
            room = (wide - self.hang) * MM
            self._lines = list(lines.broken(self.words, style.face, style.size, room, first, spreads=style.spreads))
        return self._lines

    def high(self, wide: float) -> float:
        """Its lines."""
        return len(self._broken(wide)) * self.style.pitch

    def least(self, wide: float) -> float:
        """Two lines, three where the third would be left alone."""
        count = len(self._broken(wide))
        return (count if count <= ORPHANS + 1 else ORPHANS) * self.style.pitch

    def cut(self, wide: float, room: float) -> tuple[Block | None, Block | None]:
        """As many lines as fit, never one alone on either side."""
        found = self._broken(wide)
        fits = int((room + 0.01) / self.style.pitch)
        if len(found) - fits < ORPHANS:
            fits = len(found) - ORPHANS
        if fits < ORPHANS:
            return None, self
        first = replace(self, after=0.0, _lines=found[:fits])
        rest = replace(self, before=0.0, label="", mark=None, _lines=found[fits:], _first=False)
        return first, rest

    def draw(self, sheet: Sheet, x: float, y: float, wide: float, book: Book) -> None:
        """Draw its lines; the baseline is where half of the spare height is above."""
        style = self.style
        base = y + style.pitch / 2 + style.size * 0.37 / MM
        if self.label:
            sheet.text(x, base, self.label, style.size, face=style.face, ink=style.ink)
        for place, line in enumerate(self._broken(wide)):
            left = x + self.hang
            if place == 0 and self._first and style.align == "left":
                left += style.indent * style.size / MM
            if style.align == "left":
                sheet.set_line(left, base, line, style.size, face=style.face, ink=style.ink)
            else:
                edge = x + wide if style.align == "right" else x + wide / 2
                sheet.text(edge, base, line.text, style.size, face=style.face, ink=style.ink, align=style.align)
            base += style.pitch
