"""The figures of random cases are what one counts by hand, case by case and step by step."""

from __future__ import annotations

import random
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.db.office import Office
from gridoffice.domain import sources, work
from gridoffice.domain.grids import Relocation
from gridoffice.domain.tree import villages_on
from gridoffice.domain.work import Case, CaseStep
from gridoffice.modules.cases.figures import ELSEWHERE, GROUPS, MEASURES, figures
from gridoffice.modules.cases.figures_asked import HOURS
from tests.make import Make

START, TODAY = date(2026, 8, 1), date(2026, 11, 20)
VERBS = ("accept", "handle", "reply", "verify", "close", "rework", "reopen", "take")
STATES = {"accept": "accepted", "handle": "handled", "reply": "handled", "verify": "verified", "close": "closed"}


def fill(office: Office, make: Make, seed: int, number: int = 80) -> None:
    """Cases in every state, found on the spot or without a time, extended, sent back, merged, moved with their grid."""
    luck = random.Random(seed)
    villages = [make.village(name) for name in ("石桥村", "东河村")]
    grids = [make.grid(villages[n % 2]) for n in range(4)]
    cases = []
    with office.unit("登记") as session:
        for n in range(number):
            found = START + timedelta(days=luck.randrange(110))
            at = datetime.combine(found, time(luck.randrange(8, 18), luck.randrange(60)))
            case = Case(
                number=f"2026-{n:04d}", title="路灯不亮", kind=luck.choice(list(work.KINDS)), found_on=found,
                category=luck.choice(("", "环境卫生", "民生服务")), source=luck.choice(("patrol", "12345", "没有的")),
                unit_id=luck.choice([None, *(grid.id for grid in grids)]),
                found_at=at if luck.random() < 0.8 else None, satisfaction=luck.choice(("", "good", "fair", "bad")),
            )  # fmt: skip
            session.add(case)
            session.flush()
            cases.append(case)
            _steps(session, luck, case, at)
        for case in luck.sample(cases, 6):
            case.merged_into_id = cases[0].id if case is not cases[0] else None
        for case in luck.sample([one for one in cases if one.unit_id], 9):
            until = START + timedelta(days=luck.randrange(100))
            session.add(
                Relocation(owner="case_file", owner_id=case.id, old_unit_id=grids[0].id, new_unit_id=case.unit_id,
                           until=until)
            )  # fmt: skip
    office.on = TODAY


def _steps(session: Session, luck: random.Random, case: Case, at: datetime) -> None:
    due = at + timedelta(hours=luck.randrange(2, 90)) if luck.random() < 0.9 else None
    session.add(CaseStep(case_id=case.id, at=at, who="内勤", verb="collect", new="collected", due_at=due))
    for _ in range(luck.randrange(9)):
        at += timedelta(minutes=luck.randrange(0, 6000))
        verb = luck.choice(VERBS)
        due = at + timedelta(hours=luck.randrange(2, 90)) if luck.random() < 0.8 else None
        case.state = STATES.get(verb, "taken")
        case.closed_on = at.date() if case.state == "closed" and luck.random() < 0.9 else None
        session.add(CaseStep(case_id=case.id, at=at, who="内勤", verb=verb, new=case.state, due_at=due))
        session.flush()


def by_hand(session: Session, first: date, last: date, by: str) -> dict[str, Any]:
    """Measures and hours by the title of the group, reckoned in the plainest way."""
    villages, known = villages_on(session, last), sources.titles(session)
    found: dict[str, Any] = {}
    for case in session.scalars(select(Case).where(Case.merged_into_id.is_(None))):
        moves = session.scalars(
            select(Relocation).where(Relocation.owner == "case_file", Relocation.owner_id == case.id,
                                     Relocation.until >= last).order_by(Relocation.until, Relocation.id)
        ).all()  # fmt: skip
        place = moves[0].old_unit_id if moves else case.unit_id
        title = {
            "village": villages.get(place or 0, ELSEWHERE), "category": case.category or "其他",
            "source": known.get(case.source, case.source), "kind": work.KINDS[case.kind],
        }[by]  # fmt: skip
        measures, hours = _one(session, case, first, last)
        ids, spent = found.setdefault(title, ({key: [] for key in MEASURES}, {key: [] for key in HOURS}))
        for key in measures:
            ids[key].append(case.id)
        for key, value in hours.items():
            spent[key].append(value)
    return {title: pair for title, pair in found.items() if any(pair[0].values())}


