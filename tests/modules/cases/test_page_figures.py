"""统计 pressed as a person presses it: periods, groups, the list behind a number, print and export of what is seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from gridoffice.db.office import Office
from gridoffice.modules.cases.figure_words import PERIODS, hours, period
from gridoffice.modules.cases.lists import CASES
from gridoffice.modules.cases.page import CasesPage
from gridoffice.modules.cases.page_figures import Figures
from gridoffice.ui import dialogs
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.modules.cases.test_figures import at, case
from tests.press import press, save_paper

DAY = date(2026, 11, 20)  # a Friday


@pytest.fixture
def cases(office: Office, make: Make) -> dict[str, int]:
    stone, east = make.grid(make.village("石桥村")), make.grid(make.village("东河村"))
    office.on = DAY
    return {
        "whole": case(office, stone, 16, ("accept", at(16, 11)), ("dispatch", at(16, 12)), ("take", at(16, 13)),
                      ("handle", at(18, 0)), ("verify", at(18, 15)), ("close", at(19, 11))),
        "late": case(office, east, 16, ("accept", at(18))),
        "nowhere": case(office, None, 19, source="12345"),
        "before": case(office, east, 12),
    }  # fmt: skip


@pytest.fixture
def window(office: Office, cases: dict[str, int], qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


@pytest.fixture
def page(window: MainWindow) -> CasesPage:
    found = window.open("cases")
    assert isinstance(found, CasesPage)
    press(found, "统计")
    return found


def choose(figures: Figures, box: str, title: str) -> None:
    """Pick from a box by keyboard letters' end: the arrow keys."""
    made = figures.period if box == "period" else figures.by
    made.setFocus()
    wanted = made.findText(title)
    assert wanted >= 0
    while made.currentIndex() != wanted:
        QTest.keyClick(made, Qt.Key.Key_Down if made.currentIndex() < wanted else Qt.Key.Key_Up)


def shown(figures: Figures) -> dict[str, dict[str, str]]:
    titles = figures.cells.texts.titles
    return {row[0]: dict(zip(titles[1:], row[1:], strict=True)) for row in figures.cells.texts.rows}


def listed(page: CasesPage) -> set[int]:
    """What the list asks the office for now."""
    return set(CASES.ids(page.office, page.list.query()))


def click(figures: Figures, group: str, title: str) -> None:
    down = [row[0] for row in figures.cells.texts.rows].index(group)
    index = figures.cells.texts.index(down, list(figures.cells.texts.titles).index(title))
    figures.cells.scrollTo(index)
    QTest.mouseClick(figures.cells.viewport(), Qt.MouseButton.LeftButton, pos=figures.cells.visualRect(index).center())


def test_the_sum_row_equals_its_parts_and_rates_say_of_how_many(page: CasesPage) -> None:
    choose(page.figures, "period", "本周")
    found = shown(page.figures)
    whole = found.pop("合计")
    assert whole["新增"] == "3"
    assert sum(int(row["新增"]) for row in found.values()) == 3
    assert whole["按时受理"] == "1（50%）"
    assert whole["受理用时"] == "1 天"
    assert "按时受理 50%（1/2）" in page.figures.told.text()


def test_a_number_opens_the_cases_behind_it_and_nought_does_not(page: CasesPage, cases: dict[str, int]) -> None:
    choose(page.figures, "period", "本周")
    click(page.figures, "东河村", "新增")
    assert page.mode == "list"
    assert listed(page) == {cases["late"]}
    assert page.narrowed.text().startswith("只看 东河村 新增 1 件")
    press(page, "统计")
    click(page.figures, "东河村", "结案")
    assert page.mode == "figures"
    index = page.figures.cells.texts.index(len(shown(page.figures)) - 1, 10)
    page.figures.cells.setFocus()
    page.figures.cells.setCurrentIndex(index)
    QTest.keyClick(page.figures.cells, Qt.Key.Key_Return)
    assert listed(page) == {cases["late"], cases["nowhere"], cases["before"]}, "期末未结"


def test_groups_and_own_days(page: CasesPage) -> None:
    choose(page.figures, "by", "按来源")
    assert {"巡查发现", "12345 热线", "合计"} == set(shown(page.figures))
    choose(page.figures, "period", "自选")
    page.figures.first.put(date(2026, 11, 12))
    page.figures.last.put(date(2026, 11, 12))
    press(page.figures, "看")
    assert shown(page.figures)["合计"]["新增"] == "1"
    page.figures.last.put(date(2026, 11, 1))
    press(page.figures, "看")
    assert "请改正日期" in page.figures.told.text()


def test_what_is_seen_is_printed_and_exported(page: CasesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(page.figures, "by", "按类别")
    monkeypatch.setattr(
        dialogs, "save_file", lambda *given: tmp_path / ("x." + ("pdf" if "pdf" in given[-1] else "xlsx"))
    )
    save_paper(lambda: press(page.figures, "打印"))
    read = "".join(made.extract_text() for made in PdfReader(tmp_path / "x.pdf").pages)
    assert "市政设施" in read
    assert "合计" in read
    press(page.figures, "导出")
    rows = CalamineWorkbook.from_path(tmp_path / "x.xlsx").get_sheet_by_index(0).to_python()
    flat = [str(value) for row in rows for value in row]
    assert "市政设施" in flat
    assert "期末未结" in flat


@pytest.mark.parametrize("key", [key for key in PERIODS if key != "own"])
def test_a_named_period_ends_no_later_than_its_day(key: str) -> None:
    first, last = period(key, date(2026, 3, 1))
    assert first <= last <= date(2026, 3, 1)


def test_the_last_month_and_week_are_whole() -> None:
    assert period("last_month", date(2026, 3, 10)) == (date(2026, 2, 1), date(2026, 2, 28))
    assert period("last_week", DAY) == (date(2026, 11, 9), date(2026, 11, 15))


@pytest.mark.parametrize(
    ("value", "words"), [(None, "—"), (0.0, "当时"), (0.75, "45 分钟"), (2.0, "2 小时"), (36.0, "1.5 天")]
)
def test_hours_are_told_as_people_say_them(value: float | None, words: str) -> None:
    assert hours(value) == words


def test_everything_is_shown_at_the_usual_size(page: CasesPage) -> None:
    table = page.figures.cells
    assert table.horizontalScrollBar().maximum() == 0
