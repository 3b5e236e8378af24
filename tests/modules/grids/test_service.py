"""The grid tree: made, changed, moved, deleted; who is appointed from when to when; what the card says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.grids import GRID, MICRO, VILLAGE, GridLevel, GridUnit
from gridoffice.domain.listing import Query
from gridoffice.domain.networks import HEAD, STAND_IN, WORKER
from gridoffice.modules.grids import service
from gridoffice.modules.grids.lists import GRIDS
from tests.make import Make

DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today(office: Office) -> None:
    office.on = DAY


@pytest.fixture
def grid(make: Make) -> GridUnit:
    return make.grid(make.village("石桥村"), "石桥村第1网格")


def role(office: Office, level: int, title: str) -> int:
    return next(number for number, word in service.roles(office, level) if title in word)


def shown(office: Office, unit_id: int) -> service.UnitCard:
    found = service.card(office, unit_id)
    assert found is not None
    return found


def ids(office: Office, view: str) -> list[int]:
    return GRIDS.ids(office, Query(on=office.today(), view=view))


def test_a_unit_is_made_one_level_below(office: Office, make: Make) -> None:
    village = service.create(office, make.town().id, {"name": " 清泉村 ", "code": "９９０１０２１０１２０５"})
    made = service.get(office, village)
    assert (made.level, made.name, made.code) == (VILLAGE, "清泉村", "990102101205")
    assert (made.pinyin, made.initials) == ("qingquancun", "qqc")
    grid = service.create(office, village, {"name": "清泉村第1网格", "code": service.next_code(office, village)})
    assert (service.get(office, grid).level, service.get(office, grid).code) == (GRID, "99010210120501")
    assert service.next_code(office, village) == "99010210120502"
    micro = service.create(office, grid, {"name": "1号楼"})
    assert service.get(office, micro).level == MICRO
    with pytest.raises(OfficeError, match="最低一层"):
        service.create(office, micro, {"name": "更小"})
    assert office.undo() == "新建网格：1号楼"
    assert service.card(office, micro) is None


def test_the_tree_goes_as_deep_as_the_office_has_levels(office: Office, make: Make, grid: GridUnit) -> None:
    with office.unit("增加层级：单元") as session:
        session.add_all([GridLevel(rank=5, title="楼栋"), GridLevel(rank=6, title="单元")])
    above = grid.id
    for level, name in ((4, "1号微网格"), (5, "1号楼"), (6, "1单元")):
        above = service.create(office, above, {"name": name, "code": service.next_code(office, above)})
        assert service.get(office, above).level == level
    card = shown(office, above)
    assert (card.level_title, card.where.count("·"), card.code) == ("单元", 4, f"{grid.code}010101")
    assert [node.level for node in service.tree(office)] == [1, 2, 3, 4, 5, 6]
    with pytest.raises(OfficeError, match="最低一层"):
        service.create(office, above, {"name": "101室"})


def test_a_unit_of_a_day_to_come_is_refused(office: Office, grid: GridUnit) -> None:
    with pytest.raises(OfficeError, match="还没有到"):
        service.create(office, grid.id, {"name": "1号楼", "start": date(2026, 12, 1)})


def test_wrong_units_are_refused_and_nothing_is_written(office: Office, make: Make, grid: GridUnit) -> None:
    village = grid.parent_id
    refused: list[tuple[dict[str, Any], str]] = [
        ({"name": "  "}, "还没有填"),
        ({"name": "石桥村第2网格", "code": grid.code}, "已经是“石桥村第1网格”的"),
        ({"name": "石桥村第1网格"}, "已经有“石桥村第1网格”"),
        ({"name": "石桥村第2网格", "households": -1}, "不能是负数"),
    ]
    for values, words in refused:
        with pytest.raises(OfficeError, match=words):
            service.create(office, village, values)
    assert ids(office, "grids") == [grid.id]
    other = make.grid(make.village("东河村"), "东河村第1网格")
    with pytest.raises(OfficeError, match="已经是"):
        service.update(office, other.id, {"code": grid.code})
    service.update(office, other.id, {"name": "石桥村第1网格"})  # elsewhere the name is free


def test_a_change_made_meanwhile_is_told(office: Office, grid: GridUnit) -> None:
    service.update(office, grid.id, {"households": 120}, grid.version)
    with pytest.raises(OfficeError, match="刚被别处改过"):
        service.update(office, grid.id, {"households": 130}, grid.version)
    assert service.get(office, grid.id).households == 120
    office.undo()
    assert service.get(office, grid.id).households is None


def test_a_unit_moves_with_everything_under_it_and_only_to_its_level(
    office: Office, make: Make, grid: GridUnit
) -> None:
    east = make.village("东河村")
    service.move(office, grid.id, east.id)
    assert shown(office, grid.id).where.endswith("东河村")
    with pytest.raises(OfficeError, match="不能放到"):
        service.move(office, grid.id, make.town().id)
    with pytest.raises(OfficeError, match="不能放到"):
        service.move(office, east.id, grid.id)
    office.undo()
    assert service.get(office, grid.id).parent_id != east.id


def test_what_holds_something_is_not_deleted(office: Office, make: Make, grid: GridUnit) -> None:
    house = make.household(grid)
    make.resident(household=house)
    make.premises(unit=grid)
    with pytest.raises(OfficeError, match="1 户、1 名居民、1 个场所"):
        service.delete(office, grid.id)
    with pytest.raises(OfficeError, match="1 个下级网格"):
        service.delete(office, grid.parent_id or 0)
    case_grid = make.grid(name="东河村第1网格")
    make.case(unit_id=case_grid.id)
    with pytest.raises(OfficeError, match="1 件事项"):
        service.delete(office, case_grid.id)


def test_an_empty_unit_goes_with_its_appointments_and_comes_back(office: Office, make: Make, grid: GridUnit) -> None:
    make.assign(make.staff("唐琪"), grid)
    assert service.delete(office, grid.id) == "石桥村第1网格"
    assert service.card(office, grid.id) is None
    office.undo()
    assert [holder.name for holder in shown(office, grid.id).holders] == ["唐琪"]
    with pytest.raises(OfficeError, match="已经不在了"):
        service.get(office, 99999)


def test_who_is_appointed_takes_the_place_of_who_was(office: Office, make: Make, grid: GridUnit) -> None:
    first, second = make.staff("唐琪"), make.staff("何敏")
    worker = role(office, GRID, "A岗")
    assert ids(office, "no_worker") == [grid.id]
    service.appoint(office, grid.id, first.id, worker, date(2024, 1, 1))
    assert ids(office, "no_worker") == []
    with pytest.raises(OfficeError, match="已经是"):
        service.appoint(office, grid.id, first.id, worker, None)
    with pytest.raises(OfficeError, match="同一时间只能一人，已经有唐琪"):
        service.appoint(office, grid.id, second.id, worker, None)
    service.appoint(office, grid.id, second.id, worker, None, succeed=True)
    assert [(one.name, one.start) for one in shown(office, grid.id).holders] == [("何敏", DAY)]
    assert "何敏 任 石桥村第1网格 网格员（A岗），接替唐琪" in (office.undo_text() or "")
    office.on = date(2026, 11, 19)
    assert [one.name for one in shown(office, grid.id).holders] == ["唐琪"]
    texts = GRIDS.rows(office, [grid.id], office.on)[grid.id]
    assert "唐琪" in texts, "the list and the card agree on a day that is not today"


def test_an_appointment_ends_yesterday_and_one_of_today_goes_away(office: Office, make: Make, grid: GridUnit) -> None:
    held = make.assign(make.staff("唐琪"), grid, start=date(2024, 1, 1))
    service.end_appointment(office, held.id)
    assert shown(office, grid.id).holders == ()
    assert ids(office, "no_worker") == [grid.id]
    assert office.undo() == "唐琪 不再负责 石桥村第1网格"
    assert len(shown(office, grid.id).holders) == 1
    slip = service.appoint(office, grid.id, make.staff("何敏").id, role(office, GRID, "B岗"), None)
    service.end_appointment(office, slip)
    office.on = DAY.replace(day=30)
    assert ids(office, "no_stand_in") == [grid.id]


def test_a_role_of_another_level_is_refused(office: Office, make: Make, grid: GridUnit) -> None:
    with pytest.raises(OfficeError, match="不能设在"):
        service.appoint(office, grid.id, make.staff().id, role(office, VILLAGE, "网格长"), None)


def test_the_card_counts_the_whole_subtree(office: Office, make: Make, grid: GridUnit) -> None:
    village = service.get(office, grid.parent_id or 0)
    second = make.grid(village, "石桥村第2网格", households=40, persons=99)
    service.update(office, grid.id, {"households": 60, "persons": 101, "party_members": 3})
    make.resident(household=make.household(second))
    make.premises(unit=grid)
    make.case(unit_id=second.id, found_on=date(2026, 1, 5))
    card = shown(office, village.id)
    assert (card.households, card.persons, card.party_members, card.organisations) == (100, 200, 3, None)
    assert (card.residents, card.registered_households, card.premises) == (1, 1, 1)
    assert (card.open_cases, card.late_cases, card.grids, card.children) == (1, 1, 2, 2)
    assert card.level_title.startswith("村")
    assert shown(office, grid.id).open_cases == 0
    assert shown(office, grid.id).history[0][1].startswith("修改网格：石桥村第1网格")


def test_gaps_are_named_in_tree_card_and_counts(office: Office, make: Make, grid: GridUnit) -> None:
    make.assign(make.staff("何敏", phone=""), grid, STAND_IN)
    assert shown(office, grid.id).gaps == ("缺A岗", "何敏 没有电话")
    assert shown(office, grid.parent_id or 0).gaps == ("缺村级网格长",)
    node = next(node for node in service.tree(office) if node.id == grid.id)
    assert (node.name, node.gap) == ("第1网格", "缺A岗")
    assert [(count.view, count.number) for count in service.counts(office, DAY)] == [
        ("no_worker", 1),
        ("no_stand_in", 0),
        ("gaps", 4),
    ]
    make.assign(make.staff("唐琪"), grid, WORKER)
    make.assign(make.staff("周健"), service.get(office, grid.parent_id or 0), HEAD)
    assert shown(office, grid.parent_id or 0).gaps == ()
    node = next(node for node in service.tree(office) if node.id == grid.id)
    assert (node.beside, node.gap) == ("唐琪", "")
