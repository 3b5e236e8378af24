"""The rows of a table that is typed or pasted into: cells, what each row is, what is wrong, and steps back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from gridoffice.db.office import Office
from gridoffice.domain.entering import CHANGED, NEW, SAME, WRONG, EntrySheet, Judged, TypedRow, is_blank
from gridoffice.ui.mask import mask
from gridoffice.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
SPARE = 20  # empty rows below what is filled
STEPS = 50  # that can be taken back
MARKS = {NEW: "新", CHANGED: "改", WRONG: "错", SAME: ""}
Cells = dict[str, str]


class SheetModel(QAbstractTableModel):
    """A grid of texts; `edited` after every change of cells, before it is judged."""

    edited = Signal()

    def __init__(self, office: Office, sheet: EntrySheet, rows: Sequence[TypedRow] = ()) -> None:
        super().__init__()
        self.office, self.sheet = office, sheet
        self.keys = [column.key for column in sheet.columns]
        self.cells: list[Cells] = [dict(row.cells) for row in rows]
        self.records: list[int | None] = [row.record for row in rows]
        self.judged: list[Judged] = []
        self._back: list[tuple[list[Cells], list[int | None]]] = []
        self._grow(len(self.cells) + SPARE)
        self.judge()

    def _grow(self, rows: int) -> None:
        while len(self.cells) < rows:
            self.cells.append({})
            self.records.append(None)

    def rows(self) -> list[TypedRow]:
        """The rows as they are judged."""
        return [TypedRow(cells, record) for cells, record in zip(self.cells, self.records, strict=True)]

    def judge(self) -> None:
        """Judge all rows anew."""
        self.judged = self.sheet.judge(self.office, self.rows())
        if self.cells:
            last = self.index(len(self.cells) - 1, len(self.keys) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, len(self.cells) - 1)

    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, the same as kept, wrong; blank ones are none of these."""
        found = dict.fromkeys((NEW, CHANGED, SAME, WRONG), 0)
        for row, judged in zip(self.rows(), self.judged, strict=True):
            if not is_blank(row):
                found[judged.state] += 1
        return found

    def put(self, place: tuple[int, int], block: Sequence[Sequence[str]], keys: Sequence[str | None] = ()) -> None:
        """Put a block of texts in from a cell on, or under the named columns; rows are made as needed."""
        top, left = place
        self.remember()
        self.beginResetModel()
        self._grow(top + len(block) + SPARE)
        columns = list(keys) or self.keys[left:]
        for down, line in enumerate(block):
            for key, text in zip(columns, line, strict=False):
                if key is not None:
                    self.cells[top + down][key] = text
        self.endResetModel()
        self.edited.emit()

    def set_cells(self, changes: Sequence[tuple[int, int, str]]) -> None:
        """Change some cells (row, column, text) as one step."""
        self.remember()
        for row, column, text in changes:
            self.cells[row][self.keys[column]] = text
        if changes and max(row for row, _c, _t in changes) >= len(self.cells) - 2:
            self.beginInsertRows(NOWHERE, len(self.cells), len(self.cells) + SPARE - 1)
            self._grow(len(self.cells) + SPARE)
            self.judged += [Judged(SAME)] * SPARE
            self.endInsertRows()
        self.edited.emit()

    def take_out(self, places: Sequence[int], *, step: bool = True) -> None:
        """Take whole rows out of the grid; records that are kept stay as they are."""
        if step:
            self.remember()
        else:
            self._back.clear()
        self.beginResetModel()
        gone = set(places)
        self.cells = [cells for place, cells in enumerate(self.cells) if place not in gone]
        self.records = [record for place, record in enumerate(self.records) if place not in gone]
        self._grow(SPARE)
        self.endResetModel()
        self.edited.emit()

    def remember(self) -> None:
        """Keep how it stands, to go back to."""
        self._back.append(([dict(cells) for cells in self.cells], list(self.records)))
        del self._back[:-STEPS]

    def step_back(self) -> None:
        """Undo the last change of cells."""
        if self._back:
            self.beginResetModel()
            self.cells, self.records = self._back.pop()
            self.endResetModel()
            self.edited.emit()

    def next_fault(self, row: int, column: int) -> tuple[int, int] | None:
        """The next wrong cell after a place, going round; None when nothing is wrong."""
        faults = [
            (place, self.keys.index(key))
            for place, judged in enumerate(self.judged)
            for key in sorted(judged.faults, key=self.keys.index)
        ]
        return next((place for place in faults if place > (row, column)), faults[0] if faults else None)

    def fault(self, row: int, column: int) -> str:
        """What is wrong with a cell, or ""."""
        return self.judged[row].faults.get(self.keys[column], "") if row < len(self.judged) else ""

    # -- Qt

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many rows, the spare ones too."""
        return 0 if parent.isValid() else len(self.cells)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self.keys)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every cell can be edited."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take what was typed."""
        text = str(value).strip()
        if text != self.cells[index.row()].get(self.keys[index.column()], ""):
            self.set_cells([(index.row(), index.column(), text)])
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text, red where it is wrong, yellow where it changes a record."""
        row, key = index.row(), self.keys[index.column()]
        text = self.cells[row].get(key, "")
        if role == Qt.ItemDataRole.EditRole:
            return text
        if role == Qt.ItemDataRole.DisplayRole:
            return mask.shown(text)
        judged = self.judged[row] if row < len(self.judged) else Judged(SAME)
        wrong, old = judged.faults.get(key), judged.old.get(key)
        if role == Qt.ItemDataRole.ToolTipRole:
            return mask.shown(wrong or (f"原来：{old or '空'}" if old is not None else text))
        if role in (Qt.ItemDataRole.BackgroundRole, Qt.ItemDataRole.ForegroundRole):
            return self._colour(role, wrong, old)
        return None

    @staticmethod
    def _colour(role: int, wrong: str | None, old: str | None) -> QColor | None:
        colours = theme.colours
        if not wrong and old is None:
            return None
        front, back = (colours.late, colours.late_tint) if wrong else (colours.soon, colours.soon_tint)
        return QColor(back if role == Qt.ItemDataRole.BackgroundRole else front)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles above; the row's number and what it is at the left."""
        if role == Qt.ItemDataRole.DisplayRole:
            if way == Qt.Orientation.Horizontal:
                return self.sheet.columns[section].title
            mark = MARKS[self.judged[section].state] if section < len(self.judged) else ""
            blank = not any(self.cells[section].values()) and self.records[section] is None
            return f"{section + 1}" if blank or not mark else f"{section + 1} {mark}"
        if role == Qt.ItemDataRole.ForegroundRole and way == Qt.Orientation.Vertical:
            wrong = section < len(self.judged) and self.judged[section].state == WRONG
            return QColor(theme.colours.late if wrong else theme.colours.quiet)
        return None
