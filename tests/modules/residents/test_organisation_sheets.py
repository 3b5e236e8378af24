"""Lists of local organisations with messy headings: recognised, checked, found again, undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select

from gridoffice.db.office import Office
from gridoffice.domain.organisations import Organisation
from gridoffice.exchange import plan as importing
from gridoffice.exchange.report import SheetResult
from tests.make import Make
from tests.modules.residents.ground import DAY, rows

GOOD = ("91350100M000100Y43", "914403001922038216", "11100000000013127D")


@pytest.fixture(autouse=True)
def _day(office: Office, make: Make) -> None:
    office.on = DAY
    make.grid(name="石桥村第1网格")


def sheet(path: Path, lines: list[list[Any]], title: str = "Sheet1") -> Path:
    made = Workbook()
    front = made.active
    assert front is not None
    front.title = title
    for line in lines:
        front.append(line)
    made.save(path)
    return path


def messy(folder: Path) -> Path:
    """A title over it, a blank line, headings with stars, brackets and blanks, a sum and a note below."""
    return sheet(
        folder / "附件3.xlsx",
        [
            ["石桥村驻区单位情况一览表（2026年）"],
            [],
            ["序", "* 单 位 全 称", "统一社会信用代码\n（18位）", "规模（人）", "党组织设置情况", "党员总数",
             "法定代表人", "负责人联系方式", "所属网格", "备 注"],
            [1, "石桥村  粮油加工厂", GOOD[0].lower(), "35人", "党支部", 5, "仇春花", "136 0000 5678",
             "石桥村第1网格", ""],
            [2, "石桥卫生室", "无", 6, "无", None, "王大山", "0771-5881234", "石桥村第1网格", "村办"],
            [3, "石桥完全小学", GOOD[2], "50-100人", "联合党支部", 12, "李秀兰", "13600005679", "", ""],
            [4, "石桥农机公司", "91350100M000100Y44", 8, "", None, "", "", "石桥村第1网格", ""],
            [5, "石桥供电所", GOOD[0], 8, "", None, "", "", "石桥村第1网格", ""],
            [6, "", GOOD[1], 8, "", None, "", "", "石桥村第1网格", ""],
            [7, "石桥加油站", "", 8, "", None, "赵清泉", "1360000567", "石桥村第1网格", ""],
            [8, "石桥木器厂", "", 8, "", "若干", "赵清泉", "", "石桥村第1网格", ""],
            [9, "石桥旅馆", "", 8, "", "", "赵清泉", "", "石桥村第99网格", ""],
            ["合计", "", "", 131, "", 17, "", "", "", ""],
            ["填表人：王大山"],
        ],
    )  # fmt: skip


def only(made: importing.Plan) -> SheetResult:
    assert [one.kind for one in made.sheets] == ["organisations"]
    return made.sheets[0]


def kept(office: Office) -> dict[str, Organisation]:
    with office.read() as session:
        return {one.name: one for one in session.scalars(select(Organisation).order_by(Organisation.id))}


def test_a_messy_list_is_understood_and_its_wrong_rows_are_told(office: Office, tmp_path: Path) -> None:
    dry = only(importing.plan(office, [messy(tmp_path)]))
    assert (dry.new, dry.wrong, dry.title) == (3, 6, "驻区单位台账")
    assert kept(office) == {}, "a dry run writes nothing"
    assert dry.by_kind() == {
        "name_missing": [9], "phone_length": [10], "unknown_grid": [12], "value_invalid": [11],
        "duplicate_number": [8], "credit_code": [7],
    }  # fmt: skip
    reasons = {problem.row: problem.reason for problem in dry.problems}
    assert "按前 17 位应为 3" in reasons[7]
    assert "第 4 行" in reasons[8]
    importing.run(office, [messy(tmp_path)])
    found = kept(office)
    assert set(found) == {"石桥村 粮油加工厂", "石桥卫生室", "石桥完全小学"}
    mill = found["石桥村 粮油加工厂"]
    assert (mill.credit_code, mill.people, mill.party_branch, mill.party_members) == (GOOD[0], 35, "党支部", 5)
    assert (mill.contact, mill.phone, mill.phone_tail, mill.initials[:3]) == ("仇春花", "13600005678", "5678", "sqc")
    assert found["石桥完全小学"].people is None
    assert "规模：50-100人" in found["石桥完全小学"].note
    assert found["石桥卫生室"].note == "村办"
    assert {one.number for one in found.values()} == {"DW0001", "DW0002", "DW0003"}


def test_the_second_time_changes_nothing_and_the_batch_is_undone(office: Office, tmp_path: Path) -> None:
    before = rows(office)
    first = importing.run(office, [messy(tmp_path)])
    again = only(importing.run(office, [messy(tmp_path)]))
    assert (again.new, again.changed, again.same) == (0, 0, 3)
    assert first.batch is not None
    office.undo(first.batch)
    assert rows(office) == before


def test_a_changed_row_is_told_by_field_and_found_by_its_code_under_another_name(
    office: Office, tmp_path: Path
) -> None:
    importing.run(office, [messy(tmp_path)])
    path = sheet(
        tmp_path / "辖区单位.xlsx",
        [
            ["单位名称", "信用代码", "职工人数", "党组织", "党员人数", "网格"],
            ["石桥粮油有限公司", GOOD[0], 40, "党支部", 5, "石桥村第1网格"],
            ["石桥卫生室", "", 7, "无", "", "石桥村第1网格"],
        ],
    )
    result = only(importing.run(office, [path]))
    assert (result.new, result.changed) == (0, 2)
    told = {(one.who, one.field): (one.old, one.new) for one in result.differences}
    assert told[("石桥粮油有限公司", "规模")] == ("35", "40")
    assert told[("石桥卫生室", "规模")] == ("6", "7")
    assert {one.contact for one in kept(office).values()} == {"仇春花", "王大山", "李秀兰"}, (
        "empty cells change nothing"
    )


@pytest.mark.parametrize(
    "heading",
    [
        ["名称", "规模", "党组织设置", "党员数"],
        ["驻街单位", "统一社会信用代码", "联系人", "联系电话"],
        ["序号", "企业名称", "从业人数", "是否建立党组织", "党员人数", "地址"],
    ],
)
def test_other_headings_are_understood_too(office: Office, tmp_path: Path, heading: list[str]) -> None:
    cells = dict.fromkeys(("名称", "驻街单位", "企业名称"), "石桥加油站") | {"统一社会信用代码": GOOD[0]}
    cells |= dict.fromkeys(("规模", "从业人数", "党员数", "党员人数"), "3")
    path = sheet(tmp_path / "驻区单位.xlsx", [heading, [cells.get(title, "") for title in heading]], "驻区单位")
    assert only(importing.run(office, [path])).new == 1
    assert list(kept(office)) == ["石桥加油站"]


def test_a_list_of_fire_premises_stays_one(office: Office, tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "场所.xlsx",
        [
            ["场所编号", "单位名称", "类别", "经营者", "联系电话", "面积", "灭火器", "统一社会信用代码"],
            ["CS1", "石桥超市", "小购物", "王大山", "13600005678", 90, 2, GOOD[0]],
        ],
    )
    assert [one.kind for one in importing.plan(office, [path]).sheets] == ["premises"]
