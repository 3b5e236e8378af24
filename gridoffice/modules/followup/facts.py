"""What the search over everything may say of follow-up: that and when there is an appointment (reference 4.8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.domain.facts import visits
from gridoffice.modules.followup.model import ACTIVE, Enrolment


def facts(session: Session, resident_ids: Sequence[int], on: date) -> dict[int, str]:
    """The last and the next day over all programmes of each resident."""
    wanted = (
        select(Enrolment.resident_id, func.max(Enrolment.last_on), func.min(Enrolment.next_on))
        .where(Enrolment.resident_id.in_(resident_ids), Enrolment.state == ACTIVE)
        .group_by(Enrolment.resident_id)
    )
    rows = session.execute(wanted)
    return {number: visits("健康服务预约", last, due, on) for number, last, due in rows if number is not None}
