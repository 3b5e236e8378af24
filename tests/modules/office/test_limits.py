"""Limits and days off: changed, rehearsed, undone; clocks that follow the rule move, those set by hand stay."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import clocks, loop, work
from gridoffice.domain.work import Case
from gridoffice.modules.office import limits

START = datetime(2026, 11, 20, 9, 0)  # a Friday


def accepted(office: Office, due: date | None = None) -> int:
    """A coordinated case accepted on START, perhaps with a deadline of its own."""
    office.on = START.date()
    with office.unit("登记") as session:
        case = Case(title="三组路灯不亮", kind="K2", found_on=START.date())
        loop.collect(session, case, who="唐琪", now=START)
        loop.act(session, case, "accept", loop.Given("内勤", START, due_on=due))
        return case.id


def red(office: Office, case: int) -> datetime | None:
    with office.read() as session:
        return session.get_one(Case, case).red_at


def given(office: Office, **changed: str) -> dict[str, dict[str, str]]:
    """All limits, the handling of K2 changed."""
    rows = {row.key: dict(row.limits) for row in limits.kinds(office)}
    rows["K2"] |= changed
    return rows


def test_limits_are_told_in_words(office: Office) -> None:
    rows = {row.title: row.words for row in limits.kinds(office)}
    assert rows["协调性"] == {"accept": "1 个工作日", "handle": "5 个工作日", "verify": "2 个工作日"}
    assert rows["突发性"]["accept"] == "30 分钟"
    assert limits.day_end(office) == "17:30"


def test_a_shorter_limit_is_rehearsed_and_moves_what_follows_the_rule(office: Office) -> None:
    follows, by_hand = accepted(office), accepted(office, date(2026, 12, 4))
    found = limits.rehearse_limits(office, given(office, handle="2d"), "17:30")
    assert [shift.case_id for shift in found.shifts] == [follows]
    assert found.sentence == "正在走的 2 件里 1 件的时限会变，逾期件数不变（0 → 0）。"
    assert red(office, follows) == datetime(2026, 11, 27, 17, 30), "a rehearsal changes nothing"
    limits.save_limits(office, given(office, handle="2d"), "18:00", running=True)
    assert red(office, follows) == datetime(2026, 11, 24, 18, 0)
    assert red(office, by_hand) == datetime(2026, 12, 4, 17, 30)
    with office.read() as session:
        assert work.steps_of(session, follows)[-1].verb == "retime"
        assert session.get_one(Case, follows).due_on == date(2026, 11, 24)
    office.undo()
    assert red(office, follows) == datetime(2026, 11, 27, 17, 30)
    assert {row.key: row.words["handle"] for row in limits.kinds(office)}["K2"] == "5 个工作日"


def test_running_cases_may_keep_their_limit(office: Office) -> None:
    case = accepted(office)
    limits.save_limits(office, given(office, handle="2d"), "17:30", running=False)
    assert red(office, case) == datetime(2026, 11, 27, 17, 30)
    with office.read() as session:
        assert clocks.of(session).limit("K2", "handle").words == "2 个工作日"


@pytest.mark.parametrize(("limit", "end"), [("x", "17:30"), ("2d", "25:00"), ("2d", "晚上")])
def test_what_cannot_be_read_is_told(office: Office, limit: str, end: str) -> None:
    with pytest.raises(OfficeError):
        limits.save_limits(office, given(office, handle=limit), end, running=True)
    assert limits.day_end(office) == "17:30"


def test_a_holiday_lengthens_what_runs_over_it_and_goes_back(office: Office) -> None:
    case = accepted(office)
    assert limits.rehearse_day(office, date(2026, 11, 25), "holiday").shifts[0].new == datetime(2026, 11, 30, 17, 30)
    limits.set_day(office, date(2026, 11, 25), "holiday", "县庆")
    assert red(office, case) == datetime(2026, 11, 30, 17, 30)
    day = limits.month(office, 2026, 11)[24]
    assert (day.name, day.is_working, day.is_own) == ("县庆", False, True)
    limits.set_day(office, date(2026, 11, 28), "workday")
    assert red(office, case) == datetime(2026, 11, 28, 17, 30), "a worked Saturday counts"
    limits.set_day(office, date(2026, 11, 25), "")
    assert red(office, case) == datetime(2026, 11, 27, 17, 30)
    names = [day.name for day in limits.month(office, 2026, 10) if not day.is_working][:7]
    assert names == ["国庆节"] * 7
    assert limits.source(2026)[1] and not limits.source(2031)[1]
    assert len(limits.month(office, 2026, 12)) == 31
