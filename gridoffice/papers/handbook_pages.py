"""Pages of the handbook to write on (reference 6.3, 7.5), the year's calendar, and pages for notes."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from datetime import date

from gridoffice.core.calendar import WEEKDAYS
from gridoffice.papers.drawing import BLUE, INK, LINE, QUIET, RED, TINT, Sheet
from gridoffice.papers.fonts import BOLD, SONG
from gridoffice.papers.handbook_view import YearPart

Paint = Callable[[Sheet, float, float, float], None]
Blank = Callable[[Sheet, float, float, float, float, float], None]
Cells = Sequence[tuple[str, float]]
"""Titles of columns with their shares of the width."""
YEAR_HIGH = 152.0  # mm on A5
RULE = "#C3CBD4"


def notes(sheet: Sheet, x: float, y: float, wide: float, high: float) -> None:
    """Lines and nothing else."""
    place = y + 9
    while place <= y + high:
        sheet.line(x, place, x + wide, place, ink=RULE, line=0.15)
        place += 9


def _form(sheet: Sheet, x: float, y: float, wide: float, cells: Cells, rows: int, tall: float, k: float) -> float:
    """A ruled table to write in; the y below."""
    head = 6.6 * k
    sheet.box(x, y, wide, head, fill=TINT)
    left, bottom = x, y + head + rows * tall
    for title, share in cells:
        sheet.fit(left + wide * share / 2, y + 4.7 * k, title, 8.8 * k, wide * share - 1.5, face=BOLD, align="centre")
        sheet.line(left, y, left, bottom, ink=RULE, line=0.18)
        left += wide * share
    sheet.line(x + wide, y, x + wide, bottom, ink=RULE, line=0.18)
    sheet.line(x, y, x + wide, y, ink=INK, line=0.3)
    for row in range(rows + 1):
        sheet.line(x, y + head + row * tall, x + wide, y + head + row * tall, ink=RULE, line=0.18)
    return bottom


def _filled(sheet: Sheet, x: float, y: float, wide: float, cells: Cells, room: float, tall: float, k: float) -> float:
    """As many rows of about `tall` mm as the room holds, made to end exactly there."""
    left = room - 6.6 * k
    rows = max(1, round(left / tall))
    return _form(sheet, x, y, wide, cells, rows, left / rows, k)


def _line(sheet: Sheet, x: float, y: float, wide: float, words: Sequence[tuple[str, float]], k: float) -> float:
    """Words with room to write after each (shares of the width); the y of the next line."""
    left = x
    for word, share in words:
        used = sheet.text(left, y + 4 * k, word, 9.5 * k, face=SONG)
        end = left + wide * share - 2 * k
        if end > left + used + 4 * k:
            sheet.line(left + used + 1, y + 5 * k, end, y + 5 * k, ink="#9AA5B1", line=0.18)
        left += wide * share
    return y + 8 * k


def _box(sheet: Sheet, x: float, y: float, wide: float, high: float, title: str, k: float) -> None:
    """A box to write in, its title in the corner."""
    sheet.box(x, y, wide, high, stroke=RULE, line=0.2)
    sheet.text(x + 2 * k, y + 5 * k, title, 9 * k, face=BOLD)


def day(sheet: Sheet, x: float, y: float, wide: float, high: float, k: float) -> None:
    """工作日志: a day."""
    end = y + high
    y = _line(sheet, x, y, wide, (("　　　　年　　月　　日　星期", 0.58), ("天气", 0.42)), k)
    y = _line(sheet, x, y, wide, (("时间", 0.36), ("走访户数", 0.26), ("路线", 0.38)), k)
    cells = (("时间", 0.14), ("地点、对象", 0.24), ("情况和处理", 0.38), ("结果、跟踪", 0.24))
    y = _filled(sheet, x, y + 1, wide, cells, end - y - 1 - 32 * k, 14 * k, k)
    _box(sheet, x, y + 3 * k, wide, end - y - 3 * k, "今日小结和明日安排", k)


def week(sheet: Sheet, x: float, y: float, wide: float, high: float, k: float) -> None:
    """周小结: seven days, figures, what remains."""
    end = y + high
    y = _line(sheet, x, y, wide, (("第　　周　　月　　日至　　月　　日", 0.7), ("走访户数", 0.3)), k)
    head, tall = 6.6 * k, (end - y - 62 * k) / 7
    top = y + 1
    cells = (("日期", 0.14), ("巡查走访", 0.32), ("发现的问题", 0.30), ("处理结果", 0.24))
    y = _form(sheet, x, top, wide, cells, 7, tall, k)
    for place, name in enumerate(WEEKDAYS):
        base = top + head + place * tall + 5 * k
        sheet.text(x + wide * 0.07, base, f"周{name}", 9 * k, face=SONG, align="centre")
    half = (end - y - 6 * k) / 2
    _box(sheet, x, y + 3 * k, wide, half, "没有办结的事项（何时办、找谁）", k)
    _box(sheet, x, y + 6 * k + half, wide, half, "下周安排", k)


def month(sheet: Sheet, x: float, y: float, wide: float, high: float, k: float) -> None:
    """月小结: figures, what remains, what comes."""
    end = y + high
    y = _line(sheet, x, y, wide, (("　　　　年　　月", 0.5), ("填写日期", 0.5)), k)
    titles = ("走访户数", "上报事项", "办结事项", "发现隐患", "整改隐患", "帮扶走访")
    y = _form(sheet, x, y + 1, wide, [(title, 1 / 6) for title in titles], 1, 11 * k, k)
    third = (end - y - 9 * k) / 3
    for place, title in enumerate(("主要工作", "没有办结的事项和困难", "下月安排")):
        _box(sheet, x, y + 3 * k + place * (third + 3 * k), wide, third, title, k)


def meeting(sheet: Sheet, x: float, y: float, wide: float, high: float, k: float) -> None:
    """例会记录: told, new, unresolved, decided (reference 7.5)."""
    end = y + high
    y = _line(sheet, x, y, wide, (("时间", 0.52), ("地点", 0.48)), k)
    y = _line(sheet, x, y, wide, (("主持", 0.32), ("记录", 0.32), ("应到　　人　实到　　人", 0.36)), k)
    y = _line(sheet, x, y, wide, (("参加人", 1.0),), k)
    _box(sheet, x, y + 1, wide, 24 * k, "上次议定事项的落实", k)
    y += 27 * k
    cells = (("本次事项", 0.40), ("责任人", 0.16), ("期限", 0.16), ("处理意见", 0.28))
    y = _filled(sheet, x, y, wide, cells, end - y - 36 * k, 12 * k, k)
    _box(sheet, x, y + 3 * k, wide, end - y - 3 * k, "二次通报和议定事项", k)


def check(sheet: Sheet, x: float, y: float, wide: float, high: float, k: float) -> None:
    """检查记录: a place a row; who signs was there."""
    y = _line(sheet, x, y, wide, (("检查日期", 0.5), ("检查人（两人）", 0.5)), k)
    cells = (("场所", 0.2), ("发现的隐患", 0.3), ("处理和期限", 0.2), ("复查结果", 0.15), ("签字", 0.15))
    _filled(sheet, x, y + 1, wide, cells, high - 9 * k, 17 * k, k)


def visit(sheet: Sheet, x: float, y: float, wide: float, high: float, k: float) -> None:
    """走访登记: a household a row."""
    cells = (("日期", 0.13), ("户号、住址", 0.22), ("走访事由", 0.16), ("反映的情况和需要", 0.31), ("处理结果", 0.18))
    _filled(sheet, x, y, wide, cells, high, 14 * k, k)


PAGES: dict[str, Blank] = {
    "day": day, "week": week, "month": month, "meeting": meeting, "check": check, "visit": visit,
}  # fmt: skip

# -- the year


def first_monday(year: int, month: int) -> date:
    """The first Monday of a month."""
    return date(year, month, 1 + -date(year, month, 1).weekday() % 7)


def year(sheet: Sheet, part: YearPart, x: float, y: float, wide: float, k: float) -> None:
    """Twelve months: days off red, exchanged working days with 班, the first Monday in a ring."""
    off, on = dict(part.off), dict(part.on)
    across, down = wide / 3, (YEAR_HIGH - 8) / 4 * k
    for number in range(12):
        left, top = x + number % 3 * across, y + number // 3 * down
        _month(sheet, date(part.year, number + 1, 1), left, top, across - 3 * k, k, off, on)
    base = y + (YEAR_HIGH - 2) * k
    sheet.box(x, base - 2.9 * k, 3.6 * k, 3.6 * k, stroke=BLUE, round=1.8 * k, line=0.35)
    used = x + 5 * k + sheet.text(x + 5 * k, base, "首个周一", 8 * k)
    sheet.text(used + 5 * k, base, "1", 8 * k, face=BOLD, ink=RED)
    used += 8 * k + sheet.text(used + 8 * k, base, "休息", 8 * k)
    sheet.text(used + 5 * k, base, "班", 6 * k, ink=BLUE)
    sheet.text(used + 9 * k, base, "调休上班", 8 * k)


def _month(
    sheet: Sheet, first: date, x: float, y: float, wide: float, k: float, off: dict[date, str], on: dict[date, str]
) -> None:
    sheet.text(x, y + 4.6 * k, f"{first.month}月", 10.5 * k, face=BOLD, ink=BLUE)
    step = wide / 7
    for place, name in enumerate(WEEKDAYS):
        ink = RED if place > 4 else QUIET
        sheet.text(x + (place + 0.5) * step, y + 9.4 * k, name, 6.5 * k, ink=ink, align="centre")
    sheet.line(x, y + 10.6 * k, x + wide, y + 10.6 * k, ink=LINE, line=0.15)
    monday = first_monday(first.year, first.month)
    for week, days in enumerate(calendar.Calendar().monthdatescalendar(first.year, first.month)):
        for place, one in enumerate(days):
            if one.month == first.month:
                at, base = x + (place + 0.5) * step, y + (14.4 + week * 4.2) * k
                _day(sheet, one, at, base, k, is_off=one not in on and (place > 4 or one in off), is_on=one in on)
                if one == monday:
                    sheet.box(at - 1.9 * k, base - 2.85 * k, 3.8 * k, 3.8 * k, stroke=BLUE, round=1.9 * k, line=0.3)


def _day(sheet: Sheet, one: date, x: float, base: float, k: float, *, is_off: bool, is_on: bool) -> None:
    ink, face = (RED, BOLD) if is_off else (INK, SONG)
    sheet.text(x, base, str(one.day), 7.2 * k, face=face, ink=ink, align="centre")
    if is_on:
        sheet.text(x + 1.5 * k, base - 1.2 * k, "班", 4.8 * k, ink=BLUE)


def year_rows(part: YearPart) -> list[tuple[str, ...]]:
    """For each month its working days, its first Monday, and what is unlike other weeks."""
    return [
        (f"{number}月", str(part.working[number - 1]), _monday(part, number), _unlike(part, number))
        for number in range(1, 13)
    ]


def _monday(part: YearPart, month: int) -> str:
    found = first_monday(part.year, month)
    name = dict(part.off).get(found, "")
    return f"{found.month}月{found.day}日" + (f"（{name}放假）" if name else "")


def _unlike(part: YearPart, month: int) -> str:
    spans: list[tuple[str, list[date]]] = []
    for day_, name in sorted((*part.off, *((one, "调休上班") for one, _name in part.on))):
        if day_.month == month and (spans and spans[-1][0] == name and (day_ - spans[-1][1][-1]).days == 1):
            spans[-1][1].append(day_)
        elif day_.month == month:
            spans.append((name, [day_]))
    return "；".join(f"{name} {_span(days)}" for name, days in spans)


def _span(days: Sequence[date]) -> str:
    return f"{days[0].day}日" if len(days) == 1 else f"{days[0].day}日至{days[-1].day}日"
