"""Who owed a log of which unit on a day: rules, posts, leaves and the tree of that day put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gridoffice.domain.grids import GRID, GridPast, GridUnit, Relocation
from gridoffice.domain.networks import Assignment, Network, Role
from gridoffice.domain.staff import Leave, Staff
from gridoffice.domain.tree import Tree
from gridoffice.forms.logs import Rule
from gridoffice.modules.patrols.spans import DAY, Stretches


@dataclass(frozen=True)
class Debt:
    """A log that is owed: of which unit, by whom on that day (None: nobody holds the post), and whose walk counts."""

    unit_id: int
    staff_id: int | None
    able: frozenset[int]


class Owed:
    """Everything that decides who owes what between two days, read once; constant within a stretch."""

    def __init__(self, session: Session, rules: Iterable[Rule], first: date, last: date) -> None:
        self.tree = Tree(session)
        self.roles = _roles(session)
        self.rules = [rule for rule in rules if (rule.network, rule.role) in self.roles]
        self.posts = _posts(session, first, last)
        self.leaves = session.execute(
            select(Leave.staff_id, Leave.start, Leave.end, Leave.stand_in_id)
            .where(Leave.start <= last, Leave.end >= first)
            .order_by(Leave.id)
        ).all()
        changes: list[date | None] = [*_tree_changes(session)]
        for post in self.posts:
            changes += [post.start, _after(post.end), _after(post.left_on)]
        for leave in self.leaves:
            changes += [leave.start, _after(leave.end)]
        self.stretches = Stretches(first, last, changes)
        self._grids: dict[int, dict[int, int | None]] = {}
        self._debts: dict[tuple[int, str], list[Debt]] = {}
        self._above: dict[int, frozenset[int]] = {}

    def grid_on(self, unit_id: int | None, day: date) -> int | None:
        """The grid (or higher unit) a walk counts for: the unit's that day; of a micro grid the grid it was in."""
        if unit_id is None:
            return None
        known = self._grids.setdefault(self.stretches.place(day), {})
        if unit_id not in known:
            units = self.tree.all(self._day(day))
            place = self.tree.stood_for(unit_id, self._day(day))
            while place is not None and units[place].level > GRID:
                place = units[place].parent_id
            known[unit_id] = place
        return known[unit_id]

    def _day(self, day: date) -> date:
        return self.stretches.cuts[self.stretches.place(day)]

    def role(self, rule: Rule) -> Any:
        """Id, level and need of the role of a rule."""
        return self.roles[rule.network, rule.role]

    def debts(self, rule: Rule, day: date) -> list[Debt]:
        """What a rule makes owed on a day."""
        key = self.stretches.place(day), rule.key
        if key not in self._debts:
            self._debts[key] = self._reckon(rule, self._day(day))
        return self._debts[key]

    def _reckon(self, rule: Rule, day: date) -> list[Debt]:
        role = self.role(rule)
        held = [post for post in self.posts if post.role_id == role.id and _holds(post, day)]
        standing = self.tree.on(day)
        if rule.scope == "person":
            return [self._of_person(post, day) for post in held if self._is_there(post, day)]
        holder: dict[int, Any] = {}
        for post in held:
            for unit_id in [post.unit_id] if role.level >= GRID else self.tree.under(post.unit_id, day):
                if unit_id in standing and standing[unit_id].level == GRID:
                    holder.setdefault(unit_id, post)
        wanted = [unit.id for unit in standing.values() if unit.level == GRID] if role.is_needed else holder
        if role.level < GRID:
            wanted = holder
        return [self._of_unit(unit_id, holder.get(unit_id), day) for unit_id in wanted]

    def _of_person(self, post: Any, day: date) -> Debt:
        other = self._stand_in(post.staff_id, day)
        return Debt(post.unit_id, other or post.staff_id, frozenset({post.staff_id, *([other] if other else [])}))

    def _is_there(self, post: Any, day: date) -> bool:
        return not self._is_away(post.staff_id, day) or self._stand_in(post.staff_id, day) is not None

    def _of_unit(self, unit_id: int, post: Any, day: date) -> Debt:
        second = next(
            (one.staff_id for one in self.posts if one.unit_id == unit_id and one.is_stand_in and _holds(one, day)),
            None,
        )
        usual = post.staff_id if post is not None else None
        if usual is None or not self._is_away(usual, day):
            return Debt(unit_id, usual, frozenset(one for one in (usual, second) if one is not None))
        other = self._stand_in(usual, day)
        if other is None and second is not None and not self._is_away(second, day):
            other = second
        able = frozenset(one for one in (usual, second, other) if one is not None)
        return Debt(unit_id, other or usual, able)

    def _is_away(self, staff_id: int, day: date) -> bool:
        return any(leave.staff_id == staff_id and leave.start <= day <= leave.end for leave in self.leaves)

    def _stand_in(self, staff_id: int, day: date) -> int | None:
        """Whoever stands in by the leave itself, when there that day."""
        named = [
            leave.stand_in_id
            for leave in self.leaves
            if leave.staff_id == staff_id and leave.start <= day <= leave.end and leave.stand_in_id
        ]
        other = max(named, default=None)
        return other if other is not None and not self._is_away(other, day) else None

    def above(self, day: date) -> frozenset[int]:
        """Who holds a post above the grids and none at a grid: such a walk is no worker's."""
        place = self.stretches.place(day)
        if place not in self._above:
            levels: dict[int, set[int]] = defaultdict(set)
            for post in self.posts:
                if _holds(post, self._day(day)):
                    levels[post.staff_id].add(post.level)
            self._above[place] = frozenset(one for one, held in levels.items() if max(held) < GRID)
        return self._above[place]


def _holds(post: Any, day: date) -> bool:
    if (post.start and post.start > day) or (post.end and post.end < day):
        return False
    return bool(post.is_active or (post.left_on is not None and post.left_on >= day))


def _after(day: date | None) -> date | None:
    return day + DAY if day is not None else None


def _roles(session: Session) -> dict[tuple[str, str], Any]:
    wanted = (
        select(Network.key, Role.key.label("role"), Role.id, Role.level, Role.is_needed, Network.title)
        .join(Network, Network.id == Role.network_id)
        .where(Network.is_used)
    )
    return {(row.key, row.role): row for row in session.execute(wanted)}


def _posts(session: Session, first: date, last: date) -> list[Any]:
    wanted = (
        select(
            Assignment.staff_id, Assignment.role_id, Assignment.unit_id, Assignment.start, Assignment.end,
            Staff.is_active, Staff.left_on, Role.level, Role.is_stand_in,
        )
        .join(Role, Role.id == Assignment.role_id)
        .join(Staff, Staff.id == Assignment.staff_id)
        .where(
            or_(Assignment.start.is_(None), Assignment.start <= last),
            or_(Assignment.end.is_(None), Assignment.end >= first),
        )
        .order_by(Role.rank, Assignment.id)
    )  # fmt: skip
    return list(session.execute(wanted).all())


def _tree_changes(session: Session) -> list[date | None]:
    found: list[date | None] = []
    for start, end in session.execute(select(GridUnit.start, GridUnit.end)):
        found += [start, _after(end)]
    for column in (GridPast.until, Relocation.until):
        found += [_after(day) for day in session.scalars(select(column).distinct())]
    return found
