"""The table of contents of a flow: words, dots, page numbers, and each line a link."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gridoffice.papers import fonts
from gridoffice.papers.blocks import Block, Book, Mark
from gridoffice.papers.drawing import MM, Sheet
from gridoffice.papers.fonts import BOLD, SONG


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
