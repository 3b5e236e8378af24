"""Days in words, and days gone by typed without their year."""

from __future__ import annotations

from datetime import date

import pytest

from gridoffice.core.typed_day import read_day, read_past_day

TODAY = date(2026, 2, 13)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("昨天", date(2026, 2, 12)),
        ("月初", date(2026, 2, 1)),
        ("月末", date(2026, 2, 28)),
        ("上月初", date(2026, 1, 1)),
        ("上月末", date(2026, 1, 31)),
        ("年初", date(2026, 1, 1)),
        ("去年今天", date(2025, 2, 13)),
        ("去年 末", date(2025, 12, 31)),
    ],
)
def test_words_for_days(text: str, day: date) -> None:
    assert read_day(text, TODAY) == day


def test_a_year_ago_from_the_leap_day() -> None:
    assert read_day("去年今天", date(2024, 2, 29)) == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("0503", date(2025, 5, 3)),
        ("5月3日", date(2025, 5, 3)),
        ("0103", date(2026, 1, 3)),
        ("-30", date(2026, 1, 14)),
        ("周六", date(2026, 2, 7)),
        ("2026-05-03", date(2026, 5, 3)),
        ("+7", date(2026, 2, 20)),
        ("年末", date(2026, 12, 31)),
        ("", None),
    ],
)
def test_a_past_day_without_its_year_is_the_last_such_day(text: str, day: date | None) -> None:
    assert read_past_day(text, TODAY) == day
