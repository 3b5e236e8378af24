"""What can be done with the help list: enter with consent, visit, withdraw, renew, keep scans (reference 12.3)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.module import Count
from gridoffice.db.office import Office
from gridoffice.domain import attachments, duty, help_kinds
from gridoffice.domain.help import ACTIVE, WITHDRAWN, HelpEntry
from gridoffice.domain.help_kinds import HelpKind
from gridoffice.domain.listing import Query
from gridoffice.domain.people import Household, Resident
from gridoffice.domain.staff import Staff
from gridoffice.modules.residents.help_consent import SAFE, Entry, checked, columns, guardian_of, latest
from gridoffice.modules.residents.help_file import of_id
from gridoffice.modules.residents.lists import RESIDENTS
from gridoffice.modules.residents.lists_help import HELP
from gridoffice.modules.residents.model import HelpVisit

RESULTS = ("见到本人", "见到家属", "未见到", "联系不上", "拒绝")
NOT_MET = ("未见到", "联系不上")
"""What a grid worker notes of a visit (reference 4.8)."""


def counts(office: Office, on: date) -> list[Count]:
    """Visits due and late, consents that end soon, and what is to be destroyed."""
    wanted = (
        ("help-due", "帮扶应走访", "due", "soon", "今天和以前该走访的"),
        ("help-late", "帮扶逾期", "late", "late", "过了走访日期的"),
        ("help-ends", "同意快到期", "ends", "soon", "30 天内到期，要续就请本人再签"),
        ("help-over", "到期待销毁", "over", "late", "到期、撤回或已结束，应当销毁"),
    )
    if not HELP.count(office, Query(on=on)):
        return []
    return [
        Count(key, title, HELP.count(office, Query(on=on, view=view)), tone, "residents", f"help:{view}", hint)
        for key, title, view, tone, hint in wanted
    ]


def kinds(office: Office) -> tuple[HelpKind, ...]:
    """The kinds on offer."""
    with office.read() as session:
        return help_kinds.kinds(session)


def kind_of(office: Office, title: str) -> HelpKind:
    """A kind by its title."""
    with office.read() as session:
        return help_kinds.of_title(session, title)


def proposal(office: Office, resident_id: int | None = None, kind: str = "") -> Entry:
    """An entry to begin with: the kind the resident's 人员类别 suggest, who is on duty there, a year from today."""
    on = office.today()
    with office.read() as session:
        person = session.get(Resident, resident_id) if resident_id else None
        found = help_kinds.for_tags(person.tags) if person is not None and not kind else None
        chosen = help_kinds.of_title(session, kind or (found.title if found else help_kinds.shipped()[0].title))
        contact = _on_duty(session, person, on)
    return Entry(
        resident_id,
        chosen.title,
        contact_id=contact,
        consent_on=on,
        purpose=chosen.purpose,
        scope=chosen.scope,
        until=latest(on),
        interval_days=chosen.interval,
    )


def _on_duty(session: Session, person: Resident | None, on: date) -> int | None:
    if person is None or person.unit_id is None:
        return None
    on_duty = duty.on_duty(session, on, [person.unit_id]).get(person.unit_id)
    return on_duty.staff_id if on_duty is not None else None


def find_people(office: Office, text: str, limit: int = 20) -> list[tuple[int, str]]:
    """Residents found by name, spelling, phone or ID tail: id, and name with household number and address."""
    with office.read() as session:
        ids = RESIDENTS.slice_in(session, Query(on=office.today(), text=text), 0, limit)
        return [(number, _words(session, number)) for number in ids]


def person_words(office: Office, resident_id: int) -> str:
    """A resident in one line, without numbers."""
    with office.read() as session:
        return _words(session, resident_id)


def _words(session: Session, resident_id: int) -> str:
    person = session.get(Resident, resident_id)
    house = session.get(Household, person.household_id) if person is not None and person.household_id else None
    if person is None:
        return ""
    place = (f"户{house.number}", house.address) if house is not None else ()
    return "　".join(filter(None, (person.name, *place)))


def blank(entry: Entry) -> Entry:
    """A proposal without what is written by hand on a blank sheet."""
    return replace(entry, kind="", until=None, contact_id=None)


def staff(office: Office) -> list[tuple[int, str]]:
    """Staff to be the contact: id, and name with post."""
    with office.read() as session:
        wanted = select(Staff.id, Staff.name, Staff.post).where(Staff.is_active).order_by(Staff.pinyin, Staff.id)
        return [(number, f"{name}　{post}".strip()) for number, name, post in session.execute(wanted)]


def enter(office: Office, entry: Entry, scan: tuple[str, bytes] | None = None) -> int:
    """Put a resident on the list; the id. `scan` is the signed consent paper. Raises OfficeError."""
    with office.unit("登记帮扶") as session:
        person = checked(session, entry, office.today())
        session.info["unit"].record.name = f"登记帮扶：{person.name}"
        same = select(HelpEntry.id).where(
            HelpEntry.resident_id == person.id,
            HelpEntry.kind == entry.kind.strip(),
            HelpEntry.state == ACTIVE,
            HelpEntry.until >= office.today(),
        )
        if session.scalars(same).first() is not None:
            raise OfficeError(f"“{person.name}”已经在这个类别里", safe=SAFE, do="请打开那一条；同意快到期的，用“续期”")
        record = HelpEntry(**columns(session, entry))
        record.next_on = entry.next_on or _first_visit(entry, office.today())
        session.add(record)
        session.flush()
        _attach(session, record.id, scan)
        return record.id


