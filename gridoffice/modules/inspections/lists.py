"""The lists of premises, checks and hazards as screen, command line, print and export show them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, not_, or_, select

from gridoffice.core.calendar import week_of
from gridoffice.domain import due, duty
from gridoffice.domain.grids import GridUnit, subtree
from gridoffice.domain.listing import Column, Condition, Listing, View, chosen
from gridoffice.domain.premises import Premises
from gridoffice.forms import load
from gridoffice.modules.inspections.model import CLEARED, OPEN, STATES, TRANSFERRED, Hazard, Inspection

SUBJECT = "fire"
PASSED, FAILED = "合格", "不合格"
EVERY_DAYS = 90
"""Days between two checks of a kind of place the subject does not name."""

_last_check = (
    select(func.max(Inspection.day)).where(Inspection.premises_id == Premises.id).correlate(Premises).scalar_subquery()
)
_open_hazards = (
    select(func.count())
    .where(Hazard.premises_id == Premises.id, Hazard.state != CLEARED)
    .correlate(Premises)
    .scalar_subquery()
)


def every_days(kind: str) -> int:
    """Days between two checks of a kind of place (reference 5.9: rented homes monthly)."""
    place = load.subject(SUBJECT).place(kind)
    return place.every_days if place else EVERY_DAYS


def kinds_of(*groups: str) -> list[str]:
    """The kinds of premises that stand in some groups of the subject."""
    return [place.kind for place in load.subject(SUBJECT).places if place.group in groups]


def is_unchecked(on: date) -> Condition:
    """The place has not been checked for as long as its kind allows."""
    places = load.subject(SUBJECT).places
    parts: list[Condition] = []
    for days in {place.every_days for place in places}:
        kinds = [place.kind for place in places if place.every_days == days]
        parts.append(and_(Premises.kind.in_(kinds), _last_check < on - timedelta(days=days)))
    others = not_(Premises.kind.in_([place.kind for place in places]))
    parts.append(and_(others, _last_check < on - timedelta(days=EVERY_DAYS)))
    return or_(_last_check.is_(None), *parts)


def _not_this_month(on: date) -> Condition:
    return or_(_last_check.is_(None), _last_check < on.replace(day=1))


def _group(*groups: str) -> Callable[[date], Condition]:
    return lambda _on: Premises.kind.in_(kinds_of(*groups))


NAMED = ("小场所", "出租房", "充电点", "人员密集")


def _other_kinds(_on: date) -> Condition:
    return not_(Premises.kind.in_(kinds_of(*NAMED)))


def _unit(value: Any) -> Condition:
    return Premises.unit_id.in_(select(subtree(value).c.id))


def _staff(value: Any) -> Condition:
    return duty.is_mine(value, Premises.unit_id)


def _since(value: Any, on: date) -> str:
    if not value:
        return "late|没有检查"
    kind, _, text = str(value).rpartition("|")
    day = date.fromisoformat(text)
    is_old = (on - day).days > every_days(kind)
    return f"{'soon' if is_old else 'plain'}|{day.isoformat()}"


_checked = case((_last_check.is_(None), None), else_=Premises.kind + "|" + cast(_last_check, String))

PREMISES = Listing(
    key="premises",
    title="消防场所",
    base=chosen(Premises).outerjoin(GridUnit, GridUnit.id == Premises.unit_id),
    id=Premises.id,
    columns=(
        Column("number", "编号", Premises.number, 76),
        Column("name", "名称", Premises.name, 164),
        Column("kind", "类别", Premises.kind, 108),
        Column("unit", "网格", GridUnit.name, 122),
        Column("owner", "负责人", Premises.owner, 70),
        Column("phone", "电话", Premises.phone, 112, "phone", is_masked=True),
        Column("area", "面积", Premises.area, 64, "number"),
        Column("extinguishers", "灭火器", Premises.extinguishers, 66, "number"),
        Column("checked", "最近检查", _checked, 112, "state", show=_since),
        Column(
            "hazards",
            "未销隐患",
            _open_hazards,
            80,
            "state",
            show=lambda value, _on: f"late|{value} 处" if value else "quiet|无",
        ),
    ),
    views=(
        View("", "全部"),
        View("due", "应查", is_unchecked),
        View("month", "本月未查", _not_this_month),
        View("hazards", "有隐患", lambda _on: _open_hazards > 0),
        View("small", "小场所", _group("小场所")),
        View("rental", "出租房", _group("出租房")),
        View("ebike", "充电点", _group("充电点")),
        View("dense", "人员密集", _group("人员密集")),
        View("other", "其他", _other_kinds),
    ),
    filters={"unit": _unit, "staff": _staff, "kind": lambda value: Premises.kind == value},
    names=(Premises.name, Premises.owner, Premises.kind, Premises.address, GridUnit.name),
    pinyin=(Premises.pinyin, Premises.initials),
    codes=(Premises.number, Premises.phone),
    tails=(Premises.phone_tail,),
    order=(Premises.number,),
    due_view="due",
    tables=frozenset({"premises", "inspection", "hazard", "grid_unit"}),
    module="inspections",
)


def _week(on: date) -> Condition:
    return Inspection.day.between(*week_of(on))


def _month(on: date) -> Condition:
    first = on.replace(day=1)
    return (Inspection.day >= first) & (Inspection.day < (first + timedelta(days=32)).replace(day=1))


_found = select(func.count()).where(Hazard.inspection_id == Inspection.id).correlate(Inspection).scalar_subquery()

INSPECTIONS = Listing(
    key="inspections",
    title="消防检查",
    base=chosen(Inspection)
    .join(Premises, Premises.id == Inspection.premises_id)
    .outerjoin(GridUnit, GridUnit.id == Premises.unit_id),
    id=Inspection.id,
    columns=(
        Column("day", "检查日期", Inspection.day, 100, "date"),
        Column("place", "场所", Premises.name, 180),
        Column("kind", "类别", Premises.kind, 118),
        Column("unit", "网格", GridUnit.name, 128),
        Column("inspector", "检查人", Inspection.inspector, 76),
        Column("second", "同行人", Inspection.second, 76),
        Column(
            "result",
            "结果",
            Inspection.result,
            92,
            "state",
            show=lambda value, _on: f"{'done' if value == PASSED else 'late'}|{value}",
        ),
        Column("hazards", "隐患", _found, 56, "number"),
        Column("note", "说明", Inspection.note, 140),
    ),
    views=(
        View("", "全部"),
        View("week", "本周", _week),
        View("month", "本月", _month),
        View("failed", "不合格", lambda _on: Inspection.result == FAILED),
    ),
    filters={"unit": _unit, "premises": lambda value: Inspection.premises_id == value},
    names=(Premises.name, Inspection.inspector, GridUnit.name),
    pinyin=(Premises.pinyin, Premises.initials),
    codes=(Premises.number,),
    order=(Inspection.day.desc(), Inspection.id.desc()),
    tables=frozenset({"premises", "inspection", "hazard", "grid_unit"}),
    module="inspections",
)


def is_late(on: date) -> ColumnElement[bool]:
    """The day for putting it right is past, and it is neither cleared nor handed over."""
    return (Hazard.state == OPEN) & (Hazard.due_on < on)


def standing(value: Any, on: date) -> str:
    """ "tone|word" of a hazard, from its state or, while open, its last day."""
    if value == CLEARED:
        return f"done|{STATES[CLEARED]}"
    if value == TRANSFERRED:
        return f"soon|{STATES[TRANSFERRED]}"
    return due.state(date.fromisoformat(value) if value else None, on)


GRADES = {"G1": "soon|当场整改", "G2": "soon|限期整改", "G3": "late|立即报告"}
"""How a grade reads (reference 5.3); the township records and reminds, it does not order."""

_standing_of = case((Hazard.state == OPEN, cast(Hazard.due_on, String)), else_=Hazard.state)

HAZARDS = Listing(
    key="hazards",
    title="火灾隐患",
    base=chosen(Hazard)
    .join(Premises, Premises.id == Hazard.premises_id)
    .outerjoin(GridUnit, GridUnit.id == Premises.unit_id),
    id=Hazard.id,
    columns=(
        Column("place", "场所", Premises.name, 170),
        Column("text", "隐患", Hazard.text, 190),
        Column("unit", "网格", GridUnit.name, 128),
        Column(
            "grade", "等级", Hazard.grade, 106, "state", show=lambda value, _on: GRADES.get(value, f"plain|{value}")
        ),
        Column("found_on", "发现日期", Hazard.found_on, 98, "date"),
        Column("due_on", "整改期限", Hazard.due_on, 98, "date"),
        Column("standing", "状态", _standing_of, 112, "state", show=standing),
        Column("found_by", "检查人", Hazard.found_by, 76),
    ),
    views=(
        View("due", "未销案", lambda _on: Hazard.state != CLEARED),
        View("late", "逾期", is_late),
        View("today", "今天到期", lambda on: (Hazard.state == OPEN) & (Hazard.due_on == on)),
        View("transferred", "已移送", lambda _on: Hazard.state == TRANSFERRED),
        View("cleared", "已销案", lambda _on: Hazard.state == CLEARED),
        View("", "全部"),
    ),
    filters={
        "unit": _unit,
        "staff": _staff,
        "premises": lambda value: Hazard.premises_id == value,
        "inspection": lambda value: Hazard.inspection_id == value,
    },
    names=(Premises.name, Hazard.text, Hazard.found_by, GridUnit.name),
    pinyin=(Premises.pinyin, Premises.initials),
    codes=(Premises.number,),
    order=(
        case((Hazard.state == OPEN, 0), (Hazard.state == TRANSFERRED, 1), else_=2),
        Hazard.due_on.asc().nulls_last(),
    ),
    due_view="due",
    tables=frozenset({"premises", "inspection", "hazard", "grid_unit"}),
    module="inspections",
)
