"""The route sheet: A4, doors in the order they are walked, a box for each result, and a QR with its number."""

from __future__ import annotations

from dataclasses import dataclass

from gridoffice.papers.drawing import INK, LINE, QUIET, TINT, Sheet, wrap
from gridoffice.papers.fonts import BOLD

WIDE, HIGH = 210.0, 297.0
LEFT, RIGHT = 15.0, 12.0
ROOM = WIDE - LEFT - RIGHT
ON_PAGE = 20
ROW, TITLES = 11.2, 8.0  # mm; twenty rows, head and signature fill a page
HEAD, FOOT = 39.0, 10.0
NUMBER, DOOR, DUE, BOX = 9.0, 50.0, 55.0, 9.2
SIZE, SMALL, PITCH, PAD = 10.0, 8.6, 4.1, 1.4  # points, points, mm, mm
SQUARE = 4.2
TINY, TINY_PITCH = 7.2, 3.4  # points, mm: three lines in a row


@dataclass(frozen=True)
class RouteLine:
    """A door: its number on the paper, where, who, what is due there in short words."""

    number: int
    door: str
    who: str
    due: tuple[str, ...]


@dataclass(frozen=True)
class RouteView:
    """A round on paper; `results` are short words with the digit typed for each."""

    office: str
    number: str
    worker: str
    day: str
    unit: str
    lines: tuple[RouteLine, ...]
    results: tuple[tuple[str, str], ...]


def draw(*views: RouteView) -> bytes:
    """Pages of twenty doors; several rounds one after the other, each counting its own pages."""
    title = "、".join(view.number for view in views)
    sheet = Sheet(WIDE, HIGH, title=f"走访路线单 {title}"[:200], author=views[0].office)
    for view in views:
        _round(sheet, view)
    return sheet.finish()


def _round(sheet: Sheet, view: RouteView) -> None:
    pages = [view.lines[start : start + ON_PAGE] for start in range(0, len(view.lines), ON_PAGE)] or [()]
    for page, lines in enumerate(pages, 1):
        _head(sheet, view, page, len(pages))
        y = _titles(sheet, view)
        for line in lines:
            _row(sheet, view, line, y)
            y += ROW
        _edges(sheet, view, y)
        _foot(sheet, view, page, len(pages), is_last=page == len(pages), y=y)
        sheet.next_page()


def _head(sheet: Sheet, view: RouteView, page: int, total: int) -> None:
    sheet.qr(view.number, WIDE - RIGHT - 25, 8, 25)
    room = ROOM - 30
    sheet.fit(LEFT, 17, "走访路线单", 22, room / 2, face=BOLD)
    sheet.text(LEFT + room / 2 - 6, 17, view.number, 16, face=BOLD)
    if total > 1:
        sheet.text(LEFT + room - 2, 17, f"第 {page} 页，共 {total} 页", 9, ink=QUIET, align="right")
    third = room / 3
    for place, (word, told) in enumerate((("网格员", view.worker), ("日期", view.day), ("网格", view.unit))):
        across = sheet.text(LEFT + place * third, 26, f"{word}：", 10.5, ink=QUIET)
        sheet.fit(LEFT + place * third + across, 26, told or "＿＿＿＿＿＿", 10.5, third - across - 2, face=BOLD)
    sheet.text(LEFT, 33, "到一户勾一户；没见到人勾“无人”，下次再去。回来后扫右上角的码，按行号录入。", 8.8, ink=QUIET)


def _places(view: RouteView) -> tuple[list[float], float]:
    """Where the boxes begin, and where the line for notes begins."""
    first = LEFT + NUMBER + DOOR + DUE
    starts = [first + BOX * place for place in range(len(view.results))]
    return starts, first + BOX * len(view.results)


def _titles(sheet: Sheet, view: RouteView) -> float:
    y = HEAD - 2
    sheet.box(LEFT, y, ROOM, TITLES, fill=TINT)
    sheet.text(LEFT + NUMBER / 2, y + 5.4, "行", 9, face=BOLD, align="centre")
    sheet.text(LEFT + NUMBER + PAD, y + 5.4, "门牌、户主", 9, face=BOLD)
    sheet.text(LEFT + NUMBER + DOOR + PAD, y + 5.4, "这一户要办的", 9, face=BOLD)
    starts, notes = _places(view)
    for start, (key, word) in zip(starts, view.results, strict=True):
        sheet.text(start + BOX / 2, y + 3.6, word, 8, face=BOLD, align="centre")
        sheet.text(start + BOX / 2, y + 6.9, key, 7, ink=QUIET, align="centre")
    sheet.text(notes + PAD, y + 5.4, "备注", 9, face=BOLD)
    return y + TITLES


def _row(sheet: Sheet, view: RouteView, line: RouteLine, y: float) -> None:
    middle = y + ROW / 2
    sheet.text(LEFT + NUMBER / 2, middle + 1.5, str(line.number), 11, face=BOLD, align="centre")
    sheet.fit(LEFT + NUMBER + PAD, y + 4.3, line.door, SIZE, DOOR - 2 * PAD)
    sheet.fit(LEFT + NUMBER + PAD, y + 8.7, line.who, SIZE, DOOR - 2 * PAD, face=BOLD)
    size, pitch, parts = _due(line)
    top = middle + 1.3 - (len(parts) - 1) * pitch / 2
    for step, part in enumerate(parts):
        sheet.text(LEFT + NUMBER + DOOR + PAD, top + step * pitch, part, size)
    for start in _places(view)[0]:
        x = start + (BOX - SQUARE) / 2
        sheet.box(x, middle - SQUARE / 2, SQUARE, SQUARE, stroke=INK, line=0.25)
    sheet.line(LEFT, y + ROW, WIDE - RIGHT, y + ROW, ink=LINE, line=0.2)


def _due(line: RouteLine) -> tuple[float, float, list[str]]:
    """What is due there on two lines, on three smaller ones where it is much: letters, pitch, lines."""
    told = "；".join(line.due)
    parts = wrap(told, SMALL, DUE - 2 * PAD)
    if len(parts) <= 2:
        return SMALL, PITCH, parts
    parts = wrap(told, TINY, DUE - 2 * PAD)
    if len(parts) > 3:
        parts = [*parts[:2], parts[2][:-1] + "…"]
    return TINY, TINY_PITCH, parts


def _edges(sheet: Sheet, view: RouteView, bottom: float) -> None:
    top = HEAD - 2
    starts, notes = _places(view)
    for x in (LEFT + NUMBER, LEFT + NUMBER + DOOR, starts[0] if starts else notes, notes):
        sheet.line(x, top, x, bottom, ink=LINE, line=0.15)
    sheet.box(LEFT, top, ROOM, bottom - top, stroke=INK, line=0.3)


def _foot(sheet: Sheet, view: RouteView, page: int, total: int, *, is_last: bool, y: float) -> None:
    if is_last:
        sheet.text(LEFT, y + 11, "走访人签名：", 10.5)
        sheet.line(LEFT + 24, y + 11.8, LEFT + 78, y + 11.8, ink=INK, line=0.25)
        sheet.text(LEFT + 88, y + 11, "走访日期：　　　　年　　月　　日", 10.5)
    end = HIGH - FOOT
    sheet.text(LEFT, end, f"{view.office} · 内部资料，注意保管，录入后交回办公室", 8, ink=QUIET)
    sheet.text(WIDE - RIGHT, end, f"{view.number}　{page}/{total}", 8, ink=QUIET, align="right")
