"""The answer to "who was it on that day?": who was responsible for a unit, what a person was responsible for."""

from __future__ import annotations

import re
from datetime import date

from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import duty, networks
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.networks import Holder, Network, Role
from gridoffice.domain.staff import Staff
from gridoffice.domain.tree import Tree
from gridoffice.modules.grids.term_checks import said


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
