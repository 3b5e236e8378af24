"""Pictures of the settings' own sections for the tour."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


def tour(window: MainWindow, grab: Callable[[QWidget, str], None]) -> None:
    """The responsibility networks, 消防网格 chosen."""
    page: Any = window.open("office", view="networks")
    section = page.section()
    titles = [section.list.item(place).text() for place in range(section.list.count())]
    section.list.setCurrentRow(next((place for place, text in enumerate(titles) if "消防" in text), 0))
    grab(window, "页面/49-设置-责任网")
    for key, name in (("limits", "35-设置-事项时限"), ("calendar", "36-设置-工作日历")):
        window.open("office", view=key)
        grab(window, f"页面/{name}")
