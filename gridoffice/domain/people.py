"""Households and residents: the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, ForeignKey, Index, String, Text, select
from sqlalchemy.orm import Mapped, aliased, mapped_column

from gridoffice.db.base import Record

LIVING, APART, MOVED, DEAD = "living", "apart", "moved", "dead"
STATES = {LIVING: "在住", APART: "人户分离", MOVED: "迁出", DEAD: "去世"}
"""人户分离: registered here, living elsewhere (`lives_at`)."""

GONE = (MOVED, DEAD)
"""Nothing is ever due with them (X14)."""


class Household(Record):
    """A household (户) under its number; it may stand in no grid yet."""

    __tablename__ = "household"

    number: Mapped[str] = mapped_column(String(20), unique=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("grid_unit.id"), index=True)
    address: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(Text, default="")


class Resident(Record):
    """A resident; `tags` are the lawful service kinds of reference 12.3, parted by 、."""

    __tablename__ = "resident"
    # In the order the ledger is read, holding what its views ask: they are read and counted without the records.
    __table_args__ = (
        Index("ix_resident_ledger", "household_id", "id", "state", "born", "tags"),
        {"sqlite_autoincrement": True},
    )

    household_id: Mapped[int | None] = mapped_column(ForeignKey("household.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("grid_unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(40), index=True)
    pinyin: Mapped[str] = mapped_column(String(80), default="", index=True)
    initials: Mapped[str] = mapped_column(String(20), default="", index=True)
    relation: Mapped[str] = mapped_column(String(20), default="")
    sex: Mapped[str] = mapped_column(String(4), default="")
    born: Mapped[date | None] = mapped_column(Date)
    id_number: Mapped[str | None] = mapped_column(String(18), unique=True)
    phone: Mapped[str] = mapped_column(String(30), default="", index=True)
    phone_tail: Mapped[str] = mapped_column(String(4), default="", index=True)
    tags: Mapped[str] = mapped_column(String(100), default="")
    state: Mapped[str] = mapped_column(String(10), default=LIVING)
    id_tail: Mapped[str] = mapped_column(String(4), default="", index=True)
    ended_on: Mapped[date | None] = mapped_column(Date)
    lives_at: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(Text, default="")


def is_gone(resident_id: Any) -> ColumnElement[bool]:
    """Whether the resident that a record names (its column with the id) moved out or died."""
    person = aliased(Resident)
    return select(person.id).where(person.id == resident_id, person.state.in_(GONE)).correlate_except(person).exists()
