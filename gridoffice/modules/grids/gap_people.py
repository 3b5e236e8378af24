"""Rules of 查漏补缺 about persons, households and residents."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from gridoffice.domain.grids import GridUnit
from gridoffice.domain.listing import ON
from gridoffice.domain.networks import GENERAL, Assignment, Network, Role, in_force
from gridoffice.domain.people import APART, LIVING, Household, Resident
from gridoffice.domain.roster import ROSTER
from gridoffice.domain.staff import Staff, serving
from gridoffice.modules.grids.gap_rules import DOUBLES, LEDGER, PEOPLE, Above, Ask, Fix, Found, Rows, Rule, named

Other = aliased(Staff, name="gap_other")
Again = aliased(Assignment, name="gap_again")
AlsoRole = aliased(Role, name="gap_also")


GONE = and_(~Staff.is_active, or_(Staff.left_on.is_(None), Staff.left_on < ON))
"""Has left; the opposite of `serving`, also where nobody noted the day."""


def _posts(ask: Ask, *columns: Any) -> Rows:
    """Terms in force in the networks in use, inside the scope."""
    return (
        select(*columns)
        .select_from(Assignment)
        .join(Role, Role.id == Assignment.role_id)
        .join(Network, Network.id == Role.network_id)
        .join(Staff, Staff.id == Assignment.staff_id)
        .join(GridUnit, GridUnit.id == Assignment.unit_id)
        .where(Network.is_used, in_force(ON), ask.inside(Assignment.unit_id))
    )


def _double(_session: Session, ask: Ask) -> Rows:
    names = func.aggregate_strings(Staff.name, "、")
    found = _posts(ask, GridUnit.id, GridUnit.name, Role.title, names, func.count())
    found = found.where(Role.is_single).group_by(GridUnit.id, GridUnit.name, Role.id, Role.title)
    return found.having(func.count() > 1).order_by(GridUnit.id, Role.id)


def _same_ab(_session: Session, ask: Ask) -> Rows:
    both = and_(
        Again.unit_id == Assignment.unit_id, Again.staff_id == Assignment.staff_id,
        or_(Again.start.is_(None), Again.start <= ON), or_(Again.end.is_(None), Again.end >= ON),
    )  # fmt: skip
    found = _posts(ask, GridUnit.id, GridUnit.name, Staff.name, Network.title)
    found = found.join(Again, both).join(AlsoRole, AlsoRole.id == Again.role_id)
    mine = and_(Role.is_single, AlsoRole.is_single, AlsoRole.network_id == Role.network_id)
    return found.where(mine, ~Role.is_stand_in, AlsoRole.is_stand_in).order_by(GridUnit.id)


def _holders(ask: Ask, condition: ColumnElement[bool]) -> Rows:
    """Persons who hold a post inside the scope, once each, with one of their posts."""
    found = _posts(ask, Staff.id, Staff.name, Staff.phone, func.min(GridUnit.name), func.min(Role.title))
    found = found.where(condition).group_by(Staff.id, Staff.name, Staff.phone, Staff.pinyin)
    return found.order_by(Staff.pinyin, Staff.id)


def _same_phone(_session: Session, ask: Ask) -> Rows:
    twin = select(Other.id).where(
        Other.phone == Staff.phone, Other.id != Staff.id, or_(Other.is_active, Other.left_on >= ON)
    )
    return (
        _holders(ask, and_(Staff.phone != "", serving(ON), twin.exists()))
        .order_by(None)
        .order_by(Staff.phone, Staff.id)
    )


def _away(_session: Session, ask: Ask) -> Rows:
    roster = ROSTER
    return (
        select(GridUnit.id, GridUnit.name, Above.name, Staff.id, Staff.name, roster.c.until, roster.c.second_id)
        .join(roster, roster.c.unit_id == GridUnit.id)
        .join(Staff, Staff.id == roster.c.usual_id)
        .outerjoin(Above, Above.id == GridUnit.parent_id)
        .where(roster.c.until.is_not(None), roster.c.able_id.is_(None), ask.inside(GridUnit.id))
        .order_by(GridUnit.id)
    )


def _tell_away(row: Any, _ask: Ask) -> Found:
    unit, name, above, staff, person, until, second = row
    more = "B岗也不在" if second else "没有B岗"
    fix = Fix("staff", staff_id=staff) if second else Fix("stand_in", unit, network=GENERAL)
    return Found(named(name, above), f"{person}请假至{until.month}月{until.day}日，没有人顶上", more, fix)


def _many(_session: Session, ask: Ask) -> Rows:
    found = _posts(ask, Staff.id, Staff.name, func.count(), func.min(GridUnit.name)).group_by(Staff.id, Staff.name)
    return found.having(func.count() > ask.most).order_by(func.count().desc(), Staff.id)


def _tell_person(what: str, kind: str) -> Any:
    return lambda row, _ask: Found(row[1], what.format(phone=row[2]), f"{row[3]} {row[4]}", Fix(kind, staff_id=row[0]))


PERSONS = (
    Rule("double", PEOPLE, "一个岗位几个人", "只能一人的岗位同时有几个人在任", "late", "打开任期簿", _double,
         lambda row, _ask: Found(row[1], f"{row[2]}有 {row[4]} 人", row[3], Fix("book", row[0]))),
    Rule("same_ab", PEOPLE, "A岗B岗是同一个人", "自己不能给自己顶岗", "soon", "打开任期簿", _same_ab,
         lambda row, _ask: Found(row[1], f"A岗、B岗都是{row[2]}", row[3], Fix("book", row[0]))),
    Rule("no_phone", PEOPLE, "责任人没有电话", "居民和公示牌要用工作电话", "late", "填电话",
         lambda _session, ask: _holders(ask, Staff.phone == ""), _tell_person("没有电话", "edit_staff")),
    Rule("same_phone", PEOPLE, "几个人同一个电话", "可能填错，或登记了别人的号码", "soon", "改电话", _same_phone,
         _tell_person("电话 {phone} 与别人相同", "edit_staff")),
    Rule("left", PEOPLE, "责任人已离岗", "人已经离岗，岗位还挂在名下", "late", "打开任期簿",
         lambda _session, ask: _holders(ask, GONE), _tell_person("已离岗，任职还没有结束", "person_book")),
    Rule("away", PEOPLE, "请假没有人顶上", "A岗请假，没有B岗或B岗也不在", "late", "指定B岗或改请假", _away, _tell_away),
    Rule("many", PEOPLE, "一人兼岗太多", "岗位多于办公室定的数目（设置 → 网格标准）", "soon", "打开任期簿", _many,
         lambda row, ask: Found(row[1], f"有 {row[2]} 个岗位，超过 {ask.most} 个", f"{row[3]}等",
                                Fix("person_book", staff_id=row[0]))),
)  # fmt: skip


# -- households and residents

HERE = Resident.state.in_((LIVING, APART))


def _homeless(_session: Session, ask: Ask) -> Rows:
    found = select(Household.id, Household.number, Household.address).where(Household.unit_id.is_(None))
    return (found if ask.scope is None else found.where(Household.id < 0)).order_by(Household.number)


def _stray(_session: Session, ask: Ask) -> Rows:
    found = select(Resident.id, Resident.name, Household.number, Household.address)
    found = found.outerjoin(Household, Household.id == Resident.household_id)
    found = found.where(Resident.unit_id.is_(None), HERE)
    return (found if ask.scope is None else found.where(Resident.id < 0)).order_by(Resident.id)


def _twin_staff(_session: Session, ask: Ask) -> Rows:
    found = select(Staff.name, Staff.phone, func.count(), func.min(Staff.id)).where(Staff.phone != "", serving(ON))
    if ask.scope is not None:
        found = found.where(ask.inside(Staff.unit_id))
    return found.group_by(Staff.name, Staff.phone).having(func.count() > 1).order_by(Staff.name)


def _twins(*keys: Any) -> Any:
    """Residents who agree in name and something else; people whose full ID numbers differ by birth are two."""

    def query(_session: Session, ask: Ask) -> Rows:
        found = select(Resident.name, *keys, func.count(), func.min(Resident.id), func.count(Resident.id_number))
        found = found.where(
            HERE, *(key.is_not(None) for key in keys), *(key != "" for key in keys if key is Resident.id_tail)
        )
        if ask.scope is not None:
            found = found.where(ask.inside(Resident.unit_id))
        found = found.group_by(Resident.name, *keys).having(func.count() > 1)
        if Resident.born in keys:
            # With two different whole numbers they are namesakes born on one day.
            found = found.having(func.count(Resident.id_number) < func.count())
        return found.order_by(Resident.name, *keys)

    return query


RESIDENTS = (
    Rule("household", LEDGER, "户没有网格", "没有网格的户没有人负责走访", "late", "打开这一户", _homeless,
         lambda row, _ask: Found(f"户 {row[1]}", "没有网格", row[2], Fix("household", record=row[0]))),
    Rule("resident", LEDGER, "居民没有网格", "没有网格的居民没有人负责", "late", "打开这个人", _stray,
         lambda row, _ask: Found(row[1], "没有网格", " ".join(filter(None, (row[2], row[3]))),
                                 Fix("resident", record=row[0]))),
    Rule("twin_staff", DOUBLES, "人员可能重复", "姓名和电话都相同的人员卡", "soon", "打开人员卡", _twin_staff,
         lambda row, _ask: Found(row[0], f"同名同电话 {row[2]} 张卡", row[1], Fix("staff", staff_id=row[3]))),
    Rule("twin_born", DOUBLES, "居民同名同生日", "可能是同一个人登记了两次，至少一人没有证件号", "soon", "打开居民",
         _twins(Resident.born),
         lambda row, _ask: Found(row[0], f"同名同生日 {row[2]} 人", row[1].isoformat(), Fix("resident", record=row[3])),
         is_quick=False),
    Rule("twin_tail", DOUBLES, "居民同名同证件尾号", "可能是同一个人登记了两次，其中一个号码有错", "soon", "打开居民",
         _twins(Resident.id_tail),
         lambda row, _ask: Found(row[0], f"同名同尾号 {row[2]} 人", f"尾号 {row[1]}", Fix("resident", record=row[3])),
         is_quick=False),
)  # fmt: skip
