"""A hazard led by clicks through five steps and back once, with an extension and a 督办; board, calendar, entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.domain import work
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.staff import Leave
from gridoffice.modules.cases import paper, service
from gridoffice.modules.cases.details import details
from gridoffice.modules.cases.page import CasesPage
from gridoffice.modules.cases.page_cards import MIME
from gridoffice.modules.cases.service import Entry
from gridoffice.papers import parts
from gridoffice.ui import dialogs
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press, words

DAY = date(2026, 11, 20)  # a Friday


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
    finder = make.staff("唐琪").id
    make.staff("李镇长")
    entry = Entry(
        "三组出租房楼道堆放杂物", DAY, "消防隐患", "K2", grid.id, "三组8号", finder_id=finder, reporter="赵大娘"
    )
    return service.create(office, entry)


def opened(window: MainWindow, mode: str = "list") -> CasesPage:
    page = window.open("cases", "open")
    assert isinstance(page, CasesPage)
    page.show_mode(mode)
    return page


def saved(page: CasesPage, where: QWidget, word: str, save: str, **given: Any) -> None:
    """Press a button, fill the dialog that opens, press its button."""

    def fill(dialog: Any) -> None:
        for key, value in given.items():
            dialog.form.inputs[key].put(value)
        press(dialog, save)
        assert not dialog.problem.isVisible(), dialog.problem.text()

    failed = meanwhile(fill)
    press(where, word)
    assert failed == [], word


def refused(where: QWidget, word: str, save: str, **given: Any) -> str:
    """As `saved`, but the dialog stays open: its sentence."""
    said: list[str] = []

    def fill(dialog: Any) -> None:
        for key, value in given.items():
            dialog.form.inputs[key].put(value)
        press(dialog, save)
        said.append(dialog.problem.text())
        dialog.form.fill(dialog.form._raw())
        press(dialog, "取消")

    failed = meanwhile(fill)
    press(where, word)
    assert failed == [], word
    return said[0]


def key(where: QWidget, pressed: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key that a shortcut takes: its window must be the active one, as on a real screen."""
    where.window().activateWindow()
    QApplication.processEvents()
    QTest.keyClick(where, pressed, with_)
    QApplication.processEvents()


def state(office: Office, case: int) -> str:
    return service.view(office, case).state


