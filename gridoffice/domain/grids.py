"""The grid tree: units of any depth under levels whose names are data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import CTE, ColumnElement, Date, ForeignKey, Index, Integer, String, Text, and_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gridoffice.db.base import Record

TOWN, VILLAGE, GRID, MICRO = 1, 2, 3, 4
LEVELS = {TOWN: "乡镇", VILLAGE: "村（社区）", GRID: "网格", MICRO: "微网格"}
"""Ranks made for a new office; the titles are the office's to change (reference 2 and 3: four levels)."""


class GridLevel(Record):
    """A level of the tree; a smaller rank stands higher."""

    __tablename__ = "grid_level"

    rank: Mapped[int] = mapped_column(Integer, unique=True)
    title: Mapped[str] = mapped_column(String(20))


class GridUnit(Record):
    """Any unit of the tree. Counts are persons, households … as the office reports them; the code is no key.

    It stands from `start` (None: since ever) to `end` (None: still), both days counted; a unit that was merged or split
    away stays as an ended one, because patrols and closed cases of its time belong to it.
    """

    __tablename__ = "grid_unit"

    parent_id: Mapped[int | None] = mapped_column(ForeignKey("grid_unit.id"), index=True)
    level: Mapped[int] = mapped_column(Integer, index=True)  # GridLevel.rank
    name: Mapped[str] = mapped_column(String(60), index=True)
    code: Mapped[str | None] = mapped_column(String(30), unique=True)
    kind: Mapped[str] = mapped_column(String(10), default="base")  # base | special (市场、校园、厂区)
    sort: Mapped[int] = mapped_column(Integer, default=0)
    groups: Mapped[str] = mapped_column(String(100), default="")
    boundary: Mapped[str] = mapped_column(Text, default="")
    households: Mapped[int | None] = mapped_column(Integer)
    persons: Mapped[int | None] = mapped_column(Integer)
    party_members: Mapped[int | None] = mapped_column(Integer)
    organisations: Mapped[int | None] = mapped_column(Integer)
    phone: Mapped[str] = mapped_column(String(30), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    pinyin: Mapped[str] = mapped_column(String(120), default="", index=True)
    initials: Mapped[str] = mapped_column(String(40), default="", index=True)
    start: Mapped[date | None] = mapped_column(Date)
    end: Mapped[date | None] = mapped_column(Date, index=True)


class GridPast(Record):
    """What a unit was called and where it stood until a day (the last day it held), before it was changed."""

    __tablename__ = "grid_past"

    unit_id: Mapped[int] = mapped_column(ForeignKey("grid_unit.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("grid_unit.id"))
    level: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(60))
    code: Mapped[str | None] = mapped_column(String(30), index=True)
    until: Mapped[date] = mapped_column(Date, index=True)


class Relocation(Record):
    """Where a record (`owner` = table name, `owner_id`) stood until a day, when a grid was split or merged."""

    __tablename__ = "relocation"
    __table_args__ = (Index("ix_relocation_owner", "owner", "owner_id", "until"), {"sqlite_autoincrement": True})

    owner: Mapped[str] = mapped_column(String(60))
    owner_id: Mapped[int] = mapped_column(Integer)
    old_unit_id: Mapped[int] = mapped_column(ForeignKey("grid_unit.id"), index=True)
    new_unit_id: Mapped[int] = mapped_column(ForeignKey("grid_unit.id"), index=True)
    until: Mapped[date] = mapped_column(Date)


def standing(day: Any) -> ColumnElement[bool]:
    """Whether a unit stands on a day (a date or a bound parameter)."""
    begun = or_(GridUnit.start.is_(None), GridUnit.start <= day)
    return and_(begun, or_(GridUnit.end.is_(None), GridUnit.end >= day))


def current() -> ColumnElement[bool]:
    """Whether a unit still stands: what a picker, a paper or an import may offer."""
    return GridUnit.end.is_(None)


def subtree(unit_id: int) -> CTE:
    """A table expression with the ids of a unit and everything under it, the ended ones too: records are theirs."""
    top = select(GridUnit.id).where(GridUnit.id == unit_id).cte(recursive=True)
    return top.union_all(select(GridUnit.id).where(GridUnit.parent_id == top.c.id))


def line_above(unit_id: int) -> CTE:
    """A table expression with the ids of a unit and of everything above it."""
    wanted = select(GridUnit.id, GridUnit.parent_id)
    bottom = wanted.where(GridUnit.id == unit_id).cte(recursive=True)  # unnamed: two of them may stand in one question
    return bottom.union_all(wanted.where(GridUnit.id == bottom.c.parent_id))


def children(session: Session, unit_id: int | None) -> Sequence[GridUnit]:
    """The units that stand straight under one, in their order."""
    found = select(GridUnit).where(GridUnit.parent_id == unit_id, current())
    return session.scalars(found.order_by(GridUnit.sort, GridUnit.code, GridUnit.id)).all()


def ancestors(session: Session, unit: GridUnit) -> list[GridUnit]:
    """The units above one, the highest first."""
    line: list[GridUnit] = []
    while unit.parent_id is not None:
        unit = session.get_one(GridUnit, unit.parent_id)
        line.insert(0, unit)
    return line


def villages(session: Session) -> dict[int, str]:
    """The village's name for every standing unit that is one or lies under one, in the order of the tree."""
    units = session.execute(
        select(GridUnit.id, GridUnit.parent_id, GridUnit.level, GridUnit.name)
        .where(current())
        .order_by(GridUnit.level, GridUnit.sort, GridUnit.code, GridUnit.id)
    ).all()
    found: dict[int, str] = {}
    for unit_id, parent_id, level, name in units:
        if level == VILLAGE:
            found[unit_id] = name
        elif parent_id in found:
            found[unit_id] = found[parent_id]
    return found


def short_name(name: str, parent: str) -> str:
    """The name without its parent's: 石桥村第2网格 under 石桥村 -> 第2网格."""
    return name.removeprefix(parent) or name
