"""The top of the window: a past day by typing and clicks, the scope, who is at work, tabs where room is short."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gridoffice.core import settings as machine
from gridoffice.db.office import Office
from gridoffice.ui import theme as looks
from gridoffice.ui.screen import application
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press
from tests.ui.test_window import active, key

OPEN = Callable[[Office], MainWindow]


def said(window: MainWindow) -> str:
    return window.standpoint.banner.text.text()


def choose_day(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Ctrl+D, type, Enter."""
    key(qtbot, window, Qt.Key.Key_D)
    box = window.standpoint.days.box
    assert box.hasFocus()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_a_typed_day_shows_who_was_responsible_then(office: Office, opened: OPEN, make: Make, qtbot: QtBot) -> None:
    office.on = date(2026, 11, 20)
    grid = make.grid()
    make.assign(make.staff("张建国"), grid, end=date(2026, 6, 30))
    make.assign(make.staff("王晓芳"), grid, start=date(2026, 7, 1))
    window = opened(office)
    page: Any = window.open("grids", record=grid.id)
    page.list.show_view("grids", filters=())
    active(qtbot, window)
    choose_day(qtbot, window, "0503")
    assert office.as_of == date(2026, 5, 3)
    assert window.standpoint.banner.isVisible()
    assert "2026年5月3日（星期日）</b>的网格和责任人，只能看不能改" in said(window)
    assert window.standpoint.corner.day.text().startswith("2026年5月3日")
    page.list.show_view("grids", filters=())
    assert "张建国" in page.list.model.texts(0)
    window.show_tab("cases")
    assert "“事项”页仍是今天的记录" in said(window)
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert [office.as_of, window.standpoint.banner.isVisible()] == [None, False]
    page = window.show_tab("grids")
    page.list.show_view("grids", filters=())
    assert "王晓芳" in page.list.model.texts(0)


def test_the_future_and_what_is_no_day_are_told_in_the_panel(office: Office, opened: OPEN, qtbot: QtBot) -> None:
    window = opened(office)
    window.show_tab("grids")
    active(qtbot, window)
    choose_day(qtbot, window, f"{date.today() + timedelta(days=2):%Y%m%d}")
    days = window.standpoint.days
    assert (days.isVisible(), office.as_of) == (True, None)
    assert "还没有到" in days.problem.text()
    days.box.setText("昨晚")  # QTest types no Chinese
    qtbot.keyClick(days.box, Qt.Key.Key_Return)
    assert "不是日期" in days.problem.text()
    qtbot.keyClick(days.box, Qt.Key.Key_Escape)
    assert days.isHidden()


def test_a_quick_pick_and_the_way_back_by_clicks(office: Office, opened: OPEN, make: Make, qtbot: QtBot) -> None:
    make.staff()
    window = opened(office)
    window.show_tab("personnel")
    qtbot.mouseClick(window.standpoint.corner.day, Qt.MouseButton.LeftButton)
    press(window.standpoint.days, "上月末")
    assert office.as_of == office.today().replace(day=1) - timedelta(days=1)
    assert window.standpoint.days.isHidden()
    press(window, "回到今天  Esc")
    assert office.as_of is None


def test_writing_on_a_past_day_is_refused_and_the_way_back_offered(
    office: Office, opened: OPEN, make: Make, qtbot: QtBot
) -> None:
    person = make.staff("唐琪")
    window = opened(office)
    page: Any = window.open("personnel", record=person.id)
    window.standpoint.look_at(date(2026, 1, 1))
    page.list.show_view("")
    page.list.choose(person.id)
    told: list[str] = []

    def back(dialog: Any) -> None:
        told.append(" ".join(made.text() for made in dialog.findChildren(QLabel)))
        press(dialog, "回到今天")

    failed = meanwhile(back)
    press(page, "删除")
    assert failed == []
    assert "正在看 2026年1月1日的情形，只能看，不能改" in told[0]
    assert "没有改动任何内容" in told[0]
    assert office.as_of is None
    failed = meanwhile(back)
    window.standpoint.look_at(date(2026, 1, 1))
    active(qtbot, window)
    key(qtbot, window, Qt.Key.Key_N)
    assert failed == []
    assert "只能看不能改" in told[1]


