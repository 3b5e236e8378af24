"""The spans in which a log is owed (working day, week, month, quarter), and where days fall between two changes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gridoffice.core.calendar import WorkCalendar, week_of

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """One span in which something is owed, both days counted; `due`: its last working day, by which it is judged."""

    first: date
    last: date
    due: date


def days_of(first: date, last: date) -> Iterator[date]:
    """Every day from first to last."""
    for step in range((last - first).days + 1):
        yield first + timedelta(days=step)


def around(every: str, day: date) -> tuple[date, date]:
    """First and last day of the week, month or quarter a day lies in; the day itself for the daily ones."""
    if every == "week":
        return week_of(day)
    if every in ("month", "quarter"):
        months = 3 if every == "quarter" else 1
        first = day.replace(month=(day.month - 1) // months * months + 1, day=1)
        return first, (first + timedelta(days=31 * months)).replace(day=1) - DAY
    return day, day


def spans(every: str, first: date, last: date, calendar: WorkCalendar) -> list[Span]:
    """The spans that are due from first to last: those whose last working day lies there.

    A running week or quarter is owed only from its last working day on; one without any from its last day.
    """
    if every == "working_day":
        return [Span(day, day, day) for day in days_of(first, last) if calendar.is_working(day)]
    if every == "day":
        return [Span(day, day, day) for day in days_of(first, last)]
    found = []
    day = around(every, first)[0]
    while day <= last:
        begin, end = around(every, day)
        due = end
        while due > begin and not calendar.is_working(due):
            due -= DAY
        if not calendar.is_working(due):
            due = end
        if first <= due <= last:
            found.append(Span(begin, end, due))
        day = end + DAY
    return found


class Stretches:
    """Runs of days within which nothing changed."""

    def __init__(self, first: date, last: date, changes: Iterable[date | None]) -> None:
        self.last = last
        self.cuts = sorted({first, *(day for day in changes if day is not None and first < day <= last)})

    def start(self, day: date) -> date:
        """The first day of the run a day lies in."""
        return self.cuts[max(0, bisect_right(self.cuts, day) - 1)]

    def runs(self) -> Iterator[tuple[date, date]]:
        """First and last day of each run."""
        yield from zip(self.cuts, [*(day - DAY for day in self.cuts[1:]), self.last], strict=True)
