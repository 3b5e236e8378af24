"""The rows of a route sheet as they are typed in: keys set results and walk down, in the order of the paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from gridoffice.modules.patrols import visit_rules
from gridoffice.modules.patrols.typein import TypedRow
from gridoffice.ui.theme import theme

TITLES = ("行", "门牌、户主", "这一户要办的", "结果", "备注", "事项")
WIDTHS = (40, 210, 380, 96, 150, 130)
"""How the columns share the room."""
FINE = "fine"
RESULT = 3
TONES = {"fine": "done", "wish": "soon", "away": "late", "refused": "late", "moved": "late"}


class PaperRows(QTableWidget):
    """The rows of the paper; keys set results and walk down. `typed` tells row and result, the others the row."""

    typed = Signal(int, str)
    note_wanted = Signal(int)
    case_wanted = Signal(int)
    things_wanted = Signal(int)
    save_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(0, len(TITLES))
        self.setHorizontalHeaderLabels(TITLES)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(34))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName("路线单各行")
        # A Chinese input method would swallow the letters and figures that are keys here.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        results = {one.key: one.name for one in visit_rules.results()}
        self._results: dict[str, str] = {**results, " ": FINE}

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        for place, width in enumerate(WIDTHS):
            self.setColumnWidth(place, int(width * self.viewport().width() / sum(WIDTHS)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and figures: result; Enter, Backspace: walk; F2 note, F4 what came of the things, S case, Delete."""
        place, key = self.currentRow(), event.key()
        step = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Backspace: -1}.get(Qt.Key(key))
        runs: dict[int, Callable[[], None]] = {
            Qt.Key.Key_F2: lambda: self.note_wanted.emit(place),
            Qt.Key.Key_F4: lambda: self.things_wanted.emit(place),
            Qt.Key.Key_S: lambda: self.case_wanted.emit(place),
            Qt.Key.Key_Delete: lambda: self.typed.emit(place, ""),
        }
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.matches(QKeySequence.StandardKey.Save):
            self.save_wanted.emit()
        elif place < 0 or not plain:
            super().keyPressEvent(event)
        elif step is not None:
            self.setCurrentCell(max(0, min(self.rowCount() - 1, place + step)), 0)
        elif event.text() in self._results and event.text():
            self.typed.emit(place, self._results[event.text()])
        elif key in runs:
            runs[key]()
        else:
            super().keyPressEvent(event)

    def draw(self, place: int, one: TypedRow) -> None:
        """Show a row as it is typed."""
        result = visit_rules.result_of(one.result)
        raised = one.raised[0] if one.raised else ""
        told = "；".join(one.told())
        texts = (str(one.place), one.title, told, result.title if result else "", one.note, raised)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            if column == RESULT and result:
                item.setForeground(QColor(theme.colours.tone(TONES.get(one.result, "plain"))[0]))
            self.setItem(place, column, item)
