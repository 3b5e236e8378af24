"""More time, 督办, 二次通报, the same problem twice, and why a light is red."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import casework, loop, moretime, same, supervise, why, work
from gridoffice.domain.casework import CaseContact, CaseExtension
from gridoffice.domain.work import Case
from tests.make import Make

FOUND = datetime(2026, 11, 5, 9, 0)  # a Thursday


def taken(office: Office, title: str = "三组路灯不亮", unit_id: int | None = None) -> int:
    """A coordinated case accepted on 6 November and being handled."""
    with office.unit("登记") as session:
        case = Case(title=title, kind="K2", found_on=FOUND.date(), category="市政设施", unit_id=unit_id, found_at=FOUND)
        loop.collect(session, case, who="唐琪", now=FOUND)
        accepted = datetime(2026, 11, 6, 10, 0)
        loop.act(session, case, "accept", loop.Given("内勤", accepted, due_on=date(2026, 11, 13)))
        loop.act(session, case, "dispatch", loop.Given("内勤", accepted, handler="水电站"))
        loop.act(session, case, "take", loop.Given("水电站", accepted))
        return case.id


def test_why_it_is_red_in_a_sentence(office: Office) -> None:
    number = taken(office)
    with office.read() as session:
        found = why.explain(session, session.get_one(Case, number), datetime(2026, 11, 18, 9, 0))
    assert found is not None
    assert found.sentence == (
        "协调性事项处理时限 5 个工作日；11月6日 10:00 受理，扣除11月7日—8日（周末），应在11月13日 17:30前处理完，"
        "现已逾期 3 个工作日。"
    )
    assert found.standing == "late|处理中，逾期 5 天"


def test_more_time_is_asked_granted_by_another_and_told(office: Office) -> None:
    number = taken(office)
    now = datetime(2026, 11, 12, 9, 0)
    with office.unit("申请延期") as session:
        moretime.ask(session, session.get_one(Case, number), 3, "等配件", who="水电站", now=now)
    with pytest.raises(OfficeError, match="已经有一份"), office.unit("申请延期") as session:
        moretime.ask(session, session.get_one(Case, number), 3, "等配件", who="水电站", now=now)
    with pytest.raises(OfficeError, match="不能批准自己"), office.unit("审批") as session:
        asked = casework.of_case(session, CaseExtension, number)[0]
        moretime.decide(session, session.get_one(Case, number), asked, is_granted=True, who="水电站", now=now)
    with office.unit("审批") as session:
        asked = casework.of_case(session, CaseExtension, number)[0]
        moretime.decide(session, session.get_one(Case, number), asked, is_granted=True, who="王芳", now=now)
    with office.read() as session:
        case = session.get_one(Case, number)
        assert (case.red_at, case.due_on) == (datetime(2026, 11, 18, 17, 30), date(2026, 11, 18))
        found = why.explain(session, case, now)
        assert found is not None and "王芳11月12日准予延期 3 个工作日" in found.sentence
        assert [step.verb for step in work.steps_of(session, number)][-2:] == ["ask", "grant"]
    office.undo()
    with office.read() as session:
        assert session.get_one(Case, number).due_on == date(2026, 11, 13)


def test_more_time_is_refused_with_a_reason(office: Office) -> None:
    number = taken(office)
    now = datetime(2026, 11, 12, 9, 0)
    with office.unit("申请") as session:
        asked = moretime.ask(session, session.get_one(Case, number), 3, "等配件", who="水电站", now=now)
        with pytest.raises(OfficeError, match="不准延期的原因"):
            moretime.decide(session, session.get_one(Case, number), asked, is_granted=False, who="王芳", now=now)
        moretime.decide(session, session.get_one(Case, number), asked, is_granted=False, who="王芳", now=now, note="急")
    with office.read() as session:
        assert session.get_one(Case, number).due_on == date(2026, 11, 13)
        assert moretime.pending(session, number) is None
    for days in (0, 61):
        with pytest.raises(OfficeError, match="1 到 60"), office.unit("申请") as session:
            moretime.ask(session, session.get_one(Case, number), days, "x", who="水电站", now=now)


def test_the_ladder_is_proposed_by_working_days_and_needs_a_leader(office: Office, make: Make) -> None:
    number, leader = taken(office), make.staff("石主任").id
    with office.read() as session:
        case = session.get_one(Case, number)
        days = [datetime(2026, 11, day, 9, 0) for day in (13, 15, 16, 18, 20)]
        found = [rung.title if (rung := supervise.proposed(session, case, day)) else "" for day in days]
    assert found == ["", "", "普通督办", "黄牌督办", "红牌督办"]
    now = days[3]
    with pytest.raises(OfficeError, match="没有选督办领导"), office.unit("督办") as session:
        supervise.supervise(session, session.get_one(Case, number), 2, None, who="内勤", now=now)
    with office.unit("督办") as session:
        supervise.supervise(session, session.get_one(Case, number), 2, leader, who="内勤", now=now, note="三天内办结")
    with office.read() as session:
        case = session.get_one(Case, number)
        assert (case.supervision, case.supervisor_id) == (2, leader)
        assert supervise.proposed(session, case, now) is None
        assert work.steps_of(session, number)[-1].note == "黄牌督办，由石主任督办：三天内办结"
    with pytest.raises(OfficeError, match="取消督办的原因"), office.unit("取消") as session:
        supervise.supervise(session, session.get_one(Case, number), 0, None, who="内勤", now=now)


def test_a_clock_that_ran_for_months_is_told_in_a_sentence(office: Office) -> None:
    number = taken(office)
    with office.unit("办理") as session:
        case = session.get_one(Case, number)
        now = datetime(2026, 11, 12, 9, 0)
        asked = moretime.ask(session, case, 60, "等审批", who="水电站", now=now)
        moretime.decide(session, case, asked, is_granted=True, who="内勤", now=now)
    with office.read() as session:
        told = why.explain(session, session.get_one(Case, number), now)
    assert told is not None and len(told.sentence) < 140
    assert "扣除周末和元旦" in told.sentence and "（周末）" not in told.sentence


def test_open_at_two_meetings_running_is_carried_over_until_closed(office: Office, make: Make) -> None:
    old = taken(office)
    make.case("新的", found_on=date(2026, 11, 14))
    with office.read() as session:
        assert supervise.last_meetings(session, date(2026, 11, 20)) == (date(2026, 11, 20), date(2026, 11, 13))
        assert [case.id for case in supervise.carried_over(session, date(2026, 11, 20))] == [old]
        assert supervise.carried_over(session, date(2026, 11, 13)) == [session.get_one(Case, old)]
        assert supervise.carried_over(session, date(2026, 11, 12)) == []


def test_the_same_problem_is_found_in_the_same_grid_and_merged(office: Office, make: Make) -> None:
    grid, other = make.grid(make.village("石桥村"), "石桥村第1网格"), make.grid(name="东河村第1网格")
    kept, lost = taken(office, "三组路灯不亮", grid.id), taken(office, "三组桥头路灯不亮了", grid.id)
    taken(office, "三组路灯不亮", other.id)
    on = FOUND.date()
    with office.read() as session:
        found = same.alike(session, grid.id, "市政设施", "三组路灯不亮", "", on, own=kept)
        assert [one.id for one in found] == [lost]
        assert same.alike(session, grid.id, "环境卫生", "三组路灯不亮", "", on) == []
    plain = "石桥村第1网格市政设施问题"
    first, second = taken(office, plain, grid.id), taken(office, plain, grid.id)
    with office.read() as session:
        assert same.alike(session, grid.id, "市政设施", plain, "", on, own=second) == [], (
            "a title of a log without words"
        )
        told = same.alike(session, grid.id, "市政设施", "石桥村第1网格路灯不亮", "", on)
        assert {one.id for one in told} == {kept, lost} and first not in {one.id for one in told}
    with office.unit("回访") as session:
        session.add(CaseContact(case_id=lost, at=FOUND, text="来电催办"))
    with office.unit("合并事项") as session:
        cases = session.get_one(Case, kept), session.get_one(Case, lost)
        same.merge(session, *cases, who="内勤", now=FOUND)
    with office.read() as session:
        gone = session.get_one(Case, lost)
        assert (gone.state, gone.merged_into_id, gone.red_at) == (work.CLOSED, kept, None)
        assert [contact.text for contact in casework.of_case(session, CaseContact, kept)] == ["来电催办"]
    with pytest.raises(OfficeError, match="已经并入另一件"), office.unit("合并事项") as session:
        same.merge(session, session.get_one(Case, lost), session.get_one(Case, kept), who="内勤", now=FOUND)
    office.undo()
    with office.read() as session:
        assert session.get_one(Case, lost).state == work.TAKEN
        assert casework.of_case(session, CaseContact, kept) == []
