"""Enrolments: into a programme, changed, out of it and back, deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.text import narrow, pinyin
from gridoffice.db.office import Office
from gridoffice.domain import identity
from gridoffice.domain.choices import Choice
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.people import LIVING, Household, Resident
from gridoffice.forms import load
from gridoffice.modules.followup.model import ACTIVE, LEFT, AssistVisit, Enrolment, Visit

SAFE = "没有写入任何内容"
REASONS = ("死亡", "迁居他处", "失访", "转到其他机构管理", "本人不愿继续", "其他")
"""Why a person leaves a programme; the office may write its own words."""


@dataclass(frozen=True)
class Entry:
    """An enrolment as it is entered; `next_on` empty: the programme's interval after `enrolled_on`."""

    programme: str
    name: str
    id_number: str = ""
    phone: str = ""
    unit_id: int | None = None
    resident_id: int | None = None
    enrolled_on: date | None = None
    next_on: date | None = None
    note: str = ""


def enrol(office: Office, entry: Entry) -> int:
    """Put a person into a programme; the new id. Raises OfficeError."""
    entry = _cleaned(entry, office.today())
    with office.read() as session:
        _refuse_double(session, entry, None)
    with office.unit(f"健康服务建档：{entry.name}") as session:
        record = Enrolment(state=ACTIVE, **_columns(entry))
        record.next_on = entry.next_on or first_day(entry.programme, entry.enrolled_on or office.today())
        session.add(record)
        session.flush()
        return record.id


def change(office: Office, enrolment_id: int, entry: Entry, version: int | None = None) -> None:
    """Change an enrolment's own data; visits stay. Raises OfficeError, also on a newer version."""
    entry = _cleaned(entry, office.today())
    with office.read() as session:
        _refuse_double(session, entry, enrolment_id)
    with office.unit(f"修改健康服务档案：{entry.name}") as session:
        record = of_id(session, enrolment_id)
        if version is not None and record.version != version:
            raise OfficeError("这份档案刚被别人改过", safe="您的修改还没有保存", do="请关闭后重新打开，再改一次")
        if record.programme != entry.programme and visits_of(session, enrolment_id):
            raise OfficeError("已有随访记录，不能改成别的方案", safe=SAFE, do="请另建一份档案，原来的可以结案")
        for key, value in _columns(entry).items():
            setattr(record, key, value)
        if entry.next_on:
            record.next_on = entry.next_on


def leave(office: Office, enrolment_id: int, on: date, reason: str) -> None:
    """Take a person out of the programme; nothing is due any more. Raises OfficeError."""
    if not reason.strip():
        raise OfficeError("没有写结案原因", safe=SAFE, do="请选择或填写原因，例如：迁居他处、失访")
    if on > office.today():
        raise OfficeError("结案日期在今天之后", safe=SAFE, do="请改正日期")
    with office.read() as session:
        name = of_id(session, enrolment_id).name
    with office.unit(f"健康服务结案：{name}") as session:
        record = of_id(session, enrolment_id)
        if record.state == LEFT:
            raise OfficeError(f"{record.name}已经结案", safe=SAFE)
        record.state, record.left_on, record.left_reason = LEFT, on, reason.strip()[:60]


def take_back(office: Office, enrolment_id: int) -> None:
    """Take a person into the programme again; the next day is the one that stood before. Raises OfficeError."""
    with office.read() as session:
        name = of_id(session, enrolment_id).name
    with office.unit(f"恢复健康服务：{name}") as session:
        record = of_id(session, enrolment_id)
        if record.state == ACTIVE:
            raise OfficeError(f"{record.name}没有结案，不用恢复", safe=SAFE)
        record.state, record.left_on, record.left_reason = ACTIVE, None, ""


def remove(office: Office, ids: list[int], *, with_visits: bool = False) -> None:
    """Delete enrolments; those with visits only together with these (`with_visits`), else OfficeError says so."""
    with office.unit(f"删除健康服务档案 {len(ids)} 份") as session:
        records = [of_id(session, enrolment_id) for enrolment_id in ids]
        visits = [visit for record in records for visit in visits_of(session, record.id)]
        if visits and not with_visits:
            raise OfficeError(
                f"这些档案里有 {len(visits)} 次随访记录",
                safe="没有删除任何内容",
                do="不再随访请用“结案”；确实要删，可以连同随访记录一起删除，删除后能撤销",
            )
        calls = [call for record in records for call in calls_of(session, record.id)]
        for hanging in (*visits, *calls):
            session.delete(hanging)
        session.flush()
        for record in records:
            session.delete(record)


def visits_number(office: Office, ids: list[int]) -> int:
    """How many visits some enrolments have."""
    with office.read() as session:
        return sum(len(visits_of(session, enrolment_id)) for enrolment_id in ids)


def of_id(session: Session, enrolment_id: int) -> Enrolment:
    """An enrolment; raises OfficeError when it is gone."""
    record = session.get(Enrolment, enrolment_id)
    if record is None:
        raise OfficeError("这份档案已经不在了", safe="其他内容没有改动", do="可能刚被删除；可用“撤销”找回")
    return record


