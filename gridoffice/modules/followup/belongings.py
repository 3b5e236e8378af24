"""Enrolments as they stand in a grid: those still in a programme go along when it is redrawn.

They are named as a health service without the programme (reference 4.8).
"""

from __future__ import annotations

from sqlalchemy import select

from gridoffice.domain.belongings import Belonging
from gridoffice.modules.followup.lists import is_due, is_late
from gridoffice.modules.followup.model import ACTIVE, Enrolment

BELONGINGS = (
    Belonging(
        "followup", "健康服务预约", "人", Enrolment, select(Enrolment.id), Enrolment.unit_id,
        goes=lambda _on: Enrolment.state == ACTIVE, follows=("residents", Enrolment.resident_id),
        is_open=lambda _on: Enrolment.state == ACTIVE,
        is_due=is_due, is_late=is_late, module="followup", listing="followup", view="due",
    ),
)  # fmt: skip
