"""Which sheet is which, where its heading stands and which column is which."""

from __future__ import annotations

from typing import Any

import pytest

from gridoffice.exchange.places import grid_key, village_key
from gridoffice.exchange.recognise import recognise
from gridoffice.exchange.rows import Passed, data_rows
from gridoffice.exchange.synonyms import forbidden_word, synonyms
from gridoffice.exchange.workbook import Area, Sheet
from tests.exchange.townships import id_number, phone


def _sheet(rows: list[list[Any]], merged: list[Area] | None = None, name: str = "Sheet1") -> Sheet:
    return Sheet("表.xlsx", name, rows, merged or [])


def _fields(rows: list[list[Any]], merged: list[Area] | None = None) -> dict[str, str]:
    table = recognise(_sheet(rows, merged))
    assert table is not None
    return {column.title: column.field for column in table.columns}


PERSON = ["张三", id_number("19800101", 11), phone(1), "男", "东村第1网格", "户主"]


@pytest.mark.parametrize(
    ("kind", "heading"),
    [
        ("grids", ["村", "网格名称", "网格长", "户数", "人口"]),
        ("staff", ["姓名", "手机", "责任网格", "岗位", "聘用时间"]),
        ("residents", ["户号", "姓名", "称谓", "身份证", "住址"]),
        ("patrols", ["日期", "网格", "网格员", "开始时间", "巡查情况"]),
        ("followup", ["姓名", "身份证", "病种", "血压", "下次随访时间"]),
        ("premises", ["单位名称", "行业类别", "面积", "法人", "地址"]),
        ("checks", ["检查时间", "单位名称", "检查人员", "检查结果", "存在隐患"]),
    ],
)
def test_each_kind_is_told_by_its_heading_alone(kind: str, heading: list[str]) -> None:
    table = recognise(_sheet([heading]))
    assert table is not None and table.kind == kind


def test_every_wording_of_the_data_is_understood_as_its_field() -> None:
    for kind in synonyms().kinds.values():
        assert kind.fields >= set(kind.marks)
        assert all(need <= kind.fields for need in kind.needs)


def test_columns_without_a_known_heading_are_told_by_their_cells() -> None:
    heading = ["甲", "乙", "丙", "丁", "戊", "与户主关系"]
    rows = [heading, *([PERSON[0], id_number("19800101", n), phone(n), "男", PERSON[4], "户主"] for n in range(11, 30))]
    table = recognise(_sheet([["一户一档居民台账"], *rows]))
    assert table is not None and table.kind == "residents"
    found = [column.field for column in table.columns]
    assert found == ["name", "id_number", "phone", "sex", "grid", "relation"]


def test_three_levels_and_heads_of_several_people() -> None:
    rows = [
        ["村", "责任人", "", "", "", "网格名称"],
        ["", "村级网格长", "", "网格员", "", ""],
        ["", "姓名", "电话", "姓名", "电话", ""],
        ["东村", "李一", phone(1), "王二", phone(2), "第1网格"],
    ]
    merged: list[Area] = [(0, 0, 2, 0), (0, 1, 0, 4), (1, 1, 1, 2), (1, 3, 1, 4), (0, 5, 2, 5)]
    found = _fields(rows, merged)
    assert found["责任人/村级网格长/姓名"] == "head_name"
    assert found["责任人/村级网格长/电话"] == "head_phone"
    assert found["责任人/网格员/姓名"] == "worker_name"
    assert found["责任人/网格员/电话"] == "worker_phone"


def test_men_and_women_may_be_headings() -> None:
    rows: list[list[Any]] = [["村", "网格名称", "人口数", "", "", "户数"], ["", "", "合计", "男", "女", ""]]
    rows.append(["东村", "第1网格", 30.0, 14.0, 16.0, 9.0])
    merged: list[Area] = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 4), (0, 5, 1, 5)]
    found = _fields(rows, merged)
    assert found["人口数/合计"] == "persons" and found["户数"] == "households"


def test_heading_that_does_not_fit_its_cells_is_doubted() -> None:
    people = [[f"190{n}", id_number("19800101", n), "张三", "户主"] for n in range(11, 30)]
    table = recognise(_sheet([["证件号码", "编号", "姓名", "与户主关系"], *people]))
    assert table is not None
    assert table.place("id_number") == 1


def test_rows_that_are_no_data_are_passed_over() -> None:
    rows = [
        ["姓名", "身份证号", "联系电话", "性别", "网格", "与户主关系"],
        ["1", "2", "3", "4", "5", "6"],
        PERSON,
        ["", "", "", "", "", ""],
        ["姓名", "身份证号", "联系电话", "性别", "网格", "与户主关系"],
        PERSON,
        ["合计", "2人", "", "", "", ""],
        ["说明：本表由各村报送", "", "", "", "", ""],
        ["填表人：李四", "", "审核人：王五", "", "", ""],
    ]
    table = recognise(_sheet(rows))
    assert table is not None
    passed = Passed()
    assert [number for number, _cells in data_rows(table, passed)] == [3, 6]
    assert (passed.headings, passed.sums, passed.notes) == ([2, 5], [7], [8, 9])


def test_person_named_like_a_sum_word_is_no_sum() -> None:
    heading = ["姓名", "身份证号", "联系电话", "性别", "网格", "与户主关系"]
    table = recognise(_sheet([heading, ["单位", *PERSON[1:]], ["合计明", *PERSON[1:]]]))
    assert table is not None
    passed = Passed()
    assert [number for number, _cells in data_rows(table, passed)] == [2, 3]
    assert passed.sentences() == []


@pytest.mark.parametrize("rows", [[["星期", "早餐"], ["一", "粥"]], [["只有一格"]], [], [["1", "2"], ["3", "4"]]])
def test_what_is_no_list_of_ours_is_not_recognised(rows: list[list[Any]]) -> None:
    assert recognise(_sheet(rows)) is None


def test_forbidden_words_and_innocent_ones() -> None:
    assert forbidden_word("社区矫正人员") and forbidden_word("信访户") and forbidden_word("hiv")
    assert not any(forbidden_word(word) for word in ("党员", "残疾", "低保", "退役军人", "独居老人", "消防重点场所"))


def test_names_of_places_are_compared_by_meaning() -> None:
    assert village_key("东河村委会") == village_key("东河") == village_key("东河社区") == "东河"
    assert grid_key("第07网格") == grid_key("7网格") == grid_key("第七网格") == grid_key("7号网格")
    assert grid_key("第十二网格") == "#12" and grid_key("第一百零三网格") == "#103"
    assert grid_key("第7网恪") != grid_key("第7网格")
