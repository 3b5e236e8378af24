"""Hazards as they stand in a grid: they lie at their premises and go where these go."""

from __future__ import annotations

from sqlalchemy import select

from gridoffice.domain.belongings import Belonging
from gridoffice.domain.premises import Premises
from gridoffice.modules.inspections.model import CLEARED, OPEN, Hazard

BELONGINGS = (
    Belonging(
        "hazards", "未销案隐患", "处", Hazard, select(Hazard.id).join(Premises, Premises.id == Hazard.premises_id),
        Premises.unit_id, goes=None, follows=("premises", Hazard.premises_id),
        is_open=lambda _on: Hazard.state != CLEARED,
        is_due=lambda on: (Hazard.state == OPEN) & (Hazard.due_on <= on),
        is_late=lambda on: (Hazard.state == OPEN) & (Hazard.due_on < on),
        module="inspections", listing="hazards", view="due",
    ),
)  # fmt: skip
