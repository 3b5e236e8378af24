"""The office's own working-day calendar: the shipped years with the days it changed (X16)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gridoffice.core.calendar import WorkCalendar, shipped
from gridoffice.db.base import Record

HOLIDAY, WORKDAY = "holiday", "workday"


class CalendarDay(Record):
    """A day the office changed: a holiday on a weekday, or a working day at a weekend or in a holiday."""

    __tablename__ = "calendar_day"

    day: Mapped[date] = mapped_column(Date, unique=True)
    kind: Mapped[str] = mapped_column(String(10), default=HOLIDAY)
    name: Mapped[str] = mapped_column(String(40), default="")


def of(session: Session) -> WorkCalendar:
    """The calendar that holds in this office."""
    own = session.execute(select(CalendarDay.day, CalendarDay.kind, CalendarDay.name)).all()
    if not own:
        return shipped()
    off = {day: name or "放假" for day, kind, name in own if kind == HOLIDAY}
    on = {day: name or "调休上班" for day, kind, name in own if kind == WORKDAY}
    return shipped().changed(off, on)
