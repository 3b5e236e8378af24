"""The closed loop of cases: lawful steps, deadlines, numbers, who may check, deletion with undo."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import work
from gridoffice.domain.grids import villages
from gridoffice.domain.work import ACCEPTED, CLOSED, COLLECTED, DISPATCHED, HANDLED, Case
from tests.make import Make

DAY = date(2026, 11, 20)  # a Friday


def collected(office: Office, kind: str = "K2", found: date = DAY) -> int:
    """A new case, taken in as a page would."""
    with office.unit("登记事项") as session:
        case = Case(title="三组路灯不亮", kind=kind, found_on=found, category="市政设施")
        return work.collect(session, case, who="内勤").id


def step(office: Office, case_id: int, new: str, who: str = "内勤", note: str = "", handler: str = "") -> None:
    """One step of the loop on DAY."""
    with office.unit("办理") as session:
        case = session.get_one(Case, case_id)
        work.advance(session, case, new, who=who, on=DAY, note=note, handler=handler)


def state(office: Office, case_id: int) -> Case:
    """The case as it stands."""
    with office.read() as session:
        return session.get_one(Case, case_id)


def test_a_new_case_gets_number_deadline_spelling_and_first_step(office: Office) -> None:
    first, second = collected(office), collected(office, "K4")
    case = state(office, first)
    assert (case.number, state(office, second).number) == ("2026-0001", "2026-0002")
    assert case.due_on == date(2026, 11, 27)
    assert state(office, second).due_on == date(2026, 12, 11)
    assert case.initials == "szldbl"
    with office.read() as session:
        assert [s.new for s in work.steps_of(session, first)] == [COLLECTED]


def test_number_after_9999_goes_on(office: Office, make: Make) -> None:
    make.case(number="2026-9999")
    make.case(number="2026-10000")
    with office.read() as session:
        assert work.next_number(session, 2026) == "2026-10001"


def test_the_whole_loop_to_closing(office: Office) -> None:
    case = collected(office)
    step(office, case, ACCEPTED)
    step(office, case, DISPATCHED, handler="水电站")
    step(office, case, HANDLED, who="水电站", note="已更换灯泡")
    step(office, case, CLOSED, who="李娟", note="现场亮灯")
    done = state(office, case)
    assert (done.state, done.closed_on, done.measures, done.handler) == (CLOSED, DAY, "已更换灯泡", "水电站")
    with office.read() as session:
        assert [s.new for s in work.steps_of(session, case)] == [COLLECTED, ACCEPTED, DISPATCHED, HANDLED, CLOSED]


def test_a_step_that_is_not_offered_is_refused(office: Office) -> None:
    case = collected(office)
    with pytest.raises(OfficeError, match="不能直接变成“已结案”"):
        step(office, case, CLOSED, who="李娟")
    assert state(office, case).state == COLLECTED


def test_the_handler_cannot_check_the_own_work(office: Office) -> None:
    case = collected(office)
    step(office, case, HANDLED, who="唐琪", note="当场清理")
    with pytest.raises(OfficeError, match="另一个人核查"):
        step(office, case, CLOSED, who="唐琪")
    step(office, case, CLOSED, who="李娟")
    assert state(office, case).state == CLOSED


@pytest.mark.parametrize(("new", "match"), [(HANDLED, "处理措施"), (DISPATCHED, "承办人")])
def test_measures_and_handler_are_asked_for(office: Office, new: str, match: str) -> None:
    case = collected(office)
    step(office, case, ACCEPTED)
    with pytest.raises(OfficeError, match=match):
        step(office, case, new)


def test_sending_back_and_reopening_need_a_reason(office: Office) -> None:
    case = collected(office)
    step(office, case, HANDLED, who="唐琪", note="已处理")
    with pytest.raises(OfficeError, match="原因"):
        step(office, case, DISPATCHED)
    step(office, case, DISPATCHED, note="没有清理干净")
    step(office, case, HANDLED, who="唐琪", note="已再次清理")
    step(office, case, CLOSED, who="李娟")
    step(office, case, DISPATCHED, note="群众说又堆上了")
    again = state(office, case)
    assert (again.state, again.closed_on) == (DISPATCHED, None)


def test_no_title_and_a_deadline_before_the_finding_are_refused(office: Office) -> None:
    for case in (Case(title=" ", found_on=DAY), Case(title="井盖", found_on=DAY, due_on=date(2026, 11, 1))):
        with pytest.raises(OfficeError), office.unit("登记事项") as session:
            work.collect(session, case, who="内勤")
    with office.read() as session:
        assert session.scalars(select(Case)).all() == []


@pytest.mark.parametrize(
    ("now", "due", "words"),
    [
        (COLLECTED, date(2026, 11, 18), "late|待受理，逾期 2 天"),
        (DISPATCHED, date(2026, 11, 20), "soon|处理中，今天到期"),
        (DISPATCHED, date(2027, 1, 8), "plain|处理中"),
        (HANDLED, date(2026, 11, 1), "soon|待核查"),
        (CLOSED, date(2026, 11, 1), "done|已结案"),
    ],
)
def test_standing(now: str, due: date, words: str) -> None:
    assert work.standing(now, due, DAY) == words


def test_late_and_open_on_a_past_day(office: Office, make: Make) -> None:
    late = make.case(found_on=date(2026, 11, 2), due_on=date(2026, 11, 9))
    closed = make.case(found_on=date(2026, 11, 3), state=CLOSED, closed_on=date(2026, 11, 12))
    make.case(found_on=date(2026, 11, 3), state=HANDLED)
    with office.read() as session:
        assert session.scalars(select(Case.id).where(work.is_late(DAY))).all() == [late.id]
        assert closed.id in session.scalars(select(Case.id).where(work.is_open(date(2026, 11, 11)))).all()
        assert closed.id not in session.scalars(select(Case.id).where(work.is_open(date(2026, 11, 12)))).all()


def test_deletion_takes_the_timeline_along_and_undo_brings_it_back(office: Office) -> None:
    case = collected(office)
    step(office, case, ACCEPTED)
    with office.unit("删除事项") as session:
        work.remove(session, session.get_one(Case, case))
    with office.read() as session:
        assert (session.get(Case, case), work.steps_of(session, case)) == (None, [])
    office.undo()
    with office.read() as session:
        assert session.get_one(Case, case).title == "三组路灯不亮"
        assert len(work.steps_of(session, case)) == 2


def test_villages_name_every_unit_below(office: Office, make: Make) -> None:
    village = make.village("石桥村")
    grid = make.grid(village)
    with office.read() as session:
        assert villages(session) == {village.id: "石桥村", grid.id: "石桥村"}
