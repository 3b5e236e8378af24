"""Logs, 到位率, figures, the views of cases and 督办 say the same on PostgreSQL as on the encrypted file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from gridoffice.core.module import load, modules
from gridoffice.db import store
from gridoffice.db.office import Office
from gridoffice.domain import duty, loop, setup, supervise, work
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.help import HelpEntry
from gridoffice.domain.listing import Query
from gridoffice.domain.work import Case
from gridoffice.modules.cases.figures import GROUPS, figures
from gridoffice.modules.patrols import coverage, never, rates_list, service, visit_coverage, visits
from gridoffice.modules.patrols.lists import PATROLS
from gridoffice.modules.patrols.model import HouseVisit
from tests.db.test_schema import server
from tests.make import Make
from tests.modules.cases import test_figures_by_hand as random_cases
from tests.modules.patrols import test_rates_by_hand as random_logs

__all__ = ["server"]  # the fixture of the private PostgreSQL

ON = date(2026, 10, 16)
LISTS = [one for module in modules() if module.listings for one in load(module.listings)]


def fill(office: Office) -> None:
    """The same on every database: logs, posts, leaves, a changed tree, cases, households with visits and help."""
    make = Make(office)
    random_logs.fill(office, make, 5)
    random_cases.fill(office, make, 5)
    grids = [make.grid(name=f"走访网格{n}", code=f"Z{n}") for n in range(2)]
    homes = [make.household(grids[n % 2]) for n in range(9)]
    for n, home in enumerate(homes):
        make.resident(
            f"居民{n}", home, tags="独居老人" if n % 3 == 0 else "", state="moved" if n % 4 == 0 else "living"
        )
    helped = make.resident("受助人", homes[2])
    entry = HelpEntry(resident_id=helped.id, kind="elderly", consent_on=ON, until=ON + timedelta(days=90))
    entry.last_on, entry.next_on = ON - timedelta(days=40), ON - timedelta(days=10)
    make.add(entry)
    with office.unit("登记走访") as session:
        for n in range(20):
            day = ON - timedelta(days=7 * n)
            session.add(HouseVisit(household_id=homes[n % 7].id, day=day, result=("fine", "away")[n % 3 == 0]))
    with office.read() as session:
        units = session.scalars(
            select(GridUnit).join(Case, Case.unit_id == GridUnit.id).distinct().order_by(GridUnit.id)
        )
        places = list(units)
    for n, unit in enumerate(places):
        make.assign(make.staff(f"承办{n}"), unit)
    office.on = ON


@pytest.fixture(scope="module")
def both(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Office, Office]]:
    """A file and a database on a server, filled alike."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRIDOFFICE_HOME", str(tmp_path_factory.mktemp("home")))
        on_file = store.create(Path(tmp_path_factory.mktemp("office")) / "云溪.office")
        on_server = store.open_office(server)
        for office in (on_file, on_server):
            setup.prepare(office, name="云溪镇", code="990102101")
            fill(office)
        yield on_file, on_server
        on_file.close()
        on_server.close()


Both = tuple[Office, Office]


@pytest.mark.parametrize("listing", LISTS, ids=lambda one: f"{one.module}-{one.key}")
def test_every_view_of_every_list_is_the_same(both: Both, listing: Any) -> None:
    found = []
    for office in both:
        with office.read() as session:
            keys = [view.key for view in listing.views]
            ids = {key: listing.ids_in(session, Query(ON, view=key)) for key in keys}
            numbers = listing.tally_in(session, ON, keys)
            assert numbers == {key: len(own) for key, own in ids.items()}
            assert listing.tally_in(session, ON, keys, together=True) == numbers
            every = sorted({one for own in ids.values() for one in own})
            rows = listing.rows_in(session, every, ON)
            moment = [place for place, column in enumerate(listing.columns) if column.key == "at"]
            found.append(
                (ids, {one: [text for n, text in enumerate(row) if n not in moment] for one, row in rows.items()})
            )
    assert found[0] == found[1]


def test_what_is_due_amber_and_late_is_there_at_all(both: Both) -> None:
    from gridoffice.modules.cases.lists import CASES

    with both[1].unit("时限") as on_server, both[0].unit("时限") as on_file:
        for session in (on_server, on_file):
            running = session.scalars(select(Case).where(Case.state.in_(work.OPEN)).order_by(Case.id)).all()
            for n, case in enumerate(running):
                case.red_at = loop.Given("", both[0].now()).now + timedelta(days=n % 9 - 5)
                case.amber_at = case.red_at - timedelta(days=2)
    numbers = []
    for office in both:
        with office.read() as session:
            numbers.append(CASES.tally_in(session, ON, [view.key for view in CASES.views]))
    assert numbers[0] == numbers[1]
    assert all(numbers[0][key] for key in ("late", "amber", "open", "proposed", "carried", "alone")), numbers[0]


