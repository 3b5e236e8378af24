"""Answered forms keep the wording they were answered under: each version's text once, in the office itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.domain import form_texts
from gridoffice.domain.form_texts import FormText
from gridoffice.forms.schema import Form, Item, Section


def keep(session: Session, form: Form) -> None:
    """Keep a form's text in the unit at hand, the first time it is answered in this version."""
    if form_texts.of(session, form.key, form.version) is None:
        session.add(FormText(key=form.key, edition=form.version, text=as_text(form)))
        session.flush()


def form_of(session: Session, key: str, version: int, now: Form | None) -> Form | None:
    """The form as it was worded in a version: the office's own text of it, else the form as it stands now."""
    if now is not None and now.key == key and now.version == version:
        return now
    found = form_texts.of(session, key, version)
    return from_text(found.text) if found is not None else now


def as_text(form: Form) -> dict[str, Any]:
    """What is kept of a form: everything that is asked and shown; of a programme only its name."""
    told = asdict(form)
    told.pop("programme")
    return told


def from_text(text: Mapping[str, Any]) -> Form:
    """The form of a kept text."""
    sections = tuple(
        Section(one["key"], one["title"], tuple(_item(item) for item in one["items"]), one["help"])
        for one in text["sections"]
    )
    plain = {key: text[key] for key in ("key", "version", "title", "kind", "help", "source")}
    return Form(**plain, sections=sections)


def _item(told: Mapping[str, Any]) -> Item:
    return Item(**{key: _tuples(value) for key, value in told.items()})


def _tuples(value: Any) -> Any:
    return tuple(_tuples(one) for one in value) if isinstance(value, list | tuple) else value
