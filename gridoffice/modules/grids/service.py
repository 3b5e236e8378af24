"""What can be done with the grid tree: make, change, move, delete units; appoint people and end appointments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.module import Count
from gridoffice.core.text import narrow, pinyin
from gridoffice.db.office import Office
from gridoffice.domain import choices
from gridoffice.domain.grids import GRID, MICRO, TOWN, GridLevel, GridUnit, subtree
from gridoffice.domain.listing import Query
from gridoffice.domain.networks import Assignment, Network, Role
from gridoffice.domain.people import Household, Resident
from gridoffice.domain.premises import Premises
from gridoffice.domain.staff import Staff
from gridoffice.modules.grids.card import TreeNode, UnitCard, card, photos, tree
from gridoffice.modules.grids.lists import GRIDS

__all__ = ["LISTINGS", "TreeNode", "UnitCard", "card", "counts", "photos", "tree"]

LISTINGS = (GRIDS,)
FIELDS = (
    "name", "code", "kind", "sort", "groups", "boundary", "households", "persons", "party_members", "organisations",
    "phone", "note",
)  # fmt: skip


def counts(office: Office, on: date) -> list[Count]:
    """Grids without A or B worker."""
    lacking = (("no_worker", "缺A岗网格", "late"), ("no_stand_in", "缺B岗网格", "soon"))
    return [
        Count(f"grids-{view}", title, GRIDS.count(office, Query(on=on, view=view)), tone, "grids", view)
        for view, title, tone in lacking
    ]


def levels(office: Office) -> list[tuple[int, str]]:
    """Ranks and titles of the levels, the highest first."""
    with office.read() as session:
        return [(level.rank, level.title) for level in session.scalars(select(GridLevel).order_by(GridLevel.rank))]


def get(office: Office, unit_id: int) -> GridUnit:
    """A unit, detached."""
    with office.read() as session:
        unit = session.get(GridUnit, unit_id)
    if unit is None:
        raise OfficeError("这个网格已经不在了", do="请刷新后再试")
    return unit


def _check(session: Session, values: Mapping[str, Any], own: int | None, parent_id: int | None) -> None:
    name = str(values.get("name") or "").strip()
    if not name:
        raise OfficeError("网格名称还没有填", safe="没有保存")
    namesake = (GridUnit.name == name) & (GridUnit.parent_id == parent_id) & (GridUnit.id != (own or 0))
    if session.scalars(select(GridUnit.id).where(namesake)).first() is not None:
        raise OfficeError(f"这里已经有“{name}”了", safe="没有保存", do="请换一个名称，或打开已有的那个")
    code = narrow(str(values.get("code") or ""))
    if code:
        other = session.scalars(select(GridUnit).where(GridUnit.code == code, GridUnit.id != (own or 0))).first()
        if other is not None:
            raise OfficeError(f"编码 {code} 已经是“{other.name}”的", safe="没有保存", do="请换一个编码")
    for key in ("households", "persons", "party_members", "organisations"):
        if (values.get(key) or 0) < 0:
            raise OfficeError("户数、人口、党员、单位数不能是负数", safe="没有保存")


def _fill(unit: GridUnit, values: Mapping[str, Any]) -> None:
    for key in FIELDS:
        if key in values:
            setattr(unit, key, values[key])
    unit.name = unit.name.strip()
    unit.code = narrow(unit.code or "") or None
    unit.sort = unit.sort or 0
    unit.pinyin, unit.initials = pinyin(unit.name)


def create(office: Office, parent_id: int | None, values: Mapping[str, Any]) -> int:
    """Make a unit one level under another (or a township when there is none); its id. Raises OfficeError."""
    with office.unit(f"新建网格：{str(values.get('name') or '').strip()}") as session:
        _check(session, values, None, parent_id)
        parent = session.get(GridUnit, parent_id) if parent_id else None
        level = parent.level + 1 if parent else TOWN
        if level > MICRO and session.scalar(select(func.max(GridLevel.rank))) == parent.level:  # type: ignore[union-attr]
            raise OfficeError("这是最低一层，下面不能再分", do="可以在 设置 里增加层级")
        unit = GridUnit(parent_id=parent_id, level=level, name="")
        _fill(unit, values)
        session.add(unit)
        session.flush()
        return unit.id


def update(office: Office, unit_id: int, values: Mapping[str, Any], version: int | None = None) -> None:
    """Change a unit; `version` is the one that was edited. Raises OfficeError."""
    with office.unit(f"修改网格：{values.get('name') or get(office, unit_id).name}") as session:
        unit = session.get_one(GridUnit, unit_id)
        _check(session, {"name": unit.name, **values}, unit_id, unit.parent_id)
        if version is not None and unit.version != version:
            raise OfficeError(f"“{unit.name}”刚被别处改过", safe="您的修改还没有写入", do="请关闭后重新打开，再改一次")
        _fill(unit, values)


def move(office: Office, unit_id: int, parent_id: int) -> None:
    """Put a unit with everything under it below another one of the level above. Raises OfficeError."""
    with office.unit(f"移动网格：{get(office, unit_id).name}") as session:
        unit, parent = session.get_one(GridUnit, unit_id), session.get_one(GridUnit, parent_id)
        if parent.level != unit.level - 1 or parent_id in set(session.scalars(select(subtree(unit_id).c.id))):
            raise OfficeError(f"“{unit.name}”不能放到“{parent.name}”下面", safe="没有移动", do="请选上一层的单位")
        unit.parent_id = parent_id


def delete(office: Office, unit_id: int) -> str:
    """Delete a unit nobody and nothing stands in; its name. Raises OfficeError saying what still stands in it."""
    unit = get(office, unit_id)
    with office.unit(f"删除网格：{unit.name}") as session:
        standing = {
            "个下级网格": select(func.count(GridUnit.id)).where(GridUnit.parent_id == unit_id),
            "户": select(func.count(Household.id)).where(Household.unit_id == unit_id),
            "名居民": select(func.count(Resident.id)).where(Resident.unit_id == unit_id),
            "个场所": select(func.count(Premises.id)).where(Premises.unit_id == unit_id),
        }
        found = [f"{number} {word}" for word, wanted in standing.items() if (number := session.scalar(wanted))]
        if found:
            raise OfficeError(f"“{unit.name}”里还有{'、'.join(found)}", safe="没有删除", do="请先移走它们，再删除网格")
        for assignment in session.scalars(select(Assignment).where(Assignment.unit_id == unit_id)):
            session.delete(assignment)
        session.delete(session.get_one(GridUnit, unit_id))
    return unit.name


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


def next_code(office: Office, parent_id: int) -> str:
    """The code proposed for a new grid under a village: its code and the next two-figure number (reference 8.2)."""
    with office.read() as session:
        parent = session.get(GridUnit, parent_id)
        if parent is None or parent.level + 1 < GRID:
            return ""
        known = session.scalars(select(GridUnit.code).where(GridUnit.parent_id == parent_id)).all()
    codes = [code for code in known if code and code[-2:].isdigit()]
    if not codes:
        return f"{parent.code}01" if parent.code else ""
    last = max(codes)
    return f"{last[:-2]}{int(last[-2:]) + 1:02d}"