def _first_visit(entry: Entry, today: date) -> date:
    return min(today + timedelta(days=entry.interval_days), entry.until or today)


def change(office: Office, entry_id: int, entry: Entry, version: int | None = None) -> None:
    """Change need, contact, visits and note; the consent itself changes by `renew` only. Raises OfficeError."""
    with office.unit("修改帮扶") as session:
        record = of_id(session, entry_id)
        if version is not None and record.version != version:
            raise OfficeError("这条帮扶记录刚被别处改过", safe="您的修改还没有写入", do="请关闭后重新打开，再改一次")
        kept = replace(entry, resident_id=record.resident_id, consent_on=record.consent_on, until=record.until)
        guardian, relation = guardian_of(record.consent_by)
        kept = replace(kept, guardian=guardian, relation=relation)
        person = checked(session, kept, office.today(), is_new=False)
        session.info["unit"].record.name = f"修改帮扶：{person.name}"
        kept_columns = columns(session, kept)
        for key in ("kind", "need", "contact_id", "purpose", "scope", "interval_days", "note"):
            setattr(record, key, kept_columns[key])
        record.next_on = entry.next_on


def record_visit(
    office: Office, entry_id: int, day: date, result: str, *, by: str = "", note: str = "", next_on: date | None = None
) -> None:
    """Note a visit; the next one is due after the plan's interval unless a day is given. Raises OfficeError."""
    with office.unit("登记帮扶走访") as session:
        record = of_id(session, entry_id)
        name = session.get_one(Resident, record.resident_id).name
        session.info["unit"].record.name = f"登记帮扶走访：{name}"
        if record.state != ACTIVE or record.until < day:
            raise OfficeError(f"“{name}”的同意已经到期或撤回，不能再登记走访", safe=SAFE, do="请本人再签同意书后“续期”")
        if day > office.today():
            raise OfficeError("走访日期在今天以后", safe=SAFE, do="请填实际走访的日期")
        if result not in RESULTS:
            raise OfficeError("走访结果还没有选", safe=SAFE, do="请从列出的结果里选")
        note_visit(session, record, day, result, by=by, note=note, next_on=next_on)


def note_visit(
    session: Session,
    record: HelpEntry,
    day: date,
    result: str,
    *,
    by: str = "",
    note: str = "",
    next_on: date | None = None,
) -> None:
    """Keep a visit and move the plan of its entry on, in the unit at hand; nobody met is no visit, and it stays due."""
    session.add(HelpVisit(entry_id=record.id, day=day, result=result, by=by.strip()[:40], note=note.strip()[:200]))
    if result in NOT_MET:
        record.next_on = next_on or record.next_on
    elif record.last_on is None or day >= record.last_on:
        record.last_on = day
        record.next_on = next_on or day + timedelta(days=record.interval_days)


def withdraw(office: Office, entry_id: int, reason: str = "") -> None:
    """The person takes the consent back: the help ends today, and the entry waits to be destroyed (PIPL 15)."""
    with office.unit("撤回帮扶同意") as session:
        record = of_id(session, entry_id)
        session.info["unit"].record.name = f"撤回帮扶同意：{session.get_one(Resident, record.resident_id).name}"
        if record.state != ACTIVE:
            raise OfficeError("这条帮扶已经结束", safe="没有改动任何内容")
        record.state, record.ended_on, record.end_reason = (
            WITHDRAWN,
            office.today(),
            (reason.strip() or "本人撤回")[:60],
        )
        record.next_on = None


def renew(office: Office, entry_id: int, entry: Entry, scan: tuple[str, bytes] | None = None) -> None:
    """A new consent for another year at most: who, when, until. Raises OfficeError."""
    with office.unit("帮扶续期") as session:
        record = of_id(session, entry_id)
        if record.state != ACTIVE:
            raise OfficeError("这条帮扶已经结束，不能续期", safe=SAFE, do="请本人签新的同意书，再重新登记")
        kept = replace(entry, resident_id=record.resident_id, kind=record.kind, contact_id=record.contact_id)
        person = checked(session, kept, office.today())
        session.info["unit"].record.name = f"帮扶续期：{person.name}"
        kept_columns = columns(session, kept)
        for key in ("consent_by", "consent_on", "until"):
            setattr(record, key, kept_columns[key])
        record.next_on = record.next_on or _first_visit(kept, office.today())
        _attach(session, entry_id, scan)


def add_scan(office: Office, entry_id: int, name: str, data: bytes) -> None:
    """Keep a scan of the signed consent paper with an entry."""
    with office.unit("保存帮扶同意书") as session:
        record = of_id(session, entry_id)
        session.info["unit"].record.name = f"保存帮扶同意书：{session.get_one(Resident, record.resident_id).name}"
        _attach(session, entry_id, (name, data))


def scan_of(office: Office, attachment_id: int) -> tuple[str, bytes]:
    """A kept scan: its name and bytes."""
    with office.read() as session:
        found = session.get(attachments.Attachment, attachment_id)
        data = attachments.data_of(session, attachment_id)
    if found is None or data is None:
        raise OfficeError("这份扫描件已经不在了", do="请刷新后再试")
    return found.name, data


def _attach(session: Session, entry_id: int, scan: tuple[str, bytes] | None) -> None:
    if scan is not None:
        name, data = scan
        is_picture = name.lower().endswith((".jpg", ".jpeg", ".png"))
        attachments.attach(session, "help_entry", entry_id, name, data, "photo" if is_picture else "file")
