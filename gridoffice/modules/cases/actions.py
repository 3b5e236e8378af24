"""What the search offers for found people and places: a new case where they are."""

from __future__ import annotations

from functools import partial
from typing import Any

from gridoffice.core.module import Action


def new_case(listing: str, window: Any, record: int) -> None:
    """Take a case in at the unit a record stands in."""
    from gridoffice.domain.facts import unit_of

    window.open("cases").new(unit_of(window.office, listing, record))


KINDS = ("residents", "households", "grids", "premises", "organisations")
ACTIONS = tuple(
    Action(f"case-{listing}", listing, "登记事项…", partial(new_case, listing), icon="cases", is_writing=True)
    for listing in KINDS
)
