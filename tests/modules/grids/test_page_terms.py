"""Terms on the screen: the network above the tree, the pane of responsible persons, the dialogs, the term book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gridoffice.core import settings as machine
from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.networks import STAND_IN, WORKER, Network
from gridoffice.domain.staff import Leave
from gridoffice.modules.grids import term_book, terms
from gridoffice.modules.grids.page import GridsPage
from gridoffice.modules.grids.page_book import BookDialog
from gridoffice.ui import dialogs
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press, save_paper

DAY = date(2026, 11, 20)


@pytest.fixture
def window(office: Office, make: Make, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window on an office with one village and one manned grid; 消防网格 is in use."""
    office.on = DAY
    grid = make.grid(name="石桥村第2网格")
    make.assign(make.staff("张建国"), grid, WORKER, start=date(2024, 7, 1))
    make.staff("李秀兰")
    with office.unit("启用") as session:
        session.scalars(select(Network).where(Network.key == "fire")).one().is_used = True
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible() and one.text())


def page_at(window: MainWindow, name: str) -> GridsPage:
    with window.office.read() as session:
        unit = session.scalars(select(GridUnit).where(GridUnit.name == name)).one()
    page = window.open("grids", record=unit.id)
    assert isinstance(page, GridsPage)
    QApplication.processEvents()
    return page


def names(office: Office, unit_id: int) -> list[tuple[str, str, str]]:
    return [
        (one.name, str(one.start or ""), str(one.end or "")) for one in term_book.book(office, unit_id=unit_id).terms
    ]


def pick(dialog: Any, **values: Any) -> None:
    """Fill an editor as hands do: text into boxes, a choice from the list."""
    for key, value in values.items():
        inner = dialog.form.inputs[key].inner
        if isinstance(inner, QComboBox):
            place = next(n for n in range(inner.count()) if inner.itemText(n).startswith(value))
            inner.setCurrentIndex(place)
        else:
            assert isinstance(inner, QLineEdit)
            inner.setFocus()
            inner.selectAll()
            QTest.keyClicks(inner, value) if value else inner.clear()
    QApplication.processEvents()


def test_the_network_above_the_tree_changes_the_tree_and_is_remembered(window: MainWindow) -> None:
    page = page_at(window, "石桥村第2网格")
    assert [page.switch.itemText(n) for n in range(page.switch.count()) if page.switch.itemText(n)] == [
        "综治网格", "消防网格", "更多责任网…",
    ]  # fmt: skip
    item = page.tree.tree.currentItem()
    assert item is not None
    assert "张建国" in item.toolTip(0)
    page.switch.setFocus()
    QTest.keyClick(page.switch, Qt.Key.Key_Down)
    QApplication.processEvents()
    item = page.tree.tree.currentItem()
    assert item is not None
    assert "缺小网格协管员" in item.toolTip(0)
    assert "消防网格 · 小网格" in texts(page.right)
    assert machine.get("network") == "fire"
    window.pages.clear()
    again = page_at(window, "石桥村第2网格")
    assert again.switch.network() == "fire"


def test_more_networks_leads_to_the_settings_and_one_put_away_falls_back(window: MainWindow) -> None:
    page = page_at(window, "石桥村第2网格")
    page.switch.choose("fire")
    page.switch.setFocus()
    QTest.keyClick(page.switch, Qt.Key.Key_End)
    QApplication.processEvents()
    assert window.current == "office"
    with window.office.unit("停用") as session:
        session.scalars(select(Network).where(Network.key == "fire")).one().is_used = False
    again = page_at(window, "石桥村第2网格")
    assert again.switch.network() == "zongzhi"


