"""到位率 of a random office is what one counts by hand, span by span and log by log."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import shipped
from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.domain.grids import GRID, GridPast, GridUnit, Relocation
from gridoffice.domain.networks import Assignment, Role
from gridoffice.domain.staff import Leave, Staff
from gridoffice.domain.tree import Tree
from gridoffice.forms import logs
from gridoffice.forms.logs import Rule
from gridoffice.modules.patrols import locks
from gridoffice.modules.patrols.model import Patrol, Supplement
from gridoffice.modules.patrols.rates import Reckoning
from gridoffice.modules.patrols.spans import spans
from tests.make import Make

FIRST, LAST = date(2026, 9, 14), date(2026, 10, 18)  # 中秋, 国庆, and Saturdays worked for them
TWICE = Rule("日常巡查", "zongzhi", "assistant", "week", times=2, any_kind=True)
NIGHT = Rule("夜间巡逻", "zongzhi", "worker", "week")


def fill(office: Office, make: Make, seed: int) -> None:
    """A town whose tree, posts and people change in the period, with logs by everybody everywhere."""
    luck = random.Random(seed)
    with office.unit("启用林长制") as session:
        networks.use(session, "forest")
        roles = {(network, key): session.scalar(select(Role.id).join(networks.Network, networks.Network.id ==
                 Role.network_id).where(networks.Network.key == network, Role.key == key))
                 for network, key in (("zongzhi", "worker"), ("zongzhi", "stand_in"), ("zongzhi", "head"),
                 ("zongzhi", "assistant"), ("forest", "forest_ranger"))}  # fmt: skip
    villages = [make.village(name) for name in ("石桥村", "东河村", "西岭村")]
    grids = [make.grid(villages[n % 3]) for n in range(7)]
    cut = FIRST + timedelta(days=luck.randrange(5, 20))
    old = make.grid(villages[0], end=cut)
    new = make.grid(villages[0], start=cut + timedelta(days=1))
    make.add(Relocation(owner="grid_unit", owner_id=old.id, old_unit_id=old.id, new_unit_id=new.id, until=cut))
    make.add(GridPast(unit_id=grids[3].id, parent_id=villages[1].id, level=GRID, name="旧名", until=cut))
    small = make.add(GridUnit(level=GRID + 1, name="微网格", parent_id=grids[0].id, code="W1", pinyin="", initials=""))
    people = [make.staff(f"员工{n}") for n in range(14)]
    gone = make.staff("老张", is_active=False, left_on=FIRST + timedelta(days=10))

    def post(person: Staff, unit: GridUnit, role: tuple[str, str], **more: Any) -> None:
        make.add(Assignment(staff_id=person.id, unit_id=unit.id, role_id=roles[role], **more))

    for n, grid in enumerate([*grids[:6], old, new]):
        post(people[n % 6], grid, ("zongzhi", "worker"))
        if n % 2:
            post(people[6 + n % 3], grid, ("zongzhi", "stand_in"))
    post(gone, grids[6], ("zongzhi", "worker"))
    for n, village in enumerate(villages):
        change = cut if n == 1 else None
        post(people[9 + n], village, ("zongzhi", "head"), end=change)
        if change:
            post(people[5], village, ("zongzhi", "head"), start=change + timedelta(days=1))
    post(people[12], grids[0], ("zongzhi", "assistant"))
    post(people[13], grids[2], ("forest", "forest_ranger"))
    with office.unit("登记") as session:
        for _ in range(14):
            who, other = luck.sample(people, 2)
            start = FIRST + timedelta(days=luck.randrange(30))
            end = start + timedelta(days=luck.randrange(6))
            session.add(
                Leave(staff_id=who.id, start=start, end=end, stand_in_id=other.id if luck.random() < 0.5 else None)
            )
        for _ in range(260):
            unit = luck.choice([*grids, old, new, small, villages[0]])
            who_id = None if luck.random() < 0.05 else luck.choice([*people, gone]).id
            kind = luck.choice(("日常巡查", "夜间巡逻", "森林防火"))
            day = FIRST - timedelta(days=4) + timedelta(days=luck.randrange(44))
            log = Patrol(day=day, start=time(8), end=time(9), unit_id=unit.id, staff_id=who_id, kind=kind)
            session.add(log)
            session.flush()
            if luck.random() < 0.1:
                at = log.day + timedelta(days=9)
                session.add(Supplement(patrol_id=log.id, at=datetime.combine(at, time(9)), who="内勤", text=locks.LATE))


class ByHand:
    """The same reckoned in the plainest way: for each span and grid all posts, leaves and logs are looked through."""

    def __init__(self, session: Session) -> None:
        self.tree = Tree(session)
        self.posts = session.execute(
            select(Assignment, Role, Staff).join(Role, Role.id == Assignment.role_id).join(
                Staff, Staff.id == Assignment.staff_id).order_by(Role.rank, Assignment.id)
        ).all()  # fmt: skip
        self.roles = {
            (network, role.key): role
            for role, network in session.execute(
                select(Role, networks.Network.key).join(networks.Network, networks.Network.id == Role.network_id)
            )
        }
        self.leaves = session.scalars(select(Leave).order_by(Leave.id)).all()
        late = set(session.scalars(select(Supplement.patrol_id)))
        self.logs = [(log, log.id in late) for log in session.scalars(select(Patrol))]

    def held(self, day: date) -> list[Any]:
        return [
            (post, role)
            for post, role, person in self.posts
            if (post.start is None or post.start <= day) and (post.end is None or post.end >= day)
            and (person.is_active or (person.left_on is not None and person.left_on >= day))
        ]  # fmt: skip

    def is_away(self, who: int, day: date) -> bool:
        return any(leave.staff_id == who and leave.start <= day <= leave.end for leave in self.leaves)

    def stand_in(self, who: int, day: date) -> int | None:
        named = [one.stand_in_id for one in self.leaves if one.staff_id == who and one.start <= day <= one.end]
        other = max((one for one in named if one), default=None)
        return other if other and not self.is_away(other, day) else None

    def above(self, day: date) -> set[int]:
        levels: dict[int, list[int]] = {}
        for post, role in self.held(day):
            levels.setdefault(post.staff_id, []).append(role.level)
        return {who for who, found in levels.items() if max(found) < GRID}

    def grid(self, unit: int | None, day: date) -> int | None:
        place = self.tree.stood_for(unit, day) if unit is not None else None
        while place is not None and self.tree.all(day)[place].level > GRID:
            place = self.tree.all(day)[place].parent_id
        return place

    def debts(self, rule: Rule, day: date) -> list[tuple[int, int | None, set[int]]]:
        role = self.roles[rule.network, rule.role]
        holders = [post for post, of in self.held(day) if of.id == role.id]
        if rule.scope == "person":
            found = []
            for post in holders:
                other = self.stand_in(post.staff_id, day) if self.is_away(post.staff_id, day) else None
                if other or not self.is_away(post.staff_id, day):
                    found.append(
                        (post.unit_id, other or post.staff_id, {post.staff_id} | ({other} if other else set()))
                    )
            return found
        grids = [unit.id for unit in self.tree.on(day).values() if unit.level == GRID]
        result: list[tuple[int, int | None, set[int]]] = []
        for grid in grids:
            line = [grid, *(unit.id for unit in self.tree.above(grid, day))]
            post = next((post for post in holders if post.unit_id in (line if role.level < GRID else line[:1])), None)
            if post is None and not (role.is_needed and role.level >= GRID):
                continue
            place = post.unit_id if post else grid
            second = next((one.staff_id for one, of in self.held(day) if one.unit_id == place and of.is_stand_in), None)
            able = {one for one in (post.staff_id if post else None, second) if one}
            who = post.staff_id if post else None
            if who and self.is_away(who, day):
                other = self.stand_in(who, day) or (second if second and not self.is_away(second, day) else None)
                able |= {other} if other else set()
                who = other or who
            result.append((grid, who, able))
        return result

    def count(self, rule: Rule, debt: Any, first: date, last: date, in_time: bool) -> int:
        grid, _who, able = debt
        is_worker = self.roles[rule.network, rule.role].level >= GRID
        number = 0
        for log, is_late in self.logs:
            if not first <= log.day <= last or (in_time and is_late) or not (rule.any_kind or log.kind == rule.kind):
                continue
            if rule.scope == "person":
                number += log.staff_id in able
            elif self.grid(log.unit_id, log.day) == grid:
                number += log.staff_id in able or (is_worker and log.staff_id not in self.above(log.day))
        return min(rule.times, number)

    def sums(self, rules: list[Rule], first: date, last: date) -> Counter[Any]:
        found: Counter[Any] = Counter()
        for rule in rules:
            for span in spans(rule.every, first, last, shipped()):
                for debt in self.debts(rule, span.due):
                    key = rule.key + str(rule.times), debt[0], debt[1]
                    done = self.count(rule, debt, span.first, span.last, False)
                    found[(*key, "planned")] += rule.times
                    found[(*key, "done")] += done
                    found[(*key, "late")] += done - self.count(rule, debt, span.first, span.last, True)
        return +found


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_is_what_one_counts_by_hand(office: Office, make: Make, seed: int) -> None:
    fill(office, make, seed)
    usual = [*logs.rules(), NIGHT]
    with office.read() as session:
        by_hand = ByHand(session)
        for rules in (usual, [TWICE, *usual]):
            kept = [rule for rule in rules if (rule.network, rule.role) in by_hand.roles and rule.network != "fire"]
            made = Reckoning(session, FIRST, LAST, LAST, kept, late=True)
            ours: Counter[Any] = Counter()
            for piece in made.pieces():
                key = piece.rule.key + str(piece.rule.times), piece.unit_id, piece.staff_id
                ours.update({(*key, "planned"): piece.planned, (*key, "done"): piece.done, (*key, "late"): piece.late})
                told = list(made.each(piece))
                assert sum(done for _, done, _ in told) == piece.done
                assert sum(late for *_, late in told) == piece.late
                assert len(told) * piece.rule.times == piece.planned
            assert +ours == by_hand.sums(kept, FIRST, LAST)
    assert sum(number for key, number in ours.items() if key[-1] == "late") > 3
