"""The grid that is typed and pasted into, with the keys Excel has taught everybody."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gridoffice.exchange.pasted import block, headings
from gridoffice.ui.panel import own_key
from gridoffice.ui.sheet_model import Index, SheetModel
from gridoffice.ui.theme import theme

ROW = 32


class CellEditor(QStyledItemDelegate):
    """A line over the cell; columns with known words offer them while typing."""

    def createEditor(self, parent: QWidget, _option: Any, index: Any) -> QWidget:
        """The line, with words to choose from where the column has them."""
        line = QLineEdit(parent)
        line.setFrame(False)
        model = index.model()
        column = model.sheet.columns[index.column()]
        if column.options is not None:
            completer = QCompleter(QStringListModel(list(column.options(model.office)), line), line)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            line.setCompleter(completer)
        return line

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell on its colour, with the lines of a grid; the style sheet's items know no colours of their own."""
        back = index.data(Qt.ItemDataRole.BackgroundRole)
        if isinstance(back, QColor):
            painter.fillRect(option.rect, back)
        super().paint(painter, option, index)
        painter.setPen(QColor(theme.colours.line))
        painter.drawLine(option.rect.topRight(), option.rect.bottomRight())
        if back is not None and option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QColor(index.data(Qt.ItemDataRole.ForegroundRole)))
            painter.drawRect(option.rect.adjusted(0, 0, -1, -1))


class SheetView(QTableView):
    """The grid. `pasted` tells headings that were not recognised after a paste."""

    pasted = Signal(list)
    moved = Signal()

    def __init__(self, model: SheetModel) -> None:
        super().__init__()
        self.sheet = model
        self.setModel(model)
        self.setItemDelegate(CellEditor(self))
        self.setAccessibleName(f"{model.sheet.title}表格")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(True)
        for place, column in enumerate(model.sheet.columns):
            self.setColumnWidth(place, theme.px(column.width))
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW))
        self.verticalHeader().setMinimumWidth(theme.px(52))
        keys = QKeySequence.StandardKey
        for key, run in (
            (keys.Paste, self.paste), (keys.Copy, self.copy), (keys.Cut, self.cut), (keys.Undo, model.step_back),
        ):  # fmt: skip
            own_key(self, QKeySequence(key), run)
        for text, run in (("Delete", self.clear_cells), ("Backspace", self.clear_cells), ("Ctrl+D", self.fill_down),
                          ("Ctrl+-", self.take_rows_out), ("F3", self.to_next_fault)):  # fmt: skip
            own_key(self, QKeySequence(text), run)
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())

    def _cells(self) -> list[tuple[int, int]]:
        return sorted((index.row(), index.column()) for index in self.selectedIndexes())

    def go(self, row: int, column: int) -> None:
        """Make a cell the current one."""
        self.setCurrentIndex(self.sheet.index(row, column))

    def paste(self) -> None:
        """Put the clipboard in: under its own headings, or from the current cell on; one value fills a selection."""
        cells = block(QApplication.clipboard().text())
        if not cells:
            return
        titles = {column.key: column.title for column in self.sheet.sheet.columns}
        named = headings(cells[0], self.sheet.sheet.kind, titles)
        chosen, index = self._cells(), self.currentIndex()
        row, column = chosen[0] if chosen else (max(index.row(), 0), max(index.column(), 0))
        unknown: list[str] = []
        if named is not None:
            unknown = [cell for cell, key in zip(cells[0], named, strict=True) if key is None and cell]
            self.sheet.put((row, 0), cells[1:], named)
        elif len(cells) == 1 and len(cells[0]) == 1 and len(chosen) > 1:
            self.sheet.set_cells([(*place, cells[0][0]) for place in chosen])
            self.pasted.emit(unknown)
            return
        else:
            self.sheet.put((row, column), cells)
        self.go(row, column)
        self.pasted.emit(unknown)

    def copy(self) -> None:
        """Copy the selected block."""
        chosen = self._cells()
        if not chosen:
            return
        rows = sorted({row for row, _ in chosen})
        columns = sorted({column for _, column in chosen})
        lines = ["\t".join(str(self.sheet.index(row, column).data() or "") for column in columns) for row in rows]
        QApplication.clipboard().setText("\n".join(lines))

    def cut(self) -> None:
        """Copy and clear."""
        self.copy()
        self.clear_cells()

    def clear_cells(self) -> None:
        """Empty the selected cells."""
        self.sheet.set_cells([(row, column, "") for row, column in self._cells()])

    def fill_down(self) -> None:
        """Fill the selected cells with the topmost of their column; a single cell with the one above it."""
        chosen = self._cells()
        tops: dict[int, int] = {}
        for row, column in chosen:
            tops.setdefault(column, row)
        single = len({row for row, _ in chosen}) == 1
        changes = []
        for row, column in chosen:
            source = row - 1 if single else tops[column]
            if source >= 0 and source != row:
                changes.append((row, column, self.sheet.cells[source].get(self.sheet.keys[column], "")))
        if changes:
            self.sheet.set_cells(changes)

    def take_rows_out(self) -> None:
        """Take the selected rows out of the grid."""
        rows = sorted({row for row, _ in self._cells()})
        if rows:
            column = max(self.currentIndex().column(), 0)
            self.sheet.take_out(rows)
            self.go(min(rows[0], self.sheet.rowCount() - 1), column)

    def to_next_fault(self) -> None:
        """To the next wrong cell."""
        index = self.currentIndex()
        found = self.sheet.next_fault(index.row(), index.column())
        if found is not None:
            self.go(*found)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter ends a cell and goes to the one below."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._down()

    def keyPressEvent(self, event: Any) -> None:
        """Enter goes down; Shift+Enter up."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.state() != self.State.EditingState:
            self._down(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            event.accept()
            return
        super().keyPressEvent(event)

    def _down(self, by: int = 1) -> None:
        index = self.currentIndex()
        row = min(max(index.row() + by, 0), self.sheet.rowCount() - 1)
        self.go(row, index.column())
