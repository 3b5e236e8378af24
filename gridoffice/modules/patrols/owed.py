"""Who owed a log of which unit on which days: rules, posts, leaves and the tree put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, bindparam, or_, select
from sqlalchemy.orm import Session

from gridoffice.domain.grids import GRID
from gridoffice.domain.networks import Assignment, Network, Role
from gridoffice.domain.staff import Leave, Staff
from gridoffice.domain.tree import Tree
from gridoffice.forms.logs import Rule
from gridoffice.modules.patrols.spans import DAY, Stretches


@dataclass(frozen=True)
class Stint:
    """Days on which the same is owed of a unit by the same person, and whose walks count.

    `staff_id` None: nobody holds the post. `days` has a bit for each day, counted from the first of the reckoning.
    """

    unit_id: int
    staff_id: int | None
    able: frozenset[int]
    days: int


class Owed:
    """Everything that decides who owes what between two days, read once.

    Tree and posts change seldom: between two changes (a stretch) all is reckoned once. Leaves are many, but each
    concerns one person's units only: these alone are cut by them.
    """

    def __init__(self, session: Session, rules: Iterable[Rule], first: date, last: date) -> None:
        self.first, self.last = first, last
        self.tree = Tree(session)
        self.roles = _roles(session)
        self.rules = [rule for rule in rules if (rule.network, rule.role) in self.roles]
        self.posts = _posts(session, first, last)
        self.leaves: dict[int, list[Any]] = defaultdict(list)
        for leave in session.execute(_LEAVES, {"first": first, "last": last}):
            self.leaves[leave.staff_id].append(leave)
        changes: list[date | None] = [*self.tree.changes()]
        for post in self.posts:
            changes += [post.start, _after(post.end), _after(post.left_on)]
        self.stretches = Stretches(first, last, changes)
        self._held = [[post for post in self.posts if _holds(post, day)] for day in self.stretches.cuts]
        self._grids: list[dict[int, int | None]] = [{} for _ in self.stretches.cuts]
        self._stints: dict[str, list[Stint]] = {}

    def bits(self, first: date, last: date) -> int:
        """The bits of the days from one to another, as far as they lie in the reckoning."""
        begin, end = max(0, (first - self.first).days), (min(last, self.last) - self.first).days
        return (1 << (end + 1)) - (1 << begin) if end >= begin else 0

    def day(self, place: int) -> date:
        """The day of a bit."""
        return self.first + place * DAY

    def grids_of(self, unit_id: int) -> Iterator[tuple[int, int]]:
        """The grid (or higher unit) a unit's walks count for, with the days: of a micro grid the grid it was in."""
        for place, (first, last) in enumerate(self.stretches.runs()):
            known = self._grids[place]
            if unit_id not in known:
                known[unit_id] = self._grid(unit_id, first)
            grid = known[unit_id]
            if grid is not None:
                yield grid, self.bits(first, last)

    def _grid(self, unit_id: int, day: date) -> int | None:
        units = self.tree.all(day)
        place = self.tree.stood_for(unit_id, day)
        while place is not None and units[place].level > GRID:
            place = units[place].parent_id
        return place

    def above(self) -> dict[int, int]:
        """Who holds a post above the grids and none at a grid, with the days: such a walk is no worker's."""
        found: dict[int, int] = defaultdict(int)
        for held, (first, last) in zip(self._held, self.stretches.runs(), strict=True):
            lowest: dict[int, int] = {}
            for post in held:
                lowest[post.staff_id] = max(post.level, lowest.get(post.staff_id, post.level))
            for staff_id, level in lowest.items():
                if level < GRID:
                    found[staff_id] |= self.bits(first, last)
        return found

    def role(self, rule: Rule) -> Any:
        """Id, level and need of the role of a rule."""
        return self.roles[rule.network, rule.role]

    def stints(self, rule: Rule) -> list[Stint]:
        """What a rule makes owed in the whole time."""
        if rule.key not in self._stints:
            found: dict[tuple[int, int | None, frozenset[int]], int] = defaultdict(int)
            for held, (first, last) in zip(self._held, self.stretches.runs(), strict=True):
                for unit_id, staff_id, able, days in self._stretch(rule, held, first, last):
                    found[unit_id, staff_id, able] |= days
            self._stints[rule.key] = [Stint(*key, days) for key, days in found.items()]
        return self._stints[rule.key]

    def _stretch(self, rule: Rule, held: list[Any], first: date, last: date) -> Iterator[Owes]:
        role = self.role(rule)
        holders = [post for post in held if post.role_id == role.id]
        if rule.scope == "person":
            for post in holders:
                for day, days in self._cut((post.staff_id,), first, last):
                    other = self._stand_in(post.staff_id, day) if self._is_away(post.staff_id, day) else None
                    if other is not None or not self._is_away(post.staff_id, day):
                        yield post.unit_id, other or post.staff_id, _able(post.staff_id, other), days
            return
        holder = self._holders(role, holders, first)
        seconds: dict[int, int] = {}
        for post in held:
            if post.is_stand_in:
                seconds.setdefault(post.unit_id, post.staff_id)
        wanted: Iterable[int] = holder
        if role.is_needed and role.level >= GRID:
            wanted = [unit.id for unit in self.tree.on(first).values() if unit.level == GRID]
        for unit_id in wanted:
            post = holder.get(unit_id)
            # The B is that of the holder's own unit: a grid's B does not do the round of its village's head.
            second = seconds.get(post.unit_id if post is not None else unit_id)
            yield from self._of_unit(unit_id, post.staff_id if post is not None else None, second, first, last)

    def _holders(self, role: Any, posts: list[Any], day: date) -> dict[int, Any]:
        """Who holds a role for each grid on a day: at the grid, or above it."""
        standing = self.tree.on(day)
        found: dict[int, Any] = {}
        for post in posts:
            for unit_id in [post.unit_id] if role.level >= GRID else self.tree.under(post.unit_id, day):
                if unit_id in standing and standing[unit_id].level == GRID:
                    found.setdefault(unit_id, post)
        return found

    def _of_unit(self, unit_id: int, usual: int | None, second: int | None, first: date, last: date) -> Iterator[Owes]:
        if usual is None or usual not in self.leaves:
            yield unit_id, usual, _able(usual, second), self.bits(first, last)
            return
        for day, days in self._cut((usual, second), first, last):
            if not self._is_away(usual, day):
                yield unit_id, usual, _able(usual, second), days
                continue
            other = self._stand_in(usual, day)
            if other is None and second is not None and not self._is_away(second, day):
                other = second
            yield unit_id, other or usual, _able(usual, second, other), days

    def _cut(self, people: tuple[int | None, ...], first: date, last: date) -> Iterator[tuple[date, int]]:
        """A stretch cut where the leave of some people, or of who stands in for them, begins or ends."""
        known = [one for one in people if one in self.leaves]
        known += [one.stand_in_id for who in known for one in self.leaves[who] if one.stand_in_id in self.leaves]
        changes: list[date | None] = []
        for who in known:
            for leave in self.leaves[who]:
                changes += [leave.start, _after(leave.end)]
        for begin, end in Stretches(first, last, changes).runs():
            yield begin, self.bits(begin, end)

    def _is_away(self, staff_id: int, day: date) -> bool:
        return any(leave.start <= day <= leave.end for leave in self.leaves.get(staff_id, ()))

    def _stand_in(self, staff_id: int, day: date) -> int | None:
        """Whoever stands in by the leave itself, when there that day."""
        named = [
            leave.stand_in_id
            for leave in self.leaves.get(staff_id, ())
            if leave.start <= day <= leave.end and leave.stand_in_id
        ]
        other = max(named, default=None)
        return other if other is not None and not self._is_away(other, day) else None


Owes = tuple[int, int | None, frozenset[int], int]
"""Unit, who owes, whose walks count, on which days."""

_LEAVES = (
    select(Leave.staff_id, Leave.start, Leave.end, Leave.stand_in_id)
    .where(Leave.start <= bindparam("last", type_=Date), Leave.end >= bindparam("first", type_=Date))
    .order_by(Leave.id)
)


def _able(*people: int | None) -> frozenset[int]:
    return frozenset(one for one in people if one is not None)


def _holds(post: Any, day: date) -> bool:
    if (post.start and post.start > day) or (post.end and post.end < day):
        return False
    return bool(post.is_active or (post.left_on is not None and post.left_on >= day))


def _after(day: date | None) -> date | None:
    return day + DAY if day is not None else None


_ROLES = (
    select(Network.key, Role.key.label("role"), Role.id, Role.level, Role.is_needed, Network.title)
    .join(Network, Network.id == Role.network_id)
    .where(Network.is_used)
)


def _roles(session: Session) -> dict[tuple[str, str], Any]:
    return {(row.key, row.role): row for row in session.execute(_ROLES)}


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
