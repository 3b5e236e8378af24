"""Patrols as they stand in a grid: they were walked there and stay with the grid of their time."""

from __future__ import annotations

from sqlalchemy import false, select

from gridoffice.domain.belongings import Belonging
from gridoffice.modules.patrols.model import Patrol

BELONGINGS = (
    Belonging(
        "patrols", "巡查", "次", Patrol, select(Patrol.id), Patrol.unit_id, goes=lambda _on: false(),
        module="patrols", listing="patrols",
    ),
)  # fmt: skip
