"""Health appointments behind a door: that there is one, never of which programme (reference 4.8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.domain.doors import DoorKind, Found
from gridoffice.domain.people import GONE, Resident
from gridoffice.modules.followup.lists import is_due
from gridoffice.modules.followup.model import ACTIVE, Enrolment


def _find(session: Session, household_ids: Sequence[int], on: date) -> Found:
    wanted = (
        select(Resident.household_id, Resident.id, Resident.name)
        .join(Enrolment, Enrolment.resident_id == Resident.id)
        .where(
            Resident.household_id.in_(household_ids),
            Resident.state.not_in(GONE),
            Enrolment.state == ACTIVE,
            is_due(on),
        )
        .order_by(Resident.id)
        .distinct()
    )
    found: Found = {}
    for home, number, name in session.execute(wanted, {"on": on}):
        found.setdefault(home or 0, []).append((number, f"健康服务预约 {name}"))
    return found


DOORS = (DoorKind("health", _find),)
