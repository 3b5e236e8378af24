"""Days as people type them: 2026-05-03, 0503, -30, 周五, 上月末, 去年今天."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from gridoffice.core.text import narrow

WEEKDAYS = "一二三四五六日"


def _first(day: date, back: int = 0) -> date:
    """The first of the month, `back` months earlier."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def year_ago(day: date) -> date:
    """The same day a year earlier; 28 February for the 29th."""
    return day.replace(year=day.year - 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year - 1)


WORDS: dict[str, Callable[[date], date]] = {
    "=": lambda day: day,
    "今天": lambda day: day,
    "昨天": lambda day: day - timedelta(days=1),
    "前天": lambda day: day - timedelta(days=2),
    "明天": lambda day: day + timedelta(days=1),
    "后天": lambda day: day + timedelta(days=2),
    "月初": _first,
    "月末": lambda day: _first(day, -1) - timedelta(days=1),
    "月底": lambda day: _first(day, -1) - timedelta(days=1),
    "上月初": lambda day: _first(day, 1),
    "上月末": lambda day: _first(day) - timedelta(days=1),
    "上月底": lambda day: _first(day) - timedelta(days=1),
    "年初": lambda day: date(day.year, 1, 1),
    "年末": lambda day: date(day.year, 12, 31),
    "年底": lambda day: date(day.year, 12, 31),
    "去年今天": year_ago,
    "去年初": lambda day: date(day.year - 1, 1, 1),
    "去年末": lambda day: date(day.year - 1, 12, 31),
    "去年底": lambda day: date(day.year - 1, 12, 31),
}
"""Words for a day, told from today."""


def read_day(text: str, today: date) -> date | None:
    """A day typed freely: 2026-11-20, 2026.1.5, 20261120, 1120, =, +7, -1, 周五, or one of WORDS; None when empty.

    Raises ValueError with a Chinese reason.
    """
    text = "".join(narrow(text).split())
    if text in WORDS:
        return WORDS[text](today)
    if text[:1] in ("周", "星") and text[-1] in "一二三四五六日天":
        weekday = WEEKDAYS.index(text[-1].replace("天", "日"))
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    plain = text.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-")
    if not plain:
        return None
    try:
        if plain[0] in "+-" and plain[1:].isdigit():
            return today + timedelta(days=int(plain))
        return _figures(plain, today)
    except (ValueError, OverflowError) as error:
        raise ValueError(f"“{text}”不是日期；可以写 2026-11-20、1120、+7、周五") from error


def read_past_day(text: str, today: date) -> date | None:
    """As `read_day` for a day gone by: without a year the last such day is meant, 0503 in February is last year's."""
    day = read_day(text, today)
    plain = "".join(narrow(text).split())
    if day is None or day <= today or plain in WORDS or "+" in plain:
        return day
    if plain[0] in "周星":
        return day - timedelta(days=7)
    return day if sum(map(str.isdigit, plain)) > 4 else year_ago(day)


def _figures(text: str, today: date) -> date:
    parts = [int(part) for part in text.split("-") if part]
    if len(parts) == 3:
        return date(*parts)
    if len(parts) == 2:
        return date(today.year, *parts)
    if len(text) == 8:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    if len(text) == 4:
        return date(today.year, int(text[:2]), int(text[2:]))
    raise ValueError(text)
