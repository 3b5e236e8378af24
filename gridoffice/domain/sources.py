"""Where cases come from: the shipped sources (reference 6.4 来源方式), and the office's own words and order."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.orm import Session

from gridoffice.domain import settings
from gridoffice.domain.work import SOURCES

OWN = "case_sources"
"""The office setting: [{"key", "title", "off"}], in order; a source of its own has its first title as its key."""

LONGEST = 12
FOUND = ("patrol", "visit", "inspection")
"""Set by the program itself where a record is the source: always there, only their words can be changed."""


@dataclass(frozen=True)
class Source:
    """A source; `is_off`: no longer offered."""

    key: str
    title: str
    is_off: bool = False


def whole(session: Session) -> tuple[Source, ...]:
    """Every source in the office's order, those no longer offered too."""
    return _kept(settings.get(session, OWN))


@lru_cache(maxsize=8)
def _kept(text: str) -> tuple[Source, ...]:
    found = {one["key"]: Source(one["key"], one["title"], one["off"]) for one in json.loads(text)} if text else {}
    for key, title in SOURCES.items():
        found.setdefault(key, Source(key, title))
    return tuple(found.values())


def keep(session: Session, found: Iterable[Source]) -> None:
    """Set the office's sources."""
    told = [{"key": one.key, "title": one.title, "off": one.is_off} for one in found]
    settings.put(session, OWN, json.dumps(told, ensure_ascii=False))


def titles(session: Session) -> dict[str, str]:
    """The words of every source by its key."""
    return {one.key: one.title for one in whole(session)}


def title(session: Session, key: str) -> str:
    """The words of one source; a key nobody knows says itself."""
    return titles(session).get(key, key)


def offered(session: Session, kept: str = "") -> list[tuple[str, str]]:
    """Keys and words for a form; `kept` is offered in any case, for it is that of the case at hand."""
    return [(one.key, one.title) for one in whole(session) if not one.is_off or one.key == kept]
