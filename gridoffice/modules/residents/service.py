"""What can be done with the ledger: households and residents, moving out, duplicates."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.core.module import Count
from gridoffice.core.text import mask_id
from gridoffice.db.office import Office
from gridoffice.domain import choices, person
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.identity import age_on
from gridoffice.domain.listing import Query
from gridoffice.domain.people import LIVING, STATES, Household, Resident
from gridoffice.modules.residents.lists import HOUSEHOLDS, RESIDENTS

LISTINGS = (RESIDENTS, HOUSEHOLDS)
FIELDS = ("name", "relation", "sex", "born", "id_number", "phone", "unit_id", "household_id", "tags", "note")
RELATIONS = ("户主", "配偶", "子", "女", "儿媳", "女婿", "孙子女", "父亲", "母亲", "兄弟姐妹", "其他亲属", "非亲属")


@dataclass(frozen=True)
class Member:
    """A member of a household as its screen shows it."""

    id: int
    name: str
    relation: str
    sex: str
    age: int | None
    phone: str
    tags: str
    state: str


@dataclass(frozen=True)
class HouseholdFile:
    """A household with its members."""

    id: int
    number: str
    address: str
    unit: str
    unit_id: int | None
    note: str
    members: tuple[Member, ...]


def counts(office: Office, on: date) -> list[Count]:
    """Residents who stand in no grid."""
    number = RESIDENTS.count(office, Query(on=on, view="no_unit"))
    return [Count("residents-no-unit", "居民未入网格", number, "soon", "residents", "no_unit")]


@lru_cache(maxsize=1)
def tags() -> tuple[str, ...]:
    """The kinds a resident may be marked with (reference 12.3)."""
    with (paths.resources() / "lists" / "tags.toml").open("rb") as file:
        return tuple(tomllib.load(file)["tags"])


def get(office: Office, resident_id: int) -> Resident:
    """A resident, detached. Raises OfficeError when gone."""
    with office.read() as session:
        found = session.get(Resident, resident_id)
    if found is None:
        raise OfficeError("这条居民记录已经不在了", do="请刷新后再试")
    return found


def household_of(office: Office, resident_id: int) -> HouseholdFile | None:
    """The household a resident belongs to, with all members."""
    number = get(office, resident_id).household_id
    return household(office, number) if number is not None else None


def household(office: Office, household_id: int) -> HouseholdFile | None:
    """A household with its members, the head first; None when gone."""
    with office.read() as session:
        kept = session.get(Household, household_id)
        if kept is None:
            return None
        unit = session.get(GridUnit, kept.unit_id) if kept.unit_id else None
        found = session.scalars(
            select(Resident).where(Resident.household_id == household_id).order_by(Resident.id)
        ).all()
    today = office.today()
    members = tuple(
        Member(
            one.id, one.name, one.relation, one.sex, age_on(one.born, today) if one.born else None, one.phone, one.tags,
            one.state,
        )
        for one in sorted(found, key=lambda one: one.relation != "户主")
    )  # fmt: skip
    where = unit.name if unit else ""
    return HouseholdFile(kept.id, kept.number, kept.address, where, kept.unit_id, kept.note, members)


def similar(office: Office, name: str, number: str = "", own: int = 0) -> list[str]:
    """Persons who may be the same: equal ID number, or equal name; one line each, ID masked."""
    number = person.clean_number(number)
    hits: list[Any] = [Resident.name == name.strip()] if len(name.strip()) > 1 else []
    if len(number) >= 15:
        hits.append(Resident.id_number == number)
    if not hits:
        return []
    with office.read() as session:
        wanted = (
            select(Resident, Household.address)
            .outerjoin(Household, Household.id == Resident.household_id)
            .where(or_(*hits), Resident.id != own)
            .limit(4)
        )
        return [
            f"{one.name}，{one.sex}，{one.born or ''}，{mask_id(one.id_number or '')}，{address or ''}"
            for one, address in session.execute(wanted)
        ]


def _check(session: Session, values: Mapping[str, Any], own: int | None) -> None:
    person.check(values)
    number = person.clean_number(values.get("id_number"))
    other = session.scalars(select(Resident).where(Resident.id_number == number, Resident.id != (own or 0))).first()
    if number and other is not None:
        raise OfficeError(
            f"这个身份证号码已经登记在“{other.name}”名下", safe="没有保存", do="请核对，或直接打开那条记录"
        )
    strange = [tag for tag in str(values.get("tags") or "").split("、") if tag and tag not in tags()]
    if strange:
        raise OfficeError(f"人员类别里没有“{'、'.join(strange)}”", safe="没有保存", do="请从列出的类别里选")


def _fill(record: Resident, values: Mapping[str, Any]) -> None:
    person.fill(record, values, FIELDS)
    record.relation, record.tags = record.relation or "", record.tags or ""


def create(office: Office, values: Mapping[str, Any]) -> int:
    """Enter a resident; the id. Without a household number a household of its own is made. Raises OfficeError."""
    with office.unit(f"新建居民：{str(values.get('name') or '').strip()}") as session:
        _check(session, values, None)
        record = Resident(name="")
        _fill(record, values)
        _house(session, record, str(values.get("address") or ""))
        session.add(record)
        session.flush()
        return record.id


def _house(session: Session, record: Resident, address: str) -> None:
    """Put a resident into a household: a new one where none is named, and where it names no grid into its grid."""
    if record.household_id is None:
        record.household_id = _new_household(session, record.unit_id, address)
        record.relation = record.relation or "户主"
        return
    house = session.get_one(Household, record.household_id)
    record.unit_id = record.unit_id if record.unit_id is not None else house.unit_id
    house.address = address or house.address


def _new_household(session: Session, unit_id: int | None, address: str) -> int:
    made = Household(number=_next_number(session), unit_id=unit_id, address=address)
    session.add(made)
    session.flush()
    return made.id


def _next_number(session: Session) -> str:
    """The next free household number, as long as the longest there is."""
    length = session.scalar(select(func.max(func.length(Household.number)))) or 5
    last = session.scalar(select(func.max(Household.number)).where(func.length(Household.number) == length)) or "0"
    return f"{int(last) + 1:0{length}d}" if last.isdigit() else f"{last}-1"


def update(office: Office, resident_id: int, values: Mapping[str, Any], version: int | None = None) -> None:
    """Change a resident (`address` changes the household's). Raises OfficeError.

    Who goes to another household goes to its grid too unless a grid was chosen; an emptied household goes away.
    """
    with office.unit("修改居民") as session:
        record = session.get_one(Resident, resident_id)
        session.info["unit"].record.name = f"修改居民：{values.get('name') or record.name}"
        house, unit = record.household_id, record.unit_id
        _check(session, {"name": record.name, **values}, resident_id)
        if version is not None and record.version != version:
            raise OfficeError(
                f"“{record.name}”刚被别处改过", safe="您的修改还没有写入", do="请关闭后重新打开，再改一次"
            )
        _fill(record, values)
        if record.household_id == house and house is not None:
            if "address" in values:
                session.get_one(Household, house).address = values["address"] or ""
        elif "household_id" in values:
            if record.unit_id == unit and record.household_id is not None:
                record.unit_id = None
            _house(session, record, "" if record.household_id else str(values.get("address") or ""))
            session.flush()
            _drop_empty(session, house)


def _drop_empty(session: Session, house: int | None) -> None:
    if house is None or session.scalar(select(func.count(Resident.id)).where(Resident.household_id == house)):
        return
    session.delete(session.get_one(Household, house))


def set_state(office: Office, resident_id: int, state: str) -> None:
    """A resident moved out, died, or lives here again; the record stays."""
    name = get(office, resident_id).name
    with office.unit(f"{name}：{STATES[state]}") as session:
        session.get_one(Resident, resident_id).state = state


def delete(office: Office, resident_id: int) -> str:
    """Delete a record entered by mistake; an emptied household goes with it. The name."""
    name = get(office, resident_id).name
    with office.unit(f"删除居民：{name}") as session:
        record = session.get_one(Resident, resident_id)
        house = record.household_id
        session.delete(record)
        session.flush()
        _drop_empty(session, house)
    return name


def update_household(office: Office, household_id: int, values: Mapping[str, Any]) -> None:
    """Change a household's number, address, grid or note; its members move to the grid with it."""
    number = str(values.get("number") or "").strip()
    if not number:
        raise OfficeError("户编号还没有填", safe="没有保存")
    with office.unit(f"修改户：{number}") as session:
        house = session.get_one(Household, household_id)
        same = (Household.number == number) & (Household.id != household_id)
        if session.scalars(select(Household.id).where(same)).first() is not None:
            raise OfficeError(f"户编号 {number} 已经有了", safe="没有保存", do="请换一个编号")
        house.number, house.address = number, values.get("address") or ""
        house.note = values.get("note") or ""
        if values.get("unit_id") != house.unit_id:
            house.unit_id = values.get("unit_id")
            for member in session.scalars(select(Resident).where(Resident.household_id == household_id)):
                member.unit_id = house.unit_id


def is_living(state: str) -> bool:
    """Whether a state means that the person lives here."""
    return state == LIVING


def units(office: Office) -> list[tuple[int, str]]:
    """The grids a resident may live in: id and name."""
    with office.read() as session:
        return [(choice.id, choice.text) for choice in choices.units(session)]


def households(office: Office) -> list[tuple[int, str]]:
    """Households to put a resident into: id, and number with address."""
    with office.read() as session:
        found = session.execute(select(Household.id, Household.number, Household.address).order_by(Household.number))
        return [(number, f"{code} {address}".strip()) for number, code, address in found]
