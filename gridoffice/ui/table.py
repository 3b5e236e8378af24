"""The table every list is shown in: views as chips, a filter box, sorting, opening, copying, printing, saving."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from gridoffice.db.office import Office
from gridoffice.domain import saved
from gridoffice.domain.listing import Listing, Query
from gridoffice.domain.saved import Saved
from gridoffice.ui.columns import Columns
from gridoffice.ui.empty import Empty
from gridoffice.ui.flow import Flow
from gridoffice.ui.model import ListingModel
from gridoffice.ui.narrowed import Narrowed
from gridoffice.ui.panel import Panel, button, label, own_key, row
from gridoffice.ui.table_many import Many
from gridoffice.ui.table_reveal import Revealing
from gridoffice.ui.table_view import Rows
from gridoffice.ui.theme import theme
from gridoffice.ui.views_menu import PREFIX, ViewsButton

ROW = 36
WAIT = 180  # milliseconds between the last key and the question


class ListTable(Panel, Many, Revealing):
    """A declared list on the screen. `chosen` tells the current id (or None), `opened` a double click or Enter."""

    chosen = Signal(object)
    opened = Signal(int)

    def __init__(self, office: Office, listing: Listing, *, title: str = "", view: str = "", empty: Empty | None = None,
                 chips: bool = True, tools: bool = True, hide: frozenset[str] = frozenset()) -> None:  # fmt: skip
        super().__init__()
        self.office, self.listing = office, listing
        self.model = ListingModel(office, listing)
        self.model.counted.connect(self.tell_total)
        self.filters: tuple[tuple[str, Any], ...] = ()
        self.view_key = view
        self._sort, self._descending = "", False
        self.views: ViewsButton | None = None
        self._build(title, chips, tools, empty, hide)
        self.reload()

    def _build(self, title: str, chips: bool, tools: bool, empty: Empty | None, hide: frozenset[str]) -> None:
        if title:
            self.body.addWidget(label(title, "heading"))
        self.search = QLineEdit()
        self.search.setPlaceholderText("筛选 姓名、拼音首字母、电话尾号")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(theme.px(170))
        self.search.setMaximumWidth(theme.px(320))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.reload)
        self.search.textChanged.connect(lambda: self._timer.start(WAIT))
        self.search.returnPressed.connect(self.reload)
        self.chips = Flow()
        self._group = QButtonGroup(self)
        if chips and len(self.listing.views) > 1:
            self._make_chips()
        self.extra = QHBoxLayout()
        top: list[Any] = [self.search, self.extra]
        if tools:
            self.save_button = button("导出", self.save_out)
            self.print_button = button("打印", self.print_out)
            self.views = ViewsButton(self)
            top += [self.views, self.save_button, self.print_button]
        self.head_line, self._tools = row(), row(*top)
        self._tools.addStretch(0)  # under the chips the buttons keep their size
        self.head_line.addLayout(self.chips, 1)
        self.head_line.addLayout(self._tools)
        self.body.addLayout(self.head_line)
        self.table = Rows(self.model, self.listing)
        self.columns = Columns(self.table.horizontalHeader(), self.listing, hide)
        self.empty = empty or Empty("search", "没有符合的记录", "换一个筛选条件试试。")
        self.stack = QStackedLayout()
        self.body.addLayout(self.stack, 1)  # first: a stack shows what is put in, and alone that would be a window
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.empty)
        self.total, self.foot = label("", "quiet"), row()
        self.body.addLayout(row(self.total, Narrowed(self), 1, self.foot))
        self._connect(self.table)

    def _make_chips(self) -> None:
        for view in self.listing.views:
            chip = button(view.title, kind="chip")
            chip.setCheckable(True)
            chip.setChecked(view.key == self.view_key)
            chip.setProperty("view", view.key)
            chip.clicked.connect(lambda _checked=False, key=view.key: self.show_view(key))
            self._group.addButton(chip)
            self.chips.addWidget(chip)

    def _connect(self, table: Rows) -> None:
        table.customContextMenuRequested.connect(lambda place: self._menu().exec(table.viewport().mapToGlobal(place)))
        table.doubleClicked.connect(lambda index: self.opened.emit(self.model.ids[index.row()]))
        table.horizontalHeader().sectionClicked.connect(self._sort_by)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            own_key(table, QKeySequence(key), self._open)
        own_key(table, QKeySequence(QKeySequence.StandardKey.Copy), self.copy)
        table.selectionModel().currentRowChanged.connect(lambda *_: self.chosen.emit(self.current()))
        table.selectionModel().selectionChanged.connect(lambda *_: self.tell_total())
        table.viewport().installEventFilter(self)
        self.columns.changed.connect(self._share)
        self.start_revealing(table)

    def resizeEvent(self, event: Any) -> None:
        """Share the room among the columns by their declared widths."""
        super().resizeEvent(event)
        self._stack_head()
        self._share()

    def _stack_head(self) -> None:
        """Chips above the tools where beside them they would pile up one under the other."""
        chips = sum(chip.sizeHint().width() for chip in self._group.buttons())
        left = self.contentsRect().width() - 2 * theme.px(14) - self._tools.sizeHint().width()
        is_narrow = left < chips * 0.6
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self.head_line.direction() != way:
            self.head_line.setDirection(way)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Share anew when the rows' own room changes: a list shown later gets its size after this panel."""
        if event.type() == QEvent.Type.Resize and watched is self.table.viewport():
            self._share()
        return super().eventFilter(watched, event)

    def _share(self) -> None:
        self.columns.share(self.table.viewport().width())
        self.table.verticalHeader().setDefaultSectionSize(theme.px(ROW))

    def query(self) -> Query:
        """What the table asks now."""
        on = self.listing.day(self.office)
        order, keys = (self._sort, self._descending), tuple(self.columns.keys)
        named = self.views.current if self.views is not None else None
        name = named.title if named is not None and named.view == self.view_key else ""
        return Query(on, self.search.text(), self.view_key, self.filters, *order, keys, name)

    def reload(self) -> None:
        """Ask anew, keeping the chosen record where it still is in the list."""
        self._timer.stop()
        kept, near = self.current(), self.table.currentIndex().row()
        query, scrolled = self.query(), self.table.verticalScrollBar().value()
        is_same = query == self.model.query
        self.model.ask(query)
        if is_same and scrolled:
            self.model.settle()
            self.table.verticalScrollBar().setValue(scrolled)
        self.tell_total()
        self.stack.setCurrentWidget(self.table if self.model.rowCount() else self.empty)
        self._share()
        place = self.model.ids.place_of(kept, near) if kept is not None else None
        if place is not None:
            self.table.choose_place(place)
        else:
            self.chosen.emit(None)

    def show_view(self, key: str, text: str = "", filters: tuple[tuple[str, Any], ...] | None = None) -> None:
        """Show a named view, perhaps with a text and filters, or a saved filter ("saved:3")."""
        if key.startswith(PREFIX):
            self.show_saved(saved.get(self.office, int(key.removeprefix(PREFIX))))
            return
        if self.views is not None and self.views.current is not None:
            self.views.mark(None)
            self.columns.take_back()
        self.view_key = key
        if filters is not None:
            self.filters = filters
        for chip in self._group.buttons():
            chip.setChecked(chip.property("view") == key)
        self.search.blockSignals(True)
        self.search.setText(text)
        self.search.blockSignals(False)
        self.reload()

    def show_saved(self, one: Saved | None) -> None:
        """Show a saved filter with its own columns and order; one that is gone shows the list as it starts."""
        if one is None:
            self.show_view("", filters=())
            return
        self._put_order(one.sort, one.descending)
        self.show_view(one.view, one.text, one.filters)
        self.columns.lend(one.columns)
        if self.views is not None:
            self.views.mark(one)

    def suggestion(self) -> str:
        """A name for what the list shows now."""
        view = next((view.title for view in self.listing.views if view.key == self.view_key), "")
        return " ".join(filter(None, (view if view != "全部" else "", self.search.text().strip())))

    def set_filters(self, *filters: tuple[str, Any]) -> None:
        """Narrow the list, for instance to a unit's subtree."""
        self.filters = filters
        self.reload()

    def current(self) -> int | None:
        """The id of the current row."""
        index = self.table.currentIndex()
        return self.model.ids[index.row()] if index.isValid() and index.row() < self.model.rowCount() else None

    def choose(self, record: int) -> None:
        """Make a record the current row and show it."""
        place = self.model.ids.place_of(record)
        if place is not None:
            self.table.choose_place(place)

    def choose_first(self) -> None:
        """Make the first row current when there is one."""
        if self.model.rowCount():
            self.table.choose_place(0)

    def _open(self) -> None:
        current = self.current()
        if current is not None:
            self.opened.emit(current)

    def _sort_by(self, place: int) -> None:
        key = self.listing.columns[place].key
        self._put_order(key, key == self._sort and not self._descending)
        self.reload()

    def _put_order(self, key: str, descending: bool) -> None:
        self._sort, self._descending = key, descending
        header = self.table.horizontalHeader()
        header.setSortIndicatorShown(bool(key))
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        places = [place for place, column in enumerate(self.listing.columns) if column.key == key]
        if places:
            header.setSortIndicator(places[0], order)

    def add_tool(self, widget: QWidget) -> None:
        """Put a button beside the search box."""
        self.extra.addWidget(widget)

    def on_menu(self, text: str, run: Callable[[], Any]) -> None:
        """Add an entry to the context menu."""
        self._entries = [*getattr(self, "_entries", []), (text, run)]

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("打开", self._open)
        for text, run in getattr(self, "_entries", []):
            menu.addAction(text, run)
        self.add_actions(menu)
        menu.addSeparator()
        menu.addAction("复制选中的行", self.copy)
        self.add_reveal(menu)
        return menu

    def save_out(self) -> None:
        """Save what is seen as xlsx."""
        from gridoffice.ui import output

        output.export(self, self.listing, replace(self.query()))

    def print_out(self) -> None:
        """Print what is seen."""
        from gridoffice.ui import output

        output.print_list(self, self.listing, self.query())


def boxed(widget: QWidget) -> QVBoxLayout:
    """A layout with one widget and no margins."""
    layout = QVBoxLayout()
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(widget)
    return layout
