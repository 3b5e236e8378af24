"""Health appointments of a resident who leaves: ended, taken up again, made one; no illness named (reference 4.8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from gridoffice.domain.endings import Plan, Plans, ended_so
from gridoffice.domain.people import Resident
from gridoffice.modules.followup.model import ACTIVE, LEFT, AssistVisit, Enrolment, Visit


def _of(resident_ids: Sequence[int]) -> ColumnElement[bool]:
    """Enrolments of some residents: those that name them, and those of their ID number that name nobody."""
    numbers = select(Resident.id_number).where(Resident.id.in_(resident_ids), Resident.id_number.is_not(None))
    unnamed = and_(Enrolment.resident_id.is_(None), Enrolment.id_number.in_(numbers))
    return or_(Enrolment.resident_id.in_(resident_ids), unnamed)


def _plans(session: Session, records: Sequence[Enrolment]) -> list[Plan]:
    numbers = [record.id_number for record in records if record.resident_id is None]
    known = session.execute(select(Resident.id_number, Resident.id).where(Resident.id_number.in_(numbers)))
    owners = {str(number): resident for number, resident in known}
    found = []
    for record in records:
        following = f"，下次 {record.next_on.isoformat()}" if record.next_on else ""
        owner = record.resident_id if record.resident_id is not None else owners[str(record.id_number)]
        found.append(Plan("followup", record.id, owner, f"健康服务预约{following}"))
    return found


def open_ones(session: Session, residents: Sequence[int]) -> list[Plan]:
    """Enrolments that run."""
    wanted = select(Enrolment).where(_of(residents), Enrolment.state == ACTIVE).order_by(Enrolment.id)
    return _plans(session, session.scalars(wanted).all())


def end(session: Session, ids: Sequence[int], day: date, reason: str) -> None:
    """Take persons out of their programmes; the next day stays, so that it can be taken up again."""
    for number in ids:
        record = session.get_one(Enrolment, number)
        record.state, record.left_on, record.left_reason = LEFT, day, reason[:60]


def ended(session: Session, resident: int, day: date, _today: date) -> list[Plan]:
    """Enrolments that ended when the resident left."""
    wanted = select(Enrolment).where(_of([resident]), Enrolment.state == LEFT, Enrolment.left_on == day)
    return _plans(session, [record for record in session.scalars(wanted) if ended_so(record.left_reason)])


def resume(session: Session, ids: Sequence[int]) -> None:
    """Take persons into their programmes again."""
    for number in ids:
        record = session.get_one(Enrolment, number)
        record.state, record.left_on, record.left_reason = ACTIVE, None, ""


def joined(session: Session, resident: int) -> None:
    """One enrolment in each programme: the visits of the others go to the one that runs, else to the oldest."""
    wanted = select(Enrolment).where(Enrolment.resident_id == resident).order_by(Enrolment.state, Enrolment.id)
    first: dict[str, Enrolment] = {}
    for record in session.scalars(wanted).all():  # "active" comes before "left"
        kept = first.setdefault(record.programme, record)
        if kept is record:
            continue
        for visit in session.scalars(select(Visit).where(Visit.enrolment_id == record.id)):
            visit.enrolment_id = kept.id
        for call in session.scalars(select(AssistVisit).where(AssistVisit.enrolment_id == record.id)):
            call.enrolment_id = kept.id
        _take_later(kept, record)
        session.flush()
        session.delete(record)


def _take_later(kept: Enrolment, other: Enrolment) -> None:
    """What the last visit said, from whichever of the two was visited later."""
    kept.id_number, kept.phone = kept.id_number or other.id_number, kept.phone or other.phone
    kept.phone_tail = kept.phone_tail or other.phone_tail
    kept.enrolled_on = min(filter(None, (kept.enrolled_on, other.enrolled_on)), default=None)
    if other.last_on is not None and (kept.last_on is None or other.last_on > kept.last_on):
        kept.last_on, kept.last_class, kept.next_on = other.last_on, other.last_class, other.next_on


ENDINGS = Plans("followup", open_ones, end, ended, resume, joined)
