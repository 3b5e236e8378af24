"""Staff and grid workers: the personnel card, leave, training, what was handed out to them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Boolean, ColumnElement, Date, Float, ForeignKey, Integer, String, Text, and_, or_
from sqlalchemy.orm import Mapped, mapped_column

from gridoffice.db.base import Record


class Staff(Record):
    """A person who works for the grid office or a village; only name, photo, post and work phone are ever public."""

    __tablename__ = "staff"

    name: Mapped[str] = mapped_column(String(40), index=True)
    pinyin: Mapped[str] = mapped_column(String(80), default="", index=True)
    initials: Mapped[str] = mapped_column(String(20), default="", index=True)
    sex: Mapped[str] = mapped_column(String(4), default="")
    born: Mapped[date | None] = mapped_column(Date)
    id_number: Mapped[str | None] = mapped_column(String(18), index=True)
    phone: Mapped[str] = mapped_column(String(30), default="")
    phone_tail: Mapped[str] = mapped_column(String(4), default="", index=True)
    post: Mapped[str] = mapped_column(String(40), default="")  # 专职网格员、兼职网格员、村党支部书记 …
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("grid_unit.id"), index=True)
    education: Mapped[str] = mapped_column(String(20), default="")
    since: Mapped[date | None] = mapped_column(Date)
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    sort: Mapped[int] = mapped_column(Integer, default=0)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    left_on: Mapped[date | None] = mapped_column(Date)
    id_tail: Mapped[str] = mapped_column(String(4), default="", index=True)
    badge_number: Mapped[str] = mapped_column(String(20), default="", index=True)
    badge_until: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(Text, default="")


class Leave(Record):
    """Days a person is away, both counted; `stand_in_id` None: the B worker of each grid takes over."""

    __tablename__ = "leave"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    start: Mapped[date] = mapped_column(Date, index=True)
    end: Mapped[date] = mapped_column(Date, index=True)
    kind: Mapped[str] = mapped_column(String(20), default="请假")
    stand_in_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    note: Mapped[str] = mapped_column(Text, default="")


class Training(Record):
    """One training (reference 1.2 §5: 学习内容、方式、考勤)."""

    __tablename__ = "training"

    day: Mapped[date] = mapped_column(Date, index=True)
    title: Mapped[str] = mapped_column(String(80))
    method: Mapped[str] = mapped_column(String(20), default="")
    hours: Mapped[float | None] = mapped_column(Float)
    place: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class Attendance(Record):
    """Whether a person came to a training: present, leave (asked beforehand) or absent."""

    __tablename__ = "attendance"

    training_id: Mapped[int] = mapped_column(ForeignKey("training.id"), index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    state: Mapped[str] = mapped_column(String(10), default="present")
    note: Mapped[str] = mapped_column(String(100), default="")


class HandedOut(Record):
    """Something a person keeps for the office: keys, badge, tools, paper ledgers; given back on a day."""

    __tablename__ = "handed_out"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20), default="钥匙")
    title: Mapped[str] = mapped_column(String(60))
    since: Mapped[date | None] = mapped_column(Date)
    back_on: Mapped[date | None] = mapped_column(Date)
    note: Mapped[str] = mapped_column(String(100), default="")


def away(day: Any) -> ColumnElement[bool]:
    """Whether a leave covers a day (a date or a bound parameter)."""
    return and_(Leave.start <= day, Leave.end >= day)


def serving(day: Any) -> ColumnElement[bool]:
    """Whether a person works here on a day: not left, or the last day is not over (a date or a bound parameter)."""
    # Without the first half nobody would be "not serving" whose last day is unknown: in SQL that is neither.
    return or_(Staff.is_active, and_(Staff.left_on.is_not(None), Staff.left_on >= day))
