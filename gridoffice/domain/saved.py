"""Saved filters of lists: a name for typed text, view, filters, columns and order (F20)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Boolean, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from gridoffice.db.base import Record


class SavedView(Record):
    """A saved filter of one list. `columns` are the keys shown, in order; [] means all as declared."""

    __tablename__ = "saved_view"

    listing: Mapped[str] = mapped_column(String(40), index=True)
    title: Mapped[str] = mapped_column(String(40))
    view: Mapped[str] = mapped_column(String(30), default="")
    text: Mapped[str] = mapped_column(String(120), default="")
    filters: Mapped[Any] = mapped_column(JSON, default=list)
    columns: Mapped[Any] = mapped_column(JSON, default=list)
    sort: Mapped[str] = mapped_column(String(30), default="")
    is_descending: Mapped[bool] = mapped_column(Boolean, default=False)
    rank: Mapped[int] = mapped_column(Integer, default=0)
