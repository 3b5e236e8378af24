"""查漏补缺: each rule finds what it is for, lets alone what is right, and leads to what mends it; quick on many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.domain.grids import GRID, VILLAGE, GridUnit
from gridoffice.domain.networks import CHIEF, HEAD, STAND_IN, WORKER, Assignment, Network
from gridoffice.domain.people import DEAD
from gridoffice.domain.staff import Leave
from gridoffice.modules.grids import gaps, service
from gridoffice.modules.grids.gap_rules import SECTIONS
from gridoffice.modules.grids.page_gap_fix import KINDS
from gridoffice.modules.office import checks
from tests.make import Make

DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today(office: Office) -> None:
    office.on = DAY


@pytest.fixture
def grid(make: Make) -> GridUnit:
    """石桥村第1网格 with an A and a B, under a village with a head: nothing is missing."""
    village = make.village("石桥村", code="990102101200")
    made = make.grid(village, "石桥村第1网格", code="99010210120001", households=200, persons=600)
    make.assign(make.staff("镇长"), make.town(), CHIEF)
    make.assign(make.staff("书记"), village, HEAD)
    make.assign(make.staff("张建国"), made, WORKER, start=date(2024, 1, 1))
    make.assign(make.staff("李秀兰"), made, STAND_IN)
    return made


def found(office: Office, key: str) -> list[tuple[str, str, str]]:
    rows = gaps.found(office, key)
    number = next(one.number for one in gaps.counted(office) if one.rule.key == key)
    assert number == len(rows), "the count and the rows are one definition"
    assert all(one.fix.kind in KINDS for one in rows)
    return [(one.where, one.what, one.more) for one in rows]


def kind(office: Office, key: str) -> str:
    return gaps.found(office, key)[0].fix.kind


def test_where_nothing_is_wrong_nothing_is_found(office: Office, grid: GridUnit) -> None:
    assert {one.rule.key: one.number for one in gaps.counted(office)} == {one.key: 0 for one in gaps.RULES}
    assert gaps.pressing(office) == 0
    assert {one.section for one in gaps.RULES} == set(SECTIONS)
    assert len({one.key for one in gaps.RULES}) == len(gaps.RULES)


def test_needed_roles_without_a_holder_in_every_network_in_use(office: Office, make: Make, grid: GridUnit) -> None:
    other = make.grid(service.get(office, grid.parent_id or 0), "石桥村第2网格")
    assert found(office, "no_a") == [("石桥村第2网格", "没有网格员（A岗）", "综治网格")]
    assert found(office, "no_b") == [("石桥村第2网格", "没有网格员（B岗）", "综治网格")]
    fix = gaps.found(office, "no_b")[0].fix
    with office.read() as session:
        assert (fix.kind, fix.unit_id, fix.role_id) == ("appoint", other.id, networks.role(session, STAND_IN).id)
    village = make.village("柳河村", code="990102101201")
    make.grid(village, "柳河村第1网格", code="99010210120101")
    assert ("柳河村", "没有村级网格长", "综治网格") in found(office, "no_head")
    with office.unit("启用消防") as session:
        session.scalars(select(Network).where(Network.key == "fire")).one().is_used = True
    assert ("石桥村第1网格", "没有小网格协管员", "消防网格") in found(office, "no_a")
    assert ("云溪镇", "没有大网格负责人", "消防网格") in found(office, "no_head")
    with office.read() as session:
        role = networks.role(session, "fire_assistant", "fire").id
    make.add(Assignment(staff_id=make.staff("周健").id, unit_id=grid.id, role_id=role, end=date(2026, 11, 19)))
    assert ("石桥村第1网格", "没有小网格协管员", "消防网格") in found(office, "no_a"), "who held it until yesterday"
    make.add(Assignment(staff_id=make.staff("周健").id, unit_id=grid.id, role_id=role))
    assert ("石桥村第1网格", "没有小网格协管员", "消防网格") not in found(office, "no_a")
    ended = make.grid(village, "柳河村第9网格", code="99010210120109", end=date(2026, 1, 1))
    assert ended.name not in [where for where, *_ in found(office, "no_a")]


def test_two_in_one_seat_and_one_in_two_seats(office: Office, make: Make, grid: GridUnit) -> None:
    make.assign(make.staff("周健"), grid, WORKER)
    assert found(office, "double") == [("石桥村第1网格", "网格员（A岗）有 2 人", "张建国、周健")]
    assert kind(office, "double") == "book"
    other = make.grid(service.get(office, grid.parent_id or 0), "石桥村第2网格", code="99010210120002")
    for name in ("甲", "乙"):
        make.assign(make.staff(name), other, networks.ASSISTANT)
    assert len(found(office, "double")) == 1, "of assistants there may be several"
    both = make.staff("丙")
    make.assign(both, other, WORKER)
    make.assign(both, other, STAND_IN)
    assert found(office, "same_ab") == [("石桥村第2网格", "A岗、B岗都是丙", "综治网格")]


def test_phones_missing_and_shared(office: Office, make: Make, grid: GridUnit) -> None:
    make.staff("没岗位", phone="")
    assert found(office, "no_phone") == [], "only who is responsible must be reached"
    make.assign(make.staff("何敏", phone=""), grid, networks.ASSISTANT)
    assert found(office, "no_phone") == [("何敏", "没有电话", "石桥村第1网格 协管员、信息员")]
    assert kind(office, "no_phone") == "edit_staff"
    make.staff("旧同事", phone="13877776666", is_active=False)
    shared = make.staff("王芳", phone="13877776666")
    make.assign(shared, grid, networks.ASSISTANT)
    assert found(office, "same_phone") == [], "who left shares with nobody"
    make.staff("王方", phone="13877776666")
    assert found(office, "same_phone") == [("王芳", "电话 13877776666 与别人相同", "石桥村第1网格 协管员、信息员")]


def test_who_left_and_who_is_away_without_a_stand_in(office: Office, make: Make, grid: GridUnit) -> None:
    for name, values in (("甲", {"left_on": date(2026, 11, 1)}), ("乙", {}), ("丙", {"left_on": date(2026, 12, 1)})):
        make.assign(make.staff(name, is_active=False, **values), grid, networks.ASSISTANT)
    told = found(office, "left")
    assert [where for where, *_ in told] == ["甲", "乙"], "丙 works until the last day"
    with office.read() as session:
        held = {one.name: one.staff_id for one in networks.holders(session, DAY)}
    make.add(Leave(staff_id=held["张建国"], start=DAY, end=date(2026, 11, 28)))
    assert found(office, "away") == [], "the B is there"
    make.add(Leave(staff_id=held["李秀兰"], start=DAY, end=date(2026, 11, 22)))
    assert found(office, "away") == [("石桥村第1网格", "张建国请假至11月28日，没有人顶上", "B岗也不在")]
    assert kind(office, "away") == "staff"
    other = make.grid(service.get(office, grid.parent_id or 0), "石桥村第2网格", code="99010210120002")
    alone = make.staff("丁")
    make.assign(alone, other, WORKER)
    make.add(Leave(staff_id=alone.id, start=DAY, end=DAY))
    assert found(office, "away")[1][1:] == ("丁请假至11月20日，没有人顶上", "没有B岗")
    assert gaps.found(office, "away")[1].fix.kind == "stand_in"


def test_too_many_posts_by_the_offices_number(office: Office, make: Make, grid: GridUnit) -> None:
    village = service.get(office, grid.parent_id or 0)
    busy = make.staff("兼岗人")
    for number in range(2, 6):
        unit = make.grid(village, f"石桥村第{number}网格", code=f"990102101200{number:02d}")
        make.assign(busy, unit, WORKER)
    assert found(office, "many") == []
    checks.choose_most(office, 3)
    assert found(office, "many") == [("兼岗人", "有 4 个岗位，超过 3 个", "石桥村第2网格等")]
    assert kind(office, "many") == "person_book"
    assert office.undo() == "一人最多岗位数改为：3 个"
    with pytest.raises(Exception, match="1 到 20 之间"):
        checks.choose_most(office, 0)


@pytest.mark.parametrize(
    ("preset", "right", "wrong", "said"),
    [
        ("default", (50, 1500), (49, 1501), "49 户，少于 50；1501 人，多于 1500"),
        ("tiexi", (100, 9999), (101, 9999), "101 户，多于 100"),
        ("about300", (300, None), (401, None), "401 户，多于 400"),
        ("tangxi", (150, 500), (300, 499), "499 人，少于 500"),
        ("rural", (1, 700), (1, 699), "699 人，少于 700"),
    ],
)
def test_the_size_by_the_offices_preset(
    office: Office, grid: GridUnit, preset: str, right: tuple[Any, Any], wrong: tuple[Any, Any], said: str
) -> None:
    checks.choose_size(office, preset)
    service.update(office, grid.id, {"households": right[0], "persons": right[1]})
    assert found(office, "size") == []
    service.update(office, grid.id, {"households": wrong[0], "persons": wrong[1]})
    assert found(office, "size") == [("石桥村第1网格", said, dict(checks.presets())[preset])]
    checks.choose_size(office, "none")
    assert found(office, "size") == []


def test_nothing_reported_is_no_wrong_size(office: Office, grid: GridUnit) -> None:
    service.update(office, grid.id, {"households": None, "persons": None})
    assert found(office, "size") == []


def test_codes_names_levels_and_villages_without_grids(office: Office, make: Make, grid: GridUnit) -> None:
    village = service.get(office, grid.parent_id or 0)

    def holds(unit: GridUnit) -> GridUnit:
        make.assign(make.staff(f"{unit.name}甲"), unit, WORKER)
        return unit

    holds(make.grid(village, "石桥村第2网格", code=None))
    assert found(office, "no_code") == [("石桥村第2网格", "没有编码", "")]
    holds(make.grid(village, "石桥村第3网格", code="99010210129903"))
    assert found(office, "wrong_code") == [("石桥村第3网格", "编码 99010210129903 不是以“石桥村”的编码开头", "")]
    make.add(GridUnit(level=GRID, name="石桥村第1网格", parent_id=village.id, code="99010210120004"))
    assert [what for _, what, _ in found(office, "same_name")] == ["同级里有同名的"] * 2
    make.village("空村", code="990102101205")
    assert found(office, "no_grids") == [("空村", "下面没有网格", "云溪镇")]
    assert found(office, "no_level") == []
    make.add(GridUnit(level=GRID, name="集镇网格", parent_id=make.town().id, code="99010210100001"))
    make.add(GridUnit(level=9, name="没有这一层", parent_id=grid.id, code="9901021012000101"))
    assert sorted(what for _, what, _ in found(office, "no_level")) == [
        "放在“云溪镇”下面，中间少了一层", "放在“石桥村第1网格”下面，中间少了一层",
    ]  # fmt: skip
    assert kind(office, "no_level") == "move"


def test_households_and_residents_in_no_grid(office: Office, make: Make, grid: GridUnit) -> None:
    housed = make.household(grid)
    make.resident("有格", housed)
    assert found(office, "household") == found(office, "resident") == []
    stray = make.household(address="3组8号")
    make.resident("周小满", stray)
    make.resident("去世的", stray, state=DEAD)
    assert found(office, "household") == [(f"户 {stray.number}", "没有网格", "3组8号")]
    assert found(office, "resident") == [("周小满", "没有网格", f"{stray.number} 3组8号")]
    assert (kind(office, "household"), kind(office, "resident")) == ("household", "resident")


def test_doubles_of_staff_and_residents(office: Office, make: Make, grid: GridUnit) -> None:
    make.staff("唐琪", phone="13811112222")
    make.staff("唐琪", phone="13811113333")
    assert found(office, "twin_staff") == []
    make.staff("唐琪", phone="13811112222")
    assert found(office, "twin_staff") == [("唐琪", "同名同电话 2 张卡", "13811112222")]
    born = date(1970, 5, 1)
    make.resident("李四", unit_id=grid.id, born=born)
    make.resident("李四", unit_id=grid.id, born=born)
    assert found(office, "twin_born") == [], "two whole numbers: namesakes born on one day"
    make.resident("李四", unit_id=grid.id, born=born, id_number=None)
    make.resident("李四", unit_id=grid.id, born=born, id_number=None, state=DEAD)
    assert found(office, "twin_born") == [("李四", "同名同生日 3 人", "1970-05-01")]
    make.resident("王五", unit_id=grid.id, id_number=None, id_tail="123X")
    make.resident("赵六", unit_id=grid.id, id_number=None, id_tail="123X", born=date(1981, 1, 1))
    assert found(office, "twin_tail") == []
    make.resident("王五", unit_id=grid.id, id_number=None, id_tail="123X", born=date(1982, 1, 1))
    assert found(office, "twin_tail") == [("王五", "同名同尾号 2 人", "尾号 123X")]


def test_a_scope_limits_what_is_looked_at(office: Office, make: Make, grid: GridUnit) -> None:
    village = make.village("柳河村", code="990102101201")
    make.grid(village, "柳河村第1网格", code="99010210120101")
    make.household(address="没有网格的户")
    assert len(found(office, "no_a")) == 1
    office.scope = grid.parent_id
    assert found(office, "no_a") == found(office, "household") == []
    office.scope = village.id
    assert [where for where, *_ in found(office, "no_a")] == ["柳河村第1网格"]


def test_the_number_on_today_is_what_is_wrong(office: Office, make: Make, grid: GridUnit) -> None:
    make.grid(service.get(office, grid.parent_id or 0), "石桥村第2网格", code="99010210120002")
    counts = {count.key: count for count in service.counts(office, DAY)}
    assert (counts["grids-gaps"].number, counts["grids-gaps"].view) == (1, "gaps"), "A is missing; B is only soon"


def test_it_stays_quick_with_many(office: Office, make: Make, grid: GridUnit) -> None:
    import time

    from gridoffice.db.unit import Unit
    from gridoffice.domain.people import Resident

    names = [f"居民{number % 3000}" for number in range(60_000)]
    with office.unit("放入", kind="import") as session:
        work: Unit = session.info["unit"]
        units = [{"level": VILLAGE, "name": f"村{n}", "parent_id": make.town().id} for n in range(40)]
        villages = work.bulk_insert(GridUnit.__table__, units)  # type: ignore[arg-type]
        grids = [{"level": GRID, "name": f"网格{n}", "parent_id": villages[n % 40]} for n in range(1200)]
        ids = work.bulk_insert(GridUnit.__table__, grids)  # type: ignore[arg-type]
        rows = [
            {"name": name, "unit_id": ids[n % 1200], "id_tail": f"{n % 10000:04d}", "born": date(1950 + n % 60, 1, 1)}
            for n, name in enumerate(names)
        ]
        work.bulk_insert(Resident.__table__, rows)  # type: ignore[arg-type]

    def timed(run: Callable[[], object]) -> float:
        begun = time.perf_counter()
        run()
        return time.perf_counter() - begun

    assert timed(lambda: gaps.pressing(office)) < 1.5
    assert timed(lambda: gaps.counted(office)) < 5
    assert len(gaps.found(office, "no_a")) == gaps.SHOWN
