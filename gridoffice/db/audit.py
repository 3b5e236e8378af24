"""The log of who changed what and when, from which undo is made; and small tables of the file itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gridoffice.db.base import Base


class AuditUnit(Base):
    """One named unit of work. kind: do, import, undo, setup, draft (half typed, part of a later step), look.

    state: done, undone, dropped (gone for undo, redo).
    """

    __tablename__ = "audit_unit"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10), default="done")
    who: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(DateTime)
    undoes: Mapped[int | None] = mapped_column(Integer)
    tables: Mapped[str] = mapped_column(Text, default="")
    info: Mapped[Any] = mapped_column(JSON, default=None)


class AuditChange(Base):
    """One row's change. op: insert, update, delete, bulk (rows row_id..last_id put in at once, version 1).

    destroyed: what stood in it was destroyed with the record (`db/destroy.py`).
    """

    __tablename__ = "audit_change"
    __table_args__ = (
        Index("ix_audit_change_row", "table_name", "row_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("audit_unit.id"), index=True)
    table_name: Mapped[str] = mapped_column(String(60))
    row_id: Mapped[int] = mapped_column(Integer)
    last_id: Mapped[int | None] = mapped_column(Integer)
    op: Mapped[str] = mapped_column(String(10))
    before: Mapped[Any] = mapped_column(JSON, default=None)
    after: Mapped[Any] = mapped_column(JSON, default=None)


class Look(Base):
    """That somebody looked at, printed or saved private figures: who, when, what, why; neither changed nor undone."""

    __tablename__ = "look"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime, index=True)
    who: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))  # reveal | print | export
    subject: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(120), default="")


class Secret(Base):
    """What belongs to the file but is no record: the signing certificate; neither logged nor undone."""

    __tablename__ = "secret"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)


class Draft(Base):
    """What was typed into an editor and not yet saved; neither logged nor undone, gone when the editor is left."""

    __tablename__ = "draft"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    who: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(DateTime)
    content: Mapped[str] = mapped_column(Text)


class Blob(Base):
    """The bytes of an attachment under their SHA-256; shared by equal files and kept while undo may want them."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    data: Mapped[bytes] = mapped_column(LargeBinary)
