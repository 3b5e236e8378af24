"""The paper round trip: doors onto a sheet by lane, the paper read back, typed in by keys alone, saved and undone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db import store
from gridoffice.db.office import Office
from gridoffice.domain.casework import CaseHousehold
from gridoffice.domain.help import WITHDRAWN, HelpEntry
from gridoffice.domain.listing import Query
from gridoffice.domain.papers import IssuedPaper
from gridoffice.domain.people import Household
from gridoffice.domain.staff import Staff
from gridoffice.domain.work import Case
from gridoffice.modules.inspections.model import Hazard, Inspection
from gridoffice.modules.patrols import round_paper, rounds, typein, typein_save, visit_rules
from gridoffice.modules.patrols.lanes import lane_key
from gridoffice.modules.patrols.model import HouseVisit, RouteSheet
from gridoffice.modules.patrols.page import PatrolsPage
from gridoffice.modules.patrols.page_typein import TypeInDialog
from gridoffice.modules.patrols.round_list import ROUNDS
from gridoffice.modules.patrols.rounds import Round
from gridoffice.modules.patrols.visit_list import VISITS
from gridoffice.modules.residents.model import HelpVisit
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.modules.residents.ground import enrolment, helped
from tests.press import meanwhile, press

DAY = date(2026, 11, 25)


@pytest.fixture
def town(office: Office, make: Make) -> tuple[Staff, list[Household]]:
    """Forty households of one grid, shuffled, and who is on duty there."""
    office.on = DAY
    grid = make.grid()
    worker = make.staff("张建国")
    make.assign(worker, grid)
    places = [f"石桥村{group}组{number}号" for group in (1, 2, 3, 11) for number in range(3, 13)]
    random.Random(1).shuffle(places)
    homes = []
    for place in places:
        home = make.household(grid, address=place)
        make.resident("李秀兰", home, relation="户主")
        homes.append(home)
    return worker, homes


def sheet(office: Office, town: tuple[Staff, list[Household]]) -> int:
    [made] = rounds.make(office, [Round(town[0].id, DAY, tuple(home.id for home in town[1]))])
    return made


def all_of(office: Office, kind: type[Any]) -> list[Any]:
    with office.read() as session:
        return list(session.scalars(select(kind).order_by(kind.id)))


def due(office: Office) -> int:
    return VISITS.count(office, Query(DAY, view="due"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("3组6号", "3组12号"),
        ("3组12号", "12组1号"),
        ("石桥村三组6号", "石桥村3组7号"),
        ("九组1号", "十组1号"),
        ("十二组1号", "二十组1号"),
        ("3组６号", "3组7号"),
        ("3组6号", "3组6号-2"),
        ("9组", ""),
    ],
)
def test_lanes_are_walked_by_number(first: str, second: str) -> None:
    assert lane_key(first) < lane_key(second)


def test_everything_behind_one_door_and_never_the_disease(
    office: Office, make: Make, town: tuple[Staff, list[Household]], tmp_path: Path
) -> None:
    _, homes = town
    home = homes[0]
    person = make.resident("王小河", home)
    helped(make, person)
    helped(make, make.resident("王小山", home), kind="留守、困境未成年人")
    enrolment(make, person)
    enrolment(make, person, "diabetes")
    shop = make.premises("石桥小卖部", None, address=home.address)
    with office.unit("场所入网格") as session:
        session.get_one(type(shop), shop.id).unit_id = home.unit_id
    check = make.add(Inspection(premises_id=shop.id, day=DAY))
    make.add(Hazard(inspection_id=check.id, premises_id=shop.id, text="通道堆物", found_on=DAY))
    case = make.case("三组路灯不亮 13912345678")
    make.add(CaseHousehold(case_id=case.id, household_id=home.id))
    [made] = rounds.make(office, [Round(town[0].id, DAY, (home.id,))])
    [row] = typein.view(office, made).rows
    assert row.title == f"{home.address}　李秀兰"
    assert sorted(row.due) == sorted(
        (
            "入户走访（首次）",
            "答复事项 三组路灯不亮 139****",
            "帮扶走访 王小河",
            "帮扶走访 未成年人",
            "隐患复查 石桥小卖部：通道堆物",
            "健康服务预约 王小河",
        )
    )
    path = tmp_path / "one.pdf"
    round_paper.issue(office, [made], path)
    text = PdfReader(path).pages[0].extract_text()
    for hidden in ("高血压", "糖尿病", "王小山", "13912345678", "独居"):
        assert hidden not in text


def test_the_paper_is_read_back(office: Office, town: tuple[Staff, list[Household]], tmp_path: Path) -> None:
    import pypdfium2
    import zxingcpp

    made = sheet(office, town)
    path = tmp_path / "LX.pdf"
    round_paper.issue(office, [made], path)
    round_paper.issue(office, [made], path)
    pages = PdfReader(path).pages
    assert len(pages) == 2
    texts = [page.extract_text() for page in pages]
    assert "第 1 页，共 2 页" in texts[0] and "走访人签名" in texts[1] and "走访人签名" not in texts[0]
    assert all("LX2026-001" in text and "张建国" in text for text in texts)
    places = [f"石桥村{group}组{number}号" for group in (1, 2, 3, 11) for number in range(3, 13)]
    found = [texts[0].find(place) for place in places[:20]]
    assert -1 not in found and all(place in texts[1] for place in places[20:])
    assert [row.title.partition("　")[0] for row in typein.view(office, made).rows] == places
    document = pypdfium2.PdfDocument(path)
    for page in document:
        codes = zxingcpp.read_barcodes(page.render(scale=2).to_pil())
        assert [code.text for code in codes] == ["LX2026-001"]
    document.close()
    [paper] = all_of(office, IssuedPaper)
    assert (paper.number, paper.kind, paper.pages) == ("LX2026-001", "round", 2)


@pytest.mark.parametrize("text", ["LX2026-001", "lx2026-1", "ＬＸ２０２６－００１", "2026001", " LX2026-001\n"])
def test_a_number_is_found_however_it_was_typed(office: Office, town: tuple[Staff, list[Household]], text: str) -> None:
    made = sheet(office, town)
    assert typein.find(office, text).id == made


def test_a_wrong_number_is_told(office: Office, town: tuple[Staff, list[Household]]) -> None:
    for text, told in (("卡123", "不是路线单的编号"), ("LX2026-009", "没有编号是 LX2026-009")):
        with pytest.raises(OfficeError, match=told):
            typein.find(office, text)


def test_long_rounds_are_parted_and_a_sheet_is_taken_back(
    office: Office, make: Make, town: tuple[Staff, list[Household]]
) -> None:
    worker, homes = town
    more = make.household(make.grid(), address="石桥村1组1号")
    ids = tuple(home.id for home in (*homes, more))
    made = rounds.make(office, [Round(worker.id, DAY, ids)])
    assert [len(typein.view(office, one).rows) for one in made] == [40, 1]
    assert [typein.view(office, one).number for one in made] == ["LX2026-001", "LX2026-002"]
    with office.read() as session:
        assert rounds.open_doors(session, DAY) == set(ids)
    rounds.remove(office, made)
    assert all_of(office, RouteSheet) == []
    office.undo()
    assert ROUNDS.count(office, Query(DAY, view="out")) == 2
    with pytest.raises(OfficeError, match="没有要走访的户"):
        rounds.make(office, [])


def test_a_sheet_moves_the_help_plan_unless_the_consent_was_taken_back(
    office: Office, make: Make, town: tuple[Staff, list[Household]]
) -> None:
    worker, homes = town
    entries = [helped(make, make.resident(f"王小{name}", home)) for name, home in zip("河山水", homes, strict=False)]
    made = sheet(office, town)
    with office.unit("撤回") as session:
        session.get_one(HelpEntry, entries[1].id).state = WITHDRAWN
    rows = {row.title: row for row in typein.view(office, made).rows}
    for home, result in zip(homes, ("fine", "fine", "away"), strict=False):
        typein.draft(office, replace(rows[f"{home.address}　李秀兰"], result=result))
    done = typein_save.finish(office, made, DAY)
    assert (done.visits, done.helped, done.missed) == (2, 1, 38)
    kept = {entry.id: (entry.last_on, entry.next_on) for entry in all_of(office, HelpEntry)}
    assert kept[entries[0].id] == (DAY, DAY + timedelta(days=30))
    assert kept[entries[1].id][0] is None and kept[entries[2].id][0] is None
    [visit] = all_of(office, HelpVisit)
    assert (visit.result, visit.by) == ("见到本人", worker.name)
    with pytest.raises(OfficeError, match="2026年11月25日录入：家中无人 1 户，一切正常 2 户，没填 37 户"):
        typein_save.finish(office, made, DAY)


def test_what_was_typed_outlives_a_kill(
    office: Office, office_file: Path, tmp_path: Path, town: tuple[Staff, list[Household]]
) -> None:
    made = sheet(office, town)
    rows = typein.view(office, made).rows
    typein.draft(office, replace(rows[0], result="wish", note="想修路", raised=("门口路面破损", "市政设施")))
    office.close()  # nothing else was asked to be saved
    again = store.open_office(office_file)
    again.on = DAY
    try:
        first = typein.find(again, "LX2026-001").rows[0]
        assert (first.result, first.note, first.raised) == ("wish", "想修路", ("门口路面破损", "市政设施"))
    finally:
        again.close()


def test_all_workers_sheets_are_one_file_each_counting_its_own_pages(
    office: Office, make: Make, town: tuple[Staff, list[Household]], tmp_path: Path
) -> None:
    worker, homes = town
    other = make.staff("李秀兰")
    ids = [home.id for home in homes]
    made = rounds.make(office, [Round(worker.id, DAY, tuple(ids[:25])), Round(other.id, DAY, tuple(ids[25:]))])
    path = tmp_path / "全村.pdf"
    round_paper.issue(office, made, path)
    round_paper.issue(office, made, path)
    pages = [page.extract_text() for page in PdfReader(path).pages]
    assert len(pages) == 3
    assert [("LX2026-001" in text, "LX2026-002" in text) for text in pages] == [(True, False)] * 2 + [(False, True)]
    assert "第 1 页，共 2 页" in pages[0]
    assert "张建国" in pages[0]
    assert "李秀兰" in pages[2]
    assert [(one.number, one.pages) for one in all_of(office, IssuedPaper)] == [("LX2026-001", 2), ("LX2026-002", 1)]


@pytest.fixture
def window(office: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


def test_forty_rows_by_keys_alone(
    office: Office, make: Make, town: tuple[Staff, list[Household]], window: MainWindow, tmp_path: Path
) -> None:
    entry = helped(make, make.resident("王小河", town[1][0]))
    made = sheet(office, town)
    round_paper.issue(office, [made], tmp_path / "LX.pdf")
    assert due(office) == 40
    keys = {4: "1", 9: "3", 14: "4"}
    told: list[str] = []

    def type_all(dialog: TypeInDialog) -> None:
        dialog.activateWindow()
        assert QTest.qWaitForWindowActive(dialog)
        QTest.keyClicks(dialog.number, "lx2026-001")
        QTest.keyClick(dialog.number, Qt.Key.Key_Return)
        assert dialog.focusWidget() is dialog.table and dialog.table.currentRow() == 0
        for place in range(40):
            table = dialog.focusWidget()
            assert table is dialog.table and dialog.table.currentRow() == place
            QTest.keyClick(table, Qt.Key.Key_Space) if place not in keys else QTest.keyClicks(table, keys[place])
            QTest.keyClick(table, Qt.Key.Key_Return)
        assert dialog.told.text() == "已填 40 / 40 行"
        QTest.keyClick(dialog.table, Qt.Key.Key_Backspace)
        assert dialog.table.currentRow() == 38

        def note(box: Any) -> None:
            box.setTextValue("狗凶，先打电话")
            QTest.keyClick(box, Qt.Key.Key_Return)

        failed = meanwhile(note)
        QTest.keyClick(dialog.table, Qt.Key.Key_F2)
        assert failed == [] and dialog.rows[38].note == "狗凶，先打电话"

        def raised(editor: Any) -> None:
            editor.form.inputs["title"].put("门口路灯不亮")
            editor.form.inputs["category"].put("市政设施")
            press(editor, "保存")

        dialog.table.setCurrentCell(9, 0)
        failed = meanwhile(raised)
        QTest.keyClick(dialog.table, Qt.Key.Key_S)
        assert failed == [] and dialog.rows[9].raised == ("门口路灯不亮", "市政设施")
        dialog.activateWindow()
        assert QTest.qWaitForWindowActive(dialog)
        QTest.keyClick(dialog.table, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
        QTest.qWait(300)  # a button pressed by its shortcut goes down for a moment first
        told.append(dialog.title.text())
        assert dialog.number.text() == ""
        assert dialog.focusWidget() is dialog.number
        QTest.keyClicks(dialog.number, "LX2026-001")
        QTest.keyClick(dialog.number, Qt.Key.Key_Return)
        told.append(dialog.title.text())
        assert not dialog.save_button.isEnabled()
        dialog.reject()

    failed = meanwhile(type_all)
    window.actions_by_key["type_in"].trigger()
    assert failed == []
    assert told[0] == ("LX2026-001 已保存：走访 39 户，其中帮扶走访 1 人，新事项 1 件；没走访到 1 户。请扫下一张。")
    assert told[1].startswith(
        "LX2026-001 已在2026年11月25日录入：家中无人 1 户，一切正常 37 户，有诉求 1 户，拒访 1 户。"
    )
    assert due(office) == 1
    [case] = all_of(office, Case)
    visits = all_of(office, HouseVisit)
    assert len(visits) == 40 and case.source == "visit" and case.source_id in {one.id for one in visits}
    [link] = all_of(office, CaseHousehold)
    assert link.household_id == next(one.household_id for one in visits if one.id == case.source_id)
    window.actions_by_key["undo"].trigger()
    assert due(office) == 40 and all_of(office, HouseVisit) == all_of(office, Case) == []
    assert {one.id: one.last_on for one in all_of(office, HelpEntry)} == {entry.id: None}
    again = typein.view(office, made)
    assert not again.typed and all(row.result for row in again.rows), "what was typed is still there to be mended"
    office.redo()
    assert due(office) == 1


def test_sheets_are_made_of_the_chosen_households(
    office: Office, town: tuple[Staff, list[Household]], window: MainWindow
) -> None:
    page = window.open("patrols", "due")
    assert isinstance(page, PatrolsPage)
    page.list.table.selectAll()

    def make_it(dialog: Any) -> None:
        assert dialog.form.inputs["staff_id"].value() == town[0].id, "who is on duty there is filled in"
        press(dialog, "保存")

    failed = meanwhile(make_it)
    page.acts.do("make_round")
    assert failed == []
    assert page.key == ROUNDS.key and len(page.list.model.ids) == 1
    current = page.list.current()
    assert current is not None and len(typein.view(office, current).rows) == 40
    page.acts.do("drop_round")
    assert len(page.list.model.ids) == 0


def test_every_result_has_a_key_of_its_own() -> None:
    keys = [one.key for one in visit_rules.results()]
    assert len(set(keys)) == len(keys) and all(len(key) == 1 and key.isdecimal() for key in keys)