def test_the_pane_shows_all_networks_and_unfolds_them(window: MainWindow, make: Make) -> None:
    page = page_at(window, "石桥村第2网格")
    shown = texts(page.right)
    assert "张建国" in shown
    assert "网格员（A岗） · 2024年7月起" in shown
    assert "● 在岗" in shown
    assert "缺B岗" in shown
    press(page.right, "▸ 消防网格")
    assert page.right.folds["fire"][1].isVisible()
    page.refresh()
    assert page.right.folds["fire"][1].isVisible(), "it stays unfolded for the next unit"
    press(page.right, "▾ 消防网格")
    assert not page.right.folds["fire"][1].isVisible()
    with window.office.read() as session:
        person = networks.holders(session, DAY)[0].staff_id
    make.add(Leave(staff_id=person, start=DAY, end=date(2026, 11, 28)))
    page.refresh()
    assert "请假至11月28日" in texts(page.right)


def test_somebody_is_appointed_from_the_gap(window: MainWindow) -> None:
    page = page_at(window, "石桥村第2网格")
    assert page.unit is not None

    def fill(dialog: Any) -> None:
        assert dialog.form.inputs["role"].inner.currentText() == "综治网格 · 网格员（B岗）"
        pick(dialog, staff="李秀兰", start="2026-01-01", end="+30")
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page.right, "指定…")
    assert not failed
    assert ("李秀兰", "2026-01-01", str(date.fromordinal(date.today().toordinal() + 30))) in names(
        window.office, page.unit.id
    )
    assert "李秀兰" in texts(page.right)
    window.undo()
    assert "李秀兰" not in texts(page.right)


def test_a_taken_seat_offers_to_succeed_and_does_it(window: MainWindow) -> None:
    page = page_at(window, "石桥村第2网格")
    assert page.unit is not None
    said: list[str] = []

    def fill(dialog: Any) -> None:
        pick(dialog, role="综治网格 · 网格员（A岗）", staff="李秀兰", start="2026-05-03")
        press(dialog, "保存")
        said.append(dialog.problem.text())
        assert dialog.isVisible()
        press(dialog, "从2026年5月3日起接替张建国")

    failed = meanwhile(fill)
    press(page.right, "指定责任人…")
    assert not failed
    assert "同一时间只能一人，已经有张建国（从2024年7月1日起）" in said[0]
    assert names(window.office, page.unit.id) == [("张建国", "2024-07-01", "2026-05-02"), ("李秀兰", "2026-05-03", "")]


def test_swapped_days_are_exchanged_and_a_clash_leads_to_the_other_term(window: MainWindow) -> None:
    page = page_at(window, "石桥村第2网格")
    assert page.unit is not None

    def swap(dialog: Any) -> None:
        pick(dialog, role="综治网格 · 网格员（B岗）", staff="李秀兰", start="2026-09-01", end="2026-03-01")
        press(dialog, "保存")
        press(dialog, "对调这两天")

    failed = meanwhile(swap)
    press(page.right, "指定责任人…")
    assert not failed
    assert ("李秀兰", "2026-03-01", "2026-09-01") in names(window.office, page.unit.id)

    inner: list[list[str]] = []

    def again(dialog: Any) -> None:
        pick(dialog, role="综治网格 · 网格员（B岗）", staff="李秀兰", start="2026-08-01")
        press(dialog, "保存")

        def longer(other: Any) -> None:
            assert "更正任期：李秀兰" in other.windowTitle()
            pick(other, end="")
            press(other, "保存")

        inner.append(meanwhile(longer))
        press(dialog, "改那一段任期…")

    failed = meanwhile(again)
    press(page.right, "指定责任人…")
    assert not failed
    assert inner == [[]]
    assert ("李秀兰", "2026-03-01", "") in names(window.office, page.unit.id)


def test_who_left_leads_to_the_card(window: MainWindow, make: Make) -> None:
    page = page_at(window, "石桥村第2网格")
    gone = make.staff("周健", is_active=False, left_on=date(2026, 1, 1))
    assert page.unit is not None
    held = terms.appoint(
        window.office, page.unit.id, gone.id, _role(window.office, STAND_IN), date(2025, 1, 1), date(2025, 6, 1)
    )

    def fill(dialog: Any) -> None:
        pick(dialog, end="")
        press(dialog, "保存")
        press(dialog, "打开周健的人员卡")

    failed = meanwhile(fill)
    page.right._correct(held)
    assert not failed
    assert window.current == "personnel"


