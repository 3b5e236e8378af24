"""Who does whose work on a day: A, or whoever stands in while A is away; computed from dates, so it returns by itself.

One definition for lists, 今日, workload, hand-over and papers: `domain/roster.py` says who, `domain/load.py` says what.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from gridoffice.domain.absences import Absence, absences
from gridoffice.domain.load import Load, is_mine, items_of, mine, own_names, owned, tally
from gridoffice.domain.roster import ROSTER
from gridoffice.domain.staff import Staff

__all__ = [
    "Absence",
    "Duty",
    "Load",
    "absences",
    "is_mine",
    "items_of",
    "mine",
    "name_of",
    "on_duty",
    "own_names",
    "owned",
    "replaces",
    "tally",
]


@dataclass(frozen=True)
class Duty:
    """Who does a unit's work on a day; `instead_of` and `until` (last day of the leave) only while somebody is away.

    `gap` says in words why nobody does it; `staff_id` is None then.
    """

    unit_id: int
    staff_id: int | None
    name: str = ""
    phone: str = ""
    instead_of: str = ""
    until: date | None = None
    absent_id: int | None = None
    gap: str = ""

    @property
    def note(self) -> str:
        """What papers say behind the name of who is away: 请假至11月28日，由李秀兰代. Never why."""
        if self.until is None or not self.instead_of:
            return ""
        tail = f"由{self.name}代" if self.staff_id else "暂无人代"
        return f"请假至{self.until.month}月{self.until.day}日，{tail}"


def on_duty(session: Session, day: date, unit_ids: Iterable[int] | None = None) -> dict[int, Duty]:
    """Who does the work of each manned unit on a day, by unit id."""
    usual, second, able = (aliased(Staff, name=f"duty_{word}") for word in ("usual", "other", "able"))
    wanted = (
        select(ROSTER.c.unit_id, ROSTER.c.until, usual, second, able)
        .outerjoin(usual, usual.id == ROSTER.c.usual_id)
        .outerjoin(second, second.id == ROSTER.c.second_id)
        .outerjoin(able, able.id == ROSTER.c.able_id)
    )
    if unit_ids is not None:
        wanted = wanted.where(ROSTER.c.unit_id.in_(list(unit_ids)))
    return {row[0]: _duty(*row) for row in session.execute(wanted, {"on": day})}


def _duty(unit_id: int, until: date | None, usual: Staff | None, second: Staff | None, able: Staff | None) -> Duty:
    if able is None:
        who = usual or second
        other = f"B岗{second.name}也不在" if second and usual else "没有B岗" if usual else ""
        words = f"{who.name if who else ''}请假{f'至 {until.isoformat()}' if until else '，不在岗'}"
        gap = "，".join(filter(None, (words, other, "没有人顶上")))
        return Duty(
            unit_id, None, instead_of=usual.name if usual else "", until=until, absent_id=usual.id if usual else None,
            gap=gap,
        )  # fmt: skip
    if usual is not None and usual.id != able.id:
        return Duty(unit_id, able.id, able.name, able.phone, usual.name, until, usual.id)
    return Duty(unit_id, able.id, able.name, able.phone)


def name_of(session: Session, staff_id: int) -> str:
    """A person's name, or "" when gone."""
    return session.scalar(select(Staff.name).where(Staff.id == staff_id)) or ""


def replaces(session: Session, staff_id: int, day: date) -> list[Duty]:
    """The units a person works in for somebody else on a day."""
    return [duty for duty in on_duty(session, day).values() if duty.staff_id == staff_id and duty.instead_of]
