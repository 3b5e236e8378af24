"""The calendar of 到位率: who walked on which day; a sign opens its log, or the entry of the one that is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from gridoffice.core.calendar import WEEKDAYS
from gridoffice.modules.patrols import rates_days
from gridoffice.modules.patrols.rates_days import TONES, Line
from gridoffice.ui.rows import Index, Texts
from gridoffice.ui.theme import theme

NAME, DAY = 150, 30
"""Widths at 100 %."""


class _Signs(Texts):
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A sign stands in the middle, coloured, on a ground of its own."""
        text = self.rows[index.row()][index.column()]
        if index.column() and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if index.column() and text in TONES:
            if role == Qt.ItemDataRole.ForegroundRole:
                return QColor(theme.colours.tone(TONES[text])[0])
            if role == Qt.ItemDataRole.BackgroundRole:
                return QColor(theme.colours.tone(TONES[text])[1])
        return super().data(index, role)

    def headerData(self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Days stand in the middle."""
        if section and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return super().headerData(section, way, role)


class DayTable(QTableView):
    """Lines down, days across; `opened` tells what was owed on the day one stands on."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.days: list[date] = []
        self.signs = _Signs(["", ""], (), {})
        self.setModel(self.signs)
        self.setAccessibleName("到位率日历")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(32))
        self.horizontalHeader().setMinimumSectionSize(8)
        self.horizontalHeader().setStyleSheet("QHeaderView::section { padding-left: 0; padding-right: 0; }")
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)
        self.clicked.connect(self._open)

    def show_lines(self, head: str, lines: Sequence[Line], days: Sequence[date]) -> None:
        """Show other lines."""
        self.lines, self.days = list(lines), list(days)
        self.signs.titles = [f"  {head}", *(f"{day.day}\n{WEEKDAYS[day.weekday()]}" for day in days)]
        self.signs.put(rates_days.cells(lines, days))
        self._share()

    def texts(self) -> tuple[list[tuple[str, int]], list[tuple[str, ...]]]:
        """Titles with widths, and rows, for paper and file."""
        titles = [
            (title.strip().replace("\n", ""), DAY if place else NAME) for place, title in enumerate(self.signs.titles)
        ]
        return titles, self.signs.rows

    def resizeEvent(self, event: Any) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        number = len(self.days)
        if not number:
            return
        name = theme.px(NAME)
        wide = max(theme.px(DAY) * 3 // 4, min(theme.px(DAY) * 2, (self.viewport().width() - name) // number))
        self.setColumnWidth(0, name)
        for place in range(1, number + 1):
            self.setColumnWidth(place, wide)

    def _open(self, index: QModelIndex) -> None:
        if index.column() and index.isValid():
            owed = self.lines[index.row()].days.get(self.days[index.column() - 1], ())
            if owed:
                self.opened.emit(next((one for one in owed if one.missed), owed[0]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open the day one stands on."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)
