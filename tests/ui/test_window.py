"""The window: keys, undo, what goes stale, search over everything, a second window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gridoffice.core import settings
from gridoffice.core.errors import OfficeError
from gridoffice.db import store
from gridoffice.db.office import Office
from gridoffice.ui import dialogs
from gridoffice.ui.dialogs import Toast
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press

OPEN = Callable[[Office], MainWindow]


def active(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def key(qtbot: QtBot, window: MainWindow, which: Qt.Key, shift: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier
    target = QApplication.focusWidget() or window
    qtbot.keyClick(target, which, held | Qt.KeyboardModifier.ShiftModifier if shift else held)
    QApplication.processEvents()


def test_ctrl_and_a_figure_opens_each_of_the_first_nine_tabs(office: Office, opened: OPEN, qtbot: QtBot) -> None:
    window = opened(office)
    active(qtbot, window)
    for place, module in enumerate(window.modules[:9]):
        key(qtbot, window, Qt.Key(Qt.Key.Key_1.value + place))
        assert window.current == module.key
        assert window.bar.buttons[module.key].isChecked()


def test_pages_are_built_when_they_are_first_shown(office: Office, opened: OPEN) -> None:
    window = opened(office)
    assert window.pages == {}
    first = window.show_tab("residents")
    assert list(window.pages) == ["residents"]
    window.show_tab("personnel")
    assert window.show_tab("residents") is first


def test_undo_and_redo_keys_and_menu_name_what_they_do(office: Office, opened: OPEN, make: Make, qtbot: QtBot) -> None:
    window = opened(office)
    window.show_tab("residents")
    active(qtbot, window)
    with office.unit("登记：李秀兰"):
        pass
    make.resident("李秀兰")
    window.menus.tell_undo()
    assert window.actions_by_key["undo"].text().startswith("撤销：新建")
    assert "Ctrl+Z" in window.undoable.text()
    page = window.page()
    assert page is not None
    page.setFocus()
    key(qtbot, window, Qt.Key.Key_Z)
    assert window.findChildren(Toast)[-1].findChildren(QLabel)[0].text().startswith("已撤销：新建")
    key(qtbot, window, Qt.Key.Key_Z, shift=True)
    assert (office.undo_text() or "").startswith("新建")


def test_a_hidden_page_refreshes_when_it_is_shown(office: Office, opened: OPEN, make: Make) -> None:
    window = opened(office)
    residents: Any = window.show_tab("residents")
    window.show_tab("personnel")
    make.resident("李秀兰")
    assert (residents.is_stale, residents.list.model.ids) == (True, [])
    window.show_tab("residents")
    assert (residents.is_stale, len(residents.list.model.ids)) == (False, 1)
    make.resident("王小河")
    assert len(residents.list.model.ids) == 2, "in front it follows at once"


def test_what_a_page_does_not_show_leaves_it_alone(office: Office, opened: OPEN, make: Make) -> None:
    window = opened(office)
    residents = window.show_tab("residents")
    window.show_tab("personnel")
    make.case()
    assert not residents.is_stale


def test_ctrl_f_goes_to_the_filter_box_also_from_within_the_list(
    office: Office, opened: OPEN, make: Make, qtbot: QtBot
) -> None:
    make.resident()
    window = opened(office)
    page = window.show_tab("residents")
    active(qtbot, window)
    page.list.table.setFocus()  # type: ignore[attr-defined]
    key(qtbot, window, Qt.Key.Key_F)
    assert page.list.search.hasFocus()  # type: ignore[attr-defined]


def test_the_same_office_in_a_second_window_is_told(office: Office, office_file: Path) -> None:
    with pytest.raises(OfficeError) as told:
        store.open_office(office_file)
    assert "已经在另一个窗口或程序里打开" in told.value.sentence
    assert told.value.do


def test_a_fault_in_a_command_is_shown_and_the_window_lives(
    office: Office, opened: OPEN, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(office)
    window.show_tab("residents")

    def fail() -> None:
        raise OfficeError("磁盘已满", safe="办公文件完好")

    monkeypatch.setattr(window, "undo", fail)
    said: list[str] = []

    def read(dialog: dialogs.Message) -> None:
        said.append(" ".join(made.text() for made in dialog.findChildren(QLabel)))
        press(dialog, "知道了")

    failed = meanwhile(read)
    window.actions_by_key["undo"].trigger()
    assert failed == []
    assert "磁盘已满" in said[0]
    assert window.isVisible()


def test_the_window_s_place_is_remembered(office: Office, opened: OPEN) -> None:
    window = opened(office)
    window.resize(1200, 700)
    window.close()
    assert settings.get("window")
    again = opened(office)
    assert again.isVisible()


def test_on_a_narrow_window_the_right_side_opens_by_a_button(office: Office, opened: OPEN, make: Make) -> None:
    make.staff("唐琪")
    window = opened(office)
    page = window.show_tab("personnel")
    QApplication.processEvents()
    assert page.right.isVisible()  # type: ignore[attr-defined]
    window.resize(810, 700)
    QApplication.processEvents()
    assert not page.right.isVisible()  # type: ignore[attr-defined]
    press(page, "详情")
    assert page.right.isVisible()  # type: ignore[attr-defined]
    press(page, "返回")
    assert not page.right.isVisible()  # type: ignore[attr-defined]
    assert page.list.isVisible()  # type: ignore[attr-defined]
