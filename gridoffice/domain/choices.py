"""What a picker offers: units and staff with the words they are found by."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.domain.grids import GRID, GridUnit, current
from gridoffice.domain.staff import Staff


@dataclass(frozen=True)
class Choice:
    """Something to pick: its id, what is shown, a second line, and spellings for the search."""

    id: int
    text: str
    detail: str = ""
    pinyin: str = ""
    initials: str = ""


def units(session: Session, from_level: int = GRID) -> list[Choice]:
    """The standing units at or below a level, in the order of the tree, named with their village."""
    parent = GridUnit.__table__.alias("parent")
    wanted = (
        select(GridUnit, parent.c.name)
        .outerjoin(parent, parent.c.id == GridUnit.parent_id)
        .where(GridUnit.level >= from_level, current())
        .order_by(parent.c.sort, parent.c.id, GridUnit.sort, GridUnit.code, GridUnit.id)
    )
    return [
        Choice(unit.id, unit.name, above or "", unit.pinyin, unit.initials) for unit, above in session.execute(wanted)
    ]


def unit_name(session: Session, unit_id: int) -> str:
    """A unit's name, or "" when it is gone."""
    unit = session.get(GridUnit, unit_id)
    return unit.name if unit else ""


def staff(session: Session) -> list[Choice]:
    """The persons in service with their unit, by spelling."""
    wanted = (
        select(Staff, GridUnit.name)
        .outerjoin(GridUnit, GridUnit.id == Staff.unit_id)
        .where(Staff.is_active)
        .order_by(Staff.pinyin, Staff.id)
    )
    return [
        Choice(person.id, person.name, unit or person.post, person.pinyin, person.initials)
        for person, unit in session.execute(wanted)
    ]
