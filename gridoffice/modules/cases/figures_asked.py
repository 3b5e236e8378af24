"""The question behind the figures: a line a case with the measures it counts in as bits, and the hours of its steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Date, DateTime, Float, Select, and_, bindparam, case, func, literal, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import FunctionElement

from gridoffice.domain import work
from gridoffice.domain.tree import placed_on
from gridoffice.domain.work import Case, CaseStep

BITS = {
    name: 1 << place
    for place, name in enumerate((
        "received", "accepted", "accepted_in_time", "handled", "handled_in_time", "closed", "reopened", "satisfied",
        "unsatisfied", "open",
    ))
}  # fmt: skip
"""The bit of each measure."""

HOURS = ("accept", "handle", "verify")
"""The steps whose hours are told."""

RECENT = timedelta(days=400)

_FIRST, _LAST = (bindparam(name, type_=Date) for name in ("first", "last"))
_BEGIN, _END = (bindparam(name, type_=DateTime) for name in ("begin", "end"))


class _Hours(FunctionElement[float]):
    """Hours from one moment to another."""

    name = "hours"
    type = Float()
    inherit_cache = True


@compiles(_Hours)
def _hours(element: Any, compiler: Any, **kw: Any) -> str:
    start, end = (compiler.process(one, **kw) for one in element.clauses)
    return f"round((julianday({end}) - julianday({start})) * 24, 6)"


@compiles(_Hours, "postgresql")
def _hours_there(element: Any, compiler: Any, **kw: Any) -> str:
    start, end = (compiler.process(one, **kw) for one in element.clauses)
    return f"CAST(extract(epoch FROM CAST({end} AS timestamp) - CAST({start} AS timestamp)) / 3600 AS double precision)"


def ask(session: Session, first: date, last: date, by: str, today: date) -> Sequence[Any]:
    """Id, value of the group, bits and hours of every case that stood or moved in a period."""
    given = {
        "first": first, "last": last,
        "begin": datetime.combine(first, time()), "end": datetime.combine(last + timedelta(days=1), time()),
    }  # fmt: skip
    return session.execute(_asked(by, last > today - RECENT), given).all()


@lru_cache
def _asked(by: str, is_recent: bool) -> Select[Any]:
    """The question for a kind of group.

    Of a recent period the cases are found by the day they were closed, of a long past one by the day they were found:
    whichever leaves fewer. A case found after the period has no bit.
    """
    concerned = or_(Case.closed_on.is_(None), Case.closed_on >= _FIRST)
    if not is_recent:
        concerned = and_(Case.found_on <= _LAST, concerned)
    steps = _steps(concerned)
    value: Any = {"category": Case.category, "source": Case.source, "kind": Case.kind}.get(by)
    if value is None:
        value = placed_on(Case.__tablename__, Case.id, Case.unit_id, _LAST)
    columns: list[Any] = [Case.id, value, _bits(steps.c), *_spent(steps.c)]
    return select(*columns).outerjoin(steps, steps.c.case_id == Case.id).where(concerned, Case.merged_into_id.is_(None))


def _steps(concerned: ColumnElement[bool]) -> Any:
    """The decisive steps of each case up to the end: when, and in time or not by the deadline that ran until then.

    Of several the first acceptance counts (what is handled on the spot was taken up at once) and the last handling.
    """
    by = func.lag(CaseStep.due_at, type_=DateTime()).over(partition_by=CaseStep.case_id, order_by=CaseStep.id)
    step = (
        select(CaseStep.id, CaseStep.case_id, CaseStep.verb, CaseStep.at, by.label("due"))
        .where(CaseStep.case_id.in_(select(Case.id).where(concerned)))  # a join reads every step of every year
        .where(CaseStep.at < _END)
        .subquery()
        .c
    )
    taken, done = step.verb.in_(("accept", "handle")), step.verb.in_(("handle", "reply"))
    # Which step it was and whether in time in one number, so that the flag is that of the step.
    flagged = step.id * 2 + case((or_(step.due.is_(None), step.at <= step.due), 1), else_=0)
    return (
        select(
            step.case_id,
            func.min(case((taken, step.at))).label("accepted"),
            (func.min(case((taken, flagged))) % 2).label("accepted_in_time"),
            func.max(case((done, step.at))).label("handled"),
            (func.max(case((done, flagged))) % 2).label("handled_in_time"),
            func.max(case((step.verb == "close", step.at))).label("closed"),
            func.max(case((and_(step.verb.in_(("rework", "reopen")), step.at >= _BEGIN), 1))).label("reopened"),
        )
        .where(step.verb.in_(("accept", "handle", "reply", "close", "rework", "reopen")))
        .group_by(step.case_id)
        .subquery("steps")
    )


def _bits(step: Any) -> ColumnElement[int]:
    """The measures a case counts in."""
    ended = Case.state.in_(work.ENDED)
    closed = and_(ended, or_(_inside(step.closed), and_(step.closed.is_(None), Case.closed_on.between(_FIRST, _LAST))))
    is_new = or_(_inside(Case.found_at), and_(Case.found_at.is_(None), Case.found_on.between(_FIRST, _LAST)))
    is_found = or_(Case.found_at < _END, and_(Case.found_at.is_(None), Case.found_on <= _LAST))
    known = {
        "received": is_new,
        "accepted": _inside(step.accepted),
        "accepted_in_time": and_(_inside(step.accepted), step.accepted_in_time == 1),
        "handled": _inside(step.handled),
        "handled_in_time": and_(_inside(step.handled), step.handled_in_time == 1),
        "closed": closed,
        "reopened": step.reopened == 1,
        "satisfied": and_(closed, Case.satisfaction.in_(("good", "fair"))),
        "unsatisfied": and_(closed, Case.satisfaction == "bad"),
        "open": and_(is_found, ~and_(ended, Case.closed_on.is_not(None), Case.closed_on <= _LAST)),
    }
    found: ColumnElement[int] = literal(0)
    for name, holds in known.items():
        found = found + case((holds, BITS[name]), else_=0)
    return found


def _inside(at: Any) -> ColumnElement[bool]:
    return and_(at >= _BEGIN, at < _END)


def _spent(step: Any) -> tuple[ColumnElement[float | None], ...]:
    """Hours of each step that ended in the period."""

    def from_found(end: Any) -> Any:
        """A case of which only the day is known was found at nine."""
        return case((Case.found_at.is_not(None), _Hours(Case.found_at, end)), else_=_Hours(Case.found_on, end) - 9)

    hours = (
        (step.accepted, from_found(step.accepted)),
        (step.handled, case((step.accepted.is_not(None), _Hours(step.accepted, step.handled)),
                            else_=from_found(step.handled))),
        (step.closed, _Hours(step.handled, step.closed)),
    )  # fmt: skip
    return tuple(case((and_(_inside(end), spent >= 0), spent)) for end, spent in hours)