Done = tuple[datetime, bool]


def _steps_of(session: Session, case: Case, last: date) -> tuple[Done | None, Done | None, datetime | None, list[date]]:
    """First acceptance and last handling with in time or not, the closing, the days of reopening."""
    accepted = handled = closed = due = None
    again = []
    for step in session.scalars(select(CaseStep).where(CaseStep.case_id == case.id).order_by(CaseStep.id)):
        if step.at.date() <= last:
            done = step.at, due is None or step.at <= due
            accepted = done if step.verb in ("accept", "handle") and accepted is None else accepted
            handled = done if step.verb in ("handle", "reply") else handled
            closed = step.at if step.verb == "close" else closed
            again += [step.at.date()] if step.verb in ("rework", "reopen") else []
        due = step.due_at
    return accepted, handled, closed, again


def _one(session: Session, case: Case, first: date, last: date) -> tuple[set[str], dict[str, float]]:
    accepted, handled, closed, again = _steps_of(session, case, last)
    begun = case.found_at or datetime.combine(case.found_on, time(9))
    ended = closed.date() if closed else case.closed_on
    is_closed = case.state in work.ENDED and ended is not None and first <= ended <= last
    is_over = case.state in work.ENDED and case.closed_on is not None and case.closed_on <= last

    def inside(done: Done | None) -> bool:
        return done is not None and first <= done[0].date() <= last

    known = {
        "received": first <= begun.date() <= last,
        "accepted": inside(accepted),
        "accepted_in_time": inside(accepted) and accepted is not None and accepted[1],
        "handled": inside(handled),
        "handled_in_time": inside(handled) and handled is not None and handled[1],
        "closed": is_closed,
        "satisfied": is_closed and case.satisfaction in ("good", "fair"),
        "unsatisfied": is_closed and case.satisfaction == "bad",
        "reopened": any(first <= day for day in again),
        "open": begun.date() <= last and not is_over,
    }
    hours = {}
    for key, start, end in (
        ("accept", begun, accepted[0] if accepted else None),
        ("handle", accepted[0] if accepted else begun, handled[0] if handled else None),
        ("verify", handled[0] if handled else None, closed),
    ):
        if start is not None and end is not None and end >= start and first <= end.date() <= last:
            hours[key] = (end - start).total_seconds() / 3600
    return {key for key, holds in known.items() if holds}, hours


def check(office: Office, first: date, last: date, by: str) -> int:
    """Compare a table with what was counted by hand; how many numbers it holds."""
    table = figures(office, first, last, by)
    with office.read() as session:
        wanted = by_hand(session, first, last, by)
    assert {row.title for row in table.rows} == set(wanted)
    every: dict[str, list[float]] = {key: [] for key in HOURS}
    for row in table.rows:
        ids, spent = wanted[row.title]
        for key in MEASURES:
            assert sorted(row.ids[key]) == sorted(ids[key]), (row.title, key)
        for key in HOURS:
            assert row.hours[key] == (pytest.approx(median(spent[key]), abs=1e-4) if spent[key] else None), key
            every[key] += spent[key]
    for key in HOURS:
        assert table.whole.hours[key] == (pytest.approx(median(every[key]), abs=1e-4) if every[key] else None)
    return sum(table.whole.number(key) for key in MEASURES)


@pytest.mark.parametrize("seed", range(3))
def test_figures_are_what_one_counts_by_hand(office: Office, make: Make, seed: int) -> None:
    fill(office, make, seed)
    periods = ((date(2026, 11, 1), TODAY), (date(2026, 9, 7), date(2026, 9, 13)), (date(2026, 1, 1), TODAY))
    for first, last in periods:
        for by in set(GROUPS) - {"grid"}:
            assert check(office, first, last, by) > 10
    office.on = date(2028, 1, 1)  # the period is long past: cases are found the other way
    for first, last in periods:
        check(office, first, last, "village")
