"""The list of enrolments as screen, command line, print and export show it."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, literal, select

from gridoffice.core.calendar import week_of
from gridoffice.domain import due, duty
from gridoffice.domain.grids import GridUnit, subtree
from gridoffice.domain.listing import Column, Listing, View, chosen
from gridoffice.domain.people import Resident, is_gone
from gridoffice.forms import load
from gridoffice.modules.followup.model import ACTIVE, LEFT, Enrolment, Visit


def programme_title(key: Any) -> str:
    """The short title of a programme, or its key when the office no longer has it."""
    return next((programme.title for programme in load.programmes() if programme.key == key), str(key or ""))


def outcome_words(programme: str, outcome: int | None) -> str:
    """ "tone|word" of a class, as the programme names it."""
    if outcome is None:
        return "quiet|未分类"
    known = next((found.outcomes for found in load.programmes() if found.key == programme), ())
    word = next((title for code, title in known if code == outcome), str(outcome))
    return f"{'done' if outcome == 1 else 'late' if outcome == 4 else 'soon'}|{word}"


def _class(value: Any, _on: date) -> str:
    programme, _, outcome = str(value or "").partition(":")
    return outcome_words(programme, int(outcome) if outcome.isdigit() else None)


def _standing(value: Any, on: date) -> str:
    if value == LEFT:
        return due.state(None, on, ended=True)
    return due.state(date.fromisoformat(value) if value else None, on)


def _runs() -> ColumnElement[bool]:
    return (Enrolment.state == ACTIVE) & ~is_gone(Enrolment.resident_id)


def is_due(on: date) -> ColumnElement[bool]:
    """Due or overdue: in the programme, and the next day has come; never for who moved out or died (X14)."""
    return _runs() & (Enrolment.next_on <= on)


def is_late(on: date) -> ColumnElement[bool]:
    """Overdue: in the programme, and the next day is past."""
    return _runs() & (Enrolment.next_on < on)


def _week(on: date) -> ColumnElement[bool]:
    monday, sunday = week_of(on)
    return _runs() & Enrolment.next_on.between(monday, sunday)


def _last(value: ColumnElement[Any]) -> Any:
    """Something of an enrolment's last visit."""
    last = select(value).where(Visit.enrolment_id == Enrolment.id)
    return last.order_by(Visit.day.desc(), Visit.id.desc()).limit(1).correlate(Enrolment).scalar_subquery()


_pressure = _last(
    cast(Visit.answers["sbp"].as_integer(), String) + literal("/") + cast(Visit.answers["dbp"].as_integer(), String)
)
_glucose = _last(Visit.answers["fbg"].as_float())
# A register often comes without telephones; the ledger knows them.
_phone = func.coalesce(func.nullif(Enrolment.phone, ""), Resident.phone, "")
_outcome = case(
    (Enrolment.last_class.is_(None), Enrolment.programme + ":"),
    else_=Enrolment.programme + ":" + cast(Enrolment.last_class, String),
)
_standing_of = case((Enrolment.state == LEFT, LEFT), else_=cast(Enrolment.next_on, String))

FOLLOWUP = Listing(
    key="followup",
    title="随访登记",
    base=chosen(Enrolment)
    .outerjoin(GridUnit, GridUnit.id == Enrolment.unit_id)
    .outerjoin(Resident, Resident.id == Enrolment.resident_id),
    id=Enrolment.id,
    columns=(
        Column("name", "姓名", Enrolment.name, 74),
        Column(
            "programme",
            "方案",
            Enrolment.programme,
            90,
            show=lambda value, _on: programme_title(value),
            is_private=True,
        ),
        Column("unit", "网格", GridUnit.name, 128),
        Column("phone", "电话", _phone, 112, "phone", is_masked=True),
        Column("last_on", "上次随访", Enrolment.last_on, 98, "date"),
        Column("pressure", "血压", _pressure, 78, is_private=True),
        Column("glucose", "空腹血糖", _glucose, 76, "number", is_private=True),
        Column("outcome", "上次分类", _outcome, 106, "state", show=_class, is_private=True),
        Column("next_on", "下次随访", Enrolment.next_on, 98, "date"),
        Column("standing", "状态", _standing_of, 112, "state", show=_standing),
    ),
    views=(
        View("due", "应访（到期和逾期）", is_due),
        View("late", "逾期", is_late),
        View("week", "本周", _week),
        View("", "全部"),
        View("left", "已结案", lambda _on: Enrolment.state == LEFT),
        View("unmatched", "未对应台账", lambda _on: Enrolment.resident_id.is_(None)),
    ),
    filters={
        "unit": lambda value: Enrolment.unit_id.in_(select(subtree(value).c.id)),
        "programme": lambda value: Enrolment.programme == value,
        "resident": lambda value: Enrolment.resident_id == value,
        "staff": lambda value: duty.is_mine(value, Enrolment.unit_id),
    },
    names=(Enrolment.name, GridUnit.name),
    pinyin=(Enrolment.pinyin, Enrolment.initials),
    codes=(Enrolment.phone, Enrolment.id_number),
    tails=(Enrolment.phone_tail, (Resident.phone_tail, Resident.phone)),
    order=(Enrolment.next_on.asc().nulls_last(), Enrolment.pinyin),
    due_view="due",
    tables=frozenset({"enrolment", "followup_visit", "grid_unit", "resident", "leave", "assignment"}),
    module="followup",
)
