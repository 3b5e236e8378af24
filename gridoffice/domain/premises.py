"""Premises: anything that is inspected."""

from __future__ import annotations

from sqlalchemy import Float, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gridoffice.db.base import Record


class Premises(Record):
    """A place with a number, a kind from the office's list (reference 5.2) and a person in charge; area in m²."""

    __tablename__ = "premises"

    number: Mapped[str] = mapped_column(String(30), unique=True)
    name: Mapped[str] = mapped_column(String(80), index=True)
    pinyin: Mapped[str] = mapped_column(String(160), default="", index=True)
    initials: Mapped[str] = mapped_column(String(60), default="", index=True)
    kind: Mapped[str] = mapped_column(String(40), default="", index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("grid_unit.id"), index=True)
    address: Mapped[str] = mapped_column(String(120), default="")
    owner: Mapped[str] = mapped_column(String(40), default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
    phone_tail: Mapped[str] = mapped_column(String(4), default="", index=True)
    area: Mapped[float | None] = mapped_column(Float)
    floors: Mapped[int | None] = mapped_column(Integer)
    extinguishers: Mapped[int | None] = mapped_column(Integer)
    note: Mapped[str] = mapped_column(Text, default="")
