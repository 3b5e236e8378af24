"""What a leaver hands over, in sections with rows: for the rehearsal on the screen and the list that both sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Term:
    """A post that ends: where, which, since when, who takes over (None: nobody), and what follows from it."""

    id: int
    unit_id: int
    unit: str
    network: str
    role: str
    start: date | None
    successor_id: int | None
    successor: str
    note: str


@dataclass(frozen=True)
class Section:
    """A part of the list: title with its count, titles of the columns, rows."""

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Thing:
    """Something the leaver keeps, and whether it goes back to the office instead of on to the successor."""

    id: int
    kind: str
    title: str
    since: date | None
    goes_back: bool


@dataclass(frozen=True)
class Rehearsal:
    """Everything that moves when a person leaves."""

    staff_id: int
    name: str
    post: str
    last_day: date
    main: str
    terms: tuple[Term, ...]
    things: tuple[Thing, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...]

    @property
    def takers(self) -> tuple[str, ...]:
        """Who takes over, each once, the main one first."""
        names = [self.main, *(term.successor for term in self.terms)]
        return tuple(dict.fromkeys(name for name in names if name))

    @property
    def title(self) -> str:
        """The step's name in the log: 张建国 离岗，移交 李秀兰."""
        return f"{self.name} 离岗，移交 {'、'.join(self.takers)}" if self.takers else f"{self.name} 离岗"

    def number(self, key: str) -> int:
        """How many rows a section has."""
        return next((len(section.rows) for section in self.sections if section.key == key), 0)
