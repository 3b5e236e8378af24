"""The lists beside the roster: leave, training, and what was handed out."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, cast, func, literal, select
from sqlalchemy import String as Text
from sqlalchemy.orm import aliased

from gridoffice.core.calendar import week_of
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.listing import Column, Listing, View, chosen
from gridoffice.domain.staff import Attendance, HandedOut, Leave, Staff, Training, away

PRESENT, EXCUSED, ABSENT = "present", "leave", "absent"
ATTENDED = {PRESENT: "参加", EXCUSED: "请假", ABSENT: "缺席"}
"""Attendance at a training (reference 1.2 §5: 考勤; absence needs leave beforehand)."""

Deputy = aliased(Staff, name="deputy")


def _when(value: Any, on: date) -> str:
    start, _, end = str(value).partition("|")
    if date.fromisoformat(end) < on:
        return "quiet|已结束"
    first = date.fromisoformat(start)
    return "soon|正在休" if first <= on else f"plain|{(first - on).days} 天后"


def _this_week(on: date) -> ColumnElement[bool]:
    return Leave.start.between(*week_of(on))


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
        Column("stand_in", "代班人", func.coalesce(Deputy.name, literal("各网格B岗")), 110),
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


def _number(state: str) -> Any:
    attended = and_(Attendance.training_id == Training.id, Attendance.state == state)
    return select(func.count(Attendance.id)).where(attended).correlate(Training).scalar_subquery()


TRAININGS = Listing(
    key="trainings",
    title="培训",
    base=chosen(Training),
    id=Training.id,
    columns=(
        Column("day", "日期", Training.day, 104, "date"),
        Column("title", "学习内容", Training.title, 260),
        Column("method", "方式", Training.method, 100),
        Column("place", "地点", Training.place, 130),
        Column("hours", "学时", Training.hours, 60, "number"),
        Column("present", "参加", _number(PRESENT), 60, "number"),
        Column("excused", "请假", _number(EXCUSED), 60, "number"),
        Column("absent", "缺席", _number(ABSENT), 60, "number"),
    ),
    views=(
        View("year", "今年", lambda on: Training.day.between(date(on.year, 1, 1), date(on.year, 12, 31))),
        View("", "全部"),
    ),
    names=(Training.title, Training.place, Training.method),
    order=(Training.day.desc(), Training.id.desc()),
    tables=frozenset({"training", "attendance"}),
    module="personnel",
)


KEPT = Listing(
    key="handed_out",
    title="领用物品",
    base=chosen(HandedOut)
    .join(Staff, Staff.id == HandedOut.staff_id)
    .outerjoin(GridUnit, GridUnit.id == Staff.unit_id),
    id=HandedOut.id,
    columns=(
        Column("title", "物品", HandedOut.title, 180),
        Column("kind", "类别", HandedOut.kind, 90),
        Column("name", "领用人", Staff.name, 80),
        Column("unit", "所属", GridUnit.name, 140),
        Column("since", "领用日期", HandedOut.since, 104, "date"),
        Column("back", "交回日期", HandedOut.back_on, 104, "date"),
        Column(
            "state",
            "状态",
            case((HandedOut.back_on.is_(None), Staff.is_active), else_=None),
            110,
            "state",
            show=lambda value, _on: "quiet|已交回" if value is None else "plain|在手里" if value else "late|离岗未交回",
        ),
        Column("note", "备注", HandedOut.note, 150),
    ),
    views=(
        View("out", "未交回", lambda _on: HandedOut.back_on.is_(None)),
        View("missing", "离岗未交回", lambda _on: HandedOut.back_on.is_(None) & Staff.is_active.is_(False)),
        View("", "全部"),
    ),
    filters={"staff": lambda value: HandedOut.staff_id == value},
    names=(HandedOut.title, HandedOut.kind, Staff.name, GridUnit.name),
    pinyin=(Staff.pinyin, Staff.initials),
    order=(HandedOut.back_on.is_not(None), HandedOut.since.desc().nulls_last(), HandedOut.id.desc()),
    tables=frozenset({"handed_out", "staff"}),
    module="personnel",
)
