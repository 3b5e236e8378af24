"""Moved out, died, 人户分离: what ends, what stays, what undo and coming back restore."""

from __future__ import annotations

from datetime import date

import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.belongings import belongings
from gridoffice.domain.help import ACTIVE, ENDED, HelpEntry
from gridoffice.domain.listing import Query
from gridoffice.domain.people import APART, DEAD, LIVING, MOVED, Household, Resident
from gridoffice.modules.followup.lists import FOLLOWUP
from gridoffice.modules.followup.model import LEFT, Enrolment
from gridoffice.modules.residents import leaving, relating
from gridoffice.modules.residents.households import needed
from gridoffice.modules.residents.leaving import Leaving
from tests.make import Make
from tests.modules.residents.ground import DAY, changed, enrolment, helped, rows


@pytest.fixture(autouse=True)
def _today(office: Office) -> None:
    office.on = DAY


@pytest.fixture
def house(make: Make) -> Household:
    return make.household(make.grid(), address="石桥村1组1号")


@pytest.fixture
def person(make: Make, house: Household) -> Resident:
    """Somebody with two health appointments, one of which left before, and two help entries, one withdrawn."""
    made = make.resident("李秀兰", house, relation="户主")
    enrolment(make, made)
    enrolment(make, made, "diabetes", state=LEFT, left_on=DAY, left_reason="本人不愿继续")
    helped(make, made)
    helped(make, made, kind="低保", state="withdrawn", ended_on=DAY, end_reason="本人撤回")
    return made


def due(office: Office) -> list[int]:
    return FOLLOWUP.ids(office, Query(DAY, view="due"))


def open_work(office: Office, unit_id: int) -> dict[str, int]:
    with office.read() as session:
        return {
            kind.key: kind.count(session, [unit_id], DAY, kind.is_due)
            for kind in belongings()
            if kind.key in ("followup", "help")
        }


def state_of(office: Office, record: type, number: int) -> str:
    with office.read() as session:
        return str(session.get_one(record, number).state)


def test_what_will_end_is_told_before_without_an_illness(office: Office, person: Resident) -> None:
    words = [plan.words for plan in leaving.open_plans(office, [person.id])]
    assert words == ["帮扶：独居老人，下次走访 2026-11-20", "健康服务预约，下次 2026-11-20"]


def test_one_step_ends_every_plan_that_runs_and_undo_restores_only_those(office: Office, person: Resident) -> None:
    before = rows(office)
    assert due(office) != []
    assert open_work(office, person.unit_id or 0) == {"followup": 1, "help": 1}
    ended = leaving.leave(office, [person.id], Leaving(MOVED, date(2026, 11, 18), "东海市", "购房搬迁"))
    assert len(ended) == 2
    after = rows(office)
    assert changed(before, after) == {"resident", "enrolment", "help_entry"}
    kept = after[("resident", person.id)]
    assert (kept["state"], kept["ended_on"], kept["lives_at"]) == (MOVED, date(2026, 11, 18), "东海市")
    assert "2026-11-18 迁出，购房搬迁" in kept["note"]
    reasons = {key[0]: row for key, row in after.items() if row != before.get(key) and key[0] != "resident"}
    assert (reasons["enrolment"]["state"], reasons["enrolment"]["left_reason"]) == (LEFT, "迁出，购房搬迁")
    assert (reasons["help_entry"]["state"], reasons["help_entry"]["end_reason"]) == (ENDED, "迁出，购房搬迁")
    assert due(office) == []
    assert open_work(office, person.unit_id or 0) == {"followup": 0, "help": 0}
    assert office.undo() == "李秀兰：迁出（结束 2 项安排）"
    assert rows(office) == before
    office.redo()
    assert rows(office) == after


def test_who_comes_back_takes_up_what_is_chosen_and_nothing_that_ended_otherwise(
    office: Office, person: Resident
) -> None:
    leaving.leave(office, [person.id], Leaving(MOVED, DAY))
    plans = leaving.resumable(office, person.id)
    assert [plan.kind for plan in plans] == ["help", "followup"], "not what had left or was withdrawn on that very day"
    taken = leaving.come_back(office, person.id, {plans[1].key})
    assert taken == ["健康服务预约，下次 2026-11-20"]
    assert (state_of(office, Resident, person.id), state_of(office, HelpEntry, plans[0].id)) == (LIVING, ENDED)
    assert state_of(office, Enrolment, plans[1].id) == "active"
    assert due(office) == [plans[1].id]
    assert office.undo() == "李秀兰：恢复在住（恢复 1 项安排）"
    assert state_of(office, Resident, person.id) == MOVED
    with pytest.raises(OfficeError, match="本来就登记为在住"):
        leaving.come_back(office, leaving_nobody(office))


