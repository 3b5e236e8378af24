"""Whose names no paper of a case tells, and the word that stands there instead."""

from __future__ import annotations

import re
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.text import mask_numbers
from gridoffice.domain.casework import CaseHousehold
from gridoffice.domain.people import Resident
from gridoffice.domain.work import Case

LINKED, REPORTER = "当事人", "反映人"


def hidden(session: Session, case: Case) -> dict[str, str]:
    """Names with their words: everybody of the linked households, and who reported it.

    The handler's own name stays whole where a hidden one is a part of it.
    """
    houses = select(CaseHousehold.household_id).where(CaseHousehold.case_id == case.id)
    names = session.scalars(select(Resident.name).where(Resident.household_id.in_(houses))).all()
    found = {case.handler: case.handler} if case.handler else {}
    found |= {name: LINKED for name in names if len(name) > 1}
    if len(case.reporter) > 1:
        found.setdefault(case.reporter, REPORTER)
    return found


def hide(text: str, names: Mapping[str, str]) -> str:
    """A text with numbers masked and names replaced, the longest name first."""
    text = mask_numbers(text)
    if not names:
        return text
    pattern = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.sub(pattern, lambda hit: names[hit[0]], text)
