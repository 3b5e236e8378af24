"""The list of patrols as screen, command line, print and export show it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, cast, func, select

from gridoffice.core.calendar import week_of
from gridoffice.domain.grids import GridUnit, subtree
from gridoffice.domain.listing import Column, Listing, View, chosen
from gridoffice.domain.staff import Staff
from gridoffice.modules.patrols.model import Patrol


def _clock(column: Any) -> ColumnElement[str]:
    """HH:MM of a time column on every database."""
    return func.substr(cast(column, String), 1, 5)


def _week(on: date) -> ColumnElement[bool]:
    monday, sunday = week_of(on)
    return Patrol.day.between(monday, sunday)


def _month(on: date) -> ColumnElement[bool]:
    first = on.replace(day=1)
    return (Patrol.day >= first) & (Patrol.day < (first + timedelta(days=32)).replace(day=1))


PATROLS = Listing(
    key="patrols",
    title="巡查记录",
    base=chosen(Patrol)
    .outerjoin(GridUnit, GridUnit.id == Patrol.unit_id)
    .outerjoin(Staff, Staff.id == Patrol.staff_id),
    id=Patrol.id,
    columns=(
        Column("day", "日期", Patrol.day, 104, "date"),
        Column("time", "时间", _clock(Patrol.start) + "-" + _clock(Patrol.end), 110),
        Column("unit", "网格", GridUnit.name, 150),
        Column("worker", "网格员", Staff.name, 84),
        Column("kind", "类型", Patrol.kind, 88),
        Column("households", "走访户数", Patrol.households, 80, "number"),
        Column(
            "problems",
            "发现问题",
            Patrol.problems,
            92,
            "state",
            show=lambda value, _on: f"soon|{value} 个" if value else "quiet|无",
        ),
        Column("text", "情况", Patrol.text, 300),
    ),
    views=(
        View("", "全部"),
        View("today", "今天", lambda on: Patrol.day == on),
        View("week", "本周", _week),
        View("problems", "有问题", lambda _on: Patrol.problems > 0),
        View("month", "本月", _month),
    ),
    filters={
        "unit": lambda value: Patrol.unit_id.in_(select(subtree(value).c.id)),
        "staff": lambda value: Patrol.staff_id == value,
        "kind": lambda value: Patrol.kind == value,
        "from": lambda value: Patrol.day >= value,
        "to": lambda value: Patrol.day <= value,
    },
    names=(GridUnit.name, Staff.name, Patrol.text),
    pinyin=(Staff.pinyin, Staff.initials, GridUnit.pinyin, GridUnit.initials),
    tails=(Staff.phone_tail,),
    order=(Patrol.day.desc(), Patrol.start.desc()),
    tables=frozenset({"patrol", "grid_unit", "staff"}),
    module="patrols",
)
