"""What cannot be done, through the window: the sentence, and the way out that is offered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from gridoffice.domain.grids import GridUnit
from gridoffice.domain.staff import Leave
from gridoffice.modules.cases import service
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.modules.cases.hands import DAY, opened, saved, texts
from tests.press import meanwhile, press


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
