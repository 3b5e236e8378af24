"""The list of route sheets: for whom, for which day, how many doors, typed in or still out."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select

from gridoffice.core.calendar import week_of
from gridoffice.domain.grids import GridUnit, subtree
from gridoffice.domain.listing import Column, Condition, Listing, View, chosen
from gridoffice.domain.staff import Staff
from gridoffice.modules.patrols.model import RouteRow, RouteSheet

_DOORS = (
    select(func.count(RouteRow.id)).where(RouteRow.sheet_id == RouteSheet.id).correlate(RouteSheet).scalar_subquery()
)
_FILLED = (
    select(func.count(RouteRow.id))
    .where(RouteRow.sheet_id == RouteSheet.id, RouteRow.result != "")
    .correlate(RouteSheet)
    .scalar_subquery()
)


def _state(value: Any, _on: date) -> str:
    return f"done|{value.isoformat()} 录入" if value else "soon|还没有录入"


def _week(on: date) -> Condition:
    monday, sunday = week_of(on)
    return RouteSheet.for_day.between(monday, sunday)


ROUNDS = Listing(
    key="rounds",
    title="走访路线单",
    base=chosen(RouteSheet)
    .outerjoin(GridUnit, GridUnit.id == RouteSheet.unit_id)
    .outerjoin(Staff, Staff.id == RouteSheet.staff_id),
    id=RouteSheet.id,
    columns=(
        Column("number", "编号", RouteSheet.number, 110),
        Column("day", "走访日期", RouteSheet.for_day, 108, "date"),
        Column("worker", "网格员", Staff.name, 90),
        Column("unit", "网格", GridUnit.name, 160),
        Column("doors", "户数", _DOORS, 70, "number"),
        Column("filled", "已填", _FILLED, 70, "number"),
        Column("typed", "回单", RouteSheet.typed_on, 150, "state", show=_state),
    ),
    views=(
        View("out", "待录入", lambda _on: RouteSheet.typed_on.is_(None)),
        View("round_week", "本周走访", _week),
        View("typed", "已录入", lambda _on: RouteSheet.typed_on.is_not(None)),
        View("sheets", "全部路线单"),
    ),
    filters={
        "unit": lambda value: RouteSheet.unit_id.in_(select(subtree(value).c.id)),
        "staff": lambda value: RouteSheet.staff_id == value,
    },
    names=(RouteSheet.title, GridUnit.name),
    pinyin=(Staff.pinyin, Staff.initials),
    codes=(RouteSheet.number,),
    order=(RouteSheet.for_day.desc(), RouteSheet.number.desc()),
    main_view="sheets",
    tables=frozenset({"route_sheet", "route_row", "grid_unit", "staff"}),
    module="patrols",
)
