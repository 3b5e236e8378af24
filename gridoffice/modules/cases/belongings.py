"""Cases in a grid: open ones go along when it is redrawn, closed ones stay with the grid of their time."""

from __future__ import annotations

from sqlalchemy import select

from gridoffice.domain.belongings import Belonging
from gridoffice.domain.work import Case, is_due, is_late, is_open

BELONGINGS = (
    Belonging(
        "cases", "未办结事项", "件", Case, select(Case.id), Case.unit_id,
        goes=lambda _on: is_open(), is_open=lambda _on: is_open(),
        is_due=is_due, is_late=is_late,
        handler=Case.handler, module="cases", listing="cases", view="open",
    ),
)  # fmt: skip
