"""Search over everything: every spelling of a name, tails, codes, addresses, all kinds, best first; both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from gridoffice.core.spelling import respelt
from gridoffice.db import store
from gridoffice.db.office import Office
from gridoffice.domain import facts, sample, setup
from gridoffice.domain.fitting import EXACT
from gridoffice.domain.grids import GridPast
from gridoffice.domain.help import HelpEntry
from gridoffice.domain.organisations import Organisation
from gridoffice.domain.search import Group, recall, search
from gridoffice.modules.followup.model import Enrolment
from tests.db.test_schema import server as server  # the fixture
from tests.make import Make, id_number

NAMES = (
    ("张伟", ("zhangwei", "zw", "张伟", "张w", "张wei", "z伟", "zhang", "张")),
    ("李树祥", ("lsx", "lishuxiang", "李s", "李shu祥", "树祥")),
    ("单雄信", ("shanxiongxin", "sxx", "danxiongxin", "dxx", "单x")),
    ("解珍", ("xiezhen", "xz", "jiezhen", "jz")),
    ("曾可", ("zengke", "zk", "cengke", "ck")),
    ("查良", ("zhaliang", "zl", "chaliang")),
    ("仇英", ("qiuying", "qy", "chouying")),
    ("区志坚", ("ouzhijian", "ozj", "quzhijian", "qzj")),
    ("盖鸣", ("geming", "gm", "gaiming")),
    ("尉迟恭", ("yuchigong", "ycg", "尉迟g")),
    ("王乐", ("wangle", "wl", "wangyue", "wy")),
    ("赵长青", ("zhaozhangqing", "zhaochangqing", "zcq")),
)


@pytest.fixture
def postgresql(server: str) -> Iterator[Office]:
    opened = store.open_office(server)
    setup.prepare(opened, name="云溪镇")
    yield opened
    opened.close()


def group(groups: list[Group], listing: str) -> Group:
    return next(one for one in groups if one.listing == listing)


def titles(groups: list[Group], listing: str) -> list[str]:
    found = [one for one in groups if one.listing == listing]
    return [hit.title for hit in found[0].hits] if found else []


def check_all_spellings(office: Office) -> None:
    make = Make(office)
    village = make.village("石桥村", code="990102101201")
    grid = make.grid(village, "石桥村第3网格")
    house = make.household(grid, address="石桥村3组12号")
    for name, _ in NAMES:
        make.resident(name, house)
    other = make.household(make.grid(village, "石桥村第5网格"), address="石桥村5组4号")
    make.resident("李寿喜", other, phone="13987654321", id_number=id_number(date(1950, 3, 8), 99))
    make.staff("张伟", phone="13700001111")
    for name, spellings in NAMES:
        for text in spellings:
            assert name in titles(search(office, text), "residents"), (name, text)
    number = id_number(date(1950, 3, 8), 99)
    for text in ("4321", "654321", "13987654321", "1398765", number[-4:], number[-6:], number, number[-4:].lower()):
        assert titles(search(office, text), "residents")[:1] == ["李寿喜"], text
    for text in ("5组 李", "李 石桥 5组", "lsx 5组4号", "石桥村5组4号", "４３２１"):
        assert titles(search(office, text), "residents") == ["李寿喜"], text
    groups = search(office, "张伟")
    assert [one.listing for one in groups[:2]] == ["staff", "residents"]
    assert {hit.tier for one in groups[:2] for hit in one.hits} == {EXACT}
    assert titles(search(office, "990102101201"), "grids")[0] == "石桥村"
    assert titles(search(office, "sqc"), "grids")[0] == "石桥村", "what equals the letters before what begins with them"


def test_every_spelling_on_sqlite(office: Office) -> None:
    check_all_spellings(office)


def test_every_spelling_on_postgresql(postgresql: Office) -> None:
    check_all_spellings(postgresql)


def test_a_former_code_finds_its_grid(office: Office, make: Make) -> None:
    grid = make.grid(name="石桥村第1网格")
    make.add(GridPast(unit_id=grid.id, level=3, name="老石桥", code="990102101209", until=date(2025, 12, 31)))
    found = group(search(office, "990102101209"), "grids")
    assert [(hit.id, hit.tier) for hit in found.hits] == [(grid.id, EXACT)]


def test_all_kinds_are_found_and_numbers_masked(office: Office, make: Make) -> None:
    grid = make.grid(name="柳河村第1网格")
    house = make.household(grid, address="柳河村1组1号")
    make.resident("田小柳", house, phone="13812345678")
    make.premises("柳河饭店", grid, phone="13612345678")
    make.case("柳河桥头路灯不亮", unit_id=grid.id)
    make.add(
        Organisation(
            number="Z001", name="柳河小学", pinyin="liuhexiaoxue", initials="lhxx", kind="学校", unit_id=grid.id
        )
    )
    groups = search(office, "柳河")
    kinds = {one.listing for one in groups}
    assert {"residents", "grids", "households", "premises", "cases", "organisations"} <= kinds
    whole = " ".join(" ".join((hit.title, hit.beside, hit.under)) for one in groups for hit in one.hits)
    assert "138****5678" in whole
    assert not [number for number in ("13812345678", "13612345678") if number in whole]


def test_many_hits_are_counted_and_the_best_stand_first(office: Office, make: Make) -> None:
    house = make.household(make.grid())
    for _ in range(70):
        make.resident("王小明", house)
    make.resident("王小", house)
    found = group(search(office, "wx"), "residents")
    assert found.hits[0].title == "王小"
    assert found.total == 71
    assert len(found.hits) <= 50


def test_the_scope_limits_every_tier(office: Office, make: Make) -> None:
    inside, outside = make.grid(name="甲网格"), make.grid(name="乙网格")
    make.resident("陈立", make.household(inside))
    make.resident("陈丽", make.household(outside))
    office.scope = inside.id
    for text in ("cl", "陈", "chenli", "陈l"):
        assert titles(search(office, text), "residents") == ["陈立"], text
    office.scope = None
    assert sorted(titles(search(office, "cl"), "residents")) == ["陈丽", "陈立"]


def test_visits_stand_in_the_second_line_and_health_only_as_an_appointment(office: Office, make: Make) -> None:
    office.on = date(2026, 11, 20)
    person = make.resident("李树祥", make.household(make.grid()))
    entry = HelpEntry(resident_id=person.id, kind="独居老人", consent_on=date(2026, 1, 5), until=date(2027, 1, 4))
    make.add(entry)
    assert group(search(office, "lsx"), "residents").hits[0].under.startswith("帮扶走访 还没有走访")
    make.add(
        Enrolment(
            programme="htn", resident_id=person.id, name=person.name, pinyin=person.pinyin, initials=person.initials,
            last_on=date(2026, 8, 20), next_on=date(2026, 11, 20),
        )
    )  # fmt: skip
    groups = search(office, "lsx")
    assert "健康服务预约 上次8月20日，下次今天" in group(groups, "residents").hits[0].under
    assert group(groups, "followup").title == "健康服务预约"
    whole = " ".join(
        " ".join((one.title, hit.title, hit.beside, hit.under, hit.state)) for one in groups for hit in one.hits
    )
    assert not [word for word in ("高血压", "糖尿病", "htn", "血压", "分类") if word in whole]


def test_a_visit_is_told_as_on_the_phone() -> None:
    on = date(2026, 11, 20)
    assert facts.visits("帮扶走访", date(2026, 11, 2), date(2026, 11, 18), on) == (
        "帮扶走访 上次11月2日，下次11月18日（逾期2天）"
    )
    assert facts.visits("帮扶走访", date(2025, 12, 31), None, on) == "帮扶走访 上次2025年12月31日"


def test_the_unit_of_a_record(office: Office, make: Make) -> None:
    grid = make.grid()
    house = make.household(grid)
    person = make.resident("陈立", house)
    assert facts.unit_of(office, "residents", person.id) == grid.id
    assert facts.unit_of(office, "grids", grid.id) == grid.id
    assert facts.unit_of(office, "staff", 1) is None


def test_what_was_opened_is_recalled_in_order_and_what_is_gone_left_out(office: Office, make: Make) -> None:
    first, second = make.resident("陈立"), make.staff("王芳")
    hits = recall(office, [("staff", second.id), ("residents", 99999), ("residents", first.id), ("nothing", 1)])
    assert [hit.title for hit in hits] == ["王芳", "陈立"]


def test_odd_texts_do_no_harm(office: Office) -> None:
    sample.fill(office)
    for text in ("", "  ", "%", "_", "'", '"', "\\", "a%b", "张'", "😀", "zzzzzzzzzz", "𬱖", "1", "*" * 200, "- -"):
        search(office, text)
    assert search(office, "") == []


def test_other_readings_are_tried_under_the_kept_one() -> None:
    assert ("shanxx", "单%") in respelt("danxx")
    assert ("wl", "_乐%") in respelt("wy")
    assert respelt("张w") == respelt("123") == []
