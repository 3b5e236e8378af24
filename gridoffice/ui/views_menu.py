"""常用: the saved filters of a list, its columns, and the dialog that puts them in order."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QListWidget, QListWidgetItem, QMenu, QPushButton, QVBoxLayout

from gridoffice.core.errors import OfficeError
from gridoffice.domain import saved
from gridoffice.domain.saved import LONGEST, Saved
from gridoffice.ui import dialogs
from gridoffice.ui.columns import ColumnDialog
from gridoffice.ui.editor import edit
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import button, label, own_key, row
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.table import ListTable

PREFIX = "saved:"  # before the id of a saved filter in the key of a view
SHOWN = 8  # letters of a name on the button


class ViewsButton(QPushButton):
    """The button 常用 of a list: its menu is made anew each time it opens."""

    def __init__(self, table: ListTable) -> None:
        super().__init__("常用")
        self.table = table
        self.current: Saved | None = None
        self.setToolTip("常用筛选和列（Alt+V）")
        self.setShortcut("Alt+V")
        self.setAccessibleName("常用筛选和列")
        self.menu_ = QMenu(self)
        self.menu_.aboutToShow.connect(self.fill)
        self.setMenu(self.menu_)

    def fill(self) -> None:
        """Make the menu: the saved filters, then what can be done."""
        menu = self.menu_
        menu.clear()
        for one in saved.of_list(self.table.office, self.table.listing.key):
            action = menu.addAction(one.title.replace("&", "&&"), partial(self.apply, one))
            action.setCheckable(True)
            action.setChecked(self.current is not None and one.id == self.current.id)
        if not menu.isEmpty():
            menu.addSeparator()
        if self.current is not None and self.is_changed():
            menu.addAction(f"更新“{self.current.title}”", self.renew)
        menu.addAction("存为常用筛选…", self.save)
        if saved.of_list(self.table.office, self.table.listing.key):
            menu.addAction("管理常用筛选…", self.manage)
        menu.addSeparator()
        menu.addAction("选择列…", self.choose_columns)
        if not self.table.columns.is_usual:
            menu.addAction("恢复原来的列", lambda: self.table.columns.put(()))

    def apply(self, one: Saved) -> None:
        """Show a saved filter: its text, view, filters, order and columns."""
        self.table.show_saved(one)
        if self.table.current() is None:
            self.table.choose_first()

    def mark(self, one: Saved | None) -> None:
        """Say on the button which saved filter is shown."""
        self.current = one
        name = one.title if one else ""
        self.setText(f"常用：{name[:SHOWN]}{'…' if len(name) > SHOWN else ''}" if one else "常用")

    def is_changed(self) -> bool:
        """Whether the list shows something else than the saved filter that was chosen."""
        one, query = self.current, self.table.query()
        if one is None:
            return False
        is_same = (one.view, one.text, one.filters) == (query.view, query.text.strip(), query.filters)
        order = (one.sort, one.descending) == (query.sort, query.descending)
        return not (is_same and order and list(one.columns) == self.table.columns.keys)

    def save(self) -> None:
        """Ask for a name and keep what the list shows."""
        table = self.table
        told = "会记住现在的筛选、排序和显示的列，全办公室都能用。"

        def keep(values: dict[str, str]) -> None:
            self._keep(str(values["title"]))

        field = Field("title", "名称", required=True, help="例如：石桥村独居老人")
        if edit(table, "存为常用筛选", (field,), {"title": table.suggestion()}, keep, columns=1, note=told):
            dialogs.toast(table, f"已存为常用筛选“{self.current.title if self.current else ''}”")

    def _keep(self, title: str) -> None:
        table = self.table
        made = saved.save(table.office, table.listing.key, title, table.query(), tuple(table.columns.keys))
        self.mark(saved.get(table.office, made))

    def renew(self) -> None:
        """Let the chosen saved filter show what the list shows now."""
        one = self.current
        if one is not None and dialogs.guarded(self.table, lambda: self._keep(one.title)):
            dialogs.toast(self.table, f"已更新常用筛选“{one.title}”")

    def choose_columns(self) -> None:
        """Choose columns and their order."""
        dialog = ColumnDialog(self.table, self.table.columns)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.table.columns.put(dialog.keys)

    def manage(self) -> None:
        """Put the saved filters in order, rename, take away."""
        ManageDialog(self.table, self).exec()
        if self.current is not None:
            self.mark(saved.get(self.table.office, self.current.id))


class ManageDialog(QDialog):
    """The saved filters of a list, one under the other."""

    def __init__(self, table: ListTable, views: ViewsButton) -> None:
        super().__init__(table)
        self.table, self.views = table, views
        self.setWindowTitle("管理常用筛选")
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(10))
        body.addWidget(label(f"{table.listing.title}的常用筛选", "title"))
        body.addWidget(label("F2 改名，Alt+↑、Alt+↓ 换位置，Delete 删除；都可以撤销。", "quiet", wrap=True))
        self.list = QListWidget()
        self.list.setAccessibleName("常用筛选")
        body.addWidget(self.list, 1)
        buttons = [
            button("改名…", self.rename),
            button("上移", partial(self.move_by, -1)),
            button("下移", partial(self.move_by, 1)),
            button("删除", self.remove, kind="danger"),
        ]
        body.addLayout(row(*buttons, 1))
        done = button("完成", self.accept, kind="primary")
        body.addLayout(row(1, done))
        for keys, run in (("F2", self.rename), ("Delete", self.remove)):
            own_key(self.list, QKeySequence(keys), run)
        for keys, by in (("Alt+Up", -1), ("Alt+Down", 1)):
            own_key(self.list, QKeySequence(keys), partial(self.move_by, by))
        self.fill()
        self.resize(theme.px(420), theme.px(380))

    def fill(self, chosen: int | None = None) -> None:
        """Show them as they are kept now."""
        self.list.clear()
        for one in saved.of_list(self.table.office, self.table.listing.key):
            item = QListWidgetItem(one.title)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self.list.addItem(item)
            if one.id == chosen:
                self.list.setCurrentItem(item)
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def current(self) -> int | None:
        """The id of the one chosen."""
        item = self.list.currentItem()
        return int(item.data(Qt.ItemDataRole.UserRole)) if item else None

    def move_by(self, by: int) -> None:
        """Move the one chosen up or down."""
        chosen = self.current()
        if chosen is not None and dialogs.guarded(self, lambda: saved.move(self.table.office, chosen, by)):
            self.fill(chosen)

    def rename(self) -> None:
        """Give the one chosen another name."""
        chosen, item = self.current(), self.list.currentItem()
        if chosen is None or item is None:
            return
        field = Field("title", "名称", required=True)

        def keep(values: dict[str, str]) -> None:
            saved.rename(self.table.office, chosen, str(values["title"])[:LONGEST])

        if edit(self, "改名", (field,), {"title": item.text()}, keep, columns=1):
            self.fill(chosen)

    def remove(self) -> None:
        """Take the one chosen away."""
        chosen = self.current()
        if chosen is not None and dialogs.guarded(self, lambda: saved.remove(self.table.office, chosen)):
            self.fill()


def show_list(page: Any, listing: str, view: str) -> None:
    """Show one of a list's own views on the page of its module."""
    from gridoffice.ui.table import ListTable

    page.show_view("", None, (("list", listing),))
    for table in [table for table in page.findChildren(ListTable) if table.listing.key == listing]:
        table.show_view(view)
        table.choose_first()


def show_saved(page: Any, view: str) -> None:
    """Show a saved filter ("saved:3") on the page of its module: first its list, then the filter in it."""
    one = saved.get(page.office, int(view.removeprefix(PREFIX)))
    if one is None:
        raise OfficeError("这个常用筛选已经删除了", do="可以按 Ctrl+Z 撤销删除，或另存一个")
    page.show_view("", None, (("list", one.listing),))
    from gridoffice.ui.table import ListTable

    tables = [table for table in page.findChildren(ListTable) if table.listing.key == one.listing]
    for table in tables:
        table.show_saved(one)
        table.choose_first()
