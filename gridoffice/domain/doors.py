"""What waits behind a household's door, told by every module; one visit closes all, each with its own line (X12)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy.orm import Session

from gridoffice.core.module import load, modules

Found = dict[int, list[tuple[int, str]]]
"""By household id: ids of records and a few words for each, fit for a paper. Of health never which programme."""


@dataclass(frozen=True)
class Outcome:
    """What can come of one thing at the door: its key, its words, and whether it needs a line of explanation."""

    key: str
    title: str
    needs_note: bool = False


@dataclass(frozen=True)
class Closing:
    """A visit that was made: when, by whom, the outcome's key, a short line; `now` is the moment it is typed in."""

    day: date
    by: str
    result: str
    note: str
    now: datetime

    @property
    def told(self) -> str:
        """The line with the day of the visit, where that is not the day it is typed in."""
        if self.day == self.now.date():
            return self.note
        return (
            f"{self.day.month}月{self.day.day}日入户：{self.note}"
            if self.note
            else f"{self.day.month}月{self.day.day}日入户"
        )


@dataclass(frozen=True)
class DoorKind:
    """A kind of thing that can wait behind a door.

    `close` writes what came of it through the module's own rules and raises OfficeError where these refuse; False when
    there is nothing to be written any more. Without `outcomes` the visit only reminds of it. `usual`: the outcome that
    follows by itself from what is noted of a help visit (见到本人, 拒绝).
    """

    key: str
    find: Callable[[Session, Sequence[int], date], Found]
    close: Callable[[Session, int, Closing], bool] | None = None
    outcomes: tuple[Outcome, ...] = ()
    usual: Mapping[str, str] = field(default_factory=dict)

    def outcome(self, key: str) -> Outcome | None:
        """An outcome by its key."""
        return next((one for one in self.outcomes if one.key == key), None)


@lru_cache(maxsize=1)
def kinds() -> tuple[DoorKind, ...]:
    """All kinds, in tab order."""
    found: list[DoorKind] = []
    for module in modules():
        found += load(module.doors) if module.doors else ()
    return tuple(found)


def kind_of(key: str) -> DoorKind | None:
    """A kind by its key; None for one no module has."""
    return next((kind for kind in kinds() if kind.key == key), None)


def behind(session: Session, household_ids: Sequence[int], on: date) -> dict[int, list[tuple[str, int, str]]]:
    """What waits behind each of some doors by a day: kind, id, words."""
    found: dict[int, list[tuple[str, int, str]]] = {}
    for kind in kinds():
        for home, things in kind.find(session, household_ids, on).items():
            found.setdefault(home, []).extend((kind.key, number, words) for number, words in things)
    return found


def close(session: Session, key: str, record: int, closing: Closing) -> bool:
    """Write what came of one thing behind a door; False when nothing was to be written. Raises OfficeError."""
    kind = kind_of(key)
    return kind is not None and kind.close is not None and kind.close(session, record, closing)
