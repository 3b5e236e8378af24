"""Problems found on a log become cases in the same unit, with their photos; what was settled waits for its check."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gridoffice.db.office import Office
from gridoffice.domain import attachments, loop
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.staff import Staff
from gridoffice.domain.work import Case
from gridoffice.modules.patrols.entry import Entry
from gridoffice.modules.patrols.model import Patrol

BEFORE = "before"
"""Kind of a case's photo that shows how it was found."""


def open_cases(session: Session, patrol: Patrol, entry: Entry, unit: GridUnit, worker: Staff, office: Office) -> None:
    """Open a case for every problem of an entry."""
    for problem in entry.problems:
        text = problem.text.strip()
        case = Case(
            title=(text.split("。")[0] or f"{unit.name}{problem.category}问题")[:60],
            category=problem.category,
            kind=problem.kind,
            unit_id=unit.id,
            place=problem.place.strip(),
            found_on=entry.day,
            text=text,
            source="patrol",
            source_id=patrol.id,
            finder_id=worker.id,
            handler="",
            measures="",
        )
        loop.collect(session, case, who=worker.name, now=office.now())
        session.flush()
        for name, data in problem.photos:
            attachments.attach(session, Case.__tablename__, case.id, name, data).kind = BEFORE
        if problem.is_settled:
            loop.act(session, case, "handle", loop.Given(worker.name, office.now(), problem.measures.strip()))
