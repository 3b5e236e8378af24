"""The cases' slides: findings in the title, sums that equal their parts, twelve weeks, the latest first."""

from __future__ import annotations

from datetime import date, timedelta

from gridoffice.core.figures import Slide
from gridoffice.db.office import Office
from gridoffice.domain.work import CLOSED, TAKEN
from gridoffice.modules.cases.service import slides
from tests.make import Make
from tests.modules.cases.test_figures import at, case

DAY = date(2026, 11, 20)  # a Friday; its week began on the 16th


def by_key(office: Office, on: date = DAY) -> dict[str, Slide]:
    """The slides of a week, seen on DAY."""
    office.on = DAY
    return {slide.key: slide for slide in slides(office, on)}


def fill(make: Make) -> None:
    """石桥村: two new, one of them closed; 东河村: one old and late, one closed this week; one case of no village."""
    stone, east = make.grid(make.village("石桥村")), make.grid(make.village("东河村"))
    make.case(unit_id=stone.id, found_on=date(2026, 11, 16), due_on=date(2026, 11, 27))
    make.case(unit_id=stone.id, found_on=date(2026, 11, 17), state=CLOSED, closed_on=date(2026, 11, 18))
    make.case(unit_id=east.id, found_on=date(2026, 10, 1), due_on=date(2026, 10, 9), state=TAKEN)
    make.case(unit_id=east.id, found_on=date(2026, 11, 9), state=CLOSED, closed_on=date(2026, 11, 20))
    make.case("镇里电话", found_on=date(2026, 11, 19), category="民生服务", due_on=date(2026, 11, 30))


def test_the_week_by_village(office: Office, make: Make) -> None:
    fill(make)
    slide = by_key(office)["cases_week"]
    assert slide.title == "本周新增 3 件，石桥村最多（2 件，占 67%）"
    assert slide.labels == ("石桥村", "东河村", "镇直和其他")
    assert {series.name: series.values for series in slide.series} == {
        "新增": (2.0, 0.0, 1.0),
        "办结": (1.0, 1.0, 0.0),
        "未办结": (1.0, 1.0, 1.0),
    }
    assert slide.total == "新增 3 · 办结 2 · 未办结 3 件"
    assert slide.period == "2026年11月16日—11月20日"


def test_a_past_week_is_shown_as_it_was(office: Office, make: Make) -> None:
    fill(make)
    slide = by_key(office, date(2026, 11, 13))["cases_week"]
    assert slide.title == "上周新增 1 件，都在东河村"
    assert slide.total == "新增 1 · 办结 0 · 未办结 2 件"


def test_trend_of_twelve_weeks(office: Office, make: Make) -> None:
    fill(make)
    slide = by_key(office)["cases_trend"]
    new, closed = slide.series
    assert (len(slide.labels), slide.labels[0], slide.labels[-1]) == (12, "8/31", "11/16")
    assert (sum(new.values), new.values[-1], sum(closed.values), closed.values[-1]) == (5.0, 3.0, 2.0, 2.0)
    assert slide.total == "12 周合计：新增 5 · 办结 2 件"
    assert slide.title == "本周新增 3 件，比前 11 周平均多 3 件；12 周里少办结 3 件"


def test_categories_of_the_week(office: Office, make: Make) -> None:
    fill(make)
    slide = by_key(office)["cases_categories"]
    assert slide.title == "本周问题里市政设施最多（2 件）"
    assert sum(slide.series[0].values) == 3.0
    assert slide.total == "合计 3 件"


def test_the_latest_stand_first_and_the_rest_is_named(office: Office, make: Make) -> None:
    fill(make)
    slide = by_key(office)["cases_late"]
    assert slide.title == "逾期 1 件，最久的已逾期 42 天"
    assert slide.rows[0][-1] == "42 天"
    for days in range(1, 12):
        due = DAY - timedelta(days=days)
        make.case(found_on=due, due_on=due)
    slide = by_key(office)["cases_late"]
    assert (len(slide.rows), slide.total) == (10, "逾期 12 件")
    assert "只列逾期最久的 10 件" in slide.note


def test_a_past_week_names_what_was_late_then(office: Office, make: Make) -> None:
    office.on = DAY
    due = DAY - timedelta(days=20)
    make.case("后来办结", found_on=due, due_on=due, state=CLOSED, closed_on=DAY - timedelta(days=1))
    make.case("早已办结", found_on=due, due_on=due, state=CLOSED, closed_on=DAY - timedelta(days=15))
    assert by_key(office)["cases_late"].rows == ()
    assert [row[1] for row in by_key(office, DAY - timedelta(days=7))["cases_late"].rows] == ["后来办结"]


def test_an_empty_office_has_sentences_too(office: Office) -> None:
    assert [slide.title for slide in by_key(office).values()] == [
        "本周没有新增事项，未办结 0 件",
        "本周新增 0 件，与平时持平；办结跟上了新增",
        "本周没有新增事项",
        "没有逾期事项",
        "没有连续两次例会未办结的事项",
        "本周没有办结反馈的事项",
    ]


def test_two_villages_alike_are_not_ranked(office: Office, make: Make) -> None:
    for name in ("石桥村", "东河村"):
        make.case(unit_id=make.grid(make.village(name)).id, found_on=DAY)
    assert by_key(office)["cases_week"].title == "本周新增 2 件，分布在 2 个村（社区）"


def test_carried_over_cases_name_their_leader_or_that_none_is_set(office: Office, make: Make) -> None:
    fill(make)
    leader = make.staff("王建国")
    make.case(
        "路面破损", found_on=date(2026, 11, 9), state=TAKEN, handler="水电站", supervision=1, supervisor_id=leader.id
    )
    slide = by_key(office)["cases_carried"]
    assert slide.title == "二次通报 2 件，其中 1 件未定督办领导"
    assert slide.total == "有督办领导 1 · 未定督办领导 1 · 合计 2 件"
    assert [row[-1] for row in slide.rows] == ["未定督办领导", "王建国"], "the oldest first"
    assert slide.rows[1][1:4] == ("路面破损", "10 天", "水电站"), "two weeks of working days, both days counted"


def test_in_time_and_late_make_what_was_handled(office: Office, make: Make) -> None:
    stone, east = make.grid(make.village("石桥村")), make.grid(make.village("东河村"))
    done = (("verify", at(18, 15)), ("close", at(19, 11)))
    case(office, stone, 16, ("accept", at(16, 11)), ("dispatch", at(16, 12)), ("take", at(16, 13)),
         ("handle", at(17, 11)), *done)  # fmt: skip
    case(office, east, 2, ("accept", at(2, 11)), ("dispatch", at(2, 12)), ("take", at(2, 13)), ("handle", at(17, 11)))
    slide = by_key(office)["cases_in_time"]
    assert slide.title == "本周办结反馈 2 件，50% 按时；回访 1 件，都满意"
    assert slide.total == "按时 1 · 超时 1 · 合计 2 件"
    assert sum(sum(series.values) for series in slide.series) == 2
    assert dict((row[0], row[1:4]) for row in slide.rows) == {"石桥村": ("1", "1", "0"), "东河村": ("1", "0", "1")}


def test_a_quiet_week_has_its_sentence(office: Office, make: Make) -> None:
    make.village("石桥村")
    found = by_key(office)
    assert found["cases_carried"].title == "没有连续两次例会未办结的事项"
    assert found["cases_in_time"].title == "本周没有办结反馈的事项"
