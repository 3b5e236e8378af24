"""Cases at a glance: by state for the board, by the day of their deadline for the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.db.office import Office
from gridoffice.domain import clocks, loop, work
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.listing import Query
from gridoffice.domain.work import Case
from gridoffice.modules.cases.lists import CASES

MOST = 40
"""So many cards stand in a column; the rest are in the list."""

RECENT = 7
"""So many days a closed case stays on the board."""

COLUMNS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("collected", "待受理", (work.COLLECTED, work.RETURNED)),
    ("accepted", "待派遣", (work.ACCEPTED,)),
    ("dispatched", "待接单", (work.DISPATCHED,)),
    ("taken", "处理中", (work.TAKEN, work.OUTSIDE)),
    ("handled", "待核查", (work.HANDLED,)),
    ("verified", "待回访", (work.VERIFIED,)),
    ("closed", "已结案", work.ENDED),
)
"""The columns of the board: key, title, states."""


@dataclass(frozen=True)
class Card:
    """A case on a card; `standing` is "tone|words", `note` why it needs an eye ("督办", "退回补充" …)."""

    id: int
    number: str
    title: str
    unit: str
    handler: str
    state: str
    standing: str
    note: str


@dataclass(frozen=True)
class Stack:
    """A column of the board: how many there are, and the first cards, the nearest deadline first."""

    key: str
    title: str
    number: int
    cards: tuple[Card, ...]


def board(office: Office, filters: tuple[tuple[str, Any], ...] = ()) -> list[Stack]:
    """The board; closed cases of the last week only."""
    found = []
    for key, title, states in COLUMNS:
        asked = (*filters, ("states", states))
        if key == "closed":
            asked = (*asked, ("closed_since", office.today() - timedelta(days=RECENT)))
        ids = CASES.ids(office, Query(on=office.today(), filters=asked))
        found.append(Stack(key, title, len(ids), tuple(cards(office, ids[:MOST]))))
    return found


def cards(office: Office, ids: Sequence[int]) -> list[Card]:
    """Cards of some cases, in their order."""
    with office.read() as session:
        kept = {card.id: card for card in _cards(session, ids, office.now())}
    return [kept[number] for number in ids if number in kept]


def _cards(session: Session, ids: Sequence[int], now: datetime) -> list[Card]:
    wanted = select(Case, GridUnit.name).outerjoin(GridUnit, GridUnit.id == Case.unit_id).where(Case.id.in_(ids))
    return [_card(case, unit or "", now) for case, unit in session.execute(wanted)]


def _card(case: Case, unit: str, now: datetime) -> Card:
    standing = clocks.standing(case.state, case.amber_at, case.red_at, now)
    told = [
        "督办" if case.supervision and case.state not in work.ENDED else "",
        f"移交{case.body}" if case.state == work.OUTSIDE else "",
    ]
    tone, _, words = standing.partition("|")
    short = f"{tone}|{words.partition('，')[2] or words}"  # the column says the state
    note = " · ".join(filter(None, told))
    return Card(case.id, case.number, case.title, unit, case.handler, case.state, short, note)


@dataclass(frozen=True)
class Way:
    """How a card goes into another column: the verb, or the sentence why not."""

    verb: str = ""
    sentence: str = ""


def way(office: Office, case_id: int, column: str) -> Way:
    """The lawful verb that leads a case into a column, the usual one first."""
    states = next(states for key, _title, states in COLUMNS if key == column)
    title = next(title for key, title, _states in COLUMNS if key == column)
    with office.read() as session:
        case = session.get(Case, case_id)
        if case is None or case.state in states:
            return Way()
        lawful = loop.offered(case)
        found = next((verb for verb in lawful if verb.new in states), None)
        if found is not None:
            return Way(found.key)
        words = "、".join(loop.title_of(verb, case.state) for verb in lawful[:4])
        return Way("", f"“{work.STATES[case.state]}”的事项不能直接到“{title}”。现在可以：{words}")


def beside(column: str, by: int) -> str:
    """The column left (-1) or right (1) of one; "" at the end."""
    keys = [key for key, _title, _states in COLUMNS]
    place = keys.index(column) + by
    return keys[place] if 0 <= place < len(keys) else ""


@dataclass(frozen=True)
class DueDay:
    """A day of the calendar: whether it is worked, its name where it is no ordinary day, and what ends on it."""

    day: date
    is_working: bool
    name: str
    ids: tuple[int, ...]
    is_late: bool  # something on it is past its deadline


def month(office: Office, year: int, number: int, filters: tuple[tuple[str, Any], ...] = ()) -> list[DueDay]:
    """The days of a month with the open cases whose running clock ends on each, by the office's own calendar."""
    first = date(year, number, 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    ids = CASES.ids(office, Query(on=office.today(), filters=(*filters, ("red_between", (first, last)))))
    by_day: dict[date, list[int]] = {}
    late: set[date] = set()
    now = office.now()
    with office.read() as session:
        calendar = clocks.calendar_of(session)
        for start in range(0, len(ids), 500):
            wanted = select(Case.id, Case.red_at).where(Case.id.in_(ids[start : start + 500])).order_by(Case.red_at)
            for case_id, red in session.execute(wanted):
                assert red is not None  # asked for those between two days
                by_day.setdefault(red.date(), []).append(case_id)
                if red < now:
                    late.add(red.date())
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    return [
        DueDay(day, calendar.is_working(day), calendar.name(day), tuple(by_day.get(day, ())), day in late)
        for day in days
    ]
