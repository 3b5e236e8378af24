"""The roll of a training as a model: who is on the list, and who came."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from gridoffice.core.text import narrow, pinyin
from gridoffice.modules.personnel.lists_training import ABSENT, ATTENDED, EXCUSED, PRESENT
from gridoffice.modules.personnel.training import Invited

Index = QModelIndex | QPersistentModelIndex

NOWHERE = QModelIndex()

TITLES = ("姓名", "所属", "考勤")

TONES = {PRESENT: "done", EXCUSED: "soon", ABSENT: "late"}


class Roll(QAbstractTableModel):
    """Who is on the list and how it stands; `text` narrows what is shown, never what is kept."""

    def __init__(self, people: list[Invited]) -> None:
        super().__init__()
        self.people = people
        self.states = {one.staff_id: one.state for one in people if one.state}
        self.shown = list(people)

    def narrow(self, text: str) -> None:
        """Show who fits a name, pinyin or unit."""
        wanted = narrow(text).lower()
        self.beginResetModel()
        self.shown = [
            one
            for one in self.people
            if wanted in one.name or wanted in one.unit or any(word.startswith(wanted) for word in pinyin(one.name))
        ]
        self.endResetModel()

    def mark(self, rows: list[int], state: str) -> None:
        """Mark some of the shown rows."""
        for place in rows:
            number = self.shown[place].staff_id
            if state:
                self.states[number] = state
            else:
                self.states.pop(number, None)
        if self.shown:
            self.dataChanged.emit(self.index(0, 2), self.index(len(self.shown) - 1, 2))

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many are shown."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        """Name, unit, state."""
        return 0 if parent.isValid() else len(TITLES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        one = self.shown[index.row()]
        state = self.states.get(one.staff_id, "")
        told = f"{TONES[state]}|{ATTENDED[state]}" if state else "quiet|未列入"
        return (one.name, one.unit, told)[index.column()]

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Titles."""
        is_title = way == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return TITLES[section] if is_title else None
