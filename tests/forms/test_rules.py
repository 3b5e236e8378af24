"""The decision tables of the follow-up programmes, line by line (reference 4.1 and 4.2)."""

from __future__ import annotations

import pytest

from gridoffice.forms import load, rules

HTN = load.programme_form("htn").programme
DM2 = load.programme_form("dm2").programme


@pytest.mark.parametrize(
    ("age", "sbp", "dbp", "adr", "complication", "previous", "outcome", "action", "days"),
    [
        (50, 139, 89, 1, 1, 1, 1, rules.BOOK, 90),
        (50, 140, 80, 1, 1, 1, 2, rules.ADJUST, 14),
        (50, 130, 90, 1, 1, 2, 2, rules.REFER, 14),
        (65, 149, 89, 1, 1, 1, 1, rules.BOOK, 90),
        (64, 149, 89, 1, 1, 1, 2, rules.ADJUST, 14),
        (65, 150, 89, 1, 1, 1, 2, rules.ADJUST, 14),
        (70, 180, 95, 1, 1, 1, 2, rules.EMERGENCY, 14),
        (70, 150, 110, 1, 1, 1, 2, rules.EMERGENCY, 14),
        (55, 130, 80, 2, 1, 1, 3, rules.ADJUST, 14),
        (55, 130, 80, 1, 2, 1, 4, rules.REFER, 14),
        (None, 149, 89, 1, 1, None, 2, rules.ADJUST, 14),
        (55, 130, 80, 2, 1, 3, 3, rules.REFER, 14),
        (55, 130, 80, 2, 2, 1, 4, rules.REFER, 14),
    ],
)
def test_blood_pressure(
    age: int | None, sbp: int, dbp: int, adr: int, complication: int, previous: int | None,
    outcome: int, action: str, days: int,
) -> None:  # fmt: skip
    assert HTN
    answers = {"sbp": sbp, "dbp": dbp, "adr": adr, "complication": complication}
    told = rules.htn(answers, age, previous, HTN.figures)
    assert told and (told.outcome, told.action, told.days) == (outcome, action, days)


@pytest.mark.parametrize(
    ("fbg", "previous", "outcome", "action"),
    [
        (3.9, 1, 2, rules.EMERGENCY),
        (4.0, 1, 1, rules.BOOK),
        (6.9, 1, 1, rules.BOOK),
        (7.0, 1, 2, rules.ADJUST),
        (7.0, 2, 2, rules.REFER),
        (16.6, 1, 2, rules.ADJUST),
        (16.7, 1, 2, rules.EMERGENCY),
    ],
)
def test_glucose(fbg: float, previous: int, outcome: int, action: str) -> None:
    assert DM2
    told = rules.dm2({"fbg": fbg, "sbp": 130, "dbp": 80, "adr": 1}, 60, previous, DM2.figures)
    assert told and (told.outcome, told.action) == (outcome, action)


def test_high_pressure_is_an_emergency_in_diabetes_too() -> None:
    assert DM2
    told = rules.dm2({"fbg": 6.0, "sbp": 180, "dbp": 80}, 60, 1, DM2.figures)
    assert told and told.is_emergency and "180/80" in told.why


def test_danger_signs_win_over_good_figures_and_the_worse_class_stays() -> None:
    assert HTN
    told = rules.htn({"sbp": 120, "dbp": 70, "danger": 2}, 50, 1, HTN.figures)
    assert told and told.is_emergency and told.outcome == 2
    told = rules.htn({"sbp": 190, "dbp": 70, "complication": 2}, 50, 1, HTN.figures)
    assert told and told.is_emergency and told.outcome == 4


def test_the_doctors_own_target_is_heeded() -> None:
    assert HTN
    told = rules.htn({"sbp": 132, "dbp": 70, "sbp_goal": 130}, 70, 1, HTN.figures)
    assert told and told.outcome == 2 and "医生另定" in told.why


def test_nothing_is_suggested_without_the_figure() -> None:
    assert HTN and DM2
    assert rules.htn({"sbp": 120}, 50, 1, HTN.figures) is None
    assert rules.dm2({"sbp": 120, "dbp": 80}, 50, 1, DM2.figures) is None


def test_body_mass_index() -> None:
    assert rules.bmi({"height": 170, "weight": 65.0}) == 22.5
    assert rules.bmi({"height": 170}) is None
