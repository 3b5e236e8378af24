"""The same problem twice: cases of the same grid and category that may be one, and merging them (F30)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import SequenceMatcher

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.domain import casework, work
from gridoffice.domain.attachments import Attachment
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.work import CLOSED, Case, CaseStep

DAYS = 30
"""How long a closed case still counts as possibly the same [design]."""

ALIKE = 0.5
"""Share of equal letters from which two titles are called alike [design]."""


@dataclass(frozen=True)
class Alike:
    """A case that may be the same: id, number, title, where, state in words, and how much alike (0–1)."""

    id: int
    number: str
    title: str
    place: str
    state: str
    found_on: date
    share: float


def alike(
    session: Session, unit_id: int | None, category: str, title: str, place: str, on: date, own: int = 0
) -> list[Alike]:
    """Cases of the same grid and category, open or closed within a month, that read alike; the most alike first."""
    if unit_id is None or not (title.strip() or place.strip()):
        return []
    recent = or_(work.is_open(), Case.closed_on >= on - timedelta(days=DAYS))
    wanted = select(Case).where(
        Case.unit_id == unit_id, Case.category == category, Case.id != own, Case.merged_into_id.is_(None), recent
    )
    unit = session.get(GridUnit, unit_id)
    usual = (unit.name if unit is not None else "", category, "问题")
    own_words, found = _bare(title, usual), []
    for case in session.scalars(wanted.order_by(Case.id.desc()).limit(200)):
        share = max(_share(own_words, _bare(case.title, usual)), _share(place, case.place))
        if share >= ALIKE:
            state = work.STATES[case.state]
            found.append(Alike(case.id, case.number, case.title, case.place, state, case.found_on, share))
    return sorted(found, key=lambda one: -one.share)[:5]


def _bare(title: str, usual: tuple[str, ...]) -> str:
    """What a title tells beside its grid and category: a log without words makes titles of nothing else."""
    for word in filter(None, usual):
        title = title.replace(word, "")
    return title


def _share(first: str, second: str) -> float:
    return SequenceMatcher(None, first.strip(), second.strip()).ratio() if first.strip() and second.strip() else 0.0


def merge(session: Session, kept: Case, lost: Case, *, who: str, now: datetime) -> None:
    """End a case as the same as another: files, contacts, tasks and households go to the kept one; it stays findable.

    Raises OfficeError when both are one, the lost one is closed, or the kept one was itself merged away.
    """
    if kept.id == lost.id:
        raise OfficeError("两件是同一件事项", safe="没有改动")
    if kept.merged_into_id is not None:
        raise OfficeError(f"{kept.number} 已经并入另一件", safe="没有改动", do="请选择并入的那一件")
    if lost.state in work.ENDED:
        raise OfficeError(f"{lost.number} 已经结案，不用合并", safe="没有改动")
    for kind in casework.ALL:
        for record in casework.of_case(session, kind, lost.id):
            record.case_id = kept.id
    files = select(Attachment).where(Attachment.owner == Case.__tablename__, Attachment.owner_id == lost.id)
    for file in session.scalars(files):
        file.owner_id = kept.id
    old = lost.state
    lost.state, lost.closed_on, lost.merged_into_id = CLOSED, now.date(), kept.id
    lost.red_at = lost.amber_at = None
    _note(session, lost, old, f"与 {kept.number} 是同一件事，并入该件", who, now)
    _note(session, kept, kept.state, f"{lost.number}“{lost.title}”并入本件", who, now)


def _note(session: Session, case: Case, old: str, note: str, who: str, now: datetime) -> None:
    session.add(
        CaseStep(
            case_id=case.id, at=now, who=who, verb="merge", old=old, new=case.state, note=note, level=case.level,
            due_at=case.red_at,
        )
    )  # fmt: skip
