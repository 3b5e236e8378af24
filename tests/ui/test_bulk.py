"""Changing many records by real clicks: rehearsed row by row, refused with reasons, written as one step, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gridoffice.core.errors import Cancelled, OfficeError
from gridoffice.db.audit import AuditChange
from gridoffice.db.office import Office
from gridoffice.domain import bulk as rules
from gridoffice.domain.people import MOVED, Resident
from gridoffice.domain.premises import Premises
from gridoffice.domain.staff import Staff
from gridoffice.modules.residents.bulk import RESIDENTS_BULK
from gridoffice.ui import bulk as dialog_of
from gridoffice.ui.table import ListTable
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press

OPEN = Callable[[Office], MainWindow]


def values(office: Office, column: Any) -> list[Any]:
    with office.read() as session:
        return list(session.scalars(select(column).order_by(column.class_.id)))


@pytest.fixture
def people(make: Make) -> list[Resident]:
    house = make.household(make.grid())
    states = ("living", "living", MOVED, "living")
    tags = ("党员", "", "", "独居老人")
    names = ("单雪", "唐琪", "何敏", "曾英")
    return [
        make.resident(name, house, state=state, tags=tag) for name, state, tag in zip(names, states, tags, strict=True)
    ]


@pytest.fixture
def table(office: Office, opened: OPEN, people: list[Resident]) -> ListTable:
    page: Any = opened(office).open("residents")
    QApplication.processEvents()
    shown: ListTable = page.list
    return shown


def test_selected_people_get_a_tag_in_one_step(table: ListTable, office: Office, qtbot: QtBot) -> None:
    seen: list[Any] = []

    def act(dialog: Any) -> None:
        seen.append(dialog.only.text())
        dialog.what.setCurrentIndex(1)
        press(dialog, "试改")
        assert "还没有填" in dialog.told.text()
        dialog.input.put(["党员"])
        press(dialog, "试改")
        seen.append(dialog.told.text())
        seen.append([tuple(line) for line in dialog.rows.texts.rows])
        assert values(office, Resident.tags) == ["党员", "", "", "独居老人"], "nothing is written yet"
        press(dialog, "改 2 人")

    table.table.selectAll()
    QApplication.processEvents()
    assert table.total.text() == "共 4 条，选中 4 条"
    failed = meanwhile(act)
    press(table, "批量修改…")
    assert failed == []
    assert seen[0] == "选中的 4 人"
    assert seen[1] == "将改 2 人，1 人本来就是这样，1 人不能改，原因写在下面。"
    assert seen[2] == [
        ("何敏", "", "", "已经登记为迁出"),
        ("唐琪", "空", "党员", "将改"),
        ("曾英", "独居老人", "独居老人、党员", "将改"),
    ]
    assert values(office, Resident.tags) == ["党员", "党员", "", "独居老人、党员"]
    assert office.undo() == "批量修改加人员类别：党员，2 人"
    assert values(office, Resident.tags) == ["党员", "", "", "独居老人"]


def test_all_that_fit_the_filter_move_to_another_grid(
    table: ListTable, office: Office, make: Make, qtbot: QtBot
) -> None:
    east = make.grid(name="东河村第1网格")
    table.reload()
    table.choose_first()
    table.table.setFocus()
    qtbot.waitUntil(table.table.hasFocus)

    def act(dialog: Any) -> None:
        dialog.all.setChecked(True)
        dialog.input.put(east.id)
        press(dialog, "试改")
        assert "将改 3 人" in dialog.told.text()
        dialog.only.setChecked(True)
        assert not dialog.do_button.isVisible(), "another choice wants another rehearsal"
        dialog.all.setChecked(True)
        press(dialog, "试改")
        press(dialog, "改 3 人")

    failed = meanwhile(act)
    qtbot.keyClick(table.table, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert failed == []
    assert values(office, Resident.unit_id).count(east.id) == 3
    assert office.undo() == "批量修改网格：东河村第1网格，3 人"


def test_many_are_changed_beside_the_window(
    table: ListTable, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialog_of, "MANY", 2)
    table.table.selectAll()

    def act(dialog: Any) -> None:
        dialog.what.setCurrentIndex(2)
        dialog.input.put(["党员", "独居老人"])
        press(dialog, "试改")
        qtbot.waitUntil(lambda: dialog.do_button.isVisible())
        press(dialog, "改 2 人")
        qtbot.waitUntil(lambda: not dialog.isVisible())

    failed = meanwhile(act)
    press(table, "批量修改…")
    assert failed == []
    assert values(office, Resident.tags) == ["", "", "", ""]


def test_cancelled_half_way_nothing_is_changed(office: Office, people: list[Resident]) -> None:
    def stop(_done: int, _total: int, _text: str) -> None:
        raise Cancelled

    field = RESIDENTS_BULK.fields[1]
    with pytest.raises(Cancelled):
        rules.apply(office, RESIDENTS_BULK, field, ["低保"], [one.id for one in people], "低保", stop)
    assert values(office, Resident.tags) == ["党员", "", "", "独居老人"]


def test_too_many_at_once_are_told(office: Office, people: list[Resident], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST", 3)
    with pytest.raises(OfficeError, match="一次最多改 3 人"):
        rules.rehearse(office, RESIDENTS_BULK, RESIDENTS_BULK.fields[1], ["党员"], [one.id for one in people])


def test_every_change_is_logged_row_by_row(office: Office, people: list[Resident]) -> None:
    rules.apply(office, RESIDENTS_BULK, RESIDENTS_BULK.fields[1], ["低保"], [one.id for one in people], "低保")
    with office.read() as session:
        wanted = select(AuditChange).where(AuditChange.table_name == "resident").order_by(AuditChange.id)
        lines = session.scalars(wanted).all()[-3:]
    assert [line.after["tags"] for line in lines] == ["党员、低保", "低保", "独居老人、低保"]


def test_staff_get_a_badge_day_and_premises_a_kind(office: Office, opened: OPEN, make: Make) -> None:
    make.staff("张三", since=date(2026, 3, 1))
    make.staff("李四", since=date(2029, 3, 1))
    make.premises("甲店")
    make.premises("乙店")
    window = opened(office)

    def badge(dialog: Any) -> None:
        dialog.what.setCurrentIndex(2)
        dialog.input.put(date(2027, 12, 31))
        press(dialog, "试改")
        assert "1 人不能改" in dialog.told.text()
        assert dialog.rows.texts.rows[0][3] == "到期日早于任职时间 2029-03-01"
        press(dialog, "改 1 人")

    page: Any = window.open("personnel", view="")
    QApplication.processEvents()
    page.list.table.selectAll()
    failed = meanwhile(badge)
    press(page.list, "批量修改…")
    assert failed == []
    assert values(office, Staff.badge_until) == [date(2027, 12, 31), None]

    def kind(dialog: Any) -> None:
        dialog.input.put("小餐饮")
        press(dialog, "试改")
        press(dialog, "改 2 处")

    places: Any = window.open("inspections")
    QApplication.processEvents()
    places.list.table.selectAll()
    failed = meanwhile(kind)
    press(places.list, "批量修改…")
    assert failed == []
    assert values(office, Premises.kind) == ["小餐饮", "小餐饮"]
