"""When a household is due for a visit: one definition for list, count, chart, print and sentence (X14)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, literal, or_, select
from sqlalchemy.orm import Session

from gridoffice.db.office import Office
from gridoffice.domain import help_kinds, settings
from gridoffice.domain.facts import day_word
from gridoffice.domain.help import ACTIVE, HelpEntry
from gridoffice.domain.listing import ON
from gridoffice.domain.people import GONE, Household, Resident
from gridoffice.modules.patrols import visit_rules
from gridoffice.modules.patrols.model import HouseVisit

_BOUND: Any = bindparam("ids", expanding=True)
_GONE = Resident.state.in_(GONE)


def _tagged() -> ColumnElement[int]:
    """1 where a resident has a 人员类别 of a kind of help."""
    words = sorted({tag for kind in help_kinds.shipped() for tag in kind.tags})
    worn = literal("、") + Resident.tags + literal("、")
    fits = or_(*(worn.contains(f"、{word}、", autoescape=True) for word in words))
    return case((or_(Resident.tags == "", _GONE), 0), (fits, 1), else_=0)


def _homes(only: bool) -> Any:
    """Each household: how many live there, whether one has a 人员类别 of a kind of help, when it was visited itself.

    Who died or moved out is not there: a household all of whose people did is never due (X14); one without entered
    people may be lived in. The last visit is one look into an index for each household, however many years there are.
    """
    met = (
        select(func.max(HouseVisit.day))
        .where(HouseVisit.household_id == Household.id, HouseVisit.day <= ON)
        .where(HouseVisit.result.not_in(visit_rules.not_visited()))
        .correlate(Household)
        .scalar_subquery()
    )
    found = (
        select(
            Household.id,
            case((func.count(Resident.id) == 0, 1), else_=func.sum(case((_GONE, 0), else_=1))).label("living"),
            func.max(_tagged()).label("tagged"),
            met.label("met"),
        )
        .outerjoin(Resident, Resident.household_id == Household.id)
        .group_by(Household.id)
    )
    return (found.where(Household.id.in_(_BOUND)) if only else found).subquery("home")


def _helped(only: bool) -> Any:
    """Households with somebody who is or was on the help list: the last day of a help visit; and under a consent that
    holds (`listed` is not NULL) the first day one is planned.
    """
    holds = and_(HelpEntry.state == ACTIVE, HelpEntry.until >= ON, ~_GONE)
    found = (
        select(
            Resident.household_id,
            func.max(case((HelpEntry.last_on <= ON, HelpEntry.last_on))).label("day"),
            func.max(case((holds, 1))).label("listed"),
            func.min(case((holds, HelpEntry.next_on))).label("next_on"),
        )
        .join(HelpEntry, HelpEntry.resident_id == Resident.id)
        .where(Resident.household_id.is_not(None))
        .group_by(Resident.household_id)
    )
    return (found.where(Resident.household_id.in_(_BOUND)) if only else found).subquery("helped")


def _standing(name: str, days: Mapping[str, int] | None = None, *, only: bool = False) -> Any:
    """Each household's visits as a table: living, last, rule, next (NULL: at once), reckoned once for each.

    `days`: other intervals than the office's; `only`: of the households of the parameter `ids`.
    A help visit that is planned earlier comes first.
    """
    home, helped = _homes(only), _helped(only)
    # The last day somebody met the household: visited itself, or one of it on the help list.
    is_own = and_(home.c.met.is_not(None), or_(helped.c.day.is_(None), home.c.met > helped.c.day))
    last = case((is_own, home.c.met), else_=helped.c.day)
    fits: dict[str, ColumnElement[bool]] = {"listed": helped.c.listed == 1, "tagged": home.c.tagged == 1}

    def by_rule(of: Mapping[str, Any]) -> Any:
        *special, usual = visit_rules.shipped()
        return case(*((fits[rule.who], of[rule.key]) for rule in special), else_=of[usual.key])

    every = {
        rule.key: literal(str(days[rule.key]))
        if days is not None and rule.key in days
        else settings.own_or(rule.setting, str(rule.days))
        for rule in visit_rules.shipped()
    }
    by_day = settings.later(last, by_rule(every))
    planned = helped.c.next_on
    following = case((and_(planned.is_not(None), or_(last.is_(None), planned < by_day)), planned), else_=by_day)
    found = select(
        home.c.id.label("household_id"),
        home.c.living,
        last.label("last"),
        by_rule({rule.key: literal(rule.key) for rule in visit_rules.shipped()}).label("rule"),
        following.label("next"),
    )
    return found.outerjoin(helped, helped.c.household_id == home.c.id).subquery(name)


VISIT = _standing("visit")
"""Each household's visits on the day ON: household_id, living, last, rule, next."""

SOME = _standing("some_visit", only=True)
"""The same of the households of the parameter `ids`: what is shown of a list is asked without all the others."""

IS_LIVED_IN: ColumnElement[bool] = func.coalesce(VISIT.c.living, 1) > 0
"""Whether somebody may live in a household."""


def joined(chosen: Select[Any], visit: Any = VISIT) -> Select[Any]:
    """A select of households with their visits beside them."""
    return chosen.outerjoin(visit, visit.c.household_id == Household.id)


NEXT = VISIT.c.next
"""The day a household's next visit is due, NULL where none was ever made."""


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


_ASKED = select(SOME.c.household_id, SOME.c.last, SOME.c.next, SOME.c.rule, SOME.c.living)


def due_of(session: Session, household_ids: list[int], on: date) -> dict[int, VisitDue]:
    """The visits of some households as they stand on a day."""
    rules = {rule.key: rule for rule in visit_rules.rules(session)}
    found: dict[int, VisitDue] = {}
    for start in range(0, len(household_ids), 500):
        block = household_ids[start : start + 500]
        for number, last, following, key, living in session.execute(_ASKED, {"on": on, "ids": block}):
            due = living > 0 and (following is None or following <= on)
            words = why(rules[key], last, following, on) if living else "这户已没有在住的人，不用走访。"
            found[number] = VisitDue(number, last, following, key, living > 0, due, words)
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
        return _number(session, on, VISIT), _number(session, on, _standing("other_visit", days))


def _number(session: Session, on: date, visit: Any) -> int:
    wanted = select(func.count()).select_from(visit).where(visit.c.living > 0, is_due(on, visit.c.next))
    return session.scalar(wanted, {"on": on}) or 0


def intervals(office: Office) -> tuple[visit_rules.VisitRule, ...]:
    """The rules that hold in this office."""
    with office.read() as session:
        return visit_rules.rules(session)


def set_intervals(office: Office, days: dict[str, int]) -> None:
    """Change the office's intervals; raises OfficeError."""
    with office.unit("修改走访规则") as session:
        visit_rules.keep(session, days)
