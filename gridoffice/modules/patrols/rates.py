"""到位率: logs done ÷ logs owed; every figure is the sum of its pieces, and a piece names the spans it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.domain import workdays
from gridoffice.domain.grids import GRID
from gridoffice.domain.networks import Network
from gridoffice.domain.staff import Staff
from gridoffice.domain.tree import villages_on
from gridoffice.forms import logs
from gridoffice.forms.logs import Rule
from gridoffice.modules.patrols.owed import Owed, Stint
from gridoffice.modules.patrols.spans import Span, spans
from gridoffice.modules.patrols.walked import Bag, Walked, any_of, logs_of, number

WAYS = {"village": "村（社区）", "grid": "网格", "worker": "人员", "network": "责任网", "kind": "类型"}
"""By what the figures are laid out."""


@dataclass(frozen=True)
class Piece:
    """What one rule made owed of one unit by one person on some days (bits), and how much was done, and entered late.

    `bags`: the logs that count, and those of them entered in time; `Reckoning.each` tells it span by span.
    """

    rule: Rule
    unit_id: int
    staff_id: int | None
    planned: int
    done: int
    late: int
    days: int = field(repr=False)
    bags: tuple[Bag, Bag] = field(repr=False)


class Reckoning:
    """Planned and done of a period; `last` is cut at the day it is asked. With `late` also what was entered late."""

    def __init__(
        self, session: Session, first: date, last: date, on: date, rules: Iterable[Rule] | None = None,
        *, late: bool = False,
    ) -> None:  # fmt: skip
        self.session, self.first, self.last = session, first, min(last, on)
        calendar = workdays.of(session)
        wanted = logs.rules() if rules is None else tuple(rules)
        self.spans = {rule.every: spans(rule.every, first, self.last, calendar) for rule in wanted}
        begin = min([first, *(span.first for found in self.spans.values() for span in found)])
        self.owed = Owed(session, wanted, begin, max(first, self.last))
        self._bits = {every: [self._bit(span) for span in found] for every, found in self.spans.items()}
        self._due = {every: sum(due for due, _ in found) for every, found in self._bits.items()}
        found = logs_of(session, self.owed)
        self.walked = Walked(self.owed, found)
        is_any = late and any(was_late for *_, was_late in found)
        self.in_time = Walked(self.owed, found, in_time=True) if is_any else self.walked
        self._villages: dict[int, str] | None = None

    def _bit(self, span: Span) -> tuple[int, int]:
        return self.owed.bits(span.due, span.due), self.owed.bits(span.first, span.last)

    def pieces(self) -> Iterator[Piece]:
        """All that was owed and done."""
        for rule in self.owed.rules:
            for stint in self.owed.stints(rule):
                if stint.days & self._due[rule.every]:
                    yield self._piece(rule, stint)

    def _piece(self, rule: Rule, stint: Stint) -> Piece:
        bag = self._bag(self.walked, rule, stint)
        planned, done = self._sums(rule, stint.days, bag)
        in_time = bag if self.in_time is self.walked else self._bag(self.in_time, rule, stint)
        late = done - self._sums(rule, stint.days, in_time)[1] if in_time is not bag else 0
        return Piece(rule, stint.unit_id, stint.staff_id, planned, done, late, stint.days, (bag, in_time))

    def _bag(self, walked: Walked, rule: Rule, stint: Stint) -> Bag:
        if rule.scope == "person":
            return walked.of_person(rule, stint.able)
        return walked.of_grid(rule, stint.unit_id, stint.able, is_worker=self.owed.role(rule).level >= GRID)

    def _sums(self, rule: Rule, days: int, bag: Bag) -> tuple[int, int]:
        """Planned and done on the days of a stint."""
        due = days & self._due[rule.every]
        if rule.times == 1 and rule.every in ("day", "working_day"):
            return due.bit_count(), (due & any_of(bag)).bit_count()
        spanned = [whole for last, whole in self._bits[rule.every] if last & days]
        return rule.times * len(spanned), sum(min(rule.times, number(bag, whole)) for whole in spanned)

    def each(self, piece: Piece) -> Iterator[tuple[Span, int, int]]:
        """The spans of a piece, with what was done in each and how much of that was entered late."""
        bag, in_time = piece.bags
        for span, (due, whole) in zip(self.spans[piece.rule.every], self._bits[piece.rule.every], strict=True):
            if due & piece.days:
                done = min(piece.rule.times, number(bag, whole))
                yield span, done, done - min(piece.rule.times, number(in_time, whole))

    def last_due(self, piece: Piece) -> date:
        """The last day of a piece on which something was due."""
        days = piece.days & self._due[piece.rule.every]
        return self.owed.day(days.bit_length() - 1)

    def village(self, unit_id: int) -> str:
        """The village a unit lies in on the last day, "" above the villages."""
        return self._known().get(unit_id, "")

    @property
    def villages(self) -> list[str]:
        """The villages of the last day, in the order of the tree."""
        return list(dict.fromkeys(self._known().values()))

    def _known(self) -> dict[int, str]:
        if self._villages is None:
            self._villages = villages_on(self.session, self.last, self.owed.tree)
        return self._villages

    def unit_name(self, unit_id: int, day: date) -> str:
        """What a unit was called on a day."""
        return self.owed.tree.all(self.owed.stretches.start(day))[unit_id].name


def staff_names(session: Session) -> dict[int, str]:
    """Everybody's name by id."""
    return dict(session.execute(_NAMES).all())


def network_titles(session: Session) -> dict[str, str]:
    """Every network's title by key."""
    return dict(session.execute(_TITLES).all())


_NAMES, _TITLES = select(Staff.id, Staff.name), select(Network.key, Network.title)
