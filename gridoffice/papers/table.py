"""Any list as a table: hairlines, the head repeated, page numbers, long cells on several lines."""

from __future__ import annotations

from dataclasses import dataclass

from gridoffice.papers import fonts
from gridoffice.papers.drawing import INK, LINE, MM, QUIET, TINT, Sheet, wrap
from gridoffice.papers.fonts import BOLD, HEI
from gridoffice.papers.views import TableView

MARGIN, TOP, FOOT = 14.0, 34.0, 14.0
SIZE, PITCH, PAD = 9.0, 4.3, 1.6  # points, mm, mm
MOST_LINES = 4


@dataclass
class _Layout:
    wide: float
    high: float
    columns: list[float]


def draw(view: TableView) -> bytes:
    """The list as A4, upright or across by what its columns need."""
    layout = _layout(view)
    pages = _pages(view, layout)
    sheet = Sheet(layout.wide, layout.high, title=view.title)
    for number, rows in enumerate(pages, 1):
        y = _head(sheet, view, layout, number)
        for place, cells in enumerate(rows):
            y = _row(sheet, view, layout, y, cells, shaded=len(view.columns) > 7 and place % 2 == 1)
        if number == len(pages):
            _signature(sheet, view, layout, y)
        _foot(sheet, view, layout, number, len(pages))
        sheet.next_page()
    return sheet.finish()


def _needs(view: TableView) -> list[float]:
    """The width in mm each column would like: its widest cell of the first rows, at most 70."""
    wanted = []
    for place, column in enumerate(view.columns):
        cells = [column.title, *(row[place] for row in view.rows[:300])]
        widest = max(fonts.width(HEI, cell, SIZE) for cell in cells) / MM + 2 * PAD + 1
        wanted.append(min(max(widest, 11.0), 70.0))
    return wanted


def _layout(view: TableView) -> _Layout:
    wanted = _needs(view)
    wide, high = (297.0, 210.0) if sum(wanted) > 210 - 2 * MARGIN else (210.0, 297.0)
    room = wide - 2 * MARGIN
    total = sum(wanted)
    if total <= room:
        columns = [width + (room - total) * width / total for width in wanted]
    else:  # only the wide columns give way
        narrow = sum(width for width in wanted if width <= 26)
        rest = sum(width for width in wanted if width > 26)
        factor = (room - narrow) / rest if rest and room - narrow > 0.4 * rest else 0
        columns = [w if w <= 26 else w * factor for w in wanted] if factor else [w * room / total for w in wanted]
    return _Layout(wide, high, columns)


def _lines(view: TableView, layout: _Layout, cells: tuple[str, ...]) -> list[list[str]]:
    return [
        wrap(cell.replace("\n", " "), SIZE, width - 2 * PAD)[:MOST_LINES]
        for cell, width in zip(cells, layout.columns, strict=True)
    ]


def _high(view: TableView, layout: _Layout, cells: tuple[str, ...]) -> float:
    return max(len(lines) for lines in _lines(view, layout, cells)) * PITCH + 2.6


def _pages(view: TableView, layout: _Layout) -> list[list[tuple[str, ...]]]:
    pages: list[list[tuple[str, ...]]] = [[]]
    y, limit = TOP + 3.5, layout.high - FOOT
    for row in view.rows:
        high = _high(view, layout, row)
        if y + high > limit and pages[-1]:
            pages.append([])
            y = TOP + 3.5
        pages[-1].append(row)
        y += high
    if y + 16 > limit:  # room for the signature line
        pages.append([])
    return pages


def _head(sheet: Sheet, view: TableView, layout: _Layout, number: int) -> float:
    middle = layout.wide / 2
    sheet.fit(middle, 17, view.title, 18, layout.wide - 2 * MARGIN, face=BOLD, align="centre")
    sheet.text(middle, 24.5, view.subtitle, 9.5, ink=QUIET, align="centre")
    y = TOP - 4.5
    sheet.line(MARGIN, y, layout.wide - MARGIN, y, ink=INK, line=0.35)
    sheet.box(MARGIN, y, layout.wide - 2 * MARGIN, 8, fill=TINT)
    x = MARGIN
    for column, width in zip(view.columns, layout.columns, strict=True):
        place = x + width - PAD if column.align == "right" else x + PAD
        sheet.fit(place, y + 5.4, column.title, SIZE, width - 2 * PAD, face=BOLD, align=column.align)
        x += width
    sheet.line(MARGIN, y + 8, layout.wide - MARGIN, y + 8, ink=INK, line=0.2)
    return y + 8


def _row(sheet: Sheet, view: TableView, layout: _Layout, y: float, cells: tuple[str, ...], *, shaded: bool) -> float:
    lines = _lines(view, layout, cells)
    high = max(map(len, lines)) * PITCH + 2.6
    if shaded:
        sheet.box(MARGIN, y, layout.wide - 2 * MARGIN, high, fill="#F6F8FA")
    x = MARGIN
    for column, width, parts in zip(view.columns, layout.columns, lines, strict=True):
        place = x + width - PAD if column.align == "right" else x + PAD
        for step, part in enumerate(parts):
            sheet.text(place, y + PITCH * (step + 1) + 0.3, part, SIZE, align=column.align)
        x += width
    sheet.line(MARGIN, y + high, layout.wide - MARGIN, y + high, ink=LINE, line=0.15)
    return y + high


def _signature(sheet: Sheet, view: TableView, layout: _Layout, y: float) -> None:
    if not y:
        return
    sheet.text(MARGIN, y + 11, f"{view.signers[0]}：＿＿＿＿＿＿＿", 9.5)
    sheet.text(layout.wide / 2, y + 11, f"{view.signers[1]}：＿＿＿＿＿＿＿", 9.5, align="centre")
    sheet.text(layout.wide - MARGIN, y + 11, "日期：＿＿＿＿年＿＿月＿＿日", 9.5, align="right")


def _foot(sheet: Sheet, view: TableView, layout: _Layout, number: int, total: int) -> None:
    y = layout.high - 9
    sheet.text(MARGIN, y, view.footer, 8.5, ink=QUIET)
    sheet.text(layout.wide - MARGIN, y, f"第 {number} 页，共 {total} 页", 8.5, ink=QUIET, align="right")
