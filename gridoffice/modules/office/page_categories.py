"""The settings' section 事项类别: the tree of categories beside the sources; each change is one step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from gridoffice.core.errors import OfficeError
from gridoffice.modules.office import categories as service
from gridoffice.modules.office.categories import FOLLOW, Line
from gridoffice.modules.office.page_section import Section
from gridoffice.modules.office.page_sources import HERE, OFF, Sources
from gridoffice.ui import dialogs
from gridoffice.ui.editor import Editor
from gridoffice.ui.editor import edit as open_editor
from gridoffice.ui.fields import Field
from gridoffice.ui.flow import Flow
from gridoffice.ui.panel import Panel, button, label, own_key, row
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.page import Page


class CategoriesSection(Section):
    """Categories with their cases at the left, sources at the right."""

    key, title, icon = "categories", "事项类别", "cases"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.sources = Sources(self)
        self.tree = QTreeWidget()
        self.tree.setAccessibleName("事项类别")
        self.tree.setHeaderLabels(["类别", "未办结", "已结案"])
        self.tree.setExpandsOnDoubleClick(False)
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for place in (1, 2):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(place, theme.px(76))
        self.tree.currentItemChanged.connect(lambda _now, _before: self._able())
        self.tree.itemActivated.connect(lambda _item, _column: self.rename())
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            own_key(self.tree, QKeySequence(keys), partial(self.shift, by))
        own_key(self.tree, QKeySequence("F2"), self.rename)
        self.add_button = button("增加类别…", self.add, kind="primary")
        self.sub_button = button("增加小类…", self.add_sub, icon="add")
        self.rename_button = button("改名…", self.rename)
        self.rename_button.setToolTip("改名，或与另一类合成一类（F2）")
        self.move_button = button("移到别的类…", self.put_below)
        self.off_button = button("停用", self.switch)
        self.up_button, self.down_button = button("上移", lambda: self.shift(-1)), button("下移", lambda: self.shift(1))
        self.up_button.setToolTip("上移（Alt+↑）")
        self.down_button.setToolTip("下移（Alt+↓）")
        left = Panel("事项类别")
        note = "登记事项和巡查问题时选用。停用的不再给出，办过的事项还是原来的类别。"
        left.body.addWidget(label(note, "quiet", wrap=True))
        left.body.addWidget(self.tree, 1)
        flow = Flow()
        for one in (self.add_button, self.sub_button, self.rename_button, self.move_button, self.off_button,
                    self.up_button, self.down_button):  # fmt: skip
            flow.addWidget(one)
        left.body.addLayout(flow)
        both = row(left, spacing=12)
        both.setStretch(0, 5)
        both.addWidget(self.sources, 3)
        self.body.addLayout(both)

    def refresh(self) -> None:
        """Show the tree, keeping the chosen line and what is unfolded."""
        kept = self.chosen()
        self.show_lines(service.lines(self.office), (kept.title, kept.sub) if kept else None)
        self.sources.refresh()

    def show_lines(self, lines: list[Line], kept: tuple[str, str] | None) -> None:
        """Fill the tree."""
        unfolded = {item.data(0, HERE).title for item in self._tops() if item.isExpanded()}
        self.tree.blockSignals(True)
        self.tree.clear()
        above: QTreeWidgetItem | None = None
        for line in lines:
            item = _item(line)
            if line.sub and above is not None:
                above.addChild(item)
            else:
                self.tree.addTopLevelItem(item)
                above = item
                item.setExpanded(line.title in unfolded)
            if (line.title, line.sub) == kept:
                self.tree.setCurrentItem(item)
        if self.tree.currentItem() is None and self.tree.topLevelItemCount():
            self.tree.setCurrentIndex(self.tree.model().index(0, 0))
        self.tree.blockSignals(False)
        self._able()

    def _tops(self) -> list[QTreeWidgetItem]:
        found = [self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount())]
        return [item for item in found if item is not None]

    def chosen(self) -> Line | None:
        """The line that is chosen."""
        item = self.tree.currentItem()
        found: Line | None = item.data(0, HERE) if item is not None else None
        return found

    def choose(self, title: str, sub: str = "") -> None:
        """Choose a line."""
        for item in self.tree.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive):
            line = item.data(0, HERE)
            if (line.title, line.sub) == (title, sub):
                self.tree.setCurrentItem(item)

    def _able(self) -> None:
        line = self.chosen()
        for one in (self.sub_button, self.rename_button, self.off_button, self.up_button, self.down_button):
            one.setEnabled(line is not None)
        self.move_button.setEnabled(line is not None and bool(line.sub))
        self.off_button.setText("启用" if line is not None and line.is_off else "停用")

    def add(self) -> None:
        """Add a category."""
        fields = [Field("title", "类别", required=True, help="例如 景区秩序")]
        if open_editor(self, "增加类别", fields, {}, lambda given: service.add(self.office, given["title"]), columns=1):
            self.main.say("已增加类别", undo=True)

    def add_sub(self) -> None:
        """Add a subcategory of the chosen category."""
        line = self.chosen()
        if line is None:
            return
        fields = [Field("sub", "小类", required=True, help="例如 公交站")]
        if open_editor(self, f"在“{line.title}”下增加小类", fields, {},
                       lambda given: service.add(self.office, line.title, given["sub"]), columns=1):  # fmt: skip
            self.main.say("已增加小类", undo=True)

    def rename(self) -> None:
        """Give the chosen line another name; when that is there already, ask whether both become one."""
        line = self.chosen()
        if line is None:
            return

        def save(given: dict[str, Any]) -> str:
            new, follow = str(given["new"]).strip(), given.get("follow", "")
            try:
                service.rename(self.office, line.title, line.sub, new, follow)
            except OfficeError as error:
                if not error.what.startswith("已经有"):
                    raise
                told = f"已经有“{new}”了。合成一类以后，两边的事项都算在“{new}”。"
                if dialogs.ask(self, "合成一类？", told, ["合成一类", "取消"]) != 0:
                    raise
                service.rename(self.office, line.title, line.sub, new, follow, join=True)
            return new

        editor = _follow_editor(self, f"改名 · {line.sub or line.title}", line, save,
                                Field("new", "新名称", required=True), {"new": line.sub or line.title})  # fmt: skip
        if editor.exec() == Editor.DialogCode.Accepted:
            self.main.say("类别已改名", undo=True)
            self.choose(line.title if line.sub else editor.result_value, editor.result_value if line.sub else "")

    def put_below(self) -> None:
        """Put the chosen subcategory below another category."""
        line = self.chosen()
        if line is None or not line.sub:
            return
        titles = [one.title for one in service.lines(self.office) if not one.sub and one.title != line.title]

        def save(given: dict[str, Any]) -> str:
            service.move(self.office, line.title, line.sub, given["to"], given.get("follow", ""))
            return str(given["to"])

        field = Field("to", "移到", "choice", required=True, choices=[(title, title) for title in titles])
        editor = _follow_editor(self, f"移动小类 · {line.sub}", line, save, field, {"to": titles[0]})
        if editor.exec() == Editor.DialogCode.Accepted:
            self.main.say(f"“{line.sub}”已移到“{editor.result_value}”", undo=True)
            self.choose(editor.result_value, line.sub)

    def switch(self) -> None:
        """Stop offering the chosen line, or offer it again."""
        line = self.chosen()
        if line is None:
            return
        if dialogs.guarded(self, lambda: service.switch(self.office, line.title, line.sub, not line.is_off)):
            still = f"，{line.use.words}还是这一类" if not line.is_off and line.use.words else ""
            self.main.say(f"“{line.sub or line.title}”已{'启用' if line.is_off else '停用'}{still}", undo=True)

    def shift(self, by: int) -> None:
        """Put the chosen line up or down among its like."""
        line = self.chosen()
        if line is not None:
            dialogs.guarded(self, lambda: service.shift(self.office, line.title, line.sub, by))


def _item(line: Line) -> QTreeWidgetItem:
    name = f"{line.sub or line.title}{OFF if line.is_off else ''}"
    item = QTreeWidgetItem([name, *(f"{number:,}" if number else "" for number in (line.use.open, line.use.closed))])
    item.setData(0, HERE, line)
    for place in (1, 2):
        item.setTextAlignment(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    item.setSizeHint(0, QSize(0, theme.px(30)))
    if line.is_off:
        item.setForeground(0, QColor(theme.colours.quiet))
    return item


def _follow_editor(section: Section, title: str, line: Line, save: Any, field: Field, values: dict[str, Any]) -> Editor:
    """An editor that also asks what becomes of the cases at hand, where there are some."""
    fields = [field]
    if line.use.words:
        fields.append(Field("follow", "已有的事项", "choice", required=True, choices=list(FOLLOW.items())))
    note = f"现在有{line.use.words}是这一类。" if line.use.words else "现在没有事项是这一类。"
    return Editor(section, title, fields, {**values, "follow": "all"}, save, columns=1, note=note)
