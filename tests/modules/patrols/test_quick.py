"""Quick ways to an answer give that of the slow one: last walks and visits of a random office, counted by hand."""

from __future__ import annotations

import random
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from gridoffice.core.module import load, modules
from gridoffice.db.office import Office
from gridoffice.domain.grids import GRID, GridUnit, Relocation
from gridoffice.domain.listing import Listing, Query
from gridoffice.modules.patrols import visits
from gridoffice.modules.patrols.coverage import COVERAGE
from gridoffice.modules.patrols.lists import PATROLS
from gridoffice.modules.patrols.model import HouseVisit, Patrol
from gridoffice.modules.patrols.visit_list import VISITS
from tests.make import Make

ON = date(2026, 11, 20)
LISTS = [one for module in modules() if module.listings for one in load(module.listings)]


@pytest.fixture
def town(office: Office, make: Make) -> Office:
    """Two villages, seven grids, micro grids in one, one grid that became another; walks and visits at random."""
    luck = random.Random(4)
    villages = [make.village(name) for name in ("石桥村", "东河村")]
    grids = [make.grid(villages[n % 2]) for n in range(6)]
    old = make.grid(villages[0], end=date(2026, 9, 30))
    small = [
        make.add(
            GridUnit(level=GRID + 1, name=f"微网格{n}", parent_id=grids[0].id, code=f"W{n}", pinyin="", initials="")
        )
        for n in range(2)
    ]
    make.add(Relocation(owner="grid_unit", owner_id=old.id, old_unit_id=old.id, new_unit_id=grids[1].id, until=old.end))
    people = [make.staff(f"员工{n}") for n in range(4)]
    homes = [make.household(grid) for grid in grids for _ in range(3)]
    for n, home in enumerate(homes):
        make.resident(
            f"居民{n}", home, tags="独居老人" if n % 4 == 0 else "", state="moved" if n % 5 == 0 else "living"
        )
    with office.unit("登记") as session:
        for _ in range(60):
            day = ON - timedelta(days=luck.randrange(90))
            unit = luck.choice([*grids[:5], old, *small])
            session.add(Patrol(day=day, start=time(8), end=time(9), unit_id=unit.id, staff_id=luck.choice(people).id))
        for _ in range(40):
            day = ON + timedelta(days=10 - luck.randrange(500))
            result = luck.choice(("fine", "away", "moved", ""))
            session.add(HouseVisit(household_id=luck.choice(homes[1:]).id, day=day, result=result))
    office.on = ON
    return office


def test_last_walks_and_their_number_are_those_of_the_logs(town: Office) -> None:
    with town.read() as session:
        units = {unit.id: unit for unit in session.scalars(select(GridUnit))}
        moved = session.scalars(select(Relocation)).one()
        walks: dict[int, list[date]] = {}
        for log in session.scalars(select(Patrol)):
            for place in {log.unit_id, moved.new_unit_id if log.unit_id == moved.owner_id else log.unit_id}:
                unit = units[place or 0]
                grid = unit.parent_id if unit.level > GRID else unit.id
                if place == log.unit_id or log.day <= moved.until:
                    walks.setdefault(grid or 0, []).append(log.day)
        ids = COVERAGE.ids_in(session, Query(on=ON))
        rows = COVERAGE.rows_in(session, ids, ON)
        stale = set(COVERAGE.ids_in(session, Query(on=ON, view="stale")))
    assert set(ids) == {unit.id for unit in units.values() if unit.level == GRID and unit.end is None}
    for number in ids:
        mine = walks.get(number, [])
        assert rows[number][3] == (max(mine).isoformat() if mine else "")
        assert rows[number][5] == str(len(mine)), units[number].name
        assert (number in stale) == (not mine or max(mine) < ON - timedelta(days=7))
    assert stale and len(stale) < len(ids)


def test_some_households_are_reckoned_as_all_are(town: Office) -> None:
    with town.read() as session:
        every = {row[0]: tuple(row) for row in session.execute(select(visits.VISIT), {"on": ON})}
        some = session.execute(select(visits.SOME), {"on": ON, "ids": list(every)[3:9]}).all()
        assert [tuple(row) for row in some] == [every[row[0]] for row in some] and len(some) == 6
        met: dict[int, date] = {}
        for one in session.scalars(select(HouseVisit).where(HouseVisit.day <= ON)):
            if one.result not in ("away", "moved"):
                met[one.household_id] = max(one.day, met.get(one.household_id, one.day))
        assert {number: row[2] for number, row in every.items() if row[2]} == met
        ids = VISITS.ids_in(session, Query(on=ON, view="households"))
        rows = VISITS.rows_in(session, ids, ON)
        assert {number for number in ids} == {number for number, row in every.items() if row[1]}
    assert {rows[number][5] for number in ids} == {met[n].isoformat() if n in met else "" for n in ids}


@pytest.mark.parametrize("listing", LISTS, ids=lambda one: f"{one.module}-{one.key}")
@pytest.mark.parametrize("together", [False, True])
def test_views_counted_in_one_question_are_those_counted_one_by_one(
    town: Office, listing: Listing, together: bool
) -> None:
    keys = [view.key for view in listing.views]
    for scope in (None, 2):
        town.scope = scope
        with town.read() as session:
            alone = {key: listing.count_in(session, Query(on=ON, view=key)) for key in keys}
            assert listing.tally_in(session, ON, keys, together=together) == alone


def _plans(office: Office, ask: Any) -> list[str]:
    """How the database goes about what is asked."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, sql: str, given: Any, _context: Any, _many: bool) -> None:
        if sql.startswith("SELECT"):
            asked.append((sql, given))

    event.listen(office.engine, "before_cursor_execute", note)
    try:
        with office.read() as session:
            ask(session)
    finally:
        event.remove(office.engine, "before_cursor_execute", note)
    found = []
    with office.engine.connect() as connection:
        for sql, given in asked:
            found += [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given)]
    return found


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (Query(on=ON), "ix_patrol_day_start"),
        (Query(on=ON, view="week"), "ix_patrol_day_start"),
        (Query(on=ON, filters=(("staff", 3),)), "ix_patrol_staff_id_day"),
    ],
)
def test_the_first_logs_are_read_out_of_an_index(town: Office, asked: Query, index: str) -> None:
    def page(session: Session) -> None:
        PATROLS.slice_in(session, asked, 0, 50)

    [step, *rest] = _plans(town, page)
    assert index in step, step
    assert rest in (["USE TEMP B-TREE FOR LAST TERM OF ORDER BY"], ["USE TEMP B-TREE FOR LAST 2 TERMS OF ORDER BY"])


def test_no_number_of_the_logs_goes_through_all_of_them(town: Office) -> None:
    def counts(session: Session) -> None:
        PATROLS.tally_in(session, ON, ("today", "week"))
        COVERAGE.count_in(session, Query(on=ON, view="stale"))

    plans = _plans(town, counts)
    assert any("ix_patrol_unit_id_day" in step for step in plans)
    assert not [step for step in plans if step.startswith("SCAN patrol")], plans
