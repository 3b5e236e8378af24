"""A paper by the code or number on it, typed or scanned: its line of the register, and whether the code fits it."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.text import narrow
from gridoffice.db.office import Office
from gridoffice.domain import paper_code, reprints
from gridoffice.domain import paper_seeking as seeking
from gridoffice.domain.papers import IssuedPaper, PaperItem
from gridoffice.modules.documents import verifying
from gridoffice.modules.documents.verifying import Found

SAFE = "没有改动任何内容"


def look_up(office: Office, typed: str) -> Found:
    """The register's line of a code (GO1:BOARD-2026-001:3F9A1B2C4D) or number (牌2026-001, 卡2026-001-003).

    Raises OfficeError when no such paper was issued, or the code does not fit what stood on it.
    """
    code = paper_code.read(typed)
    number = code.number if code is not None else "".join(narrow(typed).split())
    with office.read() as session:
        record = _by_number(session, number)
        if record is None:
            raise OfficeError(
                f"登记里没有编号“{number[:40]}”", safe=SAFE, do="请对照纸上的编号再输一次，例如 册2026-001"
            )
        if code is not None and not _fits(session, record, code.digest):
            raise OfficeError(
                f"编号 {number} 在登记里，但校验码和登记时的内容对不上",
                safe=SAFE,
                do="这张纸可能不是本办印的，也可能内容被换过；请收回，和登记里的原件对照",
            )
        return _with_changes(office, verifying.standing(session, record))


def _with_changes(office: Office, found: Found) -> Found:
    """The line, and what of the paper is no longer as printed by the last comparison."""
    answer = reprints.known(office)
    if answer is None or found.recalled_on is not None or found.newer_id is not None:
        return found
    old = [one for one in answer.to_print if one.paper_id == found.id]
    if not old:
        return found
    told = "；".join(change for one in old for change in one.changes[:1])
    parts = f"其中 {len(old)} 份" if len(old) > 1 else ""
    return replace(found, tone="soon", lines=(*found.lines, f"{parts}内容已变，要重印：{told[:120]}"))


def _by_number(session: Session, number: str) -> IssuedPaper | None:
    """The paper of a number, or the one whose part has it: 卡2026-001-003 is a card of 卡2026-001."""
    wanted = [number, *seeking.numbers_in(number), re.sub(r"-\d+$", "", number)]
    for one in dict.fromkeys(wanted):
        found = seeking.by_numbers(session, [one])
        if found:
            return found[0]
    return None


def _fits(session: Session, record: IssuedPaper, digest: str) -> bool:
    """Whether a code's digest is that of a part of the paper; papers whose parts were not kept pass."""
    kept = list(session.scalars(select(PaperItem.digest).where(PaperItem.paper_id == record.id).order_by(PaperItem.id)))
    return not any(kept) or digest in kept
