"""Visits to those on the voluntary help list."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from gridoffice.db.base import Record


class HelpVisit(Record):
    """One visit: when, by whom, what came of it in a few words, no diagnosis, no measurements (reference 4.8)."""

    __tablename__ = "help_visit"

    entry_id: Mapped[int] = mapped_column(ForeignKey("help_entry.id"), index=True)
    day: Mapped[date] = mapped_column(Date, index=True)
    result: Mapped[str] = mapped_column(String(20), default="")
    by: Mapped[str] = mapped_column(String(40), default="")
    note: Mapped[str] = mapped_column(String(200), default="")
