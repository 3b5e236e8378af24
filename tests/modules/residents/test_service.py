"""The ledger: residents in households, numbers checked, duplicates told, who moves and who dies."""

from __future__ import annotations

from datetime import date

import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.listing import Query
from gridoffice.domain.people import DEAD, MOVED
from gridoffice.modules.residents import households, leaving, service
from gridoffice.modules.residents.lists import HOUSEHOLDS, RESIDENTS
from tests.make import Make, id_number

DAY = date(2026, 11, 20)
BORN = date(1961, 11, 20)


@pytest.fixture(autouse=True)
def _today(office: Office) -> None:
    office.on = DAY


def ids(office: Office, view: str = "", text: str = "", **filters: int) -> list[int]:
    return RESIDENTS.ids(office, Query(on=office.today(), view=view, text=text, filters=tuple(filters.items())))


def houses(office: Office, view: str = "") -> list[int]:
    return HOUSEHOLDS.ids(office, Query(on=office.today(), view=view))


def house_of(office: Office, resident_id: int) -> households.HouseholdFile:
    found = households.household_of(office, resident_id)
    assert found is not None
    return found


def test_a_resident_without_a_household_founds_one(office: Office, make: Make) -> None:
    grid = make.grid()
    make.household(grid, number="00041")
    made = service.create(office, {"name": "李秀兰", "unit_id": grid.id, "address": "石桥村3组8号", "tags": "党员"})
    house = house_of(office, made)
    assert (house.number, house.address, house.unit_id) == ("00042", "石桥村3组8号", grid.id)
    assert [(one.name, one.relation) for one in house.members] == [("李秀兰", "户主")]
    assert office.undo() == "新建居民：李秀兰"
    assert (ids(office), len(houses(office))) == ([], 1)


def test_a_new_member_stands_in_the_household_s_grid_after_the_head(office: Office, make: Make) -> None:
    house = make.household(make.grid())
    child = service.create(office, {"name": "王小河", "household_id": house.id, "relation": "子"})
    service.create(office, {"name": "李秀兰", "household_id": house.id, "relation": "户主"})
    assert service.get(office, child).unit_id == house.unit_id
    assert [one.name for one in house_of(office, child).members] == ["李秀兰", "王小河"]
    assert house_of(office, child).address == house.address


def test_birth_sex_and_search_come_from_number_and_name(office: Office) -> None:
    made = service.create(office, {"name": "仇春花", "id_number": id_number(BORN, 8), "phone": "139-0000-5678"})
    record = service.get(office, made)
    assert (record.sex, record.born, record.phone) == ("女", BORN, "13900005678")
    assert ids(office, text="qch") == ids(office, text="5678") == ids(office, text="仇春") == [made]
    texts = RESIDENTS.rows(office, [made], DAY)[made]
    assert "990102********" + (record.id_number or "")[-4:] in texts
    assert "139****5678" in texts
    assert "65" in texts


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": " "}, "姓名还没有填"),
        ({"name": "李秀兰", "id_number": "99010219611120"}, "不是 18 位"),
        ({"name": "李秀兰", "id_number": id_number(BORN, 8), "sex": "男"}, "号码上是女"),
        ({"name": "李秀兰", "id_number": id_number(BORN, 8), "born": DAY}, "号码上是 1961-11-20"),
        ({"name": "李秀兰", "phone": "1390000567"}, "电话“1390000567”不对"),
        ({"name": "李秀兰", "tags": "党员、信教"}, "没有“信教”"),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(office: Office, values: dict[str, object], words: str) -> None:
    with pytest.raises(OfficeError, match=words):
        service.create(office, values)
    assert (ids(office), houses(office)) == ([], [])


def test_an_old_number_of_fifteen_figures_is_taken(office: Office) -> None:
    made = service.create(office, {"name": "李秀兰", "id_number": "990102611120008"})
    assert (service.get(office, made).born, service.get(office, made).sex) == (BORN, "女")


def test_the_same_number_is_refused_and_namesakes_are_told(office: Office, make: Make) -> None:
    number = id_number(BORN, 8)
    first = service.create(office, {"name": "李秀兰", "id_number": number, "address": "1组1号"})
    with pytest.raises(OfficeError, match="已经登记在“李秀兰”名下"):
        service.create(office, {"name": "李秀蓝", "id_number": number})
    told = service.similar(office, {"name": "李秀兰"})
    assert [one.words for one in told] == [f"李秀兰，女，65 岁，990102********{number[-4:]}，1组1号"]
    assert [one.why for one in service.similar(office, {"id_number": number})] == ["证件号相同"]
    assert [one.why for one in service.similar(office, {"id_number": number[:6] + number[8:17]})] == ["证件号相同"]
    assert service.similar(office, {"name": "李秀兰"}, own=first) == []
    assert service.similar(office, {"name": "李"}) == []


