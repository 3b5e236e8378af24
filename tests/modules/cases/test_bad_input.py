"""What cannot be done, through the window: the sentence, and the way out that is offered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from gridoffice.domain import networks, work
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.loop import Given
from gridoffice.domain.staff import Leave
from gridoffice.modules.cases import dealing, figures, service
from gridoffice.modules.cases.details import details
from gridoffice.modules.grids import redraw
from gridoffice.modules.grids.redraw import Part, Redrawing
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.modules.cases.hands import DAY, opened, refused, saved, state, texts
from tests.press import meanwhile, press, words


def test_dispatch_to_somebody_on_leave_offers_who_stands_in(window: MainWindow, case: int, make: Make) -> None:
    page, office = opened(window), window.office
    gone, other = make.staff("王建军"), make.staff("李秀兰")
    make.add(Leave(staff_id=gone.id, start=DAY, end=DAY + timedelta(days=5), kind="事假", stand_in_id=other.id))
    saved(page.case, "受理立项", "受理立项", who="王主任")
    said: list[str] = []

    def fill(dialog: Any) -> None:
        dialog.form.inputs["who"].put("王主任")
        dialog.form.inputs["handler"].put("王建军")
        press(dialog, "派遣任务")
        said.append(dialog.problem.text())
        press(dialog, "改派给李秀兰")
        press(dialog, "派遣任务")

    failed = meanwhile(fill)
    press(page.case, "派遣任务")
    assert failed == []
    assert "王建军请假至" in said[0] and "请改派给李秀兰" in said[0]
    assert service.view(office, case).entry.handler == "李秀兰"


def test_a_case_in_a_merged_grid_is_first_put_where_it_belongs(window: MainWindow, case: int, make: Make) -> None:
    page, office = opened(window), window.office
    new = make.grid(name="石桥村第9网格", village=make.village("新石桥村"))
    with office.unit("撤并") as session:
        unit = session.get(GridUnit, service.view(office, case).entry.unit_id)
        assert unit is not None
        unit.end = DAY - timedelta(days=1)
    assert "已经撤并" in texts(page.case)
    saved(page.case, "改到现在的网格", "改到这里", unit=new.id)
    assert service.view(office, case).unit == "石桥村第9网格"
    window.undo()
    assert service.view(office, case).unit == "石桥村第1网格"


def seen(where: QWidget, word: str, do: Callable[[Any], None]) -> None:
    """Press a button, do something in the dialog that opens."""
    failed = meanwhile(do)
    press(where, word)
    assert failed == [], word


def test_a_step_before_the_one_it_follows_is_refused(window: MainWindow, case: int) -> None:
    page, office = opened(window), window.office
    office.on = DAY + timedelta(days=3)
    page.refresh()
    saved(page.case, "受理立项", "受理立项", who="王主任")

    def fill(dialog: Any) -> None:
        dialog.form.inputs["who"].put("王主任")
        dialog.form.inputs["handler"].put("水电站")
        for typed, told in (
            ("周五 16:00", "办理时间 11-20 16:00 早于上一步“受理立项”的时间 11-23 09:00"),
            ("11-23 16:00", "办理时间 11-23 16:00 在现在之后"),
            ("25:70", "“25:70”不是时间"),
        ):
            dialog.form.inputs["at"].put(typed)
            press(dialog, "派遣任务")
            assert told in dialog.problem.text() and "空着就是现在" in dialog.problem.text()
        dialog.form.inputs["at"].put("")
        press(dialog, "派遣任务")

    seen(page.case, "派遣任务", fill)
    assert state(office, case) == work.DISPATCHED


def test_what_was_done_yesterday_is_entered_with_its_time(window: MainWindow, case: int) -> None:
    page, office = opened(window), window.office
    saved(page.case, "受理立项", "受理立项", who="王主任")
    office.on = DAY + timedelta(days=10)  # late by now
    page.refresh()
    saved(page.case, "登记处理结果", "登记处理结果", who="房东老周", note="已清理", at="11-27 16:30")
    row = figures.figures(office, DAY, office.today(), "village").whole
    assert (row.number("handled"), row.number("handled_in_time")) == (1, 1), "it was done in time, entered later"


@pytest.mark.parametrize(
    ("given", "told", "out"),
    [
        ({"found_time": "21:00"}, "发现时间 11-20 21:00 在现在之后", "不知道的空着"),
        ({"found_time": "8点70"}, "不是时间", "请写成 9:10"),
        ({"found_on": date(2026, 11, 21)}, "发现日期2026年11月21日在今天之后", "请改正日期"),
        ({"found_on": date(2006, 11, 20)}, "太早了", "请看看年份"),
        ({"due_on": date(2026, 11, 19)}, "办理时限早于发现日期", "空着就按处理方式推算"),
    ],
)
def test_impossible_times_of_an_entry(
    window: MainWindow, case: int, given: dict[str, Any], told: str, out: str
) -> None:
    said = refused(opened(window), "登记事项", "保存", title="井盖破损", **given)
    assert told in said and out in said


def test_a_deadline_before_its_start_is_told_at_once_and_left_to_the_rule(window: MainWindow, case: int) -> None:
    page = opened(window)

    def fill(dialog: Any) -> None:
        dialog.form.inputs["title"].put("井盖破损")
        assert "时限按处理方式推算" not in words(dialog)
        dialog.form.inputs["due_on"].put(DAY - timedelta(days=1))
        dialog.form.inputs["due_on"].edited.emit()
        assert "早于发现日期 2026年11月20日" in texts(dialog)
        press(dialog, "时限按处理方式推算")
        assert "早于发现日期" not in texts(dialog)
        press(dialog, "保存")

    seen(page, "登记事项", fill)
    assert service.view(window.office, page.list.current() or 0).entry.due_on == date(2026, 11, 27)


def test_an_urgent_case_found_at_a_time_runs_from_then(window: MainWindow, case: int) -> None:
    page, office = opened(window), window.office

    def fill(dialog: Any) -> None:
        dialog.form.inputs["title"].put("二组井喷水")
        dialog.form.inputs["kind"].put("K3")
        dialog.form.inputs["found_time"].put("８点半")
        press(dialog, "保存")

    seen(page, "登记事项", fill)
    assert "11月20日 08:30 登记" in texts(page.case) and "应在11月20日 09:00前受理完" in texts(page.case)
    assert office.now() == datetime(2026, 11, 20, 9)


def test_the_handler_cannot_check_and_the_others_of_the_grid_are_offered(
    window: MainWindow, case: int, make: Make
) -> None:
    page, office = opened(window), window.office
    grid = make.grid(make.village("东河村"), "东河村第1网格")
    head, worker = make.staff("石网格长"), make.staff("何网格员")
    make.assign(head, grid, networks.HEAD)
    make.assign(worker, grid)
    dealing.move(office, case, grid.id)
    saved(page.case, "现场处理完毕", "现场处理完毕", who="唐琪", note="已清理")

    def fill(dialog: Any) -> None:
        assert "由何网格员核查" not in words(dialog)
        dialog.form.inputs["who"].put("唐琪")
        press(dialog, "核查通过")
        assert "不能自己核查自己办的事项" in dialog.problem.text()
        dialog.form.inputs["who"].edited.emit()
        assert "唐琪就是承办人，不能自己核查自己办的事项" in texts(dialog)
        press(dialog, "由何网格员核查")
        assert "就是承办人" not in dialog.form.inputs["who"]._told.text()
        press(dialog, "核查通过")

    seen(page.case, "核查通过", fill)
    assert state(office, case) == work.VERIFIED


def test_closing_with_an_open_part_asks_to_finish_it_first(window: MainWindow, case: int, make: Make) -> None:
    page, office = opened(window), window.office
    gone, other = make.staff("王建军"), make.staff("李秀兰")
    make.add(Leave(staff_id=gone.id, start=DAY, end=DAY + timedelta(days=5), kind="事假", stand_in_id=other.id))

    def part(dialog: Any) -> None:
        dialog.form.inputs["title"].put("清运杂物")
        dialog.form.inputs["handler"].put("王建军")
        dialog.form.inputs["handler"].edited.emit()
        assert "王建军请假至" in texts(dialog)
        press(dialog, "改派给李秀兰")
        press(dialog, "分办")

    page.open_case(case)
    seen(page.whole, "分办任务", part)
    page.back()
    saved(page.case, "现场处理完毕", "现场处理完毕", who="李镇长", note="已清理")
    saved(page.case, "核查通过", "核查通过", who="唐琪")

    def go_back(question: Any) -> None:
        assert "还有 1 项分办任务没有完成：清运杂物" in texts(question)
        press(question, "回去")

    seen(page.case, "告知并结案", go_back)
    assert state(office, case) == work.VERIFIED
    found = details(office, case)
    assert found is not None and found.tasks[0].detail.startswith("李秀兰")


def test_a_closed_case_reopened_after_its_grid_was_merged_goes_to_the_heir(
    window: MainWindow, case: int, make: Make
) -> None:
    page, office = opened(window), window.office
    first = service.view(office, case).entry.unit_id
    with office.read() as session:
        village = session.get_one(GridUnit, session.get_one(GridUnit, first).parent_id)
    second = make.grid(village, "石桥村第2网格")
    service.step(office, case, "decline", Given("王主任", office.now(), "不属本级"))
    redraw.carry_out(office, Redrawing((first or 0, second.id), (Part("石桥村中心网格", ""),)))
    office.on = office.today() + timedelta(days=30)
    page.show_view("closed", record=case)
    assert "“石桥村第1网格”已经撤并" in texts(page.case)

    def place(dialog: Any) -> None:
        assert dialog.form.values()["unit"] and "石桥村中心网格" in dialog.form.inputs["unit"].inner.currentText()

        def again(last: Any) -> None:
            last.form.inputs["who"].put("王主任")
            last.form.inputs["note"].put("又堆了")
            press(last, "重新打开")

        meanwhile(again)
        press(dialog, "改到这里")

    seen(page.case, "重新打开", place)
    shown = service.view(office, case)
    assert (shown.state, shown.unit) == (work.TAKEN, "石桥村中心网格")
