"""四本台账: the menu that opens each of the four ledgers as the office lists it (reference 1.2 §2)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QPushButton

from gridoffice.ui.panel import button

if TYPE_CHECKING:
    from gridoffice.modules.residents.page import ResidentsPage

FOUR = (
    ("1. 协理员台账", "assistants"),
    ("2. 居民台账（一户一档）", "residents"),
    ("3. 驻区单位台账", "organisations"),
    ("4. 服务对象台账（自愿帮扶名单）", "help"),
)
"""The fourth holds who asked for help and agreed to be listed, and none of the control groups (reference 12.2)."""


def four_button(page: ResidentsPage) -> QPushButton:
    """The button with the menu; Alt+4 opens it."""
    made = button("四本台账")
    made.setToolTip("四本台账（Alt+4）")
    made.setShortcut("Alt+4")
    menu = QMenu(made)
    for title, key in FOUR:
        if key in page.segments:
            menu.addAction(title, partial(page.show_whole, key))
    menu.addSeparator()
    menu.addAction("打印当前台账…", page.print_page)
    menu.addAction("导出当前台账…", lambda: page.list.save_out())
    made.setMenu(menu)
    return made
