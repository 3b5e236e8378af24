"""The tab 巡查 pressed as a person presses it, and what the office then holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gridoffice.db import drafts
from gridoffice.db.office import Office
from gridoffice.domain.work import HANDLED, Case
from gridoffice.modules.patrols import details, service
from gridoffice.modules.patrols.coverage import COVERAGE
from gridoffice.modules.patrols.lists import PATROLS
from gridoffice.modules.patrols.page import PatrolsPage
from gridoffice.modules.patrols.service import Entry, Problem
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press, words

DAY = date(2026, 11, 20)


@pytest.fixture
def entry(office: Office, make: Make) -> Entry:
    office.on = DAY
    grid = make.grid(make.village("石桥村"), "石桥村第1网格")
    worker = make.staff("唐琪")
    make.assign(worker, grid)
    return Entry(DAY, time(8, 30), time(10, 5), grid.id, worker.id, "走访", 4, "沿1组巡查")


@pytest.fixture
def page(office: Office, qtbot: QtBot, entry: Entry) -> Iterator[PatrolsPage]:
    window = MainWindow(office)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    opened = window.open("patrols")
    assert isinstance(opened, PatrolsPage)
    yield opened
    window.close()


def cases(office: Office) -> list[Case]:
    with office.read() as session:
        return list(session.scalars(select(Case).order_by(Case.id)))


def test_a_patrol_with_a_problem_settled_on_the_spot(page: PatrolsPage, entry: Entry) -> None:
    def fill(dialog: Any) -> None:
        inputs = dialog.form.inputs
        inputs["unit_id"].put(entry.unit_id)
        assert inputs["staff_id"].value() == entry.staff_id, "the worker in charge is filled in"
        inputs["kind"].put("日常巡查")
        inputs["start"].put("0830")
        inputs["end"].put("10:05")
        inputs["phrase"].inner.setCurrentIndex(1)
        press(dialog, "添加问题")
        line = dialog.lines.lines[0]
        line.text.setText("三组河边堆放垃圾")
        line.settled.setChecked(True)
        line.measures.setText("当场清运")
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page, "登记巡查")
    assert failed == []
    current = page.list.current()
    assert current is not None
    shown = service.view(page.office, current)
    assert (shown.unit, shown.worker, shown.minutes, shown.found) == ("石桥村第1网格", "唐琪", 95, 1)
    assert shown.entry.text.startswith("沿线巡查未发现异常")
    assert [(case.title, case.state) for case in cases(page.office)] == [("三组河边堆放垃圾", HANDLED)]
    page.main.undo()
    assert (len(page.list.model.ids), cases(page.office)) == (0, [])


def test_wrong_times_stay_in_the_dialog_with_a_sentence(page: PatrolsPage, entry: Entry) -> None:
    service.record(page.office, entry)
    said: list[str] = []

    def fill(dialog: Any) -> None:
        assert dialog.form.inputs["unit_id"].value() == entry.unit_id, "begins from the last one"
        dialog.form.inputs["start"].put("10:00")
        dialog.form.inputs["end"].put("9:00")
        press(dialog, "保存")
        said.append(dialog.problem.text())
        dialog.form.fill({})
        press(dialog, "取消")

    failed = meanwhile(fill)
    page.new()
    assert failed == []
    assert "结束时间不晚于开始时间" in said[0]
    assert len(page.list.model.ids) == 1


def test_what_was_typed_is_kept_as_a_draft_and_offered_next_time(page: PatrolsPage, entry: Entry) -> None:
    def leave(dialog: Any) -> None:
        dialog.form.inputs["unit_id"].put(entry.unit_id)
        dialog.form.inputs["start"].put("830")
        dialog.lines.add().text.setText("路灯不亮")
        dialog.log.put([["9:00", "走访", "李秀兰", "水管漏水"]])
        press(dialog, "取消")

    failed = meanwhile(leave)
    page.new()
    assert failed == []
    assert cases(page.office) == []
    service.record(page.office, entry)  # another log in between changes what a new one begins with

    def go_on(dialog: Any) -> None:
        assert dialog.lines.lines == [], "offered, not forced"
        press(dialog, "恢复")
        assert dialog.form.inputs["start"].value() == "830"
        assert dialog.log.typed()[0][:4] == ["9:00", "走访", "李秀兰", "水管漏水"]
        dialog.form.inputs["end"].put("930")
        press(dialog, "保存")

    failed = meanwhile(go_on)
    page.new()
    assert failed == []
    assert [case.title for case in cases(page.office)] == ["路灯不亮"]
    assert drafts.of(page.office, "") == []


def test_the_photos_of_a_log_are_seen_small_and_large(page: PatrolsPage, entry: Entry, tmp_path: Path) -> None:
    for name in ("桥头.jpg", "河边.jpg"):
        Image.new("RGB", (400, 300), "green").save(tmp_path / name)
    patrol = service.record(page.office, entry)
    details.add_photos(page.office, patrol, [tmp_path / "桥头.jpg", tmp_path / "河边.jpg"], "三组")
    page.list.choose(patrol)
    small = [one for one in page.side.findChildren(QPushButton) if one.accessibleName().startswith("照片 三组 河边")]
    assert len(small) == 1 and not small[0].icon().isNull()
    seen: list[str] = []

    def look(dialog: Any) -> None:
        seen.extend(one.accessibleName() for one in dialog.findChildren(QLabel) if not one.pixmap().isNull())
        press(dialog, "关闭")

    failed = meanwhile(look)
    small[0].click()
    assert failed == []
    assert seen == ["照片 三组 河边.jpg"]


def test_a_kept_log_that_is_changed_asks_before_it_is_left(page: PatrolsPage, entry: Entry) -> None:
    service.record(page.office, entry)
    page.list.choose_first()
    asked: list[str] = []

    def answer(dialog: Any) -> None:
        asked.append(dialog.windowTitle())
        press(dialog, "不保存")

    def fill(dialog: Any) -> None:
        dialog.log.put([["9:00", "走访", "李秀兰"]])
        failed.extend(meanwhile(answer))
        press(dialog, "取消")

    failed = meanwhile(fill)
    press(page.side, "修改")
    assert failed == []
    assert asked == ["还没有保存"], "lines of the log count as typed too"


def test_a_total_that_does_not_fit_is_doubted_once(page: PatrolsPage, entry: Entry) -> None:
    said: list[str] = []

    def fill(dialog: Any) -> None:
        inputs = dialog.form.inputs
        inputs["unit_id"].put(entry.unit_id)
        inputs["start"].put("830")
        inputs["end"].put("930")
        dialog.sheet.fill({"fire": 2, "environment": 1})
        dialog.lines.add().text.setText("楼道堆物")
        press(dialog, "保存")
        said.append(dialog.problem.text())
        press(dialog, "就这样保存")

    failed = meanwhile(fill)
    page.new()
    assert failed == []
    assert "问题总件数填了 3 件，登记的问题有 1 个，对不上" in said[0]
    assert "补上 2 个" in said[0]
    current = page.list.current()
    assert current is not None
    told = dict(service.view(page.office, current).answers)
    assert told == {"消防隐患": "2 件", "环境卫生": "1 件", "问题总件数": "3 件"}
    service.change(page.office, current, service.view(page.office, current).entry)  # not doubted again


def test_deleting_a_patrol_with_cases_asks_and_takes_both(page: PatrolsPage, entry: Entry) -> None:
    service.record(page.office, Entry(**{**vars(entry), "problems": (Problem("市政设施", "K2", "路灯不亮"),)}))
    page.list.choose_first()
    failed = meanwhile(lambda dialog: press(dialog, "不删除"))
    press(page.side, "删除")
    assert failed == []
    assert len(cases(page.office)) == 1
    failed = meanwhile(lambda dialog: press(dialog, "一起删除"))
    press(page.side, "删除")
    assert failed == []
    assert (len(page.list.model.ids), cases(page.office)) == (0, [])
    page.main.undo()
    assert (len(page.list.model.ids), len(cases(page.office))) == (1, 1)


def test_a_change_adds_to_what_was_found(page: PatrolsPage, entry: Entry) -> None:
    patrol = service.record(page.office, entry)
    page.list.choose_first()

    def fill(dialog: Any) -> None:
        dialog.form.inputs["households"].put(9)
        dialog.lines.add().text.setText("井盖破损")
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page.side, "修改")
    assert failed == []
    shown = service.view(page.office, patrol)
    assert (shown.entry.households, shown.found, len(shown.cases)) == (9, 1, 1)
    assert shown.cases[0].number in " ".join(words(page.side))


def test_the_neglected_grids_stand_under_their_view(page: PatrolsPage, entry: Entry) -> None:
    page.main.open("patrols", "stale")
    assert page.key == COVERAGE.key
    assert page.list.model.ids == [entry.unit_id]
    service.record(page.office, entry)
    assert page.list.model.ids == []
    page.main.open("patrols", "today")
    assert page.key == PATROLS.key
    assert len(page.list.model.ids) == 1


def test_a_link_leads_from_the_grid_to_its_patrol(page: PatrolsPage, entry: Entry) -> None:
    patrol = service.record(page.office, entry)
    page.show_list(COVERAGE.key)
    press(page.side, "2026-11-20")
    assert (page.key, page.list.current()) == (PATROLS.key, patrol)


def test_a_grid_shows_its_own_patrols_and_widens_again(page: PatrolsPage, entry: Entry, make: Make) -> None:
    service.record(page.office, entry)
    other = make.grid(name="东河村第1网格")
    service.record(page.office, Entry(**{**vars(entry), "unit_id": other.id}))
    page.main.open("patrols", filters=(("unit", other.id),))
    assert len(page.list.model.ids) == 1
    press(page, "只看 东河村第1网格  ✕")
    assert len(page.list.model.ids) == 2
