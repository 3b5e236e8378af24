"""Menu entries of the rounds: type a paper in, plan the week."""

from __future__ import annotations

from typing import Any

from gridoffice.core.module import Command


def type_in(window: Any) -> None:
    """Open 录入回单."""
    window.open("patrols").type_in()


COMMANDS = (Command("type_in", "录入回单…", type_in, icon="patrols", is_writing=True),)