def test_who_joins_another_household_follows_to_its_grid_and_leaves_its_address_alone(
    office: Office, make: Make
) -> None:
    east = make.household(make.grid(), address="东河村2组2号")
    moving = service.create(office, {"name": "王小河", "address": "石桥村1组1号", "unit_id": make.grid().id})
    old = house_of(office, moving).id
    service.update(office, moving, {"household_id": east.id, "address": "石桥村1组1号", "relation": "女婿"})
    assert service.get(office, moving).unit_id == east.unit_id
    assert house_of(office, moving).address == "东河村2组2号"
    assert households.household(office, old) is None, "nobody is left in it"
    assert office.undo() == "修改居民：王小河"
    assert house_of(office, moving).id == old


def test_who_leaves_a_household_founds_one_and_the_others_stay(office: Office, make: Make) -> None:
    house = make.household(make.grid())
    head, child = make.resident("李秀兰", house, relation="户主"), make.resident("王小河", house, relation="子")
    service.update(office, child.id, {"household_id": None, "address": "新村5号"})
    assert house_of(office, child.id).address == "新村5号"
    assert [one.id for one in house_of(office, head.id).members] == [head.id]


def test_the_address_belongs_to_the_whole_household(office: Office, make: Make) -> None:
    house = make.household(make.grid())
    person = make.resident(household=house)
    service.update(office, person.id, {"name": "李秀兰", "address": "石桥村4组9号"}, person.version)
    assert house_of(office, person.id).address == "石桥村4组9号"
    service.update(office, person.id, {"address": "", "phone": "13900001111"})
    assert house_of(office, person.id).address == ""
    with pytest.raises(OfficeError, match="刚被别处改过"):
        service.update(office, person.id, {"phone": ""}, person.version)


def test_a_household_moves_with_all_its_members(office: Office, make: Make) -> None:
    house, grid = make.household(make.grid()), make.grid()
    members = [make.resident(name, house).id for name in ("李秀兰", "王小河")]
    households.update(office, house.id, {"number": house.number, "unit_id": grid.id, "address": "2组2号"})
    assert {service.get(office, one).unit_id for one in members} == {grid.id}
    office.undo()
    assert {service.get(office, one).unit_id for one in members} == {house.unit_id}
    other = make.household()
    with pytest.raises(OfficeError, match="已经有了"):
        households.update(office, other.id, {"number": house.number})
    with pytest.raises(OfficeError, match="还没有填"):
        households.update(office, other.id, {"number": " "})
    assert houses(office, "no_unit") == [other.id]


def test_who_moved_out_or_died_stays_on_record_but_is_counted_no_more(office: Office, make: Make) -> None:
    house = make.household(make.grid())
    old = make.resident("李秀兰", house, born=BORN, id_number=id_number(BORN, 8), tags="党员、独居老人")
    for view in ("aged60", "aged65", "alone", "party"):
        assert ids(office, view) == [old.id], view
    for state in (MOVED, DEAD):
        leaving.leave(office, [old.id], leaving.Leaving(state, DAY))
        assert (ids(office, "aged65"), ids(office, "party"), ids(office)) == ([], [], [old.id])
    assert office.undo() == "李秀兰：去世"
    leaving.come_back(office, old.id)
    assert ids(office, "party") == [old.id]


def test_somebody_is_65_on_the_birthday_and_not_the_day_before(office: Office, make: Make) -> None:
    make.resident(born=BORN, id_number=id_number(BORN, 8))
    assert len(ids(office, "aged65")) == 1
    office.on = date(2026, 11, 19)
    assert ids(office, "aged65") == []


def test_a_slip_is_deleted_with_its_empty_household(office: Office, make: Make) -> None:
    house = make.household(make.grid())
    first, second = make.resident("李秀兰", house), make.resident("王小河", house)
    assert service.delete(office, first.id) == "李秀兰"
    assert houses(office) == [house.id]
    service.delete(office, second.id)
    assert houses(office) == []
    office.undo()
    office.undo()
    assert [one.name for one in house_of(office, first.id).members] == ["李秀兰", "王小河"]
    with pytest.raises(OfficeError, match="已经不在了"):
        service.get(office, 99999)


def test_residents_in_no_grid_are_counted(office: Office, make: Make) -> None:
    lost = make.resident("李秀兰")
    assert [(count.number, count.view) for count in service.counts(office, DAY)] == [(1, "no_unit")]
    assert ids(office, "no_unit") == [lost.id]
    assert households.household_of(office, lost.id) is None
    grid = make.grid()
    service.update(office, lost.id, {"unit_id": grid.id})
    assert service.counts(office, DAY)[0].number == 0
    assert ids(office, unit=grid.parent_id or 0) == [lost.id]


def test_tags_are_the_lawful_ones(office: Office) -> None:
    assert "独居老人" in service.tags()
    assert not {"信访", "信教", "吸毒"} & set(service.tags())
