"""Terms: who is appointed to which role at a unit, from when to when."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import choices
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.networks import Assignment, Network, Role
from gridoffice.domain.staff import Staff


def roles(office: Office, level: int) -> list[tuple[int, str]]:
    """The roles that can be held at a level: id and title."""
    with office.read() as session:
        found = select(Role, Network.title).join(Network).where(Role.level == level).order_by(Network.id, Role.rank)
        return [(role.id, role.title) for role, _network in session.execute(found)]


def people(office: Office) -> list[tuple[int, str]]:
    """Who can be appointed: id, and name with where the person belongs."""
    with office.read() as session:
        return [(choice.id, f"{choice.text}（{choice.detail}）") for choice in choices.staff(session)]


def appoint(office: Office, unit_id: int, staff_id: int, role_id: int, start: date | None) -> int:
    """Give a person a role at a unit from a day on; whoever held the same role there ends the day before.

    Raises OfficeError when the person holds it already or the role belongs to another level.
    """
    start = start or office.today()
    with office.unit("任职") as session:
        unit, person = session.get_one(GridUnit, unit_id), session.get_one(Staff, staff_id)
        role = session.get_one(Role, role_id)
        session.info["unit"].record.name = f"{person.name} 任 {unit.name} {role.title}"
        if role.level != unit.level:
            raise OfficeError(f"“{role.title}”不能设在“{unit.name}”这一层", safe="没有改动")
        same = (Assignment.unit_id == unit_id) & (Assignment.role_id == role_id) & Assignment.end.is_(None)
        for held in session.scalars(select(Assignment).where(same)):
            if held.staff_id == staff_id:
                raise OfficeError(f"{person.name} 已经是{unit.name}的{role.title}", safe="没有改动")
            if role.rank < 50:
                held.end = max(start - timedelta(days=1), held.start or start - timedelta(days=1))
        made = Assignment(staff_id=staff_id, unit_id=unit_id, role_id=role_id, start=start)
        session.add(made)
        session.flush()
        return made.id


def end_appointment(office: Office, assignment_id: int, end: date | None = None) -> None:
    """End a term on a day (default: yesterday, so that today nobody holds it); one begun later is taken out."""
    with office.unit("结束任职") as session:
        held = session.get_one(Assignment, assignment_id)
        person, unit = session.get_one(Staff, held.staff_id), session.get_one(GridUnit, held.unit_id)
        session.info["unit"].record.name = f"{person.name} 不再负责 {unit.name}"
        held.end = end or office.today() - timedelta(days=1)
        if held.start is not None and held.end < held.start:
            session.delete(held)
