"""自愿帮扶名单: who asked for help, with consent, purpose, visit plan and end (reference 12.3; PIPL 13, 14, 19)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gridoffice.db.base import Record

ACTIVE, WITHDRAWN, ENDED = "active", "withdrawn", "ended"
STATES = {ACTIVE: "帮扶中", WITHDRAWN: "本人撤回", ENDED: "已到期"}


class HelpEntry(Record):
    """One resident in one kind of help; nothing is kept without consent, and nothing after `until` (at most a year)."""

    __tablename__ = "help_entry"

    resident_id: Mapped[int] = mapped_column(ForeignKey("resident.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20), index=True)
    need: Mapped[str] = mapped_column(Text, default="")
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"), index=True)
    consent_by: Mapped[str] = mapped_column(String(40), default="")  # the person, or a guardian's name and relation
    consent_on: Mapped[date] = mapped_column(Date)
    purpose: Mapped[str] = mapped_column(String(120), default="")
    scope: Mapped[str] = mapped_column(String(120), default="")
    until: Mapped[date] = mapped_column(Date, index=True)
    interval_days: Mapped[int] = mapped_column(Integer, default=30)
    last_on: Mapped[date | None] = mapped_column(Date)
    next_on: Mapped[date | None] = mapped_column(Date, index=True)
    state: Mapped[str] = mapped_column(String(10), default=ACTIVE, index=True)
    ended_on: Mapped[date | None] = mapped_column(Date)
    end_reason: Mapped[str] = mapped_column(String(60), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class Destruction(Record):
    """That records were destroyed: when, how many, of what kind, on what ground; never whose or what stood in them."""

    __tablename__ = "destruction"

    day: Mapped[date] = mapped_column(Date, index=True)
    what: Mapped[str] = mapped_column(String(60))
    number: Mapped[int] = mapped_column(Integer)
    ground: Mapped[str] = mapped_column(String(120), default="")
    who: Mapped[str] = mapped_column(String(60), default="")
