"""Days as the office counts them: weeks from Monday, working days with holidays and 调休, Chinese dates."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from gridoffice.core import paths

WEEKDAYS = "一二三四五六日"


def chinese(day: date) -> str:
    """2026年1月5日, without leading noughts (GB/T 9704-2012)."""
    return f"{day.year}年{day.month}月{day.day}日"


def weekday(day: date) -> str:
    """星期一 … 星期日."""
    return f"星期{WEEKDAYS[day.weekday()]}"


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the day's week."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def week_word(day: date, today: date) -> str:
    """What the day's week is called today: 本周, 上周, or 11月2日那周."""
    monday, _ = week_of(day)
    back = (week_of(today)[0] - monday).days // 7
    return {0: "本周", 1: "上周"}.get(back, f"{monday.month}月{monday.day}日那周")


def moment(on: date) -> datetime:
    """The moment a day's lists are asked for: now when it is this machine's today, else that day's morning."""
    now = datetime.now().replace(microsecond=0)
    return now if on == now.date() else datetime.combine(on, time(9))


@dataclass(frozen=True)
class WorkCalendar:
    """Which days are worked: weekdays but for `holidays`, and the exchanged days of `workdays` (调休); each named."""

    holidays: Mapping[date, str] = field(default_factory=dict)
    workdays: Mapping[date, str] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Whether a day is worked."""
        return day in self.workdays or (day.weekday() < 5 and day not in self.holidays)

    def name(self, day: date) -> str:
        """Why a day is what it is: 春节, 调休上班, 周六, or "" for an ordinary working day."""
        if day in self.workdays:
            return self.workdays[day] or "调休上班"
        return self.holidays.get(day) or (f"周{WEEKDAYS[day.weekday()]}" if day.weekday() > 4 else "")

    def add(self, day: date, number: int) -> date:
        """The day `number` working days later (0 gives the day itself)."""
        while number > 0:
            day += timedelta(days=1)
            number -= self.is_working(day)
        return day

    def back(self, day: date, number: int) -> date:
        """The `number`-th last working day up to a day, the day itself counted (number 1 and more)."""
        number -= self.is_working(day)
        while number > 0:
            day -= timedelta(days=1)
            number -= self.is_working(day)
        return day

    def count(self, first: date, last: date) -> int:
        """How many working days lie from first to last, both counted."""
        return sum(self.is_working(first + timedelta(days=n)) for n in range((last - first).days + 1))

    def left_out(self, first: date, last: date) -> list[tuple[date, str]]:
        """The days from first to last, both counted, that are not worked, each with its name."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        return [(day, self.name(day)) for day in days if not self.is_working(day)]

    def changed(self, holidays: Mapping[date, str], workdays: Mapping[date, str]) -> WorkCalendar:
        """The calendar with an office's own days, which win over the shipped ones."""
        kept_off = {day: name for day, name in self.holidays.items() if day not in workdays}
        kept_on = {day: name for day, name in self.workdays.items() if day not in holidays}
        return WorkCalendar({**kept_off, **holidays}, {**kept_on, **workdays})


@lru_cache(maxsize=1)
def shipped() -> WorkCalendar:
    """The calendar of the years shipped in `resources/calendar` (their notices are named there)."""
    holidays: dict[date, str] = {}
    workdays: dict[date, str] = {}
    for file in sorted((paths.resources() / "calendar").glob("*.toml")):
        year = tomllib.loads(file.read_text("utf-8"))
        for one in year["holiday"]:
            span = (one["last"] - one["first"]).days
            holidays |= {one["first"] + timedelta(days=n): one["name"] for n in range(span + 1)}
        workdays |= dict.fromkeys(year["workdays"], "调休上班")
    return WorkCalendar(holidays, workdays)


@lru_cache(maxsize=1)
def shipped_years() -> dict[int, tuple[str, bool]]:
    """For each shipped year where its days come from, and whether its exchanged days are known."""
    years = (tomllib.loads(f.read_text("utf-8")) for f in (paths.resources() / "calendar").glob("*.toml"))
    return {year["year"]: (year["source"], year["is_final"]) for year in years}


def add_working_days(day: date, number: int, calendar: WorkCalendar | None = None) -> date:
    """The day `number` working days later, by the shipped calendar unless an office's own is given."""
    return (calendar or shipped()).add(day, number)


def working_days(first: date, last: date, calendar: WorkCalendar | None = None) -> int:
    """How many working days lie from first to last, both counted."""
    return (calendar or shipped()).count(first, last)
