"""The people of the card wall as a model: faces are fetched in blocks, photos cut when they are drawn."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QPixmap

from gridoffice.db.office import Office
from gridoffice.modules.personnel import wall
from gridoffice.modules.personnel.wall import Face
from gridoffice.ui.pill import parts
from gridoffice.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex

NOWHERE = QModelIndex()

BLOCK = 40

PHOTO = (72, 101)


class Faces(QAbstractListModel):
    """The people of the wall; faces are fetched in blocks when they are drawn."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.ids: list[int] = []
        self.asked = 0
        self._faces: dict[int, Face] = {}
        self._sums: wall.Tally | None = None
        self._pictures: dict[int, QPixmap | None] = {}

    def show_ids(self, ids: list[int]) -> None:
        """Show other people; what was known of them is asked anew."""
        self.beginResetModel()
        self.ids = ids
        self._faces.clear()
        self._pictures.clear()
        self._sums = None
        self.endResetModel()

    def face(self, place: int) -> Face | None:
        """The face at a place."""
        number = self.ids[place]
        if number not in self._faces:
            if self._sums is None:
                self._sums = wall.tally(self.office)
            start = place // BLOCK * BLOCK
            self.asked += 1
            self._faces |= wall.faces(self.office, self.ids[start : start + BLOCK], self._sums)
        return self._faces.get(number)

    def picture(self, face: Face) -> QPixmap | None:
        """The photo cut to its frame, None when there is none."""
        if face.id not in self._pictures:
            whole = QPixmap()
            found = face.photo is not None and whole.loadFromData(face.photo)
            self._pictures[face.id] = _cut(whole) if found else None
        return self._pictures[face.id]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many people."""
        return 0 if parent.isValid() else len(self.ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a card, for the eye's helpers and for typing a name."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        face = self.face(index.row())
        if face is None:
            return ""
        words = (face.name, face.unit, face.phone, parts(face.state)[1], parts(face.light)[1])
        return " ".join(word for word in words if word)


def _cut(whole: QPixmap) -> QPixmap:
    wide, high = theme.px(PHOTO[0]) * 2, theme.px(PHOTO[1]) * 2
    scaled = whole.scaled(
        wide, high, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    return scaled.copy((scaled.width() - wide) // 2, max(0, (scaled.height() - high) // 3), wide, high)
