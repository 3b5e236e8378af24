"""The model behind every big table: ids and rows are fetched in blocks when they are shown, and few are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from gridoffice.db.office import Office
from gridoffice.domain.ids import BLOCK, Ids
from gridoffice.domain.listing import Listing, Query
from gridoffice.ui.mask import mask, record_of

Index = QModelIndex | QPersistentModelIndex
KEPT = 40  # blocks of rows
SOON = 40  # milliseconds after which a long list is counted: first it is painted


class ListingModel(QAbstractTableModel):
    """A declared list as a Qt model; `counted` tells that the number of a long list's rows is known now."""

    counted = Signal()

    def __init__(self, office: Office, listing: Listing) -> None:
        super().__init__()
        self.office = office
        self.listing = listing
        self.query = Query(on=office.today())
        self.ids = Ids()
        self.is_masked = True
        self._told = 0  # rows Qt knows of
        self._rows: OrderedDict[int, dict[int, tuple[str, ...]]] = OrderedDict()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SOON)
        self._later.timeout.connect(self.settle)

    def ask(self, query: Query) -> None:
        """Ask anew; only the first ids are fetched."""
        ids = Ids(self.office, self.listing, query)
        self.beginResetModel()
        self.query, self.ids, self._told = query, ids, ids.known
        self._rows.clear()
        self.endResetModel()
        if ids.is_counted:
            self._later.stop()
        else:
            self._later.start()

    def settle(self) -> None:
        """Count a long list, and let the rows after the first ones be seen."""
        self._later.stop()
        total = self.ids.settle()
        if total > self._told:
            self.beginInsertRows(QModelIndex(), self._told, total - 1)
            self._told = total
            self.endInsertRows()
        elif total < self._told:
            self.beginRemoveRows(QModelIndex(), total, self._told - 1)
            self._told = total
            self.endRemoveRows()
        self.counted.emit()

    def texts(self, place: int) -> tuple[str, ...]:
        """The texts of a row, fetched with its neighbours when not at hand."""
        block = place // BLOCK
        if block not in self._rows:
            ids = list(self.ids.block(block))
            self._rows[block] = self.many(ids)
            if len(self._rows) > KEPT:
                self._rows.popitem(last=False)
        self._rows.move_to_end(block)
        nothing = ("",) * len(self.listing.columns)
        within = self.ids.block(block)
        return self._rows[block].get(within[place % BLOCK], nothing) if place % BLOCK < len(within) else nothing

    def many(self, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
        """The texts of any records, as they are shown: one that is revealed in full, while projected no number."""
        rows = self.listing.rows(self.office, ids, self.day, masked=self.is_masked)
        open_ones = [one for one in ids if mask.is_revealed(record_of(self.listing, one))] if mask.revealed else []
        if open_ones:
            rows |= self.listing.rows(self.office, open_ones, self.day, masked=False)
        return {one: mask.cells(self.listing.columns, texts) for one, texts in rows.items()}

    def remask(self) -> None:
        """What is hidden changed: the rows are read anew when they are painted."""
        self._rows.clear()
        if self._told:
            last = self.index(self._told - 1, len(self.listing.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    @property
    def day(self) -> date:
        """The day the list was asked for."""
        return self.query.on

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many records; of a long list at first only so many as are there for sure."""
        return 0 if parent.isValid() else self._told

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns."""
        return 0 if parent.isValid() else len(self.listing.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text and where it stands."""
        column = self.listing.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = self.texts(index.row())[index.column()]
            return text.partition("|")[2] if role == Qt.ItemDataRole.ToolTipRole and column.kind == "state" else text
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.align == "right" else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Column titles."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = self.listing.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column.align == "right" else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None
