"""The voluntary help list: consent first, a year at most, visits by one definition of lateness, withdrawn at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import belongings, help_kinds
from gridoffice.domain.listing import Query
from gridoffice.domain.people import MOVED, Resident
from gridoffice.domain.staff import Leave
from gridoffice.modules.residents import help, help_file, help_paper
from gridoffice.modules.residents.help_consent import Entry, latest
from gridoffice.modules.residents.lists_help import HELP, address
from tests.make import Make

DAY = date(2026, 11, 20)
YEAR = date(2027, 11, 20)
ALONE, MINOR = "独居、空巢老人", "留守、困境未成年人"


@pytest.fixture
def person(office: Office, make: Make) -> Resident:
    """A woman of 66 with a tag, in a grid with a worker on duty."""
    office.on = DAY
    grid = make.grid()
    make.assign(make.staff("张建国"), grid)
    return make.resident("李秀兰", make.household(grid, address="石桥村1组1号"), tags="党员、独居老人")


def entry(office: Office, person: Resident, **values: Any) -> Entry:
    return replace(help.proposal(office, person.id), **values)


def row(office: Office, number: int, key: str) -> str:
    texts = HELP.rows(office, [number], office.today())[number]
    return texts[[column.key for column in HELP.columns].index(key)]


def ids(office: Office, view: str, text: str = "") -> list[int]:
    return HELP.ids(office, Query(on=office.today(), view=view, text=text))


def test_a_proposal_knows_kind_contact_and_a_year(office: Office, person: Resident) -> None:
    wanted = help.proposal(office, person.id)
    assert (wanted.kind, wanted.consent_on, wanted.until, wanted.interval_days) == (ALONE, DAY, YEAR, 30)
    number = help.enter(office, wanted, ("同意书.pdf", b"%PDF-1.4"))
    shown = help_file.view(office, number)
    assert (
        shown.contact == "张建国（专职网格员）"
        and shown.entry.consent_by == "本人"
        and shown.scans[0][1] == "同意书.pdf"
    )
    assert "老年人权益保障法" in shown.basis and shown.entry.next_on == DAY + timedelta(days=30)
    assert office.undo_text() == "登记帮扶：李秀兰"
    office.undo()
    assert ids(office, "") == []


def test_the_list_names_nobody_and_is_found_by_name(office: Office, person: Resident) -> None:
    number = help.enter(office, entry(office, person, need="买菜"))
    told = "|".join(HELP.rows(office, [number], DAY)[number])
    assert "李秀兰" not in told and "李阿姨" in told and "BF0001" in told and person.phone not in told
    assert ids(office, "active", "lxl") == ids(office, "active", "李秀兰") == [number]


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"until": YEAR + timedelta(days=1)}, "最长 12 个月"),
        ({"until": DAY}, "到期日要在同意日期之后"),
        ({"consent_on": DAY + timedelta(days=1)}, "同意日期在今天以后"),
        ({"consent_on": None}, "同意日期还没有填"),
        ({"purpose": " "}, "目的和内容范围"),
        ({"interval_days": 3}, "走访间隔"),
        ({"guardian": "王芳"}, "与本人的关系"),
        ({"kind": "信访帮扶"}, "不得登记“信访”"),
        ({"kind": ""}, "帮扶类别要写"),
        ({"resident_id": None}, "还没有选人"),
    ],
)
def test_what_is_not_lawful_is_refused_with_a_sentence(
    office: Office, person: Resident, values: dict[str, Any], what: str
) -> None:
    with pytest.raises(OfficeError, match=what):
        help.enter(office, entry(office, person, **values))
    assert ids(office, "") == []


def test_who_moved_away_or_is_on_the_list_already_is_refused(office: Office, make: Make, person: Resident) -> None:
    help.enter(office, entry(office, person))
    with pytest.raises(OfficeError, match="已经在这个类别里"):
        help.enter(office, entry(office, person))
    gone = make.resident("王小河", state=MOVED)
    with pytest.raises(OfficeError, match="已不在这里居住"):
        help.enter(office, entry(office, gone))


def test_a_kind_of_the_offices_own_is_kept_and_offered(office: Office, person: Resident) -> None:
    number = help.enter(office, entry(office, person, kind="高龄老人"))
    assert "高龄老人" in [kind.title for kind in help.kinds(office)]
    assert "村民委员会组织法" in help_file.view(office, number).basis


def test_minors_need_a_guardian_and_the_childrens_worker_and_are_never_named(office: Office, make: Make) -> None:
    office.on = DAY
    child = make.resident("王小满", make.household(make.grid()), born=date(2016, 5, 1), id_number=None, tags="留守儿童")
    worker, aunt = make.staff("周老师", post="村儿童主任"), make.staff("张建国")
    wanted = entry(office, child, contact_id=aunt.id)
    assert wanted.kind == MINOR
    with pytest.raises(OfficeError, match="监护人同意"):
        help.enter(office, wanted)
    with pytest.raises(OfficeError, match="只能由儿童主任"):
        help.enter(office, replace(wanted, guardian="王大山", relation="爷爷"))
    number = help.enter(office, replace(wanted, guardian="王大山", relation="爷爷", contact_id=worker.id))
    told = "|".join(HELP.rows(office, [number], DAY)[number])
    assert "王" not in told and "未成年人" in told
    assert ids(office, "active", "王小满") == ids(office, "active", "wxm") == []
    assert help_file.entries_of(office, child.id) == []
    with pytest.raises(OfficeError, match="不满 14 周岁"):
        help.enter(office, replace(wanted, kind="突发困难", contact_id=aunt.id))


def test_visits_move_the_next_day_and_every_place_tells_the_same_lateness(office: Office, person: Resident) -> None:
    number = help.enter(office, entry(office, person))
    office.on = DAY + timedelta(days=33)
    assert row(office, number, "standing") == "late|逾期 3 天" and ids(office, "late") == ids(office, "due") == [number]
    assert "应在 2026年12月20日 前走访（逾期 3 天）" in help_file.view(office, number).why
    (load,) = [one for one in belongings.belongings() if one.key == "help"]
    with office.read() as session:
        assert load.is_late is not None
        assert load.count(session, [person.unit_id], office.today(), load.is_late) == 1
    counted = {one.key: one.number for one in help.counts(office, office.today())}
    assert counted == {"help-due": 1, "help-late": 1, "help-ends": 0, "help-over": 0}
    help.record_visit(office, number, office.on, "见到本人", by="张建国", note="一切正常")
    shown = help_file.view(office, number)
    assert shown.entry.next_on == office.on + timedelta(days=30) and shown.visits[0].note == "一切正常"
    help.record_visit(office, number, office.on - timedelta(days=9), "见到家属")  # entered late: the chain stays
    assert help_file.view(office, number).entry.next_on == shown.entry.next_on
    with pytest.raises(OfficeError, match="今天以后"):
        help.record_visit(office, number, office.on + timedelta(days=1), "见到本人")


def test_withdrawing_ends_it_at_once_and_renewing_needs_a_new_consent(office: Office, person: Resident) -> None:
    number = help.enter(office, entry(office, person))
    office.on = YEAR - timedelta(days=20)
    assert ids(office, "ends") == [number]
    with pytest.raises(OfficeError, match="最长 12 个月"):
        help.renew(office, number, entry(office, person, consent_on=office.on, until=YEAR + timedelta(days=400)))
    help.renew(office, number, entry(office, person, consent_on=office.on, until=latest(office.on)))
    assert ids(office, "ends") == [] and help_file.view(office, number).entry.until == latest(office.on)
    help.withdraw(office, number, "本人撤回，来电")
    assert row(office, number, "standing") == "late|本人撤回，待销毁"
    assert ids(office, "over") == [number] and ids(office, "active") == ids(office, "due") == []
    with pytest.raises(OfficeError, match="不能续期"):
        help.renew(office, number, entry(office, person))
    with pytest.raises(OfficeError, match="不能再登记走访"):
        help.record_visit(office, number, office.on, "见到本人")
    office.undo()
    assert ids(office, "active") == [number]


def test_an_entry_past_its_end_is_over_by_itself(office: Office, person: Resident) -> None:
    number = help.enter(office, entry(office, person))
    office.on = YEAR + timedelta(days=1)
    assert ids(office, "over") == [number] and row(office, number, "standing") == "late|到期，待销毁"
    assert {one.key: one.number for one in help.counts(office, office.on)}["help-over"] == 1


def test_who_stands_in_for_the_contact_is_told(office: Office, make: Make, person: Resident) -> None:
    number = help.enter(office, entry(office, person))
    contact = help_file.view(office, number).entry.contact_id
    assert contact is not None
    make.add(Leave(staff_id=contact, start=DAY, end=DAY + timedelta(days=3), stand_in_id=make.staff("赵勇").id))
    assert help_file.view(office, number).does == "请假至11月23日，由赵勇代"


def test_a_tag_without_consent_is_told_until_it_is_entered(office: Office, make: Make, person: Resident) -> None:
    assert help_file.unconsented(office, person.id, person.tags) == "独居老人"
    help.enter(office, entry(office, person))
    assert help_file.unconsented(office, person.id, person.tags) == ""
    assert help_file.unconsented(office, make.resident("王强").id, "党员") == ""


@pytest.mark.parametrize(
    ("name", "sex", "born", "called"),
    [
        ("李秀兰", "女", date(1960, 1, 1), "李阿姨"),
        ("王大山", "男", date(1950, 1, 1), "王大爷"),
        ("欧阳锋", "男", date(1990, 1, 1), "欧阳先生"),
        ("张敏", "女", None, "张女士"),
        ("赵某", "", None, "赵某"),
    ],
)
def test_forms_of_address(name: str, sex: str, born: date | None, called: str) -> None:
    assert address(name, sex, born, DAY, is_minor=False) == called


def test_the_consent_sheet_says_what_the_law_wants_in_plain_words(
    office: Office, person: Resident, tmp_path: Path
) -> None:
    number = help.enter(office, entry(office, person, guardian="王芳", relation="女儿"))
    shown = help_file.view(office, number)
    path = tmp_path / "同意书.pdf"
    path.write_bytes(help_paper.sheet(office, shown, shown.entry, shown.basis))
    pages = PdfReader(path).pages
    text = "".join(pages[0].extract_text().split())
    assert len(pages) == 1 and [round(float(side)) for side in pages[0].mediabox[2:]] == [595, 842]
    for words in (
        "李秀兰", ALONE, "个人信息保护法第十三条", "定期走访", "姓名、住址、联系电话", "2027年11月20日", "不超过12个月",
        "张建国", "撤回", "要求删除", "不影响", "本人签字", "监护人签字", "不满14周岁", "制表内勤",
    ):  # fmt: skip
        assert words in text, words
    assert str(person.id_number) not in text and person.phone not in text
    blank = tmp_path / "空白.pdf"
    blank.write_bytes(help_paper.sheet(office, None, help.blank(shown.entry), help.kind_of(office, "").basis))
    assert "李秀兰" not in PdfReader(blank).pages[0].extract_text() and len(PdfReader(blank).pages) == 1


def test_kinds_are_those_of_the_reference_each_with_a_basis(office: Office) -> None:
    shipped = help_kinds.shipped()
    assert [kind.title for kind in shipped] == [
        ALONE, "失能、半失能老人", "残疾人", "低保、特困、低收入", MINOR, "退役军人优抚", "失业求助", "突发困难",
    ]  # fmt: skip
    assert all(kind.basis and kind.purpose and kind.scope and kind.interval == 30 for kind in shipped)
