"""Times as people type them: 8:30, 08：30, 830, 8点半; and moments gone by: 16:30, 昨天 16:30, 11-19 1630."""

from __future__ import annotations

from datetime import date, datetime, time

from gridoffice.core.text import narrow
from gridoffice.core.typed_day import read_past_day


def read_time(text: str) -> time | None:
    """A time typed freely: 8:30, 08：30, 830, 0830, 8点, 8点半; None when empty. Raises ValueError in Chinese."""
    plain = narrow(text).replace("点半", ":30").replace("点", ":").replace("时", ":").rstrip("分")
    if not plain:
        return None
    hour, colon, minute = plain.partition(":")
    if not colon and len(plain) > 2:
        hour, minute = plain[:-2], plain[-2:]
    try:
        return time(int(hour), int(minute or 0))
    except ValueError as error:
        raise ValueError(f"“{text}”不是时间") from error


def read_past_moment(text: str, today: date) -> datetime | None:
    """A moment gone by: a time of today, or a day and a time with a blank between; None when empty.

    Raises ValueError with a Chinese reason.
    """
    parts = text.replace("\u3000", " ").split()
    if not parts:
        return None
    if len(parts) > 2:
        raise ValueError(f"“{text}”看不懂")
    at = read_time(parts[-1])
    day = read_past_day(parts[0], today) if len(parts) == 2 else today
    if at is None or day is None:
        raise ValueError(f"“{text}”看不懂")
    return datetime.combine(day, at)
