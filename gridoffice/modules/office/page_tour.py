"""Pictures of the settings' own sections for the tour."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from gridoffice.ui import pictures

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


def tour(window: MainWindow, grab: Callable[[QWidget, str], None]) -> None:
    """The responsibility networks, 消防网格 chosen."""
    page: Any = window.open("office", view="networks")
    section = page.section()
    titles = [section.list.item(place).text() for place in range(section.list.count())]
    section.list.setCurrentRow(next((place for place, text in enumerate(titles) if "消防" in text), 0))
    grab(window, "页面/49-设置-责任网")
    for key, name in (
        ("limits", "35-设置-事项时限"),
        ("calendar", "36-设置-工作日历"),
        ("ladder", "37-设置-督办级别"),
        ("categories", "37-设置-事项类别"),
        ("phrases", "37-设置-事项常用语"),
    ):
        window.open("office", view=key)
        grab(window, f"页面/{name}")
    _looks(window, grab)
    pictures.tour(window, grab)


def _looks(window: MainWindow, grab: Callable[[QWidget, str], None]) -> None:
    """Who looked at full numbers, with a few looks noted in the scratch office, and what was destroyed."""
    office = window.office
    office.note_look("reveal", "居民 何平", "打电话联系本人")
    office.note_look("reveal", "随访 魏家豪", "上门走访")
    office.note_look("print", "名单 居民 · 65岁以上，212 条", "上门走访带在手里")
    for key, name in (("looks_log", "页面/47-查看记录"), ("destructions", "页面/48-销毁记录")):
        window.open("office", view=key)
        grab(window, name)
