"""Responsibility networks in the settings: used or not, renamed, roles changed and refused, by service and clicks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from gridoffice.core.errors import OfficeError
from gridoffice.db.audit import AuditUnit
from gridoffice.db.office import Office
from gridoffice.domain import network_files, networks
from gridoffice.domain.networks import Assignment
from gridoffice.modules.office import history, responsibility
from gridoffice.modules.office.page import OfficePage
from gridoffice.modules.office.page_networks import NetworksSection
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press

OPEN = Callable[[Office], MainWindow]


@pytest.fixture
def opened(qtbot: QtBot) -> OPEN:
    """Opens a window that ends with the test."""

    def open_window(office: Office) -> MainWindow:
        made = MainWindow(office)
        qtbot.addWidget(made)
        made.resize(1366, 768)
        made.show()
        return made

    return open_window


def network(office: Office, key: str) -> responsibility.NetworkSheet:
    return responsibility.sheet(office, next(one.id for one in responsibility.overview(office) if one.key == key))


def role(office: Office, key: str, network_key: str = "fire") -> responsibility.RoleRow:
    return next(one for one in network(office, network_key).roles if one.key == key)


def used(office: Office) -> list[str]:
    return [one.key for one in responsibility.overview(office) if one.is_used]


def test_a_network_is_used_renamed_and_put_away_step_by_step(office: Office) -> None:
    fire = network(office, "fire")
    responsibility.use(office, fire.id, True)
    assert used(office) == ["zongzhi", "fire"]
    responsibility.rename(office, fire.id, "消防安全网")
    responsibility.rename_level(office, fire.id, 2, "村级网格")
    responsibility.rename_level(office, fire.id, 4, "楼栋")
    responsibility.rename_level(office, fire.id, 1, "")
    assert network(office, "fire").levels == (
        (1, "", "乡镇"), (2, "村级网格", "村（社区）"), (3, "小网格", "网格"), (4, "楼栋", "微网格"),
    )  # fmt: skip
    assert [office.undo() for _ in range(5)] == [
        "消防网格：第 1 级恢复原来的叫法".replace("消防网格", "消防安全网"),
        "消防安全网：第 4 级叫“楼栋”",
        "消防安全网：第 2 级叫“村级网格”",
        "责任网改名：消防网格 改为 消防安全网",
        "启用责任网：消防网格",
    ]
    assert network(office, "fire") == fire


def test_what_all_else_goes_by_stays(office: Office) -> None:
    general = network(office, "zongzhi")
    with pytest.raises(OfficeError, match="不能停用"):
        responsibility.use(office, general.id, False)
    with pytest.raises(OfficeError, match="导入、联系卡和公示牌要用"):
        responsibility.remove_role(office, role(office, networks.WORKER, "zongzhi").id)
    with pytest.raises(OfficeError, match="已经有“公共卫生”了"):
        responsibility.rename(office, general.id, "公共卫生")
    with pytest.raises(OfficeError, match="名称要填"):
        responsibility.rename(office, general.id, " ")
    with pytest.raises(OfficeError, match="最多 20 个字"):
        responsibility.rename_level(office, general.id, 3, "网" * 21)
    assert network(office, "zongzhi") == general


def test_a_role_is_added_changed_and_taken_out(office: Office) -> None:
    fire = network(office, "fire")
    made = responsibility.add_role(
        office, fire.id, {**role(office, "fire_lead").values, "title": " 微型消防站站长 ", "level": 2, "rank": None}
    )
    added = next(one for one in network(office, "fire").roles if one.id == made)
    assert (added.title, added.level_title, added.values["rank"]) == ("微型消防站站长", "中网格", 0)
    with pytest.raises(OfficeError, match="已经有“微型消防站站长”了"):
        responsibility.add_role(office, fire.id, added.values)
    responsibility.save_role(office, made, {"title": "站长", "duties": "一\n二\n", "is_needed": False, "level": 3})
    changed = next(one for one in network(office, "fire").roles if one.id == made)
    assert (changed.title, changed.values["duties"], changed.values["level"]) == ("站长", "一\n二", 3)
    with pytest.raises(OfficeError, match="职责最多"):
        responsibility.save_role(office, made, {"duties": "一" * 4001})
    with pytest.raises(OfficeError, match="角色名称要填"):
        responsibility.save_role(office, made, {"title": ""})
    assert responsibility.remove_role(office, made) == "站长"
    assert network(office, "fire") == fire
    assert office.undo() == "消防网格删除角色：站长"


def test_a_role_that_is_or_was_held_is_not_taken_out(office: Office, make: Make) -> None:
    grid = make.grid()
    assistant = role(office, "fire_assistant")
    held = make.add(Assignment(staff_id=make.staff().id, unit_id=grid.id, role_id=assistant.id))
    with pytest.raises(OfficeError, match="现在有 1 人在任，不能删除"):
        responsibility.remove_role(office, assistant.id)
    with pytest.raises(OfficeError, match="1 段任职，不能换到别的层级"):
        responsibility.save_role(office, assistant.id, {"level": 2})
    with office.unit("结束") as session:
        session.get_one(Assignment, held.id).end = date(2020, 1, 1)
    with pytest.raises(OfficeError, match="登记过 1 段任职，不能删除"):
        responsibility.remove_role(office, assistant.id)


def test_only_one_at_a_time_is_refused_where_two_are(office: Office, make: Make) -> None:
    grid = make.grid(name="石桥村第1网格")
    publicist = role(office, "fire_publicist")
    make.add(Assignment(staff_id=make.staff("甲").id, unit_id=grid.id, role_id=publicist.id, end=date(2025, 5, 1)))
    second = make.add(
        Assignment(staff_id=make.staff("乙").id, unit_id=grid.id, role_id=publicist.id, start=date(2025, 5, 1))
    )
    with pytest.raises(OfficeError, match="石桥村第1网格同时有几个“兼职消防宣传员”"):
        responsibility.save_role(office, publicist.id, {"is_single": True})
    with office.unit("错开") as session:
        session.get_one(Assignment, second.id).start = date(2025, 5, 2)
    responsibility.save_role(office, publicist.id, {"is_single": True})
    assert role(office, "fire_publicist").values["is_single"]


def section(window: MainWindow) -> NetworksSection:
    page = window.open("office", view="networks")
    assert isinstance(page, OfficePage)
    shown = page.section()
    assert isinstance(shown, NetworksSection)
    QApplication.processEvents()
    return shown


def test_the_section_by_keys_and_clicks(office: Office, opened: OPEN, qtbot: QtBot) -> None:
    window = opened(office)
    shown = section(window)
    shown.list.setFocus()
    QTest.keyClick(shown.list, Qt.Key.Key_Down)
    QTest.keyClick(shown.list, Qt.Key.Key_Down)
    QTest.keyClick(shown.list, Qt.Key.Key_Space)
    assert used(office) == ["zongzhi", "fire"], "the space bar ticks the chosen network"
    assert shown.network is not None
    assert shown.network.key == "fire"
    shown.levels[2].setFocus()
    shown.levels[2].selectAll()
    shown.levels[2].insert("村网格")
    QTest.keyClick(shown.levels[2], Qt.Key.Key_Return)
    assert dict((level, own) for level, own, _ in network(office, "fire").levels)[2] == "村网格"

    def fill(dialog: Any) -> None:
        form = dialog.form
        form.inputs["title"].put("消防文员")
        form.inputs["duties"].put("收好检查表\n按月汇总")
        box = form.inputs["is_needed"].inner
        assert isinstance(box, QCheckBox)
        QTest.keyClick(box, Qt.Key.Key_Space)
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(shown, "增加角色…")
    assert not failed
    added = network(office, "fire").roles[-1]
    assert (added.title, added.values["duties"]) == ("消防文员", "收好检查表\n按月汇总")
    row = shown.table.currentIndex().row()
    assert shown.table.texts.rows[row][0] == "消防文员"
    press(shown, "删除角色")
    assert "消防文员" not in [one.title for one in network(office, "fire").roles]
    window.undo()
    assert "消防文员" in [one.title for one in network(office, "fire").roles]

    window.activateWindow()
    shown.table.selectRow(0)
    shown.table.setFocus()
    qtbot.waitUntil(shown.table.hasFocus)

    def rename(dialog: Any) -> None:
        dialog.form.inputs["title"].put("总负责人")
        press(dialog, "保存")

    failed = meanwhile(rename)
    QTest.keyClick(shown.table, Qt.Key.Key_Return)
    assert not failed
    assert network(office, "fire").roles[0].title == "总负责人"
    assert shown.table.texts.rows[0][0] == "总负责人"


def test_a_refused_tick_goes_back_and_a_broken_file_is_told(office: Office, opened: OPEN) -> None:
    folder = network_files.own()
    folder.mkdir(parents=True)
    (folder / "坏.toml").write_text("key = ", "utf-8")
    shown = section(opened(office))
    assert "坏.toml" in shown.problem.text()
    assert shown.problem.isVisible()
    shown.list.setFocus()
    failed = meanwhile(lambda dialog: press(dialog, "知道了"))
    QTest.keyClick(shown.list, Qt.Key.Key_Space)
    assert not failed
    assert used(office) == ["zongzhi"]
    assert shown.list.item(0).checkState() == Qt.CheckState.Checked


def test_the_log_tells_a_changed_role_in_words(office: Office) -> None:
    lead = role(office, "fire_lead")
    responsibility.save_role(office, lead.id, {"title": "总负责人", "is_needed": False})
    with office.read() as session:
        last = session.scalar(select(func.max(AuditUnit.id))) or 0
    told = history.story(office, last)
    assert told.name == "修改消防网格的角色：总负责人"
    assert told.changes[0].fields == "标题：大网格负责人 → 总负责人；必须有人：是 → 否"