def visits_of(session: Session, enrolment_id: int) -> list[Visit]:
    """The visits of an enrolment, the newest first."""
    wanted = select(Visit).where(Visit.enrolment_id == enrolment_id)
    return list(session.scalars(wanted.order_by(Visit.day.desc(), Visit.id.desc())))


def calls_of(session: Session, enrolment_id: int) -> list[AssistVisit]:
    """The grid workers' calls about an enrolment's appointments, the newest first."""
    wanted = select(AssistVisit).where(AssistVisit.enrolment_id == enrolment_id)
    return list(session.scalars(wanted.order_by(AssistVisit.day.desc(), AssistVisit.id.desc())))


def resident_choices(office: Office, text: str, limit: int = 20) -> list[Choice]:
    """Living residents found by name, spelling or phone tail; the detail tells grid, address and year of birth."""
    word = narrow(text)
    if not word:
        return []
    low = word.lower()
    hits = [Resident.name.contains(word, autoescape=True), Resident.phone_tail == word, Resident.id_number == word]
    if low.isascii():
        hits += [Resident.initials.startswith(low, autoescape=True), Resident.pinyin.startswith(low, autoescape=True)]
    wanted = (
        select(Resident, GridUnit.name, Household.address)
        .outerjoin(GridUnit, GridUnit.id == Resident.unit_id)
        .outerjoin(Household, Household.id == Resident.household_id)
        .where(Resident.state == LIVING, or_(*hits))
        .order_by(Resident.pinyin, Resident.id)
        .limit(limit)
    )
    with office.read() as session:
        return [
            Choice(
                person.id,
                person.name,
                "　".join(part for part in (f"{person.born.year}年生" if person.born else "", unit, address) if part),
                person.pinyin,
                person.initials,
            )
            for person, unit, address in session.execute(wanted)
        ]


def entry_of_resident(office: Office, programme: str, resident_id: int) -> Entry:
    """An enrolment's entry prepared from the ledger. Raises OfficeError when the resident is gone."""
    with office.read() as session:
        person = session.get(Resident, resident_id)
    if person is None:
        raise OfficeError("台账里没有这个人了", safe=SAFE, do="请重新查找")
    return Entry(
        programme, person.name, person.id_number or "", person.phone, person.unit_id, person.id, office.today()
    )


def _cleaned(entry: Entry, today: date) -> Entry:
    """The entry with clean name and numbers; raises OfficeError."""
    load.programme_form(entry.programme)
    name = "".join(entry.name.split())
    number, phone = narrow(entry.id_number).upper(), identity.clean_phone(entry.phone)
    if not name:
        raise OfficeError("没有填姓名", safe=SAFE, do="请填写姓名，或从台账里选人")
    if number and not identity.read_id(number, today).is_usable:
        raise OfficeError(f"身份证号“{number}”不对", safe=SAFE, do="请核对每一位，包括最后的校验位；不清楚可以先空着")
    if phone and not identity.phone_kind(phone):
        raise OfficeError(f"电话“{phone}”不对", safe=SAFE, do="手机号是 11 位，座机请带区号；不清楚可以先空着")
    if entry.enrolled_on and entry.enrolled_on > today:
        raise OfficeError("建档日期在今天之后", safe=SAFE, do="请改正日期")
    return Entry(
        entry.programme,
        name,
        number,
        phone,
        entry.unit_id,
        entry.resident_id,
        entry.enrolled_on,
        entry.next_on,
        entry.note.strip(),
    )


def _columns(entry: Entry) -> dict[str, object]:
    full, initials = pinyin(entry.name)
    keys = ("programme", "name", "phone", "unit_id", "resident_id", "enrolled_on", "note")
    return {key: getattr(entry, key) for key in keys} | {
        "pinyin": full,
        "initials": initials,
        "id_number": entry.id_number or None,
        "phone_tail": entry.phone[-4:],
    }


def first_day(programme: str, enrolled_on: date) -> date:
    """The first visit lies one interval after the enrolment (four a year, reference 4.1 R-HTN-1)."""
    form = load.programme_form(programme)
    return enrolled_on + timedelta(days=int(form.programme.figures["days_satisfied"] if form.programme else 90))


def _refuse_double(session: Session, entry: Entry, own_id: int | None) -> None:
    """One person stands once in a programme."""
    same = []
    if entry.id_number:
        same.append(Enrolment.id_number == entry.id_number)
    if entry.resident_id:
        same.append(Enrolment.resident_id == entry.resident_id)
    if not same:
        return
    wanted = select(Enrolment).where(Enrolment.programme == entry.programme, or_(*same))
    for found in session.scalars(wanted):
        if found.id != own_id:
            do = "请打开原来的档案恢复随访" if found.state == LEFT else "请打开原来的档案登记随访"
            raise OfficeError(f"{found.name}已经在这个方案里", safe=SAFE, do=do)
