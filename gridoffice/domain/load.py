"""What a person has to do: the records that are theirs, by unit, by name and by contact; and everybody's at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, union
from sqlalchemy.orm import Session

from gridoffice.domain.belongings import Belonging, belongings
from gridoffice.domain.grids import subtree
from gridoffice.domain.listing import ON
from gridoffice.domain.roster import COVERS, NAMED, ROSTER
from gridoffice.domain.staff import Staff, serving


@dataclass(frozen=True)
class Load:
    """One kind of work of a person: ids of what is open, due by the day, and late."""

    kind: Belonging
    open: tuple[int, ...]
    due: tuple[int, ...]
    late: tuple[int, ...]


def is_mine(staff_id: int, unit: Any, *, handler: Any = None, contact: Any = None) -> ColumnElement[bool]:
    """Whether a record is a person's to do on the day ON: by its unit, its handler's name or its contact.

    A record given to a contact is the contact's alone.
    """
    of_unit: ColumnElement[bool] = unit.in_(select(ROSTER.c.unit_id).where(ROSTER.c.doer_id == staff_id))
    if contact is not None:
        given = contact.in_(select(COVERS.c.person_id).where(COVERS.c.doer_id == staff_id))
        of_unit = or_(given, and_(contact.is_(None), of_unit))
    if handler is None:
        return of_unit
    return or_(of_unit, handler.in_(select(NAMED.c.name).where(NAMED.c.doer_id == staff_id)))


def mine(kind: Belonging, staff_id: int) -> ColumnElement[bool]:
    """As `is_mine`, for a kind of record."""
    return is_mine(staff_id, kind.unit, handler=kind.handler, contact=kind.contact)


def owned(kind: Belonging, staff_id: int) -> ColumnElement[bool]:
    """Whether a record is a person's own on the day ON, away or not: what has to be handed over for good."""
    of_unit: ColumnElement[bool] = kind.unit.in_(select(ROSTER.c.unit_id).where(ROSTER.c.usual_id == staff_id))
    if kind.contact is not None:
        of_unit = or_(kind.contact == staff_id, and_(kind.contact.is_(None), of_unit))
    if kind.handler is None:
        return of_unit
    return or_(of_unit, kind.handler.in_(own_names(staff_id)))


def own_names(staff_id: int) -> Any:
    """A select of a person's name, empty when somebody else in service bears it too."""
    names = select(Staff.name).where(serving(ON)).group_by(Staff.name).having(func.count() == 1)
    return select(Staff.name).where(Staff.id == staff_id, Staff.name.in_(names))


def items_of(session: Session, staff_id: int, day: date) -> tuple[Load, ...]:
    """What a person has to do on a day, with what was taken over: one load for each kind of work.

    Where the office is limited to a part of the tree, so is this: a number and the list behind it are one.
    """
    scope = session.info.get("scope")
    found = []
    for kind in belongings():
        if kind.is_open is None:
            continue
        ids = []
        for rule in (kind.is_open, kind.is_due, kind.is_late):
            wanted = kind.base.where(rule(ON), mine(kind, staff_id)) if rule else None
            if wanted is not None and scope is not None:
                wanted = wanted.where(kind.unit.in_(select(subtree(scope).c.id)))
            # Rules of the modules take a real day where they reckon with it.
            ids.append(tuple(session.scalars(wanted, {"on": day})) if wanted is not None else ())
        found.append(Load(kind, ids[0], ids[1], ids[2]))
    return tuple(found)


def tally(session: Session, day: date) -> dict[int, tuple[int, int, int]]:
    """Open, due and late pieces of everybody's work at once, by staff id; by the same rules as `items_of`."""
    sums: dict[int, tuple[int, int, int]] = {}
    for kind in belongings():
        if kind.is_open is None:
            continue
        due = kind.is_due(ON) if kind.is_due else kind.is_open(ON)
        late = kind.is_late(ON) if kind.is_late else due
        flags = (case((due, 1), else_=0).label("due"), case((late, 1), else_=0).label("late"))
        base = kind.base.add_columns(*flags).where(kind.is_open(ON)).order_by(None)
        by_unit = base.add_columns(ROSTER.c.doer_id.label("who")).join(ROSTER, ROSTER.c.unit_id == kind.unit)
        parts = [by_unit if kind.contact is None else by_unit.where(kind.contact.is_(None))]
        if kind.handler is not None:
            parts.append(base.add_columns(NAMED.c.doer_id.label("who")).join(NAMED, NAMED.c.name == kind.handler))
        if kind.contact is not None:
            parts.append(
                base.add_columns(COVERS.c.doer_id.label("who")).join(COVERS, COVERS.c.person_id == kind.contact)
            )
        each = union(*parts).subquery()
        wanted = select(each.c.who, func.count(), func.sum(each.c.due), func.sum(each.c.late)).group_by(each.c.who)
        for who, *numbers in session.execute(wanted, {"on": day}):
            old = sums.get(who, (0, 0, 0))
            sums[who] = (old[0] + numbers[0], old[1] + numbers[1], old[2] + numbers[2])
    return sums
