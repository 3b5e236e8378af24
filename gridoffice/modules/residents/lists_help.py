"""The voluntary help list: codes and forms of address, never an ID number, an illness or a minor's name (12.3)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import String, and_, case, cast, func, or_, select
from sqlalchemy.orm import aliased

from gridoffice.domain import due, duty
from gridoffice.domain.grids import GridUnit, subtree
from gridoffice.domain.help import ACTIVE, STATES, HelpEntry
from gridoffice.domain.help_kinds import minor_titles
from gridoffice.domain.identity import age_on
from gridoffice.domain.listing import Column, Condition, Listing, View, chosen
from gridoffice.domain.people import Household, Resident, is_gone
from gridoffice.domain.staff import Staff

ENDS_SOON = 30
"""Days before its end in which a consent is told to end."""
AGED = 60

_contact = aliased(Staff, name="help_contact")
_is_minor = HelpEntry.kind.in_(minor_titles())
_name = case((_is_minor, ""), else_=Resident.name)


def code_of(number: int) -> str:
    """The code of an entry, which stands for the person on paper: BF0007."""
    return f"BF{number:04d}"


def address(name: str, sex: str, born: date | None, on: date, *, is_minor: bool) -> str:
    """A person as lists and papers name them: 李阿姨, 王大爷, 张女士, 未成年人."""
    if is_minor:
        return "未成年人"
    is_aged = born is not None and age_on(born, on) >= AGED
    surname = name[:2] if name[:2] in DOUBLE else name[:1]
    title = ("阿姨" if sex == "女" else "大爷") if is_aged else ("女士" if sex == "女" else "先生")
    return f"{surname}{title if sex else '某'}"


DOUBLE = frozenset(
    ("欧阳", "司马", "上官", "诸葛", "东方", "尉迟", "公孙", "令狐", "皇甫", "慕容", "长孙", "宇文", "司徒")
)


def standing(state: str, next_on: date | None, until: date, on: date) -> str:
    """ "tone|word" of an entry: to be destroyed once it ended, else when the next visit is due."""
    if state != ACTIVE:
        return f"late|{STATES.get(state, state)}，待销毁"
    if until < on:
        return "late|到期，待销毁"
    return due.state(next_on, on)


def _standing(value: Any, on: date) -> str:
    state, next_on, until = str(value).split("|")
    return standing(state, date.fromisoformat(next_on) if next_on else None, date.fromisoformat(until), on)


def _who(value: Any, on: date) -> str:
    name, sex, born, minor = str(value).split("|")
    return address(name, sex, date.fromisoformat(born) if born else None, on, is_minor=minor == "1")


def _until(value: Any, on: date) -> str:
    return f"{'soon' if on <= value <= on + timedelta(days=ENDS_SOON) else 'plain'}|{value.isoformat()}"


def is_active(on: Any) -> Condition:
    """The consent holds on a day (a date or a bound parameter)."""
    return and_(HelpEntry.state == ACTIVE, HelpEntry.until >= on)


def is_over(on: Any) -> Condition:
    """Withdrawn, ended or past its end: to be destroyed."""
    return or_(HelpEntry.state != ACTIVE, HelpEntry.until < on)


def ends_soon(on: date) -> Condition:
    """The consent ends within thirty days."""
    return is_active(on) & (HelpEntry.until <= on + timedelta(days=ENDS_SOON))


def is_late(on: date) -> Condition:
    """The next visit's day is past."""
    return is_active(on) & (HelpEntry.next_on < on) & ~is_gone(HelpEntry.resident_id)


def is_due(on: date) -> Condition:
    """A visit is due on the day or was before."""
    return is_active(on) & (HelpEntry.next_on <= on) & ~is_gone(HelpEntry.resident_id)


HELP = Listing(
    key="help",
    title="帮扶名单",
    paper="服务对象台账",
    base=chosen(HelpEntry)
    .join(Resident, Resident.id == HelpEntry.resident_id)
    .outerjoin(Household, Household.id == Resident.household_id)
    .outerjoin(GridUnit, GridUnit.id == Resident.unit_id)
    .outerjoin(_contact, _contact.id == HelpEntry.contact_id),
    id=HelpEntry.id,
    columns=(
        Column("code", "编号", HelpEntry.id, 76, show=lambda value, _on: code_of(value)),
        Column("kind", "类别", HelpEntry.kind, 124, is_private=True),
        Column(
            "who",
            "称呼",
            _name
            + "|"
            + func.coalesce(Resident.sex, "")
            + "|"
            + func.coalesce(cast(Resident.born, String), "")
            + case((_is_minor, "|1"), else_="|0"),
            80,
            show=_who,
        ),
        Column("unit", "网格", GridUnit.name, 130),
        Column("need", "需要", HelpEntry.need, 150, is_private=True),
        Column("contact", "联系人", _contact.name, 76),
        Column("last_on", "上次走访", HelpEntry.last_on, 98, "date"),
        Column(
            "standing",
            "走访",
            HelpEntry.state
            + "|"
            + func.coalesce(cast(HelpEntry.next_on, String), "")
            + "|"
            + cast(HelpEntry.until, String),
            150,
            "state",
            show=_standing,
        ),
        Column("until", "同意到期", HelpEntry.until, 112, "state", show=_until),
    ),
    views=(
        View("active", "帮扶中", is_active),
        View("due", "应走访", is_due),
        View("late", "逾期", is_late),
        View("ends", "快到期", ends_soon),
        View("over", "待销毁", is_over),
        View("", "全部"),
    ),
    filters={
        "unit": lambda value: Resident.unit_id.in_(select(subtree(value).c.id)),
        "resident": lambda value: HelpEntry.resident_id == value,
        "staff": lambda value: duty.is_mine(value, Resident.unit_id, contact=HelpEntry.contact_id),
    },
    names=(HelpEntry.kind, _name, GridUnit.name, _contact.name),
    pinyin=(case((_is_minor, ""), else_=Resident.pinyin), case((_is_minor, ""), else_=Resident.initials)),
    order=(HelpEntry.next_on.asc().nulls_last(),),
    due_view="due",
    main_view="active",
    tables=frozenset(
        {"help_entry", "help_visit", "resident", "household", "grid_unit", "staff", "leave", "assignment"}
    ),
    module="residents",
)
