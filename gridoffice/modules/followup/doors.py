"""Health appointments behind a door: that there is one, never of which programme; the worker's call (ref. 4.8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from gridoffice.domain.doors import Closing, DoorKind, Found, Outcome
from gridoffice.domain.people import GONE, Resident
from gridoffice.modules.followup.lists import is_due
from gridoffice.modules.followup.model import ACTIVE, AssistVisit, Enrolment

RESULTS = ("见到本人", "见到家属", "未见到", "联系不上", "拒绝")
"""What a grid worker notes of an appointment (reference 4.8: 结果 1–5)."""
REMINDED = ("见到本人", "见到家属", "拒绝")
"""Results after which nobody has to be reminded again at once."""
USUAL = {"见到本人": "见到家属", "拒绝": "拒绝"}
"""What follows by itself: somebody of the household was met; that it was this person is said by hand only."""
QUIET_DAYS = 14
"""Days after a reminder without another [design]; the appointment stays due until the doctor's visit."""


def _due(on: date) -> list[ColumnElement[bool]]:
    quiet = exists().where(
        AssistVisit.enrolment_id == Enrolment.id,
        AssistVisit.result.in_(REMINDED),
        AssistVisit.day > on - timedelta(days=QUIET_DAYS),
        AssistVisit.day <= on,
    )
    return [Enrolment.state == ACTIVE, is_due(on), ~quiet]


def _find(session: Session, household_ids: Sequence[int], on: date) -> Found:
    wanted = (
        select(Resident.household_id, Resident.id, Resident.name)
        .join(Enrolment, Enrolment.resident_id == Resident.id)
        .where(Resident.household_id.in_(household_ids), Resident.state.not_in(GONE), *_due(on))
        .order_by(Resident.id)
        .distinct()
    )
    found: Found = {}
    for home, number, name in session.execute(wanted, {"on": on}):
        found.setdefault(home or 0, []).append((number, f"健康服务预约 {name}"))
    return found


def _close(session: Session, resident_id: int, closing: Closing) -> bool:
    wanted = select(Enrolment.id).where(Enrolment.resident_id == resident_id, *_due(closing.now.date()))
    found = list(session.scalars(wanted, {"on": closing.now.date()}))
    for number in found:
        session.add(
            AssistVisit(
                enrolment_id=number,
                day=closing.day,
                way="入户",
                result=closing.result,
                need=closing.note,
                by=closing.by,
            )
        )
    return bool(found)


DOORS = (
    DoorKind(
        "health", _find, _close, tuple(Outcome(word, word) for word in RESULTS),
        USUAL,
    ),
)  # fmt: skip
