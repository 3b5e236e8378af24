"""Leaves as they are read: who is away from when to when, and who stands in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from gridoffice.domain.staff import Leave, Staff


@dataclass(frozen=True)
class Absence:
    """Somebody's leave: who, kind, days (both counted), stand-in (None: the B of each grid)."""

    id: int
    staff_id: int
    name: str
    kind: str
    start: date
    end: date
    stand_in_id: int | None
    stand_in: str
    note: str


def absences(session: Session, first: date, last: date, staff_id: int | None = None) -> list[Absence]:
    """Leaves with a day between two days (both counted), the earliest first."""
    deputy = aliased(Staff, name="duty_deputy")
    wanted = (
        select(Leave, Staff.name, deputy.name)
        .join(Staff, Staff.id == Leave.staff_id)
        .outerjoin(deputy, deputy.id == Leave.stand_in_id)
        .where(Leave.start <= last, Leave.end >= first)
        .order_by(Leave.start, Leave.id)
    )
    if staff_id is not None:
        wanted = wanted.where(Leave.staff_id == staff_id)
    return [
        Absence(
            leave.id,
            leave.staff_id,
            name,
            leave.kind,
            leave.start,
            leave.end,
            leave.stand_in_id,
            other or "",
            leave.note,
        )
        for leave, name, other in session.execute(wanted)
    ]
