"""Declared lists asked in parts: places, ends, counts and searches against the whole order, on both databases."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from gridoffice.core.module import load, modules
from gridoffice.core.text import pinyin
from gridoffice.db import store
from gridoffice.db.office import Office
from gridoffice.domain import ids as kept
from gridoffice.domain import sample, setup
from gridoffice.domain.finding import after, readings
from gridoffice.domain.grids import VILLAGE, GridUnit
from gridoffice.domain.ids import Ids
from gridoffice.domain.listing import Listing, Query
from gridoffice.modules.residents.lists import HOUSEHOLDS, RESIDENTS
from tests.db.test_schema import server as server  # the fixture
from tests.make import Make, id_number

DAY = date(2026, 11, 20)


def listings() -> list[Listing]:
    return [found for module in modules() if module.listings for found in load(module.listings)]


@pytest.fixture
def postgresql(server: str) -> Iterator[Office]:
    opened = store.open_office(server)
    setup.prepare(opened, name="云溪镇")
    yield opened
    opened.close()


def test_every_part_of_every_list_is_what_the_whole_order_says(office: Office) -> None:
    sample.fill(office)
    on = office.today()
    luck = random.Random(7)
    with office.read() as session:
        for found in listings():
            asked = [Query(on, view=view.key) for view in found.views]
            asked += [Query(on, sort=column.key, descending=down) for column in found.columns for down in (False, True)]
            for query in asked:
                whole = found.ids_in(session, query)
                assert found.count_in(session, query) == len(whole), found.key
                assert found.count_in(session, query, 5) == min(5, len(whole))
                for _ in range(3):
                    start, size = luck.randrange(len(whole) + 3), luck.randrange(1, 9)
                    for total in (None, len(whole)):
                        part = found.slice_in(session, query, start, size, total)
                        assert part == whole[start : start + size], (found.key, query, start, size, total)
                for place in luck.sample(range(len(whole)), min(3, len(whole))):
                    assert found.place_in(session, query, whole[place]) == place, (found.key, query)
                assert found.place_in(session, query, 10**9) is None


@pytest.mark.parametrize("patience", [0.0, 60.0])
def test_ids_in_small_blocks_are_the_whole_list(
    office: Office, monkeypatch: pytest.MonkeyPatch, patience: float
) -> None:
    sample.fill(office)
    for name, value in (("BLOCK", 7), ("SURE", 20), ("KEPT", 3), ("PATIENCE", patience)):
        monkeypatch.setattr(kept, name, value)
    luck = random.Random(3)
    for text, filters in (("", ()), ("石桥", ()), ("wx", ()), ("", (("unit", 2),)), ("无此人", ())):
        query = Query(office.today(), text, filters=filters)
        whole = RESIDENTS.ids(office, query)
        found = Ids(office, RESIDENTS, query)
        assert found.known == min(len(whole), 7 if patience == 0 or text else 20)
        assert bool(found) == bool(whole)
        for place in luck.sample(range(len(whole)), min(25, len(whole))):
            if place < found.known:
                assert found[place] == whole[place]
            assert found.place_of(whole[place], near=luck.randrange(9)) == place
            assert whole[place] in found
        assert len(found) == len(whole)
        assert found.is_counted
        assert [found[place] for place in range(-3, 0) if whole] == whole[-3:] if whole else True
        assert list(found[2:40]) == whole[2:40]
        assert found == whole
        assert 10**9 not in found
        with pytest.raises(ValueError):
            found.index(10**9)


def test_few_blocks_are_kept(office: Office, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("BLOCK", 5), ("SURE", 10), ("KEPT", 3), ("PATIENCE", 60.0)):
        monkeypatch.setattr(kept, name, value)
    made = [make.resident(f"王{n}").id for n in range(60)]
    found = Ids(office, RESIDENTS, Query(DAY))
    assert (found.known, found.is_counted) == (10, False)
    assert found[-1] == made[-1]
    for place in range(60):
        assert found[place] == made[place]
    assert len(found._blocks) == 3


@pytest.fixture
def town(office: Office, make: Make) -> dict[str, int]:
    return people(make)


def people(make: Make) -> dict[str, int]:
    """Names whose letters are easily got wrong, with telling numbers and addresses."""
    grid = make.grid(make.village("石桥村"))
    east = make.household(grid, number="00012", address="石桥村3组12号")
    west = make.household(grid, number="00450", address="柳湾巷8号2单元1203室")
    born = date(1960, 1, 1)
    made: dict[str, int] = {}
    for place, name in enumerate(
        ("单雪", "解小军", "曾敏", "查良", "仇英", "区明", "盖文", "尉迟敬", "张伟", "张文明", "李思贤", "章伟")
    ):
        number = id_number(born, 500 + 2 * place)
        house = east if place % 2 else west
        made[name] = make.resident(name, house, id_number=number, phone=f"139{place:04d}{4321 + place}").id
    return made


def hits(office: Office, text: str, listing: Listing = RESIDENTS, **asked: Any) -> list[int]:
    return listing.ids(office, Query(DAY, text, **asked))


def named(office: Office, town: dict[str, int], text: str) -> set[str]:
    found = set(hits(office, text))
    return {name for name, number in town.items() if number in found}


EAST = {"解小军", "查良", "区明", "尉迟敬", "张文明", "章伟"}
WEST = {"单雪", "曾敏", "仇英", "盖文", "张伟", "李思贤"}
SEARCHES = [
    ("单雪", {"单雪"}), ("shan", {"单雪"}), ("sx", {"单雪"}), ("dan", set()),
    ("xiexj", set()), ("xiexiaojun", {"解小军"}), ("xxj", {"解小军"}), ("zengmin", {"曾敏"}), ("zhaliang", {"查良"}),
    ("qiuy", {"仇英"}), ("ouming", {"区明"}), ("gewen", {"盖文"}), ("yuchijing", {"尉迟敬"}), ("ycj", {"尉迟敬"}),
    ("zw", {"张伟", "张文明", "章伟"}), ("ZHANGWEI", {"张伟", "章伟"}),
    ("张w", {"张伟", "张文明"}), ("张wei", {"张伟"}), ("张w明", {"张文明"}), ("zhang伟", set()), ("单x", {"单雪"}),
    ("lsx", {"李思贤"}), ("思", {"李思贤"}), ("4321", {"单雪"}), ("94321", set()), ("00004321", {"单雪"}),
    ("13900004321", {"单雪"}), ("13900", None), ("4329", {"张伟"}), ("８０", set()),
    ("12", EAST), ("00012", EAST),
    ("12号 3组", EAST),
    ("3组 石桥 zw", {"张文明", "章伟"}), ("1203室", WEST),
    ("柳湾 1203", WEST), ("%", set()), ("_", set()), ("石桥 无", set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), SEARCHES)
def test_what_is_typed_finds_the_right_people(
    office: Office, town: dict[str, int], text: str, wanted: set[str] | None
) -> None:
    assert named(office, town, text) == (set(town) if wanted is None else wanted)


def test_id_tails_are_found_with_their_last_letter(office: Office, make: Make) -> None:
    numbers = [id_number(date(1960, 1, 1), serial) for serial in range(1, 60)]
    with_x = next(number for number in numbers if number.endswith("X"))
    made = make.resident("王芳", id_number=with_x).id
    for text in (with_x[-4:], with_x[-4:].lower(), with_x[-6:], with_x, with_x[:10]):
        assert made in hits(office, text), text


def test_the_same_is_found_on_postgresql(postgresql: Office) -> None:
    town = people(Make(postgresql))
    for text, wanted in SEARCHES:
        assert named(postgresql, town, text) == (set(town) if wanted is None else wanted), text
    query = Query(DAY)
    whole = RESIDENTS.ids(postgresql, query)
    with postgresql.read() as session:
        for place, record in enumerate(whole):
            assert RESIDENTS.place_in(session, query, record) == place
        assert RESIDENTS.slice_in(session, query, 5, 20, len(whole)) == whole[5:]
        for found in listings():
            for view in found.views:
                asked = Query(DAY, "石桥 zw 1234", view=view.key)
                assert found.slice_in(session, asked, 0, 5) == [], found.key
            for column in found.columns:
                asked = Query(DAY, sort=column.key, descending=True)
                ids = found.ids_in(session, asked)
                assert [found.place_in(session, asked, one) for one in ids] == list(range(len(ids))), column.key


def test_households_are_found_by_whoever_lives_there(office: Office, town: dict[str, int]) -> None:
    for text in ("张伟", "zw", "石桥", "450", "柳湾 8号"):
        rows = HOUSEHOLDS.rows(office, hits(office, text, HOUSEHOLDS), DAY)
        assert "00450" in {cells[0] for cells in rows.values()}, text


def test_the_first_hits_tell_whether_there_are_more(office: Office, town: dict[str, int]) -> None:
    with office.read() as session:
        found = RESIDENTS.first(session, "zw", 2, DAY)
        assert (len(found.ids), found.has_more) == (2, True)
        found = RESIDENTS.first(session, "zw", 3, DAY)
        assert (len(found.ids), found.has_more) == (3, False)


def test_a_scope_limits_every_list_that_knows_units(office: Office, make: Make) -> None:
    sample.fill(office)
    on = office.today()
    everyone = RESIDENTS.count(office, Query(on))
    with office.read() as session:
        village = session.scalars(select(GridUnit.id).where(GridUnit.level == VILLAGE)).first() or 0
    expected = {found.key: found.ids(office, Query(on, filters=(("unit", village),))) for found in listings()}
    office.scope = village
    for found in listings():
        if "unit" in found.filters:
            assert found.ids(office, Query(on)) == expected[found.key], found.key
            assert found.count(office, Query(on)) == len(expected[found.key])
            both = Query(on, filters=(("unit", village),))
            assert found.count(office, both) == len(expected[found.key]), "the same unit twice"
    assert 0 < len(expected["residents"]) < everyone


@pytest.mark.parametrize(("word", "end"), [("lsx", "lsy"), ("lz", "m"), ("zz", ""), ("9", "a"), ("%", "")])
def test_the_end_of_a_range_of_spellings(word: str, end: str) -> None:
    assert after(word) == end


def test_mixed_spellings_are_read_as_names_are() -> None:
    assert readings("单x") == ("shanx", "sx")
    assert readings("张wei明") == ("zhangweiming", "zweim")
    assert readings("尉迟j") == ("yuchij", "ycj")
    assert pinyin("盖伟") == ("gewei", "gw")
