"""Households: read with their members, changed as a whole, found while typing, split and joined."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.core.text import narrow
from gridoffice.db.office import Office
from gridoffice.domain import casework
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.identity import age_on
from gridoffice.domain.people import LIVING, Household, Resident

HEAD = "户主"


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
    """A household with its members, the head first, who lives here before who left."""

    id: int
    number: str
    address: str
    unit: str
    unit_id: int | None
    note: str
    members: tuple[Member, ...]

    @property
    def head(self) -> Member | None:
        """The head, None where nobody is."""
        return next((one for one in self.members if one.relation == HEAD), None)


def is_living(member: Member) -> bool:
    """Whether a member lives here."""
    return member.state == LIVING


@lru_cache(maxsize=1)
def relations() -> tuple[str, ...]:
    """The words for 与户主关系, 户主 first (reference 8.6)."""
    with (paths.resources() / "lists" / "relations.toml").open("rb") as file:
        return tuple(tomllib.load(file)["relations"])


def household_of(office: Office, resident_id: int) -> HouseholdFile | None:
    """The household a resident belongs to, with all members; None without one."""
    with office.read() as session:
        number = session.scalar(select(Resident.household_id).where(Resident.id == resident_id))
    return household(office, number) if number is not None else None


def household(office: Office, household_id: int) -> HouseholdFile | None:
    """A household with its members; None when gone."""
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
        for one in sorted(found, key=lambda one: (one.state != LIVING, one.relation != HEAD))
    )  # fmt: skip
    where = unit.name if unit else ""
    return HouseholdFile(kept.id, kept.number, kept.address, where, kept.unit_id, kept.note, members)


def needed(office: Office, household_id: int) -> HouseholdFile:
    """As `household`; raises OfficeError when it is gone."""
    found = household(office, household_id)
    if found is None:
        raise OfficeError("这一户已经不在了", do="请刷新后再试")
    return found


def find(office: Office, text: str, limit: int = 20) -> list[tuple[int, str]]:
    """Households by parts of number, address, or a member's name, spelling or phone tail, in any order of the words.

    Asks for `limit` rows only, so it is as quick with 150,000 households as with ten. Ids with `words_of`.
    """
    words = narrow(text).split()
    if not words:
        return []
    wanted = select(Household.id).where(*(_has(word) for word in words)).order_by(Household.number).limit(limit)
    with office.read() as session:
        return [(number, _words(session, number)) for number in session.scalars(wanted)]


def _has(word: str) -> Any:
    person = [Resident.name.startswith(word, autoescape=True)]
    low = word.lower()
    if low.isascii():
        person += [Resident.initials.startswith(low, autoescape=True), Resident.pinyin.startswith(low, autoescape=True)]
        if len(word) == 4:
            person += [Resident.phone_tail == word, Resident.id_tail == word.upper()]
    of_person = select(Resident.household_id).where(or_(*person), Resident.household_id.is_not(None))
    return or_(
        Household.number.contains(word, autoescape=True),
        Household.address.contains(word, autoescape=True),
        Household.id.in_(of_person),
    )


def words_of(office: Office, household_id: int) -> str:
    """A household in one line: 00012　石桥村3组8号　李秀兰等 3 人; "" when gone."""
    with office.read() as session:
        return _words(session, household_id)


def _words(session: Session, household_id: int) -> str:
    house = session.get(Household, household_id)
    if house is None:
        return ""
    members = session.execute(
        select(Resident.name, Resident.relation).where(Resident.household_id == household_id).order_by(Resident.id)
    ).all()
    first = next((name for name, relation in members if relation == HEAD), members[0][0] if members else "")
    people = f"{first}等 {len(members)} 人" if len(members) > 1 else first
    return "　".join(part for part in (house.number, house.address, people) if part)


def new_household(session: Session, unit_id: int | None, address: str, number: str = "") -> int:
    """Found a household in the unit at hand; the id. Raises OfficeError for a number that is taken."""
    made = Household(number=_checked(session, number or next_number(session), None), unit_id=unit_id, address=address)
    session.add(made)
    session.flush()
    return made.id


def next_number(session: Session) -> str:
    """The next free household number, as long as the longest there is."""
    length = session.scalar(select(func.max(func.length(Household.number)))) or 5
    last = session.scalar(select(func.max(Household.number)).where(func.length(Household.number) == length)) or "0"
    return f"{int(last) + 1:0{length}d}" if last.isdigit() else f"{last}-1"


def proposed_number(office: Office) -> str:
    """As `next_number`, to be shown before a household is founded."""
    with office.read() as session:
        return next_number(session)


def _checked(session: Session, number: str, own: int | None) -> str:
    if not number:
        raise OfficeError("户编号还没有填", safe="没有保存")
    same = (Household.number == number) & (Household.id != (own or 0))
    if session.scalars(select(Household.id).where(same)).first() is not None:
        raise OfficeError(f"户编号 {number} 已经有了", safe="没有保存", do="请换一个编号")
    return number


def drop_empty(session: Session, house: int | None) -> None:
    """Take a household away in which nobody is left; one that cases, visits or files tell of stays."""
    from gridoffice.modules.residents.merging import is_told_of

    if house is None or session.scalar(select(func.count(Resident.id)).where(Resident.household_id == house)):
        return
    if not is_told_of(session, Household.__table__, house):
        session.delete(session.get_one(Household, house))


def update(office: Office, household_id: int, values: Mapping[str, Any]) -> None:
    """Change a household's number, address, grid or note; its members move to the grid with it. Raises OfficeError."""
    number = str(values.get("number") or "").strip()
    with office.unit(f"修改户：{number}") as session:
        house = session.get_one(Household, household_id)
        house.number = _checked(session, number, household_id)
        house.address, house.note = values.get("address") or "", values.get("note") or ""
        if values.get("unit_id") != house.unit_id:
            _move(session, house, values.get("unit_id"))


