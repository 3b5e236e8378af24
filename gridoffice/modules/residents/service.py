"""What can be done with a resident's record: entered, changed, deleted; who may be the same person."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.core.module import Count
from gridoffice.core.text import mask_id, pinyin
from gridoffice.db.office import Office
from gridoffice.domain import choices, identity, person
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.identity import age_on
from gridoffice.domain.listing import Query
from gridoffice.domain.people import LIVING, STATES, Household, Resident
from gridoffice.modules.residents import help, households
from gridoffice.modules.residents.lists import HOUSEHOLDS, RESIDENTS
from gridoffice.modules.residents.lists_assistants import ASSISTANTS
from gridoffice.modules.residents.lists_help import HELP
from gridoffice.modules.residents.lists_organisations import ORGANISATIONS

LISTINGS = (RESIDENTS, HOUSEHOLDS, ORGANISATIONS, HELP, ASSISTANTS)
FIELDS = ("name", "relation", "sex", "born", "id_number", "phone", "unit_id", "household_id", "tags", "note")


@dataclass(frozen=True)
class Similar:
    """A person who may be the same: enough to tell without opening the record; ID number and phone masked."""

    id: int
    name: str
    sex: str
    age: int | None
    id_masked: str
    phone_tail: str
    address: str
    unit: str
    state: str
    why: str  # 证件号相同

    @property
    def words(self) -> str:
        """In one line."""
        age = f"{self.age} 岁" if self.age is not None else ""
        tail = f"电话尾号 {self.phone_tail}" if self.phone_tail else ""
        state = STATES[self.state] if self.state != LIVING else ""
        facts = (self.name, self.sex, age, self.id_masked, tail, self.address or self.unit, state)
        return "，".join(fact for fact in facts if fact)


def counts(office: Office, on: date) -> list[Count]:
    """Residents who stand in no grid, and what the help list asks for."""
    number = RESIDENTS.count(office, Query(on=on, view="no_unit"))
    return [
        Count("residents-no-unit", "居民未入网格", number, "soon", "residents", "no_unit"),
        *help.counts(office, on),
    ]


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


def similar(office: Office, values: Mapping[str, Any], own: int = 0, limit: int = 4) -> list[Similar]:
    """Persons who may be the same as what is typed so far: number, name (or its sound and birth), phone; best first."""
    told = {key: str(values.get(key) or "").strip() for key in ("name", "id_number", "phone")}
    born = values.get("born")
    number, phone = person.clean_number(told["id_number"]), identity.clean_phone(told["phone"])
    hits: list[tuple[str, Any]] = []
    if len(number) in (15, 18):
        hits.append(("证件号相同", Resident.id_number.in_(_forms(number))))
    if len(told["name"]) > 1:
        hits.append(("姓名相同", Resident.name == told["name"]))
        if born is not None:
            hits.append(("读音和生日相同", (Resident.pinyin == pinyin(told["name"])[0]) & (Resident.born == born)))
    if len(phone) == 11:
        hits.append(("电话相同", (Resident.phone_tail == phone[-4:]) & (Resident.phone == phone)))
    found: dict[int, Similar] = {}
    with office.read() as session:
        for why, hit in hits:
            for one in _look(session, hit, own, limit, why, office.today()):
                found.setdefault(one.id, one)
    return list(found.values())[:limit]


def _forms(number: str) -> list[str]:
    """A number as it may stand in the ledger: an old one of 15 figures is the new one without century and check."""
    if len(number) == 18:
        return [number, number[:6] + number[8:17]]
    body = f"{number[:6]}19{number[6:]}"
    return [number, body + identity.id_check_character(body)] if body.isdigit() else [number]


def _look(session: Session, hit: Any, own: int, limit: int, why: str, today: date) -> list[Similar]:
    wanted = (
        select(Resident, Household.address, GridUnit.name)
        .outerjoin(Household, Household.id == Resident.household_id)
        .outerjoin(GridUnit, GridUnit.id == Resident.unit_id)
        .where(hit, Resident.id != own)
        .order_by(Resident.id)
        .limit(limit)
    )
    return [
        Similar(
            one.id, one.name, one.sex, age_on(one.born, today) if one.born else None, mask_id(one.id_number or ""),
            one.phone_tail, address or "", unit or "", one.state, why,
        )
        for one, address, unit in session.execute(wanted)
    ]  # fmt: skip


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
        record.household_id = households.new_household(session, record.unit_id, address)
        record.relation = record.relation or "户主"
        return
    house = session.get_one(Household, record.household_id)
    record.unit_id = record.unit_id if record.unit_id is not None else house.unit_id
    house.address = address or house.address


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
            households.drop_empty(session, house)


def delete(office: Office, resident_id: int) -> str:
    """Delete a record entered by mistake; an emptied household goes with it. The name."""
    name = get(office, resident_id).name
    with office.unit(f"删除居民：{name}") as session:
        record = session.get_one(Resident, resident_id)
        house = record.household_id
        session.delete(record)
        session.flush()
        households.drop_empty(session, house)
    return name


def units(office: Office) -> list[tuple[int, str]]:
    """The grids a resident may live in: id and name."""
    with office.read() as session:
        return [(choice.id, choice.text) for choice in choices.units(session)]
