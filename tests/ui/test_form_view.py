"""A form on the screen: conditions, a choice that excludes the others, blood pressure, checks with remarks."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridoffice.core.errors import OfficeError
from gridoffice.forms.schema import FAIL, NA, PASS, Form, Item, Section
from gridoffice.ui.form_view import FormView, Segments
from tests.press import press

FORM = Form(
    "sample", 1, "示例", "programme",
    (
        Section("a", "症状", (
            Item("signs", "症状", "multi", choices=((1, "无症状"), (2, "头痛"), (3, "心悸")), sole=1),
            Item("smokes", "吸烟", "choice", choices=((1, "不吸"), (2, "吸"))),
            Item("cigarettes", "日吸烟量", "int", when=("smokes", 2), unit="支"),
            Item("pressure", "血压", "bp", parts=("high", "low")),
            Item("weight", "体重", "decimal", unit="公斤"),
            Item("index", "体质指数", "decimal", computed="bmi"),
        )),
        Section("b", "检查", (
            Item("exit", "安全出口", "check", fail_when="被锁闭", basis="第二十八条"),
            Item("seen", "日期", "date"),
        )),
    ),
)  # fmt: skip


@pytest.fixture
def view(qtbot: QtBot) -> FormView:
    made = FormView(FORM)
    qtbot.addWidget(made)
    made.resize(800, 700)
    made.show()
    return made


def box(view: FormView, code: int) -> Any:
    inner: Any = view.inputs["signs"]
    return next(made for known, made in inner.boxes if known == code)


def test_the_sole_choice_excludes_the_others_both_ways(view: FormView) -> None:
    box(view, 2).click()
    box(view, 3).click()
    assert view.answers()["signs"] == [2, 3]
    box(view, 1).click()
    assert view.answers()["signs"] == [1]
    box(view, 3).click()
    assert view.answers()["signs"] == [3]


def test_a_condition_shows_and_hides_its_question(view: FormView) -> None:
    smokes, number = view.inputs["smokes"], view.inputs["cigarettes"]
    assert isinstance(smokes, Segments)
    QApplication.processEvents()
    assert not number.isVisible()
    press(smokes, "吸")
    assert number.isVisible()
    press(smokes, "吸")
    assert not number.isVisible(), "pressed again it is taken back"
    assert smokes.value() is None


@pytest.mark.parametrize("typed", ["138/86", "138／86", "138 86", "138、86"])
def test_blood_pressure_is_two_figures(view: FormView, typed: str) -> None:
    view.inputs["pressure"].inner.setText(typed)  # type: ignore[attr-defined]
    assert (view.answers()["high"], view.answers()["low"]) == (138, 86)


def test_what_cannot_be_read_is_marked_and_told(view: FormView) -> None:
    pressure = view.inputs["pressure"]
    pressure.inner.setText("138")  # type: ignore[attr-defined]
    with pytest.raises(OfficeError, match="138/86 这样"):
        view.answers()
    assert pressure.inner.property("wrong") is True
    assert "high" not in view.answers(strict=False)


def test_a_failed_check_asks_for_a_remark(view: FormView) -> None:
    check: Any = view.inputs["exit"]
    press(check, "不合格")
    assert check.remark.isVisible()
    check.remark.setText(" 东门上锁 ")
    assert view.answers() == {"exit": FAIL, "exit_note": "东门上锁"}
    press(check, "合格")
    assert not check.remark.isVisible()
    assert view.answers() == {"exit": PASS}


def test_answers_come_back_as_they_were_filled_in(view: FormView) -> None:
    answers = {
        "signs": [2], "smokes": 2, "cigarettes": 5, "high": 140, "low": 90, "weight": 61.5, "exit": NA,
        "seen": "2026-11-20",
    }  # fmt: skip
    view.fill(answers)
    assert view.answers() == answers
    QApplication.processEvents()
    assert view.inputs["cigarettes"].isVisible()


def test_computed_values_are_shown_and_not_answered(view: FormView) -> None:
    view.show_computed({"index": 23.4, "unknown": 1})
    index: Any = view.inputs["index"]
    assert (index.inner.text(), index.isEnabled()) == ("23.4", False)
    assert "index" not in view.answers()


def test_each_change_is_told(view: FormView) -> None:
    told: list[int] = []
    view.edited.connect(lambda: told.append(1))
    box(view, 2).click()
    press(view.inputs["smokes"], "吸")
    assert len(told) >= 2
