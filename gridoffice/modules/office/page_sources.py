"""The settings' panel 事项来源: where cases come from, in order, with how many, and whether offered."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from gridoffice.modules.office import wording
from gridoffice.modules.office.page_section import Section
from gridoffice.ui import dialogs
from gridoffice.ui.editor import edit as open_editor
from gridoffice.ui.fields import Field
from gridoffice.ui.flow import Flow
from gridoffice.ui.panel import Panel, button, label, own_key
from gridoffice.ui.theme import theme

OFF = "（停用）"
HERE = Qt.ItemDataRole.UserRole


class Sources(Panel):
    """Where cases come from: in order, with how many, and whether offered."""

    def __init__(self, section: Section) -> None:
        super().__init__("事项来源")
        self.section, self.office, self.main = section, section.office, section.main
        self.list = QListWidget()
        self.list.setAccessibleName("事项来源")
        self.list.currentRowChanged.connect(lambda _row: self._able())
        self.list.itemActivated.connect(lambda _item: self.rename())
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            own_key(self.list, QKeySequence(keys), partial(self.shift, by))
        own_key(self.list, QKeySequence("F2"), self.rename)
        self.add_button = button("增加来源…", self.add, icon="add")
        self.rename_button, self.off_button = button("改名…", self.rename), button("停用", self.switch)
        self.up_button, self.down_button = button("上移", lambda: self.shift(-1)), button("下移", lambda: self.shift(1))
        self.body.addWidget(label("一件事项从哪里来；统计按来源分。", "quiet", wrap=True))
        self.body.addWidget(self.list, 1)
        flow = Flow()
        for one in (self.add_button, self.rename_button, self.off_button, self.up_button, self.down_button):
            flow.addWidget(one)
        self.body.addLayout(flow)

    def refresh(self) -> None:
        """Show the sources, keeping the chosen one."""
        kept = self._key()
        self.list.blockSignals(True)
        self.list.clear()
        for one, number in wording.all_sources(self.office):
            told = f"{one.title}{OFF if one.is_off else ''}" + (f"  {number:,} 件" if number else "")
            item = QListWidgetItem(told)
            item.setData(HERE, (one.key, one.title, one.is_off))
            item.setSizeHint(QSize(0, theme.px(30)))
            if one.is_off:
                item.setForeground(QColor(theme.colours.quiet))
            self.list.addItem(item)
            if one.key == kept:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self._able()

    def _chosen(self) -> tuple[str, str, bool] | None:
        item = self.list.currentItem()
        found: tuple[str, str, bool] | None = item.data(HERE) if item is not None else None
        return found

    def _key(self) -> str:
        chosen = self._chosen()
        return chosen[0] if chosen else ""

    def _able(self) -> None:
        chosen = self._chosen()
        self.off_button.setText("启用" if chosen is not None and chosen[2] else "停用")

    def add(self) -> None:
        """Add a source."""
        fields = [Field("title", "来源", required=True, help="例如 村民代表会")]
        if open_editor(self, "增加来源", fields, {}, lambda given: wording.add_source(self.office, given["title"]),
                       columns=1):  # fmt: skip
            self.main.say("已增加来源", undo=True)

    def rename(self) -> None:
        """Other words for the chosen source."""
        chosen = self._chosen()
        if chosen is None:
            return
        key, title, _ = chosen
        fields = [Field("title", "来源", required=True)]
        if open_editor(self, f"改名 · {title}", fields, {"title": title},
                       lambda given: wording.rename_source(self.office, key, given["title"]), columns=1):  # fmt: skip
            self.main.say("来源已改名", undo=True)

    def switch(self) -> None:
        """Stop offering the chosen source, or offer it again."""
        chosen = self._chosen()
        if chosen is None:
            return
        key, title, is_off = chosen
        if dialogs.guarded(self, lambda: wording.switch_source(self.office, key, not is_off)):
            self.main.say(f"“{title}”已{'启用' if is_off else '停用'}", undo=True)

    def shift(self, by: int) -> None:
        """Put the chosen source up or down."""
        if self._key():
            dialogs.guarded(self, lambda: wording.shift_source(self.office, self._key(), by))
