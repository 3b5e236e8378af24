"""The scope's list of units, its name, what a machine keeps of it; days worth looking at."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import past, scope
from gridoffice.domain.grids import GridPast, GridUnit
from tests.make import Make


def test_units_stand_in_the_order_of_the_tree_and_are_found_by_letters(office: Office, make: Make) -> None:
    village = make.village("石桥村")
    make.village("柳河村")
    grid = make.grid(village, "石桥村第3网格")
    lines = scope.units(office)
    assert [(line.name, line.depth) for line in lines[:3]] == [("云溪镇", 0), ("石桥村", 1), ("石桥村第3网格", 2)]
    assert [line.name for line in scope.matching(lines, "lhc")] == ["柳河村"]
    assert [line.id for line in scope.matching(lines, "石桥 3")] == [grid.id]
    assert [line.id for line in scope.matching(lines, grid.code or "")] == [grid.id]
    assert (scope.name(office, None), scope.name(office, village.id)) == ("全镇", "石桥村")


def test_a_unit_that_is_no_more_is_left_out_today(office: Office, make: Make) -> None:
    village = make.village()
    make.grid(village, "老网格", end=date(2020, 1, 1))
    assert "老网格" not in [line.name for line in scope.units(office)]
    office.as_of = date(2019, 1, 1)
    assert "老网格" in [line.name for line in scope.units(office)]


def test_a_machine_keeps_the_scope_of_its_own_office_only(office: Office, make: Make) -> None:
    village = make.village()
    note = f"{scope.name_of(office)}|{village.id}"
    assert scope.kept(office, note) == village.id
    assert scope.kept(office, f"别的.office|{village.id}") is None
    assert scope.kept(office, f"{scope.name_of(office)}|99999") is None
    assert scope.kept(office, "") is None


def test_days_worth_looking_at_name_the_last_redrawing(office: Office, make: Make) -> None:
    today = office.today()
    assert past.last_change(office, today) is None
    village = make.village()
    make.add(GridPast(unit_id=village.id, level=2, name="旧石桥村", until=today - timedelta(days=40)))
    make.grid(village, end=today - timedelta(days=60))
    assert past.last_change(office, today) == today - timedelta(days=40)
    assert dict(past.picks(office, today))["最近一次撤并前"] == today - timedelta(days=40)
    with pytest.raises(OfficeError, match="还没有到"):
        past.check(today + timedelta(days=1), today)
    past.check(today, today)


def test_a_past_day_refuses_every_writing_and_offers_the_way_back(office: Office) -> None:
    office.as_of = date(2020, 5, 3)
    with pytest.raises(OfficeError, match="正在看 2020年5月3日的情形") as told, office.unit("改") as session:
        session.add(GridUnit(level=3, name="不该写进去"))
    assert (told.value.offer, "回到今天" in told.value.do) == ("now", True)
