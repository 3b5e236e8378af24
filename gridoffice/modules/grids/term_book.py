"""The term book: all terms of a unit or a person in the order of time, and the answer to "who was it on that day?"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import duty, networks
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.networks import Assignment, Holder, Network, Role
from gridoffice.domain.staff import Staff
from gridoffice.domain.tree import Tree
from gridoffice.modules.grids.terms import said

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


# -- who was it on that day


def plain(title: str) -> str:
    """A role without its A or B: 网格员（A岗） -> 网格员."""
    return re.sub(r"（[AB]岗）$", "", title)


def since(holder: Holder) -> str:
    """张建国（2024年7月起）"""
    return f"{holder.name}（{holder.start.year}年{holder.start.month}月起）" if holder.start else holder.name


def who_was(office: Office, unit_id: int, day: date) -> list[str]:
    """Who was, is or will be responsible for a unit on a day: one sentence for each network that has somebody.

    The general network answers in any case.
    """
    with office.read() as session:
        unit = session.get(GridUnit, unit_id)
        if unit is None:
            raise OfficeError("这个网格已经不在了", do="请刷新后再试")
        if unit.start is not None and day < unit.start:
            return [f"{said(day)}还没有{unit.name}，它是{said(unit.start)}设立的"]
        if unit.end is not None and day > unit.end:
            return [f"{said(day)}已经没有{unit.name}，它到{said(unit.end)}为止"]
        name = Tree(session).all(day)[unit_id].name
        held = networks.holders(session, day, unit_ids=[unit_id])
        away = absent(session, day)
        answers = []
        for network in networks.used(session):
            mine = [one for one in held if one.network == network.key]
            if mine or network.key == networks.GENERAL:
                needed = [one for one in networks.roles(session, network.key, level=unit.level) if one.is_needed]
                answers.append(_answer(network, name, day, mine, needed, away))
    return answers


def _answer(
    network: Network, unit: str, day: date, held: list[Holder], needed: list[Role], away: dict[int, str]
) -> str:
    """2026年5月3日，石桥村第2网格的网格员是 张建国（2024年7月起），B岗 李秀兰"""
    parts: list[str] = []
    lead = f"{said(day)}，" if network.key == networks.GENERAL else f"{network.title}："
    for role in dict.fromkeys((one.role, one.role_title, one.is_stand_in) for one in held):
        names = "、".join(since(one) + away.get(one.staff_id, "") for one in held if one.role == role[0])
        bare = "、".join(one.name + away.get(one.staff_id, "") for one in held if one.role == role[0])
        if role[2] and parts:
            parts.append(f"B岗 {bare}")
        elif not parts:
            parts.append(f"{unit}的{'B岗' if role[2] else plain(role[1])}是 {names}")
        else:
            parts.append(f"{plain(role[1])} {names}")
    missing = [role for role in needed if role.key not in {one.role for one in held}]
    if not parts and missing:
        return f"{lead}{unit}没有{plain(missing[0].title)}"
    if not parts:
        return f"{lead}{unit}没有登记责任人"
    parts += [f"没有{'B岗' if role.is_stand_in else plain(role.title)}" for role in missing]
    return lead + "，".join(parts)


def absent(session: Session, day: date) -> dict[int, str]:
    """Who is on leave on a day, in words by staff id: 【请假至11月28日】."""
    found = {}
    for one in duty.absences(session, day, day):
        instead = f"，由{one.stand_in}代" if one.stand_in else ""
        found[one.staff_id] = f"【请假至{one.end.month}月{one.end.day}日{instead}】"
    return found


def what_had(office: Office, staff_id: int, day: date) -> list[str]:
    """What a person was, is or will be responsible for on a day."""
    with office.read() as session:
        person = session.get(Staff, staff_id)
        if person is None:
            raise OfficeError("这个人员已经不在了", do="请刷新后再试")
        held = networks.holders(session, day, staff_id=staff_id)
        away = absent(session, day).get(staff_id, "")
    if not held:
        return [f"{said(day)}，{person.name}{away}没有负责的网格"]
    places = "；".join(f"{one.unit} {one.role_title}" for one in held)
    return [f"{said(day)}，{person.name}{away}负责：{places}"]
