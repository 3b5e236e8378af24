"""The answers to the form of a log's kind: kept under the wording they were given, shown as it was."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from gridoffice.forms import answers as sheets
from gridoffice.forms import kept, logs
from gridoffice.modules.patrols.model import Patrol


def keep_text(session: Session, patrol: Patrol) -> None:
    """Keep the text of the form a log was answered under, once."""
    form = logs.form_of(patrol.form) if patrol.form else None
    if form is not None and form.version == patrol.form_version:
        kept.keep(session, form)


def strays(patrol: Patrol, kind: str) -> dict[str, Any]:
    """Answers to items the form of a kind no longer has: they stay with the log when it is changed."""
    now = logs.kind_of(kind)
    if now is None or now.form is None or now.form.key != patrol.form:
        return {}
    return sheets.strays(now.form, patrol.answers or {})


def shown(session: Session, patrol: Patrol) -> tuple[tuple[str, str], ...]:
    """Title and answer of every answered item, in the order and words of the version it was answered under."""
    if not patrol.form or not patrol.answers:
        return ()
    form = kept.form_of(session, patrol.form, patrol.form_version, logs.form_of(patrol.form))
    if form is None:
        return ()
    found = ((item.title, sheets.shown(item, patrol.answers)) for item in form.items)
    return tuple((title, text) for title, text in found if text)
