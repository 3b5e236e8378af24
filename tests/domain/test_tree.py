"""The tree on any day: names, codes and places of then; records where they stood; what became of an ended unit."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from gridoffice.db.office import Office
from gridoffice.domain import choices
from gridoffice.domain.grids import GridPast, GridUnit, Relocation, children, villages
from gridoffice.domain.people import Household
from gridoffice.domain.tree import Tree, keep_past, placed_on, villages_on
from tests.make import Make

DAY = date(2026, 11, 20)
EVE = date(2026, 11, 19)
LAST_YEAR = date(2025, 6, 1)


@pytest.fixture
def merged(office: Office, make: Make) -> tuple[GridUnit, GridUnit, GridUnit]:
    """第1网格 ended yesterday and went into 第2网格, with its only household."""
    office.on = DAY
    village = make.village("石桥村")
    first, second = make.grid(village, "石桥村第1网格", end=EVE, code=None), make.grid(village, "石桥村第2网格")
    house = make.household(second)
    for owner, owner_id in (("grid_unit", first.id), ("household", house.id)):
        make.add(Relocation(owner=owner, owner_id=owner_id, old_unit_id=first.id, new_unit_id=second.id, until=EVE))
    make.add(
        GridPast(unit_id=first.id, parent_id=village.id, level=3, name=first.name, code="990102101200901", until=EVE)
    )
    return village, first, second


def test_a_change_keeps_what_held_until_yesterday_once(office: Office, make: Make) -> None:
    grid = make.grid(name="石桥村第1网格", code="A1")
    for name, code in (("石桥村东网格", "A1"), ("石桥村河东网格", "A2")):
        with office.unit("更名") as session:
            unit = session.get_one(GridUnit, grid.id)
            keep_past(session, unit, DAY)
            unit.name, unit.code = name, code
    with office.read() as session:
        assert [(past.name, past.code, past.until) for past in session.scalars(select(GridPast))] == [
            ("石桥村第1网格", "A1", EVE)
        ]
        tree = Tree(session)
        assert [(tree.on(day)[grid.id].name, tree.on(day)[grid.id].code) for day in (LAST_YEAR, EVE, DAY)] == [
            ("石桥村第1网格", "A1"),
            ("石桥村第1网格", "A1"),
            ("石桥村河东网格", "A2"),
        ]


def test_a_unit_made_today_has_no_past(office: Office, make: Make) -> None:
    grid = make.grid(start=DAY)
    with office.unit("更名") as session:
        keep_past(session, session.get_one(GridUnit, grid.id), DAY)
    with office.read() as session:
        assert session.scalars(select(GridPast)).all() == []
        assert grid.id not in Tree(session).on(EVE)
        assert grid.id in Tree(session).on(DAY)


def test_a_unit_stands_under_its_parent_of_then(office: Office, make: Make) -> None:
    west, east = make.village("石桥村"), make.village("东河村")
    grid = make.grid(west, "石桥村第1网格")
    with office.unit("划归") as session:
        unit = session.get_one(GridUnit, grid.id)
        keep_past(session, unit, DAY)
        unit.parent_id = east.id
    with office.read() as session:
        tree = Tree(session)
        assert grid.id in tree.under(west.id, EVE)
        assert grid.id not in tree.under(west.id, DAY)
        assert [one.name for one in tree.above(grid.id, EVE)] == ["云溪镇", "石桥村"]
        assert [one.name for one in tree.above(grid.id, DAY)] == ["云溪镇", "东河村"]
        assert villages_on(session, EVE)[grid.id] == "石桥村"
        assert villages_on(session, DAY)[grid.id] == "东河村"


def test_an_ended_unit_leads_to_what_stands_there_now(
    office: Office, merged: tuple[GridUnit, GridUnit, GridUnit]
) -> None:
    village, first, second = merged
    with office.read() as session:
        tree = Tree(session)
        assert tree.now_for(first.id) == [second.id]
        assert tree.now_for(second.id) == [second.id]
        assert tree.stood_for(first.id, DAY) == second.id
        assert tree.stood_for(first.id, EVE) == first.id
        assert tree.on(EVE)[first.id].code == "990102101200901"
        assert first.id not in tree.on(DAY)
        assert villages_on(session, DAY)[first.id] == "石桥村"
        assert [one.id for one in children(session, village.id)] == [second.id]
        assert first.id not in villages(session)
        assert first.id not in {one.id for one in choices.units(session)}


def test_a_record_stood_where_it_was_before_the_redrawing(
    office: Office, merged: tuple[GridUnit, GridUnit, GridUnit]
) -> None:
    _village, first, second = merged
    with office.read() as session:
        for day, unit in ((LAST_YEAR, first), (EVE, first), (DAY, second)):
            place = placed_on("household", Household.id, Household.unit_id, day)
            assert session.scalars(select(place)).all() == [unit.id], day
            assert session.scalars(select(Household.id).where(place == unit.id)).all(), day


def test_of_two_redrawings_the_earlier_tells_the_earlier_place(office: Office, make: Make) -> None:
    one, two, three = (make.grid(make.village(f"{word}村")) for word in "东西南")
    house = make.household(three)
    for old, new, until in ((one, two, date(2025, 12, 31)), (two, three, EVE)):
        make.add(Relocation(owner="household", owner_id=house.id, old_unit_id=old.id, new_unit_id=new.id, until=until))
    with office.read() as session:
        stood = [
            session.scalar(select(placed_on("household", Household.id, Household.unit_id, day)))
            for day in (LAST_YEAR, date(2026, 3, 1), DAY)
        ]
    assert stood == [one.id, two.id, three.id]
