"""What a redrawing does to terms: those at units that end end too, and go on in the parts where that is wanted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gridoffice.domain.networks import Assignment, Role, in_force
from gridoffice.domain.staff import Staff

if TYPE_CHECKING:
    from gridoffice.modules.grids.redraw import Part, Redrawing


@dataclass(frozen=True)
class Seat:
    """A person in a role at an old unit on the day of the change."""

    term: Assignment
    role: Role
    person: str


def seats(session: Session, unit_id: int, day: date) -> list[Seat]:
    """Who is responsible at a unit on a day, the higher role first."""
    wanted = (
        select(Assignment, Role, Staff.name)
        .join(Role, Role.id == Assignment.role_id)
        .join(Staff, Staff.id == Assignment.staff_id)
        .where(Assignment.unit_id == unit_id, in_force(day))
        .order_by(Role.network_id, Role.rank, Assignment.id)
    )
    return [Seat(*row) for row in session.execute(wanted)]


def coming(session: Session, wanted: Redrawing, part: Part, day: date) -> list[Seat]:
    """Who is newly responsible in a part: the chosen unit's holders, and of a merge all who share a role."""
    if part.holders_of is None:
        return []
    found = seats(session, part.holders_of, day) if part.holders_of != part.unit_id else []
    if not wanted.is_split:
        others = [old for old in wanted.olds if old not in (part.holders_of, part.unit_id)]
        found += [seat for old in others for seat in seats(session, old, day) if not seat.role.is_single]
    here = seats(session, part.unit_id, day) if part.unit_id is not None else []
    known = {(seat.term.staff_id, seat.term.role_id) for seat in here}
    unique: dict[tuple[int, int], Seat] = {}
    for seat in found:
        key = (seat.term.staff_id, seat.term.role_id)
        if key not in known:
            unique.setdefault(key, seat)
    return list(unique.values())


def leaving(session: Session, wanted: Redrawing, part: Part, day: date) -> list[Seat]:
    """Whose single role in a part that goes on is taken by somebody of the chosen unit."""
    if part.unit_id is None:
        return []
    taken = {seat.term.role_id for seat in coming(session, wanted, part, day) if seat.role.is_single}
    return [seat for seat in seats(session, part.unit_id, day) if seat.term.role_id in taken]


def follow(session: Session, wanted: Redrawing, units: list[int], day: date) -> None:
    """End the terms at units that end, begin those that go on in the parts."""
    new = [(unit, coming(session, wanted, part, day)) for unit, part in zip(units, wanted.parts, strict=True)]
    for part in wanted.parts:
        for seat in leaving(session, wanted, part, day):
            _end(session, seat.term, day)
    made = [
        Assignment(staff_id=seat.term.staff_id, role_id=seat.term.role_id, unit_id=unit, start=day, end=seat.term.end)
        for unit, found in new
        for seat in found
    ]
    gone = [old for old in wanted.olds if old not in wanted.goes_on()]
    running = or_(Assignment.end.is_(None), Assignment.end >= day)
    for term in session.scalars(select(Assignment).where(Assignment.unit_id.in_(gone), running)):
        _end(session, term, day)
    session.flush()
    session.add_all(made)
    session.flush()


def _end(session: Session, term: Assignment, day: date) -> None:
    until = day - timedelta(days=1)
    if term.start is not None and term.start > until:
        session.delete(term)
    else:
        term.end = until
