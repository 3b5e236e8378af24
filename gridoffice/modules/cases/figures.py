"""Figures of the closed loop in a period: received, in time, median hours, reopened, satisfied; parts equal the whole.

By grid, village, category, source or kind. A case counts in the period in which the step was taken, in the tree of the
period's last day. Every figure names the cases behind it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from sqlalchemy import DateTime, func, select
from sqlalchemy.orm import Session

from gridoffice.db.office import Office
from gridoffice.domain import sources, work
from gridoffice.domain.tree import Tree, placed_on, villages_on
from gridoffice.domain.work import Case, CaseStep

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

    def share(self, part: str, whole: str) -> float | None:
        """One measure's share of another, 0–1; None when there is nothing to divide."""
        return self.number(part) / self.number(whole) if self.ids[whole] else None


@dataclass(frozen=True)
class Table:
    """The figures of a period: a row per group, and the sum, which equals its parts by construction."""

    first: date
    last: date
    by: str
    rows: tuple[Row, ...]
    whole: Row


@dataclass
class _Facts:
    """What became of one case."""

    id: int
    place: int | None
    category: str
    source: str
    kind: str
    found: datetime
    state: str
    closed_on: date | None
    satisfaction: str
    accepted: tuple[datetime, bool] | None = None
    handled: tuple[datetime, bool] | None = None
    closed: datetime | None = None
    reopened: tuple[datetime, ...] = ()


def figures(office: Office, first: date, last: date, by: str) -> Table:
    """The figures of a period, both days counted, by a key of GROUPS."""
    with office.read() as session:
        facts = _facts(session, first, last)
        title_of = _titles(session, by, last)
    groups: dict[str, list[_Facts]] = {}
    for fact in facts:
        groups.setdefault(title_of(fact), []).append(fact)
    rows = [_row(title, found, first, last) for title, found in groups.items()]
    rows = [row for row in rows if any(row.ids.values())]
    rows.sort(key=lambda row: (row.title == ELSEWHERE, -row.number("received"), row.title))
    return Table(first, last, by, tuple(rows), _whole(rows, facts, first, last))


def _facts(session: Session, first: date, last: date) -> list[_Facts]:
    """Every case that stood or moved in the period, with its decisive steps up to the period's end."""
    place = placed_on(Case.__tablename__, Case.id, Case.unit_id, last)
    concerned = (Case.found_on <= last) & (Case.closed_on.is_(None) | (Case.closed_on >= first))
    columns = (Case.id, place, Case.category, Case.source, Case.kind, Case.found_at, Case.found_on, Case.state,
               Case.closed_on, Case.satisfaction)  # fmt: skip
    found: dict[int, _Facts] = {}
    for number, unit, category, source, kind, at, on, state, closed_on, satisfaction in session.execute(
        select(*columns).where(concerned, Case.merged_into_id.is_(None))
    ):
        begun = at or datetime.combine(on, time(9))
        found[number] = _Facts(number, unit, category, source, kind, begun, state, closed_on, satisfaction)
    by = func.lag(CaseStep.due_at, type_=DateTime()).over(partition_by=CaseStep.case_id, order_by=CaseStep.id)
    steps = (
        select(CaseStep.case_id, CaseStep.verb, CaseStep.at, by)
        .where(CaseStep.case_id.in_(select(Case.id).where(concerned)))  # a join reads every step of every year
        .where(CaseStep.at < datetime.combine(last + timedelta(days=1), time(0)))
        .order_by(CaseStep.case_id, CaseStep.id)
    )
    for number, verb, at, due in session.execute(steps):
        if number in found:
            _take(found[number], verb, at, due is None or at <= due)
    return list(found.values())


def _take(fact: _Facts, verb: str, at: datetime, in_time: bool) -> None:
    if verb in ("accept", "handle") and fact.accepted is None:
        fact.accepted = (at, in_time)  # what is handled on the spot was taken up at once
    if verb in ("handle", "reply"):
        fact.handled = (at, in_time)
    if verb == "close":
        fact.closed = at
    if verb in ("rework", "reopen"):
        fact.reopened = (*fact.reopened, at)


def _titles(session: Session, by: str, last: date) -> Callable[[_Facts], str]:
    if by == "village":
        village_of = villages_on(session, last)
        return lambda fact: village_of.get(fact.place or 0, ELSEWHERE)
    if by == "grid":
        units = Tree(session).all(last)
        return lambda fact: units[fact.place].name if fact.place in units else ELSEWHERE
    known = sources.titles(session)
    words: dict[str, Callable[[_Facts], str]] = {
        "category": lambda fact: fact.category or "其他",
        "source": lambda fact: known.get(fact.source, fact.source),
        "kind": lambda fact: work.KINDS.get(fact.kind, fact.kind),
    }
    return words[by]


def _row(title: str, facts: Iterable[_Facts], first: date, last: date) -> Row:
    ids: dict[str, list[int]] = {measure: [] for measure in MEASURES}
    hours: dict[str, list[float]] = {"accept": [], "handle": [], "verify": []}
    for fact in facts:
        for measure in _measures(fact, first, last):
            ids[measure].append(fact.id)
        for clock, value in _hours(fact, first, last).items():
            hours[clock].append(value)
    middle = {clock: median(values) if values else None for clock, values in hours.items()}
    return Row(title, title, {measure: tuple(found) for measure, found in ids.items()}, middle)


def _whole(rows: list[Row], facts: list[_Facts], first: date, last: date) -> Row:
    """The sum of the rows; only the medians are taken anew over all cases."""
    ids = {measure: tuple(number for row in rows for number in row.ids[measure]) for measure in MEASURES}
    return Row("", "合计", ids, _row("", facts, first, last).hours)


def _measures(fact: _Facts, first: date, last: date) -> list[str]:
    def inside(at: datetime | None) -> bool:
        return at is not None and first <= at.date() <= last

    found = ["received"] if first <= fact.found.date() <= last else []
    for name, step in (("accepted", fact.accepted), ("handled", fact.handled)):
        if step is not None and inside(step[0]):
            found += [name, f"{name}_in_time"] if step[1] else [name]
    ended = fact.closed or (datetime.combine(fact.closed_on, time(9)) if fact.closed_on else None)
    if inside(ended) and fact.state in work.ENDED:
        found.append("closed")
        if fact.satisfaction in ("good", "fair"):
            found.append("satisfied")
        if fact.satisfaction == "bad":
            found.append("unsatisfied")
    if any(inside(at) for at in fact.reopened):
        found.append("reopened")
    if fact.found.date() <= last and not (fact.state in work.ENDED and fact.closed_on and fact.closed_on <= last):
        found.append("open")
    return found


def _hours(fact: _Facts, first: date, last: date) -> dict[str, float]:
    """Hours of each step that ended in the period."""
    spans = (
        ("accept", fact.found, fact.accepted[0] if fact.accepted else None),
        ("handle", fact.accepted[0] if fact.accepted else fact.found, fact.handled[0] if fact.handled else None),
        ("verify", fact.handled[0] if fact.handled else None, fact.closed),
    )
    found = {}
    for clock, start, end in spans:
        if start is not None and end is not None and end >= start and first <= end.date() <= last:
            found[clock] = (end - start).total_seconds() / 3600
    return found
