"""Hazards still open at premises that stand at a household's address: re-checked in passing, by the same rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.text import mask_numbers
from gridoffice.domain.doors import Closing, DoorKind, Found, Outcome
from gridoffice.domain.people import Household
from gridoffice.domain.premises import Premises
from gridoffice.modules.inspections.hazards import Recheck, note_recheck
from gridoffice.modules.inspections.model import OPEN, Hazard, Inspection

RIGHT, WRONG = "right", "wrong"


def _find(session: Session, household_ids: Sequence[int], on: date) -> Found:
    wanted = (
        select(Household.id, Hazard.id, Premises.name, Hazard.text)
        .join(Premises, (Premises.address == Household.address) & (Premises.unit_id == Household.unit_id))
        .join(Hazard, Hazard.premises_id == Premises.id)
        .where(Household.id.in_(household_ids), Household.address != "", Hazard.state == OPEN, Hazard.found_on <= on)
        .order_by(Hazard.id)
    )
    found: Found = {}
    for home, number, name, text in session.execute(wanted):
        found.setdefault(home, []).append((number, f"隐患复查 {name[:8]}：{mask_numbers(text)[:10]}"))
    return found


def _close(session: Session, hazard_id: int, closing: Closing) -> bool:
    hazard = session.get(Hazard, hazard_id)
    if hazard is None or hazard.state != OPEN:
        return False  # cleared or handed over since the paper was printed
    entry = Recheck(closing.day, closing.by, closing.result == RIGHT, note=closing.note)
    note_recheck(hazard, entry, closing.now.date())
    return True


DOORS = (
    DoorKind("hazard", _find, _close, (Outcome(RIGHT, "已整改，销案"), Outcome(WRONG, "没有整改", needs_note=True))),
)

PREMISES_SEEN = select(Inspection.premises_id.label("premises_id"), Inspection.day.label("day"))
"""Every check of premises is a contact."""