def _role(office: Office, key: str) -> int:
    with office.read() as session:
        return networks.role(session, key).id


def test_the_term_book_answers_corrects_ends_and_takes_out(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_at(window, "石桥村第2网格")
    assert page.unit is not None
    unit, office = page.unit.id, window.office
    book = BookDialog(page, window, unit_id=unit)
    qtbot.addWidget(book)
    book.show()
    book.activateWindow()
    line = book.day.inner
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "2025-5-3")
    assert book.answer.text() == "2025年5月3日，石桥村第2网格的网格员是 张建国（2024年7月起），没有B岗。"
    line.clear()
    QTest.keyClicks(line, "2020-1-1")
    assert book.answer.text() == "2020年1月1日，石桥村第2网格没有网格员。"
    line.clear()
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    QTest.keyClicks(line, "20")
    assert "2020年1月1日" in book.answer.text(), "while somebody types the last answer stays"

    def correct(dialog: Any) -> None:
        pick(dialog, start="2019-12-31")
        press(dialog, "保存")

    failed = meanwhile(correct)
    book.table.setFocus()
    qtbot.waitUntil(book.table.hasFocus)
    QTest.keyClick(book.table, Qt.Key.Key_Return)
    assert not failed
    assert names(office, unit) == [("张建国", "2019-12-31", "")]

    def finish(dialog: Any) -> None:
        pick(dialog, end="2018-01-01")
        press(dialog, "保存")
        assert "不能在2018年1月1日结束" in dialog.problem.text()
        pick(dialog, end="2026-10-31")
        press(dialog, "保存")

    failed = meanwhile(finish)
    press(book, "结束任职…")
    assert not failed
    assert book.rows()[0][:2] == ("2019-12-31", "2026-10-31")
    assert book.rows()[0][-1] == "已结束"
    press(book, "删除")
    assert book.rows() == []
    assert book.nothing.isVisible()
    assert not book.correct_button.isEnabled()
    office.undo()
    book.refresh()
    assert len(book.rows()) == 1

    def wrong(dialog: Any) -> None:
        pick(dialog, end="2018-01-01")
        press(dialog, "保存")
        press(dialog, "删掉这段任期")

    failed = meanwhile(wrong)
    press(book, "结束任职…")
    assert not failed
    assert names(office, unit) == []


def test_the_book_goes_out_as_paper_and_sheet(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_at(window, "石桥村第2网格")
    assert page.unit is not None
    book = BookDialog(page, window, unit_id=page.unit.id)
    qtbot.addWidget(book)
    book.show()
    monkeypatch.setattr(dialogs, "save_file", lambda _p, _t, name, _k: tmp_path / name)
    save_paper(lambda: press(book, "打印"))
    from pypdf import PdfReader

    text = "".join(one.extract_text() for one in PdfReader(next(tmp_path.glob("*.pdf"))).pages)
    assert "任期簿：石桥村第2网格" in text
    assert "张建国" in text
    press(book, "导出")
    import openpyxl

    sheet = openpyxl.load_workbook(next(tmp_path.glob("*.xlsx"))).active
    assert any("张建国" in [cell.value for cell in row] for row in sheet.iter_rows())


def test_a_persons_book_opens_from_another_tab(window: MainWindow) -> None:
    with window.office.read() as session:
        person = networks.holders(session, DAY)[0].staff_id
    seen: list[str] = []

    def look(dialog: Any) -> None:
        seen.append(dialog.answer.text())
        seen.append(str(dialog.rows()))
        press(dialog, "关闭")

    page: Any = window.open("personnel", record=person)
    page.right.show_section("posts")
    failed = meanwhile(look)
    press(page.right, "任期簿…")
    assert not failed
    assert seen[0] == "2026年11月20日，张建国负责：石桥村第2网格 网格员（A岗）。"
    assert "石桥村第2网格" in seen[1]
