"""When a household is due for a visit: one definition for list, count, chart, print and sentence (X14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from gridoffice.db.office import Office
from gridoffice.domain import help_kinds, settings
from gridoffice.domain.facts import day_word
from gridoffice.domain.help import ACTIVE, HelpEntry
from gridoffice.domain.listing import ON
from gridoffice.domain.people import GONE, Household, Resident
from gridoffice.modules.patrols import visit_rules
from gridoffice.modules.patrols.model import HouseVisit

_seen = union_all(
    select(HouseVisit.household_id.label("household_id"), HouseVisit.day.label("day")).where(
        HouseVisit.result.not_in(visit_rules.not_visited()), HouseVisit.day <= ON
    ),
    select(Resident.household_id, HelpEntry.last_on)
    .join(Resident, Resident.id == HelpEntry.resident_id)
    .where(HelpEntry.last_on <= ON, Resident.household_id.is_not(None)),
).subquery("seen")

LAST = select(_seen.c.household_id, func.max(_seen.c.day).label("day")).group_by(_seen.c.household_id).subquery("last")
"""The last day each household was met: visited itself, or somebody of it on the help list."""

HELPED = (
    select(Resident.household_id, func.min(HelpEntry.next_on).label("next_on"))
    .join(HelpEntry, HelpEntry.resident_id == Resident.id)
    .where(
        HelpEntry.state == ACTIVE,
        HelpEntry.until >= ON,
        Resident.state.not_in(GONE),
        Resident.household_id.is_not(None),
    )
    .group_by(Resident.household_id)
    .subquery("helped")
)
"""Households with somebody on the help list under a consent that holds, and the first day a help visit is planned."""


def _tagged() -> ColumnElement[int]:
    """1 where a resident has a 人员类别 of a kind of help."""
    words = sorted({tag for kind in help_kinds.shipped() for tag in kind.tags})
    worn = literal("、") + Resident.tags + literal("、")
    fits = or_(*(worn.contains(f"、{word}、", autoescape=True) for word in words))
    return case((or_(Resident.tags == "", Resident.state.in_(GONE)), 0), (fits, 1), else_=0)


PEOPLE = (
    select(
        Resident.household_id,
        func.sum(case((Resident.state.in_(GONE), 0), else_=1)).label("living"),
        func.max(_tagged()).label("tagged"),
    )
    .where(Resident.household_id.is_not(None))
    .group_by(Resident.household_id)
    .subquery("people")
)
"""How many live in each household, and whether one of them has a 人员类别 of a kind of help."""

IS_LIVED_IN: ColumnElement[bool] = func.coalesce(PEOPLE.c.living, 1) > 0
"""Households whose people all died or moved out are never due (X14); one without entered people may be lived in."""

_FITS: dict[str, ColumnElement[bool]] = {
    "listed": HELPED.c.household_id.is_not(None),
    "tagged": PEOPLE.c.tagged == 1,
}


def joined(chosen: Select[Any]) -> Select[Any]:
    """A select of households with what the definition needs beside them."""
    return (
        chosen.outerjoin(PEOPLE, PEOPLE.c.household_id == Household.id)
        .outerjoin(LAST, LAST.c.household_id == Household.id)
        .outerjoin(HELPED, HELPED.c.household_id == Household.id)
    )


def _by_rule(of: Mapping[str, Any]) -> Any:
    """The value of the first rule that fits a household."""
    *special, last = visit_rules.shipped()
    return case(*((_FITS[rule.who], of[rule.key]) for rule in special), else_=of[last.key])


RULE = _by_rule({rule.key: literal(rule.key) for rule in visit_rules.shipped()})
"""The key of the rule that holds for a household."""


def next_day(days: Mapping[str, int] | None = None) -> Any:
    """The day a household's next visit is due, NULL where none was ever made; with the office's intervals or others.

    A help visit that is planned earlier comes first.
    """
    every = {
        rule.key: literal(str(days[rule.key]))
        if days is not None and rule.key in days
        else settings.own_or(rule.setting, str(rule.days))
        for rule in visit_rules.shipped()
    }
    by_rule = settings.later(LAST.c.day, _by_rule(every))
    planned = HELPED.c.next_on
    return case((and_(planned.is_not(None), or_(LAST.c.day.is_(None), planned < by_rule)), planned), else_=by_rule)


NEXT = next_day()
"""As `next_day`, with the office's intervals."""


