"""驻区单位: organisations of all kinds that stand in a grid (reference 1.2 §2, the third of the four ledgers)."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gridoffice.db.base import Record


class Organisation(Record):
    """A local organisation: name, size, its party organisation and members, whom to call."""

    __tablename__ = "organisation"

    number: Mapped[str] = mapped_column(String(30), unique=True)
    name: Mapped[str] = mapped_column(String(80), index=True)
    pinyin: Mapped[str] = mapped_column(String(160), default="", index=True)
    initials: Mapped[str] = mapped_column(String(60), default="", index=True)
    kind: Mapped[str] = mapped_column(String(20), default="")
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("grid_unit.id"), index=True)
    address: Mapped[str] = mapped_column(String(120), default="")
    contact: Mapped[str] = mapped_column(String(40), default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
    phone_tail: Mapped[str] = mapped_column(String(4), default="", index=True)
    people: Mapped[int | None] = mapped_column(Integer)
    party_branch: Mapped[str] = mapped_column(String(40), default="")
    party_members: Mapped[int | None] = mapped_column(Integer)
    credit_code: Mapped[str | None] = mapped_column(String(18), unique=True)
    note: Mapped[str] = mapped_column(Text, default="")
