"""The tab 居民 pressed as a person presses it, and what the office then holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.domain.listing import Query
from gridoffice.domain.people import MOVED, Household
from gridoffice.modules.residents import households, leaving, service
from gridoffice.modules.residents.page import LEDGERS, ResidentsPage
from gridoffice.ui import dialogs, output
from gridoffice.ui.window import MainWindow
from tests.make import Make, id_number
from tests.modules.residents.ground import enrolment, helped
from tests.press import meanwhile, press, save_paper, words

DAY = date(2026, 11, 20)
BORN = date(1961, 11, 20)


@pytest.fixture
def house(office: Office, make: Make) -> Household:
    office.on = DAY
    kept = make.household(make.grid(), address="石桥村1组1号")
    make.resident("李秀兰", kept, relation="户主")
    make.resident("王小河", kept, relation="子")
    return kept


@pytest.fixture
def window(office: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    office.on = DAY
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


@pytest.fixture
def page(window: MainWindow, house: Household) -> ResidentsPage:
    opened = window.open("residents")
    assert isinstance(opened, ResidentsPage)
    return opened


def texts(page: ResidentsPage) -> str:
    QApplication.processEvents()
    return " ".join(made.text() for made in page.findChildren(QLabel) if made.isVisible())


def shown(parent: QWidget) -> str:
    QApplication.processEvents()
    return " ".join(made.text() for made in parent.findChildren(QLabel) if made.isVisible())


def type_in(dialog: Any, key: str, text: str) -> None:
    """As an input method does it: QTest has no keys for Chinese characters."""
    line = dialog.form.inputs[key].inner
    line.setText(text)
    line.textEdited.emit(text)


def house_of(page: ResidentsPage) -> households.HouseholdFile:
    found = page.front.house  # type: ignore[attr-defined]
    assert isinstance(found, households.HouseholdFile)
    return found


def named(page: ResidentsPage, name: str) -> int:
    """The id of the resident with this name."""
    rows = service.LISTINGS[0].rows(page.office, service.LISTINGS[0].ids(page.office, Query(DAY)), DAY)
    return next(number for number, cells in rows.items() if name in cells)


def test_an_empty_ledger_says_what_to_do_and_takes_the_first_resident(window: MainWindow) -> None:
    page = window.open("residents")
    assert isinstance(page, ResidentsPage)
    assert page.list.empty.isVisible()

    def fill(dialog: Any) -> None:
        dialog.form.inputs["name"].put("仇春花")
        dialog.form.inputs["id_number"].put(id_number(BORN, 8))
        dialog.form.inputs["address"].put("石桥村3组8号")
        dialog.form.inputs["tags"].put(["党员", "独居老人"])
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page.list.empty, "新建居民")
    assert failed == []
    assert "户 00001" in texts(page)
    assert "女 · 65 岁 · 党员、独居老人" in texts(page)
    press(page, "65岁以上")
    assert len(page.list.model.ids) == 1
    page.main.undo()
    assert page.list.model.ids == []


def test_a_new_resident_founds_a_household_and_a_member_joins_the_one_in_front(page: ResidentsPage) -> None:
    before = house_of(page).id

    def fill(dialog: Any) -> None:
        dialog.form.inputs["name"].put("王小溪")
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page, "加成员…")
    assert failed == []
    assert house_of(page).id == before
    assert [one.name for one in house_of(page).members] == ["李秀兰", "王小河", "王小溪"]
    failed = meanwhile(fill)
    press(page, "新建居民")
    assert failed == []
    assert house_of(page).id != before


def test_namesakes_are_told_while_typing_and_passed_over(page: ResidentsPage, qtbot: QtBot) -> None:
    said: list[str] = []

    def fill(dialog: Any) -> None:
        qtbot.keyClicks(dialog.form.inputs["phone"].inner, "1390")
        type_in(dialog, "name", "李秀兰")
        said.append(shown(dialog))
        press(dialog, "都不是，继续填")
        said.append(shown(dialog))
        type_in(dialog, "name", "李秀兰")
        said.append(shown(dialog))
        dialog.form.fill({})
        press(dialog, "取消")

    failed = meanwhile(fill)
    press(page, "新建居民")
    assert failed == []
    assert "姓名相同：李秀兰，女，66 岁，990102********" in said[0]
    assert "电话尾号" in said[0]
    assert "石桥村1组1号" in said[0]
    assert "已输入 4 位，手机为 11 位" in said[0]
    assert "姓名相同" not in said[1]
    assert "姓名相同" not in said[2], "who was passed over is not told again"


def test_the_record_that_is_there_already_is_opened_instead(page: ResidentsPage) -> None:
    page.list.choose(named(page, "王小河"))
    before = len(page.list.model.ids)

    def fill(dialog: Any) -> None:
        type_in(dialog, "name", "李秀兰")
        press(dialog, "打开那条")

    failed = meanwhile(fill)
    press(page, "新建居民")
    assert failed == []
    assert page.front.record == named(page, "李秀兰")
    assert len(page.list.model.ids) == before


def test_the_number_is_judged_in_words_while_typed_and_gives_birth_and_sex(page: ResidentsPage, qtbot: QtBot) -> None:
    number = id_number(BORN, 8)
    wrong = number[:17] + ("0" if number[17] != "0" else "1")
    said: dict[str, str] = {}

    def fill(dialog: Any) -> None:
        made = dialog.form.inputs["id_number"]
        for text in (number[:10], wrong, number[:6] + "19611340" + number[14:], number[:6] + number[8:17], number):
            made.inner.clear()
            qtbot.keyClicks(made.inner, text)
            said[text] = shown(made)
        assert dialog.form.inputs["sex"].value() == "女"
        assert dialog.form.inputs["born"].value() == BORN
        dialog.form.inputs["sex"].put("男")
        said["sex"] = shown(dialog.form.inputs["sex"])
        dialog.form.fill({})
        press(dialog, "取消")

    failed = meanwhile(fill)
    press(page, "新建居民")
    assert failed == []
    assert "已输入 10 位，应为 18 位" in said[number[:10]]
    assert f"按前 17 位应为 {number[17]}" in said[wrong]
    assert "没有 1961-13-40 这一天" in said[number[:6] + "19611340" + number[14:]]
    assert "旧的 15 位号码" in said[number[:6] + number[8:17]]
    assert "号码正确：女，1961-11-20 出生，65 岁" in said[number]
    assert "号码上是女" in said["sex"]


def test_members_are_entered_in_a_row_with_ctrl_enter(page: ResidentsPage, qtbot: QtBot) -> None:
    house = house_of(page)
    said: list[str] = []

    def fill(dialog: Any) -> None:
        qtbot.waitUntil(dialog.isActiveWindow)
        for name in ("王小溪", "王小满"):
            type_in(dialog, "name", name)
            qtbot.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            said.append(shown(dialog))
            assert dialog.form.inputs["name"].value() == ""
            assert dialog.form.inputs["household_id"].value() == house.id
        press(dialog, "取消")

    failed = meanwhile(fill)
    press(page, "加成员…")
    assert failed == []
    assert "已保存 王小满（第 2 人）" in said[1]
    assert [one.name for one in house_of(page).members] == ["李秀兰", "王小河", "王小溪", "王小满"]
    assert house_of(page).address == "石桥村1组1号"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_household_is_found_by_typing_and_taken_with_the_keys(page: ResidentsPage, make: Make, qtbot: QtBot) -> None:
    other = make.household(make.grid(), address="东河村2组2号")
    make.resident("仇春花", other, relation="户主")

    def fill(dialog: Any) -> None:
        made = dialog.form.inputs["household_id"]
        made.inner.setFocus()
        made.inner.selectAll()
        qtbot.keyClicks(made.inner, "qch")
        with pytest.raises(ValueError, match="还没有选定"):
            made.value()
        qtbot.waitUntil(made.is_listing)
        popup = QApplication.activePopupWidget()
        qtbot.keyClick(popup, Qt.Key.Key_Down)
        qtbot.keyClick(popup, Qt.Key.Key_Return)
        assert made.value() == other.id
        press(dialog, "保存")

    page.list.choose(named(page, "王小河"))
    failed = meanwhile(fill)
    press(page, "编辑")
    assert failed == []
    moved = service.get(page.office, named(page, "王小河"))
    assert (moved.household_id, moved.unit_id) == (other.id, other.unit_id)


def test_a_number_of_another_stays_in_the_dialog_with_a_sentence(page: ResidentsPage) -> None:
    known = service.get(page.office, named(page, "李秀兰")).id_number
    said: list[str] = []

    def fill(dialog: Any) -> None:
        dialog.form.inputs["id_number"].put(known)
        press(dialog, "保存")
        said.append(dialog.problem.text())
        dialog.form.inputs["id_number"].put(id_number(BORN, 8))
        dialog.form.inputs["sex"].put(None)
        dialog.form.inputs["born"].put(None)
        press(dialog, "保存")

    page.list.choose(named(page, "王小河"))
    failed = meanwhile(fill)
    press(page, "编辑")
    assert failed == []
    assert "已经登记在“李秀兰”名下" in said[0]
    assert service.get(page.office, named(page, "王小河")).born == BORN


def test_who_moves_out_stays_on_record_and_takes_up_what_is_chosen(page: ResidentsPage, make: Make) -> None:
    number = named(page, "王小河")
    person = service.get(page.office, number)
    enrolled, entry = enrolment(make, person), helped(make, person)
    said: list[str] = []

    def leave(dialog: Any) -> None:
        said.append(shown(dialog))
        dialog.form.inputs["where"].put("东海市")
        dialog.form.inputs["reason"].put("外出务工")
        press(dialog, "保存")

    page.list.choose(number)
    page.refresh()
    assert "健康服务预约，下次" in texts(page)
    failed = meanwhile(leave)
    press(page, "迁出…")
    assert failed == []
    assert "会一起结束 2 项" in said[0]
    assert service.get(page.office, number).state == MOVED
    assert "● 迁出" in texts(page)
    assert "迁出 · 2026-11-20 · 东海市" in texts(page)

    def back(dialog: Any) -> None:
        said.append(shown(dialog))
        dialog.form.inputs["keys"].put([f"followup:{enrolled.id}"])
        press(dialog, "保存")

    failed = meanwhile(back)
    press(page, "恢复在住")
    assert failed == []
    assert "● 迁出" not in texts(page)
    assert [one.key for one in leaving.open_plans(page.office, [number])] == [f"followup:{enrolled.id}"]
    page.main.undo()
    page.main.undo()
    assert {one.key for one in leaving.open_plans(page.office, [number])} == {
        f"followup:{enrolled.id}", f"help:{entry.id}",
    }  # fmt: skip
    assert "恢复在住" not in words(page)


def test_the_head_dies_and_the_dialog_names_the_next_one(page: ResidentsPage) -> None:
    page.list.choose(named(page, "李秀兰"))

    def leave(dialog: Any) -> None:
        assert dialog.form.inputs["head"].value() == named(page, "王小河")
        press(dialog, "保存")

    failed = meanwhile(leave)
    press(page, "去世…")
    assert failed == []
    head = households.needed(page.office, house_of(page).id).head
    assert head is not None
    assert head.name == "王小河"


def test_who_lives_apart_keeps_what_is_unticked(page: ResidentsPage, make: Make) -> None:
    number = named(page, "王小河")
    person = service.get(page.office, number)
    enrolled = enrolment(make, person)
    helped(make, person)

    def leave(dialog: Any) -> None:
        ends = dialog.form.inputs["ends"]
        assert len(ends.value()) == 2
        ends.put([key for key in ends.value() if key.startswith("help")])
        press(dialog, "保存")

    page.list.choose(number)
    failed = meanwhile(leave)
    press(page, "人户分离…")
    assert failed == []
    assert [one.key for one in leaving.open_plans(page.office, [number])] == [f"followup:{enrolled.id}"]
    press(page, "人户分离")
    assert page.list.model.ids == [number]


def test_two_selected_rows_are_merged_side_by_side(page: ResidentsPage, make: Make, qtbot: QtBot) -> None:
    twin = make.resident("王小河", phone="", id_number=None)
    page.list.choose(named(page, "李秀兰"))
    told: list[str] = []

    def read(dialog: Any) -> None:
        told.append(shown(dialog))
        press(dialog, "知道了")

    failed = meanwhile(read)
    page.front.merge()  # type: ignore[attr-defined]
    assert failed == []
    assert "正好选两个人" in told[0]
    kept = next(number for number in page.list.model.ids if number not in (twin.id, named(page, "李秀兰")))
    page.list.choose(kept)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    place = page.list.model.index(page.list.model.ids.index(twin.id), 0)
    page.list.table.selectionModel().select(place, flags)

    def merge(dialog: Any) -> None:
        told.append(shown(dialog))
        assert dialog.sides()["phone"] == ("left" if dialog.told.left_id == kept else "right")
        qtbot.waitUntil(dialog.isActiveWindow)
        qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)

    failed = meanwhile(merge)
    page.front.merge()  # type: ignore[attr-defined]
    assert failed == []
    assert page.front.record == kept
    assert twin.id not in page.list.model.ids
    page.main.undo()
    assert twin.id in page.list.model.ids


def test_a_household_is_split_and_joined_again_by_hand(page: ResidentsPage) -> None:
    press(page, "户")
    old = house_of(page)

    def split(dialog: Any) -> None:
        QTest.mouseClick(next(iter(reversed(dialog.rows.ticks.values()))), Qt.MouseButton.LeftButton)
        assert dialog.rows.told() == {old.members[0].id: "户主", old.members[1].id: "户主"}
        dialog.form.inputs["address"].put("新村5号")
        press(dialog, "保存")

    failed = meanwhile(split)
    press(page, "分户…")
    assert failed == []
    assert house_of(page).address == "新村5号"
    new = house_of(page)
    assert [one.name for one in new.members] == ["王小河"]

    def join(dialog: Any) -> None:
        dialog.form.inputs["other"].put(new.id)
        dialog.form.inputs["other"].edited.emit()
        press(dialog, "保存")
        assert "还没有选王小河与户主的关系" in dialog.problem.text()
        dialog.rows.put({new.members[0].id: "子"})
        press(dialog, "保存")

    page.list.choose(old.id)
    failed = meanwhile(join)
    press(page, "并户…")
    assert failed == []
    assert page.list.model.ids == [old.id]
    assert [(one.name, one.relation) for one in house_of(page).members] == [("李秀兰", "户主"), ("王小河", "子")]


def test_another_head_and_another_grid_for_the_household(page: ResidentsPage, make: Make) -> None:
    east = make.grid(name="东河村第1网格")
    press(page, "户")

    def head(dialog: Any) -> None:
        assert dialog.form.inputs["head"].value() == house_of(page).members[1].id
        press(dialog, "保存")

    failed = meanwhile(head)
    press(page, "换户主…")
    assert failed == []
    assert [(one.name, one.relation) for one in house_of(page).members] == [("王小河", "户主"), ("李秀兰", "母亲")]

    def move(dialog: Any) -> None:
        dialog.form.inputs["unit_id"].put(east.id)
        press(dialog, "保存")

    failed = meanwhile(move)
    press(page, "换网格…")
    assert failed == []
    assert house_of(page).unit == "东河村第1网格"


def test_a_member_is_opened_from_the_household(page: ResidentsPage) -> None:
    page.list.choose(named(page, "李秀兰"))
    press(page, "王小河")
    assert page.front.record == named(page, "王小河")


def test_the_household_is_changed_as_a_whole(page: ResidentsPage, make: Make, house: Household) -> None:
    east = make.grid(name="东河村第1网格")

    def fill(dialog: Any) -> None:
        dialog.form.inputs["unit_id"].put(east.id)
        dialog.form.inputs["address"].put("东河村2组2号")
        press(dialog, "保存")

    press(page, "户")
    assert page.list.model.ids == [house.id]
    failed = meanwhile(fill)
    press(page, "改这一户…")
    assert failed == []
    assert (house_of(page).unit, house_of(page).address) == ("东河村第1网格", "东河村2组2号")
    assert {service.get(page.office, one.id).unit_id for one in house_of(page).members} == {east.id}
    page.main.undo()
    assert house_of(page).address == "石桥村1组1号"
    page.find_in_list()
    press(page, "居民")
    assert page.front.title == "居民"


def test_into_a_household_without_address(page: ResidentsPage, make: Make) -> None:
    bare = make.household(address="")

    def fill(dialog: Any) -> None:
        dialog.form.inputs["household_id"].put(bare.id)
        press(dialog, "保存")

    page.list.choose(named(page, "王小河"))
    failed = meanwhile(fill)
    press(page, "编辑")
    assert failed == []
    assert service.get(page.office, named(page, "王小河")).household_id == bare.id
    assert households.household(page.office, bare.id).address == ""  # type: ignore[union-attr]


def test_deleted_and_brought_back(page: ResidentsPage) -> None:
    page.list.choose(named(page, "王小河"))
    press(page, "删除")
    assert len(page.list.model.ids) == 1
    page.main.undo()
    assert len(page.list.model.ids) == 2


def test_search_over_everything_opens_household_and_resident(page: ResidentsPage, house: Household) -> None:
    page.main.open("residents", record=house.id, filters=(("list", "households"),))
    assert page.front.title == "户"
    assert page.list.current() == house.id
    wanted = named(page, "王小河")
    page.main.open("residents", record=wanted, filters=(("list", "residents"),))
    assert page.list.isVisible()
    assert page.front.record == wanted


def test_the_ledger_is_printed_and_exported_masked(
    page: ResidentsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openpyxl import load_workbook

    monkeypatch.setattr(dialogs, "save_file", lambda _parent, _title, name, _kinds: tmp_path / name)
    press(page, "导出")
    save_paper(lambda: page.main.on_page("print_page"))
    assert next(tmp_path.glob("*.pdf")).read_bytes().startswith(b"%PDF")
    sheet = load_workbook(next(tmp_path.glob("*.xlsx"))).active
    assert sheet is not None
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert "李秀兰" in cells
    assert any("********" in cell for cell in cells)
    full = service.get(page.office, named(page, "李秀兰")).id_number
    assert full not in cells


def test_the_ledgers_are_switched_by_keys_and_only_built_when_asked_for(page: ResidentsPage, qtbot: QtBot) -> None:
    assert list(page.ledgers) == ["residents"]
    titles = [page.front.title]
    for _kind in LEDGERS:
        qtbot.keyClick(page.list.table, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
        titles.append(page.front.title)
    assert titles == [*[kind.title for kind in LEDGERS], LEDGERS[0].title]
    qtbot.keyClick(page.list.table, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.front.title == LEDGERS[-1].title
    assert page.segments[page.front.listing.key].isChecked()
    assert page.list.isVisible()


def test_an_organisation_is_entered_with_its_code_judged_and_opened_from_the_hint(page: ResidentsPage) -> None:
    press(page, "驻区单位")
    said: list[str] = []

    def fill(dialog: Any) -> None:
        type_in(dialog, "name", "石桥供电所")
        type_in(dialog, "credit_code", "91350100M000100Y44")
        said.append(shown(dialog))
        press(dialog, "保存")
        assert "对不上" in dialog.problem.text()
        type_in(dialog, "credit_code", "91350100M000100Y43")
        dialog.form.inputs["people"].put(12)
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page, "新建单位")
    assert failed == []
    assert "按前 17 位应为 3" in said[0]
    made = page.front.record
    assert "石桥供电所" in texts(page)
    assert "12 人" in texts(page)

    def again(dialog: Any) -> None:
        type_in(dialog, "name", "供电所")
        said.append(shown(dialog))
        asked = meanwhile(lambda question: press(question, "不保存"))
        press(dialog, "打开那条")
        assert asked == []

    failed = meanwhile(again)
    press(page, "新建单位")
    assert failed == []
    assert "名称相近：石桥供电所" in said[1]
    assert page.front.record == made
    page.front.delete()
    assert page.list.model.ids == []
    page.main.undo()
    assert page.list.model.ids == [made]


def test_the_four_ledgers_open_from_their_menu_and_print_under_their_titles(
    page: ResidentsPage, make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    from pypdf import PdfReader

    make.assign(make.staff("张建国"), make.grid())
    monkeypatch.setattr(dialogs, "save_file", lambda _parent, _title, name, _kinds: tmp_path / name)
    menu = next(made.menu() for made in page.findChildren(QPushButton) if made.text() == "四本台账")
    titles = [action.text() for action in menu.actions() if action.text()]
    assert titles[:3] == ["1. 协理员台账", "2. 居民台账（一户一档）", "3. 驻区单位台账"]
    page.list.show_view("party")
    for place, title in enumerate(("协理员台账", "居民台账", "驻区单位台账")):
        menu.actions()[place].trigger()
        save_paper(page.print_page)
        file = next(tmp_path.glob(f"{title}_*.pdf"))
        assert title in PdfReader(file).pages[0].extract_text()
    menu.actions()[1].trigger()
    assert len(page.list.model.ids) == 2, "a ledger is shown whole"


def test_household_files_are_printed_masked_or_with_a_reason(
    page: ResidentsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    from pypdf import PdfReader

    seen: list[Path] = []
    monkeypatch.setattr(dialogs, "save_file", lambda _parent, _title, name, _kinds: tmp_path / name)
    monkeypatch.setattr(output, "show", seen.append)
    number = service.get(page.office, named(page, "李秀兰")).id_number or ""
    failed = meanwhile(lambda dialog: press(dialog, "打印…"))
    press(page, "打印一户一档…")
    assert failed == []
    qtbot.waitUntil(lambda: len(seen) == 1)
    assert seen[0].name == f"一户一档_{house_of(page).number}_李秀兰.pdf"
    assert number not in PdfReader(seen[0]).pages[0].extract_text()
    asked: list[list[str]] = []

    def whole(dialog: Any) -> None:
        QTest.mouseClick(dialog.whole, Qt.MouseButton.LeftButton, pos=QPoint(8, dialog.whole.height() // 2))
        asked.append(meanwhile(why))
        press(dialog, "打印…")

    def why(dialog: Any) -> None:
        first = dialog.group.button(1)
        QTest.mouseClick(first, Qt.MouseButton.LeftButton, pos=QPoint(8, first.height() // 2))
        press(dialog, "打印")
        assert not dialog.isVisible()

    press(page, "户")
    failed = meanwhile(whole)
    press(page, "打印一户一档…")
    assert failed == []
    assert asked == [[]]
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert number in PdfReader(seen[1]).pages[0].extract_text()


def test_other_tabs_open_two_records_side_by_side(page: ResidentsPage, make: Make) -> None:
    twin = make.resident("王小河", phone="", id_number=None)
    first = next(n for n in (service.get(page.office, one.id).id for one in house_of(page).members) if n != twin.id)
    seen: list[str] = []

    def look(dialog: Any) -> None:
        seen.append(dialog.windowTitle())
        dialog.reject()

    failed = meanwhile(look)
    page.main.open("residents", filters=(("merge", (first, twin.id)),))
    assert failed == []
    other = make.household(make.grid(), address="石桥村1组1号")
    make.resident("赵清泉", other, relation="户主")

    def join(dialog: Any) -> None:
        seen.append(dialog.windowTitle())
        assert dialog.form.inputs["other"].value() == other.id
        dialog.done(0)

    failed = meanwhile(join)
    page.main.open("residents", "same_address", filters=(("list", "households"), ("merge", (1, other.id))))
    assert failed == []
    assert seen == ["合并两条记录", f"户 {house_of(page).number}：并户"]
    assert len(page.list.model.ids) == 2
