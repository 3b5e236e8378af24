"""Figures of the closed loop in a period: received, in time, median hours, reopened, satisfied; parts equal the whole.

By grid, village, category, source or kind. A case counts in the period in which the step was taken, in the tree of the
period's last day. Every figure names the cases behind it. What counts is decided in the database (`figures_asked.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.db.office import Office
from gridoffice.domain import sources, work
from gridoffice.domain.tree import Tree, villages_on
from gridoffice.modules.cases.figures_asked import BITS, HOURS, ask

ELSEWHERE = "镇直和其他"
GROUPS = {"village": "村（社区）", "grid": "网格", "category": "类别", "source": "来源", "kind": "方式"}
"""By what figures can be told, with the title of the column."""

MEASURES = {
    "received": "新增",
    "accepted": "受理",
    "accepted_in_time": "按时受理",
    "handled": "办结反馈",
    "handled_in_time": "按时处理",
    "closed": "结案",
    "reopened": "退回重办",
    "satisfied": "满意",
    "unsatisfied": "不满意",
    "open": "期末未结",
}
"""What is counted, with its words; a case counts once in each."""


@dataclass(frozen=True)
class Row:
    """The figures of one group: ids behind each measure, and median hours of each step (None: nothing to tell)."""

    key: str
    title: str
    ids: dict[str, tuple[int, ...]]
    hours: dict[str, float | None]

    def number(self, measure: str) -> int:
        """How many."""
        return len(self.ids[measure])


@dataclass(frozen=True)
class Table:
    """The figures of a period: a row per group, and the sum, which equals its parts by construction."""

    first: date
    last: date
    by: str
    rows: tuple[Row, ...]
    whole: Row


@dataclass
class _Group:
    """What was found of one group: ids by which measures they count in (as bits), hours of each step."""

    ids: dict[int, list[int]] = field(default_factory=dict)
    hours: tuple[list[float], ...] = field(default_factory=lambda: tuple([] for _ in HOURS))

    def row(self, title: str) -> Row:
        """As a row of the table."""
        ids = {
            measure: tuple(one for bits, found in self.ids.items() if bits & BITS[measure] for one in found)
            for measure in MEASURES
        }
        return Row(title, title, ids, _medians(self.hours))


def figures(office: Office, first: date, last: date, by: str) -> Table:
    """The figures of a period, both days counted, by a key of GROUPS."""
    with office.read() as session:
        found = ask(session, first, last, by, office.today())
        title_of = _titles(session, by, last)
    titles: dict[Any, str] = {}
    groups: dict[str, _Group] = {}
    for number, value, bits, *hours in found:
        if not bits:
            continue
        title = titles.get(value)
        if title is None:
            title = titles[value] = title_of(value)
        group = groups.get(title)
        if group is None:
            group = groups[title] = _Group()
        group.ids.setdefault(bits, []).append(number)
        for known, hour in zip(group.hours, hours, strict=True):
            if hour is not None:
                known.append(hour)
    rows = [group.row(title) for title, group in groups.items()]
    rows.sort(key=lambda row: (row.title == ELSEWHERE, -row.number("received"), row.title))
    return Table(first, last, by, tuple(rows), _whole(rows, list(groups.values())))


def _titles(session: Session, by: str, last: date) -> Callable[[Any], str]:
    if by == "village":
        village_of = villages_on(session, last)
        return lambda place: village_of.get(place or 0, ELSEWHERE)
    if by == "grid":
        units = Tree(session).all(last)
        return lambda place: units[place].name if place in units else ELSEWHERE
    known = sources.titles(session)
    words: dict[str, Callable[[Any], str]] = {
        "category": lambda word: word or "其他",
        "source": lambda word: known.get(word, word),
        "kind": lambda word: work.KINDS.get(word, word),
    }
    return words[by]


def _medians(hours: Iterable[list[float]]) -> dict[str, float | None]:
    return {clock: median(known) if known else None for clock, known in zip(HOURS, hours, strict=True)}


def _whole(rows: list[Row], groups: list[_Group]) -> Row:
    """The sum of the rows; only the medians are taken anew over all cases."""
    ids = {measure: tuple(number for row in rows for number in row.ids[measure]) for measure in MEASURES}
    every = tuple([hour for group in groups for hour in group.hours[place]] for place in range(len(HOURS)))
    return Row("", "合计", ids, _medians(every))
