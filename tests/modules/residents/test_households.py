"""Households: found while typing, another head, 分户, 并户, moved as a whole; each undone in one step."""

from __future__ import annotations

import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.people import DEAD, Household, Resident
from gridoffice.modules.residents import households, relating, service
from gridoffice.modules.residents.households import HEAD, Member, Split, needed
from tests.make import Make
from tests.modules.residents.ground import DAY, changed, rows


@pytest.fixture(autouse=True)
def _today(office: Office) -> None:
    office.on = DAY


@pytest.fixture
def house(office: Office, make: Make) -> Household:
    """Grandmother, son, his wife, their boy."""
    kept = make.household(make.grid(), number="00912", address="石桥村3组8号")
    make.resident("李秀兰", kept, relation="户主")
    make.resident("王大山", kept, relation="子", sex="男", id_number=None)
    make.resident("仇春花", kept, relation="儿媳", id_number=None)
    make.resident("王小河", kept, relation="孙子女", sex="男", id_number=None)
    return kept


def by_name(office: Office, house_id: int) -> dict[str, str]:
    return {one.name: one.relation for one in needed(office, house_id).members}


def ids(office: Office, house_id: int) -> dict[str, int]:
    return {one.name: one.id for one in needed(office, house_id).members}


@pytest.mark.parametrize("text", ["00912", "3组", "李秀", "qch", "8号 wds", "王大山 石桥", "1 8号"])
def test_a_household_is_found_by_number_address_or_a_member(office: Office, house: Household, text: str) -> None:
    assert households.find(office, text) == [(house.id, "00912　石桥村3组8号　李秀兰等 4 人")]


def test_what_fits_nothing_finds_nothing_and_never_more_than_a_few(
    office: Office, make: Make, house: Household
) -> None:
    assert households.find(office, "东河") == households.find(office, " ") == households.find(office, "8号 zzz") == []
    for _ in range(25):
        make.household(address="东河村1组")
    assert len(households.find(office, "东河")) == 20
    assert households.words_of(office, 99999) == ""


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        ("王大山", {"李秀兰": "母亲", "王大山": "户主", "仇春花": "配偶", "王小河": "子"}),
        ("仇春花", {"李秀兰": "公婆", "王大山": "配偶", "仇春花": "户主", "王小河": "子"}),
        ("李秀兰", {"李秀兰": "户主", "王大山": "子", "仇春花": "儿媳", "王小河": "孙子女"}),
    ],
)
def test_relations_to_another_head_are_proposed(
    office: Office, house: Household, head: str, wanted: dict[str, str]
) -> None:
    members = needed(office, house.id).members
    told = relating.proposed(members, ids(office, house.id)[head])
    assert {one.name: told[one.id] for one in members} == wanted


def test_what_cannot_be_known_is_called_a_relative(office: Office, house: Household, make: Make) -> None:
    other = make.resident("王小溪", house, relation="子", sex="男", id_number=None)
    told = relating.proposed(needed(office, house.id).members, other.id)
    names = ids(office, house.id)
    assert (told[names["仇春花"]], told[names["王小河"]]) == ("其他亲属", "其他亲属")
    assert told[names["王大山"]] == "兄弟姐妹"
    husband = Member(1, "王大山", "配偶", "男", 60, "", "", "living")
    wife = Member(2, "李秀兰", HEAD, "女", 58, "", "", "living")
    aunt = Member(3, "刘桂英", "母亲", "女", 88, "", "", "living")
    assert relating.proposed((wife, husband, aunt), 1) == {1: HEAD, 2: "配偶", 3: "其他亲属"}


@pytest.mark.parametrize(
    ("head", "spouse", "child", "aunt"),
    [
        ("子", "儿媳", "孙子女", "其他亲属"),
        ("女", "女婿", "外孙子女", "其他亲属"),
        ("母亲", "父亲", "兄弟姐妹", "其他亲属"),
        ("配偶", "其他亲属", "女", "其他亲属"),
        ("非亲属", "非亲属", "非亲属", "非亲属"),
    ],
)
def test_who_joins_follows_from_what_their_old_head_is(head: str, spouse: str, child: str, aunt: str) -> None:
    told = [
        relating.joining(head, Member(1, "王大山", was, "男", 40, "", "", "living")) for was in ("配偶", "女", "母亲")
    ]
    assert told == [spouse, child, aunt]


