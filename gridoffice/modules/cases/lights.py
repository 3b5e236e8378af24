"""The five lights of a case: grey not reached, yellow in time, red late or sent back, green done (reference 7.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gridoffice.domain import due, work
from gridoffice.domain.work import ACCEPTED, CLOSED, COLLECTED, DISPATCHED, HANDLED

STEPS = (
    (COLLECTED, "信息采集"),
    (ACCEPTED, "受理立项"),
    (DISPATCHED, "任务派遣"),
    (HANDLED, "处理反馈"),
    (CLOSED, "核查结案"),
)
ON_THE_SPOT = ("K1", "K3")
"""Kinds handled where they are found; they need no acceptance or dispatch (reference 7.2)."""


@dataclass(frozen=True)
class Light:
    """One step of the loop: its title, tone (done, soon, late, quiet) and a word, for colour never stands alone."""

    title: str
    tone: str
    word: str


def lights(kind: str, state: str, due_on: date | None, on: date, taken: Sequence[tuple[str, str]]) -> tuple[Light, ...]:
    """The lights of a case on a day; `taken` are its steps as (old, new), oldest first."""
    reached = [key for key, _ in STEPS].index(state)
    been = {new for _, new in taken}
    is_returned = bool(taken) and taken[-1] in ((HANDLED, DISPATCHED), (CLOSED, DISPATCHED))
    shown = []
    for place, (key, title) in enumerate(STEPS):
        if place <= reached:
            is_spared = kind in ON_THE_SPOT and key in (ACCEPTED, DISPATCHED) and key not in been and key != state
            shown.append(Light(title, "quiet", "免") if is_spared else Light(title, "done", "完成"))
        elif place == reached + 1:
            shown.append(_current(title, state, due_on, on, is_returned))
        else:
            shown.append(Light(title, "quiet", "未到"))
    return tuple(shown)


def _current(title: str, state: str, due_on: date | None, on: date, is_returned: bool) -> Light:
    if is_returned:
        return Light(title, "late", "退回")
    if state not in work.BEING_HANDLED:
        return Light(title, "soon", "进行中")
    tone, _, word = due.state(due_on, on).partition("|")
    if tone == "late":
        return Light(title, "late", word)
    return Light(title, "soon", "临期" if due_on and (due_on - on).days <= 1 else "进行中")
