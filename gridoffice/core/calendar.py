"""Days as the office counts them: weeks from Monday, working days, Chinese dates."""

from __future__ import annotations

from datetime import date, timedelta

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


def add_working_days(day: date, number: int) -> date:
    """The day `number` working days later; Saturdays and Sundays do not count."""
    while number > 0:
        day += timedelta(days=1)
        if day.weekday() < 5:
            number -= 1
    return day


def working_days(first: date, last: date) -> int:
    """How many working days lie from first to last, both counted."""
    return sum(1 for n in range((last - first).days + 1) if (first + timedelta(days=n)).weekday() < 5)
