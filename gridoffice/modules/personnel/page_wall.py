"""The card wall: a card for each person of the roster as it is filtered, drawn only when it comes into sight."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QListView

from gridoffice.db.office import Office
from gridoffice.modules.personnel.page_faces import Faces
from gridoffice.modules.personnel.page_wall_card import CARD, CardDelegate
from gridoffice.ui.theme import theme


class Wall(QListView):
    """The wall. `chosen` tells whose card has the focus, `opened` a double click or Enter."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.faces = Faces(office)
        self.setModel(self.faces)
        self.setItemDelegate(CardDelegate(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSpacing(0)
        self.setAccessibleName("卡片墙")
        self.selectionModel().currentChanged.connect(self._moved)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.faces.ids[index.row()]))

    def show_ids(self, ids: list[int], current: int | None) -> None:
        """Show these people, one of them chosen."""
        self.faces.show_ids(ids)
        if current in ids:
            self.choose(current)

    def choose(self, staff_id: int | None) -> None:
        """Put the focus on a person and show the card."""
        if staff_id not in self.faces.ids or staff_id == self.current():
            return
        index = self.faces.index(self.faces.ids.index(staff_id), 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def current(self) -> int | None:
        """Whose card has the focus."""
        index = self.currentIndex()
        return self.faces.ids[index.row()] if index.isValid() else None

    def resizeEvent(self, event: Any) -> None:
        """As many cards side by side as fit, the room shared out."""
        super().resizeEvent(event)
        room = self.viewport().width() - 1
        each = room // max(1, room // theme.px(CARD[0] - 20))
        if self.gridSize().width() != each:
            self.setGridSize(QSize(each, theme.px(CARD[1])))

    def _moved(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.faces.ids[index.row()])

    def keyPressEvent(self, event: Any) -> None:
        """Enter opens."""
        current = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self.opened.emit(current)
            return
        super().keyPressEvent(event)
