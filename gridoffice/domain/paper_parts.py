"""The parts of issued papers: written with the paper, and replaced where a newer paper has the same part."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.db.unit import Unit
from gridoffice.domain import attachments
from gridoffice.domain.papers import Filed, IssuedPaper, PaperItem, Part

CHUNK = 500
FILE = "file"
"""The kind of attachment that is the paper itself; photos of it on the wall are photos."""


def is_own(key: str) -> bool:
    """Whether a part's key says by itself whose it is (staff:12, unit:7:water), wherever it is printed."""
    return re.match(r"[a-z]+:\d", key) is not None


@dataclass(frozen=True)
class Older:
    """A part of an earlier paper that a new one takes the place of."""

    id: int
    paper_id: int
    edition: int


def put(session: Session, filed: Filed) -> None:
    """Write a paper with its parts and its file; the same parts of earlier papers of this kind are replaced by it."""
    record, origin = filed.record, filed.origin
    older = list(_older(session, record.kind, origin.parts)) if origin is not None else []
    if origin is not None:
        record.maker, record.options = origin.maker, origin.options
        record.edition = 1 + max((one.edition for one in older), default=0)
    session.add(record)
    session.flush()
    if filed.data:
        attachments.attach(session, IssuedPaper.__tablename__, record.id, record.file_name, filed.data, FILE)
    if origin is None:
        return
    unit: Unit = session.info["unit"]
    unit.bulk_insert(
        PaperItem.__table__,  # type: ignore[arg-type]
        [
            {"paper_id": record.id, "key": part.key, "title": part.title[:120], "facts": part.facts,
             "digest": part.digest, "variant": part.variant[:60]}
            for part in origin.parts
        ],
    )  # fmt: skip
    _replace(session, unit, record.id, older)


def _older(session: Session, kind: str, parts: Sequence[Part]) -> Iterator[Older]:
    """The parts of papers of a kind that stand for the same things, not replaced yet."""
    wanted = {(part.key, part.variant[:60]) for part in parts}
    keys = sorted({part.key for part in parts})
    for start in range(0, len(keys), CHUNK):
        found = session.execute(
            select(PaperItem.id, PaperItem.paper_id, IssuedPaper.edition, PaperItem.key, PaperItem.variant)
            .join(IssuedPaper, PaperItem.paper_id == IssuedPaper.id)
            .where(IssuedPaper.kind == kind, PaperItem.key.in_(keys[start : start + CHUNK]))
            .where(PaperItem.replaced_by.is_(None))
        )
        for one, paper_id, edition, key, variant in found:
            if (key, variant) in wanted:
                yield Older(one, paper_id, edition)


def _replace(session: Session, unit: Unit, paper_id: int, older: Sequence[Older]) -> None:
    if not older:
        return
    rows = [{"id": one.id, "replaced_by": paper_id} for one in older]
    unit.bulk_update(PaperItem.__table__, rows)  # type: ignore[arg-type]
    counts: dict[int, int] = defaultdict(int)
    for one in older:
        counts[one.paper_id] += 1
    papers = sorted(counts)
    for start in range(0, len(papers), CHUNK):
        some = papers[start : start + CHUNK]
        left = select(PaperItem.paper_id, func.count()).where(
            PaperItem.paper_id.in_(some), PaperItem.replaced_by.is_(None)
        )
        remaining = {paper: number for paper, number in session.execute(left.group_by(PaperItem.paper_id))}
        done = [{"id": one, "is_replaced": True} for one in some if not remaining.get(one)]
        unit.bulk_update(IssuedPaper.__table__, done)  # type: ignore[arg-type]
