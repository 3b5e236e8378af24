"""What the search offers for a found unit: the lists of what stands in it."""

from __future__ import annotations

from functools import partial
from typing import Any

from gridoffice.core.module import Action


def inside(module: str, view: str, window: Any, unit: int) -> None:
    """Show a tab's list limited to a unit."""
    window.open(module, view=view, filters=(("unit", unit),))


def limit(window: Any, unit: int) -> None:
    """Look at this unit's subtree only."""
    window.standpoint.limit(unit)


ACTIONS = (
    Action("grid-residents", "grids", "看这里的居民", partial(inside, "residents", ""), icon="residents"),
    Action("grid-cases", "grids", "看这里未办结的事项", partial(inside, "cases", "open"), icon="cases"),
    Action("grid-patrols", "grids", "看这里的巡查", partial(inside, "patrols", ""), icon="patrols"),
    Action("grid-scope", "grids", "只看这一片", limit, icon="grids"),
)
