"""What waits behind a household's door, told by every module; one visit can close it (X12). Health: never which."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sqlalchemy.orm import Session

from gridoffice.core.module import load, modules

Found = dict[int, list[tuple[int, str]]]
"""By household id: ids of records and a few words for each, fit for a paper."""


@dataclass(frozen=True)
class Closing:
    """A visit that was made: when, by whom, what is noted of a help visit, and a note."""

    day: date
    by: str
    result: str
    note: str = ""


@dataclass(frozen=True)
class DoorKind:
    """A kind of thing that can wait behind a door; `close` notes the visit, None: the visit only reminds of it."""

    key: str
    find: Callable[[Session, Sequence[int], date], Found]
    close: Callable[[Session, int, Closing], bool] | None = None


@lru_cache(maxsize=1)
def kinds() -> tuple[DoorKind, ...]:
    """All kinds, in tab order."""
    found: list[DoorKind] = []
    for module in modules():
        found += load(module.doors) if module.doors else ()
    return tuple(found)


def behind(session: Session, household_ids: Sequence[int], on: date) -> dict[int, list[tuple[str, int, str]]]:
    """What waits behind each of some doors by a day: kind, id, words."""
    found: dict[int, list[tuple[str, int, str]]] = {}
    for kind in kinds():
        for home, things in kind.find(session, household_ids, on).items():
            found.setdefault(home, []).extend((kind.key, number, words) for number, words in things)
    return found


def close(session: Session, key: str, record: int, closing: Closing) -> bool:
    """Note a visit with one thing behind a door; False when nothing was to be noted."""
    kind = next((kind for kind in kinds() if kind.key == key), None)
    return kind is not None and kind.close is not None and kind.close(session, record, closing)
