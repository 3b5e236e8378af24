"""What the search and the menus offer of the tab 巡查: figures, diary, route sheets, typing in, the week's plan."""

from __future__ import annotations

from functools import partial
from typing import Any

from gridoffice.core.module import Command


def show(view: str, window: Any) -> None:
    """Open the tab with a view."""
    window.open("patrols", view)


def act(key: str, window: Any) -> None:
    """Open the tab and do one of its acts."""
    window.open("patrols").acts.do(key)


COMMANDS = (
    Command("patrol_rates", "到位率：应走、已走、未走", partial(show, "rates"), icon="patrols"),
    Command("patrol_covered", "走访覆盖：从未走访、逾期、按期", partial(show, "covered"), icon="patrols"),
    Command("patrol_due", "应访户", partial(show, "due"), icon="patrols"),
    Command("patrol_sheets", "路线单", partial(show, "sheets"), icon="patrols"),
    Command("diary", "打印民情日记…", partial(act, "diary"), icon="print", is_writing=True),
    Command("type_in", "录入回单…", partial(act, "type_in"), icon="patrols", is_writing=True),
    Command("plan_week", "一周走访安排…", partial(act, "plan"), icon="patrols", is_writing=True),
)