def move(office: Office, household_ids: Sequence[int], unit_id: int) -> int:
    """Move whole households to another grid in one step; how many moved."""
    with office.unit("整户换网格") as session:
        unit = session.get_one(GridUnit, unit_id)
        moved = 0
        for number in household_ids:
            house = session.get_one(Household, number)
            if house.unit_id != unit_id:
                _move(session, house, unit_id)
                moved += 1
        session.info["unit"].record.name = f"整户换网格：{moved} 户到{unit.name}"
    return moved


def _move(session: Session, house: Household, unit_id: int | None) -> None:
    house.unit_id = unit_id
    for member in session.scalars(select(Resident).where(Resident.household_id == house.id)):
        member.unit_id = unit_id


def set_relations(office: Office, household_id: int, told: Mapping[int, str]) -> None:
    """Give members (by id) their relation to the head; exactly one is the head afterwards. Raises OfficeError."""
    house = needed(office, household_id)
    head = next((one.name for one in house.members if told.get(one.id, one.relation) == HEAD), "")
    with office.unit(f"户 {house.number} 换户主：{head}") as session:
        _relate(session, household_id, told)


def _relate(session: Session, household_id: int, told: Mapping[int, str]) -> None:
    members = session.scalars(select(Resident).where(Resident.household_id == household_id)).all()
    for member in members:
        member.relation = told.get(member.id, member.relation)
    check_heads(members)


def check_heads(members: Sequence[Resident]) -> None:
    """Raise OfficeError unless exactly one of those who live here is the head."""
    heads = [one.name for one in members if one.relation == HEAD and one.state == LIVING]
    if not heads and any(one.state == LIVING for one in members):
        raise OfficeError("这一户没有户主了", safe="没有保存", do="请选一位在住的成员当户主")
    if len(heads) > 1:
        raise OfficeError(
            f"{'、'.join(heads)}都写着户主", safe="没有保存", do="一户只能有一位户主，请把其他人改成与户主的关系"
        )


@dataclass(frozen=True)
class Split:
    """Who leaves (`relations`: id and relation to the new head) and what their new household is."""

    relations: Mapping[int, str]
    number: str = ""  # empty: the next free one
    address: str = ""
    unit_id: int | None = None
    stayers: Mapping[int, str] | None = None  # relations of who stays, where they change


def split(office: Office, household_id: int, wanted: Split) -> int:
    """分户: found a household of some members in one step; its id. Raises OfficeError."""
    house = needed(office, household_id)
    leaving = [one for one in house.members if one.id in wanted.relations]
    if not leaving or len(leaving) == len(house.members):
        raise OfficeError("没有选出要分出去的人" if not leaving else "全家都选上了，没有人留在原户", safe="没有保存",
                          do="请勾选一部分成员；整户搬家请用“改这一户”")  # fmt: skip
    with office.unit(f"分户：{leaving[0].name}等 {len(leaving)} 人从户 {house.number} 分出") as session:
        made = new_household(session, wanted.unit_id, wanted.address.strip(), wanted.number.strip())
        for one in leaving:
            member = session.get_one(Resident, one.id)
            member.household_id, member.unit_id = made, wanted.unit_id
        session.flush()
        casework.link_too(session, household_id, made)
        _relate(session, made, wanted.relations)
        _relate(session, household_id, wanted.stayers or {})
    return made


def join(
    office: Office, kept_id: int, lost_id: int, relations: Mapping[int, str], values: Mapping[str, Any] | None = None
) -> None:
    """并户: the members of one household go to another, the emptied one goes away, in one step. Raises OfficeError.

    `relations` are those to the one head; `values` may give another address, note or grid to the kept household.
    """
    from gridoffice.modules.residents.merging import point_to

    kept, lost = needed(office, kept_id), needed(office, lost_id)
    if kept_id == lost_id:
        raise OfficeError("选的是同一户", safe="没有改动任何内容", do="请选另一户来合并")
    with office.unit(f"并户：户 {lost.number} 并入户 {kept.number}") as session:
        house = session.get_one(Household, kept_id)
        for key in ("address", "note", "unit_id"):
            if values and key in values:
                setattr(house, key, values[key])
        point_to(session, Household.__table__, kept_id, lost_id)
        casework.link_once(session, kept_id)
        _move(session, house, house.unit_id)
        session.flush()
        _relate(session, kept_id, relations)
        session.delete(session.get_one(Household, lost_id))
