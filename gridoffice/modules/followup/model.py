"""Enrolments in follow-up programmes and their visits; the doctor's records, not the grid worker's (reference 4)."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gridoffice.db.base import Record

ACTIVE, LEFT = "active", "left"


class Enrolment(Record):
    """A person in a programme; `next_on` is the one day from which due and overdue are told."""

    __tablename__ = "enrolment"
    __table_args__ = (Index("ix_enrolment_person", "id_number", "programme"), {"sqlite_autoincrement": True})

    programme: Mapped[str] = mapped_column(String(30), index=True)  # key of a file in forms/programmes
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("resident.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    pinyin: Mapped[str] = mapped_column(String(80), default="")
    initials: Mapped[str] = mapped_column(String(20), default="", index=True)
    id_number: Mapped[str | None] = mapped_column(String(18))
    phone: Mapped[str] = mapped_column(String(30), default="")
    phone_tail: Mapped[str] = mapped_column(String(4), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("grid_unit.id"), index=True)
    enrolled_on: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(10), default=ACTIVE)
    left_on: Mapped[date | None] = mapped_column(Date)
    left_reason: Mapped[str] = mapped_column(String(60), default="")
    last_on: Mapped[date | None] = mapped_column(Date)
    last_class: Mapped[int | None] = mapped_column(Integer)
    next_on: Mapped[date | None] = mapped_column(Date, index=True)
    note: Mapped[str] = mapped_column(Text, default="")


class Visit(Record):
    """One follow-up: the answers under the form's key and version, the class the rule gave and the one kept."""

    __tablename__ = "followup_visit"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    day: Mapped[date] = mapped_column(Date, index=True)
    form: Mapped[str] = mapped_column(String(30))
    form_version: Mapped[int] = mapped_column(Integer, default=1)
    answers: Mapped[Any] = mapped_column(JSON, default=dict)
    suggested: Mapped[int | None] = mapped_column(Integer)
    outcome: Mapped[int | None] = mapped_column(Integer)  # 1 控制满意 2 控制不满意 3 不良反应 4 并发症
    action: Mapped[str] = mapped_column(String(20), default="")
    next_on: Mapped[date | None] = mapped_column(Date)
    doctor: Mapped[str] = mapped_column(String(40), default="")


class AssistVisit(Record):
    """A grid worker's call about an appointment (reference 4.8): day, way, result, what help was asked for; no figures.

    The appointment itself stays due until the doctor's visit.
    """

    __tablename__ = "assist_visit"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    day: Mapped[date] = mapped_column(Date, index=True)
    way: Mapped[str] = mapped_column(String(10), default="入户")  # 入户 | 电话 | 微信 | 其他
    result: Mapped[str] = mapped_column(String(10))
    need: Mapped[str] = mapped_column(Text, default="")
    by: Mapped[str] = mapped_column(String(40), default="")
