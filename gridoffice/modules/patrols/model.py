"""Patrol logs with their entries and supplements, visits to households, and route sheets."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, Date, DateTime, ForeignKey, Index, Integer, String, Text, Time
from sqlalchemy.orm import Mapped, mapped_column

from gridoffice.db.base import Record


class Patrol(Record):
    """One patrol or visit: who walked where, from when to when, and what was found (reference 6.1).

    `start2`–`end2` are a second walk of the day; `answers` are those of the kind's own form, under its key and version.
    """

    __tablename__ = "patrol"
    # In the order the list is read, with all that 到位率 asks; for each grid and person, when there was a walk last.
    __table_args__ = (
        Index("ix_patrol_day_start", "day", "start", "unit_id", "staff_id", "kind"),
        Index("ix_patrol_unit_id_day", "unit_id", "day"),
        Index("ix_patrol_staff_id_day", "staff_id", "day"),
        {"sqlite_autoincrement": True},
    )

    day: Mapped[date] = mapped_column(Date)
    start: Mapped[time | None] = mapped_column(Time)
    end: Mapped[time | None] = mapped_column(Time)
    start2: Mapped[time | None] = mapped_column(Time)
    end2: Mapped[time | None] = mapped_column(Time)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("grid_unit.id"))
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    kind: Mapped[str] = mapped_column(String(20), default="日常巡查")
    companions: Mapped[str] = mapped_column(String(80), default="")
    weather: Mapped[str] = mapped_column(String(20), default="")
    route: Mapped[str] = mapped_column(String(120), default="")
    households: Mapped[int] = mapped_column(Integer, default=0)
    problems: Mapped[int] = mapped_column(Integer, default=0)
    text: Mapped[str] = mapped_column(Text, default="")
    form: Mapped[str] = mapped_column(String(30), default="")
    form_version: Mapped[int] = mapped_column(Integer, default=0)
    answers: Mapped[Any] = mapped_column(JSON, default=dict)


class LogEntry(Record):
    """A line of a day's log (reference 6.3): time, kind, object, what was said or seen, what was done, the result."""

    __tablename__ = "log_entry"

    patrol_id: Mapped[int] = mapped_column(ForeignKey("patrol.id"), index=True)
    at: Mapped[time | None] = mapped_column(Time)
    kind: Mapped[str] = mapped_column(String(20), default="巡查")
    whom: Mapped[str] = mapped_column(String(80), default="")
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"), index=True)
    text: Mapped[str] = mapped_column(Text, default="")
    measures: Mapped[str] = mapped_column(Text, default="")
    result: Mapped[str] = mapped_column(Text, default="")
    follow_on: Mapped[date | None] = mapped_column(Date)


class Supplement(Record):
    """What was added to a log after its day was locked; the log itself stays as it was."""

    __tablename__ = "patrol_supplement"

    patrol_id: Mapped[int] = mapped_column(ForeignKey("patrol.id"), index=True)
    at: Mapped[datetime] = mapped_column(DateTime)
    who: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)


class HouseVisit(Record):
    """A visit to a household: when, by whom, with which result (a key of the kinds' list), perhaps in a patrol."""

    __tablename__ = "house_visit"
    # For each household when it was visited, without the records.
    __table_args__ = (
        Index("ix_house_visit_household_id_day", "household_id", "day", "result"),
        {"sqlite_autoincrement": True},
    )

    household_id: Mapped[int] = mapped_column(ForeignKey("household.id"))
    day: Mapped[date] = mapped_column(Date, index=True)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    patrol_id: Mapped[int | None] = mapped_column(ForeignKey("patrol.id"), index=True)
    result: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class RouteSheet(Record):
    """A printed round: its number (on the paper as words and QR), for whom, for which day."""

    __tablename__ = "route_sheet"

    number: Mapped[str] = mapped_column(String(30), unique=True)
    made_on: Mapped[date] = mapped_column(Date, index=True)
    for_day: Mapped[date | None] = mapped_column(Date)
    staff_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("grid_unit.id"), index=True)
    title: Mapped[str] = mapped_column(String(80), default="")
    typed_on: Mapped[date | None] = mapped_column(Date)


class RouteRow(Record):
    """A door on a round, in the order of the paper; `due` lists what was due behind it: [kind, id, words] each.

    `closings`: by "kind:id" the outcome that was typed for one of these, and its short line.
    """

    __tablename__ = "route_row"

    sheet_id: Mapped[int] = mapped_column(ForeignKey("route_sheet.id"), index=True)
    place: Mapped[int] = mapped_column(Integer)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    premises_id: Mapped[int | None] = mapped_column(ForeignKey("premises.id"))
    title: Mapped[str] = mapped_column(String(120), default="")
    due: Mapped[Any] = mapped_column(JSON, default=list)
    result: Mapped[str] = mapped_column(String(20), default="")
    note: Mapped[str] = mapped_column(Text, default="")
    visit_id: Mapped[int | None] = mapped_column(ForeignKey("house_visit.id"))
    closings: Mapped[Any] = mapped_column(JSON, default=dict)
