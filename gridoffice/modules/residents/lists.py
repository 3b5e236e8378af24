"""The ledger of residents and the list of households."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from gridoffice.domain.finding import Also
from gridoffice.domain.grids import GridUnit, subtree
from gridoffice.domain.identity import age_on
from gridoffice.domain.listing import Column, Condition, Listing, View, chosen
from gridoffice.domain.people import APART, GONE, LIVING, STATES, Household, Resident


def _older(years: int) -> Any:
    def where(on: date) -> Condition:
        limit = (
            on.replace(year=on.year - years) if (on.month, on.day) != (2, 29) else on - timedelta(days=years * 365.25)
        )
        return (Resident.state == LIVING) & (Resident.born <= limit)

    return where


def _tagged(word: str) -> Any:
    return lambda _on: (Resident.state == LIVING) & Resident.tags.like(f"%{word}%")


def _age(born: Any, on: date) -> str:
    return str(age_on(born, on)) if born else ""


def _state(value: Any, _on: date) -> str:
    return f"{'plain' if value == LIVING else 'quiet'}|{STATES.get(value, value)}"


RESIDENTS = Listing(
    key="residents",
    title="居民",
    paper="居民台账",
    base=chosen(Resident)
    .outerjoin(Household, Household.id == Resident.household_id)
    .outerjoin(GridUnit, GridUnit.id == Resident.unit_id),
    id=Resident.id,
    columns=(
        Column("household", "户编号", Household.number, 72),
        Column("name", "姓名", Resident.name, 72, by=Resident.pinyin),
        Column("relation", "与户主", Resident.relation, 66),
        Column("sex", "性别", Resident.sex, 46),
        Column("age", "年龄", Resident.born, 48, "number", show=_age),
        Column("id_number", "证件号", Resident.id_number, 160, "id", is_masked=True),
        Column("phone", "电话", Resident.phone, 112, "phone", is_masked=True),
        Column("unit", "网格", GridUnit.name, 126),
        Column("address", "住址", Household.address, 150),
        Column("tags", "类别", Resident.tags, 84),
        Column("state", "状态", Resident.state, 94, "state", show=_state),
        Column("born", "出生日期", Resident.born, 104, "date", is_extra=True),
        Column("lives_at", "现居住地", Resident.lives_at, 150, is_extra=True),
        Column("ended_on", "迁出、去世日期", Resident.ended_on, 120, "date", is_extra=True),
        Column("note", "备注", Resident.note, 160, is_masked=True, is_extra=True),
    ),
    views=(
        View("", "全部"),
        View("aged60", "60岁以上", _older(60)),
        View("aged65", "65岁以上", _older(65)),
        View("alone", "独居老人", _tagged("独居")),
        View("party", "党员", _tagged("党员")),
        View("disabled", "残疾", _tagged("残疾")),
        View("poor", "低保", _tagged("低保")),
        View("veteran", "退役军人", _tagged("退役军人")),
        View("no_unit", "未入网格", lambda _on: (Resident.state == LIVING) & Resident.unit_id.is_(None)),
        View("apart", "人户分离", lambda _on: Resident.state == APART),
        View("gone", "已迁出或去世", lambda _on: Resident.state.in_(GONE)),
        View(
            "old_number",
            "证件号待更新",
            lambda _on: (Resident.state == LIVING) & (func.length(Resident.id_number) == 15),
        ),
    ),
    filters={
        "unit": lambda value: Resident.unit_id.in_(select(subtree(value).c.id)),
        "household": lambda value: Resident.household_id == value,
    },
    names=(Resident.name, Household.address, GridUnit.name),
    pinyin=(Resident.pinyin, Resident.initials),
    codes=(Household.number,),
    tails=((Resident.phone_tail, Resident.phone), (Resident.id_tail, Resident.id_number)),
    is_vast=True,
    order=(Resident.household_id.asc().nulls_last(), Resident.id),
    tables=frozenset({"resident", "household", "grid_unit"}),
    module="residents",
)

HEAD = (
    select(func.min(Resident.name))
    .where(Resident.household_id == Household.id, Resident.relation == "户主")
    .correlate(Household)
    .scalar_subquery()
)
MEMBERS = (
    select(func.count(Resident.id))
    .where(Resident.household_id == Household.id, Resident.state == LIVING)
    .correlate(Household)
    .scalar_subquery()
)


def _same_address() -> Condition:
    """Households whose address another one has too: perhaps one household entered twice."""
    twice = select(Household.address).where(Household.address != "").group_by(Household.address)
    return Household.address.in_(twice.having(func.count() > 1))


HOUSEHOLDS = Listing(
    key="households",
    title="户",
    paper="户台账",
    base=chosen(Household).outerjoin(GridUnit, GridUnit.id == Household.unit_id),
    id=Household.id,
    columns=(
        Column("number", "户编号", Household.number, 90),
        Column("head", "户主", HEAD, 90),
        Column("members", "人数", MEMBERS, 60, "number"),
        Column("unit", "网格", GridUnit.name, 160),
        Column("address", "住址", Household.address, 220),
        Column("note", "备注", Household.note, 200, is_masked=True),
    ),
    views=(
        View("", "全部"),
        View("no_unit", "未入网格", lambda _on: Household.unit_id.is_(None)),
        View("no_head", "没有户主", lambda _on: HEAD.is_(None)),
        View("same_address", "同址多户", lambda _on: _same_address()),
    ),
    filters={"unit": lambda value: Household.unit_id.in_(select(subtree(value).c.id))},
    names=(Household.address, GridUnit.name),
    pinyin=(GridUnit.pinyin, GridUnit.initials),
    codes=(Household.number,),
    also=(Also(Household.id, Resident.household_id, (Resident.name,), (Resident.pinyin, Resident.initials)),),
    is_vast=True,
    order=(Household.number,),
    tables=frozenset({"resident", "household", "grid_unit"}),
    module="residents",
)
