"""What a form is: sections of items, and the programme or subject a form serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

KINDS = ("text", "note", "int", "decimal", "choice", "multi", "date", "check", "bp")
"""text one line, note several lines, multi a list of codes, check pass/fail/na, bp two figures 上压/下压."""

PASS, FAIL, NA = "pass", "fail", "na"
CHECKED = {PASS: "合格", FAIL: "不合格", NA: "不适用"}

Code = int | str
Answers = Mapping[str, Any]
"""Answers by item key: text and note str, int int, decimal float, choice a code, multi a list of codes, date an ISO
day, check "pass" | "fail" | "na" (a remark under `<key>_note`), bp two ints under the item's two `parts`."""


@dataclass(frozen=True)
class Item:
    """One question. `low` and `high` are hard limits; `places` are the letters of reference 5.3."""

    key: str
    title: str
    kind: str
    choices: tuple[tuple[Code, str], ...] = ()
    sole: Code | None = None  # of a multi: the choice that excludes all others
    unit: str = ""
    low: float | None = None
    high: float | None = None
    required: bool = False
    help: str = ""
    when: tuple[str, Code] | None = None  # asked only when that item has this answer
    computed: str = ""  # name of a function in `rules.COMPUTED`; filled in, not asked
    parts: tuple[str, ...] = ()  # of a bp: the keys of its two figures
    limits: tuple[tuple[float, float], ...] = ()  # of a bp: hard limits of each
    basis: str = ""
    grade: str = ""  # G1 on the spot, G2 by a day, G3 tell at once
    grades: tuple[str, ...] = ()  # all grades the item may get, the usual one first
    fail_when: str = ""
    hazard: str = ""  # what a failed item is called as a hazard
    places: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys under which the answer is kept."""
        return self.parts or (self.key,)

    def bounds(self, key: str) -> tuple[float | None, float | None]:
        """The hard limits of the figure kept under one of the item's keys."""
        if key in self.parts and self.limits:
            return self.limits[self.parts.index(key)]
        return self.low, self.high

    def word(self, code: Any) -> str:
        """A code's label; the code itself when the form does not know it."""
        return next((label for known, label in self.choices if known == code), str(code))


@dataclass(frozen=True)
class Section:
    """Items under one heading."""

    key: str
    title: str
    items: tuple[Item, ...]
    help: str = ""


@dataclass(frozen=True)
class Programme:
    """A follow-up programme: its key and short title, the rule that suggests, and the rule's figures (days, limits)."""

    key: str
    title: str
    rule: str
    figures: Mapping[str, float]
    outcomes: tuple[tuple[int, str], ...]
    basis: str = ""
    order: int = 50


@dataclass(frozen=True)
class Form:
    """A form under a key and a version; an answered form keeps both."""

    key: str
    version: int
    title: str
    kind: str  # programme | checklist | log
    sections: tuple[Section, ...]
    help: str = ""
    source: str = ""
    programme: Programme | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """All items in order."""
        return tuple(item for section in self.sections for item in section.items)

    def item(self, key: str) -> Item | None:
        """The item that keeps its answer under a key."""
        return next((item for item in self.items if key in (item.key, *item.parts)), None)


@dataclass(frozen=True)
class Checklist:
    """A checklist cut out of a library by the letters of reference 5.3."""

    key: str
    title: str
    letters: str


@dataclass(frozen=True)
class Place:
    """A kind of premises: the group it stands in, its checklist, its size limit in words, days between two checks."""

    kind: str
    group: str
    checklist: str
    every_days: int
    size: str = ""


@dataclass(frozen=True)
class Subject:
    """What inspections are about (线条): which library, which checklist for which place, which deadlines in days."""

    key: str
    version: int
    title: str
    library: str
    checklists: tuple[Checklist, ...]
    places: tuple[Place, ...]
    deadlines: Mapping[str, int]
    grades: Mapping[str, str] = field(default_factory=dict)
    longest_days: int = 30
    source: str = ""

    def place(self, kind: str) -> Place | None:
        """What is laid down for a kind of premises; None for a kind the office made itself."""
        return next((place for place in self.places if place.kind == kind), None)
