"""Figures of the closed loop: parts equal the whole, in time by the clock that ran, medians, the cases behind."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from gridoffice.db.office import Office
from gridoffice.domain import loop
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.work import Case
from gridoffice.modules.cases import figure_words
from gridoffice.modules.cases.figures import ELSEWHERE, GROUPS, MEASURES, figures
from tests.make import Make

FIRST, LAST = date(2026, 11, 16), date(2026, 11, 20)


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, 0)


def case(office: Office, unit: GridUnit | None, day: int, *steps: tuple[str, datetime], **values: str) -> int:
    """A coordinated case found on a day of November, led through steps."""
    with office.unit("登记") as session:
        made = Case(
            title="三组路灯不亮", kind="K2", found_on=at(day).date(), unit_id=unit.id if unit else None,
            **{"category": "市政设施", "source": "patrol", **values},
        )  # fmt: skip
        loop.collect(session, made, who="唐琪", now=at(day))
        for verb, moment in steps:
            given = loop.Given(
                "内勤", moment, "办理", handler="水电站" if verb == "dispatch" else "", satisfaction="good"
            )
            loop.act(session, made, verb, given)
        return made.id


@pytest.fixture
def cases(office: Office, make: Make) -> dict[str, int]:
    """One closed in time, one accepted late, one sent back, one of no village, one of the week before."""
    stone, east = make.grid(make.village("石桥村")), make.grid(make.village("东河村"))
    return {
        "whole": case(office, stone, 16, ("accept", at(16, 11)), ("dispatch", at(16, 12)), ("take", at(16, 13)),
                      ("handle", at(17, 11)), ("verify", at(17, 15)), ("close", at(18, 11))),
        "late": case(office, east, 16, ("accept", at(18)), category="环境卫生"),
        "again": case(office, stone, 17, ("handle", at(17, 10)), ("rework", at(18)), source="12345"),
        "nowhere": case(office, None, 19),
        "before": case(office, east, 12),
    }  # fmt: skip


@pytest.mark.parametrize("by", list(GROUPS))
def test_the_parts_make_the_whole(office: Office, cases: dict[str, int], by: str) -> None:
    table = figures(office, FIRST, LAST, by)
    for measure in MEASURES:
        assert sum(row.number(measure) for row in table.rows) == table.whole.number(measure), measure
        assert len(set(table.whole.ids[measure])) == table.whole.number(measure), measure
    assert table.whole.number("received") == 4
    assert set(table.whole.ids["open"]) == set(cases.values()) - {cases["whole"]}


def test_in_time_by_the_clock_that_ran(office: Office, cases: dict[str, int]) -> None:
    whole = figures(office, FIRST, LAST, "village").whole
    assert set(whole.ids["accepted"]) == {cases["whole"], cases["late"], cases["again"]}
    assert set(whole.ids["accepted_in_time"]) == {cases["whole"], cases["again"]}
    assert whole.ids["handled_in_time"] == whole.ids["handled"]
    assert whole.ids["reopened"] == (cases["again"],)
    assert whole.ids["closed"] == whole.ids["satisfied"] == (cases["whole"],)
    assert figure_words.cell(whole, "accepted_in_time") == "2（67%）"
    assert figure_words.cell(whole, "satisfied") == "1（100%）", "a share of who was asked, not of what was closed"
    assert figure_words.whole(whole, "received") == 0


def test_groups_and_median_hours(office: Office, cases: dict[str, int]) -> None:
    table = figures(office, FIRST, LAST, "village")
    assert [row.title for row in table.rows] == ["石桥村", "东河村", ELSEWHERE]
    stone = table.rows[0]
    assert stone.hours == {"accept": 1.5, "handle": 12.0, "verify": 24.0}
    assert {row.title for row in figures(office, FIRST, LAST, "source").rows} == {"巡查发现", "12345 热线"}


def test_a_period_before_knows_nothing_of_later_steps(office: Office, cases: dict[str, int]) -> None:
    early = figures(office, date(2026, 11, 9), date(2026, 11, 16), "category")
    assert early.whole.number("received") == 3
    assert early.whole.number("closed") == 0
    assert cases["whole"] in early.whole.ids["open"]


def test_the_fixture_of_a_source_that_printed_39(office: Office, make: Make) -> None:
    """16 + 18 + 4 + 2 = 40 (reference 1.4 §3; the source printed 39)."""
    for category, number in (("民生服务", 16), ("环境卫生", 18), ("矛盾纠纷", 4), ("意见建议", 2)):
        for _ in range(number):
            make.case(category=category, found_on=FIRST)
    table = figures(office, FIRST, LAST, "category")
    assert [row.number("received") for row in table.rows] == [18, 16, 4, 2]
    assert table.whole.number("received") == 40
