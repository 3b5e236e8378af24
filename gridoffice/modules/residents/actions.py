"""What the search offers for a found resident."""

from __future__ import annotations

from typing import Any

from gridoffice.core.module import Action


def household(window: Any, resident: int) -> None:
    """Show the household of a resident."""
    from gridoffice.core.errors import OfficeError
    from gridoffice.modules.residents import service

    house = service.get(window.office, resident).household_id
    if house is None:
        raise OfficeError("这个人还没有编入户", safe="没有改动任何内容", do="在居民页打开他，可以把他编入一户")
    window.open("residents", record=house, filters=(("list", "households"),))


ACTIONS = (Action("household", "residents", "看这一户", household, icon="residents"),)
