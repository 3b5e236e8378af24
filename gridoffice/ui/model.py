"""The model behind every big table: it holds ids; rows are fetched in blocks when they are shown."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gridoffice.db.office import Office
from gridoffice.domain.listing import Listing, Query

Index = QModelIndex | QPersistentModelIndex
BLOCK = 100


class ListingModel(QAbstractTableModel):
    """A declared list as a Qt model."""

    def __init__(self, office: Office, listing: Listing) -> None:
        super().__init__()
        self.office = office
        self.listing = listing
        self.query = Query(on=office.today())
        self.ids: list[int] = []
        self.is_masked = True
        self._rows: dict[int, tuple[str, ...]] = {}

    def ask(self, query: Query) -> None:
        """Ask anew; only ids are fetched."""
        ids = self.listing.ids(self.office, query)
        self.beginResetModel()
        self.query, self.ids = query, ids
        self._rows.clear()
        self.endResetModel()

    def texts(self, place: int) -> tuple[str, ...]:
        """The texts of a row, fetched with its neighbours when not at hand."""
        number = self.ids[place]
        if number not in self._rows:
            start = place // BLOCK * BLOCK
            block = self.ids[start : start + BLOCK]
            self._rows |= self.listing.rows(self.office, block, self.day, masked=self.is_masked)
        return self._rows.get(number, ("",) * len(self.listing.columns))

    @property
    def day(self) -> date:
        """The day the list was asked for."""
        return self.query.on

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many records."""
        return 0 if parent.isValid() else len(self.ids)

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
