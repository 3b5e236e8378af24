"""Staff and grid workers: the personnel card."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, ForeignKey, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gridoffice.db.base import Record


class Staff(Record):
    """A person who works for the grid office or a village; only name, photo, post and work phone are ever public."""

    __tablename__ = "staff"

    name: Mapped[str] = mapped_column(String(40), index=True)
    pinyin: Mapped[str] = mapped_column(String(80), default="", index=True)
    initials: Mapped[str] = mapped_column(String(20), default="", index=True)
    sex: Mapped[str] = mapped_column(String(4), default="")
    born: Mapped[date | None] = mapped_column(Date)
    id_number: Mapped[str | None] = mapped_column(String(18), index=True)
    phone: Mapped[str] = mapped_column(String(30), default="")
    phone_tail: Mapped[str] = mapped_column(String(4), default="", index=True)
    post: Mapped[str] = mapped_column(String(40), default="")  # 专职网格员、兼职网格员、村党支部书记 …
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("grid_unit.id"), index=True)
    education: Mapped[str] = mapped_column(String(20), default="")
    since: Mapped[date | None] = mapped_column(Date)
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    sort: Mapped[int] = mapped_column(Integer, default=0)
    is_active: Mapped[bool] = mapped_column(Boolean, default=True)
    note: Mapped[str] = mapped_column(Text, default="")
