"""The grid tree on any day: units as they were called and where they stood then, and what became of the ended ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from gridoffice.domain.grids import VILLAGE, GridPast, GridUnit, Relocation

UNIT = GridUnit.__tablename__


@dataclass(frozen=True)
class Then:
    """A unit as it was on a day; `stands`: it existed that day (else it is as it was nearest to that day)."""

    id: int
    parent_id: int | None
    level: int
    name: str
    code: str | None
    sort: int
    stands: bool


class Tree:
    """All units with their pasts, read once; `on` gives the tree of any day."""

    def __init__(self, session: Session) -> None:
        self._units = session.execute(
            select(
                GridUnit.id, GridUnit.parent_id, GridUnit.level, GridUnit.name, GridUnit.code, GridUnit.sort,
                GridUnit.start, GridUnit.end,
            )
        ).all()  # fmt: skip
        self._pasts: dict[int, list[Any]] = {}
        pasts = select(
            GridPast.unit_id, GridPast.until, GridPast.parent_id, GridPast.level, GridPast.name, GridPast.code
        )
        for past in session.execute(pasts.order_by(GridPast.until, GridPast.id)):
            self._pasts.setdefault(past.unit_id, []).append(past)
        self.heirs: dict[int, list[int]] = {}
        self.origins: dict[int, list[int]] = {}
        made = select(Relocation.owner_id, Relocation.new_unit_id, Relocation.until).where(Relocation.owner == UNIT)
        self._moved: set[date] = set()
        for old, new, until in session.execute(made.order_by(Relocation.until, Relocation.id)):
            self._moved.add(until)
            self.heirs.setdefault(old, []).append(new)
            self.origins.setdefault(new, []).append(old)
        self._days: dict[date, dict[int, Then]] = {}
        self._standing: dict[date, dict[int, Then]] = {}
        self._below: dict[date, dict[int | None, list[int]]] = {}

    def changes(self) -> set[date]:
        """The days from which on something was otherwise than before."""
        ends = {unit.end for unit in self._units} | {past.until for pasts in self._pasts.values() for past in pasts}
        after = {day + timedelta(days=1) for day in ends | self._moved if day is not None}
        return after | {unit.start for unit in self._units if unit.start is not None}

    def all(self, day: date) -> dict[int, Then]:
        """Every unit there ever was, as it was on a day or nearest to it."""
        if day not in self._days:
            self._days[day] = {unit.id: self._then(unit, day) for unit in self._units}
        return self._days[day]

    def _then(self, unit: Any, day: date) -> Then:
        stands = (unit.start is None or unit.start <= day) and (unit.end is None or unit.end >= day)
        asked = max(day, unit.start or day)
        asked = min(asked, unit.end or asked)
        was = next((past for past in self._pasts.get(unit.id, ()) if past.until >= asked), unit)
        return Then(unit.id, was.parent_id, was.level, was.name, was.code, unit.sort, stands)

    def on(self, day: date) -> dict[int, Then]:
        """The units that stood on a day, the higher levels first, in their order."""
        if day not in self._standing:
            standing = [unit for unit in self.all(day).values() if unit.stands]
            standing.sort(key=lambda unit: (unit.level, unit.sort, unit.code is not None, unit.code or "", unit.id))
            self._standing[day] = {unit.id: unit for unit in standing}
        return self._standing[day]

    def under(self, top: int, day: date) -> list[int]:
        """A unit and everything that stood under it on a day."""
        if day not in self._below:
            below: dict[int | None, list[int]] = {}
            for unit in self.on(day).values():
                below.setdefault(unit.parent_id, []).append(unit.id)
            self._below[day] = below
        below = self._below[day]
        found, todo = [top], [top]
        while todo:
            new = below.get(todo.pop(), [])
            found += new
            todo += new
        return found

    def above(self, unit_id: int, day: date) -> list[Then]:
        """The units above one on a day, the highest first."""
        units = self.all(day)
        line: list[Then] = []
        seen = {unit_id}
        parent = units[unit_id].parent_id if unit_id in units else None
        while parent is not None and parent in units and parent not in seen:
            seen.add(parent)
            line.insert(0, units[parent])
            parent = units[parent].parent_id
        return line

    def stood_for(self, unit_id: int, day: date) -> int | None:
        """The unit that stood on a day where this one stood before or later; itself when it stood; None: there is none.

        Of several parts it is the first: a figure must be counted once.
        """
        units = self.all(day)
        for ways in (self.heirs, self.origins):
            todo, seen = [unit_id], set()
            while todo:
                asked = todo.pop(0)
                if asked in seen or asked not in units:
                    continue
                if units[asked].stands:
                    return asked
                seen.add(asked)
                todo += ways.get(asked, [])
        return None

    def now_for(self, unit_id: int) -> list[int]:
        """The units that stand today where an ended one stood; itself while it stands."""
        ends = {unit.id: unit.end for unit in self._units}
        if ends.get(unit_id, date.min) is None:
            return [unit_id]
        return [heir for heir in dict.fromkeys(self.heirs.get(unit_id, [])) if ends.get(heir, date.min) is None]

    def old_names(self) -> Iterable[tuple[int, int | None, str, str | None]]:
        """What units were called before: id, parent, name and code of each past."""
        for unit_id, pasts in self._pasts.items():
            for past in pasts:
                yield unit_id, past.parent_id, past.name, past.code


def villages_on(session: Session, day: date, tree: Tree | None = None) -> dict[int, str]:
    """The village's name on a day for every unit that is one or lies under one; the standing ones in tree order.

    A unit that did not stand that day goes by what stood in its place then, else by where it stood itself.
    """
    tree = tree or Tree(session)
    units = tree.all(day)
    found: dict[int, str] = {}
    standing = tree.on(day)
    for unit_id in [*standing, *(one for one in units if one not in standing)]:
        place = tree.stood_for(unit_id, day) or unit_id
        line = [*tree.above(place, day), units[place]]
        village = next((one for one in line if one.level == VILLAGE), None)
        if village is not None:
            name = village.name if village.stands else units[tree.stood_for(village.id, day) or village.id].name
            found[unit_id] = name
    return found


def placed_on(owner: str, owner_id: Any, unit: Any, day: Any) -> ColumnElement[int | None]:
    """The unit a record (`owner` = table name, `owner_id` and `unit` its columns) stood in on a day, as an expression.

    It is where the earliest redrawing on or after that day found it, else where it stands now.
    """
    then = (
        select(Relocation.old_unit_id)
        .where(Relocation.owner == owner, Relocation.owner_id == owner_id, Relocation.until >= day)
        .order_by(Relocation.until, Relocation.id)
        .limit(1)
    )
    # correlate_except: whatever table the id is of, it is the row's outside.
    return func.coalesce(then.correlate_except(Relocation).scalar_subquery(), unit)


def name_on(day: Any, column: str) -> ColumnElement[Any]:
    """What a row of `grid_unit` held in a column (name, code, parent_id, level) on a day, as an expression."""
    past = (
        select(getattr(GridPast, column))
        .where(GridPast.unit_id == GridUnit.id, GridPast.until >= day)
        .order_by(GridPast.until, GridPast.id)
        .limit(1)
        .correlate_except(GridPast)
    )
    return func.coalesce(past.scalar_subquery(), getattr(GridUnit, column))


def formerly(column: Any) -> ColumnElement[str | None]:
    """All that a row of `grid_unit`, or a unit that became part of it, was called before (GridPast.name or .code)."""
    became = select(Relocation.owner_id).where(Relocation.owner == UNIT, Relocation.new_unit_id == GridUnit.id)
    mine = or_(GridPast.unit_id == GridUnit.id, GridPast.unit_id.in_(became.correlate_except(Relocation)))
    found = select(func.aggregate_strings(column, " ")).where(mine).correlate_except(GridPast)
    return found.scalar_subquery()


def keep_past(session: Session, unit: GridUnit, day: date) -> None:
    """Before a unit's name, code, parent or level changes from a day on: keep what it was until the day before.

    Nothing is kept when it began that day, or was changed that day already: what held until then is kept.
    """
    until = day - timedelta(days=1)
    if unit.start is not None and unit.start > until:
        return
    known = select(GridPast.id).where(GridPast.unit_id == unit.id, GridPast.until >= until).limit(1)
    if session.scalar(known) is not None:
        return
    session.add(
        GridPast(
            unit_id=unit.id, parent_id=unit.parent_id, level=unit.level, name=unit.name, code=unit.code, until=until
        )
    )


def latest_change(session: Session, unit_ids: list[int]) -> date | None:
    """The first day on which all of some units were as they are now; None: since ever."""
    pasts = session.scalar(select(func.max(GridPast.until)).where(GridPast.unit_id.in_(unit_ids)))
    moves = session.scalar(
        select(func.max(Relocation.until)).where(
            or_(Relocation.old_unit_id.in_(unit_ids), Relocation.new_unit_id.in_(unit_ids))
        )
    )
    begun = session.scalar(select(func.max(GridUnit.start)).where(GridUnit.id.in_(unit_ids)))
    days = [day + timedelta(days=1) for day in (pasts, moves) if day is not None] + ([begun] if begun else [])
    return max(days, default=None)


def short(units: dict[int, Then], unit: Then) -> str:
    """A unit's name without its parent's."""
    above = units.get(unit.parent_id) if unit.parent_id is not None else None
    return (unit.name.removeprefix(above.name) if above else unit.name) or unit.name
