"""The list of leaves."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, cast, func, literal, select
from sqlalchemy import String as Text
from sqlalchemy.orm import aliased

from gridoffice.core.calendar import week_of
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.listing import ON, Column, Listing, View, chosen
from gridoffice.domain.roster import ROSTER
from gridoffice.domain.staff import Leave, Staff, away

Deputy = aliased(Staff, name="deputy")


def _when(value: Any, on: date) -> str:
    start, _, end = str(value).partition("|")
    if date.fromisoformat(end) < on:
        return "quiet|已结束"
    first = date.fromisoformat(start)
    return "soon|正在休" if first <= on else f"plain|{(first - on).days} 天后"


def _this_week(on: date) -> ColumnElement[bool]:
    return Leave.start.between(*week_of(on))


_second = aliased(Staff, name="second_now")
# Of several grids' B's the first by name; the leave's own dialog tells all.
_seconds = (
    select(func.min(_second.name))
    .join(ROSTER, ROSTER.c.able_id == _second.id)
    .where(ROSTER.c.usual_id == Leave.staff_id, ROSTER.c.until.is_not(None), away(ON))
    .correlate(Leave)
    .scalar_subquery()
)

LEAVES = Listing(
    key="leaves",
    title="请假",
    base=chosen(Leave)
    .join(Staff, Staff.id == Leave.staff_id)
    .outerjoin(Deputy, Deputy.id == Leave.stand_in_id)
    .outerjoin(GridUnit, GridUnit.id == Staff.unit_id),
    id=Leave.id,
    columns=(
        Column("name", "姓名", Staff.name, 80),
        Column("unit", "所属", GridUnit.name, 140),
        Column("kind", "类别", Leave.kind, 90),
        Column("start", "从", Leave.start, 104, "date"),
        Column("end", "到（含）", Leave.end, 104, "date"),
        Column("stand_in", "代班人", func.coalesce(Deputy.name, _seconds, literal("各网格B岗")), 110),
        Column("state", "状态", cast(Leave.start, Text) + "|" + cast(Leave.end, Text), 100, "state", show=_when),
        Column("note", "备注", Leave.note, 180),
    ),
    views=(
        View("now", "今天不在", away),
        View("week", "本周开始", _this_week),
        View("coming", "以后", lambda on: Leave.start > on),
        View("past", "已结束", lambda on: Leave.end < on),
        View("", "全部"),
    ),
    filters={"staff": lambda value: Leave.staff_id == value},
    names=(Staff.name, GridUnit.name, Leave.note),
    pinyin=(Staff.pinyin, Staff.initials),
    codes=(Staff.phone,),
    tails=(Staff.phone_tail,),
    order=(Leave.start.desc(), Leave.id.desc()),
    due_view="now",
    tables=frozenset({"leave", "staff"}),
    module="personnel",
)
