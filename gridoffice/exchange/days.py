"""Days and times as offices write them: spreadsheet dates, serial numbers, a dozen ways of text."""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from gridoffice.domain.identity import plain_width
from gridoffice.exchange.values import NOTHING, Cell, Unreadable, text_of

Precision = Literal["day", "month", "year"]

_BETWEEN = r"(?:\s*[-/.年月．。、\\]\s*|\s+)"
_DATE = re.compile(rf"(\d{{4}}){_BETWEEN}(\d{{1,2}})(?:{_BETWEEN}(\d{{1,2}})?\s*[日号]?)?")
_SHORT = re.compile(r"(\d{2})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")  # 90.6.24
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")  # 24/6/1990
_SIGNS = {sign: str(value) for value, sign in enumerate("零一二三四五六七八九")} | {"〇": "0", "○": "0"}
_TENS = "[一二三四五六七八九十]{1,3}"
_SIGNED = re.compile(rf"([零〇○一二三四五六七八九]{{4}})年({_TENS})月(?:({_TENS})[日号])?")
_TIME = re.compile(r"(\d{1,2})\s*[:：时点]\s*(\d{1,2})?\s*分?(?:[:：](\d{1,2}))?")
_EXCEL_DAY_0 = date(1899, 12, 30)


def date_of(cell: Cell) -> tuple[date, Precision] | None:
    """Read a date; nothing written gives None. Month-only (1986.10) gives the month's first day and "month".

    Understands spreadsheet dates and serial numbers, 2026-11-20, 2026/1/2, 2026.1.2, 20261120, 2026年11月20日.
    Raises Unreadable for what is no day of the calendar.
    """
    if isinstance(cell, str):
        return _date_from_text(cell)
    if isinstance(cell, datetime):
        return cell.date(), "day"
    if isinstance(cell, date):
        return cell, "day"
    if cell is None:
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _date_from_number(cell)
    raise Unreadable(f"“{cell}”不是日期")


def _date_from_number(number: int | float) -> tuple[date, Precision] | None:
    whole = int(number)
    if 1800 <= whole <= 2200:
        # 1986.1 is how a spreadsheet keeps "1986.10": January is written 1986.01.
        month = round((number - whole) * 100)
        return _day(whole, month or 1, 1, number), "month" if month else "year"
    if 180001 <= whole <= 220012 and 1 <= whole % 100 <= 12 and whole == number:
        return _day(whole // 100, whole % 100, 1, number), "month"
    if 18000101 <= whole <= 22001231:
        return _day(whole // 10000, whole // 100 % 100, whole % 100, number), "day"
    if 1 < number < 80_000:
        return _EXCEL_DAY_0 + timedelta(days=whole), "day"
    raise Unreadable(f"“{text_of(number)}”不是日期")


@lru_cache(maxsize=8192)
def _date_from_text(raw: str) -> tuple[date, Precision] | None:
    text = plain_width(raw).strip()
    if text in NOTHING or text in ("至今", "长期"):
        return None
    if text.isdigit():
        if len(text) == 6 and 1 <= int(text[4:]) <= 12 and text[:2] in ("18", "19", "20", "21"):
            return _day(int(text[:4]), int(text[4:]), 1, raw), "month"
        if len(text) == 6:  # 900624
            return _day(_full_year(int(text[:2])), int(text[2:4]), int(text[4:]), raw), "day"
        return _date_from_number(int(text))
    found = _DATE.match(text)
    if not found:
        return _rarely_written(text, raw)
    year_text, month_text, day_text = found.groups()
    exact: Precision = "day" if day_text else "month"
    return _day(int(year_text), int(month_text), int(day_text or 1), raw), exact


def _rarely_written(text: str, raw: str) -> tuple[date, Precision]:
    if year := re.fullmatch(r"(\d{4})年?", text):
        return _day(int(year[1]), 1, 1, raw), "year"
    if short := _SHORT.fullmatch(text):
        return _day(_full_year(int(short[1])), int(short[2]), int(short[3]), raw), "day"
    if turned := _DAY_FIRST.fullmatch(text):
        day, month = int(turned[1]), int(turned[2])
        return _day(int(turned[3]), *((day, month) if month > 12 else (month, day)), raw), "day"
    if signed := _SIGNED.fullmatch(text):
        year_number = int("".join(_SIGNS[sign] for sign in signed[1]))
        exact: Precision = "day" if signed[3] else "month"
        return _day(year_number, _small(signed[2]), _small(signed[3] or "一"), raw), exact
    raise Unreadable(f"“{raw.strip()}”不是日期，请写成 2026-01-31 的样子")


def _full_year(year: int) -> int:
    return year + (2000 if year <= date.today().year % 100 else 1900)


def _small(text: str) -> int:
    """一 to 三十一."""
    tens, has_ten, ones = text.rpartition("十")
    return (int(_SIGNS.get(tens, "1")) * 10 if has_ten else 0) + int(_SIGNS.get(ones, "0"))


def _day(year: int, month: int, day: int, raw: object) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Unreadable(f"日历上没有“{str(raw).strip()}”这一天，请核对") from error


def time_of(cell: Cell) -> time | None:
    """Read a time of day: 14:05, 14：05, 14时5分, 下午2:05, a spreadsheet time or fraction of a day."""
    if isinstance(cell, datetime):
        return cell.time().replace(second=0, microsecond=0)
    if isinstance(cell, time):
        return cell
    if isinstance(cell, timedelta):
        return _time_from_seconds(cell.total_seconds())
    if isinstance(cell, float) and 0 <= cell < 1:
        return _time_from_seconds(cell * 86_400)
    return _time_from_text(text_of(cell))


def _time_from_seconds(seconds: float) -> time:
    minutes = round(seconds / 60) % 1440
    return time(minutes // 60, minutes % 60)


@lru_cache(maxsize=4096)
def _time_from_text(raw: str) -> time | None:
    text = plain_width(raw)
    if text in NOTHING:
        return None
    found = _TIME.search(text)
    if not found:
        raise Unreadable(f"“{raw}”不是时间，请写成 14:05 的样子")
    hour = int(found[1])
    if any(word in text for word in ("下午", "晚", "PM", "pm")) and hour < 12:
        hour += 12
    try:
        return time(hour, int(found[2] or 0))
    except ValueError as error:
        raise Unreadable(f"没有“{raw}”这个时间，请核对") from error


def times_of(cell: Cell) -> tuple[time | None, time | None]:
    """Read a span of time in one cell (14:05-15:20, 14:05至15:20); the end may be missing."""
    if not isinstance(cell, str):
        return time_of(cell), None
    parts = re.split(r"[-—–~～至到]+", cell, maxsplit=1)
    return time_of(parts[0]), time_of(parts[1]) if len(parts) > 1 else None
