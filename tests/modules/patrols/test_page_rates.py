"""到位率 as a view of the tab: every number opens the days and grids it is the sum of, and a gap is entered there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.domain.grids import GridUnit
from gridoffice.modules.patrols import rates, rates_list, rates_words, service
from gridoffice.modules.patrols.model import Patrol
from gridoffice.modules.patrols.page import PatrolsPage
from gridoffice.modules.patrols.rates_list import MEASURES, Asked, Row
from gridoffice.ui import dialogs
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press, save_paper

SATURDAY = date(2026, 10, 10)  # worked for the days off of 国庆, which end on Wednesday 7th
MONDAY = SATURDAY - timedelta(days=5)
WORKED = [SATURDAY - timedelta(days=n) for n in (2, 1, 0)]


class Town:
    """Two villages with a grid and a worker each; the first worker walked on Thursday, late, and on Saturday."""

    def __init__(self, office: Office, make: Make) -> None:
        office.on = SATURDAY
        self.office = office
        self.grids: list[GridUnit] = []
        self.staff = [make.staff(name) for name in ("唐琪", "李秀兰")]
        for village, worker in zip(("石桥村", "东河村"), self.staff, strict=True):
            grid = make.grid(make.village(village), f"{village}第1网格")
            make.assign(worker, grid)
            self.grids.append(grid)
        self.walk(0, WORKED[2])
        office.on = SATURDAY + timedelta(days=5)
        self.walk(0, WORKED[0])
        office.on = SATURDAY

    def walk(self, place: int, day: date) -> None:
        """A log of a grid by its worker."""
        entry = service.Entry(day, time(8), time(9), self.grids[place].id, self.staff[place].id)
        service.record(self.office, entry)

    def asked(self, **more: Any) -> Asked:
        """The week with the worked Saturday."""
        return Asked(MONDAY, SATURDAY, **more)


@pytest.fixture
def town(office: Office, make: Make) -> Town:
    return Town(office, make)


@pytest.fixture
def page(town: Town, qtbot: QtBot) -> Iterator[PatrolsPage]:
    window = MainWindow(town.office)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    opened = window.open("patrols")
    assert isinstance(opened, PatrolsPage)
    yield opened
    window.close()


def numbers(row: Row) -> tuple[int, ...]:
    return tuple(row.number(key) for key in MEASURES)


def test_a_worked_saturday_is_owed_and_late_entries_are_told(town: Town) -> None:
    assert sorted({one.first for one in rates_list.owings(town.office, town.asked())}) == WORKED
    parts = rates_list.sums(town.office, town.asked())
    by_worker = {row.title: numbers(row) for row in rates_list.rows("worker", parts)}
    assert by_worker == {"唐琪": (3, 2, 1, 1), "李秀兰": (3, 0, 3, 0)}
    assert [row.title for row in rates_list.rows("worker", parts)] == ["李秀兰", "唐琪"], "the lowest rate first"


def test_every_number_is_the_sum_of_what_it_opens_whichever_way(town: Town) -> None:
    parts = rates_list.sums(town.office, town.asked())
    sums = set()
    for way in rates.WAYS:
        found = rates_list.rows(way, parts)
        for row in found:
            for key in MEASURES:
                assert sum(one.number(key) for one in row.behind(key)) == row.number(key)
        sums.add(tuple(sum(row.number(key) for row in found) for key in MEASURES))
    assert sums == {(6, 2, 4, 1)}


def test_the_filters_narrow_and_so_does_the_scope(town: Town) -> None:
    village = rates_list.owings(town.office, town.asked(village="东河村"))
    assert {one.unit for one in village} == {"东河村第1网格"}
    assert not rates_list.owings(town.office, town.asked(kind="森林防火"))
    town.office.scope = town.grids[0].id
    assert {one.unit for one in rates_list.owings(town.office, town.asked())} == {"石桥村第1网格"}
    with town.office.unit("启用林长制") as session:
        networks.use(session, "forest")
    offered = rates_list.choices(town.office)
    assert [name for name, _word in offered["village"]] == ["石桥村", "东河村"]
    assert ("forest", "林长制") in offered["network"]
    assert not rates_list.owings(town.office, town.asked(network="forest")), "nobody holds a post there"


def test_named_periods_seen_from_a_day() -> None:
    on = date(2026, 1, 6)
    assert rates_words.period("week", on) == (date(2026, 1, 5), on)
    assert rates_words.period("last_week", on) == (date(2025, 12, 29), date(2026, 1, 4))
    assert rates_words.period("last_month", on) == (date(2025, 12, 1), date(2025, 12, 31))
    assert rates_words.period("last_quarter", on) == (date(2025, 10, 1), date(2025, 12, 31))
    assert rates_words.period("year", on) == (date(2026, 1, 1), on)


def in_front(page: PatrolsPage) -> None:
    """Have the keys go to the window."""
    page.main.activateWindow()
    QTest.qWait(50)
    if QApplication.activeWindow() is not page.main:
        QApplication.setActiveWindow(page.main)


def show(page: PatrolsPage) -> None:
    in_front(page)
    QTest.keyClick(page, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    QTest.qWait(200)  # a button shows that it is pressed before it does its work
    assert page.key == "rates"
    assert not page.side.isVisible()


def test_keys_alone_from_a_number_to_the_day_that_is_missing(page: PatrolsPage, town: Town) -> None:
    show(page)
    shown = page.rates
    assert shown.cells.texts.rows == [
        ("东河村", "3", "0", "3", "0", "0%"),
        ("石桥村", "3", "2", "1", "1", "67%"),
        ("合计", "6", "2", "4", "1", "33%"),
    ]
    shown.cells.setFocus()
    shown.cells.setCurrentIndex(shown.cells.texts.index(1, 3))
    QTest.keyClick(shown.cells, Qt.Key.Key_Return)
    QApplication.processEvents()
    behind = shown.behind
    assert behind.isVisible()
    assert [row[:4] for row in behind.table.texts.rows] == [("2026-10-09 周五", "石桥村", "石桥村第1网格", "唐琪")]

    def fill(dialog: Any) -> None:
        inputs = dialog.form.inputs
        assert (inputs["day"].value(), inputs["unit_id"].value()) == (WORKED[1], town.grids[0].id)
        inputs["start"].put("830")
        inputs["end"].put("930")
        press(dialog, "保存")

    failed = meanwhile(fill)
    QTest.keyClick(behind.table, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert failed == []
    assert page.key == "rates", "one stays where the gaps are"
    with page.office.read() as session:
        assert len(session.scalars(select(Patrol)).all()) == 3
    assert shown.table.isVisible(), "no gap is left, so the table is shown again"
    assert shown.cells.texts.rows[-1][:3] == ("合计", "6", "3")
    shown.open_cell(0, 3)
    assert len(behind.table.texts.rows) == 3
    in_front(page)
    QTest.keyClick(behind.table, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert shown.table.isVisible()


def test_what_was_done_opens_its_logs(page: PatrolsPage, town: Town) -> None:
    show(page)
    page.rates.way.setCurrentIndex(page.rates.way.findData("grid"))
    page.rates.open_cell(1, 2)
    assert [row[-1] for row in page.rates.behind.table.texts.rows] == ["已走（补记）", "已走"]
    press(page.rates.behind, "看日志")
    assert page.key == "patrols"
    assert len(page.list.model.ids) == 1
    assert page.narrowed.text() == "只看 石桥村第1网格 2026年10月8日  ✕"
    press(page, page.narrowed.text())
    assert len(page.list.model.ids) == 2


def test_the_table_and_the_list_behind_it_are_printed(
    page: PatrolsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(page)
    monkeypatch.setattr(dialogs, "save_file", lambda *_args: tmp_path / "到位率.pdf")
    save_paper(page.print_page)
    text = "".join(one.extract_text() for one in PdfReader(tmp_path / "到位率.pdf").pages)
    assert "云溪镇到位率（按村（社区））" in text
    assert "67%" in text
    page.rates.open_cell(0, 3)
    save_paper(page.print_page)
    text = "".join(one.extract_text() for one in PdfReader(tmp_path / "到位率.pdf").pages)
    assert "到位率：东河村 未走" in text
    assert text.count("东河村第1网格") == 3


def test_the_calendar_shows_each_day_and_a_gap_is_entered_there(page: PatrolsPage, town: Town) -> None:
    show(page)
    press(page.rates, "日历")
    days = page.rates.days
    assert days.signs.titles[0].strip() == "网格"
    assert days.signs.titles[-1] == "10\n六"
    assert [row[0] for row in days.signs.rows] == ["东河村第1网格", "石桥村第1网格"]
    assert days.signs.rows[1][-4:] == ("", "补", "缺", "✓"), "the holiday is free, the Saturday is worked"

    def fill(dialog: Any) -> None:
        assert dialog.form.inputs["day"].value() == WORKED[1]
        dialog.form.inputs["start"].put("830")
        dialog.form.inputs["end"].put("930")
        press(dialog, "保存")

    days.setCurrentIndex(days.signs.index(1, len(days.days) - 1))
    failed = meanwhile(fill)
    QTest.keyClick(days, Qt.Key.Key_Return)
    assert failed == []
    assert days.signs.rows[1][-4:] == ("", "补", "✓", "✓")
    days.setCurrentIndex(days.signs.index(1, len(days.days)))
    QTest.keyClick(days, Qt.Key.Key_Return)
    assert page.key == "patrols"
    assert len(page.list.model.ids) == 1


def test_it_is_found_by_the_search_and_opened(page: PatrolsPage) -> None:
    [command] = [one for one in page.main.commands if one.key == "patrol_rates"]
    page.main.show_tab("today")
    page.main.run(command)
    assert page.main.current == "patrols"
    assert page.key == "rates"
