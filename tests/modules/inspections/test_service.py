"""Fire checks: places, checklists, hazards of failed items, and the life of a hazard to its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.listing import Listing, Query
from gridoffice.forms import answers as sheets
from gridoffice.forms.schema import FAIL, Form
from gridoffice.modules.inspections import checks, hazards, places, service
from gridoffice.modules.inspections.checks import Entry, Found
from gridoffice.modules.inspections.hazards import Recheck
from gridoffice.modules.inspections.lists import HAZARDS, INSPECTIONS, PREMISES
from gridoffice.modules.inspections.model import CLEARED, OPEN, TRANSFERRED, Hazard, Inspection
from tests.make import Make

DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today(office: Office) -> None:
    office.on = DAY


def ids(office: Office, listing: Listing, view: str = "", **values: Any) -> list[int]:
    return listing.ids(office, Query(on=DAY, view=view, **values))


def place(office: Office, **values: Any) -> int:
    basic: dict[str, Any] = {"name": "石桥单记便民超市", "kind": "小购物", "phone": "13700001234"}
    return places.record(office, places.Entry(**{**basic, **values}))


def answered(form: Form, **failed: str) -> dict[str, Any]:
    """Everything in order but the named items, with their remarks."""
    notes = {f"{key}_note": note for key, note in failed.items() if note}
    return sheets.all_pass(form, {**dict.fromkeys(failed, FAIL), **notes})


def check(office: Office, where: int, day: date = DAY, **values: Any) -> int:
    return checks.record(office, Entry(where, day, **{"inspector": "宋馨", "second": "胡凯", **values}))


def failing(office: Office, where: int, *, day: date = DAY, **failed: str) -> int:
    form = checks.checklist_for(places.view(office, where).entry.kind)
    return check(office, where, day, checklist=form.key, answers=answered(form, **failed))


def all_hazards(office: Office) -> list[Hazard]:
    with office.read() as session:
        return list(session.scalars(select(Hazard).order_by(Hazard.id)))


@pytest.fixture
def open_hazard(office: Office) -> int:
    """A hazard found by 宋馨 ten days ago, to be put right three days ago."""
    failing(office, place(office), day=DAY - timedelta(days=10), Q02="东门两具")
    return all_hazards(office)[0].id


def test_places_are_numbered_found_and_changed(office: Office) -> None:
    first, second = place(office), place(office, name="南坪仓库", kind="仓库", phone="")
    assert places.view(office, first).entry.number == "CS0001"
    assert places.view(office, second).entry.number == "CS0002"
    for text in ("单记", "sqdjbmcs", "1234", "CS0001"):
        assert ids(office, PREMISES, text=text) == [first], text
    shown = places.view(office, first)
    places.change(office, first, replace(shown.entry, owner="周海", area=120.0), shown.version)
    assert places.view(office, first).entry.owner == "周海"
    with pytest.raises(OfficeError, match="别人"):
        places.change(office, first, shown.entry, shown.version)
    with pytest.raises(OfficeError, match="CS0001"):
        places.change(office, second, replace(places.view(office, second).entry, number="cs0001"))


@pytest.mark.parametrize(
    ("values", "said"),
    [({"name": " "}, "名称"), ({"kind": ""}, "类别"), ({"phone": "139"}, "电话"), ({"area": -1.0}, "面积")],
)
def test_a_wrong_place_is_refused(office: Office, values: dict[str, Any], said: str) -> None:
    with pytest.raises(OfficeError, match=said):
        place(office, **values)


def test_a_checked_place_is_not_deleted_but_an_unchecked_one_is(office: Office) -> None:
    checked, plain = place(office), place(office, name="空店")
    check(office, checked)
    with pytest.raises(OfficeError, match="检查记录"):
        places.remove(office, [plain, checked])
    assert len(ids(office, PREMISES)) == 2
    places.remove(office, [plain])
    assert ids(office, PREMISES) == [checked]
    office.undo()
    assert len(ids(office, PREMISES)) == 2


def test_the_kind_picks_the_checklist(office: Office) -> None:
    assert checks.checklist_for("居住出租房").key == "fire_rental"
    assert checks.checklist_for("电动自行车充电点").key == "fire_ebike"
    assert checks.checklist_for("自己起的类别").key == "fire_small"
    new = place(office, kind="自己起的类别")
    assert places.kinds(office)[-1] == "自己起的类别"
    assert ids(office, PREMISES, "other") == [new]
    assert checks.proposal(office, new).checklist == "fire_small"


def test_failed_items_become_hazards_with_grade_and_day(office: Office) -> None:
    form = checks.checklist_for("小购物")
    failing(office, place(office), E02="北侧楼梯", Q02="", D07="")
    found = {hazard.item: hazard for hazard in all_hazards(office)}
    assert set(found) == {"E02", "Q02", "D07"}
    assert found["E02"].text == "疏散通道、楼梯间堆放物品（北侧楼梯）"
    days = {key: ((hazard.due_on or DAY) - DAY).days for key, hazard in found.items()}
    assert days == {"E02": 0, "Q02": 7, "D07": 3}
    assert {hazard.action for hazard in found.values()} == {"当场整改", "限期整改", "立即报告"}
    assert all(hazard.found_by == "宋馨" and hazard.state == OPEN for hazard in found.values())
    assert form.item("E02") is not None
    office.undo()
    assert all_hazards(office) == [] and ids(office, INSPECTIONS) == []


def test_every_item_wants_an_answer(office: Office) -> None:
    where = place(office)
    form = checks.checklist_for("小购物")
    some = answered(form)
    del some["E01"]
    with pytest.raises(OfficeError, match="安全出口"):
        check(office, where, checklist=form.key, answers=some)
    assert ids(office, INSPECTIONS) == []


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"inspector": " "}, "检查人"),
        ({"second": "宋馨"}, "同一个人"),
        ({"day": DAY + timedelta(days=1)}, "今天之后"),
        ({"found": (Found(" "),)}, "隐患"),
    ],
)
def test_a_wrong_check_is_refused(office: Office, values: dict[str, Any], said: str) -> None:
    with pytest.raises(OfficeError, match=said):
        check(office, place(office), **values)


def test_a_hazard_can_be_told_in_own_words(office: Office) -> None:
    new = check(office, place(office), found=(Found("后墙液化气瓶靠近灶台", "G3"),))
    (hazard,) = all_hazards(office)
    assert (hazard.text, hazard.due_on) == ("后墙液化气瓶靠近灶台", DAY + timedelta(days=3))
    assert checks.view(office, new).result == "不合格"


def test_changing_a_check_moves_its_hazards(office: Office) -> None:
    where = place(office)
    new = failing(office, where, E02="", Q02="")
    shown = checks.view(office, new)
    assert len(shown.failed) == 2
    form = checks.checklist_for("小购物")
    checks.change(office, new, replace(shown.entry, answers=answered(form, Q02="", D02="")), shown.version)
    assert {hazard.item for hazard in all_hazards(office)} == {"Q02", "D02"}
    with pytest.raises(OfficeError, match="别人"):
        checks.change(office, new, shown.entry, shown.version)
    kept = next(hazard.id for hazard in all_hazards(office) if hazard.item == "Q02")
    hazards.recheck(office, kept, Recheck(DAY, "胡凯", True))
    with pytest.raises(OfficeError, match="已经办理过"):
        checks.change(office, new, replace(shown.entry, answers=answered(form)))
    assert len(all_hazards(office)) == 2


def test_a_check_under_an_older_list_keeps_its_old_answers_and_opens_without_it(office: Office) -> None:
    new = failing(office, place(office), Q02="")
    with office.unit("旧表") as session:
        old = session.get_one(Inspection, new)
        old.answers = {**old.answers, "X99": "pass"}
    shown = checks.view(office, new)
    checks.change(office, new, replace(shown.entry, note="补记"), shown.version)
    assert checks.view(office, new).entry.answers["X99"] == "pass"
    with office.unit("没有这张表了") as session:
        session.get_one(Inspection, new).checklist = "gone"
    shown = checks.view(office, new)
    assert shown.failed == () and len(shown.hazards) == 1
    checks.change(office, new, replace(shown.entry, note="再记"), shown.version)
    assert checks.view(office, new).result == "不合格" and len(all_hazards(office)) == 1


def test_deleting_a_check_asks_about_its_hazards(office: Office, open_hazard: int) -> None:
    (new,) = ids(office, INSPECTIONS)
    with pytest.raises(OfficeError, match="1 处隐患"):
        checks.remove(office, [new])
    checks.remove(office, [new], with_hazards=True)
    assert ids(office, HAZARDS) == []
    office.undo()
    assert ids(office, HAZARDS) == [open_hazard]


def test_the_finder_cannot_clear_a_hazard_alone(office: Office, open_hazard: int) -> None:
    with pytest.raises(OfficeError, match="不能一个人复查"):
        hazards.recheck(office, open_hazard, Recheck(DAY, "宋馨", True))
    with pytest.raises(OfficeError, match="不能一个人复查"):
        hazards.recheck(office, open_hazard, Recheck(DAY, "宋馨", True, second="宋馨"))
    hazards.recheck(office, open_hazard, Recheck(DAY, "宋馨", True, second="胡凯"))
    shown = hazards.view(office, open_hazard)
    assert shown.standing == "done|已销案" and shown.rechecked == "2026年11月20日 宋馨、胡凯"
    assert not (shown.can_recheck or shown.can_extend or shown.can_transfer)
    with pytest.raises(OfficeError, match="已经销案"):
        hazards.recheck(office, open_hazard, Recheck(DAY, "胡凯", True))


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (Recheck(DAY, "", True), "复查人"),
        (Recheck(DAY - timedelta(days=11), "胡凯", True), "早于发现"),
        (Recheck(DAY + timedelta(days=1), "胡凯", True), "今天之后"),
    ],
)
def test_a_wrong_recheck_is_refused(office: Office, open_hazard: int, entry: Recheck, said: str) -> None:
    with pytest.raises(OfficeError, match=said):
        hazards.recheck(office, open_hazard, entry)
    assert all_hazards(office)[0].state == OPEN


def test_not_put_right_is_extended_once_then_handed_over(office: Office, open_hazard: int) -> None:
    hazards.recheck(office, open_hazard, Recheck(DAY, "胡凯", False, note="只换了一具"))
    assert all_hazards(office)[0].state == OPEN
    for until, reason, said in (
        (DAY, "等货", "晚于"),
        (DAY + timedelta(days=31), "等货", "30 天"),
        (DAY + timedelta(days=5), " ", "原因"),
    ):
        with pytest.raises(OfficeError, match=said):
            hazards.extend(office, open_hazard, until, reason, "刘主任")
    hazards.extend(office, open_hazard, DAY + timedelta(days=5), "等货", "刘主任")
    shown = hazards.view(office, open_hazard)
    assert shown.due_on == DAY + timedelta(days=5) and not shown.can_extend
    with pytest.raises(OfficeError, match="延期过一次"):
        hazards.extend(office, open_hazard, DAY + timedelta(days=9), "再等", "刘主任")
    hazards.transfer(office, open_hazard, DAY, "派出所", "拒不整改")
    shown = hazards.view(office, open_hazard)
    assert shown.standing == "soon|已移送" and all_hazards(office)[0].state == TRANSFERRED
    assert [line.split(" ", 1)[1][:4] for line in shown.note.splitlines()] == ["复查：未", "延期至 ", "移送派出"]
    assert ids(office, HAZARDS, "due") == [open_hazard], "handed over is not cleared"
    hazards.recheck(office, open_hazard, Recheck(DAY, "胡凯", True))
    assert all_hazards(office)[0].state == CLEARED


def test_a_hazard_is_corrected_or_deleted_while_open(office: Office, open_hazard: int) -> None:
    hazards.change(office, open_hazard, "两具灭火器过期", "G1", DAY - timedelta(days=10))
    assert all_hazards(office)[0].action == "当场整改"
    for text, grade, due, said in (
        (" ", "G1", DAY, "内容"),
        ("灭火器", "G9", DAY, "等级"),
        ("灭火器", "G2", DAY - timedelta(days=11), "早于"),
        ("灭火器", "G2", DAY + timedelta(days=60), "30 天"),
    ):
        with pytest.raises(OfficeError, match=said):
            hazards.change(office, open_hazard, text, grade, due)
    hazards.transfer(office, open_hazard, DAY, "派出所")
    with pytest.raises(OfficeError, match="已经办理过"):
        hazards.remove(office, [open_hazard])
    office.undo()
    hazards.remove(office, [open_hazard])
    assert all_hazards(office) == []


def test_the_same_hazard_at_the_same_place_is_recognised(office: Office) -> None:
    where = place(office)
    failing(office, where, day=DAY - timedelta(days=60), Q02="")
    failing(office, where, Q02="")
    assert hazards.view(office, all_hazards(office)[1].id).repeats == 1


def test_due_views_and_counts_agree(office: Office, open_hazard: int, make: Make) -> None:
    rental = place(office, name="出租屋", kind="居住出租房")
    shop = place(office, name="小店")
    check(office, rental, DAY - timedelta(days=31))
    check(office, shop, DAY - timedelta(days=31))
    never = place(office, name="新店")
    assert ids(office, PREMISES, "due") == [rental, never]
    assert set(ids(office, PREMISES, "month")) == {rental, shop, never}
    assert ids(office, HAZARDS, "late") == [open_hazard]
    still, unchecked = service.counts(office, DAY)
    assert (still.number, still.tone, still.hint) == (1, "late", "逾期 1")
    assert unchecked.number == 2
    row = PREMISES.rows(office, [rental, never], DAY)
    assert "soon|2026-10-20" in row[rental] and "late|没有检查" in row[never]


def test_lists_sort_by_every_column_and_mask_phones(office: Office, open_hazard: int) -> None:
    for listing in service.LISTINGS:
        assert len(ids(office, listing)) == 1
        for column in listing.columns:
            assert len(ids(office, listing, sort=column.key)) == 1
        for view in listing.views:
            ids(office, listing, view.key)
    (where,) = ids(office, PREMISES)
    assert "137****1234" in PREMISES.rows(office, [where], DAY)[where]
    assert HAZARDS.rows(office, [open_hazard], DAY)[open_hazard][6] == "late|逾期 3 天"


def test_slides_tell_the_week_by_village(office: Office, make: Make) -> None:
    assert service.slides(office, DAY) == []
    stone, willow = make.village("石桥村"), make.village("柳河村")
    failing(office, place(office, unit_id=make.grid(stone).id), Q02="")
    check(office, place(office, name="南店", unit_id=make.grid(willow).id))
    made, found = service.slides(office, DAY)
    assert made.labels == ("石桥村", "柳河村") and "检查场所 2 次，1 次发现隐患，石桥村最多" in made.title
    assert [series.values for series in made.series] == [(0.0, 1.0), (1.0, 0.0)]
    assert "新发现隐患 1 处，销案 0 处，未销案共 1 处" in found.title


def test_no_wording_claims_a_power_the_township_lacks(office: Office) -> None:
    shown = str(service.LISTINGS) + service.NOTICE + str(checks.checklist_for("小购物")) + str(hazards.BODIES)
    assert "责令" not in shown
