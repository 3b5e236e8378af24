"""What stands on the papers of a case, in words; who reported only on the last, households and numbers nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese
from gridoffice.db.office import Office
from gridoffice.domain import attachments, casework, loop, settings, sources, work
from gridoffice.domain.casework import CasePaper
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.work import Case, CaseStep
from gridoffice.modules.cases import paper_letters, unnamed
from gridoffice.modules.cases.story import MADE_BY, PAPERS
from gridoffice.papers.letter import LetterView

SHOWN = frozenset(("office", "phone", "number", "addressee"))
"""What is public by nature, or the very person written to."""


def view(
    session: Session, office: Office, case: Case, kind: str, number: str, addressee: str, until: date | None,
    enclosed: Sequence[str] | None,
) -> LetterView:  # fmt: skip
    """A paper of a case, filled in and masked; `until`: the day by which a reply is asked for."""
    values = _values(session, office, case, work.steps_of(session, case.id), kind)
    values |= {"number": number, "addressee": addressee, "reply_by": chinese(until) if until else ""}
    if kind in ("dispatch", "notice") and addressee:
        values["handler"] = addressee
    names_of = unnamed.hidden(session, case)
    names = tuple(enclosed) if enclosed is not None else enclosures(session, case, kind)
    told = {name: text if name in SHOWN else unnamed.hide(text, names_of) for name, text in values.items()}
    names = tuple(unnamed.hide(name, names_of) for name in names)
    return paper_letters.filled(kind, told, names, until is not None)


def _values(session: Session, office: Office, case: Case, steps: Sequence[CaseStep], kind: str) -> dict[str, str]:
    unit = session.get(GridUnit, case.unit_id) if case.unit_id else None
    step = next((one for one in reversed(steps) if one.verb == MADE_BY.get(kind)), None)
    accepted = next((one for one in steps if one.verb in ("accept", "handle")), None)
    phone = settings.get(session, "service_phone") or settings.get(session, "supervise_phone")
    return {
        "office": _signer(settings.get(session, "name")),
        "case": case.number,
        "title": case.title,
        "unit": unit.name if unit else "",
        "place": case.place,
        "category": "／".join(filter(None, (case.category, case.subcategory))),
        "source": sources.title(session, case.source),
        "kind": work.KINDS.get(case.kind, case.kind),
        "found": chinese(case.found_on),
        "accepted": chinese(accepted.at.date()) if accepted else "",
        "due": chinese(case.due_on) if case.due_on else "",
        "standing": _standing(case.due_on, office.today()),
        "handler": case.handler,
        "text": case.text,
        "measures": case.measures.rstrip("。"),
        "note": step.note.rstrip("。") if step else "",
        "closed": chinese(case.closed_on) if case.closed_on else "",
        "satisfaction": loop.SATISFACTION.get(case.satisfaction, ""),
        "phone": phone,
        "user": office.user,
        "day": chinese(office.today()),
    }


def _signer(name: str) -> str:
    """Who signs: the grid office, not the township itself (its name is set without it for the heads of papers)."""
    return name if not name or name.endswith(("办", "办公室", "中心", "站")) else f"{name}网格办"


def _standing(due: date | None, today: date) -> str:
    """How near or past the deadline is, in the words of a reminder."""
    if due is None:
        return "还没有定时限"
    days = (due - today).days
    if days < 0:
        return f"现已超过 {-days} 天"
    return f"还有 {days} 天" if days else "今天到期"


def enclosures(session: Session, case: Case, kind: str) -> tuple[str, ...]:
    """What goes with a letter to another body: photos, and the papers that went before (X9)."""
    if kind not in ("transfer", "report"):
        return ()
    photos = len(attachments.of_record(session, Case.__tablename__, case.id))
    before = [f"{PAPERS[one.kind]}（{one.number}）" for one in casework.of_case(session, CasePaper, case.id)
              if one.kind in ("dispatch", "notice")]  # fmt: skip
    return tuple(["事项办理过程", *([f"现场照片 {photos} 张"] if photos else []), *before])
