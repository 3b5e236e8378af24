"""Two records of one person become one: better values proposed, all that hangs on them moved, undone whole."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import attachments
from gridoffice.domain.help import HelpEntry
from gridoffice.domain.people import Household, Resident
from gridoffice.modules.followup.model import Enrolment, Visit
from gridoffice.modules.residents import comparing, merging
from gridoffice.modules.residents.comparing import LEFT, RIGHT
from tests.make import Make, id_number
from tests.modules.residents.ground import DAY, enrolment, helped, rows, visit

BORN = date(1961, 11, 20)


@pytest.fixture(autouse=True)
def _today(office: Office) -> None:
    office.on = DAY


@pytest.fixture
def pair(office: Office, make: Make) -> tuple[Resident, Resident]:
    """One person twice: first without phone and with an old number, then with both right, in a household of her own."""
    house, other = make.household(make.grid(), address="1组1号"), make.household(make.grid(), address="1组2号")
    number = id_number(BORN, 8)
    first = make.resident(
        "李秀兰", house, relation="户主", id_number=number[:6] + number[8:17], born=BORN, phone="", tags="党员"
    )
    second = make.resident("李秀兰", other, relation="", id_number=number, born=BORN, note="腿脚不便")
    return first, second


def test_the_better_value_of_each_field_is_proposed(office: Office, pair: tuple[Resident, Resident]) -> None:
    told = {line.key: line for line in comparing.compare(office, pair[0].id, pair[1].id).lines}
    assert {key: told[key].better for key in ("id_number", "phone", "tags", "relation", "note")} == {
        "id_number": RIGHT, "phone": RIGHT, "tags": LEFT, "relation": LEFT, "note": RIGHT,
    }  # fmt: skip
    assert told["id_number"].why == "另一边不正确或不完整"
    assert told["phone"].why == "另一边是空的"
    assert told["name"].is_same
    assert "********" in told["id_number"].right
    assert pair[1].phone not in told["phone"].right


def test_merged_in_one_step_with_all_that_hangs_on_it(
    office: Office, make: Make, pair: tuple[Resident, Resident]
) -> None:
    first, second = pair
    old = enrolment(make, first, last_on=date(2026, 3, 1))
    visit(make, old, date(2026, 3, 1))
    new = enrolment(make, second, last_on=date(2026, 9, 1), next_on=date(2026, 12, 1))
    visit(make, new, date(2026, 9, 1))
    helped(make, first)
    with office.unit("附件") as session:
        attachments.attach(session, "resident", first.id, "同意书.pdf", b"%PDF-1.4", kind="file")
    before = rows(office)
    kept = merging.merge(office, first.id, second.id, {"household_id": LEFT, "unit_id": LEFT})
    assert kept == second.id, "the record whose number is taken stays"
    with office.read() as session:
        assert session.get(Resident, first.id) is None
        person = session.get_one(Resident, kept)
        assert (person.id_number, person.phone, person.tags) == (second.id_number, second.phone, "党员")
        assert (person.household_id, person.relation) == (first.household_id, "户主")
        assert session.get(Household, second.household_id) is None, "nobody is left in it"
        enrolled = session.scalars(select(Enrolment)).one()
        assert (enrolled.resident_id, enrolled.last_on, enrolled.next_on) == (
            kept, date(2026, 9, 1), date(2026, 12, 1),
        )  # fmt: skip
        assert {one.enrolment_id for one in session.scalars(select(Visit))} == {enrolled.id}
        assert session.scalars(select(HelpEntry.resident_id)).all() == [kept]
        assert [one.name for one in attachments.of_record(session, "resident", kept)] == ["同意书.pdf"]
    after = rows(office)
    assert office.undo() == "合并重复居民：李秀兰"
    assert rows(office) == before
    assert office.redo() == "合并重复居民：李秀兰"
    assert rows(office) == after


def test_the_other_number_is_taken_when_it_is_ticked(office: Office, pair: tuple[Resident, Resident]) -> None:
    kept = merging.merge(office, pair[0].id, pair[1].id, {"id_number": LEFT})
    assert kept == pair[0].id
    with office.read() as session:
        assert session.get_one(Resident, kept).phone == pair[1].phone
    office.undo()
    assert len([key for key in rows(office) if key[0] == "resident"]) == 2


def test_of_two_help_entries_of_one_kind_the_longer_goes_on(
    office: Office, make: Make, pair: tuple[Resident, Resident]
) -> None:
    short = helped(make, pair[0], until=date(2026, 12, 31))
    long = helped(make, pair[1], until=date(2027, 2, 28))
    merging.merge(office, pair[0].id, pair[1].id, {})
    with office.read() as session:
        states = {one.id: one.state for one in session.scalars(select(HelpEntry))}
    assert states == {short.id: "ended", long.id: "active"}


def test_the_same_or_a_vanished_record_is_refused(office: Office, pair: tuple[Resident, Resident]) -> None:
    with pytest.raises(OfficeError, match="同一条记录"):
        comparing.compare(office, pair[0].id, pair[0].id)
    with pytest.raises(OfficeError, match="已经不在了"):
        comparing.compare(office, pair[0].id, 99999)


def test_a_value_that_contradicts_the_number_is_refused_whole(
    office: Office, make: Make, pair: tuple[Resident, Resident]
) -> None:
    with office.unit("改性别") as session:
        session.get_one(Resident, pair[0].id).sex = "男"
    before = rows(office)
    with pytest.raises(OfficeError, match="性别与身份证号码不符"):
        merging.merge(office, pair[0].id, pair[1].id, {"sex": LEFT})
    assert rows(office) == before


def test_two_right_numbers_that_differ_are_warned_of_and_who_lives_here_says_where(office: Office, make: Make) -> None:
    house, other = make.household(make.grid(), address="1组1号"), make.household(make.grid(), address="1组2号")
    here = make.resident("王芳", house, relation="女", id_number=id_number(BORN, 8), born=BORN)
    gone = make.resident("王芳", other, relation="户主", id_number=id_number(BORN, 10), born=BORN, state="moved")
    make.resident("王小明", other, relation="子")
    told = comparing.compare(office, here.id, gone.id)
    assert {line.key: line.better for line in told.lines if line.key in comparing.PLACE} == {
        "household_id": LEFT, "unit_id": LEFT, "relation": LEFT,
    }  # fmt: skip
    assert "几乎可以肯定是两个人" in told.warnings[0]
    assert "没有户主了" in told.warnings[1]
