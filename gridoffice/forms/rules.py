"""Named functions that forms and programmes refer to: computed values and what a follow-up suggests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

SATISFIED, UNSATISFIED, REACTION, COMPLICATION = 1, 2, 3, 4
BOOK, ADJUST, REFER, EMERGENCY = "book", "adjust", "refer", "emergency"
ACTIONS = {BOOK: "预约下次随访", ADJUST: "调整用药", REFER: "转诊", EMERGENCY: "紧急转诊"}
YES = 2
"""Code of 有 on both sheets."""

Figures = Mapping[str, float]


@dataclass(frozen=True)
class Suggestion:
    """What the rule suggests: class 1–4, action, days to the next visit, and why, in words for the doctor."""

    outcome: int
    action: str
    days: int
    why: str

    @property
    def is_emergency(self) -> bool:
        """Whether the person should be sent to a hospital at once."""
        return self.action == EMERGENCY


@dataclass(frozen=True)
class Sign:
    """What one reading says: is it off target, an emergency, and the words for it."""

    is_high: bool
    is_emergency: bool
    text: str


def bmi(answers: Mapping[str, Any]) -> float | None:
    """Body mass index in kg/m² to one decimal from `weight` in kg and `height` in cm; None without both."""
    height, weight = answers.get("height"), answers.get("weight")
    if not height or not weight:
        return None
    return float(round(weight / (height / 100) ** 2, 1))


def _pressure(sbp: int, dbp: int, age: int | None, goal: int | None, figures: Figures) -> Sign:
    """Blood pressure against its target: 150 from 65 years, else 140, or the doctor's own (R-HTN-4, R-HTN-5)."""
    if sbp >= figures["sbp_emergency"] or dbp >= figures["dbp_emergency"]:
        limit = f"{figures['sbp_emergency']:g}/{figures['dbp_emergency']:g}"
        return Sign(True, True, f"血压 {sbp}/{dbp} 达到 {limit}")
    is_aged = age is not None and age >= figures["aged_from"]
    target = goal or (figures["sbp_aged"] if is_aged else figures["sbp"])
    basis = "医生另定" if goal else f"{figures['aged_from']:g} 岁及以上" if is_aged else "成人"
    is_high = sbp >= target or dbp >= figures["dbp"]
    word = "未达标" if is_high else "达标"
    return Sign(is_high, False, f"血压 {sbp}/{dbp} {word}（{basis}应低于 {target:g}/{figures['dbp']:g}）")


def _glucose(fbg: float, figures: Figures) -> Sign:
    """Fasting glucose in mmol/L: 3.9 and below wins over satisfied, 16.7 and above is an emergency (R-DM-2, R-DM-3)."""
    if fbg <= figures["fbg_low"]:
        return Sign(True, True, f"空腹血糖 {fbg:g} 不高于 {figures['fbg_low']:g}（低血糖）")
    if fbg >= figures["fbg_high"]:
        return Sign(True, True, f"空腹血糖 {fbg:g} 达到 {figures['fbg_high']:g}")
    is_high = fbg >= figures["fbg"]
    return Sign(is_high, False, f"空腹血糖 {fbg:g} {'未达标' if is_high else '达标'}（应低于 {figures['fbg']:g}）")


def htn(answers: Mapping[str, Any], age: int | None, previous: int | None, figures: Figures) -> Suggestion | None:
    """Class and next step of a blood pressure visit (reference 4.1, R-HTN-4 to 6); None while the pressure is missing.

    `age` in whole years on the day of the visit, None counts as under 65; `previous` is the class of the visit before.
    """
    sbp, dbp = answers.get("sbp"), answers.get("dbp")
    if sbp is None or dbp is None:
        return None
    return _decided(_pressure(sbp, dbp, age, answers.get("sbp_goal"), figures), answers, previous, figures)


def dm2(answers: Mapping[str, Any], age: int | None, previous: int | None, figures: Figures) -> Suggestion | None:
    """Class and next step of a diabetes visit (reference 4.2, R-DM-2 and 3); None while the glucose is missing."""
    fbg, sbp, dbp = answers.get("fbg"), answers.get("sbp"), answers.get("dbp")
    if fbg is None:
        return None
    sign = _glucose(fbg, figures)
    too_high = (sbp or 0) >= figures["sbp_emergency"] or (dbp or 0) >= figures["dbp_emergency"]
    if too_high and not sign.is_emergency:
        limit = f"{figures['sbp_emergency']:g}/{figures['dbp_emergency']:g}"
        sign = Sign(True, True, f"{sign.text}；血压 {sbp}/{dbp} 达到 {limit}")
    return _decided(sign, answers, previous, figures)


def _decided(sign: Sign, answers: Mapping[str, Any], previous: int | None, figures: Figures) -> Suggestion:
    """The order of reference 4.1: emergency, then complication, reaction, off target, satisfied."""
    soon, later = int(figures["days_soon"]), int(figures["days_satisfied"])
    is_worse, has_reaction = answers.get("complication") == YES, answers.get("adr") == YES
    outcome = COMPLICATION if is_worse else REACTION if has_reaction else UNSATISFIED if sign.is_high else SATISFIED
    if sign.is_emergency or answers.get("danger") == YES:
        reason = sign.text if sign.is_emergency else "有危急情况"
        outcome = max(outcome, UNSATISFIED)
        return Suggestion(outcome, EMERGENCY, soon, f"{reason}：处理后紧急转诊，{soon} 天内随访转诊情况")
    if is_worse:
        return Suggestion(outcome, REFER, soon, f"有新发或加重的并发症：转诊，{soon} 天内随访转诊情况")
    if sign.is_high and previous == UNSATISFIED:
        return Suggestion(outcome, REFER, soon, f"{sign.text}，连续两次不满意：转诊，{soon} 天内随访转诊情况")
    if has_reaction and previous == REACTION:
        return Suggestion(outcome, REFER, soon, f"连续两次有药物不良反应：转诊，{soon} 天内随访转诊情况")
    if has_reaction:
        return Suggestion(outcome, ADJUST, soon, f"有药物不良反应：调整用药，{soon} 天内随访")
    if sign.is_high:
        return Suggestion(outcome, ADJUST, soon, f"{sign.text}，不是连续两次：调整用药，{soon} 天内随访")
    return Suggestion(outcome, BOOK, later, f"{sign.text}：预约 {later} 天内的下次随访")


Rule = Callable[[Mapping[str, Any], int | None, int | None, Figures], Suggestion | None]

RULES: Mapping[str, Rule] = {"htn": htn, "dm2": dm2}
COMPUTED: Mapping[str, Callable[[Mapping[str, Any]], float | None]] = {"bmi": bmi}
