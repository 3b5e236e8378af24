"""Follow-up: enrolled, visited by the rule or the doctor's word, due told once, left and back, no illness outside."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.audit import AuditUnit
from gridoffice.db.office import Office
from gridoffice.domain.listing import Query
from gridoffice.forms import rules
from gridoffice.modules.followup import register, service, visits
from gridoffice.modules.followup.lists import FOLLOWUP
from gridoffice.modules.followup.model import Enrolment
from gridoffice.modules.followup.register import Entry
from gridoffice.modules.followup.visits import VisitEntry
from tests.make import Make, id_number

DAY = date(2026, 11, 20)
SHEET: dict[str, Any] = {
    "visit_way": 2, "symptoms": [1], "sbp": 132, "dbp": 82, "danger": 1, "complication": 1, "adr": 1,
    "weight_target": 60.0, "drug1": "氨氯地平 5 mg 每日 1 次",
}  # fmt: skip
HIGH = {**SHEET, "sbp": 156}
OLD = id_number(date(1955, 3, 1), 2)
YOUNG = id_number(date(1980, 3, 1), 4)


@pytest.fixture(autouse=True)
def _today(office: Office) -> None:
    office.on = DAY


def enrol(office: Office, **values: Any) -> int:
    basic: dict[str, Any] = {"programme": "htn", "name": "单德福", "id_number": YOUNG, "phone": "13900001234"}
    return register.enrol(office, Entry(**{**basic, "enrolled_on": DAY - timedelta(days=200), **values}))


def kept(office: Office, enrolment_id: int) -> Enrolment:
    with office.read() as session:
        return session.get_one(Enrolment, enrolment_id)


def visit(office: Office, enrolment_id: int, day: date = DAY, sheet: dict[str, Any] = SHEET, **values: Any) -> int:
    return visits.record(office, enrolment_id, VisitEntry(day, sheet, **{"doctor": "周医生", **values}))


def ids(office: Office, view: str, text: str = "") -> list[int]:
    return FOLLOWUP.ids(office, Query(on=DAY, view=view, text=text))


def test_enrolling_sets_the_first_day_and_is_found_by_spelling_and_phone(office: Office) -> None:
    new = enrol(office)
    record = kept(office, new)
    assert record.next_on == DAY - timedelta(days=110)
    for text in ("单德", "sdf", "shandefu", "1234"):
        assert ids(office, "", text) == [new], text
    assert ids(office, "", "zdf") == []
    assert ids(office, "unmatched") == [new]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": "　"}, "姓名"),
        ({"id_number": YOUNG[:-1] + ("0" if YOUNG[-1] != "0" else "1")}, "身份证"),
        ({"phone": "139000012"}, "电话"),
        ({"enrolled_on": DAY + timedelta(days=1)}, "建档日期"),
        ({"programme": "copd"}, "copd"),
    ],
)
def test_a_wrong_enrolment_is_refused(office: Office, change: dict[str, Any], said: str) -> None:
    with pytest.raises(OfficeError, match=said):
        enrol(office, **change)
    assert ids(office, "") == []


def test_nobody_stands_twice_in_a_programme(office: Office, make: Make) -> None:
    first = enrol(office)
    with pytest.raises(OfficeError, match="已经在这个方案里"):
        enrol(office, name="单德富")
    assert enrol(office, programme="dm2") != first
    person = make.resident("李秀兰")
    enrol(office, name="李秀兰", id_number="", resident_id=person.id)
    with pytest.raises(OfficeError):
        enrol(office, name="李秀兰", id_number="", resident_id=person.id)


def test_a_person_is_taken_from_the_ledger(office: Office, make: Make) -> None:
    grid = make.grid()
    person = make.resident("任秀兰", make.household(grid))
    for text in ("任秀", "rxl", person.phone[-4:]):
        assert [choice.id for choice in register.resident_choices(office, text)] == [person.id], text
    entry = register.entry_of_resident(office, "htn", person.id)
    new = register.enrol(office, entry)
    assert kept(office, new).unit_id == grid.id
    assert ids(office, "unmatched") == []
    assert FOLLOWUP.ids(office, Query(on=DAY, filters=(("unit", grid.parent_id),))) == [new]


def test_the_rule_gives_class_action_and_day(office: Office) -> None:
    new = enrol(office)
    visit(office, new, DAY - timedelta(days=20), HIGH)
    record = kept(office, new)
    assert (record.last_class, record.next_on) == (2, DAY - timedelta(days=6))
    told = visits.suggestion(office, new, DAY, HIGH)
    assert told and told.action == rules.REFER, "the second time running"
    visit(office, new, DAY, HIGH)
    line = service.person(office, new).visits[0]
    assert (line.outcome, line.action, line.next_on) == ("soon|控制不满意", "转诊", DAY + timedelta(days=14))
    assert line.figures == "156/82 mmHg" and not line.is_overridden


def test_age_from_the_id_number_moves_the_target(office: Office) -> None:
    old = enrol(office, id_number=OLD)
    told = visits.suggestion(office, old, DAY, {**SHEET, "sbp": 148})
    assert told and told.outcome == 1
    young = enrol(office, programme="htn", name="吴敏", id_number=YOUNG)
    told = visits.suggestion(office, young, DAY, {**SHEET, "sbp": 148})
    assert told and told.outcome == 2


def test_the_doctors_word_holds_and_both_classes_are_kept(office: Office) -> None:
    new = enrol(office)
    number = visit(office, new, DAY, HIGH, outcome=1, next_on=DAY + timedelta(days=30), action=rules.BOOK)
    line = service.person(office, new).visits[0]
    assert line.is_overridden and line.outcome == "done|控制满意"
    entry, version = visits.entry_of(office, number)
    assert entry.next_on == DAY + timedelta(days=30) and version == 1
    assert kept(office, new).next_on == DAY + timedelta(days=30)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"sheet": {**SHEET, "sbp": 400}}, "血压"),
        ({"sheet": {**SHEET, "sbp": 80, "dbp": 90}}, "舒张压"),
        ({"sheet": {key: value for key, value in SHEET.items() if key != "adr"}}, "不良反应"),
        ({"doctor": " "}, "医生"),
        ({"day": DAY + timedelta(days=1)}, "今天之后"),
        ({"next_on": DAY}, "下次随访日期"),
    ],
)
def test_a_wrong_sheet_is_refused_and_nothing_is_written(office: Office, values: dict[str, Any], said: str) -> None:
    new = enrol(office)
    with pytest.raises(OfficeError, match=said):
        visit(office, new, **values)
    assert service.person(office, new).visits == ()


def test_a_late_entry_of_an_older_visit_does_not_move_the_next_day(office: Office) -> None:
    new = enrol(office)
    visit(office, new, DAY)
    visit(office, new, DAY - timedelta(days=50), HIGH)
    record = kept(office, new)
    assert (record.last_on, record.last_class, record.next_on) == (DAY, 1, DAY + timedelta(days=90))


def test_a_visit_is_changed_deleted_and_brought_back(office: Office) -> None:
    new = enrol(office)
    first = visit(office, new, DAY - timedelta(days=30))
    second = visit(office, new, DAY)
    entry, version = visits.entry_of(office, second)
    visits.change(office, second, replace(entry, answers=HIGH, outcome=None, next_on=None, action=""), version)
    assert kept(office, new).last_class == 2
    with pytest.raises(OfficeError, match="别人"):
        visits.change(office, second, entry, version)
    visits.remove(office, second)
    assert (kept(office, new).last_on, kept(office, new).next_on) == (
        DAY - timedelta(days=30),
        DAY + timedelta(days=60),
    )
    office.undo()
    assert kept(office, new).last_on == DAY
    visits.remove(office, second)
    visits.remove(office, first)
    assert (kept(office, new).last_on, kept(office, new).last_class) == (None, None)


def test_what_was_taken_over_counts_as_the_visit_before(office: Office) -> None:
    new = enrol(office)
    with office.unit("导入") as session:
        record = session.get_one(Enrolment, new)
        record.last_on, record.last_class = DAY - timedelta(days=14), 2
    told = visits.suggestion(office, new, DAY, HIGH)
    assert told and told.action == rules.REFER


def test_a_new_sheet_takes_over_targets_drugs_and_doctor(office: Office) -> None:
    new = enrol(office)
    visit(office, new, DAY - timedelta(days=30))
    entry = visits.proposal(office, new)
    assert entry.day == DAY and entry.doctor == "周医生"
    assert dict(entry.answers) == {"weight_target": 60.0, "drug1": "氨氯地平 5 mg 每日 1 次"}


def test_due_is_told_once_for_lists_counts_and_the_file(office: Office) -> None:
    late, today, later = enrol(office), enrol(office, id_number=OLD, name="王芳"), enrol(office, id_number="")
    with office.unit("日期") as session:
        session.get_one(Enrolment, today).next_on = DAY
        session.get_one(Enrolment, later).next_on = DAY + timedelta(days=1)
    assert ids(office, "due") == [late, today]
    assert ids(office, "late") == [late]
    assert ids(office, "week") == [today, later]
    (count,) = service.counts(office, DAY)
    assert (count.title, count.number, count.tone, count.view) == ("健康服务预约", 2, "late", "due")
    assert service.person(office, today).standing == "soon|今天到期"
    assert "110 天" in service.person(office, late).why


def test_leaving_ends_what_is_due_and_can_be_taken_back(office: Office) -> None:
    new = enrol(office)
    with pytest.raises(OfficeError, match="原因"):
        register.leave(office, new, DAY, " ")
    register.leave(office, new, DAY - timedelta(days=1), "迁居他处")
    assert ids(office, "due") == [] and ids(office, "left") == [new]
    assert service.person(office, new).standing == "quiet|已结束"
    with pytest.raises(OfficeError, match="结案"):
        visit(office, new)
    register.take_back(office, new)
    assert ids(office, "due") == [new]
    visit(office, new)


def test_deleting_asks_when_there_are_visits_and_can_be_undone(office: Office) -> None:
    new = enrol(office)
    visit(office, new)
    with pytest.raises(OfficeError, match="1 次随访"):
        register.remove(office, [new])
    register.remove(office, [new], with_visits=True)
    assert ids(office, "") == []
    office.undo()
    assert len(service.person(office, new).visits) == 1


def test_a_changed_enrolment_keeps_its_visits(office: Office) -> None:
    new = enrol(office)
    visit(office, new)
    entry = service.person(office, new).entry
    version = service.person(office, new).version
    register.change(office, new, replace(entry, phone="13900009999"), version)
    assert ids(office, "", "9999") == [new]
    with pytest.raises(OfficeError, match="别人"):
        register.change(office, new, entry, version)
    with pytest.raises(OfficeError, match="方案"):
        register.change(office, new, replace(entry, programme="dm2"))


def test_rows_mask_the_phone_and_name_the_class(office: Office, make: Make) -> None:
    new = enrol(office, unit_id=make.grid().id)
    visit(office, new, DAY - timedelta(days=100))
    row = dict(zip([c.key for c in FOLLOWUP.columns], FOLLOWUP.rows(office, [new], DAY)[new], strict=True))
    assert row["phone"] == "139****1234" and row["pressure"] == "132/82" and row["glucose"] == ""
    assert row["programme"] == "高血压" and row["outcome"] == "done|控制满意" and row["standing"] == "late|逾期 10 天"
    for column in FOLLOWUP.columns:
        assert FOLLOWUP.ids(office, Query(on=DAY, sort=column.key)) == [new]


def test_a_register_without_telephones_shows_those_of_the_ledger(office: Office, make: Make) -> None:
    person = make.resident("李秀兰", phone="13912345678")
    new = enrol(office, name="李秀兰", phone="", id_number="", resident_id=person.id)
    assert "139****5678" in FOLLOWUP.rows(office, [new], DAY)[new]
    assert ids(office, "", "5678") == [new]
    assert service.person(office, new).phone == "13912345678"  # the panel masks it


def test_no_illness_stands_outside_the_tab(office: Office, make: Make) -> None:
    village = make.village("石桥村")
    new = enrol(office, unit_id=make.grid(village).id)
    enrol(office, programme="dm2", unit_id=make.grid(village).id)
    visit(office, new)
    register.leave(office, new, DAY, "失访")
    with office.read() as session:
        names = list(session.scalars(select(AuditUnit.name)))
    told = "".join(names) + str(service.counts(office, DAY)) + str(service.slides(office, DAY))
    assert "高血压" not in told and "糖尿病" not in told


def test_the_slide_tells_done_and_due_by_village(office: Office, make: Make) -> None:
    assert service.slides(office, DAY) == []
    stone, willow = make.village("石桥村"), make.village("柳河村")
    done = enrol(office, unit_id=make.grid(stone).id)
    visit(office, done, DAY)
    enrol(office, name="王芳", id_number=OLD, unit_id=make.grid(willow).id)
    (slide,) = service.slides(office, DAY)
    assert slide.labels == ("石桥村", "柳河村")
    assert [series.values for series in slide.series] == [(1.0, 0.0), (0.0, 1.0)]
    assert "还有 1 人到期未访，柳河村最多" in slide.title
