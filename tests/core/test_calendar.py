"""Weeks from Monday, working days, and what a week is called."""

from __future__ import annotations

from datetime import date

import pytest

from gridoffice.core.calendar import (
    add_working_days,
    chinese,
    shipped,
    shipped_years,
    week_of,
    week_word,
    weekday,
    working_days,
)

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("day", "word"),
    [
        (date(2026, 11, 16), "本周"),
        (date(2026, 11, 22), "本周"),
        (date(2026, 11, 15), "上周"),
        (date(2026, 11, 8), "11月2日那周"),
    ],
)
def test_what_a_week_is_called(day: date, word: str) -> None:
    assert week_word(day, FRIDAY) == word


def test_weeks_begin_on_monday() -> None:
    assert week_of(date(2026, 11, 22)) == (date(2026, 11, 16), date(2026, 11, 22))
    assert (weekday(FRIDAY), chinese(date(2026, 1, 5))) == ("星期五", "2026年1月5日")


def test_working_days_leave_the_weekend_out() -> None:
    assert add_working_days(FRIDAY, 1) == date(2026, 11, 23)
    assert add_working_days(FRIDAY, 0) == FRIDAY
    assert working_days(date(2026, 11, 16), date(2026, 11, 22)) == 5


def test_holidays_and_exchanged_days_count_as_the_notice_says() -> None:
    assert working_days(date(2026, 9, 28), date(2026, 10, 11)) == 3 + 3  # 28-30; 8, 9 and the worked Saturday
    days = shipped()
    names = [days.name(day) for day in (date(2026, 10, 1), date(2026, 10, 10), date(2026, 11, 21))]
    assert names == ["国庆节", "调休上班", "周六"]
    years = shipped_years()
    assert {2026, 2027} <= set(years) and years[2026][1] and not years[2027][1]
    assert not days.is_working(date(2027, 2, 8)) and days.is_working(date(2027, 2, 9))
