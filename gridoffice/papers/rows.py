"""A table as a block of a flow: two-level heads on each page, widths by content, cells that wrap, hairlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gridoffice.papers import fonts, lines, shapes
from gridoffice.papers.blocks import Block, Book, Mark
from gridoffice.papers.columns import PLAIN, Column, Look, shared
from gridoffice.papers.drawing import INK, LINE, MM, TINT, Sheet
from gridoffice.papers.fonts import BOLD

ZEBRA = "#F6F8FA"
MOST_TALL = 0.8  # of a page: a row higher than that may be parted


@dataclass
class Table:
    """Rows under their heads. A row of one cell goes over the whole width and stays with the next: a group's name.

    `blank` mm: rows without words are so high, to be written in; at the end of a page those that find no room there are
    left out. `is_ruled` draws lines between columns as well.
    """

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[str]]
    look: Look = PLAIN
    blank: float = 0.0
    is_ruled: bool = False
    before: float = 0.0
    after: float = 3.0
    keeps: bool = False
    mark: Mark | None = None
    _widths: tuple[float, ...] = ()
    _room: float = 0.0
    _cells: list[list[list[lines.Line]]] = field(default_factory=list, repr=False)
    _highs: list[float] = field(default_factory=list, repr=False)
    _head: list[list[lines.Line]] = field(default_factory=list, repr=False)
    _first: int = 0  # number of the first row in the whole table, for the zebra

    # -- measures

    def _measure(self, wide: float) -> None:
        if self._room == wide:
            return
        self._room = wide
        self._widths = self._widths or shared(self.columns, self.rows, self.look, wide)
        self._head = self._head or [self._lines(one.title, place, BOLD) for place, one in enumerate(self.columns)]
        if not self._highs:
            self._cells = [self._row(row, wide) for row in self.rows]
            self._highs = [self._row_high(cells) for cells in self._cells]

    def _row(self, row: Sequence[str], wide: float) -> list[list[lines.Line]]:
        if len(row) == 1 and len(self.columns) > 1:
            room = (wide - 2 * self.look.side) * MM
            return [lines.broken(row[0], BOLD, self.look.size, room)]
        return [self._lines(cell, place, self.look.face) for place, cell in enumerate(row)]

    def _lines(self, cell: str, place: int, face: str) -> list[lines.Line]:
        if not cell:
            return []
        return lines.broken(cell, face, self.look.size, (self._widths[place] - 2 * self.look.side) * MM)

    def _row_high(self, cells: list[list[lines.Line]]) -> float:
        most = max(map(len, cells), default=0)
        high = max(most, 1) * self.look.pitch + 2 * self.look.air
        return high if most else max(high, self.blank)

    @property
    def _has_two_levels(self) -> bool:
        return any(column.over for column in self.columns)

    def _head_high(self) -> tuple[float, float]:
        """The height of the upper level of the head (0 without one) and of the lower."""
        look = self.look
        most = max((len(one) for one in self._head), default=1)
        lower = max(most, 1) * look.pitch + 2 * look.air + 0.8
        return (look.pitch + 2 * look.air + 0.4 if self._has_two_levels else 0.0), lower

    def high(self, wide: float) -> float:
        """Head and rows."""
        self._measure(wide)
        return sum(self._head_high()) + sum(self._highs)

    def least(self, wide: float) -> float:
        """The head and two rows, or all where there are three; a group's name is no row."""
        self._measure(wide)
        count = 3 if len(self._cells) == 3 else 2
        count += bool(self._cells) and self._is_group(0)
        return sum(self._head_high()) + sum(self._highs[:count])

    def _is_group(self, place: int) -> bool:
        return len(self.rows[place]) == 1 and len(self.columns) > 1

    def cut(self, wide: float, room: float) -> tuple[Block | None, Block | None]:
        """As many rows as fit under a head."""
        self._measure(wide)
        used, place = sum(self._head_high()), 0
        while place < len(self._highs) and used + self._highs[place] <= room + 0.01:
            used += self._highs[place]
            place += 1
        while place and self._is_group(place - 1):
            place -= 1
        if not place:
            return self._parted(wide, room)
        if self.blank and place > 1 and not any(any(row) for row in self.rows[place:]):
            return self._part(0, place), None
        return self._part(0, place), self._part(place, len(self.rows))

    def _part(self, start: int, end: int) -> Table | None:
        if start >= end:
            return None
        is_last = end == len(self.rows)
        return replace(
            self, rows=self.rows[start:end], mark=None if start else self.mark, before=0.0 if start else self.before,
            after=self.after if is_last else 0.0, _cells=self._cells[start:end], _highs=self._highs[start:end],
            _first=self._first + start,
        )  # fmt: skip

    def _parted(self, wide: float, room: float) -> tuple[Block | None, Block | None]:
        """A first row higher than a page goes on on the next one."""
        fits = int((room - sum(self._head_high()) - 2 * self.look.air) / self.look.pitch)
        if fits < 3 or not self._cells or self._highs[0] < room * MOST_TALL:
            return None, self
        first, rest = self._part(0, 1), self._part(0, len(self.rows))
        assert first is not None
        assert rest is not None
        cells = self._cells[0]
        first._cells, first._highs = [[one[:fits] for one in cells]], [fits * self.look.pitch + 2 * self.look.air]
        rest._cells = [[one[fits:] for one in cells], *self._cells[1:]]
        rest._highs = [self._row_high(rest._cells[0]), *self._highs[1:]]
        return first, rest

    # -- drawing

    def draw(self, sheet: Sheet, x: float, y: float, wide: float, book: Book) -> None:
        """Draw the head and the rows: all words in one text object, all hairlines in one path."""
        self._measure(wide)
        top = y
        y = self._draw_head(sheet, x, y, wide)
        zebra, rules, words = [], [], []
        high = sheet.high
        is_long = len(self.columns) > 7
        spans: list[tuple[float, float]] = []  # where upright lines stand: not through a group's name
        for place, (cells, tall) in enumerate(zip(self._cells, self._highs, strict=True)):
            if self._is_group(place):
                zebra.append(shapes.square(x * MM, (high - y - tall) * MM, wide * MM, tall * MM))
                self._put(sheet, x, y, tall, cells, (wide,), BOLD)
            else:
                if is_long and (self._first + place) % 2 and not self.is_ruled:
                    zebra.append(shapes.square(x * MM, (high - y - tall) * MM, wide * MM, tall * MM))
                words.append((y, tall, cells))
                spans.append((y, y + tall))
            y += tall
            rules.append(f"{x * MM:.2f} {(high - y) * MM:.2f} m {(x + wide) * MM:.2f} {(high - y) * MM:.2f} l")
        if zebra:
            sheet.code.append(f"{shapes.fill(ZEBRA)} {' '.join(zebra)} f")
        for row in self._groups(x, top, wide):
            self._put(sheet, *row, (wide,), BOLD)
        self._words(sheet, x, words)
        if self.is_ruled:
            rules += self._uprights(x, high, top, _joined(spans))
        sheet.code.append(f"{shapes.stroke(LINE)} 0.43 w {' '.join(rules)} S")
        self._edges(sheet, x, top, wide)

    def _groups(self, x: float, top: float, wide: float) -> list[tuple[float, float, float, list[list[lines.Line]]]]:
        y, found = top + sum(self._head_high()), []
        for place, tall in enumerate(self._highs):
            if self._is_group(place):
                found.append((x, y, tall, self._cells[place]))
            y += tall
        return found

    def _words(self, sheet: Sheet, x: float, rows: list[tuple[float, float, list[list[lines.Line]]]]) -> None:
        look, plain = self.look, []
        lefts, left = [], x
        for wide in self._widths:
            lefts.append(left)
            left += wide
        for y, tall, cells in rows:
            for place, cell in enumerate(cells):
                if not cell:
                    continue
                base = self._base(y, tall, len(cell))
                for line in cell:
                    at = self._at(lefts[place], place, line, look.face)
                    if line.is_plain:
                        plain.append((at, base, line.text))
                    else:
                        sheet.set_line(at, base, line, look.size, face=look.face)
                    base += look.pitch
        if plain:
            sheet.cells(plain, look.size, face=look.face)

    def _base(self, y: float, tall: float, count: int) -> float:
        """The first baseline of some lines in the middle of a row."""
        look = self.look
        return y + (tall - count * look.pitch) / 2 + look.pitch / 2 + look.size * 0.37 / MM

    def _at(self, left: float, place: int, line: lines.Line, face: str) -> float:
        align, wide, look = self.columns[place].align, self._widths[place], self.look
        if align == "left":
            return left + look.side
        across = fonts.units(face, line.text) * look.size / 1000 / MM
        return left + (wide - look.side - across if align == "right" else (wide - across) / 2)

    def _put(
        self, sheet: Sheet, x: float, y: float, tall: float, cells: list[list[lines.Line]], widths: Sequence[float],
        face: str,
    ) -> None:  # fmt: skip
        for cell, wide in zip(cells, widths, strict=True):
            base = self._base(y, tall, len(cell))
            for line in cell:
                sheet.set_line(x + self.look.side, base, line, self.look.size, face=face)
                base += self.look.pitch
            x += wide

    def _uprights(self, x: float, high: float, top: float, spans: list[tuple[float, float]]) -> list[str]:
        """Lines between the columns; in the head not through a title that several share."""
        found, left = [], x
        upper, lower = self._head_high()
        overs = ["", *(column.over for column in self.columns), ""]
        for place, wide in enumerate((0.0, *self._widths)):
            left += wide
            is_inside = bool(overs[place]) and overs[place] == overs[place + 1]
            head = (top + (upper if is_inside else 0), top + upper + lower)
            for start, end in _joined([head, *spans]):
                found.append(f"{left * MM:.2f} {(high - start) * MM:.2f} m {left * MM:.2f} {(high - end) * MM:.2f} l")
        return found

    def _edges(self, sheet: Sheet, x: float, top: float, wide: float) -> None:
        """The dark lines over and under the head, and under the titles that columns share; over all other lines."""
        upper, lower = self._head_high()
        left, place = x, 0
        while place < len(self.columns):
            end = self._shares(place)
            across = sum(self._widths[place:end])
            if self.columns[place].over:
                sheet.line(left + 1, top + upper, left + across - 1, top + upper, ink=INK, line=0.12)
            left, place = left + across, end
        sheet.line(x, top, x + wide, top, ink=INK, line=0.3)
        sheet.line(x, top + upper + lower, x + wide, top + upper + lower, ink=INK, line=0.18)

    def _shares(self, place: int) -> int:
        """The end of the columns that share a title with this one."""
        over, end = self.columns[place].over, place + 1
        while over and end < len(self.columns) and self.columns[end].over == over:
            end += 1
        return end

    def _draw_head(self, sheet: Sheet, x: float, y: float, wide: float) -> float:
        """The head, its upper level over the columns that share a title; the y below."""
        upper, lower = self._head_high()
        sheet.box(x, y, wide, upper + lower, fill=TINT)
        left, place = x, 0
        while place < len(self.columns):
            over, end = self.columns[place].over, self._shares(place)
            across = sum(self._widths[place:end])
            if over:
                middle, base = left + across / 2, self._base(y, upper, 1)
                sheet.fit(middle, base, over, self.look.size, across - 2, face=BOLD, align="centre")
            for number in range(place, end):
                top, tall = (y + upper, lower) if over else (y, upper + lower)
                self._title(sheet, left, top, tall, number)
                left += self._widths[number]
            place = end
        return y + upper + lower

    def _title(self, sheet: Sheet, left: float, y: float, tall: float, number: int) -> None:
        base = self._base(y, tall, len(self._head[number]))
        for line in self._head[number]:
            sheet.set_line(self._at(left, number, line, BOLD), base, line, self.look.size, face=BOLD)
            base += self.look.pitch


def _joined(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Spans that touch as one."""
    found: list[tuple[float, float]] = []
    for start, end in spans:
        if found and abs(found[-1][1] - start) < 0.01:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found
