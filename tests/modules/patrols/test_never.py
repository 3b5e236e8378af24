"""The week's plan: oldest first, fair over grids, nobody over the load, working days of the office; and coverage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from gridoffice.core.calendar import shipped
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.listing import Query
from gridoffice.domain.people import Household
from gridoffice.domain.staff import Leave, Staff
from gridoffice.modules.inspections.model import Inspection
from gridoffice.modules.patrols import never, typein, typein_save, visit_coverage
from gridoffice.modules.patrols.model import HouseVisit
from gridoffice.modules.patrols.page_never import PlanDialog
from gridoffice.modules.patrols.round_list import ROUNDS
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.modules.residents.ground import helped
from tests.press import press

DAY = date(2026, 11, 25)  # a Wednesday: three working days are left


@pytest.mark.parametrize(
    ("on", "days"),
    [
        (date(2026, 11, 25), ["11-25", "11-26", "11-27"]),
        (date(2026, 11, 27), ["11-27", "11-30", "12-01", "12-02", "12-03", "12-04"]),  # on a Friday the next week too
        (date(2026, 11, 28), ["11-30", "12-01", "12-02", "12-03", "12-04"]),
        (date(2026, 2, 10), ["02-10", "02-11", "02-12", "02-13", "02-14"]),  # 调休: the Saturday before 春节 is worked
        (date(2026, 9, 28), ["09-28", "09-29", "09-30"]),  # 国庆 begins on the Thursday
    ],
)
def test_the_week_has_the_offices_working_days(on: date, days: list[str]) -> None:
    assert [f"{day:%m-%d}" for day in never.working_days(shipped(), on)] == days


def homes_of(make: Make, grid: GridUnit, number: int, ago: int | None) -> list[Household]:
    made = []
    for place in range(number):
        home = make.household(grid, address=f"{place % 3 + 1}组{place + 1}号")
        make.resident(household=home)
        if ago is not None:
            make.add(HouseVisit(household_id=home.id, day=DAY - timedelta(days=ago + place), result="fine"))
        made.append(home)
    return made


@pytest.fixture
def two(office: Office, make: Make) -> tuple[Staff, list[GridUnit]]:
    """A worker with two grids: one never visited, one visited half a year ago and more."""
    office.on = DAY
    worker = make.staff("张建国")
    grids = [make.grid(), make.grid()]
    for grid in grids:
        make.assign(worker, grid)
    return worker, grids


def test_oldest_first_fair_over_grids_and_within_the_load(
    office: Office, make: Make, two: tuple[Staff, list[GridUnit]]
) -> None:
    worker, grids = two
    fresh = homes_of(make, grids[0], 9, None)
    older = homes_of(make, grids[1], 9, 180)
    helped(make, make.resident(household=fresh[0]))  # a help visit due takes the room of one door
    plan = never.plan(office, days=90, doors=4)
    assert [(one.day, len(one.doors)) for one in plan.days] == [
        (DAY, 3), (DAY + timedelta(days=1), 4), (DAY + timedelta(days=2), 4),
    ]  # fmt: skip
    assert (plan.wanted, plan.planned, plan.loads[worker.id]) == (18, 11, 1)
    per_grid = [sum(door.unit_id == grid.id for one in plan.days for door in one.doors) for grid in grids]
    assert abs(per_grid[0] - per_grid[1]) <= 1
    chosen = [door.id for one in plan.days for door in one.doors if door.unit_id == grids[1].id]
    assert set(chosen) == {home.id for home in older[-len(chosen) :]}, "those seen longest ago"
    assert len({(door.kind, door.id) for one in plan.days for door in one.doors}) == 11
    with pytest.raises(OfficeError, match="天数或每天户数不对"):
        never.plan(office, doors=99)


def test_on_leave_the_stand_in_goes_and_a_grid_without_anybody_is_told(
    office: Office, make: Make, two: tuple[Staff, list[GridUnit]]
) -> None:
    worker, grids = two
    homes_of(make, grids[0], 30, None)
    empty = make.grid(name="无人网格")
    homes_of(make, empty, 2, None)
    other = make.staff("白雯颖")
    make.add(Leave(staff_id=worker.id, start=DAY, end=DAY, kind="事假", stand_in_id=other.id))
    plan = never.plan(office, days=90, doors=5)
    assert [(one.name, one.day.day, len(one.doors)) for one in plan.days] == [
        ("白雯颖", 25, 5), ("张建国", 26, 5), ("张建国", 27, 5),
    ]  # fmt: skip
    assert plan.unmanned == ("无人网格",)


def test_premises_without_contact_stand_in_the_plan_until_they_are_seen(
    office: Office, make: Make, two: tuple[Staff, list[GridUnit]]
) -> None:
    _, grids = two
    shop = make.premises("石桥小卖部", grids[0], address="1组1号")
    seen = make.premises("石桥饭店", grids[0])
    make.add(Inspection(premises_id=seen.id, day=DAY - timedelta(days=10)))
    plan = never.plan(office, days=90)
    assert [(door.kind, door.id) for one in plan.days for door in one.doors] == [(never.PLACE, shop.id)]
    [sheet] = never.sheets(office, plan.days)
    [row] = typein.view(office, sheet).rows
    assert row.title == "1组1号　石桥小卖部"
    assert never.plan(office, days=90).wanted == 0, "it is on a sheet already"
    typein.draft(office, replace(row, result="fine"))
    typein_save.finish(office, sheet, DAY)
    assert never.plan(office, days=90).wanted == 0
    office.undo()
    office.undo()
    assert never.plan(office, days=90).wanted == 1


def test_the_plan_is_adjusted_and_made_into_sheets(
    office: Office, make: Make, two: tuple[Staff, list[GridUnit]], qtbot: QtBot
) -> None:
    _, grids = two
    homes_of(make, grids[0], 40, None)
    window = MainWindow(office)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    dialog = PlanDialog(window.open("patrols"), office)
    dialog.show()
    assert dialog.told.text().startswith("共 40 户，最久的排在最前面；本次安排 30 户，其余 10 户留到以后。")
    dialog.doors.setValue(12)
    dialog.propose()
    first = dialog.table.item(0, 2)
    assert first is not None and first.text() == "12"
    first.setText("3")
    last = dialog.table.item(0, 4)
    assert last is not None
    last.setText("0")
    press(dialog, "做成路线单")
    assert [len(typein.view(office, one).rows) for one in dialog.made] == [3, 12]
    assert ROUNDS.count(office, Query(DAY, view="out")) == 2
    office.undo()
    assert ROUNDS.count(office, Query(DAY, view="sheets")) == 0
    window.close()


def test_coverage_parts_make_up_the_whole(office: Office, make: Make, two: tuple[Staff, list[GridUnit]]) -> None:
    _, grids = two
    homes_of(make, grids[0], 4, None)
    homes_of(make, grids[1], 6, 180)
    lost = make.household(None)
    make.resident(household=lost)
    with office.read() as session:
        for by in ("village", "grid", "worker"):
            parts = visit_coverage.rates(session, DAY, by)
            assert (sum(a for a, _ in parts.values()), sum(b for _, b in parts.values())) == (6, 11), by
            assert parts["未入网格"] == (0, 1)
        assert visit_coverage.rates(session, DAY, "grid")[grids[1].name] == (6, 6)
        assert visit_coverage.rates(session, DAY, "worker")["张建国"] == (6, 10)
    [slide] = visit_coverage.slides(office, DAY)
    assert slide.rows[-1] == ("合计", "6", "11", "55%")
    assert [sum(int(row[place]) for row in slide.rows[:-1]) for place in (1, 2)] == [6, 11]
    assert slide.title.startswith("本周按期走访率 55%")
