"""What the search offers for found households, people and grids: a patrol or visit there."""

from __future__ import annotations

from functools import partial
from typing import Any

from gridoffice.core.module import Action


def new_patrol(listing: str, window: Any, record: int) -> None:
    """Enter a patrol or visit at the unit a record stands in."""
    from gridoffice.domain.facts import unit_of

    window.open("patrols").new(unit_of(window.office, listing, record))


ACTIONS = tuple(
    Action(f"patrol-{listing}", listing, "登记走访…", partial(new_patrol, listing), icon="patrols", is_writing=True)
    for listing in ("residents", "households", "grids")
)
