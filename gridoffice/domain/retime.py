"""Other limits or other days off: what becomes of the clocks that run, rehearsed before it is done (X11)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import WorkCalendar
from gridoffice.domain import why, work
from gridoffice.domain.clocks import Rules
from gridoffice.domain.work import CLOCK_OF, HANDLE, Case, CaseStep


@dataclass(frozen=True)
class Shift:
    """One running clock that would end at another moment."""

    case_id: int
    number: str
    title: str
    unit_id: int | None
    old: datetime
    new: datetime
    amber: datetime


@dataclass(frozen=True)
class Rehearsal:
    """What a change would do: the clocks that move, how many get late or are no longer late, and the load per day."""

    shifts: tuple[Shift, ...]
    running: int
    late_before: int
    late_after: int
    load: tuple[tuple[date, int], ...]  # deadlines per day after the change, the coming ones

    @property
    def sentence(self) -> str:
        """In words."""
        if not self.shifts:
            return f"正在走的 {self.running} 件时限都不变。"
        change = self.late_after - self.late_before
        told = f"多 {change} 件逾期" if change > 0 else f"少 {-change} 件逾期" if change < 0 else "逾期件数不变"
        numbers = f"{self.late_before} → {self.late_after}"
        return f"正在走的 {self.running} 件里 {len(self.shifts)} 件的时限会变，{told}（{numbers}）。"


Way = tuple[Rules, WorkCalendar]


def rehearse(session: Session, old: Way, new: Way, now: datetime) -> Rehearsal:
    """What changing from one set of rules and days to another does to the clocks that run.

    A deadline that was set by hand or lengthened stays; only those that follow the rule move.
    """
    cases = session.scalars(select(Case).where(Case.red_at.is_not(None)).order_by(Case.id)).all()
    steps = _steps(session)
    shifts = []
    ends: dict[int, datetime] = {}
    for case in cases:
        red = case.red_at
        clock = CLOCK_OF.get(case.state)
        if red is None or clock is None:
            continue
        ends[case.id] = red
        start = why.started(case, steps.get(case.id, ()))
        if old[0].deadline(old[0].limit(case.kind, clock), start, old[1]) != red:
            continue
        moved = new[0].deadline(new[0].limit(case.kind, clock), start, new[1])
        if moved != red:
            amber = new[0].amber_at(start, moved, new[1])
            shifts.append(Shift(case.id, case.number, case.title, case.unit_id, red, moved, amber))
            ends[case.id] = moved
    before = sum(case.red_at is not None and case.red_at < now for case in cases)
    load = Counter(end.date() for end in ends.values() if end >= now)
    after = sum(end < now for end in ends.values())
    return Rehearsal(tuple(shifts), len(ends), before, after, tuple(sorted(load.items())))


def _steps(session: Session) -> dict[int, list[CaseStep]]:
    """The timelines of all cases whose clock runs, in one question."""
    wanted = select(CaseStep).join(Case, Case.id == CaseStep.case_id).where(Case.red_at.is_not(None))
    found = session.scalars(wanted.order_by(CaseStep.case_id, CaseStep.id))
    return {number: list(some) for number, some in groupby(found, key=lambda step: step.case_id)}


def apply(session: Session, rehearsal: Rehearsal, *, who: str, now: datetime, reason: str) -> None:
    """Move the clocks as rehearsed; each case's timeline says why."""
    for shift in rehearsal.shifts:
        case = session.get_one(Case, shift.case_id)
        case.red_at, case.amber_at = shift.new, shift.amber
        if work.CLOCK_OF.get(case.state) == HANDLE:
            case.due_on = shift.new.date()
        session.add(
            CaseStep(
                case_id=case.id, at=now, who=who, verb="retime", old=case.state, new=case.state, note=reason,
                level=case.level, due_at=case.red_at,
            )
        )  # fmt: skip
