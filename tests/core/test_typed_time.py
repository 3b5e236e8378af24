"""Times and moments gone by, as people type them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from gridoffice.core.typed_time import read_past_moment

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("16:30", datetime(2026, 11, 20, 16, 30)),
        ("９点半", datetime(2026, 11, 20, 9, 30)),
        ("昨天 1630", datetime(2026, 11, 19, 16, 30)),
        ("11-19　16：30", datetime(2026, 11, 19, 16, 30)),
        ("周四 8:05", datetime(2026, 11, 19, 8, 5)),
        ("12-31 8:00", datetime(2025, 12, 31, 8, 0)),
        ("2026-11-02 8:00", datetime(2026, 11, 2, 8, 0)),
    ],
)
def test_moments_gone_by(text: str, moment: datetime) -> None:
    assert read_past_moment(text, FRIDAY) == moment


def test_nothing_typed_is_no_moment() -> None:
    assert read_past_moment("  ", FRIDAY) is None


@pytest.mark.parametrize("text", ["昨天", "25:70", "昨天 晚上 8:00", "13-40 8:00", "11-19"])
def test_what_is_no_moment_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"不是|看不懂"):
        read_past_moment(text, FRIDAY)
