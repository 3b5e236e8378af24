"""Many small papers on one sheet: rows and columns, fronts with their backs behind them, cutting marks between."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from gridoffice.papers.drawing import MM, Sheet

A4 = (210.0, 297.0)
LONG, SHORT, SINGLE = "long", "short", "single"
"""How the printer turns the sheet for the back: on its long edge, on its short edge; or it is not printed."""

Draw = Callable[[int, float, float], None]
"""Draws the small paper of a number with its upper left corner at x, y."""


@dataclass(frozen=True)
class Layout:
    """Where the cells of a sheet lie, in mm; `gap` is what is cut away (or the liner) between two of them."""

    wide: float
    high: float
    across: int
    down: int
    left: float
    top: float
    gap: tuple[float, float] = (0.0, 0.0)
    page: tuple[float, float] = A4

    @property
    def count(self) -> int:
        """Cells on a sheet."""
        return self.across * self.down

    def place(self, number: int, *, mirrored: bool = False) -> tuple[float, float]:
        """The corner of a cell, counted by rows; mirrored as it lies on the back."""
        column, row = number % self.across, number // self.across
        if mirrored:
            column = self.across - 1 - column
            left = self.page[0] - self.left - self.block[0]
        else:
            left = self.left
        return left + column * (self.wide + self.gap[0]), self.top + row * (self.high + self.gap[1])

    @property
    def block(self) -> tuple[float, float]:
        """Width and height of all cells together."""
        across = self.across * (self.wide + self.gap[0]) - self.gap[0]
        return across, self.down * (self.high + self.gap[1]) - self.gap[1]


def centred(wide: float, high: float, *, gap: float = 0, page: tuple[float, float] = A4, edge: float = 8) -> Layout:
    """As many cells as a page holds inside an edge no printer reaches, in the middle of the page."""
    across = max(1, int((page[0] - 2 * edge + gap + 0.01) // (wide + gap)))
    down = max(1, int((page[1] - 2 * edge + gap + 0.01) // (high + gap)))
    block = (across * (wide + gap) - gap, down * (high + gap) - gap)
    return Layout(
        wide, high, across, down, (page[0] - block[0]) / 2, (page[1] - block[1]) / 2, (gap, gap), page
    )  # fmt: skip


def sheets(
    sheet: Sheet, count: int, layout: Layout, front: Draw, back: Draw | None = None, *, turn: str = LONG,
    first: int = 0, marks: bool = True,
) -> None:  # fmt: skip
    """Draw `count` small papers; each page of fronts is followed by its backs, so that both meet when turned.

    `first`: cells of the first sheet that were used before (labels) stay free.
    """
    places = range(first, first + count)
    for start in range(0, first + count, layout.count):
        here = [place for place in places if start <= place < start + layout.count]
        for place in here:
            front(place - first, *layout.place(place - start))
        if marks:
            cutting_marks(sheet, layout)
        sheet.next_page()
        if back is None or turn == SINGLE:
            continue
        with _turned(sheet, upside_down=turn == SHORT):
            for place in here:
                back(place - first, *layout.place(place - start, mirrored=True))
            if marks:
                cutting_marks(sheet, layout)
        sheet.next_page()


@contextmanager
def _turned(sheet: Sheet, *, upside_down: bool) -> Iterator[None]:
    """A back for a printer that turns on the short edge is the other one, upside down."""
    if upside_down:
        sheet.code.append(f"q -1 0 0 -1 {sheet.wide * MM:.3f} {sheet.high * MM:.3f} cm")
    yield
    if upside_down:
        sheet.code.append("Q")


def cutting_marks(sheet: Sheet, layout: Layout, *, long: float = 5, away: float = 1.5) -> None:
    """Cutting marks at the edges of the block only: no line runs through a card."""
    wide, high = layout.page
    sheet.repeat(f"marks {layout}", 0, 0, wide, high, lambda page: _marks(page, layout, long, away))


def _marks(sheet: Sheet, layout: Layout, long: float, away: float) -> None:
    right, bottom = layout.left + layout.block[0], layout.top + layout.block[1]
    for column in range(layout.across):
        x = layout.left + column * (layout.wide + layout.gap[0])
        for edge in {x, x + layout.wide}:
            sheet.line(edge, layout.top - away, edge, layout.top - away - long, ink="#000000", line=0.1)
            sheet.line(edge, bottom + away, edge, bottom + away + long, ink="#000000", line=0.1)
    for row in range(layout.down):
        y = layout.top + row * (layout.high + layout.gap[1])
        for edge in {y, y + layout.high}:
            sheet.line(layout.left - away, edge, layout.left - away - long, edge, ink="#000000", line=0.1)
            sheet.line(right + away, edge, right + away + long, edge, ink="#000000", line=0.1)
