"""到位率 day by day: a line for each grid or person, a sign for each day — walked, missing, entered late, not owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gridoffice.modules.patrols.rates_list import Owing
from gridoffice.modules.patrols.spans import days_of

MOST = 31
"""Days that stand beside each other at most: a month."""
DONE, MISSED, LATE, FREE = "✓", "缺", "补", ""
TONES = {DONE: "done", MISSED: "late", LATE: "soon"}
WAYS = ("grid", "worker")
"""The ways to lay out that have a calendar."""


@dataclass(frozen=True)
class Line:
    """A line: its words, and by day what was owed then."""

    title: str
    days: dict[date, tuple[Owing, ...]]

    def sign(self, day: date) -> str:
        """How a day stands; missing comes before late."""
        owed = self.days.get(day, ())
        if not owed:
            return FREE
        if any(one.missed for one in owed):
            return MISSED
        return LATE if any(one.late for one in owed) else DONE


def shown(first: date, last: date) -> list[date]:
    """The days of a period that are shown: all, or of a longer one the last month."""
    return list(days_of(first, last))[-MOST:]


def lines(way: str, parts: Sequence[Owing]) -> list[Line]:
    """What is owed each day, by grid or by person; those with most missing first."""
    groups: dict[int | None, list[Owing]] = {}
    for one in parts:
        if one.first == one.last:
            groups.setdefault(one.unit_id if way == "grid" else one.staff_id, []).append(one)
    found = []
    for own in groups.values():
        days: dict[date, tuple[Owing, ...]] = {}
        for one in own:
            days[one.first] = (*days.get(one.first, ()), one)
        found.append(Line(own[-1].unit if way == "grid" else own[-1].staff, days))
    return sorted(found, key=lambda one: (-sum(one.sign(day) == MISSED for day in one.days), one.title))


def cells(found: Sequence[Line], days: Sequence[date]) -> list[tuple[str, ...]]:
    """The texts of the table."""
    return [(one.title, *(one.sign(day) for day in days)) for one in found]
