"""Templates of letters; the register of issued papers lies in `domain`, because every module may issue papers."""

from __future__ import annotations

from sqlalchemy import Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from gridoffice.db.base import Record
from gridoffice.domain.paper_copies import PaperCopy
from gridoffice.domain.papers import IssuedPaper, PaperItem


class LetterTemplate(Record):
    """A template of the office's own: `content` is its TOML; `base` the version of the shipped one it was made from."""

    __tablename__ = "letter_template"

    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    template_version: Mapped[int] = mapped_column(Integer, default=1)
    base: Mapped[int] = mapped_column(Integer, default=0)
    content: Mapped[str] = mapped_column(Text)


__all__ = ["IssuedPaper", "LetterTemplate", "PaperCopy", "PaperItem"]
