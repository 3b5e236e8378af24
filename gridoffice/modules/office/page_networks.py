"""Section of the settings page: responsibility networks, which are used, what they call things, their roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gridoffice.modules.office import responsibility as service
from gridoffice.modules.office.page_section import Section
from gridoffice.ui import dialogs
from gridoffice.ui.editor import edit as open_editor
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import Panel, button, clear, label, own_key, row
from gridoffice.ui.rows import RowsTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.page import Page

COLUMNS = (("角色", 170), ("层级", 110), ("规则", 226), ("在任", 56), ("职责", 110))
FLAGS = (("is_needed", "必须有人"), ("is_single", "只能一人"), ("is_stand_in", "B岗"), ("is_public", "可公开"))


class NetworksSection(Section):
    """Networks at the left with their ticks, the chosen one's words and roles at the right."""

    key, title, icon = "networks", "责任网", "personnel"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.network: service.NetworkSheet | None = None
        self.list = QListWidget()
        self.list.setAccessibleName("责任网，打勾的在使用")
        self.list.currentRowChanged.connect(lambda _place: self._show())
        self.list.itemChanged.connect(self._ticked)
        left = Panel("责任网")
        left.setFixedWidth(theme.px(210))
        left.body.addWidget(label("打勾的在网格页使用。", "quiet", wrap=True))
        left.body.addWidget(self.list, 1)
        right = Panel()
        self.problem = label("", "notice", wrap=True)
        right.body.addWidget(self.problem)
        self.words = QVBoxLayout()
        self.words.setSpacing(theme.px(8))
        holder = QWidget()
        holder.setLayout(self.words)
        right.body.addWidget(holder)
        self.table = RowsTable("角色", COLUMNS, right=(3,))
        self.table.setSelectionMode(self.table.SelectionMode.SingleSelection)
        self.table.doubleClicked.connect(lambda _index: self.edit_role())
        for name in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            own_key(self.table, QKeySequence(name), self.edit_role)
        right.body.addWidget(self.table, 1)
        self.edit_button = button("编辑角色…", self.edit_role, kind="primary", shortcut="F2")
        self.add_button = button("增加角色…", self.add_role, icon="add")
        self.remove_button = button("删除角色", self.remove_role, kind="danger")
        right.body.addLayout(row(self.edit_button, self.add_button, self.remove_button, 1))
        both = row(left, spacing=12)
        both.addWidget(right, 1)
        self.body.addLayout(both)
        self.setTabOrder(self.list, self.table)

    def refresh(self) -> None:
        """Show the networks and the chosen one, keeping the choice."""
        kept = self.network.id if self.network else None
        found = service.overview(self.office)
        self.list.blockSignals(True)
        self.list.clear()
        for one in found:
            held = f"（{one.held} 人）" if one.held else ""
            item = QListWidgetItem(f"{one.title}{held}")
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.is_used else Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, theme.px(36)))
            item.setToolTip(f"{one.title}：{one.roles} 个角色，{one.held} 人在任")
            self.list.addItem(item)
        ids = [one.id for one in found]
        self.list.setCurrentRow(ids.index(kept) if kept in ids else 0 if ids else -1)
        self.list.blockSignals(False)
        problems = service.problems()
        self.problem.setText("\n".join(problems))
        self.problem.setVisible(bool(problems))
        self._show()

    def _ticked(self, item: QListWidgetItem) -> None:
        network_id, is_used = item.data(Qt.ItemDataRole.UserRole), item.checkState() == Qt.CheckState.Checked
        if dialogs.guarded(self, lambda: service.use(self.office, network_id, is_used)):
            self.main.say("已启用，网格页可以切换到它" if is_used else "已停用，登记过的任职都还在", undo=True)
        self.refresh()

    def _show(self) -> None:
        item = self.list.currentItem()
        kept = self.table.currentIndex().row()
        before = self.network
        self.network = service.sheet(self.office, item.data(Qt.ItemDataRole.UserRole)) if item else None
        for one in (self.edit_button, self.add_button, self.remove_button):
            one.setEnabled(self.network is not None)
        if self.network is None:
            clear(self.words)
            self.table.show_rows([])
            return
        if before is not None and (before.id, len(before.levels)) == (self.network.id, len(self.network.levels)):
            self._renew_words(self.network)  # a box that just told of its change must not be taken away under it
        else:
            clear(self.words)
            self._show_words(self.network)
        self.table.show_rows([_row(role) for role in self.network.roles])
        if self.network.roles:
            self.table.selectRow(min(max(kept, 0), len(self.network.roles) - 1))

    def _renew_words(self, network: service.NetworkSheet) -> None:
        self.name.setText(network.title)
        for level, own, usual in network.levels:
            self.levels[level].setText(own)
            self.levels[level].setPlaceholderText(usual)

    def _show_words(self, network: service.NetworkSheet) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(10))
        grid.setVerticalSpacing(theme.px(8))
        self.name = self._box(network.title, "责任网名称", lambda box: self._rename(box.text()))
        word = label("名称", "quiet")
        word.setBuddy(self.name)
        grid.addWidget(word, 0, 0)
        grid.addWidget(self.name, 0, 1)
        self.levels: dict[int, QLineEdit] = {}
        across = 3 if theme.zoom < 125 else 2
        for place, (level, own, usual) in enumerate(network.levels, 1):
            box = self._box(
                own,
                f"{usual}在{network.title}里的叫法",
                lambda box, level=level: self._rename_level(level, box),
            )
            box.setPlaceholderText(usual)
            self.levels[level] = box
            grid.addWidget(label(f"{usual}叫", "quiet"), place // across, 2 * (place % across))
            grid.addWidget(box, place // across, 2 * (place % across) + 1)
        for column in (1, 3, 5):
            grid.setColumnStretch(column, 1)
        self.words.addLayout(grid)

    def _box(self, text: str, name: str, done: Any) -> QLineEdit:
        box = QLineEdit(text)
        box.setAccessibleName(name)
        box.setMaximumWidth(theme.px(220))
        box.editingFinished.connect(lambda: done(box))
        return box

    def _rename(self, title: str) -> None:
        network = self.network
        if network is None or title.strip() == network.title:
            return
        if dialogs.guarded(self, lambda: service.rename(self.office, network.id, title)):
            self.main.say("名称已修改", undo=True)
        self.refresh()

    def _rename_level(self, level: int, box: QLineEdit) -> None:
        title, network = box.text().strip(), self.network
        if network is None or any(rank == level and own == title for rank, own, _usual in network.levels):
            return
        if dialogs.guarded(self, lambda: service.rename_level(self.office, network.id, level, title)):
            self.main.say("层级的叫法已修改", undo=True)
        self.refresh()

    # -- roles

    def role(self) -> service.RoleRow | None:
        """The chosen role."""
        place = self.table.currentIndex().row()
        roles = self.network.roles if self.network else ()
        return roles[place] if 0 <= place < len(roles) else None

    def _fields(self, network: service.NetworkSheet) -> tuple[Field, ...]:
        levels = [(level, own or usual) for level, own, usual in network.levels]
        return (
            Field("title", "角色名称", required=True),
            Field("level", "设在哪一层", "choice", required=True, choices=levels),
            Field("rank", "排序", "number", help="数字小的排在前面"),
            Field("is_needed", "必须有人", "check", help="没有人时算缺岗"),
            Field("is_single", "只能一人", "check", help="同一时间只有一个人"),
            Field("is_stand_in", "B岗", "check", help="A岗不在时顶上"),
            Field("is_public", "可公开", "check", help="可以印在公示牌和联系卡上"),
            Field("duties", "职责", "multiline", help="一行一条"),
        )

    def edit_role(self) -> None:
        """Edit the chosen role."""
        network, role = self.network, self.role()
        if network is None or role is None:
            return
        title, fields = f"{network.title}：{role.title}", self._fields(network)
        if open_editor(self, title, fields, role.values, lambda new: service.save_role(self.office, role.id, new)):
            self.main.say("角色已修改", undo=True)
            self.refresh()

    def add_role(self) -> None:
        """Add a role to the chosen network."""
        network = self.network
        if network is None:
            return
        last = max((int(role.values["rank"]) for role in network.roles), default=0)
        values = {"level": network.levels[-1][0], "rank": last + 10, "is_single": True, "is_public": True}
        title, fields = f"{network.title}：增加角色", self._fields(network)
        if open_editor(self, title, fields, values, lambda new: service.add_role(self.office, network.id, new)):
            self.main.say("角色已增加", undo=True)
            self.refresh()
            self.table.selectRow(self.table.texts.rowCount() - 1)

    def remove_role(self) -> None:
        """Take the chosen role out."""
        role = self.role()
        if role is not None and dialogs.guarded(self, lambda: service.remove_role(self.office, role.id)):
            self.main.say(f"已删除角色 {role.title}", undo=True)
            self.refresh()

    def to_filter(self) -> None:
        """To the list of networks."""
        self.list.setFocus()


def _row(role: service.RoleRow) -> tuple[str, ...]:
    rules = "、".join(word for flag, word in FLAGS if role.values[flag])
    duties = str(role.values["duties"]).replace("\n", " ")
    return (role.title, role.level_title, rules, str(role.held or ""), duties)
