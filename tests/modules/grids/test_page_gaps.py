"""查漏补缺 on the screen: opened by button, key and from 今日; every kind of finding opens what mends it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.networks import STAND_IN, WORKER
from gridoffice.modules.grids import gaps, service
from gridoffice.modules.grids.gap_rules import Fix
from gridoffice.modules.grids.page import GridsPage
from gridoffice.modules.grids.page_gap_fix import mend
from gridoffice.modules.grids.page_gaps import GapsView
from gridoffice.modules.office import checks
from gridoffice.modules.office.page import OfficePage
from gridoffice.modules.office.page_checks import ChecksSection
from gridoffice.ui import dialogs
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press, save_paper

DAY = date(2026, 11, 20)


@pytest.fixture
def grid(office: Office, make: Make) -> GridUnit:
    """A grid with neither A nor B, and somebody who could be."""
    office.on = DAY
    made = make.grid(make.village("石桥村", code="990102101200"), "石桥村第1网格", code="99010210120001")
    make.staff("张建国")
    return made


@pytest.fixture
def window(office: Office, grid: GridUnit, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


def ready(qtbot: QtBot, page: GridsPage) -> GapsView:
    qtbot.waitUntil(page.is_ready, timeout=10_000)
    assert page.gaps is not None
    return page.gaps


def counts(view: GapsView) -> dict[str, str]:
    return dict(row for row in view.rules.texts.rows)  # type: ignore[misc]


def test_button_and_escape_go_there_and_back(window: MainWindow, qtbot: QtBot) -> None:
    page = window.open("grids")
    assert isinstance(page, GridsPage)
    window.activateWindow()
    press(page, "查漏补缺")
    view = ready(qtbot, page)
    assert view.isVisible()
    assert not page.tree.isVisible()
    assert not page.right.isVisible()
    assert counts(view)["缺A岗"] == "1"
    assert view.rules.texts.rows[-1][1] == "0", "rules with findings stand first"
    qtbot.waitUntil(view.rules.hasFocus)
    QTest.keyClick(view.rules, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert page.gaps is None
    assert page.tree.isVisible()
    window.resize(1200, 768)
    QApplication.processEvents()
    assert page.tree.isVisible()
    window.activateWindow()
    page.tree.tree.setFocus()
    qtbot.waitUntil(page.tree.tree.hasFocus)
    QTest.keyClick(page.tree.tree, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.gaps is not None)


def test_a_gap_is_filled_by_keys_alone(window: MainWindow, qtbot: QtBot, grid: GridUnit) -> None:
    page = window.open("grids", view="gaps")
    assert isinstance(page, GridsPage)
    window.activateWindow()
    view = ready(qtbot, page)
    view.choose("no_a")
    view.rules.setFocus()
    qtbot.waitUntil(view.rules.hasFocus)
    QTest.keyClick(view.rules, Qt.Key.Key_Return)
    assert view.table.hasFocus()

    def fill(dialog: Any) -> None:
        assert dialog.windowTitle() == "指定 石桥村第1网格 的责任人"
        assert dialog.form.inputs["role"].inner.currentText() == "网格员（A岗）"
        box = dialog.form.inputs["staff"].inner
        assert isinstance(box, QComboBox)
        box.setCurrentIndex(next(n for n in range(box.count()) if box.itemText(n).startswith("张建国")))
        QTest.keyClick(dialog.save_button, Qt.Key.Key_Space)

    failed = meanwhile(fill)
    QTest.keyClick(view.table, Qt.Key.Key_Return)
    assert not failed
    view = ready(qtbot, page)
    assert counts(view)["缺A岗"] == "0"
    assert view.nothing.isVisible(), "the list of the rule is empty now"
    office = window.office
    assert [one.holders[0].name for one in [service.card(office, grid.id)] if one] == ["张建国"]
    window.undo()
    ready(qtbot, page)
    assert counts(view)["缺A岗"] == "1"


def test_slow_rules_are_looked_up_beside_the_window(window: MainWindow, make: Make, qtbot: QtBot) -> None:
    for _ in range(2):
        make.resident("王五", id_number=None, id_tail="123X", unit_id=None)
    page = window.open("grids", view="gaps")
    assert isinstance(page, GridsPage)
    assert page.gaps is not None
    assert counts(page.gaps)["居民同名同证件尾号"] == "…"
    page.gaps.choose("twin_tail")
    assert page.gaps.shown.text() == "正在找，请稍候……"
    assert not page.gaps.nothing.isVisible()
    view = ready(qtbot, page)
    assert counts(view)["居民同名同证件尾号"] == "1"
    assert view.rows() == [("王五", "同名同尾号 2 人", "尾号 123X")]


def test_from_today_it_opens_and_a_view_of_the_tree_leaves_it(window: MainWindow, qtbot: QtBot) -> None:
    count = next(one for one in service.counts(window.office, DAY) if one.key == "grids-gaps")
    page = window.open(count.module, view=count.view, filters=(("rule", "no_b"),))
    assert isinstance(page, GridsPage)
    view = ready(qtbot, page)
    assert view.title.text() == "责任人 · 缺B岗"
    window.open("grids", view="no_worker")
    assert page.gaps is None


@pytest.mark.parametrize("key", ["unit", "book", "person_book", "edit_staff", "stand_in", "move"])
def test_every_dialog_of_a_fix_opens(window: MainWindow, make: Make, grid: GridUnit, key: str) -> None:
    make.village("柳河村", code="990102101201")
    page = window.open("grids", view="gaps")
    assert isinstance(page, GridsPage)
    assert page.gaps is not None
    person = make.staff("李秀兰")
    make.assign(person, grid, STAND_IN if key != "stand_in" else WORKER)
    titles: list[str] = []

    def look(dialog: Any) -> None:
        titles.append(dialog.windowTitle())
        dialog.reject()

    failed = meanwhile(look)
    mend(page, page.gaps, Fix(key, grid.id, person.id, network="zongzhi"))
    assert not failed
    assert titles == [
        {
            "unit": "编辑 石桥村第1网格",
            "book": "任期簿：石桥村第1网格",
            "person_book": "任期簿：李秀兰",
            "edit_staff": "编辑 李秀兰",
            "stand_in": "指定 石桥村第1网格 的责任人",
            "move": "移动 石桥村第1网格",
        }[key]
    ]


def test_fixes_lead_to_other_tabs_and_to_the_tree(window: MainWindow, make: Make, grid: GridUnit) -> None:
    page = window.open("grids", view="gaps")
    assert isinstance(page, GridsPage)
    house = make.household(address="3组8号")
    who = make.resident("周小满", house)
    for fix, tab in (
        (Fix("staff", staff_id=1), "personnel"),
        (Fix("resident", record=who.id), "residents"),
        (Fix("household", record=house.id), "residents"),
    ):
        assert page.gaps is not None
        mend(page, page.gaps, fix)
        assert window.current == tab
        window.show_tab("grids")
    assert page.gaps is not None
    mend(page, page.gaps, Fix("tree", grid.parent_id))
    shown = window.pages["grids"]
    assert isinstance(shown, GridsPage)
    assert (shown.gaps, shown.unit and shown.unit.name) == (None, "石桥村")


def test_findings_go_out_as_paper_and_sheet(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = window.open("grids", view="gaps")
    assert isinstance(page, GridsPage)
    view = ready(qtbot, page)
    view.choose("no_b")
    monkeypatch.setattr(dialogs, "save_file", lambda _p, _t, name, _k: tmp_path / name)
    save_paper(lambda: window.on_page("print_page"))
    from pypdf import PdfReader

    text = "".join(one.extract_text() for one in PdfReader(next(tmp_path.glob("*.pdf"))).pages)
    assert "查漏补缺：缺B岗" in text
    assert "石桥村第1网格" in text
    press(view, "导出")
    import openpyxl

    sheet = openpyxl.load_workbook(next(tmp_path.glob("*.xlsx"))).active
    assert any("没有网格员（B岗）" in [cell.value for cell in row] for row in sheet.iter_rows())


def test_the_standards_are_chosen_in_the_settings(window: MainWindow, qtbot: QtBot) -> None:
    page = window.open("office", view="checks")
    assert isinstance(page, OfficePage)
    section = page.section()
    assert isinstance(section, ChecksSection)
    section.sizes.setFocus()
    QTest.keyClick(section.sizes, Qt.Key.Key_Down)
    section.most.setFocus()
    QTest.keyClick(section.most, Qt.Key.Key_Down)
    assert checks.standards(window.office) == ("tiexi", 5)
    window.undo()
    window.undo()
    assert checks.standards(window.office) == ("default", 4)
    assert (section.sizes.currentText(), section.most.currentText()) == ("50–500户，不超过1500人（通用）", "4 个岗位")
    press(section, "去查漏补缺")
    grids = window.pages["grids"]
    assert isinstance(grids, GridsPage)
    assert ready(qtbot, grids).isVisible()


def test_a_window_that_closes_while_it_counts_is_no_fault(window: MainWindow, qtbot: QtBot) -> None:
    page = window.open("grids", view="gaps")
    assert isinstance(page, GridsPage)
    page.hide_gaps()
    QApplication.processEvents()
    done: list[bool] = []
    window.worker.do(lambda: None, lambda _result: done.append(True), lambda _problem: None)
    qtbot.waitUntil(lambda: bool(done))
    assert not [made for made in page.findChildren(QPushButton) if made.text() == "返回网格" and made.isVisible()]
    assert len(gaps.RULES) == 21
