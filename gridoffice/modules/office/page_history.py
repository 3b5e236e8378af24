"""Sections of the settings page for what was done: imports and the log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridoffice.modules.office import commands, history
from gridoffice.modules.office.history import ImportRow, UnitStory
from gridoffice.modules.office.page_section import Section
from gridoffice.modules.office.service import LOG
from gridoffice.ui import dialogs
from gridoffice.ui.empty import Empty
from gridoffice.ui.panel import Panel, button, clear, label, row, scrolling
from gridoffice.ui.pill import pill
from gridoffice.ui.rows import RowsTable
from gridoffice.ui.table import ListTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.page import Page


class ImportsSection(Section):
    """Every import with its counts; one that stands can be undone."""

    key, title, icon = "imports", "导入记录", "import"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.panel = Panel("导入记录")
        self.panel.head.addWidget(button("导入…", lambda: commands.take_in(self.main), kind="primary"))
        inner = QWidget()
        self.rows = QVBoxLayout(inner)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(theme.px(10))
        self.panel.body.addWidget(scrolling(inner), 1)
        self.body.addWidget(self.panel)
        self.undo_buttons: dict[int, QWidget] = {}

    def refresh(self) -> None:
        """Show the imports, the newest first."""
        clear(self.rows)
        self.undo_buttons = {}
        found = history.imports(self.office)
        for one in found:
            self.rows.addWidget(self._card(one))
        if not found:
            text = "把办公室现有的表格和照片放进来，程序会自己认出是什么表；先试读，确认后才写入。"
            actions = (("导入…", lambda: commands.take_in(self.main)),)
            self.rows.addWidget(Empty("import", "还没有导入过", text, actions))
            return
        self.rows.addStretch(1)

    def _card(self, one: ImportRow) -> QWidget:
        card = Panel()
        state = pill("done|已写入") if one.stands else pill("quiet|已撤销")
        head = row(spacing=12)
        head.addWidget(label(one.name, "heading", wrap=True), 1)
        head.addWidget(state, 0, Qt.AlignmentFlag.AlignVCenter)
        if one.stands:
            undo = button("撤销这次导入", lambda: self.undo(one), kind="danger")
            self.undo_buttons[one.id] = undo
            head.addWidget(undo)
        card.body.addLayout(head)
        card.body.addWidget(label(f"{one.at:%Y-%m-%d %H:%M}　{one.who}　批次 {one.id}", "quiet"))
        told = "；".join(one.sheets) if one.sheets else f"新增：{one.summary}"
        card.body.addWidget(label(told, wrap=True))
        return card

    def undo(self, one: ImportRow) -> None:
        """Undo an import after a question: it may take thousands of records away."""
        answer = dialogs.ask(
            self, "撤销这次导入？", f"{one.name}\n会收回：{one.summary}。撤销后还可以重做。", ["撤销", "不撤销"]
        )
        if answer == 0 and dialogs.guarded(self, lambda: self.office.undo(one.id)):
            self.main.say("已撤销这次导入")
            self.refresh()


class LogSection(Section):
    """Who did what and when; the chosen line is told in words and can be undone."""

    key, title, icon = "log", "操作记录", "undo"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        empty = Empty("search", "没有符合的记录", "换一个筛选条件试试。")
        self.table = ListTable(self.office, LOG, empty=empty)
        self.table.search.setPlaceholderText("筛选 做了什么、谁")
        self.table.chosen.connect(self.show_story)
        self.story = Panel()
        self.name = label("", "heading", wrap=True)
        self.when = label("", "quiet")
        self.undo_button = button("撤销这一步", self.undo, kind="danger")
        head = row(spacing=12)
        head.addWidget(self.name, 1)
        head.addWidget(self.undo_button)
        self.story.body.addLayout(head)
        self.story.body.addWidget(self.when)
        self.changes = RowsTable("改动", [("做了", 70), ("哪一类", 100), ("哪一条", 220), ("改了什么", 300)])
        self.story.body.addWidget(self.changes, 1)
        self.body.addWidget(self.table, 3)
        self.body.addWidget(self.story, 2)
        self._told: UnitStory | None = None
        self.table.choose_first()

    def refresh(self) -> None:
        """Ask the log anew; the newest line is chosen when none is."""
        self.table.reload()
        if self.table.current() is None:
            self.table.choose_first()

    def show_story(self, record: object) -> None:
        """Tell the chosen line in words."""
        self.story.setVisible(record is not None)
        if not isinstance(record, int):
            self._told = None
            return
        told = self._told = history.story(self.office, record)
        self.name.setText(told.name)
        more = f"，另有 {told.more:,} 条没有列出" if told.more else ""
        self.when.setText(f"{told.at:%Y-%m-%d %H:%M}　{told.who}　共 {len(told.changes) + told.more:,} 处改动{more}")
        self.undo_button.setVisible(told.can_undo)
        self.changes.show_rows([(one.op, one.what, one.label, one.fields) for one in told.changes])

    def undo(self) -> None:
        """Undo the chosen line, however long ago, unless later work stands on it."""
        told = self._told
        if told is not None and dialogs.guarded(self, lambda: self.office.undo(told.id)):
            self.main.say(f"已撤销：{told.name}")
            self.refresh()

    def show_record(self, record: int | None) -> None:
        """Choose one line."""
        self.table.show_view("")
        if record is not None:
            self.table.choose(record)

    def print_list(self) -> None:
        """Print the log as it is filtered."""
        self.table.print_button.click()

    def to_filter(self) -> None:
        """To the filter box."""
        self.table.search.setFocus()
