"""A table of figures to walk through cell by cell: numbers look like links, and opening one shows what is behind it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView

from gridoffice.ui.mask import mask
from gridoffice.ui.rows import Index, RowsTable, Texts
from gridoffice.ui.theme import theme

Columns = Sequence[tuple[str, str, int]]
"""Key, title and width at 100 % of each column; the first one names the row."""


class Cells(Texts):
    """Rows with their sum last, in bold; `links` are the columns of numbers that open, with their tone ("": brand)."""

    def __init__(self, columns: Columns, links: Mapping[str, str]) -> None:
        super().__init__([title for _key, title, _width in columns], range(1, len(columns)), {})
        self.keys = [key for key, _title, _width in columns]
        self.links = links

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As for any texts, and how a cell looks."""
        is_sum = index.row() == len(self.rows) - 1
        if role == Qt.ItemDataRole.FontRole and is_sum:
            font = QFont(QApplication.font())
            font.setBold(True)
            return font
        if role == Qt.ItemDataRole.ForegroundRole:
            key, text = self.keys[index.column()], self.rows[index.row()][index.column()]
            if key in self.links and text.partition("（")[0] != "0":
                tone = self.links[key]
                return QColor(theme.colours.tone(tone)[0] if tone else theme.colours.brand)
            return None
        if role == Qt.ItemDataRole.BackgroundRole and is_sum:
            return QColor(theme.colours.tone("quiet")[1])
        return super().data(index, role)


class CellTable(RowsTable):
    """Cells to walk through with the arrows; a click, Enter or Space on a number opens what is behind it."""

    opened = Signal(int, int)

    def __init__(self, name: str, columns: Columns, links: Mapping[str, str]) -> None:
        super().__init__(name, [(title, width) for _key, title, width in columns], spread=True)
        self.cells = Cells(columns, links)
        self.texts = self.cells
        self.setModel(self.cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.clicked.connect(self._open)

    @property
    def keys(self) -> list[str]:
        """The keys of the columns."""
        return self.cells.keys

    def _open(self, index: QModelIndex) -> None:
        self.opened.emit(index.row(), index.column())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open the number one stands on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.currentIndex().isValid():
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def copy(self) -> None:
        """Copy the whole table with tabs between, for Excel."""
        lines = [tuple(self.texts.titles), *self.texts.rows]
        QApplication.clipboard().setText("\n".join("\t".join(map(mask.shown, line)) for line in lines))
