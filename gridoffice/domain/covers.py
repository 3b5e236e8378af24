"""Who does whose work on the days of an absence, and where nobody does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.domain import duty
from gridoffice.domain.duty import Duty
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.staff import Leave

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Cover:
    """Who does a unit's work from one day to another while somebody is away; `gap` in words when nobody does."""

    unit_id: int
    unit: str
    first: date
    last: date
    name: str
    phone: str
    gap: str

    @property
    def words(self) -> str:
        """石桥村第2网格 由李秀兰代（13800001234）."""
        if self.gap:
            return f"{self.unit} {days(self.first, self.last)}：{self.gap}"
        return f"{self.unit} {days(self.first, self.last)}由{self.name}代{f'（{self.phone}）' if self.phone else ''}"


def days(first: date, last: date) -> str:
    """11月20日至22日, in the fewest words."""
    if first == last:
        return f"{first.month}月{first.day}日"
    tail = f"{last.day}日" if (first.year, first.month) == (last.year, last.month) else f"{last.month}月{last.day}日"
    return f"{first.month}月{first.day}日至{tail}"


def covers(session: Session, staff_id: int, first: date, last: date) -> tuple[Cover, ...]:
    """For each unit of a person who does its work on the days of an absence, equal days together."""
    spans: dict[int, list[tuple[date, date, Duty]]] = {}
    for begin, end in _spans(session, first, last):
        for unit_id, one in duty.on_duty(session, begin).items():
            if one.absent_id != staff_id:
                continue
            known = spans.setdefault(unit_id, [])
            if known and known[-1][2] == one and known[-1][1] + DAY == begin:
                known[-1] = (known[-1][0], end, one)
            else:
                known.append((begin, end, one))
    names = unit_names(session, spans)
    return tuple(
        Cover(unit_id, names[unit_id], begin, end, one.name, one.phone, one.gap)
        for unit_id in sorted(spans, key=lambda number: names[number])
        for begin, end, one in spans[unit_id]
        if unit_id in names
    )


def unit_names(session: Session, ids: Iterable[int]) -> dict[int, str]:
    wanted = select(GridUnit.id, GridUnit.name).where(GridUnit.id.in_(list(ids)))
    return {unit_id: name for unit_id, name in session.execute(wanted)}


def _spans(session: Session, first: date, last: date) -> list[tuple[date, date]]:
    """Stretches of days on which the same people are away."""
    marks = {first}
    for start, end in session.execute(select(Leave.start, Leave.end).where(Leave.start <= last, Leave.end >= first)):
        marks |= {day for day in (start, end + DAY) if first < day <= last}
    begins = sorted(marks)
    return list(zip(begins, [*(day - DAY for day in begins[1:]), last], strict=True))


def gaps(session: Session, first: date, last: date) -> set[tuple[int, date]]:
    """Units and first days of stretches that have nobody."""
    if first > last:
        return set()
    return {
        (unit_id, begin + DAY * step)
        for begin, end in _spans(session, first, last)
        for unit_id, one in duty.on_duty(session, begin).items()
        if one.gap
        for step in range((end - begin).days + 1)
    }
