"""A past day looked at: tree, card and list of then; figures of a past week; old codes found; imports of old sheets."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.grids import GridPast, GridUnit
from gridoffice.domain.listing import Query
from gridoffice.domain.people import Household
from gridoffice.exchange import plan as importing
from gridoffice.modules.grids import redraw, service
from gridoffice.modules.grids.lists import GRIDS
from gridoffice.modules.grids.redraw import Part, Redrawing
from tests.exchange.townships import Rows, book
from tests.make import Make
from tests.modules.grids.redrawing import township

DAY = date(2026, 11, 20)
EVE = date(2026, 11, 19)


@pytest.fixture(autouse=True)
def _today(office: Office) -> None:
    office.on = DAY


@pytest.fixture
def grid(make: Make) -> GridUnit:
    return make.grid(make.village("石桥村", code="990102101200"), "石桥村第1网格", code="99010210120001")


def shown(office: Office, unit_id: int) -> service.UnitCard:
    found = service.card(office, unit_id)
    assert found is not None
    return found


def test_a_rename_and_a_move_are_seen_on_their_days(office: Office, make: Make, grid: GridUnit) -> None:
    east = make.village("东河村", code="990102101201")
    service.update(office, grid.id, {"name": "石桥村河东网格", "code": "99010210120009"})
    service.move(office, grid.id, east.id, codes={grid.id: "99010210120101"})
    assert (shown(office, grid.id).name, shown(office, grid.id).code) == ("石桥村河东网格", "99010210120101")
    assert shown(office, grid.id).history[0] == (
        "2026-11-20",
        "更名，原名“石桥村第1网格”；编码由 99010210120001 改为 99010210120101；由 石桥村 划归 东河村",
    )
    office.as_of = EVE
    then = shown(office, grid.id)
    assert (then.name, then.code, then.where) == ("石桥村第1网格", "99010210120001", "云溪镇 · 石桥村")
    assert then.past == EVE
    assert then.history == ()
    assert next(one for one in service.tree(office) if one.id == grid.id).name == "第1网格"
    with pytest.raises(OfficeError, match="只能看，不能改"):
        service.update(office, grid.id, {"name": "别的"})


def test_the_list_of_grids_is_of_its_day_and_old_codes_find_the_unit(office: Office, grid: GridUnit) -> None:
    service.update(office, grid.id, {"name": "石桥村河东网格", "code": "99010210120009"})
    for text in ("99010210120001", "石桥村第1网格", "99010210120009", "河东"):
        assert GRIDS.ids(office, Query(on=DAY, view="grids", text=text)) == [grid.id], text
    names = [GRIDS.rows(office, [grid.id], day)[grid.id][1] for day in (EVE, DAY)]
    assert names == ["石桥村第1网格", "石桥村河东网格"]
    node = next(one for one in service.tree(office) if one.id == grid.id)
    assert "99010210120001" in node.old
    assert "99010210120009" in node.words


def test_an_import_keeps_what_was_and_does_not_bring_it_back(office: Office, grid: GridUnit, tmp_path: Path) -> None:
    sheet: Rows = [["村（社区）", "网格名称", "网格编码", "户数"], ["石桥村", "石桥村一网格", "99010210120001", 80]]
    importing.run(office, [book(tmp_path / "新.xlsx", {"网格": sheet})])
    assert service.get(office, grid.id).name == "石桥村一网格"
    with office.read() as session:
        assert [past.name for past in session.scalars(select(GridPast))] == ["石桥村第1网格"]
    old: Rows = [["村（社区）", "网格名称", "网格编码", "户数"], ["石桥村", "第1网格", "99010210120001", 85]]
    importing.run(office, [book(tmp_path / "旧.xlsx", {"网格": old})])
    kept = service.get(office, grid.id)
    assert (kept.name, kept.households) == ("石桥村一网格", 85), "a name it had before does not come back"


LEDGER: Rows = [
    ["户编号", "姓名", "与户主关系", "性别", "所属网格", "家庭住址"],
    ["90001", "孙小满", "户主", "女", "石桥村第1网格", "石桥村1组9号"],
]
GRIDSHEET: Rows = [["村（社区）", "网格名称", "网格编码", "户数"], ["石桥村", "第1网格", "99010210120001", 80]]


def test_an_old_sheet_leads_to_the_successor_and_revives_nothing(office: Office, make: Make, tmp_path: Path) -> None:
    town = township(make)
    part = Part("石桥村第2网格", "99010210120002", unit_id=town.other.id)
    redraw.carry_out(office, Redrawing((town.grid.id, town.other.id), (part,)))
    importing.run(office, [book(tmp_path / "居民.xlsx", {"居民": LEDGER})])
    with office.read() as session:
        assert session.scalars(select(Household.unit_id).where(Household.number == "90001")).one() == town.other.id
    made = importing.run(office, [book(tmp_path / "网格.xlsx", {"网格": GRIDSHEET})])
    problem = made.sheets[0].problems[0]
    assert "已经撤并，现在是“石桥村第2网格”" in problem.reason
    assert made.batch is None
    assert service.get(office, town.other.id).households == 34


def test_an_old_sheet_of_a_grid_that_is_several_now_is_told_which(office: Office, make: Make, tmp_path: Path) -> None:
    town = township(make)
    parts = (Part("石桥村南网格", "99010210120003"), Part("石桥村北网格", "99010210120004"))
    redraw.carry_out(office, Redrawing((town.grid.id,), parts, {"households": {town.houses[0].id: 1}}))
    made = importing.run(office, [book(tmp_path / "居民.xlsx", {"居民": LEDGER})])
    assert made.total("wrong") == 1
    assert "现在是“石桥村南网格”、“石桥村北网格”，请写明是哪一个" in made.sheets[0].problems[0].reason
