"""到位率: logs done ÷ logs owed, by village, grid, worker, network and kind; totals are the sums of their parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.db.office import Office
from gridoffice.domain import workdays
from gridoffice.domain.grids import GRID
from gridoffice.domain.networks import Network
from gridoffice.domain.staff import Staff
from gridoffice.domain.tree import villages_on
from gridoffice.forms import logs
from gridoffice.forms.logs import Rule
from gridoffice.modules.patrols import locks
from gridoffice.modules.patrols.model import Patrol
from gridoffice.modules.patrols.owed import Debt, Owed
from gridoffice.modules.patrols.spans import Span, spans

WAYS = {"village": "村（社区）", "grid": "网格", "worker": "人员", "network": "责任网", "kind": "类型"}
"""By what the figures are laid out."""


@dataclass(frozen=True)
class Part:
    """What one rule made owed of one unit by one person in a period, and what was done of it."""

    rule: Rule
    unit_id: int
    staff_id: int | None
    planned: int
    done: int


@dataclass(frozen=True)
class Line:
    """A line of the table: its words, planned and done, and what of the list of logs stands behind it."""

    title: str
    planned: int
    done: int
    filters: tuple[tuple[str, Any], ...] = ()

    @property
    def missed(self) -> int:
        """What is missing."""
        return self.planned - self.done

    @property
    def percent(self) -> int:
        """Done of planned, in per cent; 0 when nothing was owed."""
        return round(100 * self.done / self.planned) if self.planned else 0


@dataclass(frozen=True)
class Missing:
    """A log that was owed and is not there: in which span, of which unit, by whom, by which rule."""

    first: date
    last: date
    unit_id: int
    unit: str
    staff: str
    rule: Rule
    short: int


class Walks:
    """The logs of a period, laid out once as the rules ask for them; perhaps those entered in time only."""

    def __init__(self, session: Session, owed: Owed, first: date, last: date, *, in_time: bool = False) -> None:
        self.owed = owed
        wanted = select(Patrol.unit_id, Patrol.staff_id, Patrol.kind, Patrol.day).where(Patrol.day.between(first, last))
        self.rows = session.execute(wanted.where(~locks.entered_late()) if in_time else wanted).all()
        self._units: dict[str, dict[int, dict[date, list[int | None]]]] = {}
        self._persons: dict[str, dict[int, dict[date, int]]] = {}

    def of_units(self, rule: Rule) -> dict[int, dict[date, list[int | None]]]:
        """By grid and day who walked it."""
        key = "" if rule.any_kind else rule.kind
        if key not in self._units:
            found: dict[int, dict[date, list[int | None]]] = defaultdict(dict)
            grid_on = self.owed.grid_on
            for unit_id, staff_id, kind, day in self.rows:
                if key and kind != key:
                    continue
                grid = grid_on(unit_id, day)
                if grid is not None:
                    found[grid].setdefault(day, []).append(staff_id)
            self._units[key] = found
        return self._units[key]

    def of_persons(self, rule: Rule) -> dict[int, dict[date, int]]:
        """By person and day how often."""
        key = "" if rule.any_kind else rule.kind
        if key not in self._persons:
            found: dict[int, dict[date, int]] = defaultdict(dict)
            for _unit, staff_id, kind, day in self.rows:
                if staff_id is not None and (not key or kind == key):
                    found[staff_id][day] = found[staff_id].get(day, 0) + 1
            self._persons[key] = found
        return self._persons[key]

    def count(self, rule: Rule, debt: Debt, span: Span) -> int:
        """How many logs of a span count for a debt, as many as are owed at most."""
        if rule.scope == "person":
            walks = self.of_persons(rule)
            number = sum(
                times
                for one in debt.able
                for day, times in walks.get(one, {}).items()
                if span.first <= day <= span.last
            )
            return min(rule.times, number)
        walked = self.of_units(rule).get(debt.unit_id, {})
        if span.first == span.last:
            days = [span.first] if span.first in walked else []
        else:
            days = [day for day in walked if span.first <= day <= span.last]
        is_worker = self.owed.role(rule).level >= GRID
        number = 0
        for day in days:
            above = self.owed.above(day) if is_worker else frozenset()
            for who in walked[day]:
                number += who in debt.able or (is_worker and who not in above)
        return min(rule.times, number)


class Reckoning:
    """Planned and done of a period; `last` is cut at the day it is asked."""

    def __init__(
        self, session: Session, first: date, last: date, on: date, rules: Iterable[Rule] | None = None
    ) -> None:
        self.session, self.first, self.last = session, first, min(last, on)
        calendar = workdays.of(session)
        wanted = logs.rules() if rules is None else tuple(rules)
        self.spans = {rule.every: spans(rule.every, first, self.last, calendar) for rule in wanted}
        begin = min([first, *(span.first for found in self.spans.values() for span in found)])
        self.owed = Owed(session, wanted, begin, max(first, self.last))
        self.begin = begin
        self.walks = Walks(session, self.owed, begin, self.last)
        self._villages = villages_on(session, self.last, self.owed.tree)

    def parts(self) -> list[Part]:
        """By rule, unit and person what was owed and what was done."""
        sums: dict[tuple[str, int, int | None], list[int]] = {}
        rules = {rule.key: rule for rule in self.owed.rules}
        for rule in self.owed.rules:
            for span in self.spans[rule.every]:
                for debt in self.owed.debts(rule, span.due):
                    pair = sums.setdefault((rule.key, debt.unit_id, debt.staff_id), [0, 0])
                    pair[0] += rule.times
                    pair[1] += self.walks.count(rule, debt, span)
        return [Part(rules[key], unit, staff, pair[0], pair[1]) for (key, unit, staff), pair in sums.items()]

    def missing(self) -> list[Missing]:
        """Every log that was owed and is not there, the earliest first."""
        found: list[tuple[Span, Debt, Rule, int]] = []
        for rule in self.owed.rules:
            for span in self.spans[rule.every]:
                for debt in self.owed.debts(rule, span.due):
                    short = rule.times - self.walks.count(rule, debt, span)
                    if short > 0:
                        found.append((span, debt, rule, short))
        names = staff_names(self.session)
        found.sort(key=lambda one: (one[0].due, one[1].unit_id))
        return [
            Missing(
                span.first, span.last, debt.unit_id, self.unit_name(debt.unit_id, span.due),
                names.get(debt.staff_id or 0, "暂缺"), rule, short,
            )
            for span, debt, rule, short in found
        ]  # fmt: skip

    def village(self, unit_id: int) -> str:
        """The village a unit lies in on the last day, "" above the villages."""
        return self._villages.get(unit_id, "")

    @property
    def villages(self) -> list[str]:
        """The villages of the last day, in the order of the tree."""
        return list(dict.fromkeys(self._villages.values()))

    def unit_name(self, unit_id: int, day: date) -> str:
        """What a unit was called on a day."""
        return self.owed.tree.all(day)[unit_id].name

    def lines(self, way: str, parts: list[Part]) -> list[Line]:
        """The parts summed one way, in the order of the tree or of the names; their sums are those of `parts`."""
        sums: dict[Any, list[int]] = {}
        for part in parts:
            pair = sums.setdefault(self._group(way, part), [0, 0])
            pair[0] += part.planned
            pair[1] += part.done
        naming = self._titles(way)
        period: tuple[tuple[str, Any], ...] = (("from", self.first), ("to", self.last))
        lines = [
            Line(naming(key), planned, done, (*_filter(way, key), *period)) for key, (planned, done) in sums.items()
        ]
        return sorted(lines, key=lambda line: (line.percent, line.title))

    def _group(self, way: str, part: Part) -> Any:
        if way == "village":
            return self.village(part.unit_id) or "全镇"
        plain: dict[str, Any] = {
            "grid": part.unit_id,
            "worker": part.staff_id,
            "network": part.rule.network,
            "kind": part.rule.kind,
        }
        return plain[way]

    def _titles(self, way: str) -> Callable[[Any], str]:
        if way == "grid":
            return lambda key: self.unit_name(key, self.last)
        if way == "worker":
            names = staff_names(self.session)
            return lambda key: names.get(key, "暂缺") if key else "暂缺"
        if way == "network":
            titles = network_titles(self.session)
            return lambda key: titles[key]
        return str


def _filter(way: str, key: Any) -> tuple[tuple[str, Any], ...]:
    kept = {"grid": "unit", "worker": "staff"}.get(way)
    return ((kept, key),) if kept and key is not None else ()


def staff_names(session: Session) -> dict[int, str]:
    """Everybody's name by id."""
    return dict(session.execute(select(Staff.id, Staff.name)).all())


def network_titles(session: Session) -> dict[str, str]:
    """Every network's title by key."""
    return dict(session.execute(select(Network.key, Network.title)).all())


def table(office: Office, way: str, first: date, last: date, on: date, kind: str = "") -> list[Line]:
    """The table of a period laid out one way, perhaps of one kind only; the caller adds the sum of its lines."""
    with office.read() as session:
        reckoning = Reckoning(session, first, last, on, _of_kind(kind))
        return reckoning.lines(way, reckoning.parts())


def missing(office: Office, first: date, last: date, on: date, kind: str = "") -> list[Missing]:
    """What is missing of a period."""
    with office.read() as session:
        return Reckoning(session, first, last, on, _of_kind(kind)).missing()


def _of_kind(kind: str) -> tuple[Rule, ...] | None:
    return tuple(rule for rule in logs.rules() if rule.kind == kind) if kind else None
