"""Sections of the settings page: who looked at full numbers and why, and what was destroyed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from gridoffice.domain import reasons
from gridoffice.modules.office.looks import DESTRUCTIONS, LOOKS
from gridoffice.modules.office.page_section import Section
from gridoffice.ui import dialogs
from gridoffice.ui.empty import Empty
from gridoffice.ui.panel import Panel, button, label, row
from gridoffice.ui.table import ListTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.page import Page


class _Listed(Section):
    """A section that is one list."""

    table: ListTable

    def refresh(self) -> None:
        """Ask the list anew."""
        self.table.reload()

    def show_record(self, record: int | None) -> None:
        """Choose one line."""
        self.table.show_view("")
        if record is not None:
            self.table.choose(record)

    def print_list(self) -> None:
        """Print the list as it is filtered."""
        self.table.print_out()

    def to_filter(self) -> None:
        """To the filter box."""
        self.table.search.setFocus()


class LooksLogSection(_Listed):
    """Who looked at full numbers, when, of whom and why; and how long they stay open."""

    key, title, icon = "looks_log", "查看记录", "eye"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        head = Panel()
        told = "证件号和电话平时遮住中间几位。看全号、打印或导出全号都要说明原因，记在这里，不能修改、删除或撤销。"
        head.body.addWidget(label(told, "quiet", wrap=True))
        self.minutes = QLineEdit()
        self.minutes.setAccessibleName("看完整号码后几分钟遮住")
        self.minutes.setFixedWidth(theme.px(64))
        self.minutes.returnPressed.connect(self.keep)
        items = (label("看完整号码后"), self.minutes, label("分钟自动遮住"), button("保存", self.keep), 1)
        head.body.addLayout(row(*items))
        self.body.addWidget(head)
        empty = Empty("eye", "还没有人看过完整号码", "在名单里选一行，按 Ctrl+R，说明原因后可以看到完整号码。")
        self.table = ListTable(self.office, LOOKS, empty=empty)
        self.table.search.setPlaceholderText("筛选 谁、看了谁、为什么")
        self.body.addWidget(self.table, 1)
        self._show_minutes()

    def _show_minutes(self) -> None:
        self.minutes.setText(f"{reasons.open_seconds(self.office) / 60:g}")

    def keep(self) -> None:
        """Keep for how long a record stays open."""
        if dialogs.guarded(self, lambda: reasons.set_minutes(self.office, self.minutes.text().strip())):
            self.main.say("已保存", undo=True)
        self._show_minutes()


class DestructionsSection(_Listed):
    """What was destroyed, when, how many, on what ground."""

    key, title, icon = "destructions", "销毁记录", "delete"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        head = Panel()
        told = (
            "到期、撤回的帮扶记录销毁后只留这一条，不留内容。以前的备份里还有旧内容：每次销毁后请再备份一次，"
            "删掉更早的备份，备份最多留 3 份。"
        )
        head.body.addWidget(label(told, "quiet", wrap=True))
        self.body.addWidget(head)
        empty = Empty("delete", "还没有销毁过", "到期的帮扶记录在“今日”和“居民 → 帮扶名单”里提醒，一步销毁。")
        self.table = ListTable(self.office, DESTRUCTIONS, empty=empty)
        self.table.search.setPlaceholderText("筛选 内容、依据、谁")
        self.body.addWidget(self.table, 1)
