"""Finding issued papers again: by the digest of a file, by a number that stands in a text; and what replaced one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.domain.papers import KINDS, IssuedPaper, PaperItem


@dataclass(frozen=True)
class Newer:
    """What took a paper's place: the newest paper, how many of its parts were issued anew, and how many it has."""

    paper: IssuedPaper
    parts: int
    total: int


def newer(session: Session, paper: IssuedPaper) -> Newer | None:
    """The newest paper that took the place of parts of this one; None where none did."""
    own = PaperItem.paper_id == paper.id
    newest = session.scalar(select(func.max(PaperItem.replaced_by)).where(own))
    found = session.get(IssuedPaper, newest) if newest is not None else None
    if found is None:
        return None
    taken = select(func.count()).where(own, PaperItem.replaced_by.is_not(None))
    total = select(func.count()).where(own)
    return Newer(found, session.scalar(taken) or 0, session.scalar(total) or 0)


def by_digests(session: Session, digests: Sequence[str]) -> IssuedPaper | None:
    """The newest paper whose file has one of these digests (SHA-256)."""
    wanted = select(IssuedPaper).where(IssuedPaper.sha256.in_(digests)).order_by(IssuedPaper.id.desc())
    return session.scalars(wanted.limit(1)).first()


def numbers_in(text: str) -> list[str]:
    """Numbers of this office's kinds that stand in a text, blanks in them left out: 册2026-001, 移送〔2026〕1号."""
    plain = "".join(text.split()).replace("[", "〔").replace("]", "〕")
    found: list[str] = []
    for kind in KINDS.values():
        tail = r"〔\d{4}〕\d{1,5}号" if kind.is_letter else r"\d{4}-\d{3,5}"
        found += re.findall(re.escape(kind.sign) + tail, plain)
    return list(dict.fromkeys(found))


def by_numbers(session: Session, numbers: Sequence[str]) -> list[IssuedPaper]:
    """The papers of some numbers, the newest first."""
    wanted = select(IssuedPaper).where(IssuedPaper.number.in_(numbers)).order_by(IssuedPaper.id.desc())
    return list(session.scalars(wanted))
