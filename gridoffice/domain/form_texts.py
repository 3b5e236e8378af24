"""The text of every answered form's version, kept once in the office, so that an old sheet shows as it was."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Integer, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gridoffice.db.base import Record


class FormText(Record):
    """A form as it was worded in an edition: `text` is what `forms.kept` makes of it."""

    __tablename__ = "form_text"
    __table_args__ = (UniqueConstraint("key", "edition"), {"sqlite_autoincrement": True})

    key: Mapped[str] = mapped_column(String(30))
    edition: Mapped[int] = mapped_column(Integer)
    text: Mapped[Any] = mapped_column(JSON, default=dict)


def of(session: Session, key: str, edition: int) -> FormText | None:
    """A form's text in an edition, None when none was kept."""
    return session.scalars(select(FormText).where(FormText.key == key, FormText.edition == edition)).first()
