"""Cases about a household that still wait for their answer: the worker at the door can say how they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.text import mask_numbers
from gridoffice.domain.casework import CaseHousehold
from gridoffice.domain.doors import DoorKind, Found
from gridoffice.domain.work import ENDED, Case


def _find(session: Session, household_ids: Sequence[int], on: date) -> Found:
    wanted = (
        select(CaseHousehold.household_id, Case.id, Case.title)
        .join(Case, Case.id == CaseHousehold.case_id)
        .where(CaseHousehold.household_id.in_(household_ids), Case.state.not_in(ENDED), Case.found_on <= on)
        .order_by(Case.id)
    )
    found: Found = {}
    for home, number, title in session.execute(wanted):
        found.setdefault(home, []).append((number, f"答复事项 {mask_numbers(title)[:14]}"))
    return found


DOORS = (DoorKind("case", _find),)
