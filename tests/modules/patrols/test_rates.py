"""到位率: what is owed by rules, posts, leaves and the working-day calendar, and what was done of it."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.domain.staff import Leave
from gridoffice.forms import logs
from gridoffice.modules.patrols import rates, rates_list
from gridoffice.modules.patrols.model import Patrol
from gridoffice.modules.patrols.rates import Reckoning
from gridoffice.modules.patrols.rates_list import Asked, Row
from gridoffice.modules.patrols.service import slides
from gridoffice.modules.patrols.spans import spans
from tests.make import Make

MONDAY = date(2026, 10, 5)  # 国庆 until Wednesday 7th; Saturday 10th is worked (调休)
SUNDAY = MONDAY + timedelta(days=6)
WORKED = [date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10)]


class Town:
    """Two grids of a village with a head, a worker each, and a B for the first."""

    def __init__(self, office: Office, make: Make) -> None:
        self.office, self.make = office, make
        self.village = make.village("石桥村")
        self.first, self.second = (make.grid(self.village, f"石桥村第{n}网格") for n in (1, 2))
        names = ("唐琪", "白雯颖", "李秀兰", "王村长")
        self.a, self.b, self.other, self.head = (make.staff(name) for name in names)
        make.assign(self.a, self.first)
        make.assign(self.b, self.first, networks.STAND_IN)
        make.assign(self.other, self.second)
        make.assign(self.head, self.village, networks.HEAD)

    def walk(self, unit: int, staff: int | None, *days: date, kind: str = "日常巡查") -> None:
        """Logs as an import brings them."""
        for day in days:
            self.make.add(Patrol(day=day, start=time(8), end=time(9), unit_id=unit, staff_id=staff, kind=kind))

    def lines(self, way: str, first: date = MONDAY, last: date = SUNDAY, on: date = SUNDAY) -> dict[str, Row]:
        """The table by title."""
        self.office.on = on
        return {row.title: row for row in rates_list.rows(way, rates_list.sums(self.office, Asked(first, last)))}


@pytest.fixture
def town(office: Office, make: Make) -> Town:
    return Town(office, make)


def pair(row: Row) -> tuple[int, int]:
    return row.number("done"), row.number("planned")


def test_a_week_with_a_worked_saturday_counts_right(town: Town) -> None:
    town.walk(town.first.id, town.a.id, *WORKED, date(2026, 10, 6))  # a walk in the holiday is none that was owed
    town.walk(town.second.id, town.other.id, WORKED[0], WORKED[0])
    town.walk(town.first.id, town.head.id, WORKED[2])
    by_grid = town.lines("grid")
    assert pair(by_grid["石桥村第1网格"]) == (3 + 1, 3 + 1), "three worked days, and the head's week"
    assert pair(by_grid["石桥村第2网格"]) == (1, 3 + 1)
    by_worker = town.lines("worker")
    assert {name: pair(line) for name, line in by_worker.items()} == {
        "唐琪": (3, 3), "李秀兰": (1, 3), "王村长": (1, 2),
    }  # fmt: skip
    [slide] = slides(town.office, WORKED[2])
    assert (slide.total, slide.rows) == ("巡查 7 次 · 4/6 网格日", (("石桥村", "4", "6", "67%"),))


def test_totals_are_the_sums_of_their_parts_every_way(town: Town) -> None:
    town.walk(town.first.id, town.a.id, *WORKED)
    town.walk(town.second.id, None, WORKED[1])
    sums = set()
    for way in rates.WAYS:
        pairs = [pair(row) for row in town.lines(way).values()]
        sums.add((sum(done for done, _ in pairs), sum(planned for _, planned in pairs)))
    assert sums == {(4, 8)}
    missed = [one for one in rates_list.owings(town.office, Asked(MONDAY, SUNDAY)) if one.missed]
    assert sum(one.missed for one in missed) == 8 - 4
    assert [(one.first, one.unit, one.staff) for one in missed[:1]] == [(WORKED[0], "石桥村第2网格", "李秀兰")]


def test_a_walk_of_b_covers_a_and_counts_for_b_while_a_is_away(town: Town) -> None:
    town.make.add(Leave(staff_id=town.a.id, start=WORKED[1], end=WORKED[2]))
    town.walk(town.first.id, town.a.id, WORKED[0])
    town.walk(town.first.id, town.b.id, WORKED[1])
    by_worker = town.lines("worker")
    assert (pair(by_worker["唐琪"]), pair(by_worker["白雯颖"])) == ((1, 1), (1, 2))


def test_who_is_named_in_the_leave_comes_before_b(town: Town) -> None:
    town.make.add(Leave(staff_id=town.a.id, start=WORKED[0], end=WORKED[2], stand_in_id=town.other.id))
    town.walk(town.first.id, town.other.id, *WORKED)
    assert pair(town.lines("worker")["李秀兰"]) == (3, 6)


def test_the_heads_round_is_not_the_workers(town: Town) -> None:
    town.walk(town.first.id, town.head.id, *WORKED)
    by_worker = town.lines("worker")
    assert (pair(by_worker["唐琪"]), pair(by_worker["王村长"])) == ((0, 3), (1, 2))


def test_a_running_week_is_owed_only_when_its_last_working_day_has_come(town: Town) -> None:
    before = town.lines("worker", on=WORKED[1])
    assert "王村长" not in before
    assert pair(town.lines("worker", on=WORKED[2])["王村长"]) == (0, 2)


def test_past_periods_are_reckoned_with_the_tree_and_posts_of_their_time(town: Town) -> None:
    town.make.grid(town.village, "石桥村第9网格", start=date(2026, 10, 10))
    gone = town.make.staff("老张", is_active=False, left_on=date(2026, 10, 8))
    old = town.make.grid(town.village, "石桥村第8网格", end=date(2026, 10, 8))
    town.make.assign(gone, old)
    town.walk(old.id, gone.id, WORKED[0])
    by_grid = town.lines("grid")
    assert pair(by_grid["石桥村第8网格"]) == (1, 1)
    assert pair(by_grid["石桥村第9网格"])[1] == 1 + 1


def test_forest_rounds_are_owed_by_day_week_month_and_quarter(town: Town) -> None:
    with town.office.unit("启用林长制") as session:
        networks.use(session, "forest")
    people = {}
    for role, unit in (
        ("chief", town.make.town()),
        ("deputy", town.make.town()),
        ("village", town.village),
        ("ranger", town.first),
    ):
        person = people[role] = town.make.staff(f"林{role}")
        with town.office.read() as session:
            role_id = networks.role(session, f"forest_{role}", "forest").id
        town.make.add(networks.Assignment(staff_id=person.id, unit_id=unit.id, role_id=role_id))
    first, last = date(2026, 7, 1), date(2026, 9, 30)
    town.walk(town.first.id, people["chief"].id, date(2026, 8, 3), kind="森林防火")
    town.walk(town.first.id, people["deputy"].id, date(2026, 8, 3), date(2026, 8, 9), kind="森林防火")
    town.walk(town.first.id, people["ranger"].id, *(first + timedelta(days=n) for n in range(92)), kind="森林防火")
    town.walk(town.first.id, people["village"].id, date(2026, 8, 3), kind="日常巡查")
    by_worker = town.lines("worker", first, last, last)
    assert pair(by_worker["林chief"]) == (1, 1)
    assert pair(by_worker["林deputy"]) == (1, 3)
    assert pair(by_worker["林ranger"]) == (92, 92)
    assert pair(by_worker["林village"]) == (0, 14), "another kind of log does not count"
    only = rates_list.rows("network", rates_list.sums(town.office, Asked(first, last, kind="森林防火")))
    assert [(row.title, *pair(row)) for row in only] == [("林长制", 94, 110)]


def test_spans_lie_where_their_last_working_day_lies(office: Office) -> None:
    from gridoffice.core.calendar import shipped

    weeks = spans("week", date(2026, 10, 1), date(2026, 10, 31), shipped())
    assert [span.due for span in weeks] == [date(2026, 10, d) for d in (10, 16, 23, 30)] or weeks[0].first < date(
        2026, 10, 1
    )
    assert sum(len(spans("week", date(2026, m, 1), end, shipped())) for m, end in (
        (10, date(2026, 10, 31)), (11, date(2026, 11, 30)),
    )) == len(spans("week", date(2026, 10, 1), date(2026, 11, 30), shipped()))  # fmt: skip


def test_only_rules_that_are_asked(town: Town) -> None:
    with town.office.read() as session:
        none = Reckoning(session, MONDAY, SUNDAY, SUNDAY, [rule for rule in logs.rules() if rule.kind == "没有"])
        assert list(none.pieces()) == []
