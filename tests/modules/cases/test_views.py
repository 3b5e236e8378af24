"""The views of the list, and a case on the map of its village."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gridoffice.domain import settings
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.loop import Given
from gridoffice.modules.cases import service
from gridoffice.modules.cases.service import Entry
from gridoffice.modules.office import limits
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.modules.cases.hands import DAY, opened, texts
from tests.press import meanwhile, press, words


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


def test_the_proposed_supervision_follows_the_offices_own_days(window: MainWindow, case: int) -> None:
    page, office = opened(window), window.office
    service.step(office, case, "accept", Given("王主任", office.now()))  # due on Friday 27 November
    office.on = date(2026, 11, 30)
    page.show_view("proposed")
    assert page.list.model.ids == [case]
    limits.set_day(office, date(2026, 11, 30), "holiday", "县庆", running=False)
    page.show_view("proposed")
    assert page.list.model.ids == [] and "还没有督办" not in texts(page.case)
    limits.set_day(office, date(2026, 11, 29), "workday", "调休上班", running=False)
    page.show_view("proposed")
    assert page.list.model.ids == [case]
    page.show_view("")
    assert "已到“普通督办”的逾期天数" in texts(page.case)


def test_the_meetings_weekday_decides_what_is_carried_over(window: MainWindow, case: int) -> None:
    page, office = opened(window), window.office
    for on, day, number in ((20, "周五", 0), (27, "周五", 1), (26, "周五", 0), (30, "星期一", 1), (29, "星期一", 0)):
        office.on = date(2026, 11, on)
        with office.unit("例会日") as session:
            settings.put(session, "meeting_day", day)
        page.show_view("carried")
        assert len(page.list.model.ids) == number, (on, day)


def test_a_caller_is_found_by_name_phone_or_order_number(window: MainWindow, case: int) -> None:
    page, office = opened(window), window.office
    entry = service.view(office, case).entry
    service.change(
        office, case, replace(entry, reporter_phone="13912345678", outside_number="QS2026112000123", subcategory="楼道")
    )
    service.create(office, Entry("井盖破损", DAY, "市政设施"))
    for typed in ("赵大娘", "12345678", "QS2026112000123", "消防隐患", "楼道"):
        page.list.search.setText(typed)
        page.list.reload()
        assert list(page.list.model.ids) == [case], typed
