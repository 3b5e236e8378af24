"""到位率 in words: named periods, the columns of its two tables, and what stands in their cells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gridoffice.core.calendar import WEEKDAYS, chinese
from gridoffice.modules.patrols.rates_list import MEASURES, Asked, Owing, Row, Sum, head
from gridoffice.modules.patrols.spans import DAY, around

PERIODS = {
    "week": "本周",
    "last_week": "上周",
    "month": "本月",
    "last_month": "上月",
    "quarter": "本季度",
    "last_quarter": "上季度",
    "year": "今年",
    "own": "自选",
}
LINKS = {"planned": "", "done": "", "missed": "late", "late": "soon"}
"""The numbers that open a list, with the tone they are shown in."""
OWED = (
    ("日期", 146),
    ("村（社区）", 90),
    ("网格", 140),
    ("人员", 80),
    ("类型", 90),
    ("要求", 132),
    ("应走", 56),
    ("已走", 56),
    ("情况", 110),
)
NOTHING = "—"


def period(key: str, on: date) -> tuple[date, date]:
    """First and last day of a named period, seen from a day; what is not over yet ends on that day."""
    every = key.removeprefix("last_")
    first, last = (on.replace(month=1, day=1), on) if every == "year" else around(every, on)
    if key != every:
        first, last = around(every, first - DAY)
    return first, min(last, on)


def columns(way: str) -> list[tuple[str, str, int]]:
    """Key, title and width of the table's columns."""
    counted = [(key, title, 112) for key, title in MEASURES.items()]
    return [("", head(way), 270), *counted, ("rate", "到位率", 112)]


def cells(found: Sequence[Row]) -> list[tuple[str, ...]]:
    """The rows of the table and their sum."""
    whole = Row("合计", tuple(part for row in found for part in row.parts))
    return [(row.title, *(f"{row.number(key):,}" for key in MEASURES), rate(row.percent)) for row in (*found, whole)]


def rate(percent: int | None) -> str:
    """A rate in words."""
    return NOTHING if percent is None else f"{percent}%"


def told(asked: Asked, parts: Sequence[Sum]) -> str:
    """The sentence above the table."""
    planned, done = (sum(one.number(key) for one in parts) for key in ("planned", "done"))
    days = f"{chinese(asked.first)}—{chinese(asked.last)}" if asked.first != asked.last else chinese(asked.first)
    if not planned:
        return f"{days}，没有应走的：这段时间没有工作日，或这里还没有人在岗。"
    return f"{days}，应走 {planned:,} 次，已走 {done:,} 次，到位率 {round(100 * done / planned)}%。"


def day_of(one: Owing) -> str:
    """In which span something was owed."""
    if one.first == one.last:
        return f"{one.first.isoformat()} 周{WEEKDAYS[one.first.weekday()]}"
    return f"{one.first.isoformat()}—{one.last.month:02}-{one.last.day:02}"


def standing(one: Owing) -> str:
    """What became of it, in words."""
    late = "（补记）" if one.late else ""
    if not one.done:
        return "未走"
    return f"已走{late}" if not one.missed else f"还缺 {one.missed} 次{late}"


def owed_rows(parts: Sequence[Owing]) -> list[tuple[str, ...]]:
    """The lines of the list behind a number."""
    return [
        (
            day_of(one), one.village, one.unit, one.staff, one.rule.kind, one.rule.words, str(one.planned),
            str(one.done), standing(one),
        )
        for one in parts
    ]  # fmt: skip
