"""Who does whose work: before, during and after a leave; by unit, by name and by contact; on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gridoffice.core.module import load, modules
from gridoffice.db import store
from gridoffice.db.office import Office
from gridoffice.domain import duty, help, setup
from gridoffice.domain.grids import MICRO, GridUnit
from gridoffice.domain.listing import Listing, Query
from gridoffice.domain.networks import HEAD, STAND_IN
from gridoffice.domain.staff import Leave
from tests.db.test_schema import server
from tests.make import Make

__all__ = ["server"]

DAY = date(2026, 11, 20)
NEXT = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(office: Office) -> None:
    office.on = DAY


def who(office: Office, unit_id: int, day: date = DAY) -> duty.Duty:
    with office.read() as session:
        return duty.on_duty(session, day)[unit_id]


def load_of(office: Office, staff_id: int, key: str, day: date = DAY) -> duty.Load:
    with office.read() as session:
        return next(load for load in duty.items_of(session, staff_id, day) if load.kind.key == key)


def listing(key: str) -> Listing:
    found: list[Listing] = [one for module in modules() if module.listings for one in load(module.listings)]
    return next(one for one in found if one.key == key)


def test_b_takes_over_for_those_days_and_it_returns_by_itself(office: Office, make: Make) -> None:
    grid, a, b = make.grid(), make.staff("张建国"), make.staff("李秀兰")
    make.assign(a, grid)
    make.assign(b, grid, STAND_IN)
    case = make.case(unit_id=grid.id)
    make.add(Leave(staff_id=a.id, start=DAY, end=DAY + NEXT))
    for day, person in ((DAY - NEXT, a), (DAY, b), (DAY + NEXT, b), (DAY + 2 * NEXT, a)):
        assert who(office, grid.id, day).staff_id == person.id
        assert load_of(office, person.id, "cases", day).open == (case.id,)
        other = a if person is b else b
        assert load_of(office, other.id, "cases", day).open == ()
        query = Query(on=day, view="open", filters=(("staff", person.id),))
        assert listing("cases").ids(office, query) == [case.id]
        assert listing("cases").count(office, Query(on=day, view="open", filters=(("staff", other.id),))) == 0
    found = who(office, grid.id)
    assert (found.name, found.instead_of, found.until) == ("李秀兰", "张建国", DAY + NEXT)
    assert found.note == "请假至11月21日，由李秀兰代"
    assert who(office, grid.id, DAY + 2 * NEXT).note == ""


def test_the_leaves_own_stand_in_goes_before_b_and_b_comes_in_when_he_is_away(office: Office, make: Make) -> None:
    grid, a, b, c = make.grid(), make.staff("张建国"), make.staff("李秀兰"), make.staff("王芳")
    make.assign(a, grid)
    make.assign(b, grid, STAND_IN)
    make.add(Leave(staff_id=a.id, start=DAY, end=DAY + 5 * NEXT, stand_in_id=c.id))
    make.add(Leave(staff_id=c.id, start=DAY + NEXT, end=DAY + NEXT))
    assert [who(office, grid.id, DAY + n * NEXT).name for n in range(3)] == ["王芳", "李秀兰", "王芳"]


def test_with_nobody_there_the_work_stays_and_a_gap_is_told(office: Office, make: Make) -> None:
    grid, a, b = make.grid(), make.staff("张建国"), make.staff("李秀兰")
    make.assign(a, grid)
    make.assign(b, grid, STAND_IN)
    case = make.case(unit_id=grid.id, handler="张建国")
    for person in (a, b):
        make.add(Leave(staff_id=person.id, start=DAY, end=DAY))
    found = who(office, grid.id)
    assert (found.staff_id, found.gap) == (None, "张建国请假至 2026-11-20，B岗李秀兰也不在，没有人顶上")
    assert found.note == "请假至11月20日，暂无人代"
    assert load_of(office, a.id, "cases").open == (case.id,)
    alone, c = make.grid(), make.staff("王芳")
    make.assign(c, alone)
    make.add(Leave(staff_id=c.id, start=DAY, end=DAY))
    assert who(office, alone.id).gap == "王芳请假至 2026-11-20，没有B岗，没有人顶上"


def test_a_unit_without_a_is_bs_and_one_below_the_grids_follows_its_grid(office: Office, make: Make) -> None:
    village = make.village()
    grid, b, head = make.grid(village), make.staff("李秀兰"), make.staff("陈书记")
    make.assign(b, grid, STAND_IN)
    make.assign(head, village, HEAD)
    micro = make.add(GridUnit(level=MICRO, name="1号楼", parent_id=grid.id))
    empty = make.grid(village)
    case = make.case(unit_id=micro.id)
    assert (who(office, grid.id).name, who(office, micro.id).name) == ("李秀兰", "李秀兰")
    assert who(office, village.id).name == "陈书记"
    with office.read() as session:
        assert empty.id not in duty.on_duty(session, DAY), "a grid nobody holds is a gap of its own, not the village's"
    assert load_of(office, b.id, "cases").open == (case.id,)


def test_what_bears_a_name_goes_with_the_person_unless_two_bear_it(office: Office, make: Make) -> None:
    grid, far, a, b = make.grid(), make.grid(), make.staff("张建国"), make.staff("李秀兰")
    make.assign(a, grid)
    make.assign(b, grid, STAND_IN)
    case = make.case(unit_id=far.id, handler="张建国", due_on=DAY - NEXT, found_on=DAY - 5 * NEXT)
    assert load_of(office, a.id, "cases").late == (case.id,)
    leave = make.add(Leave(staff_id=a.id, start=DAY, end=DAY))
    assert (load_of(office, a.id, "cases").late, load_of(office, b.id, "cases").late) == ((), (case.id,))
    with office.unit("销假") as session:
        session.delete(session.get_one(Leave, leave.id))
    make.staff("张建国")
    assert load_of(office, a.id, "cases").open == ()


def test_help_is_the_contacts_and_else_the_units(office: Office, make: Make) -> None:
    grid, a, c = make.grid(), make.staff("张建国"), make.staff("王芳")
    make.assign(a, grid)
    house = make.household(grid)
    entries = [
        make.add(
            help.HelpEntry(
                resident_id=make.resident(f"老人{n}", house).id, kind="独居老人", contact_id=contact, consent_on=DAY,
                until=DAY + 100 * NEXT, next_on=DAY,
            )
        )
        for n, contact in enumerate((None, c.id))
    ]  # fmt: skip
    assert load_of(office, a.id, "help").due == (entries[0].id,)
    assert load_of(office, c.id, "help").due == (entries[1].id,)
    make.add(Leave(staff_id=c.id, start=DAY, end=DAY, stand_in_id=a.id))
    assert load_of(office, a.id, "help").due == (entries[0].id, entries[1].id)


def test_the_tally_of_all_is_what_each_has(office: Office, make: Make) -> None:
    grid, other = make.grid(), make.grid()
    a, b, c = make.staff("张建国"), make.staff("李秀兰"), make.staff("王芳")
    make.assign(a, grid)
    make.assign(b, grid, STAND_IN)
    make.assign(c, other)
    make.case(unit_id=grid.id, handler="王芳", found_on=DAY - 9 * NEXT, due_on=DAY - NEXT)
    make.case(unit_id=other.id, handler="王芳", found_on=DAY, due_on=DAY)
    make.case(unit_id=grid.id, found_on=DAY, due_on=DAY + 3 * NEXT)
    make.add(Leave(staff_id=a.id, start=DAY, end=DAY))
    with office.read() as session:
        sums = duty.tally(session, DAY)
        assert sums == {b.id: (2, 1, 1), c.id: (2, 2, 1)}
        for person in (a, b, c):
            loads = duty.items_of(session, person.id, DAY)
            each = tuple(sum(len(getattr(load, word)) for load in loads) for word in ("open", "due", "late"))
            assert each == sums.get(person.id, (0, 0, 0))


def test_who_left_does_nothing_from_the_day_after_the_last(office: Office, make: Make) -> None:
    grid, a, b = make.grid(), make.staff("张建国", is_active=False, left_on=DAY), make.staff("李秀兰")
    make.assign(a, grid)
    make.assign(b, grid, STAND_IN)
    assert [who(office, grid.id, day).name for day in (DAY, DAY + NEXT)] == ["张建国", "李秀兰"]


def test_postgresql_tells_the_same(server: str) -> None:
    office = store.open_office(server)
    try:
        setup.prepare(office, name="云溪镇")
        make = Make(office)
        grid, a, b = make.grid(), make.staff("张建国"), make.staff("李秀兰")
        make.assign(a, grid)
        make.assign(b, grid, STAND_IN)
        micro = make.add(GridUnit(level=MICRO, name="1号楼", parent_id=grid.id))
        case = make.case(unit_id=micro.id, handler="张建国", found_on=DAY, due_on=DAY)
        make.add(Leave(staff_id=a.id, start=DAY, end=DAY))
        assert (who(office, micro.id).name, who(office, micro.id, DAY + NEXT).name) == ("李秀兰", "张建国")
        assert load_of(office, b.id, "cases").due == (case.id,)
        with office.read() as session:
            assert duty.tally(session, DAY) == {b.id: (1, 1, 0)}
    finally:
        office.close()
