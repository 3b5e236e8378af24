"""A hazard led by clicks through five steps and back once; phrases put in by their number; its story on paper."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gridoffice.domain import work
from gridoffice.modules.cases import paper, service
from gridoffice.modules.cases.details import details
from gridoffice.papers import parts
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.modules.cases.hands import key, opened, refused, saved, state, texts
from tests.press import meanwhile, press


def test_a_hazard_goes_through_five_steps_and_back_once(window: MainWindow, case: int) -> None:
    page, office = opened(window), window.office
    page.list.table.setFocus()
    QTest.keyClick(page.list.table, Qt.Key.Key_Return)
    whole = page.whole
    assert whole.isVisible() and "协调性事项受理时限 1 个工作日" in texts(whole)

    saved(whole, "受理立项", "受理立项", who="王主任")
    saved(whole, "派遣任务", "派遣任务", who="王主任", handler="房东老周", note="请当场清理")
    saved(whole, "接单", "接单", who="房东老周")
    saved(whole, "申请延期", "申请", who="房东老周", days="2", reason="租户不在家")
    assert "不能批准自己的延期" in refused(whole, "准予延期", "准予延期", who="房东老周")
    saved(whole, "准予延期", "准予延期", who="王主任")
    assert "王主任11月20日准予延期 2 个工作日" in texts(whole)
    leader = next(c.id for c in service.staff_choices(office) if c.text == "李镇长")
    saved(whole, "登记督办", "督办", leader=leader, who="王主任", note="消防隐患不过夜")
    saved(whole, "分办任务", "分办", title="清运杂物", handler="环卫队", who="王主任")
    saved(whole, "登记处理结果", "登记处理结果", who="房东老周", note="杂物已清理")
    assert "不能自己核查自己办的事项" in refused(whole, "核查通过", "核查通过", who="房东老周")
    saved(whole, "退回重办", "退回重办", who="唐琪", note="楼顶还有杂物")
    assert state(office, case) == work.TAKEN
    saved(whole, "登记处理结果", "登记处理结果", who="房东老周", note="楼顶也清理了")
    saved(whole, "核查通过", "核查通过", who="唐琪")
    failed = meanwhile(lambda question: press(question, "回去"))
    press(whole, "告知并结案")
    assert failed == [] and state(office, case) == work.VERIFIED
    saved(whole, "完成", "完成", who="唐琪", note="已运走")
    saved(whole, "告知并结案", "告知并结案", who="唐琪", satisfaction="good", note="已告知赵大娘")
    assert state(office, case) == work.CLOSED

    found = details(office, case)
    assert found is not None
    assert [one.title for one in found.story] == [
        "登记事项", "受理立项", "派遣任务", "接单", "申请延期", "准予延期", "督办", "分办任务", "登记处理结果",
        "退回重办", "登记处理结果", "核查通过", "任务完成", "告知并结案",
    ]  # fmt: skip
    assert "唐琪：交房东老周重办，楼顶还有杂物" in [one.text for one in found.story]
    shown = texts(whole)
    assert all(one.text in shown for one in found.story)
    for _ in found.story[1:]:
        window.undo()
    assert state(office, case) == work.COLLECTED and page.whole.isVisible()
    assert (after := details(office, case)) is not None and [one.title for one in after.story] == ["登记事项"]


def test_phrases_are_put_in_by_their_number(window: MainWindow, case: int) -> None:
    page = opened(window)
    noted: list[str] = []

    def fill(dialog: Any) -> None:
        dialog.form.inputs["who"].put("王主任")
        key(dialog.form.inputs["note"].inner, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        press(dialog, "1 杂物已清理，疏散通道畅通")
        noted.append(dialog.form.inputs["note"].value())
        press(dialog, "现场处理完毕")

    failed = meanwhile(fill)
    press(page.case, "现场处理完毕")
    assert failed == []
    assert noted == ["已拆除飞线充电，引导到充电棚充电，杂物已清理，疏散通道畅通"]


def test_the_story_on_paper_hides_numbers_and_household_names(window: MainWindow, case: int, make: Make) -> None:
    from gridoffice.domain.casework import CaseContact
    from gridoffice.modules.cases import dealing

    office = window.office
    house = make.household(address="3组8号")
    make.resident("赵大娘", house)
    dealing.link(office, case, house.id)
    call = CaseContact(kind="contact", way="电话", who="唐琪", whom="赵大娘", text="赵大娘 13912345678 说已好")
    dealing.contact(office, case, call)
    view = paper.view(office, case)
    told = str(view)
    assert "赵大娘" not in told and "13912345678" not in told and "3组8号" not in told
    assert "登记事项" in told and "唐琪：电话联系当事人" in told
    assert parts.draw(view)[:4] == b"%PDF"
