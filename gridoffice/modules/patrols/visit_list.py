"""The list of households by their visits: due, late, this week, never, not within a year; and its numbers for 今日."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import case, func, literal, or_, select

from gridoffice.core.calendar import week_of
from gridoffice.core.module import Count
from gridoffice.db.office import Office
from gridoffice.domain import due, duty
from gridoffice.domain.finding import Also
from gridoffice.domain.grids import GridUnit, subtree
from gridoffice.domain.listing import Column, Condition, Listing, View, chosen
from gridoffice.domain.people import GONE, Household, Resident
from gridoffice.domain.roster import ROSTER
from gridoffice.domain.staff import Staff
from gridoffice.modules.patrols import visit_rules, visits
from gridoffice.modules.patrols.visits import IS_LIVED_IN, NEXT, SOME, VISIT

YEAR = 365

HEAD = (
    select(func.min(Resident.name))
    .where(Resident.household_id == Household.id, Resident.relation == "户主", Resident.state.not_in(GONE))
    .correlate(Household)
    .scalar_subquery()
)
WORKER = (
    select(Staff.name)
    .join(ROSTER, ROSTER.c.doer_id == Staff.id)
    .where(ROSTER.c.unit_id == Household.unit_id)
    .correlate(Household)
    .limit(1)
    .scalar_subquery()
)
_TITLE = case(*((VISIT.c.rule == rule.key, literal(rule.title)) for rule in visit_rules.shipped()), else_=literal(""))


def standing(value: Any, on: date) -> str:
    """ "tone|word" of the day a visit is due; without one the household was never visited."""
    return "soon|从未走访" if value is None else due.state(value, on)


def _week(on: date) -> Condition:
    monday, sunday = week_of(on)
    found: Condition = NEXT.between(monday, sunday)
    return found


def _in_units(units: tuple[int | None, ...]) -> Condition:
    """Whether a household stands right in one of some units; None: in no unit."""
    known = Household.unit_id.in_([unit for unit in units if unit is not None])
    return or_(known, Household.unit_id.is_(None)) if None in units else known


def unmet(on: date, days: int) -> Condition:
    """Whether nobody of a household was met within so many days."""
    return or_(VISIT.c.last.is_(None), VISIT.c.last < on - timedelta(days=days))


VISITS = Listing(
    key="visits",
    title="入户走访",
    paper="应访户",
    base=visits.joined(chosen(Household).outerjoin(GridUnit, GridUnit.id == Household.unit_id)).where(IS_LIVED_IN),
    id=Household.id,
    columns=(
        Column("number", "户编号", Household.number, 80),
        Column("head", "户主", HEAD, 84),
        Column("address", "住址", Household.address, 190),
        Column("unit", "网格", GridUnit.name, 150),
        Column("worker", "网格员", WORKER, 84),
        Column("last", "上次走访", VISIT.c.last, 104, "date"),
        Column("rule", "走访规则", _TITLE, 130),
        Column("next", "应走访", NEXT, 120, "state", show=standing),
    ),
    views=(
        View("due", "应访", visits.is_due),
        View("late", "逾期", visits.is_late),
        View("due_week", "本周到期", _week),
        View("unvisited", "从未走访", lambda _on: VISIT.c.last.is_(None)),
        View("year", "一年未走访", lambda on: unmet(on, YEAR)),
        View("households", "全部户"),
    ),
    filters={
        "unit": lambda value: Household.unit_id.in_(select(subtree(value).c.id)),
        "staff": lambda value: duty.is_mine(value, Household.unit_id),
        "units": _in_units,
    },
    names=(Household.address, GridUnit.name),
    pinyin=(GridUnit.pinyin, GridUnit.initials),
    codes=(Household.number,),
    also=(Also(Household.id, Resident.household_id, (Resident.name,), (Resident.pinyin, Resident.initials)),),
    is_vast=True,
    order=(NEXT.asc().nulls_first(), Household.id),
    due_view="due",
    main_view="due",
    shown=(VISIT, SOME),
    tables=frozenset({"household", "resident", "house_visit", "help_entry", "office_setting", "grid_unit", "staff"}),
    module="patrols",
)


def counts(office: Office, on: date) -> list[Count]:
    """Households due for a visit, late, and never visited; nothing before households are entered."""
    wanted = (
        ("visits_due", "应访户", "due", "soon", "今天和以前该走访的户，从未走访的也在内"),
        ("visits_late", "走访逾期", "late", "late", "过了走访日期的户"),
        ("visits_never", "从未走访", "unvisited", "soon", "还没有走访记录的户"),
    )
    with office.read() as session:
        if session.scalar(select(Household.id).limit(1)) is None:
            return []
        numbers = VISITS.tally_in(session, on, [view for _, _, view, _, _ in wanted], together=True)
    return [
        Count(key, title, numbers[view], tone if numbers[view] else "done", "patrols", view, hint)
        for key, title, view, tone, hint in wanted
    ]
