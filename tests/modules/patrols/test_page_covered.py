"""走访覆盖: numbers that open exactly the households they count; the week's doors are moved by keys and by mouse."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.modules.patrols import rounds, typein, visit_figures
from gridoffice.modules.patrols.model import HouseVisit
from gridoffice.modules.patrols.page import PatrolsPage
from gridoffice.modules.patrols.page_never import PlanDialog
from gridoffice.modules.patrols.visit_figures import MEASURES, WAYS
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import press

DAY = date(2026, 11, 25)  # a Wednesday: three working days are left


@pytest.fixture
def page(office: Office, make: Make, qtbot: QtBot) -> Iterator[PatrolsPage]:
    office.on = DAY
    for village, worker, seen in (("石桥村", "唐琪", None), ("东河村", "李秀兰", 200), ("西坡村", "", 400)):
        grid = make.grid(make.village(village), f"{village}第1网格")
        if worker:
            make.assign(make.staff(worker), grid)
        for place in range(3):
            home = make.household(grid, address=f"{village}1组{place + 1}号")
            make.resident(household=home)
            if seen is not None:
                day = DAY - timedelta(days=seen + place)
                make.add(HouseVisit(household_id=home.id, day=day, result="fine"))
    make.resident(household=make.household(None))
    window = MainWindow(office)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    opened = window.open("patrols", "covered")
    assert isinstance(opened, PatrolsPage)
    yield opened
    window.close()


def test_every_number_opens_as_many_households(page: PatrolsPage) -> None:
    assert page.key == "covered" and not page.side.isVisible()
    for way in WAYS:
        page.show_view("covered")
        page.covered.way.setCurrentIndex(page.covered.way.findData(way))
        rows = [*page.covered.rows, visit_figures.whole(page.covered.rows)]
        for down, found in enumerate(rows):
            for across, key in enumerate(MEASURES, 1):
                if not found.numbers[key]:
                    continue
                page.show_view("covered")
                page.covered.open_cell(down, across)
                assert page.key == "visits"
                assert len(page.list.model.ids) == found.numbers[key], (way, found.title, key)
    page.show_view("covered")
    assert page.covered.cells.texts.rows[-1] == ("合计", "10", "4", "7", "3", "7", "30%")
    titles = {row.title for row in page.covered.rows}
    assert titles == {"唐琪", "李秀兰", "没有人在岗", "未入网格"}


def test_the_list_says_whose_it_is(page: PatrolsPage) -> None:
    page.covered.open_cell(0, 2)
    assert page.narrowed.text().startswith("只看 石桥村 从未走访")
    press(page, page.narrowed.text())
    assert len(page.list.model.ids) == 4


@pytest.fixture
def plan(page: PatrolsPage) -> Iterator[PlanDialog]:
    dialog = PlanDialog(page, page.office)
    dialog.show()
    yield dialog
    dialog.reject()


def numbers(dialog: PlanDialog) -> list[list[int]]:
    return [[len(dialog.cells.get((staff, day), ())) for day in dialog.table.days] for staff in dialog.table.staff]


def test_doors_go_to_another_day_and_worker_by_keys(plan: PlanDialog, page: PatrolsPage) -> None:
    assert numbers(plan) == [[3, 0, 0], [3, 0, 0]]
    plan.table.setCurrentCell(0, 2)
    assert "3 户" in plan.list.title.text()
    plan.list.list.setFocus()
    plan.list.list.setCurrentRow(1)
    second = plan.list.doors[1]
    QTest.keyClick(plan.list.list, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert numbers(plan) == [[2, 1, 0], [3, 0, 0]]
    QTest.keyClick(plan.list.list, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert numbers(plan) == [[2, 1, 0], [3, 0, 0]], "there is no day before the first"
    plan.table.setCurrentCell(0, 3)
    assert plan.list.doors == [second]
    QTest.keyClick(plan.list.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert numbers(plan) == [[2, 0, 0], [3, 1, 0]]
    press(plan, "做成路线单")
    found = [typein.view(page.office, one) for one in plan.made]
    assert sorted(len(one.rows) for one in found) == [1, 2, 3]
    [alone] = [one for one in found if len(one.rows) == 1]
    assert second.address in alone.rows[0].title
    assert "11月26日" in alone.title


def test_doors_are_dropped_on_a_cell_and_a_full_day_says_so(plan: PlanDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    plan.table.setCurrentCell(0, 2)
    plan.list.list.selectAll()
    item = plan.table.item(1, 4)
    assert item is not None
    where = plan.table.visualItemRect(item).center()
    event = QDropEvent(
        QPoint(where.x(), where.y()), Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    plan.table.dropEvent(event)
    assert numbers(plan) == [[0, 0, 0], [3, 0, 3]]
    monkeypatch.setattr(rounds, "MOST", 4)
    said: list[str] = []
    monkeypatch.setattr("gridoffice.ui.dialogs.error", lambda problem, _parent: said.append(problem.sentence))
    plan.table.setCurrentCell(1, 2)
    plan.list.list.selectAll()
    plan.move_to((plan.table.staff[1], plan.table.days[2]))
    assert numbers(plan) == [[0, 0, 0], [3, 0, 3]]
    assert "放不下了" in said[0]
