"""The list of trainings, with how many came."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import and_, func, select

from gridoffice.domain.listing import Column, Listing, View, chosen
from gridoffice.domain.staff import Attendance, Training

PRESENT, EXCUSED, ABSENT = "present", "leave", "absent"

ATTENDED = {PRESENT: "参加", EXCUSED: "请假", ABSENT: "缺席"}
"""Attendance at a training (reference 1.2 §5: 考勤; absence needs leave beforehand)."""


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