def is_due(on: Any, following: Any = NEXT) -> ColumnElement[bool]:
    """Whether a visit is due by a day; a household that was never visited is."""
    return or_(following.is_(None), following <= on)


def is_late(on: Any, following: Any = NEXT) -> ColumnElement[bool]:
    """Whether the day of a visit has passed; never visited is due, not late: no day was ever set."""
    late: ColumnElement[bool] = following < on
    return late


@dataclass(frozen=True)
class VisitDue:
    """A household's visits on a day: last, next (None: at once), by which rule, and the whole in a sentence."""

    household_id: int
    last: date | None
    next: date | None
    rule: str
    is_lived_in: bool
    is_due: bool
    why: str


_ASKED = joined(select(Household.id, LAST.c.day, NEXT.label("next_on"), RULE, IS_LIVED_IN).select_from(Household))


def due_of(session: Session, household_ids: list[int], on: date) -> dict[int, VisitDue]:
    """The visits of some households as they stand on a day."""
    rules = {rule.key: rule for rule in visit_rules.rules(session)}
    found: dict[int, VisitDue] = {}
    for start in range(0, len(household_ids), 500):
        block = household_ids[start : start + 500]
        for number, last, following, key, lived in session.execute(_ASKED.where(Household.id.in_(block)), {"on": on}):
            due = bool(lived) and (following is None or following <= on)
            words = why(rules[key], last, following, on) if lived else "这户已没有在住的人，不用走访。"
            found[number] = VisitDue(number, last, following, key, bool(lived), due, words)
    return found


def why(rule: visit_rules.VisitRule, last: date | None, following: date | None, on: date) -> str:
    """Why a household is due, or when it will be: 上次走访8月3日；自愿帮扶户每 30 天走访一次，应于9月2日走访。"""
    before = f"上次走访{day_word(last, on)}" if last else "还没有走访记录"
    if following is None:
        return f"{before}；{rule.title}每 {rule.days} 天走访一次，请尽快走访。"
    late = f"，逾期 {(on - following).days} 天" if following < on else ""
    return f"{before}；{rule.title}每 {rule.days} 天走访一次，应于{day_word(following, on)}走访{late}。"


def facts(session: Session, resident_ids: list[int], on: date) -> dict[int, str]:
    """For the search: 上次走访 …，应于 … 走访, by resident; nothing of those whose household needs no visit."""
    wanted = select(Resident.id, Resident.household_id).where(
        Resident.id.in_(resident_ids), Resident.state.not_in(GONE), Resident.household_id.is_not(None)
    )
    home = {number: house for number, house in session.execute(wanted) if house is not None}
    due = due_of(session, sorted(set(home.values())), on)
    return {number: _fact(due[house], on) for number, house in home.items() if house in due}


def _fact(due: VisitDue, on: date) -> str:
    if due.last is None and due.next is None:
        return "入户走访 还没有走访过"
    last = f"上次{day_word(due.last, on)}" if due.last else "还没有走访过"
    return f"入户走访 {last}，应于{day_word(due.next, on) if due.next else '近期'}走访"


def what_if(office: Office, days: dict[str, int]) -> tuple[int, int]:
    """How many households are due today, and how many would be with other intervals; raises OfficeError."""
    visit_rules.checked(days)
    on = office.today()
    with office.read() as session:
        return _number(session, on, NEXT), _number(session, on, next_day(days))


def _number(session: Session, on: date, following: Any) -> int:
    wanted = joined(select(func.count()).select_from(Household)).where(IS_LIVED_IN, is_due(on, following))
    return session.scalar(wanted, {"on": on}) or 0


def intervals(office: Office) -> tuple[visit_rules.VisitRule, ...]:
    """The rules that hold in this office."""
    with office.read() as session:
        return visit_rules.rules(session)


def set_intervals(office: Office, days: dict[str, int]) -> None:
    """Change the office's intervals; raises OfficeError."""
    with office.unit("修改走访规则") as session:
        visit_rules.keep(session, days)
