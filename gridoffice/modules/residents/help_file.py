"""An entry of the help list as it is shown: person, consent, plan with its why, visits, scans."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import attachments, due, duty, help_kinds
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.help import ACTIVE, HelpEntry
from gridoffice.domain.people import Household, Resident
from gridoffice.domain.staff import Staff
from gridoffice.modules.residents.help_consent import Entry, guardian_of
from gridoffice.modules.residents.lists_help import address, code_of, standing
from gridoffice.modules.residents.model import HelpVisit


@dataclass(frozen=True)
class VisitLine:
    """One visit as it is listed."""

    id: int
    day: date
    result: str
    by: str
    note: str


@dataclass(frozen=True)
class HelpFile:
    """An entry as it is shown: the person, the consent, the visits; the numbers are masked by the screen."""

    id: int
    version: int
    entry: Entry
    code: str
    name: str
    call: str
    phone: str
    unit: str
    where: str
    contact: str
    does: str  # who visits now: the contact, or whoever stands in
    basis: str
    standing: str
    why: str
    state: str
    end_reason: str
    is_over: bool
    is_minor: bool
    last_on: date | None
    visits: tuple[VisitLine, ...] = ()
    scans: tuple[tuple[int, str], ...] = field(default=())


def of_id(session: Session, entry_id: int) -> HelpEntry:
    """An entry; raises OfficeError when it is gone."""
    found = session.get(HelpEntry, entry_id)
    if found is None:
        raise OfficeError("这条帮扶记录已经不在了", safe="其他内容没有改动", do="可能刚被销毁或删除")
    return found


def view(office: Office, entry_id: int) -> HelpFile:
    """An entry with its person, consent and visits, the newest first; raises OfficeError when gone."""
    on = office.today()
    with office.read() as session:
        record = of_id(session, entry_id)
        person = session.get_one(Resident, record.resident_id)
        unit = session.get(GridUnit, person.unit_id) if person.unit_id else None
        house = session.get(Household, person.household_id) if person.household_id else None
        contact = session.get(Staff, record.contact_id) if record.contact_id else None
        kind = help_kinds.of_title(session, record.kind)
        wanted = select(HelpVisit).where(HelpVisit.entry_id == entry_id)
        lines = tuple(
            VisitLine(one.id, one.day, one.result, one.by, one.note)
            for one in session.scalars(wanted.order_by(HelpVisit.day.desc(), HelpVisit.id.desc()))
        )
        scans = tuple((one.id, one.name) for one in attachments.of_record(session, "help_entry", entry_id))
        stands_in = _stand_in(session, record.contact_id, on)
    is_over = record.state != ACTIVE or record.until < on
    return HelpFile(
        record.id,
        record.version,
        Entry(
            record.resident_id, record.kind, record.need, record.contact_id, *guardian_of(record.consent_by),
            consent_on=record.consent_on, purpose=record.purpose, scope=record.scope, until=record.until,
            interval_days=record.interval_days, next_on=record.next_on, note=record.note,
        ),
        code_of(record.id),
        person.name,
        address(person.name, person.sex, person.born, on, is_minor=kind.is_minor),
        person.phone,
        unit.name if unit else "",
        house.address if house else "",
        f"{contact.name}（{contact.post}）" if contact else "",
        stands_in,
        kind.basis,
        standing(record.state, record.next_on, record.until, on),
        _why(record, on),
        record.state,
        record.end_reason,
        is_over,
        kind.is_minor,
        record.last_on,
        lines,
        scans,
    )  # fmt: skip


def _stand_in(session: Session, contact_id: int | None, on: date) -> str:
    """Who visits instead of a contact who is on leave: 请假至11月28日，由李秀兰代."""
    if contact_id is None:
        return ""
    away = next((one for one in duty.absences(session, on, on, contact_id)), None)
    if away is None:
        return ""
    return f"请假至{away.end.month}月{away.end.day}日" + (f"，由{away.stand_in}代" if away.stand_in else "，由B岗代")


def _why(record: HelpEntry, on: date) -> str:
    """Why the state is what it is, in a sentence."""
    if record.state != ACTIVE:
        when = f"{chinese(record.ended_on)}" if record.ended_on else ""
        return f"{when}{record.end_reason or '已结束'}，内容应当销毁。"
    if record.until < on:
        return f"同意到 {chinese(record.until)} 为止，没有续期，内容应当销毁。"
    last = f"上次走访 {chinese(record.last_on)}" if record.last_on else f"{chinese(record.consent_on)}登记，还没有走访"
    word = due.state(record.next_on, on).partition("|")[2]
    wanted = f"，应在 {chinese(record.next_on)} 前走访（{word}）" if record.next_on else ""
    return f"{last}，每 {record.interval_days} 天一次{wanted}。"


def entries_of(office: Office, resident_id: int) -> list[tuple[int, str, str]]:
    """A resident's entries: id, kind, "tone|word"; those of minors' kinds are left out."""
    on = office.today()
    with office.read() as session:
        wanted = select(HelpEntry).where(HelpEntry.resident_id == resident_id).order_by(HelpEntry.id)
        return [
            (one.id, one.kind, standing(one.state, one.next_on, one.until, on))
            for one in session.scalars(wanted)
            if not help_kinds.of_title(session, one.kind).is_minor
        ]


def unconsented(office: Office, resident_id: int, tags: str) -> str:
    """The 人员类别 of a resident that want an entry with consent and have none that holds; "" when all is well."""
    found = help_kinds.for_tags(tags)
    if found is None:
        return ""
    with office.read() as session:
        held = select(func.count()).where(
            HelpEntry.resident_id == resident_id,
            HelpEntry.kind == found.title,
            HelpEntry.state == ACTIVE,
            HelpEntry.until >= office.today(),
        )
        return "" if session.scalar(held) else "、".join(tag for tag in tags.split("、") if tag in found.tags)
