"""What can be done with the grid tree: make, change, move, delete units."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.module import Count
from gridoffice.core.text import narrow, pinyin
from gridoffice.db.office import Office
from gridoffice.domain.belongings import always, belongings
from gridoffice.domain.grids import TOWN, GridLevel, GridPast, GridUnit, current
from gridoffice.domain.listing import Query
from gridoffice.domain.maps import forget_units
from gridoffice.domain.networks import Assignment
from gridoffice.domain.tree import keep_past
from gridoffice.modules.grids import gaps
from gridoffice.modules.grids.card import TreeNode, UnitCard, card, photos, tree
from gridoffice.modules.grids.codes import propose
from gridoffice.modules.grids.contents import Content, contents, contents_in
from gridoffice.modules.grids.lists import GRIDS
from gridoffice.modules.grids.placing import move, shift, step
from gridoffice.modules.grids.terms import appoint, end_appointment, people, roles

__all__ = [
    "LISTINGS", "Content", "TreeNode", "UnitCard", "appoint", "card", "contents", "counts", "end_appointment", "move",
    "people", "photos", "roles", "shift", "step", "tree",
]  # fmt: skip

LISTINGS = (GRIDS,)
FIELDS = (
    "name", "code", "kind", "sort", "groups", "boundary", "households", "persons", "party_members", "organisations",
    "phone", "note",
)  # fmt: skip


def counts(office: Office, on: date) -> list[Count]:
    """Grids without A or B worker; everything that is missing or wrong, whose quick rules are counted here."""
    lacking = (("no_worker", "缺A岗网格", "late"), ("no_stand_in", "缺B岗网格", "soon"))
    found = [
        Count(f"grids-{view}", title, GRIDS.count(office, Query(on=on, view=view)), tone, "grids", view)
        for view, title, tone in lacking
    ]
    # Soon, not late: what is late in it is counted by its own number already.
    return [*found, Count("grids-gaps", "查漏补缺", gaps.pressing(office), "soon", "grids", "gaps")]


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
    namesake = (GridUnit.name == name) & (GridUnit.parent_id == parent_id) & (GridUnit.id != (own or 0)) & current()
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
        if parent is not None and parent.end is not None:
            raise OfficeError(f"“{parent.name}”已经撤并，下面不能再建", safe="没有写入任何内容", do="请选现在的上级")
        level = parent.level + 1 if parent else TOWN
        if level > (session.scalar(select(func.max(GridLevel.rank))) or TOWN):
            raise OfficeError("这是最低一层，下面不能再分", do="可以在 设置 → 层级名称 里增加层级")
        start: date | None = values.get("start")
        if start is not None and start > office.today():
            raise OfficeError(f"设立日期 {start.isoformat()} 还没有到", safe="没有保存", do="请到那天再建，或填今天")
        unit = GridUnit(parent_id=parent_id, level=level, name="", start=start)
        _fill(unit, values)
        session.add(unit)
        session.flush()
        return unit.id


def update(office: Office, unit_id: int, values: Mapping[str, Any], version: int | None = None) -> None:
    """Change a unit; `version` is the one that was edited. What it was called until yesterday is kept.

    Raises OfficeError.
    """
    with office.unit(f"修改网格：{values.get('name') or get(office, unit_id).name}") as session:
        unit = session.get_one(GridUnit, unit_id)
        refuse_ended(unit)
        _check(session, {"name": unit.name, **values}, unit_id, unit.parent_id)
        if version is not None and unit.version != version:
            raise OfficeError(f"“{unit.name}”刚被别处改过", safe="您的修改还没有写入", do="请关闭后重新打开，再改一次")
        name = str(values.get("name", unit.name)).strip()
        if name != unit.name or (narrow(values.get("code", unit.code) or "") or None) != unit.code:
            keep_past(session, unit, office.today())
        _fill(unit, values)


def refuse_ended(unit: GridUnit) -> None:
    """Raise OfficeError for a unit that was merged or split away."""
    if unit.end is not None:
        raise OfficeError(
            f"“{unit.name}”到 {unit.end.isoformat()} 已经撤并，不能再改", safe="没有改动", do="请改现在的网格"
        )


def delete(office: Office, unit_id: int) -> str:
    """Delete a unit nobody and nothing stands in; its name. Raises OfficeError saying what still stands in it."""
    unit = get(office, unit_id)
    with office.unit(f"删除网格：{unit.name}") as session:
        found = contents_in(session, unit_id, office.today())
        if found:
            said = "、".join(f"{one.number} {one.said}" for one in found)
            raise OfficeError(
                f"“{unit.name}”里还有{said}", safe="没有删除", do="请用“合并到…”把它们并入别的网格，或先移走它们"
            )
        for record in (Assignment, GridPast):
            for row in session.scalars(select(record).where(record.unit_id == unit_id)):
                session.delete(row)
        forget_units(session, [unit_id])
        session.flush()
        session.delete(session.get_one(GridUnit, unit_id))
    return unit.name


def usual_start(office: Office, parent_id: int) -> date | None:
    """From when a new unit usually stands: today where its siblings have work already, else since ever.

    An office that enters its tree on the first day does not found its grids on that day.
    """
    with office.read() as session:
        ids = list(session.scalars(select(GridUnit.id).where(GridUnit.parent_id == parent_id)))
        used = any(one.count(session, ids, office.today(), always) for one in belongings()) if ids else False
    return office.today() if used else None


def next_code(office: Office, parent_id: int, kind: str = "base", others: Collection[str] = ()) -> str:
    """The code proposed for a new unit under another: its code and the next free number (reference 8.2).

    `others` are codes about to be given to further new units.
    """
    with office.read() as session:
        parent = session.get(GridUnit, parent_id)
        return propose(session, parent, [kind], more=others)[0] if parent is not None else ""
