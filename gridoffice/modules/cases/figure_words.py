"""The figures of a period as words in a table: numbers, rates with what they are of, hours as people say them."""

from __future__ import annotations

from datetime import date, timedelta

from gridoffice.core.calendar import chinese, week_of
from gridoffice.modules.cases.figures import GROUPS, MEASURES, Row, Table

SHARES = {
    "accepted_in_time": ("accepted",), "handled_in_time": ("handled",), "satisfied": ("satisfied", "unsatisfied"),
    "reopened": ("handled",),
}  # fmt: skip
"""Measures that are told as a share of others; who was never asked counts neither as satisfied nor as not."""

HOURS = {"accept": "受理用时", "handle": "处理用时", "verify": "核查用时"}
"""Median hours of each step; the working time is not taken out of them."""

PERIODS = {"week": "本周", "last_week": "上周", "month": "本月", "last_month": "上月", "year": "今年", "own": "自选"}
NOTHING = "—"


def period(key: str, on: date) -> tuple[date, date]:
    """First and last day of a named period, seen from a day; what is not over yet ends on that day."""
    monday, _ = week_of(on)
    first = on.replace(day=1)
    before = first - timedelta(days=1)
    known = {
        "week": (monday, on),
        "last_week": (monday - timedelta(days=7), monday - timedelta(days=1)),
        "month": (first, on),
        "last_month": (before.replace(day=1), before),
        "year": (on.replace(month=1, day=1), on),
    }
    return known[key]


def columns(by: str) -> list[tuple[str, str, int]]:
    """Key, title and width of every column; the keys of measures are those of `MEASURES`."""
    counted = [(key, title, 96 if key in SHARES else 62) for key, title in MEASURES.items()]
    return [("", GROUPS[by], 128), *counted, *((clock, title, 76) for clock, title in HOURS.items())]


def cell(row: Row, key: str) -> str:
    """What stands in a cell."""
    if key == "":
        return row.title
    if key in HOURS:
        return hours(row.hours[key])
    number = row.number(key)
    of = whole(row, key)
    return f"{number:,}（{number / of:.0%}）" if of else f"{number:,}"


def whole(row: Row, key: str) -> int:
    """What a measure is a share of; 0 where it is none or there is nothing to divide."""
    return sum(row.number(one) for one in SHARES.get(key, ()))


def cells(table: Table) -> list[tuple[str, ...]]:
    """All rows, the sum last."""
    keys = [key for key, _title, _width in columns(table.by)]
    return [tuple(cell(row, key) for key in keys) for row in (*table.rows, table.whole)]


def hours(value: float | None) -> str:
    """45 分钟, 2 小时, 1.5 天 (of 24 hours); — where there is nothing to tell."""
    if value is None:
        return NOTHING
    if value < 1:
        return f"{max(1, round(value * 60))} 分钟" if value > 0 else "当时"
    if value < 24:
        return f"{value:.1f}".removesuffix(".0") + " 小时"
    return f"{value / 24:.1f}".removesuffix(".0") + " 天"


def told(table: Table) -> str:
    """The sentence above the table."""
    row = table.whole
    parts = [f"{chinese(table.first)}—{chinese(table.last)}", f"新增 {row.number('received'):,} 件"]
    for key, title in (("accepted_in_time", "按时受理"), ("handled_in_time", "按时处理"), ("satisfied", "满意")):
        number, of = row.number(key), whole(row, key)
        if of:
            parts.append(f"{title} {number / of:.0%}（{number:,}/{of:,}）")
    parts.append(f"期末未结 {row.number('open'):,} 件")
    return "，".join(parts)
