"""Text and tables flowing over pages: blocks are first given their places, then drawn, so every page knows all others.

Platypus was weighed: it measures each paragraph with one face, knows no 禁则 and no page that refers to a later one
without building the paper several times. Here a block says how high it is and where it may be parted; the contents know
their own length from the headings there are, so one pass of placing and one of drawing are enough.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gridoffice.papers.blocks import Block, Book, Mark, Master, Page, Turn
from gridoffice.papers.drawing import Sheet

COMPANY = 60.0
"""Millimetres up to which a block is held together with what it keeps with; a longer one only with its beginning."""


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
