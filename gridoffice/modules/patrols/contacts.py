"""Premises looked at on a round: a contact beside the checks."""

from __future__ import annotations

from sqlalchemy import select

from gridoffice.modules.patrols import visit_rules
from gridoffice.modules.patrols.model import RouteRow, RouteSheet

PREMISES_SEEN = (
    select(RouteRow.premises_id.label("premises_id"), RouteSheet.typed_on.label("day"))
    .join(RouteSheet, RouteSheet.id == RouteRow.sheet_id)
    .where(
        RouteRow.premises_id.is_not(None),
        RouteSheet.typed_on.is_not(None),
        RouteRow.result.in_([one.name for one in visit_rules.results() if one.is_visit]),
    )
)
