"""Rules of 查漏补缺 as declarations: each asks in one question what is missing and says what mends it; roles, units."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, and_, case, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from gridoffice.domain import grid_size
from gridoffice.domain.grids import GRID, VILLAGE, GridLevel, GridUnit, standing, subtree
from gridoffice.domain.listing import ON
from gridoffice.domain.networks import Assignment, Network, Role, in_force

Rows = Select[*tuple[Any, ...]]

PEOPLE, TREE, LEDGER, DOUBLES = "people", "tree", "ledger", "doubles"
SECTIONS = {PEOPLE: "责任人", TREE: "网格", LEDGER: "户和居民", DOUBLES: "重复"}


@dataclass(frozen=True)
class Ask:
    """What a rule is asked for: the day, the unit whose subtree counts (None: all), the office's standards."""

    day: date
    scope: int | None
    size: grid_size.Preset
    most: int

    def inside(self, unit: Any) -> Any:
        """Whether a column with a unit's id lies in the scope."""
        return unit.in_(select(subtree(self.scope).c.id)) if self.scope is not None else unit.is_not(None)


@dataclass(frozen=True)
class Fix:
    """What opens, with the ids it needs.

    `kind`: appoint, stand_in (at a unit), unit (its editor), move, tree, book (of a unit), person_book, edit_staff,
    staff, resident, household.
    """

    kind: str
    unit_id: int | None = None
    staff_id: int | None = None
    role_id: int | None = None
    network: str = ""
    record: int | None = None


@dataclass(frozen=True)
class Found:
    """A finding: where, what is wrong, more of it, and what opens to mend it."""

    where: str
    what: str
    more: str
    fix: Fix


@dataclass(frozen=True)
class Rule:
    """A declared rule. `query` gives rows, `tell` words and the fix of one; `tone` late (wrong) or soon (worth a look).

    `is_quick`: cheap enough to be counted after every step, for 今日. `mend` says what opening a row does.
    """

    key: str
    section: str
    title: str
    why: str
    tone: str
    mend: str
    query: Callable[[Session, Ask], Rows]
    tell: Callable[[Any, Ask], Found]
    is_quick: bool = True

    def count(self, session: Session, ask: Ask) -> int:
        """How many findings."""
        rows = self.query(session, ask).order_by(None).subquery()
        return session.scalar(select(func.count()).select_from(rows), {"on": ask.day}) or 0

    def found(self, session: Session, ask: Ask, most: int) -> list[Found]:
        """The first findings."""
        rows = session.execute(self.query(session, ask).limit(most), {"on": ask.day})
        return [self.tell(row, ask) for row in rows]


Above = aliased(GridUnit, name="gap_above")


def named(unit: Any, above: Any) -> str:
    """A grid with its village where the name does not say it."""
    return unit if not above or unit.startswith(above) else f"{above} {unit}"


# -- responsible persons


def _missing(*which: Any) -> Callable[[Session, Ask], Rows]:
    """Units and needed roles nobody holds on the day, in every network in use."""

    def query(_session: Session, ask: Ask) -> Rows:
        village = case((GridUnit.level > VILLAGE, Above.name), else_="")
        held = select(Assignment.id).where(
            Assignment.unit_id == GridUnit.id, Assignment.role_id == Role.id, in_force(ON)
        )
        return (
            select(GridUnit.id, GridUnit.name, village, Role.id, Role.title, Network.key, Network.title)
            .select_from(GridUnit)
            .join(Role, and_(Role.level == GridUnit.level, Role.is_needed))
            .join(Network, Network.id == Role.network_id)
            .outerjoin(Above, Above.id == GridUnit.parent_id)
            .where(Network.is_used, standing(ON), ask.inside(GridUnit.id), ~held.exists(), *which)
            .order_by(Network.rank, GridUnit.level, Above.sort, Above.id, GridUnit.sort, GridUnit.id, Role.rank)
        )

    return query


def _tell_missing(row: Any, _ask: Ask) -> Found:
    unit, name, above, role, title, network, network_title = row
    return Found(named(name, above), f"没有{title}", network_title, Fix("appoint", unit, role_id=role, network=network))


MISSING = (
    Rule("no_a", PEOPLE, "缺A岗", "网格里必须有的责任人没有人担任", "late", "指定责任人",
         _missing(GridUnit.level >= GRID, ~Role.is_stand_in), _tell_missing),
    Rule("no_b", PEOPLE, "缺B岗", "A岗请假、外出时没有人顶上", "soon", "指定B岗",
         _missing(GridUnit.level >= GRID, Role.is_stand_in), _tell_missing),
    Rule("no_head", PEOPLE, "村和乡镇缺责任人", "村、乡镇这一层必须有的责任人没有人担任", "late", "指定责任人",
         _missing(GridUnit.level < GRID), _tell_missing),
)  # fmt: skip


# -- the tree

Twin = aliased(GridUnit, name="gap_twin")
Below = aliased(GridUnit, name="gap_below")


