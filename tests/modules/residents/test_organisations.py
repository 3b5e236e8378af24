"""Local organisations: credit codes with reasons, who may be the same, found by letters and tails, the four ledgers."""

from __future__ import annotations

import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.identity import credit_check, credit_problem
from gridoffice.domain.listing import Query
from gridoffice.domain.networks import STAND_IN, WORKER
from gridoffice.modules.residents import organisations
from gridoffice.modules.residents.lists_assistants import ASSISTANTS
from gridoffice.modules.residents.lists_organisations import ORGANISATIONS
from tests.make import Make
from tests.modules.residents.ground import DAY, rows

GOOD = ("91350100M000100Y43", "914403001922038216", "11100000000013127D")
"""Vectors of reference 8.5."""


@pytest.fixture(autouse=True)
def _today(office: Office) -> None:
    office.on = DAY


def ids(office: Office, view: str = "", text: str = "", **filters: int) -> list[int]:
    return ORGANISATIONS.ids(office, Query(DAY, text, view, tuple(filters.items())))


@pytest.mark.parametrize("code", GOOD)
def test_a_right_code_has_no_problem_and_any_changed_figure_is_found(code: str) -> None:
    assert credit_problem(code) == credit_problem(code.lower()) == ""
    assert credit_check(code) == code[17]
    for place in range(18):
        wrong = code[:place] + ("1" if code[place] != "1" else "2") + code[place + 1 :]
        assert "对不上" in credit_problem(wrong), wrong


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("91350100M000100Y4", "应为 18 位，现在是 17 位"),
        ("91350100M000100Y4３", ""),
        ("9135010OM000100Y43", "不会有“O”"),
        ("91350100M000100Y44", "按前 17 位应为 3"),
        ("９１350100M000100Y43", ""),
    ],
)
def test_a_wrong_code_says_why(code: str, words: str) -> None:
    assert words in credit_problem(code)
    assert bool(words) == bool(credit_problem(code))


def test_entered_changed_deleted_and_undone(office: Office, make: Make) -> None:
    grid = make.grid()
    before = rows(office)
    values = {
        "name": "仇家 粮油厂", "people": 35, "party_branch": "党支部", "party_members": 5, "unit_id": grid.id,
        "contact": "仇春花", "phone": "136-0000-5678", "credit_code": " 91350100m000100y43 ",
    }  # fmt: skip
    made = organisations.create(office, values)
    kept = organisations.get(office, made)
    assert (kept.number, kept.credit_code, kept.phone) == ("DW0001", GOOD[0], "13600005678")
    assert organisations.unit_name(office, kept) == grid.name
    for text in ("qjl", "粮油", "5678", "DW0001", "M000100", "仇春花", "qiujia"):
        assert ids(office, text=text) == [made], text
    assert ids(office, unit=grid.parent_id or 0) == [made]
    organisations.update(office, made, {"people": 36, "party_branch": "无"}, kept.version)
    assert ids(office, "no_branch") == [made]
    with pytest.raises(OfficeError, match="刚被别处改过"):
        organisations.update(office, made, {"people": 37}, kept.version)
    organisations.delete(office, [made])
    assert ids(office) == []
    for name in ("删除驻区单位：仇家 粮油厂", "修改驻区单位：仇家 粮油厂", "新建驻区单位：仇家 粮油厂"):
        assert office.undo() == name
    assert rows(office) == before


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": " "}, "名称还没有填"),
        ({"name": "粮油厂", "credit_code": "91350100M000100Y44"}, "对不上"),
        ({"name": "粮油厂", "phone": "1360000567"}, "电话“1360000567”不对"),
        ({"name": "粮油厂", "people": -1}, "规模不能是负数"),
        ({"name": "粮油厂", "number": "DW0001"}, "编号 DW0001 已经有了"),
        ({"name": "粮油厂", "credit_code": GOOD[1]}, "已经登记在“供电所”名下"),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(office: Office, values: dict[str, object], words: str) -> None:
    organisations.create(office, {"name": "供电所", "credit_code": GOOD[1]})
    before = rows(office)
    with pytest.raises(OfficeError, match=words):
        organisations.create(office, values)
    assert rows(office) == before


def test_the_same_one_is_told_while_typing(office: Office) -> None:
    first = organisations.create(
        office, {"name": "石桥村供电所", "credit_code": GOOD[1], "phone": "0771-5881234", "contact": "王大山"}
    )
    for values, why in (
        ({"credit_code": GOOD[1]}, "信用代码相同"),
        ({"name": "石桥村供电所"}, "名称相同或读音相同"),
        ({"name": "供电所"}, "名称相近"),
        ({"phone": "0771-5881234"}, "电话相同"),
    ):
        told = organisations.alike(office, values)
        assert [(one.id, one.why) for one in told] == [(first, why)]
    assert "石桥村供电所" in told[0].words
    assert "5881234" not in told[0].words, "the phone is masked"
    assert organisations.alike(office, {"name": "供电"}) == organisations.alike(office, {"name": "供电所"}, first) == []


def test_who_looks_after_which_area_is_the_first_ledger(office: Office, make: Make) -> None:
    west, east = make.grid(name="石桥村第1网格"), make.grid(name="石桥村第2网格")
    worker, second, leader = make.staff("张建国"), make.staff("李秀兰"), make.staff("王书记")
    make.assign(worker, west)
    make.assign(worker, east, WORKER)
    make.assign(second, west, STAND_IN)
    make.assign(leader, west, "head")
    found = ASSISTANTS.rows(office, ASSISTANTS.ids(office, Query(DAY)), DAY)
    assert {row[0]: set(row[1].split("、")) for row in found.values()} == {
        "张建国": {"石桥村第1网格", "石桥村第2网格"}, "李秀兰": {"石桥村第1网格"},
    }  # fmt: skip
    assert [column.title for column in ASSISTANTS.columns[:3]] == ["姓名", "管辖区域", "联系电话"]
    assert len(ASSISTANTS.ids(office, Query(DAY, filters=(("unit", east.id),)))) == 1


def test_the_third_ledger_begins_with_the_office_s_four_columns() -> None:
    titles = [column.title for column in ORGANISATIONS.columns]
    assert titles[:4] == ["名称", "规模（人）", "党组织设置", "党员数"]
    assert ORGANISATIONS.paper == "驻区单位台账"
    assert {"机关", "企业"} <= set(organisations.lists()["kinds"])
