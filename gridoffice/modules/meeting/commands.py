"""Menu entry of the meeting: F5 shows the slides over the whole screen, from wherever one is."""

from __future__ import annotations

from typing import Any

from gridoffice.core.module import Command


def show(window: Any) -> None:
    """Open the meeting and start the show."""
    window.open("meeting").start_show()


COMMANDS = (Command("show", "放映例会", show, icon="slides", shortcut="F5", menu="查看"),)
