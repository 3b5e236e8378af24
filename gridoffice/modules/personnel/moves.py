"""Moving what a leaver hands over, piece by piece, inside one step."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.db.office import Office
from gridoffice.domain import duty, work
from gridoffice.domain.networks import Assignment
from gridoffice.domain.people import Resident
from gridoffice.domain.staff import HandedOut, Leave, Staff
from gridoffice.modules.personnel.terms import DAY, Choices, as_second, cases_of, contacts_of, follower_of, terms_of


def move_posts(session: Session, chosen: Choices) -> dict[int, int]:
    """End the terms and begin the successors'; who now does which unit's work."""
    takers: dict[int, int] = {}
    for term, role in terms_of(session, chosen.staff_id, chosen.last_day):
        number = chosen.successor(term.id)
        begun = term.start is None or term.start <= chosen.last_day
        if number is not None and begun and follower_of(session, term, role, chosen) is None:
            if not role.is_stand_in:
                for other in as_second(session, term, role, number, chosen.last_day):
                    _end(session, other, chosen.last_day)
            session.add(
                Assignment(
                    staff_id=number,
                    role_id=term.role_id,
                    unit_id=term.unit_id,
                    start=chosen.last_day + DAY,
                    end=term.end,
                )
            )
        if number is not None and not role.is_stand_in:
            takers.setdefault(term.unit_id, number)
        _end(session, term, chosen.last_day)
    session.flush()
    return takers


def _end(session: Session, term: Assignment, last: date) -> None:
    if term.start is not None and term.start > last:
        session.delete(term)
    else:
        term.end = last


def _taker(chosen: Choices, takers: dict[int, int], unit_id: int | None) -> int | None:
    return takers.get(unit_id or 0) or chosen.main_id or next(iter(takers.values()), None)


def move_cases(session: Session, office: Office, chosen: Choices, takers: dict[int, int]) -> None:
    who = session.get_one(Staff, chosen.staff_id).name
    for case in cases_of(session, chosen):
        number = _taker(chosen, takers, case.unit_id)
        if number is not None:
            name = duty.name_of(session, number)
            work.reassign(session, case, name, who=office.user, note=f"{who} 离岗，改由 {name} 承办")


def move_contacts(session: Session, chosen: Choices, takers: dict[int, int]) -> None:
    for entry in contacts_of(session, chosen):
        resident = session.get_one(Resident, entry.resident_id)
        entry.contact_id = _taker(chosen, takers, resident.unit_id)


def move_things(session: Session, chosen: Choices) -> None:
    """What goes back is given back on the last day; the rest is given back and handed out to the successor."""
    out = select(HandedOut).where(HandedOut.staff_id == chosen.staff_id, HandedOut.back_on.is_(None))
    for one in list(session.scalars(out)):
        one.back_on = chosen.last_day
        if one.id not in chosen.back and chosen.main_id is not None:
            session.add(
                HandedOut(staff_id=chosen.main_id, kind=one.kind, title=one.title, since=chosen.last_day, note=one.note)
            )


def end_leaves(session: Session, chosen: Choices) -> None:
    """Leaves after the last day go; where the person was to stand in, the B of each grid does."""
    for one in list(
        session.scalars(select(Leave).where(Leave.staff_id == chosen.staff_id, Leave.end > chosen.last_day))
    ):
        if one.start > chosen.last_day:
            session.delete(one)
        else:
            one.end = chosen.last_day
    stood_in = select(Leave).where(Leave.stand_in_id == chosen.staff_id, Leave.end > chosen.last_day)
    for one in session.scalars(stood_in):
        one.stand_in_id = None
