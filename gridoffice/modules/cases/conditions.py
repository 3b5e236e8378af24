"""Conditions of the list's views that take more than a state: 二次通报, more time asked, replies due, deadlines."""

from __future__ import annotations

from datetime import date, datetime, time

from sqlalchemy import ColumnElement, and_, bindparam, select

from gridoffice.domain import supervise, work
from gridoffice.domain.casework import PENDING, CaseExtension, CasePaper
from gridoffice.domain.staff import Staff
from gridoffice.domain.work import Case


def asked_more_time() -> ColumnElement[bool]:
    """Cases with an extension that waits for a decision."""
    return Case.id.in_(select(CaseExtension.case_id).where(CaseExtension.state == PENDING))


def without_leader(on: date, before: date) -> ColumnElement[bool]:
    """Carried-over cases that no leader supervises yet."""
    return and_(supervise.is_carried_over(before), Case.supervisor_id.is_(None))


def unanswered(on: date) -> ColumnElement[bool]:
    """Cases with a paper whose reply is overdue."""
    late = (CasePaper.reply_by < on) & CasePaper.replied_on.is_(None)
    return Case.id.in_(select(CasePaper.case_id).where(late))


def among(ids: tuple[int, ...]) -> ColumnElement[bool]:
    """The cases of a figure; the numbers stand in the question itself, for there may be more than parameters allow."""
    return Case.id.in_(bindparam("ids", tuple(ids), expanding=True, literal_execute=True, unique=True))


def red_between(days: tuple[date, date]) -> ColumnElement[bool]:
    """Open cases whose running clock ends between two days, both counted."""
    first, last = days
    return Case.red_at.between(datetime.combine(first, time(0)), datetime.combine(last, time(23, 59, 59)))


def supervised_by(name: str) -> ColumnElement[bool]:
    """Open cases a leader of this name supervises."""
    mine = select(Staff.id).where(Staff.name == name)
    return and_(Case.supervision > 0, Case.supervisor_id.in_(mine), work.is_open())
