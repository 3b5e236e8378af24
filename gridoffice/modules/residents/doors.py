"""Help visits that wait behind a door; a visit moves the plan of the entry on. The name of a minor is not told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gridoffice.domain import help_kinds
from gridoffice.domain.doors import Closing, DoorKind, Found, Outcome
from gridoffice.domain.help import ACTIVE, HelpEntry
from gridoffice.domain.people import GONE, Resident
from gridoffice.modules.residents.help import RESULTS, note_visit


def _find(session: Session, household_ids: Sequence[int], on: date) -> Found:
    wanted = (
        select(Resident.household_id, HelpEntry.id, HelpEntry.kind, Resident.name)
        .join(Resident, Resident.id == HelpEntry.resident_id)
        .where(
            Resident.household_id.in_(household_ids),
            Resident.state.not_in(GONE),
            HelpEntry.state == ACTIVE,
            HelpEntry.until >= on,
            or_(HelpEntry.next_on.is_(None), HelpEntry.next_on <= on),
        )
        .order_by(HelpEntry.id)
    )
    found: Found = {}
    for home, number, kind, name in session.execute(wanted):
        who = "未成年人" if kind in help_kinds.minor_titles() else name
        found.setdefault(home or 0, []).append((number, f"帮扶走访 {who}"))
    return found


def _close(session: Session, entry_id: int, closing: Closing) -> bool:
    entry = session.get(HelpEntry, entry_id)
    if entry is None or entry.state != ACTIVE or entry.until < closing.day:
        return False  # withdrawn or ended since the paper was printed: nothing may be kept of it (PIPL 15, 19)
    note_visit(session, entry, closing.day, closing.result, by=closing.by, note=closing.note)
    return True


DOORS = (
    DoorKind(
        "help", _find, _close, tuple(Outcome(word, word) for word in RESULTS),
        {"见到本人": "见到本人", "拒绝": "拒绝"},
    ),
)  # fmt: skip