def leaving_nobody(office: Office) -> int:
    return Make(office).resident("王小河").id


def test_consent_that_ran_out_is_not_taken_up_again(office: Office, person: Resident) -> None:
    leaving.leave(office, [person.id], Leaving(MOVED, DAY))
    office.on = date(2027, 3, 1)
    assert [plan.kind for plan in leaving.resumable(office, person.id)] == ["followup"]


def test_who_lives_elsewhere_may_keep_a_service_here(office: Office, person: Resident) -> None:
    service = next(plan for plan in leaving.open_plans(office, [person.id]) if plan.kind == "followup")
    ended = leaving.leave(office, [person.id], Leaving(APART, DAY, "县城", "随子女居住", {service.key}))
    assert ended == ["帮扶：独居老人，下次走访 2026-11-20"]
    assert due(office) == [service.id]
    with pytest.raises(OfficeError, match="不能再有安排"):
        leaving.leave(office, [person.id], Leaving(DEAD, DAY, keep={service.key}))
    assert leaving.leave(office, [person.id], Leaving(DEAD, DAY)) == [service.words]


def test_nothing_is_due_with_who_is_gone_even_where_a_plan_still_runs(
    office: Office, make: Make, house: Household
) -> None:
    dead = make.resident("王大山", house, state=DEAD)
    enrolment(make, dead)
    helped(make, dead)
    assert due(office) == []
    assert open_work(office, house.unit_id or 0) == {"followup": 0, "help": 0}


def test_an_appointment_known_by_its_number_only_ends_too(office: Office, make: Make, house: Household) -> None:
    person = make.resident("王大山", house)
    enrolled = enrolment(make, person, resident_id=None)
    assert len(leaving.leave(office, [person.id], Leaving(MOVED, DAY))) == 1
    assert state_of(office, Enrolment, enrolled.id) == LEFT
    assert [plan.resident_id for plan in leaving.resumable(office, person.id)] == [person.id]


def test_a_whole_household_moves_out_in_one_step(office: Office, make: Make, person: Resident) -> None:
    child = make.resident("王小河", relation="子", household_id=person.household_id)
    leaving.leave(office, [person.id, child.id], Leaving(MOVED, DAY))
    assert {state_of(office, Resident, one.id) for one in (person, child)} == {MOVED}
    assert office.undo() == "李秀兰等 2 人：迁出（结束 2 项安排）"
    assert {state_of(office, Resident, one.id) for one in (person, child)} == {LIVING}


def test_when_the_head_dies_another_one_becomes_the_head(office: Office, make: Make, person: Resident) -> None:
    man = make.resident("王大山", relation="配偶", sex="男", household_id=person.household_id, id_number=None)
    girl = make.resident("王小溪", relation="女", household_id=person.household_id, id_number=None)
    file = needed(office, person.household_id or 0)
    told = relating.proposed(file.members, man.id)
    leaving.leave(office, [person.id], Leaving(DEAD, DAY, relations=told))
    after = needed(office, file.id)
    assert after.head is not None
    assert after.head.id == man.id
    assert {one.id: one.relation for one in after.members} == {man.id: "户主", girl.id: "女", person.id: "配偶"}
    assert [one.id for one in after.members][-1] == person.id, "who is gone stands last"


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Leaving(MOVED, date(2026, 11, 21)), "日期在今天之后"),
        (Leaving(DEAD, date(1959, 12, 31)), "早于李秀兰的出生日期"),
    ],
)
def test_an_impossible_day_is_refused(office: Office, person: Resident, wanted: Leaving, words: str) -> None:
    before = rows(office)
    with pytest.raises(OfficeError, match=words):
        leaving.leave(office, [person.id], wanted)
    assert rows(office) == before


def test_the_dead_do_not_move_out(office: Office, person: Resident) -> None:
    leaving.leave(office, [person.id], Leaving(DEAD, DAY))
    with pytest.raises(OfficeError, match="已经登记为去世"):
        leaving.leave(office, [person.id], Leaving(MOVED, DAY))
    assert ACTIVE not in {row["state"] for key, row in rows(office).items() if key[0] == "help_entry"}
