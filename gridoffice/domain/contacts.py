"""When somebody was last at premises, over all modules that go there."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import func, select, union_all

from gridoffice.core.module import load, modules
from gridoffice.domain.listing import ON


@lru_cache(maxsize=1)
def premises() -> Any:
    """Each visited premises with its last day by the day ON: premises_id, day."""
    every = union_all(*(load(module.contacts) for module in modules() if module.contacts)).subquery("been")
    last = select(every.c.premises_id, func.max(every.c.day).label("day")).where(every.c.day <= ON)
    return last.group_by(every.c.premises_id).subquery("last_been")
