"""Text and tables flowing over pages: blocks are first given their places, then drawn, so every page knows all others.

Platypus was weighed: it measures each paragraph with one face, knows no 禁则 and no page that refers to a later one
without building the paper several times. Here a block says how high it is and where it may be parted; the contents know
their own length from the headings there are, so one pass of placing and one of drawing are enough.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from gridoffice.papers import lines
from gridoffice.papers.drawing import INK, MM, Sheet
from gridoffice.papers.fonts import BOLD, SONG

ORPHANS = 2
"""Lines of a paragraph that stay together at the foot and at the head of a page."""


COMPANY = 60.0
"""Millimetres up to which a block is held together with what it keeps with; a longer one only with its beginning."""


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


@dataclass
class Contents:
    """The table of contents of all marked headings of a flow: words, dots, page number, and each line a link."""

    marks: tuple[Mark, ...]
    pitch: tuple[float, float] = (8.2, 6.2)
    sizes: tuple[float, float] = (11.0, 9.5)
    before: float = 0.0
    after: float = 0.0
    keeps: bool = False
    mark: Mark | None = None

    def _pitch(self, one: Mark) -> float:
        return self.pitch[min(one.level, 1)]

    def high(self, wide: float) -> float:
        """All its lines."""
        return sum(self._pitch(one) for one in self.marks)

    def least(self, wide: float) -> float:
        """A few lines."""
        return sum(self._pitch(one) for one in self.marks[:3])

    def cut(self, wide: float, room: float) -> tuple[Block | None, Block | None]:
        """As many lines as fit; a chapter is not left at the foot without its first section."""
        used, place = 0.0, 0
        while place < len(self.marks) and used + self._pitch(self.marks[place]) <= room:
            used += self._pitch(self.marks[place])
            place += 1
        while place and place < len(self.marks) and self.marks[place - 1].level < self.marks[place].level:
            place -= 1
        if not place:
            return None, self
        return replace(self, marks=self.marks[:place]), replace(self, marks=self.marks[place:])

    def draw(self, sheet: Sheet, x: float, y: float, wide: float, book: Book) -> None:
        """Draw the lines with the pages the headings came to stand on."""
        from gridoffice.papers import fonts

        for one in self.marks:
            pitch, level = self._pitch(one), min(one.level, 1)
            size, left = self.sizes[level], x + 6 * level
            face = BOLD if level == 0 else SONG
            base = y + pitch * 0.68
            page = book.page_of.get(one.key)
            told = str(page) if page else ""
            used = sheet.fit(left, base, one.title, size, wide - 6 * level - 14, face=face)
            start = left + fonts.width(face, one.title, used) / MM + 2
            end = x + wide - fonts.width(face, told, size) / MM - 2
            if end > start:
                sheet.dots(start, base - 0.7, end)
            sheet.text(x + wide, base, told, size, face=face, align="right")
            if page:
                sheet.link(x, y, wide, pitch, one.key)
            y += pitch


# -- giving places


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


def marks(blocks: Sequence[Block]) -> tuple[Mark, ...]:
    """The headings the contents list."""
    return tuple(block.mark for block in blocks if block.mark is not None and block.mark.is_listed)


def place(blocks: Sequence[Block], master: Master, first: int = 1) -> Book:
    """Give every block its place; headings stay with what follows, paragraphs are not torn to single lines."""
    placing = _Placing(master, first)
    placing.run(blocks)
    return Book(master, placing.pages, placing.page_of)


def add(book: Book, blocks: Sequence[Block]) -> None:
    """Go on with more blocks on a new page."""
    placing = _Placing(book.master, len(book.pages) + 1)
    placing.pages, placing.page_of = book.pages, book.page_of
    placing.y = book.master.depth
    placing.run(blocks)


def _company(blocks: Sequence[Block], number: int, wide: float) -> float:
    """What must stand below a block on the same page: the blocks it keeps with, and the least of the last one."""
    need, block = 0.0, blocks[number]
    while block.keeps and number + 1 < len(blocks):
        number += 1
        need += max(block.after, blocks[number].before)
        block = blocks[number]
        is_short = block.keeps and block.high(wide) <= COMPANY
        need += block.high(wide) if is_short else block.least(wide)
        if not is_short:
            break
    return need


class _Placing:
    def __init__(self, master: Master, first: int) -> None:
        self.master = master
        self.pages = [Page(first)]
        self.page_of: dict[str, int] = {}
        self.y, self.gap = 0.0, 0.0

    def run(self, blocks: Sequence[Block]) -> None:
        for number, block in enumerate(blocks):
            if isinstance(block, Turn):
                self.turn(block)
            else:
                self.put(block, _company(blocks, number, self.master.room))

    @property
    def page(self) -> Page:
        return self.pages[-1]

    def next(self) -> None:
        last = self.page
        self.pages.append(Page(last.number + 1, last.head, last.chapter, last.is_bare))
        self.y, self.gap = 0.0, 0.0

    def turn(self, block: Turn) -> None:
        if self.page.items:
            self.next()
        if block.is_odd and self.page.number % 2 == 0:
            self.page.is_bare = True
            self.next()
        self.page.is_bare = block.is_bare
        if block.head is not None:
            self.page.head = block.head
        if block.chapter is not None:
            self.page.chapter = block.chapter
        if block.mark is not None:
            self.page_of[block.mark.key] = self.page.number
        self.page.items.append((block, 0.0))

    def put(self, block: Block, company: float) -> None:
        wide, depth = self.master.room, self.master.depth
        rest: Block | None = block
        while rest is not None:
            start = self.y + (max(self.gap, rest.before) if self.y else 0.0)
            high = rest.high(wide)
            need = high + company if company and high <= COMPANY else min(high, rest.least(wide))
            is_top = self.y == 0
            if start + need > depth + 0.01 and not is_top:
                self.next()
                continue
            if start + high <= depth + 0.01:
                self._set(rest, start, high)
                return
            part, rest = rest.cut(wide, depth - start)
            if part is None:
                assert rest is not None
                if not is_top:
                    self.next()
                    continue
                self._set(rest, start, high)  # higher than any page and never parted: it stands alone
                return
            self._set(part, start, part.high(wide))
            if rest is not None:
                self.next()

    def _set(self, block: Block, y: float, high: float) -> None:
        self.page.items.append((block, y))
        self.y, self.gap = y + high, block.after
        if block.mark is not None:
            self.page_of.setdefault(block.mark.key, self.page.number)


Furniture = Callable[[Sheet, Page, Book], None]
"""Draws what every page bears around the text: running head, number, mark at the edge."""


def draw(sheet: Sheet, book: Book, furniture: Furniture | None = None) -> None:
    """Draw the pages one after the other."""
    master = book.master
    for page in book.pages:
        left = master.left(page.number)
        if furniture is not None:
            furniture(sheet, page, book)
        for block, y in page.items:
            if block.mark is not None and book.page_of.get(block.mark.key) == page.number:
                sheet.bookmark(block.mark.title, block.mark.level, block.mark.key, master.top + y - 2)
            block.draw(sheet, left, master.top + y, master.room, book)
        sheet.next_page()
