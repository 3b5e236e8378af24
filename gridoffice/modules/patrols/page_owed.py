"""The list behind a number of 到位率: which days and grids, by whom, by which rule; a gap can be entered from here."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.modules.patrols import rates_words
from gridoffice.modules.patrols.rates_list import MEASURES, Owing, Row
from gridoffice.modules.patrols.rates_words import OWED
from gridoffice.ui import dialogs, rows_output
from gridoffice.ui.panel import button, label, own_key, row
from gridoffice.ui.rows import RowsTable
from gridoffice.ui.theme import theme


class OwedList(QWidget):
    """What a number is the sum of; `left` goes back, the others tell the `Owing` of the row."""

    left = Signal()
    logs_wanted = Signal(object)
    entry_wanted = Signal(object)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.parts: tuple[Owing, ...] = ()
        self.measure, self.group, self.period = "", "", ""
        self.back_button = button("← 返回", self.left.emit)
        self.back_button.setToolTip("返回（Esc）")
        self.title = label("", "heading", wrap=True)
        self.table = RowsTable("应走的日志", OWED, right=(6, 7), spread=True)
        self.logs_button = button("看日志", self.open_logs)
        self.entry_button = button("登记这一次", self.enter, kind="primary")
        self.entry_button.setToolTip("补登这一天的日志；已经锁定的日子会注明是事后补登")
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(8))
        tools = (button("导出", self.export), button("打印", self.print))
        line = row(self.back_button, self.title, *tools)
        line.setStretch(1, 1)
        body.addLayout(line)
        body.addWidget(self.table, 1)
        told = "回车：走过的看日志，没走的登记这一次。"
        body.addLayout(row(label(told, "quiet"), 1, self.logs_button, self.entry_button))
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            own_key(self.table, QKeySequence(key), self.open_row)
        for widget in (self.table, self.back_button, self.logs_button, self.entry_button):
            own_key(widget, QKeySequence(Qt.Key.Key_Escape), self.left.emit)
        self.table.doubleClicked.connect(lambda _index: self.open_row())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._tell())

    def show_parts(self, found: Row, measure: str, period: str) -> None:
        """Show what a number of a row is made of."""
        self.measure, self.group, self.period = measure, found.title, period
        self.parts = found.behind(measure)
        number = found.number(measure)
        self.title.setText(f"{found.title} {MEASURES[measure]} {number:,} 次（{period}）")
        self.table.show_rows(rates_words.owed_rows(self.parts))
        if self.parts:
            self.table.selectRow(0)
        self._tell()

    def again(self, whole: Row) -> None:
        """Something changed: the same parts as they stand now, those that went left out."""
        place = self.table.currentIndex().row()
        kept = {_key(one) for one in self.parts}
        now = tuple(one for one in whole.every() if _key(one) in kept)
        self.show_parts(Row(self.group, now), self.measure, self.period)
        if self.parts:
            self.table.selectRow(max(0, min(place, len(self.parts) - 1)))

    def current(self) -> Owing | None:
        """The row in hand."""
        place = self.table.currentIndex().row()
        return self.parts[place] if 0 <= place < len(self.parts) else None

    def _tell(self) -> None:
        one = self.current()
        self.logs_button.setEnabled(one is not None and one.done > 0)
        self.entry_button.setEnabled(one is not None and one.missed > 0)

    def open_row(self) -> None:
        """Enter: the logs where there are some, else the entry of the one that is missing."""
        one = self.current()
        if one is not None:
            (self.logs_wanted if one.done else self.entry_wanted).emit(one)

    def open_logs(self) -> None:
        """The logs that count for the row."""
        if (one := self.current()) is not None:
            self.logs_wanted.emit(one)

    def enter(self) -> None:
        """Enter the log that is missing."""
        if (one := self.current()) is not None:
            self.entry_wanted.emit(one)

    def export(self) -> None:
        """Save the list as xlsx."""
        rows_output.export(self, f"到位率_{self.group}_{MEASURES[self.measure]}", OWED, self.table.texts.rows)

    def print(self) -> None:
        """Print the list."""
        title, rows = f"到位率：{self.group} {MEASURES[self.measure]}", self.table.texts.rows
        dialogs.guarded(self, lambda: rows_output.print_rows(self, self.office, title, self.period, OWED, rows))


def _key(one: Owing) -> tuple[object, ...]:
    return one.first, one.last, one.unit_id, one.rule.key, one.staff_id
