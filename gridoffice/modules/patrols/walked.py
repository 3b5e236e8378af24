"""On which days which unit was walked by whom: a line of words a day from the database instead of a row a log."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from sqlalchemy import Date, String, bindparam, case, cast, func, literal, select
from sqlalchemy.orm import Session

from gridoffice.forms.logs import Rule
from gridoffice.modules.patrols import locks
from gridoffice.modules.patrols.model import Patrol
from gridoffice.modules.patrols.owed import Owed

Bag = list[int]
"""Sets of days (bits from the first of the reckoning); a day stands in as many as there were logs that count."""

_FIRST, _LAST = (bindparam(name, type_=Date) for name in ("first", "last"))
_KINDS: Any = bindparam("kinds", expanding=True)


def _number(column: Any) -> Any:
    return func.coalesce(cast(column, String), "")


def _word() -> Any:
    """Unit, person, whether entered late, kind (of those asked for): `12,7,0,夜间巡逻`."""
    late = case((locks.entered_late(), literal(",1,")), else_=literal(",0,"))
    kind = case((Patrol.kind.in_(_KINDS), Patrol.kind), else_="")
    return _number(Patrol.unit_id) + "," + _number(Patrol.staff_id) + late + kind


_ASKED = (
    select(Patrol.day, func.aggregate_strings(_word(), " "))
    .where(Patrol.day.between(_FIRST, _LAST))
    .group_by(Patrol.day)
)
"""In the order of an index that holds all this: nothing is sorted, and no record is read."""


Logs = dict[tuple[int | None, int | None, str, bool], Bag]
"""By unit, person, kind and whether entered late."""


def logs_of(session: Session, owed: Owed) -> Logs:
    """The logs of the time of an `Owed`."""
    if not owed.rules:
        return {}
    kinds = sorted({rule.kind for rule in owed.rules if not rule.any_kind})
    often = any(rule.times > 1 for rule in owed.rules)
    bags: dict[str, Bag] = {}
    given = {"first": owed.first, "last": owed.last, "kinds": kinds}
    for day, text in session.execute(_ASKED, given):
        bit = 1 << (day - owed.first).days
        for word, times in Counter(text.split(" ")).items():
            bag = bags.setdefault(word, [0])
            bag[0] |= bit
            if often:
                bag += [bit] * (times - 1)
    return {_read(word): bag for word, bag in bags.items()}


def _read(word: str) -> tuple[int | None, int | None, str, bool]:
    unit_id, staff_id, late, kind = word.split(",", 3)
    return int(unit_id) if unit_id else None, int(staff_id) if staff_id else None, kind, late == "1"


class Walked:
    """The logs of the time of an `Owed`; with `in_time` those only that were entered before their day was locked."""

    def __init__(self, owed: Owed, logs: Logs, *, in_time: bool = False) -> None:
        self.owed = owed
        self._above = owed.above()
        self._logs = [(unit, who, kind, bag) for (unit, who, kind, late), bag in logs.items() if not (in_time and late)]
        self._grids: dict[str, dict[int, dict[int | None, Bag]]] = {}
        self._people: dict[str, dict[int, Bag]] = {}
        self._plain: dict[str, dict[int, Bag]] = {}

    def _of_kind(self, rule: Rule) -> Iterable[tuple[int | None, int | None, Bag]]:
        for unit_id, staff_id, kind, bag in self._logs:
            if rule.any_kind or kind == rule.kind:
                yield unit_id, staff_id, bag

    def _grid_bags(self, rule: Rule) -> dict[int, dict[int | None, Bag]]:
        """By grid and person, as grids were on the day of each log."""
        key = _key(rule)
        if key not in self._grids:
            found: dict[int, dict[int | None, Bag]] = defaultdict(dict)
            for unit_id, staff_id, bag in self._of_kind(rule):
                for grid, days in self.owed.grids_of(unit_id) if unit_id is not None else ():
                    found[grid].setdefault(staff_id, []).extend(filter(None, (one & days for one in bag)))
            self._grids[key] = found
        return self._grids[key]

    def of_person(self, rule: Rule, able: Iterable[int]) -> Bag:
        """The logs of some people, wherever they walked."""
        key = _key(rule)
        if key not in self._people:
            found: dict[int, Bag] = defaultdict(list)
            for _unit, staff_id, bag in self._of_kind(rule):
                if staff_id is not None:
                    found[staff_id] += bag
            self._people[key] = found
        return [one for who in able for one in self._people[key].get(who, ())]

    def of_grid(self, rule: Rule, grid: int, able: frozenset[int], *, is_worker: bool) -> Bag:
        """The logs of a grid that count: by those who can; of a worker's by anybody not above the grids too."""
        people = self._grid_bags(rule).get(grid, {})
        if not is_worker:
            return [one for who in able for one in people.get(who, ())]
        if not able & self._above.keys():
            return self._workers(rule, grid)
        found: Bag = []
        for who, bag in people.items():
            found += bag if who in able else _without(bag, self._above.get(who or 0, 0))
        return found

    def _workers(self, rule: Rule, grid: int) -> Bag:
        """The logs of a grid by anybody who was not above the grids that day."""
        key = _key(rule)
        if key not in self._plain:
            self._plain[key] = {
                place: [one for who, bag in people.items() for one in _without(bag, self._above.get(who or 0, 0))]
                for place, people in self._grid_bags(rule).items()
            }
        return self._plain[key].get(grid, [])


def _key(rule: Rule) -> str:
    return "" if rule.any_kind else rule.kind


def _without(bag: Bag, days: int) -> Bag:
    return [one & ~days for one in bag] if days else bag


def any_of(bag: Bag) -> int:
    """The days on which there was any log."""
    return reduce(or_, bag, 0)


def number(bag: Bag, days: int) -> int:
    """How many logs there were on some days."""
    return sum((one & days).bit_count() for one in bag)
