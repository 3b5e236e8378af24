"""The grid by real keys and the real clipboard: pasted, wrong cells red, corrected, written in one step, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gridoffice.db.office import Office
from gridoffice.domain.people import Household, Resident
from gridoffice.exchange.pasted import block, headings
from gridoffice.modules.residents.entering import SHEET
from gridoffice.ui.sheet import SheetDialog
from gridoffice.ui.table import ListTable
from gridoffice.ui.theme import theme
from gridoffice.ui.window import MainWindow
from tests.make import Make, id_number
from tests.press import meanwhile, press

OPEN = Callable[[Office], MainWindow]
BORN = date(1961, 11, 20)
TITLES = {column.key: column.title for column in SHEET.columns}


def number(serial: int) -> str:
    return id_number(BORN, serial)


def residents(office: Office) -> dict[str, Resident]:
    with office.read() as session:
        return {one.name: one for one in session.scalars(select(Resident).order_by(Resident.id))}


def houses(office: Office) -> list[tuple[str, str]]:
    with office.read() as session:
        return [(one.number, one.address) for one in session.scalars(select(Household).order_by(Household.number))]


@pytest.fixture
def grid(office: Office, make: Make) -> Any:
    made = make.grid(name="石桥村第1网格")
    office.on = date(2026, 11, 20)
    return made


@pytest.fixture
def dialog(office: Office, qtbot: QtBot, grid: Any) -> SheetDialog:
    return opened_on(office, qtbot)


def opened_on(office: Office, qtbot: QtBot, ids: tuple[int, ...] = ()) -> SheetDialog:
    rows = SHEET.load(office, ids) if ids else ()
    made = SheetDialog(None, office, SHEET, rows)  # type: ignore[arg-type]
    qtbot.addWidget(made, before_close_func=lambda one: one.done(0))
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.view.hasFocus)
    return made


def paste(made: SheetDialog, qtbot: QtBot, *lines: str) -> None:
    QApplication.clipboard().setText("\r\n".join(lines) + "\r\n")
    qtbot.keyClick(made.view, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


def key(made: SheetDialog, which: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(made.view, which, how)
    QApplication.processEvents()


def write(made: SheetDialog, text: str) -> None:
    """Type into the current cell as a person does and go down with Enter."""
    QTest.keyClick(made.view, Qt.Key.Key_F2)
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.setText(text)
    QTest.keyClick(line, Qt.Key.Key_Return)
    QApplication.processEvents()


def cell(made: SheetDialog, row: int, name: str, role: Qt.ItemDataRole = Qt.ItemDataRole.DisplayRole) -> Any:
    return made.model.index(row, made.model.keys.index(name)).data(role)


HEAD = "姓名\t身份证号\t联系电话\t所属网格\t户号\t与户主关系\t家庭住址\t民族"


def test_a_block_with_headings_goes_in_wrong_cells_red_the_rest_written(
    dialog: SheetDialog, qtbot: QtBot, office: Office, grid: Any
) -> None:
    bad = number(6)[:-1] + ("0" if number(6)[-1] != "0" else "1")
    paste(
        dialog, qtbot, HEAD,
        f"单雪\t{number(2)}\t13900001234\t石桥村第1网格\t00031\t户主\t\"3组\n12号\"\t汉",
        f"单小雨\t{number(4)}\t\t\t00031\t女\t\t汉",
        f"唐琪\t{bad}\t139\t石桥村第9网格\t00032\t户主\t\t汉",
        f"何敏\t{number(4)}\t\t石桥村第1网格\t00033\t户主\t\t汉",
        "\t\t13900001235\t\t\t\t\t",
    )  # fmt: skip
    assert dialog.count.text() == "2 新增，3 待改正"
    red = QColor(theme.colours.late_tint)
    wrong = {(row, name) for row in range(5) for name in dialog.model.keys
             if cell(dialog, row, name, Qt.ItemDataRole.BackgroundRole) == red}  # fmt: skip
    assert wrong == {
        (2, "id_number"), (2, "phone"), (2, "grid"), (3, "id_number"), (4, "name"),
    }  # fmt: skip
    assert "对不上" in cell(dialog, 2, "id_number", Qt.ItemDataRole.ToolTipRole)
    assert cell(dialog, 2, "grid", Qt.ItemDataRole.ToolTipRole) == "没有叫“石桥村第9网格”的网格"
    assert cell(dialog, 3, "id_number", Qt.ItemDataRole.ToolTipRole) == "与第 2 行是同一个人"
    assert residents(office) == {}
    key(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    made = residents(office)
    assert sorted(made) == ["单小雨", "单雪"]
    assert (made["单雪"].sex, made["单雪"].born, made["单雪"].phone_tail) == ("女", BORN, "1234")
    assert made["单雪"].household_id == made["单小雨"].household_id
    assert made["单小雨"].unit_id == grid.id, "the household's grid"
    assert houses(office) == [("00031", "3组 12号")]
    assert dialog.isVisible() and dialog.count.text() == "3 待改正"
    assert [cells.get("name") for cells in dialog.model.cells[:3]] == ["唐琪", "何敏", ""]
    assert office.undo() == "表格录入居民：新增 2 人"
    assert (residents(office), houses(office)) == ({}, [])


def test_wrong_cells_are_gone_to_told_and_corrected(dialog: SheetDialog, qtbot: QtBot, office: Office) -> None:
    paste(dialog, qtbot, f"唐琪\t{number(2)[:10]}", f"何敏\t{number(4)}\t男")
    key(dialog, Qt.Key.Key_F3)
    assert (dialog.view.currentIndex().row(), dialog.view.currentIndex().column()) == (0, 1)
    assert dialog.reason.text().startswith("第 1 行证件号：")
    write(dialog, number(2))
    qtbot.waitUntil(lambda: dialog.count.text() == "1 新增，1 待改正")
    key(dialog, Qt.Key.Key_F3)
    assert dialog.reason.text() == "第 2 行性别：按身份证号码应为女"
    key(dialog, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: dialog.count.text() == "2 新增")
    press(dialog, "保存 2 人")
    assert not dialog.isVisible() and dialog.written == 2
    assert len(residents(office)) == 2


def test_the_keys_of_excel_work(dialog: SheetDialog, qtbot: QtBot) -> None:
    for name in ("单雪", "唐琪", "何敏"):
        write(dialog, name)
    assert [cells.get("name") for cells in dialog.model.cells[:3]] == ["单雪", "唐琪", "何敏"]
    assert dialog.view.currentIndex().row() == 3, "Enter goes down"
    column = dialog.model.keys.index("relation")
    dialog.view.go(0, column)
    write(dialog, "户主")
    key(dialog, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert dialog.model.cells[1]["relation"] == "户主", "the same as above"
    view, model = dialog.view, dialog.model
    view.clearSelection()
    view.go(0, column)
    key(dialog, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    key(dialog, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QApplication.clipboard().setText("子")
    key(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [cells.get("relation") for cells in model.cells[:3]] == ["子", "子", "子"], "one value fills"
    key(dialog, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "子\n子\n子"
    key(dialog, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [cells.get("relation", "") for cells in model.cells[:3]] == ["户主", "户主", ""]
    view.go(1, 0)
    key(dialog, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert [cells.get("name") for cells in model.cells[:2]] == ["单雪", "何敏"]


def test_rows_are_made_as_they_are_needed(dialog: SheetDialog, qtbot: QtBot, office: Office) -> None:
    lines = [f"王{n}\t{number(2 * n + 2)}" for n in range(120)]
    paste(dialog, qtbot, *lines)
    assert dialog.count.text() == "120 新增"
    assert dialog.model.rowCount() > 120
    press(dialog, "保存 120 人")
    assert len(residents(office)) == 120
    assert office.undo() == "表格录入居民：新增 120 人"


def test_people_who_are_there_are_changed_and_not_doubled(office: Office, qtbot: QtBot, make: Make, grid: Any) -> None:
    house = make.household(grid, number="00007")
    make.resident("单雪", house, id_number=number(2), phone="13900001234", born=BORN)
    make.resident("何敏", house, id_number=None, phone="", born=None, sex="")
    dialog = opened_on(office, qtbot)
    paste(
        dialog, qtbot, "姓名\t证件号\t电话\t户编号", f"单雪\t{number(2)}\t13900009999\t", "何敏\t\t\t7",
        "何敏\t\t13900005555\t00007", f"单雪雪\t{number(2)}\t\t",
    )  # fmt: skip
    assert dialog.count.text() == "1 新增，2 修改，1 待改正"
    assert cell(dialog, 0, "phone", Qt.ItemDataRole.ToolTipRole) == "原来：139****1234"
    assert cell(dialog, 0, "phone", Qt.ItemDataRole.BackgroundRole) == QColor(theme.colours.soon_tint)
    assert dialog.model.headerData(0, Qt.Orientation.Vertical) == "1 改"
    assert "登记在“单雪”名下，姓名不同" in cell(dialog, 3, "name", Qt.ItemDataRole.ToolTipRole)
    dialog.model.take_out([1, 3])
    dialog.judge()
    press(dialog, "保存 2 人")
    made = residents(office)
    assert (made["单雪"].phone, made["单雪"].household_id, made["何敏"].phone) == (
        "13900009999",
        house.id,
        "13900005555",
    )
    assert len(made) == 2
    assert office.undo() == "表格录入居民：修改 2 人"
    assert residents(office)["单雪"].phone == "13900001234"


def test_selected_people_are_changed_in_the_grid_numbers_masked(
    office: Office, qtbot: QtBot, make: Make, grid: Any
) -> None:
    house = make.household(grid, address="1组1号")
    one = make.resident("单雪", house, id_number=number(2), phone="13900001234", born=BORN, tags="党员")
    dialog = opened_on(office, qtbot, (one.id,))
    assert dialog.count.text() == "1 没有变化"
    assert cell(dialog, 0, "phone") == "139****1234"
    dialog.view.go(0, dialog.model.keys.index("address"))
    write(dialog, "2组2号")
    dialog.view.go(0, dialog.model.keys.index("tags"))
    key(dialog, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: dialog.count.text() == "1 修改")
    press(dialog, "保存 1 人")
    kept = residents(office)["单雪"]
    assert (kept.id_number, kept.phone, kept.tags) == (number(2), "13900001234", "")
    assert houses(office)[0][1] == "2组2号"


def test_what_must_not_be_kept_is_refused(dialog: SheetDialog, qtbot: QtBot) -> None:
    paste(dialog, qtbot, "姓名\t人员类别\t备注", "单雪\t信访人员\t", "唐琪\t党员\t吸毒人员", "何敏\t外星人\t")
    assert cell(dialog, 0, "tags", Qt.ItemDataRole.ToolTipRole) == "按规定不登记这类内容"
    assert "按规定不登记" in cell(dialog, 1, "note", Qt.ItemDataRole.ToolTipRole)
    assert cell(dialog, 2, "tags", Qt.ItemDataRole.ToolTipRole) == "人员类别里没有“外星人”"


def test_unknown_headings_are_told_and_leaving_asks(dialog: SheetDialog, qtbot: QtBot, office: Office) -> None:
    from gridoffice.ui.dialogs import Toast

    paste(dialog, qtbot, HEAD, f"单雪\t{number(2)}\t\t\t\t\t\t汉")
    told = [made.findChild(type(dialog.count)).text() for made in dialog.findChildren(Toast)]  # type: ignore[union-attr]
    assert told == ["这些列没有认出，没有贴入：民族"]
    failed = meanwhile(lambda asked: press(asked, "继续填写"))
    press(dialog, "关闭")
    assert failed == [] and dialog.isVisible()
    failed = meanwhile(lambda asked: press(asked, "不要了，关闭"))
    press(dialog, "关闭")
    assert failed == [] and not dialog.isVisible()
    assert residents(office) == {}


def test_ctrl_v_in_the_list_opens_the_grid_with_the_block(
    office: Office, opened: OPEN, qtbot: QtBot, make: Make
) -> None:
    make.resident("单雪", make.household(make.grid()))
    window = opened(office)
    page: Any = window.open("residents")
    table: ListTable = page.list
    table.table.setFocus()
    window.activateWindow()
    qtbot.waitUntil(table.table.hasFocus)
    QApplication.clipboard().setText(f"唐琪\t{number(8)}\n")

    def act(dialog: Any) -> None:
        assert dialog.count.text() == "1 新增"
        press(dialog, "保存 1 人")

    failed = meanwhile(act)
    qtbot.keyClick(table.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert failed == []
    assert set(residents(office)) == {"单雪", "唐琪"}
    assert len(table.model.ids) == 2


def test_blocks_are_read_as_excel_writes_them() -> None:
    assert block('a\tb\r\n"c\nd"\t"e ""f"""\r\n') == [["a", "b"], ["c d", 'e "f"']]
    assert block("") == []
    assert headings(["姓名", "公民身份号码", "民族"], "residents", TITLES) == ["name", "id_number", None]
    assert headings(["单雪", "女"], "residents", TITLES) is None
    assert headings(["姓名", number(2)], "residents", TITLES) is None