def _units(*which: Any) -> Rows:
    base = select(GridUnit.id, GridUnit.name, Above.name, GridUnit.code, GridUnit.households, GridUnit.persons)
    base = base.select_from(GridUnit).outerjoin(Above, Above.id == GridUnit.parent_id)
    return base.where(standing(ON), *which).order_by(Above.sort, Above.id, GridUnit.sort, GridUnit.id)


def _outside(column: Any, bounds: tuple[int | None, int | None]) -> Any:
    """Whether a figure that is reported lies outside bounds."""
    low, high = bounds
    parts = [column < low] if low is not None else []
    parts += [column > high] if high is not None else []
    return parts


def _size(_session: Session, ask: Ask) -> Rows:
    wrong = [*_outside(GridUnit.households, ask.size.households), *_outside(GridUnit.persons, ask.size.persons)]
    return _units(GridUnit.level == GRID, ask.inside(GridUnit.id), or_(false(), *wrong))


def _tell_size(row: Any, ask: Ask) -> Found:
    unit, name, above, _code, households, persons = row
    told = []
    for figure, (low, high), word in ((households, ask.size.households, "户"), (persons, ask.size.persons, "人")):
        if figure is not None and low is not None and figure < low:
            told.append(f"{figure} {word}，少于 {low}")
        elif figure is not None and high is not None and figure > high:
            told.append(f"{figure} {word}，多于 {high}")
    return Found(named(name, above), "；".join(told), ask.size.title, Fix("unit", unit))


def _tell_unit(what: str) -> Callable[[Any, Ask], Found]:
    return lambda row, _ask: Found(
        named(row[1], row[2]), what.format(code=row[3] or ""), row[3] or "", Fix("unit", row[0])
    )


def _no_code(_session: Session, ask: Ask) -> Rows:
    return _units(GridUnit.level >= VILLAGE, ask.inside(GridUnit.id), func.coalesce(GridUnit.code, "") == "")


def _wrong_code(_session: Session, ask: Ask) -> Rows:
    begins = func.substr(GridUnit.code, 1, func.length(Above.code)) == Above.code
    has = and_(GridUnit.code.is_not(None), Above.code.is_not(None), GridUnit.code != "", Above.code != "")
    return _units(GridUnit.level > VILLAGE, ask.inside(GridUnit.id), has, ~begins)


def _same_name(_session: Session, ask: Ask) -> Rows:
    twin = select(Twin.id).where(
        Twin.parent_id == GridUnit.parent_id, Twin.name == GridUnit.name, Twin.id != GridUnit.id, Twin.end.is_(None)
    )
    return _units(ask.inside(GridUnit.id), twin.exists())


def _no_grids(_session: Session, ask: Ask) -> Rows:
    below = select(Below.id).where(Below.parent_id == GridUnit.id, Below.end.is_(None))
    return _units(GridUnit.level == VILLAGE, ask.inside(GridUnit.id), ~below.exists())


def _no_level(_session: Session, ask: Ask) -> Rows:
    known = select(GridLevel.rank)
    stray = and_(GridUnit.level >= GRID, or_(GridUnit.parent_id.is_(None), Above.level != GridUnit.level - 1))
    return _units(ask.inside(GridUnit.id), or_(GridUnit.level.not_in(known), stray))


def _tell_level(row: Any, _ask: Ask) -> Found:
    unit, name, above, *_rest = row
    what = f"放在“{above}”下面，中间少了一层" if above else "没有放在任何村（社区）下面"
    return Found(name, what, "网格应当归属到一个村或社区", Fix("move", unit))


UNITS = (
    Rule("size", TREE, "规模不合适", "户数、人口超出办公室选定的标准（设置 → 网格标准）", "soon", "修改网格",
         _size, _tell_size),
    Rule("no_code", TREE, "没有编码", "村代码 12 位，网格再加两位序号", "soon", "修改网格", _no_code,
         _tell_unit("没有编码")),
    Rule("wrong_code", TREE, "编码与所属村不符", "网格编码应当以所属村的编码开头", "late", "修改网格", _wrong_code,
         lambda row, _ask: Found(named(row[1], row[2]), f"编码 {row[3]} 不是以“{row[2]}”的编码开头", "",
                                 Fix("unit", row[0]))),
    Rule("same_name", TREE, "同一个村里重名", "同一个村里两个网格同名，登记时分不清", "late", "修改网格", _same_name,
         _tell_unit("同级里有同名的")),
    Rule("no_grids", TREE, "村里没有网格", "村（社区）下面还没有划分网格", "soon", "打开这个村", _no_grids,
         lambda row, _ask: Found(row[1], "下面没有网格", row[2] or "", Fix("tree", row[0]))),
    Rule("no_level", TREE, "未指定层级", "层级不明，或没有放在上一层下面", "late", "移动", _no_level, _tell_level),
)  # fmt: skip
