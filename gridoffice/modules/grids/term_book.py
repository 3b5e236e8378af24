"""The term book: all terms of all networks at a unit, or of a person, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.networks import Assignment, Network, Role
from gridoffice.domain.staff import Staff

PAST, NOW, FUTURE = "past", "now", "future"
STATES = {PAST: "已结束", NOW: "在任", FUTURE: "还没开始"}


@dataclass(frozen=True)
class Term:
    """One term with what it says in words."""

    id: int
    version: int
    staff_id: int
    name: str
    unit_id: int
    unit: str
    level: int
    role_id: int
    role: str
    network: str
    network_title: str
    start: date | None
    end: date | None
    state: str


@dataclass(frozen=True)
class Book:
    """The terms of a unit or a person, the earliest first."""

    title: str
    unit_id: int | None
    staff_id: int | None
    terms: tuple[Term, ...]


def state_of(start: date | None, end: date | None, day: date) -> str:
    """Whether a term is over, goes on or is to come on a day."""
    if end is not None and end < day:
        return PAST
    return FUTURE if start is not None and start > day else NOW


def _terms(session: Session, which: ColumnElement[bool], day: date) -> tuple[Term, ...]:
    wanted = (
        select(Assignment, Role, Network, Staff, GridUnit)
        .join(Role, Role.id == Assignment.role_id)
        .join(Network, Network.id == Role.network_id)
        .join(Staff, Staff.id == Assignment.staff_id)
        .join(GridUnit, GridUnit.id == Assignment.unit_id)
        .where(which)
        .order_by(Assignment.start.is_not(None), Assignment.start, Network.rank, Role.rank, Assignment.id)
    )
    return tuple(
        Term(
            held.id, held.version, who.id, who.name, unit.id, unit.name, unit.level, role.id, role.title, network.key,
            network.title, held.start, held.end, state_of(held.start, held.end, day),
        )
        for held, role, network, who, unit in session.execute(wanted)
    )  # fmt: skip


def term(office: Office, assignment_id: int) -> Term:
    """One term; raises OfficeError when it is gone."""
    with office.read() as session:
        found = _terms(session, Assignment.id == assignment_id, office.today())
    if not found:
        raise OfficeError("这段任期已经不在了", do="请刷新后再试")
    return found[0]


def book(office: Office, *, unit_id: int | None = None, staff_id: int | None = None) -> Book:
    """All terms of all networks at a unit, or of a person. Raises OfficeError when it is gone."""
    whose_terms = Assignment.unit_id == unit_id if unit_id is not None else Assignment.staff_id == staff_id
    with office.read() as session:
        whose = session.get(GridUnit, unit_id) if unit_id is not None else session.get(Staff, staff_id)
        if whose is None:
            raise OfficeError("要看的网格或人员已经不在了", do="请刷新后再试")
        found = _terms(session, whose_terms, office.today())
    return Book(whose.name, unit_id, staff_id, found)
