"""The week on the screen: a table of how many doors each worker has each day, and the doors of one cell to be moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridoffice.modules.patrols.never import PLACE, Unmet
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme

Cell = tuple[int, date]
"""Staff id and day."""

STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
FIRST = 2  # column of the first day


class WeekTable(QTableWidget):
    """Workers down, days across; figures may be typed smaller, doors dropped on a cell."""

    chosen = Signal()
    cut = Signal(object, int)
    dropped = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.staff: list[int] = []
        self.days: list[date] = []
        self.numbers: dict[Cell, int] = {}
        self.setAccessibleName("每人每天走访户数")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(36))
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.AnyKeyPressed | triggers.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setAcceptDrops(True)
        self.currentCellChanged.connect(lambda *_: self.chosen.emit())
        self.itemChanged.connect(self._typed)

    def lay_out(
        self, names: Mapping[int, str], days: Sequence[date], titles: Sequence[str], loads: Mapping[int, int]
    ) -> None:
        """The workers with what they have to do already, and the days."""
        self.blockSignals(True)
        self.staff, self.days = list(names), list(days)
        self.setColumnCount(len(days) + FIRST)
        self.setHorizontalHeaderLabels(["网格员", "手上\n到期", *titles])
        self.setRowCount(len(names))
        for down, (staff, name) in enumerate(names.items()):
            for across, text in enumerate((name, str(loads.get(staff, 0)))):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.setItem(down, across, item)
            for across in range(len(days)):
                item = QTableWidgetItem("")
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.setItem(down, across + FIRST, item)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for across in range(FIRST):
            self.horizontalHeader().setSectionResizeMode(across, QHeaderView.ResizeMode.ResizeToContents)
        self.blockSignals(False)

    def put(self, numbers: Mapping[Cell, int]) -> None:
        """Show how many doors each cell has."""
        self.numbers = dict(numbers)
        self.blockSignals(True)
        for down, staff in enumerate(self.staff):
            for across, day in enumerate(self.days):
                item = self.item(down, across + FIRST)
                number = self.numbers.get((staff, day), 0)
                if item is not None:
                    item.setText(str(number) if number or (staff, day) in self.numbers else "")
        self.blockSignals(False)
        self.viewport().update()

    def _at(self, down: int, across: int) -> Cell | None:
        if 0 <= down < len(self.staff) and FIRST <= across < FIRST + len(self.days):
            return self.staff[down], self.days[across - FIRST]
        return None

    def cell(self) -> Cell | None:
        """The cell one stands on."""
        return self._at(self.currentRow(), self.currentColumn())

    def beside(self, cell: Cell, across: int, down: int) -> Cell | None:
        """The cell so many days and workers away."""
        return self._at(self.staff.index(cell[0]) + down, self.days.index(cell[1]) + FIRST + across)

    def _typed(self, item: QTableWidgetItem) -> None:
        """A figure was typed; one that is larger than there are doors, or none, is put back."""
        cell = self._at(item.row(), item.column())
        if cell is None:
            return
        have, text = self.numbers.get(cell, 0), item.text().strip()
        number = int(text) if text.isdecimal() else have if text else 0
        if number < have:
            self.cut.emit(cell, number)
        else:
            self.put(self.numbers)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Doors of the list beside may come."""
        event.acceptProposedAction() if isinstance(event.source(), QListWidget) else event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Only a day of a worker takes them."""
        index = self.indexAt(event.position().toPoint())
        event.acceptProposedAction() if self._at(index.row(), index.column()) else event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Doors were let go over a cell."""
        index = self.indexAt(event.position().toPoint())
        cell = self._at(index.row(), index.column())
        if cell is not None:
            event.setDropAction(Qt.DropAction.IgnoreAction)  # the list is filled anew; nothing is to be taken out of it
            event.accept()
            self.dropped.emit(cell)


class _Doors(QListWidget):
    stepped = Signal(int, int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and an arrow moves the chosen doors."""
        step = STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(*step)
        else:
            super().keyPressEvent(event)


class DoorList(QWidget):
    """The doors of a cell in the order they are walked; `stepped` tells days across and workers down."""

    stepped = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.doors: list[Unmet] = []
        self.title = label("", "heading")
        self.list = _Doors()
        self.list.setAccessibleName("这一天的户")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setDragEnabled(True)
        self.list.stepped.connect(self.stepped)
        words = (("← 前一天", -1, 0), ("后一天 →", 1, 0), ("上一人 ↑", 0, -1), ("下一人 ↓", 0, 1))
        made = [button(word, lambda across=a, down=d: self.stepped.emit(across, down)) for word, a, d in words]
        for one, keys in zip(made, ("Alt+←", "Alt+→", "Alt+↑", "Alt+↓"), strict=True):
            one.setAutoDefault(False)
            one.setToolTip(f"选中的户移过去（{keys}）")
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self.title)
        body.addWidget(self.list, 1)
        body.addLayout(row(*made[:2]))
        body.addLayout(row(*made[2:]))

    def show_doors(self, title: str, doors: Sequence[Unmet]) -> None:
        """Show a cell's doors with the last contact."""
        self.title.setText(title)
        self.doors = list(doors)
        self.list.clear()
        for door in doors:
            last = door.last.isoformat() if door.last else "从未联系"
            kind = "场所 " if door.kind == PLACE else ""
            self.list.addItem(QListWidgetItem(f"{kind}{door.address or '住址未登记'}　{last}"))
        if doors:
            self.list.setCurrentRow(0)

    def chosen(self) -> list[Unmet]:
        """The doors that are chosen."""
        places = sorted(index.row() for index in self.list.selectedIndexes())
        return [self.doors[place] for place in places]

    def choose(self, place: int) -> None:
        """Stand on a door again after others went."""
        if self.doors:
            self.list.setCurrentRow(max(0, min(place, len(self.doors) - 1)))