def test_the_scope_is_typed_shown_kept_and_let_go(office: Office, opened: OPEN, make: Make, qtbot: QtBot) -> None:
    make.village("柳河村")
    village = make.village("石桥村")
    window = opened(office)
    window.show_tab("residents")
    active(qtbot, window)
    key(qtbot, window, Qt.Key.Key_G)
    box = window.standpoint.scopes.box
    assert box.hasFocus()
    qtbot.keyClicks(box, "sqc")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert office.scope == village.id
    assert window.standpoint.corner.scope.text() == "范围：石桥村 ▾"
    assert str(machine.get("scope")).endswith(f"|{village.id}")
    office.scope = None
    assert opened(office).office.scope == village.id, "the machine remembers"
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    key(qtbot, window, Qt.Key.Key_G, shift=True)
    assert (office.scope, machine.get("scope")) == (None, "")
    assert window.standpoint.corner.scope.text() == "范围：全镇 ▾"


def test_who_is_at_work_stands_in_the_log(office: Office, opened: OPEN, make: Make, qtbot: QtBot) -> None:
    make.staff("王晓芳")
    window = opened(office)
    window.show_tab("today")
    active(qtbot, window)
    key(qtbot, window, Qt.Key.Key_U)
    box = window.standpoint.users.box
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert "还没有填" in window.standpoint.users.problem.text()
    qtbot.keyClicks(box, "wxf")
    qtbot.mouseClick(window.standpoint.users.findChildren(QPushButton)[0], Qt.MouseButton.LeftButton)
    assert (office.user, machine.get("user")) == ("王晓芳", "王晓芳")
    assert window.standpoint.corner.user.text() == "王晓芳 ▾"
    make.resident("李秀兰")
    from gridoffice.db.audit import AuditUnit

    with office.read() as session:
        assert session.query(AuditUnit).order_by(AuditUnit.id.desc()).first().who == "王晓芳"  # type: ignore[union-attr]


@pytest.mark.parametrize("zoom", [100, 150, 200])
def test_tabs_without_room_stand_in_the_menu_and_the_open_one_is_seen(full: Office, opened: OPEN, zoom: int) -> None:
    looks.apply(application(), "light", zoom)
    window = opened(full)
    window.show_tab("office")
    QApplication.processEvents()
    tabs = window.bar.tabs
    seen = [key for key, tab in tabs.buttons.items() if tab.isVisible()]
    assert "office" in seen
    assert all(tab.geometry().right() <= tabs.width() for tab in tabs.buttons.values() if tab.isVisible())
    tabs.menu.aboutToShow.emit()
    hidden = [action.text().partition("\t")[0] for action in tabs.menu.actions()]
    assert len(seen) + len(hidden) == len(tabs.buttons)
    assert tabs.more.isVisible() == bool(hidden)
    if zoom == 200:
        assert hidden
        action = tabs.menu.actions()[-1]
        wanted = action.text().partition("\t")[0]
        action.trigger()
        assert tabs.buttons[window.current].text() == wanted
        assert tabs.buttons[window.current].isVisible()


def test_a_key_that_cannot_act_says_why(office: Office, opened: OPEN, qtbot: QtBot) -> None:
    window = opened(office)
    window.show_tab("today")
    menu: Any = window.menuBar().actions()[2].menu()
    menu.aboutToShow.emit()
    now = window.actions_by_key["now"]
    assert (now.isEnabled(), now.toolTip()) == (False, "现在看的就是今天")
    menu.aboutToHide.emit()
    now.trigger()
    from gridoffice.ui.dialogs import Toast

    assert "现在看的就是今天" in window.findChildren(Toast)[-1].findChildren(QLabel)[0].text()


def test_holding_alt_shows_the_figures_of_the_tabs(office: Office, opened: OPEN, qtbot: QtBot) -> None:
    window = opened(office)
    window.show_tab("today")
    active(qtbot, window)
    window.setFocus()
    qtbot.keyPress(window, Qt.Key.Key_Alt)
    assert [hint.text() for hint in window.bar.tabs.hints if hint.isVisible()] == list("123456789")
    qtbot.keyRelease(window, Qt.Key.Key_Alt)
    assert not any(hint.isVisible() for hint in window.bar.tabs.hints)