def test_rates_are_the_same_piece_by_piece(both: Both) -> None:
    for asked in (
        rates_list.Asked(random_logs.FIRST, random_logs.LAST),
        rates_list.Asked(date(2026, 1, 1), ON, network="zongzhi"),
        rates_list.Asked(ON - timedelta(days=4), ON, kind="森林防火"),
    ):
        parts = [rates_list.owings(office, asked) for office in both]
        assert parts[0] == parts[1] and parts[0]
        for way in ("village", "grid", "worker", "network", "kind"):
            tables = [
                [(row.title, *map(row.number, rates_list.MEASURES)) for row in
                 rates_list.rows(way, rates_list.sums(office, asked))]
                for office in both
            ]  # fmt: skip
            assert tables[0] == tables[1]
    assert sum(one.late for one in rates_list.owings(both[1], rates_list.Asked(random_logs.FIRST, random_logs.LAST)))


def test_slides_and_visits_are_the_same(both: Both) -> None:
    for ask in (coverage.slides, visit_coverage.slides, service.counts):
        answers = [ask(office, ON) for office in both]
        assert answers[0] == answers[1] and answers[0]
    dues, plans = [], []
    for office in both:
        with office.read() as session:
            dues.append(visits.due_of(session, list(range(1, 12)), ON))
        plans.append(never.plan(office, 30, 5))
    assert dues[0] == dues[1] and dues[0]
    assert plans[0] == plans[1] and plans[0].wanted
    assert visits.what_if(both[0], {"every": 20}) == visits.what_if(both[1], {"every": 20})


@pytest.mark.parametrize("by", list(GROUPS))
def test_figures_are_the_same(both: Both, by: str) -> None:
    for first, last in ((date(2026, 10, 1), ON), (date(2026, 1, 1), ON), (date(2026, 8, 10), date(2026, 8, 20))):
        tables = [figures(office, first, last, by) for office in both]
        for one, other in zip((*tables[0].rows, tables[0].whole), (*tables[1].rows, tables[1].whole), strict=True):
            assert one.title == other.title
            assert {key: sorted(ids) for key, ids in one.ids.items()} == {
                key: sorted(ids) for key, ids in other.ids.items()
            }
            for key, hours in one.hours.items():
                assert hours == (pytest.approx(other.hours[key], abs=1e-4) if hours is not None else None)
        assert tables[0].whole.number("received")


def test_numbers_of_today_and_everybodys_work_are_the_same(both: Both) -> None:
    for module in modules():
        if module.counts:
            answers = [load(module.counts)(office, ON) for office in both]
            assert answers[0] == answers[1], module.key
    tallies = []
    for office in both:
        with office.read() as session:
            tallies.append(duty.tally(session, ON))
    assert tallies[0] == tallies[1] and tallies[0]


def test_a_case_is_led_through_and_supervised_alike(both: Both) -> None:
    stories = []
    for office in both:
        office.on = None
        with office.unit("一件事") as session:
            unit = session.scalars(select(GridUnit).where(GridUnit.name == "走访网格0")).one()
            leader = duty.on_duty(session, ON)
            case = Case(title="墙要倒", kind="K2", found_on=date(2026, 10, 1), unit_id=unit.id, category="安全隐患")
            now = datetime(2026, 10, 1, 9)
            loop.collect(session, case, who="唐琪", now=now)
            loop.act(session, case, "accept", loop.Given("王主任", now + timedelta(hours=2)))
            late = now + timedelta(days=20)
            rung = supervise.proposed(session, case, late)
            assert rung is not None
            who = next(post.staff_id for post in leader.values() if post.staff_id)
            supervise.supervise(session, case, rung.rank, who, who="王主任", now=late)
            over = [one.number for one in supervise.carried_over(session, ON)]
            told = [(step.verb, step.new, step.at, step.due_at) for step in work.steps_of(session, case.id)]
            stories.append((rung.title, case.number, case.red_at, case.amber_at, told, over))
        assert office.undo() == "一件事"
        office.on = ON
    assert stories[0] == stories[1] and stories[0][-1]


def test_a_log_is_saved_changed_and_read_alike(both: Both) -> None:
    rows = []
    for office in both:
        with office.read() as session:
            unit = session.scalars(select(GridUnit).where(GridUnit.name == "走访网格1")).one()
        entry = service.Entry(ON, time(8, 30), time(9, 45), unit.id, 1, households=2, text="看了河道")
        number = service.record(office, entry)
        service.change(office, number, replace(entry, text="看了河道和水塘"))
        assert service.last_entry(office) == service.view(office, number).entry
        with office.read() as session:
            listed = PATROLS.slice_in(session, Query(ON, view="week", text="水塘"), 0, 50)
            rows.append((listed, PATROLS.rows_in(session, listed, ON), service.grid_view(office, unit.id)))
        assert [office.undo(), office.undo()] == [f"修改巡查：{unit.name} {ON}", f"登记巡查：{unit.name}"]
    assert rows[0] == rows[1] and len(rows[0][0]) == 1
