"""Terms: who is appointed to which role at a unit, from when to when; corrected, ended, taken out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import choices, networks
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.networks import Assignment, Network, Role
from gridoffice.domain.staff import Staff
from gridoffice.modules.grids.term_checks import (
    DAY,
    NOTHING,
    REMOVE,
    TermClash,
    Wish,
    check,
    levels_of,
    others,
    said,
    span,
)


def roles(office: Office, level: int, first: str = networks.GENERAL) -> list[tuple[int, str]]:
    """The roles of all networks in use that can be held at a level, one network's first: id and title.

    With several networks in use each title says its network.
    """
    with office.read() as session:
        wanted = (
            select(Role.id, Role.title, Network.title, Network.key)
            .join(Network, Network.id == Role.network_id)
            .where(Role.level.in_(levels_of(level)), Network.is_used)
            .order_by(Network.rank, Network.id, Role.rank, Role.id)
        )
        found = session.execute(wanted).all()
    found = sorted(found, key=lambda row: row[3] != first)
    several = len({row[3] for row in found}) > 1
    return [(row[0], f"{row[2]} · {row[1]}" if several else row[1]) for row in found]


def people(office: Office) -> list[tuple[int, str]]:
    """Who can be appointed: id, and name with where the person belongs."""
    with office.read() as session:
        return [(choice.id, f"{choice.text}（{choice.detail}）") for choice in choices.staff(session)]


def _succeed(session: Session, wish: Wish) -> str:
    """End everyone else's term of a single role the day before the wish begins; says whose."""
    if not wish.role.is_single or wish.start is None:
        return ""
    names = []
    for held, who in others(session, wish):
        if who.id != wish.staff.id and (held.start is None or held.start < wish.start):
            held.end = wish.start - DAY
            names.append(who.name)
    session.flush()
    return f"，接替{'、'.join(names)}" if names else ""


def appoint(
    office: Office, unit_id: int, staff_id: int, role_id: int, start: date | None, end: date | None = None, *,
    succeed: bool = False,
) -> int:  # fmt: skip
    """Give a person a role at a unit from a day (default: today) to a day (None: still); the term's id.

    `succeed`: whoever holds the role, when only one may, ends the day before. Raises TermClash.
    """
    with office.unit("任职") as session:
        unit, person = session.get_one(GridUnit, unit_id), session.get_one(Staff, staff_id)
        wish = Wish(person, session.get_one(Role, role_id), unit, start or office.today(), end)
        instead = _succeed(session, wish) if succeed else ""
        check(session, wish)
        session.info["unit"].record.name = f"{person.name} 任 {unit.name} {wish.role.title}{instead}"
        made = Assignment(staff_id=staff_id, unit_id=unit_id, role_id=role_id, start=wish.start, end=end)
        session.add(made)
        session.flush()
        return made.id


def correct(
    office: Office, assignment_id: int, values: Mapping[str, Any], version: int | None = None, *, succeed: bool = False
) -> None:
    """Correct a term's person (`staff`), role (`role`), first day (`start`) or last day (`end`). Raises TermClash."""
    with office.unit("更正任期") as session:
        held = session.get(Assignment, assignment_id)
        if held is None:
            raise OfficeError("这段任期已经不在了", safe=NOTHING, do="请刷新后再试")
        if version is not None and held.version != version:
            raise OfficeError("这段任期刚被别处改过", safe="您的修改还没有写入", do="请关闭后重新打开，再改一次")
        before = span(held.start, held.end)
        wish = Wish(
            session.get_one(Staff, values.get("staff") or held.staff_id),
            session.get_one(Role, values.get("role") or held.role_id),
            session.get_one(GridUnit, held.unit_id),
            values.get("start", held.start),
            values.get("end", held.end),
            held.id,
            values.get("role") in (None, held.role_id),
        )
        instead = _succeed(session, wish) if succeed else ""
        check(session, wish)
        after = span(wish.start, wish.end)
        changed = f"{before} 改为 {after}" if before != after else after
        session.info["unit"].record.name = f"更正任期：{wish.staff.name} {wish.post}，{changed}{instead}"
        held.staff_id, held.role_id, held.start, held.end = wish.staff.id, wish.role.id, wish.start, wish.end


def end_appointment(office: Office, assignment_id: int, end: date | None = None) -> None:
    """End a term on its last day (default: yesterday, so that today nobody holds it).

    Without a day a term begun later is taken out; a day before the first raises TermClash.
    """
    with office.unit("结束任职") as session:
        held = session.get_one(Assignment, assignment_id)
        person, unit = session.get_one(Staff, held.staff_id), session.get_one(GridUnit, held.unit_id)
        session.info["unit"].record.name = f"{person.name} 不再负责 {unit.name}"
        last = end or office.today() - DAY
        if held.start is not None and last < held.start:
            if end is not None:
                raise TermClash(
                    f"任期从{said(held.start)}开始，不能在{said(last)}结束",
                    do="如果这段任期登记错了，可以删掉它",
                    step=REMOVE,
                    words="删掉这段任期",
                )
            session.delete(held)
        elif held.end is None or held.end != last:
            held.end = last


def remove(office: Office, assignment_id: int) -> str:
    """Take out a term that was entered by mistake; says whose. Undo brings it back."""
    with office.unit("删除任期") as session:
        held = session.get_one(Assignment, assignment_id)
        person, unit = session.get_one(Staff, held.staff_id), session.get_one(GridUnit, held.unit_id)
        role = session.get_one(Role, held.role_id)
        told = f"{person.name} {unit.name} {role.title}（{span(held.start, held.end)}）"
        session.info["unit"].record.name = f"删除任期：{told}"
        session.delete(held)
    return told
