"""Pictures of what stands above every tab: the search and what it offers, the past day, the scope, help, the keys."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from gridoffice.ui.help import HelpDialog
from gridoffice.ui.keys import KeySheet

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

WAIT = 20.0  # seconds at most for an answer


def tour(window: MainWindow, grab: Callable[[QWidget, str], None]) -> None:
    """The pictures, in the order a clerk would meet them."""
    window.show_tab("grids")
    _search(window, "zhang")
    grab(window, "页面/60-全部搜索-各类结果")
    window.finder.act()
    grab(window, "页面/61-全部搜索-可以做什么")
    _search(window, ">d")
    grab(window, "页面/62-全部搜索-命令")
    _search(window, "?网格")
    grab(window, "页面/63-全部搜索-帮助")
    window.finder.leave()
    window.finder.box.clear()
    _standpoint(window, grab)
    for dialog, name in ((HelpDialog(window, "search"), "68-帮助"), (KeySheet(window), "69-快捷键")):
        dialog.show()
        grab(dialog, f"页面/{name}")
        dialog.close()
        dialog.deleteLater()


def _standpoint(window: MainWindow, grab: Callable[[QWidget, str], None]) -> None:
    standpoint = window.standpoint
    standpoint.days.drop()
    grab(window, "页面/64-看过去某一天")
    standpoint.days.choose(window.office.today() - timedelta(days=200))
    grab(window, "页面/65-过去某一天-网格")
    window.show_tab("personnel")
    grab(window, "页面/66-过去某一天-人员")
    standpoint.look_at(None)
    standpoint.scopes.drop()
    grab(window, "页面/67-只看一片")
    standpoint.scopes.leave()


def _search(window: MainWindow, text: str) -> None:
    """Ask and wait for the answer."""
    finder = window.finder
    finder.box.setText(text)
    finder.start()
    end = time.monotonic() + WAIT
    while finder.shown != text and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.01)
