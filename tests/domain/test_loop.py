"""The closed loop of cases: lawful steps, who may check, levels, outside bodies, numbers, deletion with undo."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import loop, work
from gridoffice.domain.casework import CaseContact, CaseTask
from gridoffice.domain.grids import villages
from gridoffice.domain.work import (
    ACCEPTED,
    ARCHIVED,
    CLOSED,
    COLLECTED,
    DISPATCHED,
    HANDLED,
    OUTSIDE,
    RETURNED,
    TAKEN,
    VERIFIED,
    Case,
)
from tests.make import Make

DAY = date(2026, 11, 20)  # a Friday
NOW = datetime(2026, 11, 20, 9, 0)


def collected(office: Office, kind: str = "K2", **values: Any) -> int:
    """A new case, taken in as a page would."""
    with office.unit("登记事项") as session:
        case = Case(title="三组路灯不亮", kind=kind, found_on=DAY, category="市政设施", **values)
        return loop.collect(session, case, who="内勤", now=NOW).id


def step(office: Office, case_id: int, verb: str, note: str = "", who: str = "内勤", **given: Any) -> Case:
    """One step of the loop at NOW; the case after it."""
    with office.unit("办理") as session:
        loop.act(session, session.get_one(Case, case_id), verb, loop.Given(who, NOW, note, **given))
    return state(office, case_id)


def state(office: Office, case_id: int) -> Case:
    """The case as it stands."""
    with office.read() as session:
        return session.get_one(Case, case_id)


def verbs(office: Office, case_id: int) -> list[str]:
    """The verbs offered now."""
    return [verb.key for verb in loop.offered(state(office, case_id))]


def test_a_new_case_gets_number_deadline_spelling_clock_and_first_step(office: Office) -> None:
    first, second = collected(office), collected(office, "K4")
    case = state(office, first)
    assert (case.number, state(office, second).number) == ("2026-0001", "2026-0002")
    assert (case.due_on, state(office, second).due_on) == (date(2026, 11, 27), date(2026, 12, 11))
    assert (case.initials, case.level) == ("szldbl", 2)
    assert case.red_at == datetime(2026, 11, 23, 17, 30)  # one working day to accept
    with office.read() as session:
        assert [(s.verb, s.new) for s in work.steps_of(session, first)] == [("collect", COLLECTED)]


def test_number_after_9999_goes_on(office: Office, make: Make) -> None:
    make.case(number="2026-9999")
    make.case(number="2026-10000")
    with office.read() as session:
        assert work.next_number(session, 2026) == "2026-10001"


def test_the_whole_loop_with_rework_to_the_archive(office: Office) -> None:
    case = collected(office)
    assert step(office, case, "accept").state == ACCEPTED
    assert step(office, case, "dispatch", handler="水电站").state == DISPATCHED
    assert step(office, case, "take", who="水电站").state == TAKEN
    assert step(office, case, "handle", "更换一盏", who="水电站").state == HANDLED
    assert step(office, case, "rework", "还有一盏不亮", who="李娟").state == TAKEN
    assert step(office, case, "handle", "两盏都换了", who="水电站").state == HANDLED
    assert step(office, case, "verify", "现场亮灯", who="李娟").state == VERIFIED
    done = step(office, case, "close", "电话告知", who="李娟", satisfaction="good", whom="王大爷")
    assert (done.state, done.closed_on, done.measures, done.handler) == (CLOSED, DAY, "两盏都换了", "水电站")
    assert (done.satisfaction, done.told_on, done.red_at) == ("good", DAY, None)
    assert step(office, case, "archive").state == ARCHIVED
    with office.read() as session:
        told = session.scalars(select(CaseContact)).one()
        assert (told.kind, told.whom, told.satisfaction) == ("told", "王大爷", "good")
        assert [s.verb for s in work.steps_of(session, case)] == [
            "collect", "accept", "dispatch", "take", "handle", "rework", "handle", "verify", "close", "archive",
        ]  # fmt: skip
    again = step(office, case, "reopen", "群众说又坏了")
    assert (again.state, again.closed_on, again.satisfaction) == (TAKEN, None, "")


def test_only_lawful_verbs_are_offered(office: Office) -> None:
    simple, approval = collected(office, "K1"), collected(office, "K4")
    assert verbs(office, simple)[:2] == ["accept", "handle"]
    assert "handle" not in verbs(office, approval)  # needs an approval first
    with pytest.raises(OfficeError, match="“待受理”的事项不能“归档”"):
        step(office, simple, "archive")
    assert state(office, simple).state == COLLECTED


def test_the_handler_cannot_check_the_own_work(office: Office) -> None:
    case = collected(office, "K1")
    step(office, case, "handle", "当场清理", who="唐琪")
    with pytest.raises(OfficeError, match="另一个人核查"):
        step(office, case, "verify", who="唐琪")
    assert step(office, case, "verify", who="李娟").state == VERIFIED


@pytest.mark.parametrize(
    ("path", "verb", "match"),
    [
        ((), "return", "没有写退回原因"),
        (("accept",), "dispatch", "没有写承办人"),
        (("accept",), "handle", "没有写处理措施"),
        (("accept",), "hand_over", "移交给哪个单位"),
    ],
)
def test_what_a_verb_needs_is_asked_for(office: Office, path: tuple[str, ...], verb: str, match: str) -> None:
    case = collected(office)
    for key in path:
        step(office, case, key)
    with pytest.raises(OfficeError, match=match):
        step(office, case, verb, note="" if verb != "hand_over" else "不属于本镇职责")


def test_returned_and_reported_again(office: Office) -> None:
    case = collected(office)
    assert step(office, case, "return", "地点不清").state == RETURNED
    assert state(office, case).red_at is None
    assert step(office, case, "resubmit", "在三组桥头").state == COLLECTED
    assert step(office, case, "decline", "不属于受理范围").state == CLOSED


def test_up_the_levels_to_the_county_and_to_another_body(office: Office) -> None:
    case = collected(office)  # K2 begins with the village
    up = step(office, case, "report_up", "村里解决不了")
    assert (up.state, up.level) == (COLLECTED, 1)
    assert step(office, case, "report_up", "需要县里拨款").level == 0
    assert "report_up" not in verbs(office, case)
    assert step(office, case, "send_down", "请镇里先拿方案").level == 1
    step(office, case, "accept")
    out = step(office, case, "hand_over", "属于供电设施", body="供电所", due_on=date(2026, 11, 30))
    assert (out.state, out.body, out.due_on) == (OUTSIDE, "供电所", date(2026, 11, 30))
    assert step(office, case, "reply", "供电所已更换变压器").state == HANDLED
    with office.read() as session:
        hops = [(s.verb, s.level, s.note) for s in work.steps_of(session, case) if s.verb in ("report_up", "send_down")]
    assert hops == [
        ("report_up", 1, "村里解决不了"),
        ("report_up", 0, "需要县里拨款"),
        ("send_down", 1, "请镇里先拿方案"),
    ]


def test_closing_waits_for_sub_tasks_and_for_telling(office: Office) -> None:
    case = collected(office, "K1")
    step(office, case, "handle", "已清理", who="唐琪")
    step(office, case, "verify", who="李娟")
    with office.unit("分办") as session:
        session.add(CaseTask(case_id=case, title="补拍照片"))
    with pytest.raises(OfficeError, match="没有登记告知"):
        step(office, case, "close", who="李娟")
    with pytest.raises(OfficeError, match="1 项分办任务没有完成：补拍照片"):
        step(office, case, "close", who="李娟", satisfaction="none")
    with office.unit("完成") as session:
        session.scalars(select(CaseTask)).one().done_on = DAY
    with pytest.raises(OfficeError, match="不满意，没有写原因"):
        step(office, case, "close", who="李娟", satisfaction="bad")
    assert step(office, case, "close", who="李娟", satisfaction="none").state == CLOSED


def test_no_title_and_a_deadline_in_the_past_are_refused(office: Office) -> None:
    for case in (Case(title=" ", found_on=DAY), Case(title="井盖", found_on=DAY, due_on=date(2026, 11, 1))):
        with pytest.raises(OfficeError), office.unit("登记事项") as session:
            loop.collect(session, case, who="内勤", now=NOW)
    with office.read() as session:
        assert session.scalars(select(Case)).all() == []
    case_id = collected(office)
    with pytest.raises(OfficeError, match="时限早于今天"):
        step(office, case_id, "accept", due_on=date(2026, 11, 19))


def test_a_case_in_a_grid_that_is_no_more_asks_for_the_grid_of_today(office: Office, make: Make) -> None:
    grid = make.grid(make.village("石桥村"), end=date(2026, 11, 10))
    case = collected(office, unit_id=grid.id)
    with pytest.raises(OfficeError, match="撤并"):
        step(office, case, "accept")


def test_late_and_open_on_a_past_day(office: Office, make: Make) -> None:
    late = make.case(found_on=date(2026, 11, 2), due_on=date(2026, 11, 9))
    closed = make.case(found_on=date(2026, 11, 3), state=CLOSED, closed_on=date(2026, 11, 12))
    make.case(found_on=date(2026, 11, 19), state=HANDLED)
    with office.read() as session:
        assert session.scalars(select(Case.id).where(work.is_late(DAY))).all() == [late.id]
        assert closed.id in session.scalars(select(Case.id).where(work.is_open(date(2026, 11, 11)))).all()
        assert closed.id not in session.scalars(select(Case.id).where(work.is_open(date(2026, 11, 12)))).all()


def test_deletion_takes_all_along_and_undo_brings_it_back(office: Office) -> None:
    case = collected(office)
    step(office, case, "accept")
    with office.unit("分办") as session:
        session.add(CaseTask(case_id=case, title="补拍照片"))
    with office.unit("删除事项") as session:
        work.remove(session, session.get_one(Case, case))
    with office.read() as session:
        assert (session.get(Case, case), work.steps_of(session, case)) == (None, [])
    office.undo()
    with office.read() as session:
        assert session.get_one(Case, case).title == "三组路灯不亮"
        assert len(work.steps_of(session, case)) == 2
        assert session.scalars(select(CaseTask.title)).all() == ["补拍照片"]


def test_villages_name_every_unit_below(office: Office, make: Make) -> None:
    village = make.village("石桥村")
    grid = make.grid(village)
    with office.read() as session:
        assert villages(session) == {village.id: "石桥村", grid.id: "石桥村"}
