"""Conditions of the list's views that take more than a state: 督办 proposed, 二次通报, more time asked, deadlines."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, bindparam, case, func, literal, or_, select

from gridoffice.core.calendar import shipped as shipped_calendar
from gridoffice.domain import clocks, settings, work
from gridoffice.domain.casework import PENDING, CaseExtension, CasePaper
from gridoffice.domain.settings import OfficeSetting
from gridoffice.domain.staff import Staff
from gridoffice.domain.supervise import WEEKDAYS
from gridoffice.domain.work import Case


def asked_more_time() -> ColumnElement[bool]:
    """Cases with an extension that waits for a decision."""
    return Case.id.in_(select(CaseExtension.case_id).where(CaseExtension.state == PENDING))


def wants_supervision(on: date) -> ColumnElement[bool]:
    """Late cases that have reached a rung of the ladder above the one they are on, by the shipped working days."""
    calendar, ladder = shipped_calendar(), clocks.shipped().ladder
    reached = []
    for rung in ladder:
        day = on + timedelta(days=1)
        left = max(1, rung.late)
        while left:  # back to the last day whose deadline is so many working days past
            day -= timedelta(days=1)
            left -= calendar.is_working(day)
        reached.append(and_(Case.red_at < datetime.combine(day, time(0)), Case.supervision < rung.rank))
    return and_(work.is_open(), Case.red_at.is_not(None), or_(*reached))


def carried_over(on: date) -> ColumnElement[bool]:
    """Open at two meetings running: found by the meeting before the last, by the office's own weekday (ref. 7.5)."""
    default = next(setting.default for setting in settings.SETTINGS if setting.key == "meeting_day")
    own = select(OfficeSetting.value).where(OfficeSetting.key == "meeting_day").scalar_subquery()
    told = func.coalesce(own, literal(default))
    by_day = [(told.contains(sign), _meeting_before(on, min(place, 6))) for place, sign in enumerate(WEEKDAYS)]
    return and_(work.is_open(), Case.found_on <= case(*by_day, else_=_meeting_before(on, 4)))


def without_leader(on: date) -> ColumnElement[bool]:
    """Carried-over cases that no leader supervises yet."""
    return and_(carried_over(on), Case.supervisor_id.is_(None))


def unanswered(on: date) -> ColumnElement[bool]:
    """Cases with a paper whose reply is overdue."""
    late = (CasePaper.reply_by < on) & CasePaper.replied_on.is_(None)
    return Case.id.in_(select(CasePaper.case_id).where(late))


def among(ids: tuple[int, ...]) -> ColumnElement[bool]:
    """The cases of a figure; the numbers stand in the question itself, for there may be more than parameters allow."""
    return Case.id.in_(bindparam("ids", tuple(ids), expanding=True, literal_execute=True, unique=True))


def _meeting_before(on: date, weekday: int) -> date:
    return on - timedelta(days=(on.weekday() - weekday) % 7 + 7)


def red_between(days: tuple[date, date]) -> ColumnElement[bool]:
    """Open cases whose running clock ends between two days, both counted."""
    first, last = days
    return Case.red_at.between(datetime.combine(first, time(0)), datetime.combine(last, time(23, 59, 59)))


def supervised_by(name: str) -> ColumnElement[bool]:
    """Open cases a leader of this name supervises."""
    mine = select(Staff.id).where(Staff.name == name)
    return and_(Case.supervision > 0, Case.supervisor_id.in_(mine), work.is_open())
