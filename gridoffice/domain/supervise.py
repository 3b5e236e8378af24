"""督办: the ladder for late cases; 二次通报: open at two meetings running asks for a leader (reference 7.4, 7.5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.domain import clocks, settings, work
from gridoffice.domain.clocks import Rung
from gridoffice.domain.staff import Staff
from gridoffice.domain.work import Case, CaseStep

SAFE = "事项没有改动"


def proposed(session: Session, case: Case, now: datetime) -> Rung | None:
    """The rung a late case has reached but is not on yet; None when it is in time or already there."""
    if case.red_at is None or now <= case.red_at:
        return None
    rules, calendar = clocks.of(session), clocks.calendar_of(session)
    rung = rules.rung(clocks.days_late(case.red_at, now, calendar))
    return rung if rung is not None and rung.rank > case.supervision else None


def title_of(session: Session, rank: int) -> str:
    """The words of a rung; "" for none."""
    return next((rung.title for rung in clocks.of(session).ladder if rung.rank == rank), "")


def supervise(
    session: Session, case: Case, rank: int, leader_id: int | None, *, who: str, now: datetime, note: str = ""
) -> None:
    """Put a case on a rung (0 takes it off) under a leader; raises OfficeError."""
    leader = session.get(Staff, leader_id) if leader_id else None
    title = title_of(session, rank)
    if rank and not title:
        raise OfficeError("没有这一级督办", safe=SAFE)
    if rank and leader is None:
        raise OfficeError("没有选督办领导", safe=SAFE, do="请选择由谁督办")
    if case.state in work.ENDED:
        raise OfficeError("已经结案的事项不用督办", safe=SAFE)
    if not rank and not case.supervision:
        raise OfficeError("这件事项没有在督办", safe=SAFE)
    if not rank and not note.strip():
        raise OfficeError("没有写取消督办的原因", safe=SAFE, do="请写一句话")
    words = f"{title}，由{leader.name}督办" if leader is not None and rank else "取消督办"
    case.supervision, case.supervisor_id = rank, leader.id if leader is not None and rank else None
    session.add(
        CaseStep(
            case_id=case.id, at=now, who=who, verb="supervise", old=case.state, new=case.state, level=case.level,
            note=f"{words}：{note.strip()}" if note.strip() else words, due_at=case.red_at,
        )
    )  # fmt: skip


WEEKDAYS = "一二三四五六日天"


def meeting_weekday(session: Session) -> int:
    """The weekday of the weekly meeting, Monday 0, from the office's setting; Friday when it says nothing known."""
    text = settings.get(session, "meeting_day")
    found = next((WEEKDAYS.index(sign) for sign in text if sign in WEEKDAYS), 4)
    return min(found, 6)


def last_meetings(session: Session, on: date) -> tuple[date, date]:
    """The last meeting's day (today's counts) and that of the meeting before."""
    back = (on.weekday() - meeting_weekday(session)) % 7
    last = on - timedelta(days=back)
    return last, last - timedelta(days=7)


def meeting_before(session: Session, on: date) -> date:
    """The day of the meeting before the last."""
    return last_meetings(session, on)[1]


def is_carried_over(before: date) -> ColumnElement[bool]:
    """The condition of cases open at two meetings running: found by the meeting `before` the last (reference 7.5)."""
    return and_(work.is_open(), Case.found_on <= before)


def carried_over(session: Session, on: date) -> list[Case]:
    """Cases open at two meetings running as things stood on a day, the oldest first."""
    wanted = select(Case).where(Case.found_on <= meeting_before(session, on), work.is_open(on))
    return list(session.scalars(wanted.order_by(Case.found_on, Case.number)))


def rung_days(session: Session, on: date) -> tuple[tuple[int, date], ...]:
    """Rank of each rung, and the day so that a deadline before it has reached the rung by `on`, by the office's days.

    The last day whose deadline is `late` working days past is the one before: `clocks.days_late` counts so too.
    """
    rules, calendar = clocks.of(session), clocks.calendar_of(session)
    return tuple((rung.rank, calendar.back(on, max(1, rung.late))) for rung in rules.ladder)


def wants_supervision(rungs: Iterable[tuple[int, date]]) -> ColumnElement[bool]:
    """The condition of late cases that have reached a rung (`rung_days`) above the one they are on."""
    reached = [and_(Case.red_at < datetime.combine(day, time(0)), Case.supervision < rank) for rank, day in rungs]
    return and_(work.is_open(), Case.red_at.is_not(None), or_(false(), *reached))
