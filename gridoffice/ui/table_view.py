"""The rows of a list on the screen: how they look, and what of them is selected, as ranges."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gridoffice.domain.listing import Listing
from gridoffice.ui.model import ListingModel
from gridoffice.ui.pill import PillDelegate


class Rows(QTableView):
    """A table of a declared list; all of a long list are selected only when they are counted."""

    def __init__(self, model: ListingModel, listing: Listing) -> None:
        super().__init__()
        self.rows = model
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)  # Tab goes on to what stands behind the list; arrows move in it
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(listing.title)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        for place, column in enumerate(listing.columns):
            if column.kind == "state":
                self.setItemDelegateForColumn(place, PillDelegate(self))

    def selectAll(self) -> None:
        """Select every row, as one range."""
        self.rows.settle()
        super().selectAll()

    def ranges(self) -> list[tuple[int, int]]:
        """The selected rows as ranges of places (first, last), from the top; a whole county is one range."""
        chosen = self.selectionModel().selection()
        spans = sorted((chosen.at(n).top(), chosen.at(n).bottom()) for n in range(chosen.count()))
        found: list[tuple[int, int]] = []
        for top, bottom in spans:
            if found and top <= found[-1][1] + 1:
                found[-1] = (found[-1][0], max(bottom, found[-1][1]))
            else:
                found.append((top, bottom))
        return found

    def choose_place(self, place: int) -> None:
        """Make a row the current one and show it."""
        if place >= self.rows.rowCount():
            self.rows.settle()
        index = self.rows.index(place, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        self.scrollTo(index)
