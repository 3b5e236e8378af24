"""Moved out, died, 人户分离: one step ends what goes on with a resident; living here again takes up what is chosen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import endings
from gridoffice.domain.endings import LEAVING, Plan
from gridoffice.domain.people import APART, DEAD, LIVING, MOVED, STATES, Resident
from gridoffice.modules.residents import households

SAFE = "没有改动任何内容"
REASONS = {
    MOVED: ("购房搬迁", "随子女居住", "外出务工", "婚嫁", "拆迁安置", "其他"),
    DEAD: (),
    APART: ("在外务工", "在外就学", "随子女居住", "另有住房", "其他"),
}
"""Usual reasons; the office may write its own words."""


@dataclass(frozen=True)
class Leaving:
    """How somebody leaves: one of LEAVING, the day, where to (or where they live now), why.

    `keep`: keys of plans that go on (人户分离 only: who still comes here for a service). `relations`: of who stays, by
    id, where the head of the household leaves.
    """

    state: str
    day: date
    where: str = ""
    reason: str = ""
    keep: Collection[str] = ()
    relations: Mapping[int, str] = field(default_factory=dict)


def open_plans(office: Office, residents: Sequence[int]) -> list[Plan]:
    """What would end if these residents left."""
    with office.read() as session:
        return endings.open_plans(session, residents)


def leave(office: Office, residents: Sequence[int], wanted: Leaving) -> list[str]:
    """Register that residents moved out, died, or live elsewhere; ends their plans. What ended, in words.

    The records stay. Raises OfficeError.
    """
    word = STATES[wanted.state]
    if wanted.state not in LEAVING:
        raise ValueError(wanted.state)
    with office.unit(word) as session:
        people = [session.get_one(Resident, number) for number in residents]
        for person in people:
            _check(person, wanted, office.today())
        plans = [plan for plan in endings.open_plans(session, residents) if plan.key not in wanted.keep]
        if wanted.state != APART and wanted.keep:
            raise OfficeError(f"{word}以后不能再有安排", safe=SAFE, do="人还在本地接受服务，请改选“人户分离”")
        for person in people:
            _mark(person, wanted)
        endings.end(session, plans, wanted.day, "，".join(part for part in (word, wanted.reason.strip()) if part))
        session.flush()
        _heads(session, people, wanted.relations)
        who = f"{people[0].name}等 {len(people)} 人" if len(people) > 1 else people[0].name
        ended = f"（结束 {len(plans)} 项安排）" if plans else ""
        session.info["unit"].record.name = f"{who}：{word}{ended}"
    return [plan.words for plan in plans]


def _check(person: Resident, wanted: Leaving, today: date) -> None:
    if wanted.day > today:
        raise OfficeError("日期在今天之后", safe=SAFE, do="请填实际发生的日期；还没有发生的先不登记")
    if person.born is not None and wanted.day < person.born:
        raise OfficeError(f"日期早于{person.name}的出生日期 {person.born.isoformat()}", safe=SAFE, do="请核对日期")
    if person.state == wanted.state or person.state == DEAD:
        raise OfficeError(f"{person.name}已经登记为{STATES[person.state]}", safe=SAFE, do="登记错了请先“恢复在住”")


def _mark(person: Resident, wanted: Leaving) -> None:
    person.state, person.ended_on = wanted.state, wanted.day
    person.lives_at = wanted.where.strip()[:120]
    told = [f"{wanted.day.isoformat()} {STATES[wanted.state]}", wanted.reason.strip()]
    line = "，".join(part for part in told if part)
    person.note = f"{person.note}\n{line}".strip()


def _heads(session: Session, people: Sequence[Resident], relations: Mapping[int, str]) -> None:
    """Where a head left, the others are related to the new one; a head who lives apart or alone stays the head."""
    for house in {person.household_id for person in people if person.household_id is not None}:
        members = session.scalars(select(Resident).where(Resident.household_id == house)).all()
        if not any(one.id in relations for one in members):
            continue
        for one in members:
            one.relation = relations.get(one.id, one.relation)
        households.check_heads(members)


def resumable(office: Office, resident_id: int) -> list[Plan]:
    """What ended when a resident left and may be taken up again."""
    with office.read() as session:
        person = session.get_one(Resident, resident_id)
        if person.ended_on is None:
            return []
        return endings.ended(session, resident_id, person.ended_on, office.today())


def come_back(office: Office, resident_id: int, keys: Collection[str] = ()) -> list[str]:
    """A resident lives here again; the plans chosen by key are taken up again. What was, in words."""
    taken = [plan for plan in resumable(office, resident_id) if plan.key in keys]
    with office.unit("恢复在住") as session:
        person = session.get_one(Resident, resident_id)
        if person.state == LIVING:
            raise OfficeError(f"{person.name}本来就登记为在住", safe=SAFE)
        endings.resume(session, taken)
        was = f"{office.today().isoformat()} 恢复在住"
        person.state, person.ended_on, person.lives_at = LIVING, None, ""
        person.note = f"{person.note}\n{was}".strip()
        resumed = f"（恢复 {len(taken)} 项安排）" if taken else ""
        session.info["unit"].record.name = f"{person.name}：恢复在住{resumed}"
    return [plan.words for plan in taken]