def texts(parent: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(made.text() for made in parent.findChildren(QLabel) if made.isVisible())


def test_a_hazard_goes_through_five_steps_and_back_once(window: MainWindow, case: int) -> None:
    page, office = opened(window), window.office
    page.list.table.setFocus()
    QTest.keyClick(page.list.table, Qt.Key.Key_Return)
    whole = page.whole
    assert whole.isVisible() and "协调性事项受理时限 1 个工作日" in texts(whole)

    saved(page, whole, "受理立项", "受理立项", who="王主任")
    saved(page, whole, "派遣任务", "派遣任务", who="王主任", handler="房东老周", note="请当场清理")
    saved(page, whole, "接单", "接单", who="房东老周")
    saved(page, whole, "申请延期", "申请", who="房东老周", days="2", reason="租户不在家")
    assert "不能批准自己的延期" in refused(whole, "准予延期", "准予延期", who="房东老周")
    saved(page, whole, "准予延期", "准予延期", who="王主任")
    assert "王主任11月20日准予延期 2 个工作日" in texts(whole)
    leader = next(c.id for c in service.staff_choices(office) if c.text == "李镇长")
    saved(page, whole, "登记督办", "督办", leader=leader, who="王主任", note="消防隐患不过夜")
    saved(page, whole, "分办任务", "分办", title="清运杂物", handler="环卫队", who="王主任")
    saved(page, whole, "登记处理结果", "登记处理结果", who="房东老周", note="杂物已清理")
    assert "不能自己核查自己办的事项" in refused(whole, "核查通过", "核查通过", who="房东老周")
    saved(page, whole, "退回重办", "退回重办", who="唐琪", note="楼顶还有杂物")
    assert state(office, case) == work.TAKEN
    saved(page, whole, "登记处理结果", "登记处理结果", who="房东老周", note="楼顶也清理了")
    saved(page, whole, "核查通过", "核查通过", who="唐琪")
    told = refused(whole, "告知并结案", "告知并结案", who="唐琪", satisfaction="good")
    assert "还有 1 项分办任务没有完成：清运杂物" in told
    saved(page, whole, "完成", "完成", who="唐琪", note="已运走")
    saved(page, whole, "告知并结案", "告知并结案", who="唐琪", satisfaction="good", note="已告知赵大娘")
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


def test_dispatch_to_somebody_on_leave_offers_who_stands_in(window: MainWindow, case: int, make: Make) -> None:
    page, office = opened(window), window.office
    gone, other = make.staff("王建军"), make.staff("李秀兰")
    make.add(Leave(staff_id=gone.id, start=DAY, end=DAY + timedelta(days=5), kind="事假", stand_in_id=other.id))
    saved(page, page.case, "受理立项", "受理立项", who="王主任")
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
    saved(page, page.case, "改到现在的网格", "改到这里", unit=new.id)
    assert service.view(office, case).unit == "石桥村第9网格"
    window.undo()
    assert service.view(office, case).unit == "石桥村第1网格"


def drop(frame: QWidget, case: int) -> None:
    """What Qt sends when a card is dropped."""
    data = QMimeData()
    data.setData(MIME, str(case).encode())
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(20, 60), Qt.DropAction.MoveAction, data, left, none)
    QApplication.sendEvent(frame, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(frame, QDropEvent(QPointF(20, 60), Qt.DropAction.MoveAction, data, left, none))


def test_a_card_dragged_opens_the_lawful_step(window: MainWindow, case: int, qtbot: QtBot) -> None:
    page, office = opened(window, "board"), window.office
    assert [card.card.id for card in page.board.cards["collected"]] == [case]

    def fill(dialog: Any) -> None:
        dialog.form.inputs["who"].put("王主任")
        press(dialog, "受理立项")

    failed = meanwhile(fill)
    drop(page.board.frames["accepted"], case)
    qtbot.waitUntil(lambda: state(office, case) == work.ACCEPTED)
    assert failed == []
    assert [card.card.id for card in page.board.cards["accepted"]] == [case]
    said: list[str] = []

    def read(dialog: Any) -> None:
        said.append(texts(dialog))
        press(dialog, "知道了")

    failed = meanwhile(read)
    drop(page.board.frames["verified"], case)
    qtbot.waitUntil(lambda: bool(said))
    assert failed == [] and "“待派遣”的事项不能直接到“待回访”" in said[0] and "派遣任务" in said[0]
    assert state(office, case) == work.ACCEPTED


def test_keys_move_a_card_and_open_it(window: MainWindow, case: int, qtbot: QtBot) -> None:
    page, office = opened(window, "board"), window.office
    page.board.focus_first()
    card = page.board.cards["collected"][0]

    def fill(dialog: Any) -> None:
        dialog.form.inputs["who"].put("王主任")
        press(dialog, "受理立项")

    failed = meanwhile(fill)
    QTest.keyClick(card, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert failed == [] and state(office, case) == work.ACCEPTED
    page.board.focus_first()
    QTest.keyClick(page.board.cards["accepted"][0], Qt.Key.Key_Return)
    assert page.whole.isVisible()
    key(page.whole.back_button, Qt.Key.Key_Escape)
    assert page.board.isVisible()
    window.undo()
    assert [one.card.id for one in page.board.cards["collected"]] == [case]


def test_the_calendar_counts_deadlines_and_lists_a_day(window: MainWindow, case: int) -> None:
    page = opened(window, "month")
    month = page.month
    monday = DAY + timedelta(days=3)  # accepted by the next working day
    assert "1 件到期" in month.cells[monday].text() and "件" not in month.cells[DAY].text()
    assert "周六" in month.cells[date(2026, 11, 21)].accessibleName()
    QTest.mouseClick(month.cells[monday], Qt.MouseButton.LeftButton)
    assert [card.card.id for card in month.cards] == [case]
    QTest.keyClick(month.cells[monday], Qt.Key.Key_Left)
    assert month.day == monday - timedelta(days=1) and month.cards == []
    QTest.keyClick(month.cells[month.day], Qt.Key.Key_Down)
    QTest.keyClick(month.cells[month.day], Qt.Key.Key_Down)
    assert (month.day.month, month.heading.text()) == (12, "2026年12月")
    press(month, "今天")
    assert month.day == DAY


def test_this_machine_remembers_the_view(window: MainWindow, case: int) -> None:
    opened(window, "board")
    again = MainWindow(window.office)
    page = again.open("cases")
    assert isinstance(page, CasesPage) and page.stack.currentWidget() is page.board
    again.close()


def test_the_same_problem_is_offered_while_typing(window: MainWindow, case: int) -> None:
    page, office = opened(window), window.office
    entry = service.view(office, case).entry
    said: list[str] = []

    def fill(dialog: Any) -> None:
        dialog.form.inputs["title"].put("三组出租房楼道又堆杂物")
        dialog.form.inputs["unit_id"].put(entry.unit_id)
        dialog.form.inputs["category"].put("消防隐患")
        dialog.form.inputs["reporter"].put("孙师傅")
        dialog.look()
        said.append(texts(dialog))
        press(dialog, "并入")

    failed = meanwhile(fill)
    press(page, "登记事项")
    assert failed == []
    assert "同一件事？" in said[0] and "2026-0001" in said[0]
    assert page.whole.isVisible() and "再次反映：三组出租房楼道又堆杂物" in texts(page.whole)
    assert len(page.list.model.ids) == 1


def test_the_next_entry_starts_with_the_last_values(window: MainWindow, case: int) -> None:
    page = opened(window)
    seen: list[Any] = []

    def fill(dialog: Any) -> None:
        seen.append(dialog.form.inputs["category"].value())
        dialog.form.inputs["title"].put("井盖破损")
        dialog.form.inputs["category"].put("市政设施")
        dialog.form.inputs["subcategory"].put("井盖")
        press(dialog, "保存")

    for _ in range(2):
        failed = meanwhile(fill)
        press(page, "登记事项")
        assert failed == []
    assert seen == ["其他", "市政设施"]
    assert service.view(window.office, page.list.current() or 0).entry.subcategory == "井盖"


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


def test_views_find_what_waits(window: MainWindow, case: int) -> None:
    from gridoffice.modules.cases import dealing

    page, office = opened(window), window.office
    dealing.ask(office, case, 2, "等配件", "唐琪")
    for view, number in (("asked", 1), ("verified", 0), ("supervised", 0), ("proposed", 0), ("carried", 0)):
        page.show_view(view)
        assert len(page.list.model.ids) == number, view
    counts = {count.key: count.number for count in service.counts(office, DAY)}
    assert counts["cases_asked"] == 1 and "cases_verified" not in counts
    office.on = DAY + timedelta(days=14)
    for view in ("late", "proposed", "carried"):
        page.show_view(view)
        assert page.list.model.ids == [case], view
    leader = next(c.id for c in service.staff_choices(office) if c.text == "李镇长")
    dealing.put_under(office, case, 3, leader, "王主任")
    page.show_view("proposed")
    assert page.list.model.ids == []
    office.user = "李镇长"
    press(page, "我督办的")
    assert page.list.model.ids == [case] and "李镇长督办的" in " ".join(words(page))


def test_a_case_is_marked_on_the_map_of_its_village(window: MainWindow, case: int, make: Make) -> None:
    from gridoffice.domain.maps import MapBase
    from gridoffice.modules.cases import seeking

    page, office = opened(window), window.office
    page.open_case(case)
    said: list[str] = []

    def read(dialog: Any) -> None:
        said.append(texts(dialog))
        press(dialog, "知道了")

    failed = meanwhile(read)
    press(page.whole, "在图上标")
    assert failed == [] and "还没有自己的图" in said[0]

    with office.read() as session:
        unit = session.get(GridUnit, service.view(office, case).entry.unit_id)
        assert unit is not None and unit.parent_id is not None
    make.add(MapBase(unit_id=unit.parent_id))

    def mark(dialog: Any) -> None:
        QApplication.processEvents()
        port = dialog.canvas.viewport()
        QTest.mouseClick(port, Qt.MouseButton.LeftButton, pos=port.rect().center())
        assert [sign.key for sign in dialog.canvas.signs if sign.key != dialog.canvas.tool.held()]
        press(dialog, "标在这里")

    failed = meanwhile(mark)
    press(page.whole, "在图上标")
    assert failed == []
    found = seeking.village_map(office, case)
    assert found is not None and found.point is not None
    assert 0.4 < found.point[0] < 0.6 and 0.4 < found.point[1] < 0.6
    assert "看位置" in words(page.whole)
    window.undo()
    assert "在图上标" in words(page.whole)


def test_photos_come_in_with_a_new_case(
    window: MainWindow, case: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(window)
    file = tmp_path / "井盖.png"
    Image.new("RGB", (80, 60), "teal").save(file)
    monkeypatch.setattr(dialogs, "open_files", lambda *_asked: [file])

    def fill(dialog: Any) -> None:
        dialog.form.inputs["title"].put("井盖破损")
        press(dialog, "加照片…")
        assert dialog.photo_button.text() == "照片 1 张"
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page, "登记事项")
    assert failed == []
    made = details(window.office, page.list.current() or 0)
    assert made is not None and [shows for _number, shows in made.photos] == ["before"]
    assert [one.title for one in made.story] == ["登记事项", "添加照片"]


def test_the_reporters_number_is_hidden_in_the_form(window: MainWindow, case: int) -> None:
    page, office = opened(window), window.office
    entry = service.view(office, case).entry
    service.change(office, case, replace(entry, reporter_phone="13912345678"))
    seen: list[str] = []

    def look(dialog: Any) -> None:
        made = dialog.form.inputs["reporter_phone"]
        seen.extend((made.inner.text(), made.value()))
        press(dialog, "取消")

    failed = meanwhile(look)
    press(page.case, "修改")
    assert failed == []
    assert "13912345678" not in seen[0] and seen[1] == "13912345678"
    assert "139****5678" in texts(page.case) and "13912345678" not in texts(page.case)
