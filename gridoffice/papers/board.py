"""A village's notice board 600×900 mm: who is responsible for which grid, and what to call them for."""

from __future__ import annotations

import math

from gridoffice.core.calendar import chinese
from gridoffice.core.text import count_of
from gridoffice.papers import chart, fonts
from gridoffice.papers.drawing import BLUE, INK, MM, QUIET, RED, TINT, Sheet, grouped
from gridoffice.papers.fonts import BOLD, HEI
from gridoffice.papers.views import BoardView, ChartView, GridView, PersonView

WIDE, HIGH = 600.0, 900.0
MARGIN, GAP = 34.0, 9.0
LEFT = 152.0  # the village head's panel
LEGEND = 26.0  # points of its letters
PAPER = "#F7F5EF"
FIELDS = ("#CFE0F2", "#FBE6C8", "#E3DAEE", "#DCECD9", "#F4D5D3")


def draw(view: BoardView) -> bytes:
    """The board as one page of exactly 600×900 mm (no bleed; the band and ground run to the edge)."""
    sheet = Sheet(WIDE, HIGH, title=f"{view.village}网格公示牌", author=view.office)
    sheet.box(0, 0, WIDE, HIGH, fill=PAPER)
    sheet.box(0, 0, WIDE, 98, fill=RED)
    sheet.fit(MARGIN, 50, f"{view.village}网格公示牌", 118, WIDE - 2 * MARGIN, face=BOLD, ink="#FFFFFF")
    sheet.fit(MARGIN, 82, view.issuer, 46, WIDE - 2 * MARGIN, ink="#FBE3E0")
    y = _figures(sheet, view, 114)
    y = _top(sheet, view, y + GAP + 2)
    y = _workers(sheet, view, y + GAP + 6)
    _foot(sheet, view)
    sheet.next_page()
    return sheet.finish()


def _figures(sheet: Sheet, view: BoardView, y: float) -> float:
    figures = [
        (len(view.grids), "个网格"),
        (view.households, "户"),
        (view.persons, "人"),
        (view.party_members, "名党员"),
    ]
    shown = [(number, word) for number, word in figures if number]
    across = (WIDE - 2 * MARGIN - GAP * (len(shown) - 1)) / len(shown) if shown else 0
    for place, (number, word) in enumerate(shown):
        x = MARGIN + place * (across + GAP)
        sheet.box(x, y, across, 38, fill="#FFFFFF", round=4)
        used = sheet.text(x + 10, y + 27.5, count_of(number or 0), 84, face=BOLD, ink=BLUE)
        sheet.text(x + 14 + used, y + 27, word, 38, ink=QUIET)
    return y + 38


def _top(sheet: Sheet, view: BoardView, y: float) -> float:
    """The head of the village at the left, the map of the grids (or a sketch of their numbers) at the right."""
    x = MARGIN + LEFT + GAP
    across = WIDE - MARGIN - x
    high = _least(view)
    if view.chart is not None:
        high = min(_room(view, y), max(high, _wanted(view.chart, across - 20)))
    _head(sheet, view, y, high)
    sheet.box(x, y, across, high, fill="#FFFFFF", round=4)
    sheet.text(x + 10, y + 19, "网格分布", 44, face=BOLD)
    if view.chart is None:
        _sketch(sheet, view.grids, x + 10, y + 28, across - 20, high - 38)
    else:
        _chart(sheet, view.chart, x + 10, y + 26, across - 20, high - 34)
        sheet.text(x + across - 10, y + 18, "示意图，不作为界线依据", 22, ink=QUIET, align="right")
    return y + high


def _least(view: BoardView) -> float:
    return 186.0 if len(view.grids) <= 20 else 160.0


def _room(view: BoardView, y: float) -> float:
    """How high the upper part can be: what the grid workers' photos leave of the board."""
    rows = _spread(len(view.grids), 6 if len(view.grids) <= 18 else 7)[1]
    return max(_least(view), min(HIGH - 132 - y - GAP - 6 - 24 - rows * (136 + GAP), 420.0))


