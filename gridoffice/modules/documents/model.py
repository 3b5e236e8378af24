"""The register of papers that were issued."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Boolean, Date, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from gridoffice.db.base import Record


class IssuedPaper(Record):
    """A paper that was made: kind, number, for what, when, whether signed, and the digest of the file."""

    __tablename__ = "issued_paper"

    number: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(120))
    made_on: Mapped[date] = mapped_column(Date, index=True)
    made_by: Mapped[str] = mapped_column(String(40), default="")
    pages: Mapped[int] = mapped_column(Integer, default=1)
    is_signed: Mapped[bool] = mapped_column(Boolean, default=False)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    file_name: Mapped[str] = mapped_column(String(160), default="")
    # Of the unit it was made for, None: the whole office. No reference: a paper outlives its unit.
    unit_id: Mapped[int | None] = mapped_column(Integer, index=True)
