"""The tab 事项 pressed as a person presses it, and what the office then holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.domain import loop, work
from gridoffice.modules.cases import page_forms, service
from gridoffice.modules.cases.page import CasesPage
from gridoffice.modules.cases.service import Entry
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press, words

DAY = date(2026, 11, 20)


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
def case(office: Office, make: Make) -> int:
    office.on = DAY
    grid = make.grid(make.village("石桥村"), "石桥村第1网格")
    return service.create(
        office, Entry("三组路灯不亮", DAY, "市政设施", "K2", grid.id, finder_id=make.staff("唐琪").id)
    )


def opened(window: MainWindow, view: str = "open") -> CasesPage:
    page = window.open("cases", view)
    assert isinstance(page, CasesPage)
    return page


def test_an_empty_office_says_what_to_do(window: MainWindow) -> None:
    page = opened(window)
    assert page.list.empty.isVisible()
    assert "登记事项" in words(page)


def test_a_new_case_is_taken_in_and_shown(window: MainWindow, make: Make) -> None:
    page = opened(window)

    def fill(dialog: Any) -> None:
        dialog.form.inputs["title"].put("四组井盖破损")
        dialog.form.inputs["category"].put("市政设施")
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page, "登记事项")
    assert failed == []
    current = page.list.current()
    assert current is not None
    shown = service.view(page.office, current)
    assert (shown.number, shown.entry.title, shown.entry.due_on) == ("2026-0001", "四组井盖破损", date(2026, 11, 27))


def test_a_case_without_title_stays_open_with_a_sentence(window: MainWindow) -> None:
    page, said = opened(window), []

    def fill(dialog: Any) -> None:
        press(dialog, "保存")
        said.append(dialog.problem.text())
        press(dialog, "取消")

    failed = meanwhile(fill)
    page.new()
    assert failed == []
    assert "还没有填" in said[0]
    assert page.list.model.ids == []


def test_only_lawful_steps_are_offered_to_the_end(window: MainWindow, case: int) -> None:
    page = opened(window)
    steps = {loop.SPOT, *(verb.title for verb in loop.VERBS.values())}

    def offered() -> set[str]:
        return steps & set(words(page.case))

    assert {"受理立项", "现场处理完毕", "退回补充"} <= offered() and "核查通过" not in offered()

    def step(word: str, **given: str) -> None:
        def fill(dialog: Any) -> None:
            for key, text in given.items():
                dialog.form.inputs[key].put(text)
            press(dialog, word)

        failed = meanwhile(fill)
        press(page.case, word)
        assert failed == []

    step("受理立项")
    assert {"派遣任务", "登记处理结果"} <= offered() and "受理立项" not in offered()
    step("派遣任务", handler="水电站")
    assert {"接单", "退单", "登记处理结果"} <= offered()
    step("登记处理结果", note="更换灯泡")
    assert offered() == {"核查通过", "退回重办"}
    page.show_view("handled")
    step("核查通过", who="唐琪")
    page.show_view("", record=case)
    assert offered() == {"告知并结案", "退回重办"}
    step("告知并结案", who="唐琪", satisfaction="good")
    closed = service.view(page.office, case)
    assert (closed.state, closed.closed_on) == (work.CLOSED, DAY)
    window.undo()
    assert service.view(page.office, case).state == work.VERIFIED


def test_the_handler_is_told_to_let_another_check(window: MainWindow, case: int) -> None:
    service.step(window.office, case, "handle", loop.Given("唐琪", window.office.now(), "已更换"))
    page, said = opened(window), []

    def fill(dialog: Any) -> None:
        dialog.form.inputs["who"].put("唐琪")
        press(dialog, "核查通过")
        said.append(dialog.problem.text())
        dialog.form.fill({})
        press(dialog, "取消")

    failed = meanwhile(fill)
    press(page.case, "核查通过")
    assert failed == []
    assert "由另一个人核查" in said[0]
    assert service.view(page.office, case).state == work.HANDLED


def test_deletion_can_be_undone(window: MainWindow, case: int) -> None:
    page = opened(window)
    press(page.case, "删除")
    assert page.list.model.ids == []
    window.undo()
    assert page.list.model.ids == [case]


def test_a_change_is_saved_and_the_deadline_follows_the_kind(window: MainWindow, case: int) -> None:
    page = opened(window)

    def fill(dialog: Any) -> None:
        dialog.form.inputs["kind"].put("K4")
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page.case, "修改")
    assert failed == []
    assert service.view(page.office, case).entry.due_on == date(2026, 12, 11)


def test_lights_name_their_state_in_words(window: MainWindow, case: int) -> None:
    page = opened(window)
    seen = [made.text() for made in page.case.findChildren(QLabel)]
    assert {"信息采集", "完成", "受理立项", "进行中", "未到"} <= set(seen)


def test_the_step_dialog_proposes_another_checker(window: MainWindow, case: int) -> None:
    service.step(window.office, case, "handle", loop.Given("水电站", window.office.now(), "已更换"))
    editor = page_forms.step_editor(window, window.office, service.view(window.office, case), "verify")
    assert editor.form.values()["who"] == "唐琪"
    editor.deleteLater()


def test_a_double_click_opens_the_whole_case_and_escape_leads_back(window: MainWindow, case: int) -> None:
    page = opened(window)
    page.list.opened.emit(case)
    assert page.stack.currentWidget() is page.whole and page.whole.isVisible()
    assert {"受理立项", "现场处理完毕", "修改", "申请延期", "登记督办", "分办任务", "登记回访"} <= set(
        words(page.whole)
    )
    QTest.keyClick(page.whole.back_button, Qt.Key.Key_Escape)
    assert page.stack.currentWidget() is page.list and page.list.current() == case


def test_a_list_narrowed_to_a_grid_says_so_and_widens_again(window: MainWindow, case: int, make: Make) -> None:
    other = make.case("镇上电话", found_on=DAY).id
    unit = service.view(window.office, case).entry.unit_id
    page = window.open("cases", "open", filters=(("unit", unit),))
    assert isinstance(page, CasesPage)
    assert page.list.model.ids == [case]
    press(page, "只看 石桥村第1网格  ✕")
    assert sorted(page.list.model.ids) == sorted([case, other])
    assert not page.narrowed.isVisible()
