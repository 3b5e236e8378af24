"""What a resident has going on and what ends with a move or a death, told by domain and modules in one shape.

From it alone come what is shown before somebody is registered as moved out or dead, what that step ends, what can be
taken up again, and what becomes of it when two records of one person are made one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.module import load, modules
from gridoffice.domain.help import ACTIVE, ENDED, HelpEntry
from gridoffice.domain.help_kinds import minor_titles
from gridoffice.domain.people import APART, DEAD, MOVED, STATES

LEAVING = (MOVED, DEAD, APART)
"""The states of somebody who no longer lives here."""

WORDS = tuple(STATES[state] for state in LEAVING)


@dataclass(frozen=True)
class Plan:
    """One thing planned with a resident: its kind and record, and how it is told to the clerk (no illness named)."""

    kind: str
    id: int
    resident_id: int
    words: str  # 健康服务预约，下次 2026-12-01

    @property
    def key(self) -> str:
        """What tells it from every other plan."""
        return f"{self.kind}:{self.id}"


@dataclass(frozen=True)
class Plans:
    """One kind of plan.

    `open`: those of some residents that go on. `end` ends some (by id) on a day with a reason that begins with one of
    WORDS. `ended`: those of a resident that ended so on a day and may be taken up again today. `resume` takes some up
    again. `joined`: the second id's plans already point to the first, the same person: make one of what is double.
    """

    kind: str
    open: Callable[[Session, Sequence[int]], list[Plan]]
    end: Callable[[Session, Sequence[int], date, str], None]
    ended: Callable[[Session, int, date, date], list[Plan]]
    resume: Callable[[Session, Sequence[int]], None]
    joined: Callable[[Session, int], None] | None = None


def ended_so(reason: str) -> bool:
    """Whether a reason is that of a move or a death, and not one of the plan's own."""
    return reason.startswith(WORDS)


def _open_help(session: Session, residents: Sequence[int]) -> list[Plan]:
    wanted = select(HelpEntry).where(HelpEntry.resident_id.in_(residents), HelpEntry.state == ACTIVE)
    return [_help_plan(entry) for entry in session.scalars(wanted.order_by(HelpEntry.id))]


def _help_plan(entry: HelpEntry) -> Plan:
    following = f"，下次走访 {entry.next_on.isoformat()}" if entry.next_on else ""
    # A minor's kind is not told outside the list (reference 12.1, art. 31).
    kind = "" if entry.kind in minor_titles() else f"：{entry.kind}"
    return Plan("help", entry.id, entry.resident_id, f"帮扶{kind}{following}")


def _end_help(session: Session, ids: Sequence[int], day: date, reason: str) -> None:
    for number in ids:
        entry = session.get_one(HelpEntry, number)
        entry.state, entry.ended_on, entry.end_reason = ENDED, day, reason[:60]


def _ended_help(session: Session, resident: int, day: date, today: date) -> list[Plan]:
    wanted = select(HelpEntry).where(
        HelpEntry.resident_id == resident,
        HelpEntry.state == ENDED,
        HelpEntry.ended_on == day,
        HelpEntry.until >= today,
    )
    return [_help_plan(entry) for entry in session.scalars(wanted) if ended_so(entry.end_reason)]


def _resume_help(session: Session, ids: Sequence[int]) -> None:
    for number in ids:
        entry = session.get_one(HelpEntry, number)
        entry.state, entry.ended_on, entry.end_reason = ACTIVE, None, ""


def _joined_help(session: Session, resident: int) -> None:
    """Of two that run in one kind of help the one that runs longer goes on."""
    wanted = select(HelpEntry).where(HelpEntry.resident_id == resident, HelpEntry.state == ACTIVE)
    running: dict[str, HelpEntry] = {}
    for entry in session.scalars(wanted.order_by(HelpEntry.until.desc(), HelpEntry.id)):
        kept = running.setdefault(entry.kind, entry)
        if kept is not entry:
            entry.state, entry.ended_on, entry.end_reason = ENDED, entry.consent_on, "合并重复记录"


HELP = Plans("help", _open_help, _end_help, _ended_help, _resume_help, _joined_help)


@lru_cache(maxsize=1)
def kinds() -> tuple[Plans, ...]:
    """Every kind of plan: the shared one first, then the modules' in tab order."""
    return (HELP, *(load(module.endings) for module in modules() if module.endings))


def open_plans(session: Session, residents: Sequence[int]) -> list[Plan]:
    """Everything that goes on with some residents."""
    return [plan for kind in kinds() for plan in kind.open(session, residents)]


def end(session: Session, plans: Iterable[Plan], day: date, reason: str) -> None:
    """End plans in the unit at hand; `reason` begins with one of WORDS."""
    told = list(plans)
    for kind in kinds():
        kind.end(session, [plan.id for plan in told if plan.kind == kind.kind], day, reason)


def ended(session: Session, resident: int, day: date, today: date) -> list[Plan]:
    """What ended when a resident left on a day and may be taken up again."""
    return [plan for kind in kinds() for plan in kind.ended(session, resident, day, today)]


def resume(session: Session, plans: Iterable[Plan]) -> None:
    """Take plans up again in the unit at hand."""
    told = list(plans)
    for kind in kinds():
        kind.resume(session, [plan.id for plan in told if plan.kind == kind.kind])


def joined(session: Session, resident: int) -> None:
    """Make one of what is double after two records of a person became one."""
    for kind in kinds():
        if kind.joined is not None:
            kind.joined(session, resident)
