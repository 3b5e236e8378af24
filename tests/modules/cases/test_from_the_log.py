"""The whole loop through the window: a hazard of a patrol's log, five steps, back once, more time, 督办, its paper."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from gridoffice.domain import work
from gridoffice.modules.cases import letters, service
from gridoffice.modules.cases.details import details
from gridoffice.modules.cases.page import CasesPage
from gridoffice.ui import dialogs
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.modules.cases.hands import DAY, key, paper_made, saved, state, texts
from tests.papers.sheets import text_of
from tests.press import meanwhile, press, words


@pytest.fixture
def paper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where every paper is saved."""
    place = tmp_path / "文书.pdf"
    monkeypatch.setattr(dialogs, "save_file", lambda *_given: place)
    return place


def logged(window: MainWindow, grid: int) -> int:
    """Enter the morning's patrol with what it found; the case that came of it."""
    page: Any = window.open("patrols")

    def fill(dialog: Any) -> None:
        for name, value in {"unit_id": grid, "kind": "日常巡查", "start": "0830", "end": "1005"}.items():
            dialog.form.inputs[name].put(value)
        dialog.form.inputs["text"].put("沿三组巡查")
        press(dialog, "添加问题")
        line = dialog.lines.lines[0]
        line.category.setCurrentText("消防隐患")
        line.kind.setCurrentText("协调性")
        line.text.setText("三组8号出租房楼道堆放杂物")
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page, "登记巡查")
    assert failed == []
    shown: Any = window.open("cases", "open")
    (case,) = shown.list.model.ids
    return int(case)


def test_a_hazard_of_the_log_becomes_a_story(window: MainWindow, make: Make, paper: Path) -> None:
    office = window.office
    grid = make.grid(make.village("石桥村"), "石桥村第1网格")
    make.assign(make.staff("唐琪"), grid)
    make.staff("王主任"), make.staff("李镇长")
    case = logged(window, grid.id)
    page = window.open("cases", "open")
    assert isinstance(page, CasesPage)
    page.show_mode("list")
    page.list.table.setFocus()
    key(page.list.table, Qt.Key.Key_Return)
    whole = page.whole
    assert whole.isVisible() and "看这次巡查" in words(whole)

    def on(month: int, day: int) -> None:
        office.on = date(2026, month, day)
        page.refresh()

    on(11, 23)
    saved(whole, "受理立项", "受理立项", who="王主任", note="情况属实，予以受理")
    paper_made(whole, "做受理单")
    saved(whole, "派遣任务", "派遣任务", who="王主任", handler="房东老周", note="请当场清理")
    paper_made(whole, "做交办单", "存成 PDF")
    on(11, 24)
    saved(whole, "接单", "接单", who="房东老周")
    saved(whole, "申请延期", "申请", who="房东老周", days="2", reason="租户不在家")
    saved(whole, "准予延期", "准予延期", who="王主任", note="仅此一次")
    assert "王主任11月24日准予延期 2 个工作日" in texts(whole)
    on(12, 2)
    assert "已到“普通督办”的逾期天数，还没有督办" in texts(whole)
    leader = next(c.id for c in service.staff_choices(office) if c.text == "李镇长")
    saved(whole, "登记督办", "督办", leader=leader, who="王主任", note="消防隐患不过夜")
    saved(whole, "分办任务", "分办", title="清运杂物", handler="环卫队", who="王主任")
    on(12, 3)
    saved(whole, "登记处理结果", "登记处理结果", who="房东老周", note="杂物已清理")
    on(12, 4)
    saved(whole, "退回重办", "退回重办", who="唐琪", note="楼顶还有杂物")
    assert state(office, case) == work.TAKEN
    on(12, 7)
    saved(whole, "登记处理结果", "登记处理结果", who="房东老周", note="楼顶也清理了", at="昨天 16:30")
    saved(whole, "核查通过", "核查通过", who="唐琪", note="现场核查，问题已解决")
    on(12, 8)
    saved(whole, "登记回访", "保存", who="唐琪", whom="租户", satisfaction="good", text="已经解决")

    on(12, 9)

    def close(question: Any) -> None:
        def finish(dialog: Any) -> None:
            dialog.form.inputs["who"].put("王主任")
            dialog.form.inputs["note"].put("已运走")

            def tell(last: Any) -> None:
                last.form.inputs["who"].put("唐琪")
                last.form.inputs["satisfaction"].put("good")
                last.form.inputs["note"].put("已告知租户")
                press(last, "告知并结案")

            meanwhile(tell)
            press(dialog, "完成")

        assert "还有 1 项分办任务没有完成：清运杂物" in texts(question)
        meanwhile(finish)
        press(question, "登记完成")

    failed = meanwhile(close)
    press(whole, "告知并结案")
    assert failed == []
    assert state(office, case) == work.CLOSED
    saved(whole, "归档", "归档", who="王主任")

    found = details(office, case)
    assert found is not None
    told = [(f"{one.at:%m-%d}", one.title) for one in found.story]
    assert told == [
        ("11-20", "登记事项"), ("11-23", "受理立项"), ("11-23", "派遣任务"), ("11-23", "受理单"), ("11-23", "交办单"),
        ("11-24", "接单"), ("11-24", "申请延期"), ("11-24", "准予延期"), ("12-02", "督办"), ("12-02", "分办任务"),
        ("12-03", "登记处理结果"), ("12-04", "退回重办"), ("12-06", "登记处理结果"), ("12-07", "核查通过"),
        ("12-08", "回访"), ("12-09", "任务完成"), ("12-09", "告知并结案"), ("12-09", "归档"),
    ]  # fmt: skip
    assert all(one.text in texts(whole) for one in found.story)
    assert [one.number for one in letters.of_case(office, case)] == ["受理〔2026〕1号", "交办〔2026〕1号"]

    failed = meanwhile(lambda shown: press(shown, "存成 PDF…"))
    press(whole, "打印")
    assert failed == []
    printed = text_of(paper).replace("\n", "")
    printed = printed[printed.index("一、办理过程") :]
    told_in_order = ("登记事项", "情况属实", "租户不在家", "普通督办", "楼顶还有杂物", "已告知租户")
    places = [printed.find(word) for word in told_in_order]
    assert -1 not in places and places == sorted(places)
    for _ in range(17):  # everything but the patrol itself
        window.undo()
    assert state(office, case) == work.COLLECTED and letters.of_case(office, case) == ()
    assert office.on == DAY.replace(month=12, day=9)
