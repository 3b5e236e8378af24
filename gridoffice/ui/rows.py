"""A plain table of texts for what is no record: rows of an import, changes of a unit, figures behind a chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from gridoffice.ui.mask import Masked, mask
from gridoffice.ui.panel import own_key
from gridoffice.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class Texts(QAbstractTableModel):
    """Rows of texts under titles; columns in `right` stand right, those in `tones` are coloured when not nought."""

    def __init__(self, titles: Sequence[str], right: Sequence[int], tones: dict[int, str]) -> None:
        super().__init__()
        self.titles, self.right, self.tones = titles, set(right), tones
        self.rows: list[tuple[str, ...]] = []

    def put(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text, side, colour, and its whole text as a tip."""
        text = mask.shown(self.rows[index.row()][index.column()])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() in self.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and index.column() in self.tones and text not in ("", "0"):
            return QColor(theme.colours.tone(self.tones[index.column()])[0])
        return None

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles, on the side of their columns."""
        if way != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in self.right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class RowsTable(QTableView, Masked):
    """The table itself: `columns` are titles with widths at 100 %; the last takes what is left (or all, `spread`)."""

    def __init__(
        self,
        name: str,
        columns: Sequence[tuple[str, int]],
        *,
        right: Sequence[int] = (),
        tones: dict[int, str] | None = None,
        spread: bool = False,
    ) -> None:
        super().__init__()
        self.texts = Texts([title for title, _ in columns], right, tones or {})
        self.setModel(self.texts)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)  # Tab goes on to what stands behind the list; arrows move in it
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(34))
        self.horizontalHeader().setHighlightSections(False)
        self.widths, self.spread = [width for _, width in columns], spread
        own_key(self, QKeySequence(QKeySequence.StandardKey.Copy), self.copy)

    def resizeEvent(self, event: Any) -> None:
        """Share the room by the declared widths, so that nothing has to be scrolled sideways where it need not."""
        super().resizeEvent(event)
        declared = sum(theme.px(width) for width in self.widths)
        part = max(0.72, min(1.6 if self.spread else 1.0, self.viewport().width() / declared))
        widths = [int(theme.px(width) * part) for width in self.widths]  # rounded up, one too many would scroll
        if not self.spread:
            widths[-1] += max(0, self.viewport().width() - sum(widths))
        for place, width in enumerate(widths):
            self.setColumnWidth(place, width)

    def show_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Show these rows."""
        self.texts.put(rows)

    def remask(self) -> None:
        """Paint the rows anew."""
        self.viewport().update()

    def copy(self) -> None:
        """Copy the selected rows with tabs between, for Excel."""
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows())
        QApplication.clipboard().setText("\n".join("\t".join(map(mask.shown, self.texts.rows[row])) for row in chosen))
