"""Kinds of the voluntary help list: title, legal basis, usual purpose and scope; data, extended by the office."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.domain import forbidden, settings

OWN = "help_kinds"
LONGEST = 20


@dataclass(frozen=True)
class HelpKind:
    """One kind. `is_minor`: guardian's consent, name hidden in lists and prints, and only those whose post has one of
    the words `contacts` may be the contact (reference 12.3; PIPL 31; 未成年人保护法 43)."""

    title: str
    basis: str
    purpose: str
    scope: str
    interval: int
    tags: tuple[str, ...] = ()
    is_minor: bool = False
    contacts: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    with (paths.resources() / "lists" / "help_kinds.toml").open("rb") as file:
        return tomllib.load(file)


def _kind(told: dict[str, Any]) -> HelpKind:
    whole = {**_data()["defaults"], **told}
    return HelpKind(
        whole["title"],
        whole["basis"],
        whole["purpose"],
        whole["scope"],
        whole["interval"],
        tuple(whole.get("tags", ())),
        bool(whole.get("is_minor")),
        tuple(whole.get("contacts", ())),
    )


@lru_cache(maxsize=1)
def shipped() -> tuple[HelpKind, ...]:
    """The kinds of reference 12.3."""
    return tuple(_kind(told) for told in _data()["kind"])


def kinds(session: Session) -> tuple[HelpKind, ...]:
    """The shipped kinds, then the office's own."""
    return (*shipped(), *(_kind({"title": title}) for title in _own(session)))


def _own(session: Session) -> list[str]:
    text = settings.get(session, OWN)
    found: list[str] = json.loads(text) if text else []
    return found


def of_title(session: Session, title: str) -> HelpKind:
    """A kind by its title; a title no list knows any more keeps the general basis."""
    return next((kind for kind in kinds(session) if kind.title == title), _kind({"title": title}))


def minor_titles() -> tuple[str, ...]:
    """The titles of kinds whose persons are minors."""
    return tuple(kind.title for kind in shipped() if kind.is_minor)


def for_tags(tags: str) -> HelpKind | None:
    """The shipped kind that a resident's 人员类别 suggest, or None."""
    have = set(tags.split("、"))
    return next((kind for kind in shipped() if have & set(kind.tags)), None)


def needs_consent(tag: str) -> bool:
    """Whether a 人员类别 belongs to a kind of help and so wants an entry with consent."""
    return any(tag in kind.tags for kind in shipped())


def add(session: Session, title: str) -> None:
    """Add a kind of the office's own in the unit at hand; raises OfficeError for one of reference 12.2."""
    title = title.strip()
    forbidden.refuse(title, "帮扶类别")
    if not title or len(title) > LONGEST:
        raise OfficeError(f"帮扶类别要写 1 到 {LONGEST} 个字", safe="没有保存", do="例如“高龄老人”")
    if title not in {kind.title for kind in kinds(session)}:
        settings.put(session, OWN, json.dumps([*_own(session), title], ensure_ascii=False))
