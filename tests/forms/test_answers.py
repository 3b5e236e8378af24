"""Answers: what is asked, what is wrong, what is kept and how it reads."""

from __future__ import annotations

from typing import Any

import pytest

from gridoffice.forms import answers, load

GOOD: dict[str, Any] = {
    "visit_way": 2, "symptoms": [1], "sbp": 138, "dbp": 82, "danger": 1, "complication": 1, "adr": 1,
    "height": 170.0, "weight": 65.0, "ref_reason": "",
}  # fmt: skip


def test_a_filled_sheet_is_kept_with_its_computed_value() -> None:
    form = load.form("fu_htn")
    assert answers.problems(form, GOOD) == {}
    kept = answers.completed(form, {**GOOD, "adr_text": "皮疹", "unknown": 1})
    assert kept["bmi"] == 22.5
    assert "ref_reason" not in kept and "unknown" not in kept
    assert "adr_text" not in kept, "asked only when there is a reaction"


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"sbp": 301}, "bp"),
        ({"dbp": 19}, "bp"),
        ({"dbp": None}, "bp"),
        ({"sbp": 120.5}, "bp"),
        ({"weight": "六十"}, "weight"),
        ({"weight": float("nan")}, "weight"),
        ({"symptoms": [1, 2]}, "symptoms"),
        ({"symptoms": [77]}, "symptoms"),
        ({"visit_way": 4}, "visit_way"),
        ({"adr": None}, "adr"),
    ],
)
def test_what_is_wrong_is_found_at_its_item(change: dict[str, Any], key: str) -> None:
    assert list(answers.problems(load.form("fu_htn"), {**GOOD, **change})) == [key]


def test_a_wrong_day_is_found() -> None:
    form = load.form("fu_dm2")
    sheet = {**GOOD, "fbg": 6.1}
    assert answers.problems(form, {**sheet, "hba1c_date": "2026-02-30"}) == {"hba1c_date": "日期写法不对"}
    assert answers.problems(form, {**sheet, "hba1c_date": "2026-02-28"}) == {}


def test_how_answers_read() -> None:
    form = load.form("fu_htn")
    sheet = {**GOOD, "symptoms": [2, 6]}
    texts = {item.key: answers.shown(item, sheet) for item in form.items}
    assert texts["bp"] == "138/82 mmHg" and texts["visit_way"] == "家庭" and texts["weight"] == "65 kg"
    assert texts["symptoms"] == "头痛头晕、心悸胸闷" and texts["aux"] == ""


def test_answers_to_items_that_are_gone_are_told_apart() -> None:
    form = load.form("fire_ebike")
    old = {"D04": "fail", "D04_note": "北门", "X99": "pass", "X99_note": "旧项"}
    assert answers.strays(form, old) == {"X99": "pass", "X99_note": "旧项"}


def test_a_checklist_wants_every_item() -> None:
    form = load.form("fire_ebike")
    some = {form.items[0].key: "fail", f"{form.items[0].key}_note": "北门"}
    assert len(answers.problems(form, some)) == len(form.items) - 1
    whole = answers.all_pass(form, some)
    assert answers.problems(form, whole) == {}
    assert [item.key for item in answers.failed(form, whole)] == [form.items[0].key]
    assert answers.shown(form.items[0], whole) == "不合格（北门）"
    assert answers.tally(form, whole) == {"pass": len(form.items) - 1, "fail": 1, "na": 0}
