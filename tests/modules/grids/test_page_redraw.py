"""The tree dragged and moved by keys, the assistants pressed through, a past day on the screen; the office is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.domain.people import Household
from gridoffice.modules.grids import service
from gridoffice.modules.grids.page import GridsPage
from gridoffice.ui.figure import Figure
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.modules.grids.redrawing import DAY, EVE, Township, township, units_of
from tests.press import meanwhile, press


@pytest.fixture
def town(office: Office, make: Make) -> Township:
    office.on = DAY
    return township(make)


@pytest.fixture
def page(office: Office, town: Township, qtbot: QtBot) -> Iterator[GridsPage]:
    window = MainWindow(office)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    opened = window.open("grids", record=town.grid.id)
    assert isinstance(opened, GridsPage)
    yield opened
    window.close()


def entry(page: GridsPage, word: str) -> QAction:
    """An entry of the menu 更多."""
    QApplication.processEvents()
    more = next(made for made in page.findChildren(QPushButton) if made.menu() is not None and made.isVisible())
    menu: Any = more.menu()
    found: QAction = next(action for action in menu.actions() if action.text() == word)
    return found


def texts(page: GridsPage) -> str:
    QApplication.processEvents()
    return " ".join(made.text() for made in page.findChildren(QLabel) if made.isVisible())


def order(page: GridsPage, parent: int) -> list[int]:
    """The units under one as the tree shows them."""
    return [node.id for node in service.tree(page.office) if node.parent == parent]


def drag(page: GridsPage, unit: int, onto: int, where: str = "on") -> None:
    """Drag a unit onto another one, or to its upper or lower edge."""
    tree = page.tree.tree
    page.tree.choose(unit)
    page.tree.tree.expandAll()
    QApplication.processEvents()
    item, source = page.tree.item(onto), page.tree.item(unit)
    assert item is not None
    assert source is not None
    box = tree.visualItemRect(item)
    y = {"on": box.center().y(), "above": box.top() + 1, "below": box.bottom()}[where]
    place = QPoint(box.center().x(), y)
    mime = tree.model().mimeData([tree.indexFromItem(source)])
    how = (Qt.DropAction.MoveAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    for event in (
        QDragEnterEvent(tree.visualItemRect(source).center(), *how),
        QDragMoveEvent(place, *how),
        QDropEvent(QPointF(place), *how),
    ):
        QApplication.sendEvent(tree.viewport(), event)
    QApplication.processEvents()


def test_a_unit_is_dragged_before_its_sibling_and_to_another_village(
    page: GridsPage, town: Township, make: Make
) -> None:
    drag(page, town.other.id, town.grid.id, "above")
    assert order(page, town.village.id) == [town.other.id, town.grid.id]
    assert page.tree.current() == town.other.id
    page.main.undo()
    assert order(page, town.village.id) == [town.grid.id, town.other.id]
    drag(page, town.grid.id, town.other.id, "below")
    assert order(page, town.village.id) == [town.other.id, town.grid.id]
    east = make.village("东河村")
    drag(page, town.grid.id, east.id)
    assert service.get(page.office, town.grid.id).parent_id == east.id
    assert page.office.undo_text() == "移动 石桥村第1网格 到 东河村"
    press(page.main, "撤销")  # on the toast
    assert service.get(page.office, town.grid.id).parent_id == town.village.id


def test_a_drop_that_cannot_be_is_refused_with_a_sentence(page: GridsPage, town: Township) -> None:
    for unit, onto, where, words in (
        (town.village.id, town.grid.id, "on", "自己的下级"),
        (town.grid.id, town.other.id, "on", "不能放到“石桥村第2网格”下面"),
        (town.village.id, service.tree(page.office)[0].id, "above", "最上面只能是乡镇"),
    ):
        said: list[str] = []

        def read(dialog: Any, said: list[str] = said) -> None:
            said.append(" ".join(made.text() for made in dialog.findChildren(QLabel)))
            press(dialog, "知道了")

        failed = meanwhile(read)
        drag(page, unit, onto, where)
        assert failed == []
        assert words in said[0]
    assert page.office.undo_text() != "移动网格"
    assert order(page, town.village.id) == [town.grid.id, town.other.id]


def test_alt_and_arrows_move_the_current_unit(page: GridsPage, town: Township, make: Make) -> None:
    east = make.village("东河村", sort=9)
    tree, alt = page.tree.tree, Qt.KeyboardModifier.AltModifier
    page.tree.choose(town.grid.id)
    QTest.keyClick(tree, Qt.Key.Key_Down, alt)
    assert order(page, town.village.id) == [town.other.id, town.grid.id]
    QTest.keyClick(tree, Qt.Key.Key_Down, alt)  # it is the last already
    QTest.keyClick(tree, Qt.Key.Key_Up, alt)
    assert order(page, town.village.id) == [town.grid.id, town.other.id]
    QTest.keyClick(tree, Qt.Key.Key_Right, alt)
    assert service.get(page.office, town.grid.id).parent_id == east.id
    assert page.tree.current() == town.grid.id
    QTest.keyClick(tree, Qt.Key.Key_Left, alt)
    assert service.get(page.office, town.grid.id).parent_id == town.village.id


def test_a_grid_is_split_through_the_assistant_and_taken_back(page: GridsPage, town: Township) -> None:
    read: list[str] = []

    def lead(dialog: Any) -> None:
        assert dialog.lines[1][0].text() == "石桥村第3网格"
        assert dialog.lines[1][1].text() == "99010210120003"
        press(dialog, "下一步")
        table = dialog.table
        groups = {top.text(0): top for top in (table.tree.topLevelItem(n) for n in range(4)) if top is not None}
        groups["户 · 2组"].setCheckState(0, Qt.CheckState.Checked)
        press(dialog, "归过去")
        table.tree.clearSelection()
        groups["未办结事项 · 2组"].setSelected(True)
        QTest.keyClick(table.tree, Qt.Key.Key_2)
        read.append(table.total.text())
        press(dialog, "下一步")
        read.append(dialog.view.toPlainText())
        press(dialog, "拆分")

    failed = meanwhile(lead)
    entry(page, "拆分…").trigger()
    assert failed == []
    assert read[0] == "石桥村第1网格：2 户、1 场所、0 未办结事项；石桥村第3网格：2 户、0 场所、1 未办结事项"
    assert "拆分 石桥村第1网格 为 2 个网格，从 2026-11-20 起" in read[1]
    assert "总数不变" in read[1]
    first, second = town.grid.id, order(page, town.village.id)[-1]
    assert units_of(page.office, Household) == [first, first, second, second]
    page.main.undo()
    assert units_of(page.office, Household) == [first] * 4
    assert order(page, town.village.id) == [town.grid.id, town.other.id]


def test_a_part_that_gets_nothing_is_told_in_the_assistant(page: GridsPage) -> None:
    said: list[str] = []

    def lead(dialog: Any) -> None:
        press(dialog, "下一步")
        press(dialog, "下一步")
        said.append(dialog.problem.text())
        assert dialog.stack.currentIndex() == 1, "the step stays"
        press(dialog, "取消")

    failed = meanwhile(lead)
    entry(page, "拆分…").trigger()
    assert failed == []
    assert "“石桥村第3网格”里什么也没有分到" in said[0]


def test_a_special_grid_gets_a_code_from_51(page: GridsPage) -> None:
    codes: list[str] = []

    def lead(dialog: Any) -> None:
        dialog.lines[1][2].setCurrentIndex(1)
        codes.append(dialog.lines[1][1].text())
        press(dialog, "取消")

    failed = meanwhile(lead)
    entry(page, "拆分…").trigger()
    assert failed == []
    assert codes == ["99010210120051"]


def test_what_cannot_be_deleted_is_merged_instead(page: GridsPage, town: Township) -> None:
    read: list[str] = []

    def lead(dialog: Any) -> None:
        item = dialog.list.item(1)
        item.setCheckState(Qt.CheckState.Checked)
        dialog.into.setCurrentIndex(dialog.into.findData(town.other.id))
        press(dialog, "下一步")
        read.append(dialog.view.toPlainText())
        press(dialog, "合并")

    def refuse(dialog: Any) -> None:
        read.append(" ".join(made.text() for made in dialog.findChildren(QLabel)))
        meanwhile(lead)
        press(dialog, "合并到…")

    failed = meanwhile(refuse)
    entry(page, "删除").trigger()
    assert failed == []
    assert "4 户、4 名居民" in read[0]
    assert "1 次巡查" in read[0]
    assert "合并 石桥村第1网格 到 石桥村第2网格" in read[1]
    assert units_of(page.office, Household) == [town.other.id] * 4
    page.show_unit(town.grid.id)
    assert "已撤并：到 2026年11月19日 为止" in texts(page)
    press(page, "石桥村第2网格")
    assert page.unit is not None
    assert page.unit.id == town.other.id


def test_what_stands_in_the_way_is_shown(page: GridsPage, town: Township) -> None:
    failed = meanwhile(lambda dialog: press(dialog, "看看是哪些"))
    entry(page, "删除").trigger()
    assert failed == []
    assert page.main.current == "residents"


def test_old_codes_are_found_in_the_tree_and_said_to_be_old(page: GridsPage, town: Township, qtbot: QtBot) -> None:
    service.update(page.office, town.grid.id, {"name": "石桥村河东网格", "code": "99010210120009"})
    for text in ("99010210120001", "石桥村第1网格"):
        page.tree.search.setText(text)  # keys of a test know no Chinese
        page.tree.search.textEdited.emit(text)
        assert page.tree.current() == town.grid.id
        assert f"“{text}”是以前的名称或编码，现在是“石桥村河东网格”" in texts(page)
    page.tree.search.clear()
    qtbot.keyClicks(page.tree.search, "wpg")
    assert "没有找到“wpg”" in texts(page)
    page.tree.search.clear()
    qtbot.keyClicks(page.tree.search, "wp")  # 王平 is responsible for 第2网格
    assert page.tree.current() == town.other.id


def test_a_grid_is_found_in_the_tree_by_letters_of_its_whole_name_and_by_words_in_any_order(
    page: GridsPage, town: Township
) -> None:
    for text in ("sqcd1", "第1网格 石桥", "石桥 99010210120001"):
        page.tree.choose(next(node.id for node in service.tree(page.office)))
        page.tree.search.setText(text)
        page.tree.search.textEdited.emit(text)
        assert page.tree.current() == town.grid.id, text
        assert "没有找到" not in texts(page)


def test_who_is_responsible_is_not_changed_while_a_past_day_is_looked_at(page: GridsPage, town: Township) -> None:
    page.tree.choose(town.grid.id)
    held = [
        made for made in page.right.findChildren(QPushButton) if made.text() in ("指定责任人…", "更正…", "结束任职")
    ]
    assert held
    assert all(made.isEnabled() for made in held)
    page.main.standpoint.look_at(page.office.today() - timedelta(days=1))
    QApplication.processEvents()
    assert page.unit is not None
    page.right.show_unit(page.unit)  # what stood there today is gone when this returns to the loop
    words = {made.text(): made.isEnabled() for made in page.right.findChildren(QPushButton)}
    assert words["任期簿…"] is True
    assert not any(words[word] for word in words if word in ("指定责任人…", "更正…", "结束任职", "指定…"))


def test_a_past_day_is_shown_and_can_only_be_read(page: GridsPage, town: Township) -> None:
    service.update(page.office, town.grid.id, {"name": "石桥村河东网格"})
    page.office.as_of = EVE
    page.refresh()
    shown = texts(page)
    assert "石桥村第1网格" in shown
    assert "这是 2026年11月19日 的情形，只能看" in shown
    assert not entry(page, "拆分…").isEnabled()
    edit = next(made for made in page.findChildren(QPushButton) if made.text() == "编辑" and made.isVisible())
    assert not edit.isEnabled()
    assert "不能改" in edit.toolTip()
    assert not page.add_button.isEnabled()
    assert not page.tree.tree.dragEnabled()
    QTest.keyClick(page.tree.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    page.office.as_of = None
    page.refresh()
    assert "石桥村河东网格" in texts(page)
    assert order(page, town.village.id) == [town.grid.id, town.other.id]


def test_every_number_of_the_card_opens_its_list(page: GridsPage, town: Township) -> None:
    for word, module in (
        ("户", "residents"), ("人", "residents"), ("党员", "residents"), ("驻区单位", "residents"),
        ("场所", "inspections"), ("未办结", "cases"), ("应访", "followup"),
    ):  # fmt: skip
        page.main.show_tab("grids")
        QApplication.processEvents()
        tile = next(made for made in page.findChildren(Figure) if made.word.text().startswith(word))
        tile.click()
        assert page.main.current == module, word
    page.main.show_tab("grids")
    tiles = {made.word.text(): made.number.text() for made in page.findChildren(Figure)}
    assert tiles["应访"] == "2", "an appointment and a help visit"
    page.card.show_tab("history")
    assert page.card.current_tab() == "history"
