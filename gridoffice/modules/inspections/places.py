"""Premises: taken into the register, changed, deleted, and what is known of one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.text import narrow, pinyin
from gridoffice.db.office import Office
from gridoffice.domain import identity, maps
from gridoffice.domain.choices import Choice
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.premises import Premises
from gridoffice.forms import load
from gridoffice.modules.inspections.lists import EVERY_DAYS, SUBJECT, every_days, standing
from gridoffice.modules.inspections.model import OPEN, Hazard, Inspection

SAFE = "没有写入任何内容"


@dataclass(frozen=True)
class Entry:
    """A place as it is entered; area in m²."""

    name: str
    kind: str
    number: str = ""
    unit_id: int | None = None
    address: str = ""
    owner: str = ""
    phone: str = ""
    area: float | None = None
    floors: int | None = None
    extinguishers: int | None = None
    note: str = ""


@dataclass(frozen=True)
class CheckLine:
    """A check of a place, in short."""

    id: int
    day: date
    inspector: str
    result: str


@dataclass(frozen=True)
class HazardLine:
    """A hazard of a place, in short."""

    id: int
    text: str
    standing: str  # "tone|word"


@dataclass(frozen=True)
class Place:
    """A place as it is shown at the right of the list."""

    id: int
    version: int
    entry: Entry
    unit: str
    rule: str
    checks: tuple[CheckLine, ...]
    hazards: tuple[HazardLine, ...]


def record(office: Office, entry: Entry) -> int:
    """Take a place into the register; an empty number is given. The new id; raises OfficeError."""
    with office.unit(f"登记场所：{entry.name.strip()}") as session:
        place = Premises(**_columns(session, entry, None))
        session.add(place)
        session.flush()
        return place.id


def change(office: Office, place_id: int, entry: Entry, version: int | None = None) -> None:
    """Change a place. Raises OfficeError, also on a newer version."""
    with office.unit(f"修改场所：{entry.name.strip()}") as session:
        place = of_id(session, place_id)
        if version is not None and place.version != version:
            raise OfficeError("这个场所刚被别人改过", safe="您的修改还没有保存", do="请关闭后重新打开，再改一次")
        for key, value in _columns(session, entry, place_id).items():
            setattr(place, key, value)


def remove(office: Office, ids: list[int]) -> None:
    """Delete places; one that was checked stays, with a sentence why. Raises OfficeError."""
    with office.unit(f"删除场所 {len(ids)} 个") as session:
        for place_id in ids:
            place = of_id(session, place_id)
            checks = session.scalar(select(func.count()).where(Inspection.premises_id == place_id)) or 0
            if checks:
                raise OfficeError(
                    f"“{place.name}”有 {checks} 次检查记录，不能删除",
                    safe="没有删除任何内容",
                    do="请先删除它的检查记录；停业的场所可以在备注里写明",
                )
            maps.forget_premises(session, [place_id])
            session.delete(place)


def of_id(session: Session, place_id: int) -> Premises:
    """A place; raises OfficeError when it is gone."""
    place = session.get(Premises, place_id)
    if place is None:
        raise OfficeError("这个场所已经不在了", safe="其他内容没有改动", do="可能刚被删除；可用“撤销”找回")
    return place


def view(office: Office, place_id: int, last: int = 8) -> Place:
    """A place with its last checks and its hazards, open ones first; raises OfficeError when it is gone."""
    on = office.today()
    with office.read() as session:
        place = of_id(session, place_id)
        unit = session.get(GridUnit, place.unit_id) if place.unit_id else None
        checks = select(Inspection).where(Inspection.premises_id == place_id)
        lines = tuple(
            CheckLine(check.id, check.day, check.inspector, check.result)
            for check in session.scalars(checks.order_by(Inspection.day.desc(), Inspection.id.desc()).limit(last))
        )
        found = session.scalars(select(Hazard).where(Hazard.premises_id == place_id).order_by(Hazard.found_on.desc()))
        hazards = sorted(found, key=lambda hazard: hazard.state != OPEN)
    days = every_days(place.kind)
    return Place(
        place.id,
        place.version,
        _entry(place),
        unit.name if unit else "",
        "每月检查一次" if days <= 31 else f"每 {days} 天检查一次",
        lines,
        tuple(HazardLine(h.id, h.text, standing_of(h, on)) for h in hazards[:last]),
    )


def standing_of(hazard: Hazard, on: date) -> str:
    """ "tone|word" of a hazard on a day."""
    value = hazard.state if hazard.state != OPEN else hazard.due_on.isoformat() if hazard.due_on else ""
    return standing(value, on)


def kinds(office: Office) -> list[str]:
    """The kinds of premises on offer: those of the subject, and those the office already uses."""
    with office.read() as session:
        used = set(session.scalars(select(Premises.kind).distinct()))
    known = [place.kind for place in load.subject(SUBJECT).places]
    return known + sorted(used - set(known) - {""})


def kind_help(kind: str) -> str:
    """What belongs to a kind, and how often it is checked."""
    place = load.subject(SUBJECT).place(kind)
    days = place.every_days if place else EVERY_DAYS
    return "；".join(text for text in (place.size if place else "", f"每 {days} 天检查一次") if text)


def place_choices(office: Office) -> list[Choice]:
    """All places to pick from, by number."""
    wanted = select(Premises, GridUnit.name).outerjoin(GridUnit, GridUnit.id == Premises.unit_id)
    with office.read() as session:
        return [
            Choice(place.id, place.name, f"{place.number} {place.kind} {unit or ''}", place.pinyin, place.initials)
            for place, unit in session.execute(wanted.order_by(Premises.number))
        ]


def next_number(session: Session) -> str:
    """The next free number of the register: CS0001, CS0002 …"""
    used = session.scalars(select(Premises.number).where(Premises.number.like("CS%")))
    numbers = [int(number[2:]) for number in used if number[2:].isdigit()]
    return f"CS{max(numbers, default=0) + 1:04d}"


def _entry(place: Premises) -> Entry:
    return Entry(
        place.name,
        place.kind,
        place.number,
        place.unit_id,
        place.address,
        place.owner,
        place.phone,
        place.area,
        place.floors,
        place.extinguishers,
        place.note,
    )


def _columns(session: Session, entry: Entry, own_id: int | None) -> dict[str, object]:
    """The columns of a sound entry; raises OfficeError."""
    name, kind, phone = entry.name.strip(), entry.kind.strip(), identity.clean_phone(entry.phone)
    number = narrow(entry.number).upper() or next_number(session)
    if not name:
        raise OfficeError("没有填场所名称", safe=SAFE, do="请填写名称")
    if not kind:
        raise OfficeError("没有选场所类别", safe=SAFE, do="类别决定用哪张检查表、多久查一次，请选择")
    if phone and not identity.phone_kind(phone):
        raise OfficeError(f"电话“{phone}”不对", safe=SAFE, do="手机号是 11 位，座机请带区号；不清楚可以先空着")
    for title, value in (("面积", entry.area), ("层数", entry.floors), ("灭火器", entry.extinguishers)):
        if value is not None and value < 0:
            raise OfficeError(f"{title}不能小于 0", safe=SAFE, do="请改正")
    twin = session.scalars(select(Premises).where(Premises.number == number, Premises.id != (own_id or 0))).first()
    if twin is not None:
        raise OfficeError(f"编号 {number} 已经是“{twin.name}”的", safe=SAFE, do="请换一个编号，或留空由程序编号")
    full, initials = pinyin(name)
    keys = ("unit_id", "area", "floors", "extinguishers")
    return {key: getattr(entry, key) for key in keys} | {
        "number": number,
        "name": name,
        "kind": kind,
        "phone": phone,
        "phone_tail": phone[-4:],
        "address": entry.address.strip(),
        "owner": entry.owner.strip(),
        "note": entry.note.strip(),
        "pinyin": full[:160],
        "initials": initials[:60],
    }
