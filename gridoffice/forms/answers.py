"""Answers to a form: what is asked, what is still wrong, what is kept, and how it reads."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from gridoffice.forms.rules import COMPUTED
from gridoffice.forms.schema import CHECKED, FAIL, NA, PASS, Form, Item


def is_asked(item: Item, answers: Mapping[str, Any]) -> bool:
    """Whether an item is to be shown, given the other answers."""
    return item.when is None or answers.get(item.when[0]) == item.when[1]


def is_empty(value: Any) -> bool:
    """Whether nothing was answered; 0 is an answer."""
    return value is None or value == "" or value == []


def completed(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to keep: asked and not empty, with the computed ones filled in."""
    kept: dict[str, Any] = {}
    for item in form.items:
        if item.computed or not is_asked(item, answers):
            continue
        for key in (*item.keys, f"{item.key}_note"):
            value = answers.get(key)
            if not is_empty(value):
                kept[key] = value.isoformat() if isinstance(value, date) else value
    for item in form.items:
        value = COMPUTED[item.computed](kept) if item.computed else None
        if value is not None:
            kept[item.key] = value
    return kept


def strays(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers to items this version of the form no longer has: they stay with the record when it is changed."""
    return {key: value for key, value in answers.items() if form.item(key.removesuffix("_note")) is None}


def problems(form: Form, answers: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong, by item key, each as a short Chinese phrase; empty when the form can be kept."""
    found: dict[str, str] = {}
    for item in form.items:
        if item.computed or not is_asked(item, answers):
            continue
        for key in item.keys:
            text = _problem(item, key, answers.get(key))
            if text:
                found.setdefault(item.key, text)
    return found


def _problem(item: Item, key: str, value: Any) -> str:
    if is_empty(value):
        return "还没有填" if item.required or item.kind == "check" else ""
    if item.kind in ("int", "decimal", "bp"):
        return _number_problem(item, key, value)
    if item.kind == "check":
        return "" if value in CHECKED else "请选择合格、不合格或不适用"
    if item.kind == "choice":
        return "" if value in dict(item.choices) else "不是可选的答案"
    if item.kind == "multi":
        return _multi_problem(item, value)
    if item.kind == "date":
        return "" if _is_day(value) else "日期写法不对"
    return ""


def _number_problem(item: Item, key: str, value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return "应当是数字"
    if item.kind != "decimal" and value != int(value):
        return "应当是整数"
    low, high = item.bounds(key)
    if (low is not None and value < low) or (high is not None and value > high):
        return f"应当在 {low:g} 到 {high:g} 之间" if low is not None and high is not None else "超出范围"
    return ""


def _multi_problem(item: Item, value: Any) -> str:
    if not isinstance(value, list) or any(code not in dict(item.choices) for code in value):
        return "不是可选的答案"
    if item.sole in value and len(value) > 1:
        return f"选了“{item.word(item.sole)}”就不能再选其他"
    return ""


def _is_day(value: Any) -> bool:
    if isinstance(value, date):
        return True
    try:
        date.fromisoformat(str(value))
    except ValueError:
        return False
    return True


def shown(item: Item, answers: Mapping[str, Any]) -> str:
    """An item's answer as people read it, with its unit; empty when there is none."""
    if item.kind == "bp":
        high, low = (answers.get(key) for key in item.parts)
        return f"{high}/{low} {item.unit}" if high is not None and low is not None else ""
    value: Any = answers.get(item.key)
    if is_empty(value):
        return ""
    if item.kind == "check":
        note = answers.get(f"{item.key}_note", "")
        return CHECKED.get(str(value), str(value)) + (f"（{note}）" if note else "")
    if item.kind == "multi":
        return "、".join(item.word(code) for code in value)
    if item.kind == "choice":
        return item.word(value)
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return f"{text} {item.unit}".strip()


def failed(form: Form, answers: Mapping[str, Any]) -> list[Item]:
    """The items of a checklist that were answered 不合格."""
    return [item for item in form.items if item.kind == "check" and answers.get(item.key) == FAIL]


def all_pass(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with every check not yet answered set to 合格."""
    rest = {item.key: PASS for item in form.items if item.kind == "check" and is_empty(answers.get(item.key))}
    return {**answers, **rest}


def tally(form: Form, answers: Mapping[str, Any]) -> dict[str, int]:
    """How many checks were answered pass, fail and na."""
    values = [answers.get(item.key) for item in form.items if item.kind == "check"]
    return {code: values.count(code) for code in (PASS, FAIL, NA)}