def test_another_head_in_one_step(office: Office, house: Household) -> None:
    before = rows(office)
    members = needed(office, house.id).members
    son = ids(office, house.id)["王大山"]
    households.set_relations(office, house.id, relating.proposed(members, son))
    assert next(iter(by_name(office, house.id))) == "王大山", "the head stands first"
    assert office.undo() == "户 00912 换户主：王大山"
    assert rows(office) == before
    with pytest.raises(OfficeError, match="一户只能有一位户主"):
        households.set_relations(office, house.id, {son: HEAD})
    with pytest.raises(OfficeError, match="没有户主了"):
        households.set_relations(office, house.id, {ids(office, house.id)["李秀兰"]: "母亲"})
    assert rows(office) == before


def test_split_and_undone_to_the_last_row(office: Office, make: Make, house: Household) -> None:
    grid = make.grid()
    before = rows(office)
    people = ids(office, house.id)
    young = {people["王大山"]: HEAD, people["仇春花"]: "配偶", people["王小河"]: "子"}
    made = households.split(office, house.id, Split(young, "", "新村5号", grid.id))
    new = needed(office, made)
    assert (new.number, new.address, new.unit_id) == ("00913", "新村5号", grid.id)
    assert by_name(office, made) == {"王大山": "户主", "仇春花": "配偶", "王小河": "子"}
    assert by_name(office, house.id) == {"李秀兰": "户主"}
    assert {service.get(office, number).unit_id for number in young} == {grid.id}
    assert changed(before, rows(office)) == {"household", "resident"}
    after = rows(office)
    assert office.undo() == "分户：王大山等 3 人从户 00912 分出"
    assert rows(office) == before
    office.redo()
    assert rows(office) == after


def test_a_split_that_leaves_nobody_no_head_or_a_taken_number_is_refused(office: Office, house: Household) -> None:
    people = ids(office, house.id)
    before = rows(office)
    for wanted, words in (
        (Split({}), "没有选出要分出去的人"),
        (Split(dict.fromkeys(people.values(), "子")), "没有人留在原户"),
        (Split({people["王小河"]: "孙子女"}), "没有户主了"),
        (Split({people["李秀兰"]: HEAD}), "没有户主了"),
        (Split({people["王大山"]: HEAD}, "00912"), "户编号 00912 已经有了"),
    ):
        with pytest.raises(OfficeError, match=words):
            households.split(office, house.id, wanted)
    assert rows(office) == before


def test_joined_and_undone_to_the_last_row(office: Office, make: Make, house: Household) -> None:
    other = make.household(make.grid(), address="石桥村3组8号")
    old = make.resident("赵清泉", other, relation="户主", state=DEAD)
    aunt = make.resident("刘桂英", other, relation="户主", id_number=None)
    before = rows(office)
    with pytest.raises(OfficeError, match="一户只能有一位户主"):
        households.join(office, house.id, other.id, {})
    households.join(office, house.id, other.id, {aunt.id: "母亲", old.id: "父亲"}, {"note": "原两户"})
    file = needed(office, house.id)
    assert households.household(office, other.id) is None
    assert {one.id for one in file.members} >= {aunt.id, old.id}
    assert file.note == "原两户"
    assert {service.get(office, one.id).unit_id for one in file.members} == {house.unit_id}
    after = rows(office)
    assert office.undo() == f"并户：户 {other.number} 并入户 00912"
    assert rows(office) == before
    office.redo()
    assert rows(office) == after
    with pytest.raises(OfficeError, match="同一户"):
        households.join(office, house.id, house.id, {})


def test_whole_households_move_to_another_grid(office: Office, make: Make, house: Household) -> None:
    grid = make.grid(name="东河村第9网格")
    second = make.household(make.grid())
    stays = make.household(grid)
    people = [make.resident("赵清泉", second).id, *ids(office, house.id).values()]
    before = rows(office)
    assert households.move(office, [house.id, second.id, stays.id], grid.id) == 2
    assert {service.get(office, one).unit_id for one in people} == {grid.id}
    assert office.undo() == "整户换网格：2 户到东河村第9网格"
    assert rows(office) == before


def test_the_relations_are_words_of_a_file_with_the_head_first() -> None:
    words = households.relations()
    assert words[0] == HEAD
    assert {"配偶", "子", "女", "兄弟姐妹", "非亲属"} <= set(words)


def test_a_member_deleted_by_mistake_takes_an_emptied_household_along(office: Office, make: Make) -> None:
    alone = make.household()
    person: Resident = make.resident("赵清泉", alone)
    service.delete(office, person.id)
    assert households.household(office, alone.id) is None
    with pytest.raises(OfficeError, match="已经不在了"):
        needed(office, alone.id)
