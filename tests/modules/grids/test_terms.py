"""Dated terms: appointed, succeeded, corrected, ended; what cannot stand is refused with the step that helps."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.domain.grids import MICRO, GridUnit
from gridoffice.domain.networks import HEAD, STAND_IN, WORKER, Network
from gridoffice.domain.staff import Leave, Staff
from gridoffice.modules.grids import responsible, service, term_answers, term_book, term_checks, terms
from gridoffice.modules.grids.term_checks import TermClash
from tests.make import Make

DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today(office: Office) -> None:
    office.on = DAY


@pytest.fixture
def grid(make: Make) -> GridUnit:
    """石桥村第2网格."""
    return make.grid(name="石桥村第2网格")


def role(office: Office, key: str, network: str = networks.GENERAL) -> int:
    with office.read() as session:
        return networks.role(session, key, network).id


def use(office: Office, *keys: str) -> None:
    with office.unit("启用责任网") as session:
        for network in session.scalars(select(Network).where(Network.key.in_(keys))):
            network.is_used = True


def told(office: Office, unit_id: int | None = None, staff_id: int | None = None) -> list[tuple[str, str, str]]:
    found = term_book.book(office, unit_id=unit_id, staff_id=staff_id).terms
    return [(one.name, f"{one.start or ''}~{one.end or ''}", one.state) for one in found]


def refused(office: Office, *args: object, **values: object) -> TermClash:
    before = told(office, staff_id=int(str(args[1])))
    with pytest.raises(TermClash) as caught:
        terms.appoint(office, *args, **values)  # type: ignore[arg-type]
    assert told(office, staff_id=int(str(args[1]))) == before, "nothing was written"
    return caught.value


def test_terms_in_the_past_and_in_the_future_stand_in_the_book(office: Office, make: Make, grid: GridUnit) -> None:
    first, second, third = (make.staff(name) for name in ("唐琪", "何敏", "周健"))
    worker = role(office, WORKER)
    terms.appoint(office, grid.id, second.id, worker, date(2024, 7, 1), date(2026, 12, 31))
    terms.appoint(office, grid.id, first.id, worker, date(2020, 1, 1), date(2024, 6, 30))
    terms.appoint(office, grid.id, third.id, worker, date(2027, 1, 1))
    assert told(office, unit_id=grid.id) == [
        ("唐琪", "2020-01-01~2024-06-30", "past"),
        ("何敏", "2024-07-01~2026-12-31", "now"),
        ("周健", "2027-01-01~", "future"),
    ]
    assert told(office, staff_id=third.id) == [("周健", "2027-01-01~", "future")]
    assert [office.undo() for _ in range(3)] == [
        "周健 任 石桥村第2网格 网格员（A岗）",
        "唐琪 任 石桥村第2网格 网格员（A岗）",
        "何敏 任 石桥村第2网格 网格员（A岗）",
    ]


def test_an_end_before_the_start_is_refused(office: Office, make: Make, grid: GridUnit) -> None:
    person = make.staff("唐琪")
    clash = refused(office, grid.id, person.id, role(office, WORKER), date(2026, 5, 1), date(2026, 3, 1))
    assert clash.what == "任期的最后一天（2026年3月1日）早于第一天（2026年5月1日）"
    assert (clash.step, clash.words) == (term_checks.SWAP, "对调这两天")


def test_overlapping_terms_of_one_person_are_refused_and_lead_to_the_other(
    office: Office, make: Make, grid: GridUnit
) -> None:
    person, worker = make.staff("唐琪"), role(office, WORKER)
    held = terms.appoint(office, grid.id, person.id, worker, date(2024, 7, 1), date(2025, 6, 30))
    clash = refused(office, grid.id, person.id, worker, date(2025, 6, 30), None)
    assert clash.what == "唐琪已经是石桥村第2网格的网格员（A岗）（2024年7月1日至2025年6月30日），任期重叠"
    assert (clash.step, clash.other) == (term_checks.CORRECT, held)
    terms.appoint(office, grid.id, person.id, worker, date(2025, 7, 1), None)
    assistant = role(office, networks.ASSISTANT)
    terms.appoint(office, grid.id, person.id, assistant, date(2025, 7, 1))
    assert refused(office, grid.id, person.id, assistant, date(2026, 1, 1), None).step == term_checks.CORRECT


def test_two_at_once_are_refused_with_the_succession_offered(office: Office, make: Make, grid: GridUnit) -> None:
    first, second, worker = make.staff("唐琪"), make.staff("何敏"), role(office, WORKER)
    terms.appoint(office, grid.id, first.id, worker, date(2024, 7, 1))
    clash = refused(office, grid.id, second.id, worker, date(2026, 5, 3), None)
    assert clash.what == "石桥村第2网格的网格员（A岗）同一时间只能一人，已经有唐琪（从2024年7月1日起）"
    assert (clash.step, clash.words) == (term_checks.SUCCEED, "从2026年5月3日起接替唐琪")
    terms.appoint(office, grid.id, second.id, worker, date(2026, 5, 3), succeed=True)
    assert told(office, unit_id=grid.id) == [
        ("唐琪", "2024-07-01~2026-05-02", "past"),
        ("何敏", "2026-05-03~", "now"),
    ]
    assert office.undo() == "何敏 任 石桥村第2网格 网格员（A岗），接替唐琪"
    assert told(office, unit_id=grid.id) == [("唐琪", "2024-07-01~", "now")]


def test_before_one_who_begins_later_the_term_ends_the_day_before(office: Office, make: Make, grid: GridUnit) -> None:
    first, second, worker = make.staff("唐琪"), make.staff("何敏"), role(office, WORKER)
    terms.appoint(office, grid.id, first.id, worker, date(2027, 1, 1))
    clash = refused(office, grid.id, second.id, worker, date(2026, 5, 3), None)
    assert (clash.step, clash.day, clash.words) == (term_checks.UNTIL, date(2026, 12, 31), "任到2026年12月31日")
    terms.appoint(office, grid.id, second.id, worker, date(2026, 5, 3), clash.day)
    third = make.staff("周健")
    clash = refused(office, grid.id, third.id, worker, date(2026, 6, 1), None)
    assert clash.step == term_checks.UNTIL, "one before and one after: first the end"
    clash = refused(office, grid.id, third.id, worker, date(2026, 6, 1), clash.day)
    assert clash.words == "从2026年6月1日起接替何敏"
    same = refused(office, grid.id, third.id, worker, date(2027, 1, 1), None)
    assert same.step == term_checks.CORRECT, "nobody is succeeded on the day they begin"


def test_many_may_hold_what_is_not_single(office: Office, make: Make, grid: GridUnit) -> None:
    assistant = role(office, networks.ASSISTANT)
    for name in ("唐琪", "何敏", "周健"):
        terms.appoint(office, grid.id, make.staff(name).id, assistant, None)
    assert len(told(office, unit_id=grid.id)) == 3


def test_nobody_stands_in_for_themselves(office: Office, make: Make, grid: GridUnit) -> None:
    person = make.staff("唐琪")
    terms.appoint(office, grid.id, person.id, role(office, WORKER), date(2024, 7, 1))
    clash = refused(office, grid.id, person.id, role(office, STAND_IN), date(2025, 1, 1), None)
    assert "不能同时当网格员（B岗）" in clash.what
    terms.appoint(office, grid.id, person.id, role(office, STAND_IN), date(2020, 1, 1), date(2024, 6, 30))


def test_a_role_of_another_level_names_what_can_be_held_there(office: Office, make: Make, grid: GridUnit) -> None:
    person = make.staff("唐琪")
    clash = refused(office, grid.id, person.id, role(office, HEAD), None)
    assert clash.what == "“村级网格长”设在村（社区）这一层，不能设在“石桥村第2网格”（网格）"
    assert clash.do == "这里可以设：网格员（A岗）、网格员（B岗）、协管员、信息员"
    micro = make.add(GridUnit(level=MICRO, name="1号楼", parent_id=grid.id))
    terms.appoint(office, micro.id, person.id, role(office, WORKER), None)
    assert [title for _, title in terms.roles(office, MICRO)] == ["网格员（A岗）", "网格员（B岗）", "协管员、信息员"]
    imported = make.assign(make.staff("何敏"), grid, HEAD)
    terms.correct(office, imported.id, {"start": date(2025, 1, 1)})
    assert ("何敏", "2025-01-01~", "now") in told(office, unit_id=grid.id)


def test_who_has_left_is_not_appointed_but_a_former_term_may_be_entered(
    office: Office, make: Make, grid: GridUnit
) -> None:
    gone = make.staff("唐琪", is_active=False, left_on=date(2026, 5, 1))
    worker = role(office, WORKER)
    clash = refused(office, grid.id, gone.id, worker, date(2026, 4, 1), None)
    assert clash.what == "唐琪2026年5月1日起已经离岗，不能再任石桥村第2网格的网格员（A岗）"
    assert clash.step == term_checks.COME_BACK
    terms.appoint(office, grid.id, gone.id, worker, date(2025, 1, 1), date(2026, 5, 1))
    unknown = make.staff("何敏", is_active=False)
    assert (
        refused(office, grid.id, unknown.id, worker, date(2026, 6, 1), date(2026, 6, 2)).step == term_checks.COME_BACK
    )


def test_a_unit_that_ended_is_held_until_its_last_day(office: Office, make: Make) -> None:
    ended = make.grid(name="石桥村第9网格", end=date(2026, 4, 30))
    clash = refused(office, ended.id, make.staff("唐琪").id, role(office, WORKER), date(2026, 1, 1), None)
    assert (clash.step, clash.day) == (term_checks.UNTIL, date(2026, 4, 30))
    assert "“石桥村第9网格”到2026年4月30日为止" in clash.what


def test_a_term_is_corrected_ended_and_taken_out(office: Office, make: Make, grid: GridUnit) -> None:
    first, second, worker = make.staff("唐琪"), make.staff("何敏"), role(office, WORKER)
    held = terms.appoint(office, grid.id, first.id, worker, date(2024, 7, 1))
    version = term_book.term(office, held).version
    terms.correct(office, held, {"staff": second.id, "role": worker, "start": None, "end": date(2026, 12, 31)}, version)
    assert told(office, unit_id=grid.id) == [("何敏", "~2026-12-31", "now")]
    with pytest.raises(OfficeError, match="刚被别处改过"):
        terms.correct(office, held, {"end": None}, version)
    assert office.undo_text() == "更正任期：何敏 石桥村第2网格的网格员（A岗），从2024年7月1日起 改为 到2026年12月31日止"
    with pytest.raises(TermClash, match="早于第一天"):
        terms.correct(office, held, {"start": date(2027, 1, 1)})
    later = terms.appoint(office, grid.id, first.id, worker, date(2027, 1, 1))
    with pytest.raises(TermClash) as caught:
        terms.end_appointment(office, later, date(2026, 12, 1))
    assert caught.value.step == term_checks.REMOVE
    terms.end_appointment(office, held, date(2026, 11, 30))
    assert told(office, unit_id=grid.id)[0] == ("何敏", "~2026-11-30", "now")
    assert terms.remove(office, later) == "唐琪 石桥村第2网格 网格员（A岗）（从2027年1月1日起）"
    assert len(told(office, unit_id=grid.id)) == 1
    office.undo()
    assert len(told(office, unit_id=grid.id)) == 2
    terms.remove(office, later)
    with pytest.raises(OfficeError, match="已经不在了"):
        terms.correct(office, later, {})
    with pytest.raises(OfficeError, match="已经不在了"):
        term_book.term(office, later)


def test_a_correction_can_succeed_too(office: Office, make: Make, grid: GridUnit) -> None:
    first, second, worker = make.staff("唐琪"), make.staff("何敏"), role(office, WORKER)
    terms.appoint(office, grid.id, first.id, worker, date(2020, 1, 1), date(2024, 12, 31))
    held = terms.appoint(office, grid.id, second.id, worker, date(2025, 1, 1))
    with pytest.raises(TermClash, match="同一时间只能一人") as caught:
        terms.correct(office, held, {"start": date(2024, 7, 1)})
    assert caught.value.words == "从2024年7月1日起接替唐琪"
    terms.correct(office, held, {"start": date(2024, 7, 1)}, succeed=True)
    assert told(office, unit_id=grid.id)[0] == ("唐琪", "2020-01-01~2024-06-30", "past")


# -- who was it


def test_who_was_responsible_on_a_day_is_answered_in_a_sentence(office: Office, make: Make, grid: GridUnit) -> None:
    a, b = make.staff("张建国"), make.staff("李秀兰")
    terms.appoint(office, grid.id, a.id, role(office, WORKER), date(2024, 7, 1))
    terms.appoint(office, grid.id, b.id, role(office, STAND_IN), date(2025, 1, 1))
    asked = date(2026, 5, 3)
    assert term_answers.who_was(office, grid.id, asked) == [
        "2026年5月3日，石桥村第2网格的网格员是 张建国（2024年7月起），B岗 李秀兰"
    ]
    assert term_answers.who_was(office, grid.id, date(2024, 8, 1)) == [
        "2024年8月1日，石桥村第2网格的网格员是 张建国（2024年7月起），没有B岗"
    ]
    assert term_answers.who_was(office, grid.id, date(2024, 1, 1)) == ["2024年1月1日，石桥村第2网格没有网格员"]
    make.add(Leave(staff_id=a.id, start=date(2026, 5, 1), end=date(2026, 5, 7), stand_in_id=b.id))
    assert "张建国（2024年7月起）【请假至5月7日，由李秀兰代】" in term_answers.who_was(office, grid.id, asked)[0]
    use(office, "fire")
    assert len(term_answers.who_was(office, grid.id, asked)) == 1, "a network with nobody says nothing"
    terms.appoint(office, grid.id, b.id, role(office, "fire_assistant", "fire"), date(2026, 1, 1))
    assert (
        term_answers.who_was(office, grid.id, asked)[1]
        == "消防网格：石桥村第2网格的小网格协管员是 李秀兰（2026年1月起）"
    )
    assert term_answers.what_had(office, b.id, asked) == [
        "2026年5月3日，李秀兰负责：石桥村第2网格 网格员（B岗）；石桥村第2网格 小网格协管员"
    ]
    assert term_answers.what_had(office, b.id, date(2020, 1, 1)) == ["2020年1月1日，李秀兰没有负责的网格"]


def test_only_a_stand_in_is_no_grid_worker(office: Office, make: Make, grid: GridUnit) -> None:
    terms.appoint(office, grid.id, make.staff("李秀兰").id, role(office, STAND_IN), date(2025, 1, 1))
    assert term_answers.who_was(office, grid.id, DAY) == [
        "2026年11月20日，石桥村第2网格的B岗是 李秀兰（2025年1月起），没有网格员"
    ]


def test_a_unit_answers_by_its_name_of_that_day_and_for_its_own_days_only(office: Office, make: Make) -> None:
    grid = make.grid(name="石桥村第5网格", start=date(2024, 1, 1), end=date(2026, 6, 30))
    assert term_answers.who_was(office, grid.id, date(2023, 5, 1)) == [
        "2023年5月1日还没有石桥村第5网格，它是2024年1月1日设立的"
    ]
    assert term_answers.who_was(office, grid.id, DAY) == ["2026年11月20日已经没有石桥村第5网格，它到2026年6月30日为止"]
    now = make.grid(name="老街网格")
    service.update(office, now.id, {"name": "新街网格"})
    assert "老街网格" in term_answers.who_was(office, now.id, date(2026, 11, 19))[0]
    assert "新街网格" in term_answers.who_was(office, now.id, DAY)[0]
    with pytest.raises(OfficeError, match="已经不在了"):
        term_answers.who_was(office, 99999, DAY)
    with pytest.raises(OfficeError, match="已经不在了"):
        term_answers.what_had(office, 99999, DAY)
    with pytest.raises(OfficeError, match="已经不在了"):
        term_book.book(office, staff_id=99999)


# -- the pane's parts


def test_the_parts_of_a_unit_tell_posts_states_and_gaps(office: Office, make: Make, grid: GridUnit) -> None:
    a, b = make.staff("张建国"), make.staff("李秀兰")
    make.assign(a, grid, WORKER)
    make.assign(b, grid, STAND_IN)
    make.add(Leave(staff_id=a.id, start=DAY, end=date(2026, 11, 28)))
    use(office, "fire")
    general, fire = responsible.parts(office, grid.id)
    states = {seat.holder.name: seat.state for post in general.posts for seat in post.seats}
    assert states == {"张建国": "soon|请假至11月28日，由李秀兰代", "李秀兰": "done|在岗"}
    assert (general.people, general.gaps, fire.people, fire.gaps) == (2, (), 0, ("缺小网格协管员",))
    assert fire.level == "小网格"
    assert [part.key for part in responsible.parts(office, grid.id, "fire")] == ["fire", "zongzhi"]
    office.as_of = date(2026, 11, 19)
    states = {s.holder.name: s.state for post in responsible.parts(office, grid.id)[0].posts for s in post.seats}
    assert states["张建国"] == "done|在岗", "on the day before the leave"
    office.as_of = None
    with office.unit("离岗") as session:
        session.get_one(Staff, b.id).is_active = False
    general = responsible.parts(office, grid.id)[0]
    assert {s.holder.name: s.state for p in general.posts for s in p.seats}["李秀兰"] == "late|已离岗"
    ended = make.grid(name="旧网格", end=date(2026, 1, 1))
    assert responsible.parts(office, ended.id) == []