def _wanted(view: ChartView, wide: float) -> float:
    """How high the upper part should be for a map as wide as there is room, with its legend below."""
    return 34 + chart.fitted(view, 0, 0, wide, 1000)[3] + _legend_rows(view) * LEGEND * 0.62 + 8


def _legend_rows(view: ChartView) -> int:
    return -(-len(chart.kinds(view)) // 3)


def _head(sheet: Sheet, view: BoardView, y: float, high: float) -> None:
    """The head of the village: photo, name, phone."""
    sheet.box(MARGIN, y, LEFT, high, fill="#FFFFFF", round=4)
    sheet.text(MARGIN + 10, y + 19, "村级网格长", 44, face=BOLD)
    tall = min(high - 84, (LEFT - 20) * 35 / 25)
    wide = tall * 25 / 35
    middle = MARGIN + LEFT / 2
    head = view.head
    spare = high - 84 - tall
    sheet.photo(head.photo if head else None, middle - wide / 2, y + 28 + spare * 0.3, wide, tall, round=4)
    name = head.name if head else "待定"
    base = y + high - spare * 0.45
    sheet.fit(middle, base - 30, name, 66, LEFT - 16, face=BOLD, align="centre")
    sheet.fit(middle, base - 10, _phone(head), 54, LEFT - 12, face=BOLD, ink=BLUE, align="centre")


def _chart(sheet: Sheet, view: ChartView, x: float, y: float, wide: float, high: float) -> None:
    """The map and its legend in three columns below, or in one beside it where the map is narrow."""
    rows = _legend_rows(view)
    below = rows * LEGEND * 0.62 + (4 if rows else 0)
    left, _, across, down = chart.fitted(view, x, y, wide, high - below)
    side = chart.fitted(view, x, y, wide, high)
    is_beside = bool(rows) and wide - side[2] > 92 and side[3] > down * 1.1
    names = 34.0 if len(view.areas) <= 14 else 26.0
    if is_beside:
        chart.draw(sheet, view, (x, side[1], side[2], side[3]), size=names * min(1, side[3] / 240), round=3)
        chart.legend(sheet, view, x + side[2] + 8, y + 4, wide - side[2] - 10, size=LEGEND, most=high - 8)
        return
    chart.draw(sheet, view, (left, y, across, down), size=names * min(1, down / 220), round=3)
    if rows:
        chart.legend(sheet, view, x, y + down + 4, wide, size=LEGEND, columns=3, most=below)


def _phone(person: PersonView | None) -> str:
    return grouped(person.phone) if person and person.phone else "电话待补"


def _sketch(sheet: Sheet, grids: tuple[GridView, ...], x: float, y: float, wide: float, high: float) -> None:
    """Coloured fields with numbers, in the order of the grids; a map takes their place when the office draws one."""
    columns, rows = _spread(len(grids), 6 if len(grids) <= 20 else 7)
    across, down = wide / columns, high / rows
    size = min(40.0, down * 1.1)
    has_room = down > 34
    for place, grid in enumerate(grids):
        left, top = x + place % columns * across, y + place // columns * down
        shade = FIELDS[(place % columns + place // columns * 3) % len(FIELDS)]
        sheet.box(left + 1, top + 1, across - 2, down - 2, fill=shade, round=3)
        base = top + down / 2 + (2 if has_room and grid.groups else size * 0.13)
        sheet.fit(left + across / 2, base, grid.name, size, across - 8, face=BOLD, align="centre")
        if grid.groups and has_room:
            place_below = top + down / 2 + 15
            sheet.fit(left + across / 2, place_below, grid.groups, 26, across - 8, ink="#3A4654", align="centre")


def _spread(count: int, most: int) -> tuple[int, int]:
    """Columns and rows for a number of things, rows as equally full as can be."""
    rows = max(1, math.ceil(count / most))
    return max(1, math.ceil(count / rows)), rows


def _workers(sheet: Sheet, view: BoardView, y: float) -> float:
    sheet.text(MARGIN, y + 14, "您的网格员", 50, face=BOLD)
    y += 24
    bottom = HIGH - 132
    count = len(view.grids)
    columns, rows = _spread(count, 6 if count <= 18 else 7)
    across = min((WIDE - 2 * MARGIN - GAP * (columns - 1)) / columns, 140)
    most = 158 if view.chart is None else 190
    down = min((bottom - y - GAP * (rows - 1)) / rows, most)
    for place, grid in enumerate(view.grids):
        x, top = MARGIN + place % columns * (across + GAP), y + place // columns * (down + GAP)
        _worker(sheet, grid, x, top, across, down)
    return y + rows * (down + GAP)


def _worker(sheet: Sheet, grid: GridView, x: float, y: float, wide: float, high: float) -> None:
    """One grid: photo, grid, name, phone; name and phone the largest that fit."""
    sheet.box(x, y, wide, high, fill="#FFFFFF", round=4)
    worker = grid.worker
    scale = min(high / 134, wide / 99)
    words = 58 * scale
    tall = high - words - 10 * scale
    across = min(tall * 25 / 35, wide - 12)
    tall = across * 35 / 25
    middle = x + wide / 2
    sheet.photo(worker.photo if worker else None, middle - across / 2, y + 6 * scale, across, tall, round=3)
    base = y + high
    where = f"{grid.name} · {grid.groups}" if grid.groups else grid.name
    sheet.fit(middle, base - 44 * scale, where, 27 * scale, wide - 6, ink=QUIET, align="centre", least=0.5)
    name = worker.name if worker else "待定"
    sheet.fit(middle, base - 25 * scale, name, 52 * scale, wide - 8, face=BOLD, align="centre", least=0.5)
    phone = _phone(worker)
    sheet.fit(middle, base - 7.5 * scale, phone, 42 * scale, wide - 6, face=BOLD, ink=BLUE, align="centre", least=0.4)


def _foot(sheet: Sheet, view: BoardView) -> None:
    y, high = HIGH - 122, 86.0
    sheet.box(MARGIN, y, WIDE - 2 * MARGIN, high, fill=TINT, round=4)
    left, room = MARGIN + 12, WIDE - 2 * MARGIN - 100
    sheet.text(left, y + 19, "找网格员可以办什么", 44, face=BOLD)
    below = sheet.block(left, y + 36, " · ".join(view.services), 32, room, pitch=1.45, most=2)
    _numbers(sheet, view, left, max(below + 3, y + 70), WIDE - 2 * MARGIN - 94)
    phone = view.supervise_phone or (view.head.phone if view.head else "")
    whose = "扫码拨打监督电话" if view.supervise_phone else "扫码拨打村级网格长"
    if phone:
        size = 64.0
        sheet.qr(f"tel:{phone.replace(' ', '')}", WIDE - MARGIN - size - 10, y + 6, size)
        sheet.text(WIDE - MARGIN - 10 - size / 2, y + high - 6, whose, 20, ink=QUIET, align="centre")
    sheet.text(MARGIN, HIGH - 16, f"编号 {view.number} · 更新日期 {chinese(view.made_on)}", 26, ink=QUIET)
    sheet.text(WIDE - MARGIN, HIGH - 16, "人员或电话有变请告诉我们", 26, ink=QUIET, align="right")


def _numbers(sheet: Sheet, view: BoardView, x: float, y: float, room: float) -> None:
    """Names and numbers in one line beside the code: smaller when they are many, the last ones left out at last."""
    shown = [(name, number) for name, number in (("监督电话", view.supervise_phone), *view.hotlines) if number]
    long = sum(fonts.width(BOLD, name, 30) + fonts.width(HEI, number, 30) for name, number in shown) / MM
    size = max(20.0, min(30.0, 30 * (room - 10 * len(shown)) / long if long else 30.0))
    end = x + room
    for name, number in shown:
        if x + (fonts.width(BOLD, name, size) + fonts.width(HEI, number, size)) / MM + 2.5 > end:
            break
        x += sheet.text(x, y, name, size, face=BOLD) + 2.5
        x += sheet.text(x, y, number, size, ink=INK) + 7.5
