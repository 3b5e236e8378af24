"""The five lights of a case: grey not reached, yellow in time, red late or sent back, green done (reference 7.4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gridoffice.domain import clocks
from gridoffice.domain.work import (
    ACCEPTED,
    ARCHIVED,
    CLOSED,
    COLLECTED,
    DISPATCHED,
    HANDLED,
    OUTSIDE,
    RETURNED,
    TAKEN,
    VERIFIED,
)

TITLES = ("信息采集", "受理立项", "任务派遣", "处理反馈", "核查结案")
REACHED = {
    COLLECTED: 0, RETURNED: 0, ACCEPTED: 1, DISPATCHED: 2, TAKEN: 2, OUTSIDE: 2, HANDLED: 3, VERIFIED: 3, CLOSED: 4,
    ARCHIVED: 4,
}  # fmt: skip
"""How many steps behind the first are done in a state."""

ON_THE_SPOT = ("K1", "K3")
"""Kinds handled where they are found; they need no acceptance or dispatch (reference 7.2)."""

BACK = ("return", "send_back", "rework", "reopen")
"""Verbs that lead back: the light they lead to is red until the next step."""


@dataclass(frozen=True)
class Light:
    """One step of the loop: its title, tone (done, soon, late, quiet) and a word, for colour never stands alone."""

    title: str
    tone: str
    word: str


def lights(
    kind: str, state: str, amber: datetime | None, red: datetime | None, now: datetime, verbs: Sequence[str]
) -> tuple[Light, ...]:
    """The lights of a case at a moment; `verbs` are the steps taken, oldest first."""
    reached = REACHED[state]
    been = {"accept": 1, "dispatch": 2}
    taken = {been[verb] for verb in verbs if verb in been}
    shown = []
    for place, title in enumerate(TITLES):
        if place <= reached:
            is_spared = place in (1, 2) and place not in taken and reached > 2
            shown.append(Light(title, "quiet", "免") if is_spared else Light(title, "done", "完成"))
        elif place == reached + 1:
            shown.append(_current(title, state, amber, red, now, bool(verbs) and verbs[-1] in BACK))
        else:
            shown.append(Light(title, "quiet", "未到"))
    return tuple(shown)


def _current(
    title: str, state: str, amber: datetime | None, red: datetime | None, now: datetime, is_back: bool
) -> Light:
    tone, _, words = clocks.standing(state, amber, red, now).partition("|")
    if tone == "late":
        return Light(title, "late", words.partition("，")[2] or "逾期")
    if is_back:
        return Light(title, "late", "退回")
    return Light(title, "soon", "临期" if amber is not None and amber <= now else "进行中")
