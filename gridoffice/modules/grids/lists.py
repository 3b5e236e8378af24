"""The list of grids and of all units, with who is responsible today."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import aliased

from gridoffice.domain.grids import GRID, GridLevel, GridPast, GridUnit, Relocation, standing, subtree
from gridoffice.domain.listing import ON, Column, Listing, View, chosen
from gridoffice.domain.networks import CHIEF, HEAD, STAND_IN, WORKER, Assignment, Role, in_force
from gridoffice.domain.staff import Staff
from gridoffice.domain.tree import UNIT, formerly, name_on

Heir = aliased(GridUnit, name="heir")
Village = aliased(GridUnit, name="village")
Below = aliased(GridUnit, name="below")


def _held(key: str) -> Any:
    """Assignments of a role at the row's unit that have not ended."""
    return (
        select(Assignment.id)
        .join(Role, Role.id == Assignment.role_id)
        .where(Assignment.unit_id == GridUnit.id, Role.key == key)
        .where(in_force(ON))
        .correlate(GridUnit)
    )


def _holder(key: str, what: Any) -> ColumnElement[str]:
    """A holder's name or phone of a role at the row's unit."""
    found = (
        select(func.min(what))
        .select_from(Assignment)
        .join(Role, Role.id == Assignment.role_id)
        .join(Staff, Staff.id == Assignment.staff_id)
        .where(Assignment.unit_id == GridUnit.id, Role.key == key)
        .where(in_force(ON))
        .correlate(GridUnit)
    )
    return found.scalar_subquery()


def _holders(what: Any) -> list[ColumnElement[str]]:
    """Who is first responsible: the grid worker of a grid, the head of a village, the chief of the township."""
    return [_holder(key, what) for key in (WORKER, HEAD, CHIEF)]


def _figure(name: str) -> Any:
    """A reported figure; where a village reports none, the sum of its grids."""
    own, below = getattr(GridUnit, name), getattr(Below, name)
    inside = select(func.sum(below)).where(Below.parent_id == GridUnit.id, Below.end.is_(None)).correlate(GridUnit)
    return func.coalesce(own, inside.scalar_subquery())


def _lacks(key: str, on: date) -> Any:
    return standing(on) & (GridUnit.level == GRID) & ~exists(_held(key))


def _has_ended(on: date) -> ColumnElement[bool]:
    return GridUnit.end < on


def _went_to() -> Any:
    """The names of what stands today where an ended unit stood."""
    found = (
        select(func.aggregate_strings(Heir.name, "、"))
        .select_from(Relocation)
        .join(Heir, Heir.id == Relocation.new_unit_id)
        .where(Relocation.owner == UNIT, Relocation.owner_id == GridUnit.id, Heir.end.is_(None))
        .where(GridUnit.end.is_not(None))
        .correlate(GridUnit)
    )
    return case((GridUnit.end.is_not(None), func.coalesce(found.scalar_subquery(), "")))


def _state(value: Any, _on: date) -> str:
    if value is None:
        return "done|在用"
    return f"quiet|已撤并 → {value}" if value else "quiet|已撤并"


def _gap(value: Any, _on: date) -> str:
    return str(value) if value else "缺"


GRIDS = Listing(
    key="grids",
    title="网格",
    base=chosen(GridUnit)
    .outerjoin(Village, Village.id == name_on(ON, "parent_id"))
    .outerjoin(GridLevel, GridLevel.rank == GridUnit.level),
    id=GridUnit.id,
    columns=(
        Column("village", "上级", Village.name, 90),
        Column("name", "名称", name_on(ON, "name"), 150),
        Column("level", "层级", GridLevel.title, 86),
        Column("code", "编码", name_on(ON, "code"), 140),
        Column("worker", "责任人", func.coalesce(*_holders(Staff.name)), 80, show=_gap),
        Column("phone", "电话", func.coalesce(*_holders(Staff.phone)), 116, "phone"),
        Column("stand_in", "B岗", _holder(STAND_IN, Staff.name), 80),
        Column("households", "户数", _figure("households"), 64, "number"),
        Column("persons", "人口", _figure("persons"), 64, "number"),
        Column("party_members", "党员", _figure("party_members"), 60, "number"),
        Column("organisations", "驻区单位", _figure("organisations"), 80, "number"),
        Column("was", "曾用编码", formerly(GridPast.code), 120),
        Column("state", "状态", _went_to(), 150, "state", show=_state),
    ),
    views=(
        View("grids", "网格", lambda on: standing(on) & (GridUnit.level >= GRID)),
        View("no_worker", "缺A岗", lambda on: _lacks(WORKER, on)),
        View("no_stand_in", "缺B岗", lambda on: _lacks(STAND_IN, on)),
        View("above", "村和乡镇", lambda on: standing(on) & (GridUnit.level < GRID)),
        View("ended", "已撤并", _has_ended),
        View("", "全部", standing),
    ),
    filters={
        "unit": lambda value: GridUnit.id.in_(select(subtree(value).c.id)),
        "parent": lambda value: name_on(ON, "parent_id") == value,
    },
    names=(GridUnit.name, GridUnit.boundary, GridUnit.groups, formerly(GridPast.name)),
    pinyin=(GridUnit.pinyin, GridUnit.initials),
    codes=(GridUnit.code, formerly(GridPast.code)),
    order=(Village.sort, Village.id, GridUnit.sort, GridUnit.code),
    main_view="grids",
    tables=frozenset({"grid_unit", "grid_past", "assignment", "staff", "grid_level"}),
    module="grids",
    is_dated=True,
)
