"""One household as the tab 巡查 shows it: its standing in words and its last visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from gridoffice.core.text import mask_numbers
from gridoffice.db.office import Office
from gridoffice.domain import doors, duty
from gridoffice.domain.people import Household
from gridoffice.domain.staff import Staff
from gridoffice.modules.patrols import visit_rules, visits
from gridoffice.modules.patrols.model import HouseVisit
from gridoffice.modules.patrols.visit_list import VISITS, standing

LAST = 8


@dataclass(frozen=True)
class HouseView:
    """A household: who lives where, why it is due ("tone|words" and a sentence), its last visits."""

    id: int
    number: str
    head: str
    address: str
    unit: str
    worker: str
    standing: str
    why: str
    last: tuple[tuple[date, str, str, str], ...]  # day, result, who, note


def result_word(name: str) -> str:
    """A kept result in words."""
    found = visit_rules.result_of(name)
    return found.title if found is not None else name or "已走访"


def view(office: Office, household_id: int) -> HouseView | None:
    """A household; None when it is gone or nobody lives in it."""
    on = office.today()
    with office.read() as session:
        rows = VISITS.rows_in(session, [household_id], on)
        if household_id not in rows:
            return None
        due = visits.due_of(session, [household_id], on)[household_id]
        wanted = (
            select(HouseVisit.day, HouseVisit.result, Staff.name, HouseVisit.note)
            .outerjoin(Staff, Staff.id == HouseVisit.staff_id)
            .where(HouseVisit.household_id == household_id)
            .order_by(HouseVisit.day.desc(), HouseVisit.id.desc())
            .limit(LAST)
        )
        last = tuple(
            (day, result_word(result), who or "", mask_numbers(note))
            for day, result, who, note in session.execute(wanted)
        )
    number, head, address, unit, worker = rows[household_id][:5]
    told = standing(due.next, on)
    return HouseView(household_id, number, head, address, unit, worker, told, due.why, last)


def worker_of(office: Office, household_id: int) -> int | None:
    """Who is on duty where a household lives."""
    with office.read() as session:
        unit = session.scalar(select(Household.unit_id).where(Household.id == household_id))
        on_duty = duty.on_duty(session, office.today(), [unit]) if unit is not None else {}
        found = on_duty.get(unit) if unit is not None else None
        return found.staff_id if found is not None else None


def with_things(office: Office, most: int = 12) -> list[int]:
    """A few households behind whose doors more waits than the visit itself."""
    on = office.today()
    with office.read() as session:
        ids = list(session.scalars(select(Household.id).order_by(Household.id).limit(500)))
        found = doors.behind(session, ids, on)
    return sorted(found, key=lambda one: (-len(found[one]), one))[:most]
