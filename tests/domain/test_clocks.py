"""Clocks of a case: limits as data, working days with holidays and 调休, amber before red, words."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from sqlalchemy import select

from gridoffice.core.calendar import shipped as calendar
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import clocks, settings, work, workdays
from gridoffice.domain.clocks import Limit
from gridoffice.domain.work import CLOSED, COLLECTED, HANDLED, TAKEN
from tests.make import Make

RULES = clocks.shipped()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("limit", "start", "red"),
    [
        ("30m", "2026-11-21 23:50", "2026-11-22 00:20"),  # minutes run on a Saturday night too
        ("0d", "2026-11-20 09:00", "2026-11-20 17:30"),
        ("0d", "2026-11-20 18:10", "2026-11-20 23:59:59"),
        ("5d", "2026-11-20 09:00", "2026-11-27 17:30"),
        ("1d", "2026-09-18 09:00", "2026-09-20 17:30"),  # a Sunday worked for the National Day
        ("1d", "2026-09-30 09:00", "2026-10-08 17:30"),  # the holiday is left out
        ("2d", "2026-10-08 09:00", "2026-10-10 17:30"),  # a Saturday worked
        ("2d", "2026-02-13 16:00", "2026-02-24 17:30"),  # 2-14 worked, then the Spring Festival
    ],
)
def test_deadlines(limit: str, start: str, red: str) -> None:
    assert RULES.deadline(Limit.read(limit), at(start), calendar()) == at(red)


@pytest.mark.parametrize(
    ("start", "red", "amber"),
    [
        ("2026-11-20 09:00", "2026-11-27 17:30", "2026-11-27 00:00"),  # of five days the last
        ("2026-11-20 09:00", "2026-12-11 17:30", "2026-12-09 00:00"),  # of fifteen the last three
        ("2026-11-20 09:00", "2026-11-20 10:00", "2026-11-20 09:48"),  # of an hour the last twelve minutes
    ],
)
def test_amber_comes_before_red(start: str, red: str, amber: str) -> None:
    assert RULES.amber_at(at(start), at(red), calendar()) == at(amber)


@pytest.mark.parametrize(
    ("state", "amber", "red", "words"),
    [
        (COLLECTED, "2026-11-17", "2026-11-18 09:00", "late|待受理，逾期 2 天"),
        (TAKEN, "2026-11-20", "2026-11-20 17:30", "soon|处理中，今天到期"),
        (TAKEN, "2026-11-20", "2026-11-20 09:20", "soon|处理中，还剩 20 分钟"),
        (TAKEN, "2026-11-20", "2026-11-21 17:30", "soon|处理中，明天到期"),
        (TAKEN, "2027-01-08", "2027-01-08 17:30", "plain|处理中"),
        (TAKEN, "2026-11-20", "2026-11-20 08:15", "late|处理中，逾期 45 分钟"),
        (HANDLED, "2026-11-23", "2026-11-24 17:30", "plain|待核查"),
        (CLOSED, None, None, "done|已结案"),
    ],
)
def test_standing(state: str, amber: str | None, red: str | None, words: str) -> None:
    marks = [at(text) if text else None for text in (amber, red)]
    assert clocks.standing(state, marks[0], marks[1], at("2026-11-20 09:00")) == words


def test_working_days_late_leave_out_weekends() -> None:
    late = clocks.days_late(at("2026-11-20 17:30"), at("2026-11-23 08:00"), calendar())
    assert late == 1
    assert clocks.days_late(at("2026-11-20 17:30"), at("2026-11-22 08:00"), calendar()) == 0
    assert [rung.title for n in (0, 1, 3, 9) if (rung := RULES.rung(n))] == ["普通督办", "黄牌督办", "红牌督办"]


def test_the_office_changes_limits_and_days(office: Office) -> None:
    with office.unit("改时限") as session:
        settings.put(session, clocks.SETTING, '{"K2": {"handle": "7d"}, "day_end": "18:00"}')
        session.add(workdays.CalendarDay(day=date(2026, 11, 23), kind=workdays.HOLIDAY, name="县庆"))
        session.add(workdays.CalendarDay(day=date(2026, 11, 28), kind=workdays.WORKDAY))
    with office.read() as session:
        rules, days = clocks.of(session), clocks.calendar_of(session)
    assert (rules.limit("K2", "handle").words, rules.limit("K4", "handle").words) == ("7 个工作日", "15 个工作日")
    red = rules.deadline(rules.limit("K2", "handle"), at("2026-11-20 09:00"), days)
    assert red == at("2026-12-01 18:00")  # 23rd off; 24-27, 28 worked, 30, 1 December
    assert days.left_out(date(2026, 11, 21), date(2026, 11, 29)) == [
        (date(2026, 11, 21), "周六"),
        (date(2026, 11, 22), "周日"),
        (date(2026, 11, 23), "县庆"),
        (date(2026, 11, 29), "周日"),
    ]


@pytest.mark.parametrize("text", ["", "5", "x", "5h", "0m", "-1d"])
def test_a_limit_that_is_none_is_told(text: str) -> None:
    with pytest.raises(OfficeError, match="看不懂"):
        Limit.read(text)


def test_lateness_follows_the_clock_in_a_question_that_is_kept(
    office: Office, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lists keep their SQL; the moment in it must not be that of the first time it was asked."""
    red = at("2026-11-20 12:00")
    make.case(found_on=date(2026, 11, 20), red_at=red, amber_at=red)
    now = [at("2026-11-20 11:59")]
    monkeypatch.setattr(work, "moment", lambda _on: now[0])
    kept = [select(work.Case.id).where(work.is_late(day)) for day in (date(2026, 11, 20), date.today())]
    with office.read() as session:
        assert [len(session.scalars(one).all()) for one in kept] == [0, 0]
        now[0] = at("2026-11-20 12:01")
        assert [len(session.scalars(one).all()) for one in kept] == [1, 1]
