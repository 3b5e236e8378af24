"""The columns of a list as somebody wants them: which, in which order, how wide; chosen in a dialog or by dragging."""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridoffice.core import settings as machine
from gridoffice.domain.listing import Listing
from gridoffice.ui.panel import button, label, own_key, row
from gridoffice.ui.theme import theme

WIDE = 130  # pixels from which a text column can give up room; names, short codes and grids stay whole


class Columns(QObject):
    """What is seen of a list's columns in its header; `changed` when somebody dragged or chose."""

    changed = Signal()

    def __init__(self, header: QHeaderView, listing: Listing, hide: frozenset[str] = frozenset()) -> None:
        super().__init__(header)
        self.header, self.listing = header, listing
        self.usual = [column.key for column in listing.columns if not column.is_extra and column.key not in hide]
        self._is_kept = not hide  # a list that is a part of another page always looks the same
        self._is_moving = False
        header.setSectionsMovable(True)
        header.sectionMoved.connect(self._moved)
        self._is_lent = False
        self.keys: list[str] = []
        self._put(self._remembered() or self.usual)

    def places(self) -> list[int]:
        """The places, as declared, of the columns seen, in the order they are seen."""
        declared = [column.key for column in self.listing.columns]
        return [declared.index(key) for key in self.keys]

    @property
    def is_usual(self) -> bool:
        """Whether the columns are those that the list starts with."""
        return self.keys == self.usual

    def put(self, keys: Sequence[str]) -> None:
        """Show these columns in this order (none: the usual ones) and remember them on this machine."""
        self._put(keys)
        if not self._is_lent:
            self._remember()
        self.changed.emit()

    def lend(self, keys: Sequence[str]) -> None:
        """Show a saved filter's columns for as long as it is shown; this machine's own are not touched."""
        self._is_lent = True
        self._put(keys)
        self.changed.emit()

    def take_back(self) -> None:
        """Show this machine's own columns again."""
        self._is_lent = False
        self._put(self._remembered() or self.usual)
        self.changed.emit()

    def _put(self, keys: Sequence[str]) -> None:
        declared = [column.key for column in self.listing.columns]
        self.keys = [key for key in keys if key in declared] or list(self.usual)
        self._is_moving = True
        for place, key in enumerate(declared):
            self.header.setSectionHidden(place, key not in self.keys)
        order = [*self.keys, *(key for key in declared if key not in self.keys)]
        for wanted, key in enumerate(order):
            self.header.moveSection(self.header.visualIndex(declared.index(key)), wanted)
        self._is_moving = False

    def _moved(self, _logical: int, _old: int, _new: int) -> None:
        if self._is_moving:
            return
        declared = [column.key for column in self.listing.columns]
        order = [declared[self.header.logicalIndex(place)] for place in range(len(declared))]
        self.put([key for key in order if key in self.keys])

    def _remembered(self) -> list[str]:
        try:
            kept = json.loads(machine.get("columns") or "{}") if self._is_kept else {}
            found = kept.get(self.listing.key, [])
        except (ValueError, AttributeError):
            return []
        return [key for key in found if isinstance(key, str)]

    def _remember(self) -> None:
        if not self._is_kept:
            return
        try:
            kept = json.loads(machine.get("columns") or "{}")
        except ValueError:
            kept = {}
        kept.pop(self.listing.key, None)
        if not self.is_usual:
            kept[self.listing.key] = self.keys
        machine.put("columns", json.dumps(kept))

    def share(self, room: int) -> None:
        """Share the room among the columns seen by their declared widths."""
        columns = [(place, self.listing.columns[place]) for place in self.places()]
        total = sum(theme.px(column.width) for _place, column in columns)
        least = WIDE if room < total else 0
        weights = {
            place: theme.px(column.width) if column.kind == "text" and column.width >= least else 0
            for place, column in columns
        }
        weight = sum(weights.values()) or 1
        # Spare room goes to the text columns; when it is short the wide ones give up to a third, then it scrolls.
        spare = max(room - total, -weight // 3)
        for place, column in columns:
            self.header.resizeSection(place, theme.px(column.width) + spare * weights[place] // weight)


class ColumnDialog(QDialog):
    """Ticks for the columns and their order; `keys` is what was chosen."""

    def __init__(self, parent: QWidget, columns: Columns) -> None:
        super().__init__(parent)
        self.columns = columns
        self.setWindowTitle("选择列")
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(10))
        body.addWidget(label(f"{columns.listing.title}：选择列", "title"))
        body.addWidget(
            label("打勾的列会显示、打印、导出；空格打勾，Alt+↑、Alt+↓ 换位置，也可以直接拖动。", "quiet", wrap=True)
        )
        self.list = QListWidget()
        self.list.setAccessibleName("列")
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        body.addWidget(self.list, 1)
        self.up = button("上移", lambda: self.move_by(-1))
        self.down = button("下移", lambda: self.move_by(1))
        for made, keys in ((self.up, "Alt+Up"), (self.down, "Alt+Down")):
            made.setToolTip(f"{made.text()}（{keys.replace('Up', '↑').replace('Down', '↓')}）")
            own_key(self.list, QKeySequence(keys), made.click)
        self.usual = button("恢复原来的列", lambda: self._fill(self.columns.usual))
        body.addLayout(row(self.up, self.down, 1, self.usual))
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        body.addWidget(self.problem)
        done = button("确定", self.accept, kind="primary")
        done.setDefault(True)
        body.addLayout(row(1, button("取消", self.reject), done))
        self._fill(columns.keys)
        self.resize(theme.px(420), min(theme.px(560), self.screen().availableGeometry().height() - 80))
        self.list.setFocus()

    def _fill(self, keys: Sequence[str]) -> None:
        self.list.clear()
        titles = {column.key: column.title for column in self.columns.listing.columns}
        for key in [*keys, *(key for key in titles if key not in keys)]:
            item = QListWidgetItem(titles[key])
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setSizeHint(QSize(0, theme.px(32)))
            item.setCheckState(Qt.CheckState.Checked if key in keys else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    def move_by(self, by: int) -> None:
        """Move the current column up or down."""
        place = self.list.currentRow()
        if 0 <= place + by < self.list.count():
            self.list.insertItem(place + by, self.list.takeItem(place))
            self.list.setCurrentRow(place + by)

    @property
    def keys(self) -> list[str]:
        """The ticked columns, in their order."""
        items = [self.list.item(place) for place in range(self.list.count())]
        return [
            str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() == Qt.CheckState.Checked
        ]

    def accept(self) -> None:
        """Take the choice; at least one column has to be seen."""
        if not self.keys:
            self.problem.setText("至少要留一列。")
            self.problem.show()
            return
        super().accept()
