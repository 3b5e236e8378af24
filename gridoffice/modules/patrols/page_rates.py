"""到位率: what was owed and done in a period, as a table whose numbers open the days and grids behind them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from gridoffice.core.calendar import chinese
from gridoffice.db.office import Office
from gridoffice.modules.patrols import rates_days, rates_list, rates_words
from gridoffice.modules.patrols.page_days import DayTable
from gridoffice.modules.patrols.page_owed import OwedList
from gridoffice.modules.patrols.rates import WAYS
from gridoffice.modules.patrols.rates_list import MEASURES, Asked, Owing, Row
from gridoffice.modules.patrols.rates_words import LINKS, PERIODS
from gridoffice.ui import dialogs, rows_output
from gridoffice.ui.cells import CellTable
from gridoffice.ui.fields import Field, make_input
from gridoffice.ui.flow import Flow
from gridoffice.ui.panel import Panel, button, label, row
from gridoffice.ui.theme import theme

ALL = {"village": "全部村（社区）", "network": "全部责任网", "kind": "全部类型"}
NOTE = (
    "点一个数字（或按回车），看背后是哪几天、哪些网格。每周、每月、每季度的，到最后一个工作日才算应走；"
    "补记是锁定以后才登记的，已算在已走里。"
)


DAYS_NOTE = (
    "✓ 走了　补 事后补登　缺 没有走　空白 不用走（休息日、请假没人代或没有安排）。"
    "点一格或按回车：走了的看日志，缺的登记。超过一个月的只显示最后 31 天；每周、每月、每季度的看表。"
)


class Rates(Panel):
    """The table and the list behind a number; `logs_wanted` and `entry_wanted` tell an `Owing` of that list."""

    logs_wanted = Signal(object)
    entry_wanted = Signal(object)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.rows: list[Row] = []
        self.period, self.way = QComboBox(), QComboBox()
        for key, word in PERIODS.items():
            self.period.addItem(word, key)
        for key, word in WAYS.items():
            self.way.addItem(f"按{word}", key)
        self.period.setAccessibleName("时段")
        self.way.setAccessibleName("怎么分")
        self.filters = {key: QComboBox() for key in ALL}
        for key, box in self.filters.items():
            box.setAccessibleName(ALL[key].removeprefix("全部"))
        self.first, self.last = (
            make_input(Field(key, word, "date")) for key, word in (("first", "从"), ("last", "到"))
        )
        self.own = QWidget()
        inside = row(label("从", "quiet"), self.first, label("到", "quiet"), self.last, button("看", self.reload))
        self.own.setLayout(inside)
        self.own.hide()
        self.told = label("", "quiet", wrap=True)
        self.cells = CellTable("到位率", rates_words.columns("village"), LINKS)
        self.days = DayTable()
        self.as_days = button("日历", self.reload, kind="chip")
        self.as_days.setCheckable(True)
        self.as_days.setToolTip("按天看：谁哪一天走了，哪一天缺")
        self.note = label(NOTE, "quiet", wrap=True)
        self.view = QStackedWidget()
        self.view.addWidget(self.cells)
        self.view.addWidget(self.days)
        self.behind = OwedList(office)
        self.table = QWidget()
        body = QVBoxLayout(self.table)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(8))
        asked = Flow()
        for widget in (self.period, self.own, self.way, *self.filters.values(), self.as_days):
            asked.addWidget(widget)
        line = row()
        line.addLayout(asked, 1)
        for made in (button("导出", self.export), button("打印", self.print)):
            line.addWidget(made)
        body.addLayout(line)
        body.addWidget(self.told)
        body.addWidget(self.view, 1)
        body.addWidget(self.note)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.table)
        self.stack.addWidget(self.behind)
        self.body.addWidget(self.stack)
        self._connect()

    def _connect(self) -> None:
        self.period.currentIndexChanged.connect(lambda _place: self._chosen())
        for box in (self.way, *self.filters.values()):
            box.currentIndexChanged.connect(lambda _place: self.reload())
        self.cells.opened.connect(self.open_cell)
        self.days.opened.connect(self._open_day)
        self.behind.left.connect(self.back)
        self.behind.logs_wanted.connect(self.logs_wanted)
        self.behind.entry_wanted.connect(self.entry_wanted)

    def _chosen(self) -> None:
        is_own = self.period.currentData() == "own"
        self.own.setVisible(is_own)
        if is_own:
            first, last = rates_words.period("week", self.office.today())
            self.first.put(first)
            self.last.put(last)
            self.first.setFocus()
        self.reload()

    def span(self) -> tuple[date, date] | None:
        """The period asked for; None when it is none, and the sentence says why."""
        key = self.period.currentData()
        if key != "own":
            return rates_words.period(key, self.office.today())
        try:
            first, last = self.first.value(), self.last.value()
        except ValueError:
            first = last = None
        if first is None or last is None:
            self.told.setText("请写明从哪天到哪天，例如 2026-11-01。")
            return None
        if last < first:
            self.told.setText(f"{chinese(last)}在{chinese(first)}之前，请改正日期。")
            return None
        return first, last

    def _offer(self) -> None:
        """What the filters offer now; what was chosen stays."""
        for key, found in rates_list.choices(self.office).items():
            box = self.filters[key]
            kept = box.currentData()
            box.blockSignals(True)
            box.clear()
            box.addItem(ALL[key], "")
            for value, word in found:
                box.addItem(word, value)
            box.setCurrentIndex(max(0, box.findData(kept)))
            box.blockSignals(False)

    def refresh(self) -> None:
        """Something changed: offer and reckon anew."""
        self._offer()
        self.reload()

    def reload(self) -> None:
        """Reckon anew; a list behind a number that is open is read anew too."""
        span = self.span()
        if span is None:
            return
        village, network, kind = (box.currentData() or "" for box in self.filters.values())
        asked = Asked(*span, village, network, kind)
        parts = rates_list.sums(self.office, asked)
        way = self.way.currentData()
        self.rows = rates_list.rows(way, parts)
        self.told.setText(rates_words.told(asked, parts))
        self.cells.texts.titles = [title for _key, title, _width in rates_words.columns(way)]
        self.cells.show_rows(rates_words.cells(self.rows))
        is_days = self.as_days.isChecked()
        self.view.setCurrentWidget(self.days if is_days else self.cells)
        self.note.setText(DAYS_NOTE if is_days else NOTE)
        if is_days:
            day_way = way if way in rates_days.WAYS else rates_days.WAYS[0]
            found = rates_days.lines(day_way, self._whole().every())
            self.days.show_lines(WAYS[day_way], found, rates_days.shown(*span))
        if self.stack.currentWidget() is self.behind:
            self.behind.again(self._whole())
            if not self.behind.parts:
                self.back()

    def _whole(self) -> Row:
        return Row("合计", tuple(part for one in self.rows for part in one.parts))

    def open_cell(self, down: int, across: int) -> None:
        """Show what is behind a number; nothing behind a nought, a name or a rate."""
        key = self.cells.keys[across]
        found = (*self.rows, self._whole())[down]
        if key in MEASURES and found.number(key):
            self.behind.show_parts(found, key, self.told.text().partition("，")[0])
            self.stack.setCurrentWidget(self.behind)
            self.behind.table.setFocus()

    def _open_day(self, one: Owing) -> None:
        """A day of the calendar: its log, or the entry of the one that is missing."""
        (self.entry_wanted if one.missed else self.logs_wanted).emit(one)

    def back(self) -> None:
        """From the list behind a number to the table."""
        self.stack.setCurrentWidget(self.table)
        self.cells.setFocus()

    def _title(self) -> str:
        chosen = "，".join(box.currentText() for box in self.filters.values() if box.currentData())
        return f"到位率（{'，'.join(filter(None, (self.way.currentText(), chosen)))}）"

    def _seen(self) -> tuple[list[tuple[str, int]], list[tuple[str, ...]]]:
        """Titles with widths and rows of the table that is seen."""
        if self.as_days.isChecked():
            return self.days.texts()
        return self._columns(), self.cells.texts.rows

    def _columns(self) -> list[tuple[str, int]]:
        return [(title, width) for _key, title, width in rates_words.columns(self.way.currentData())]

    def export(self) -> None:
        """Save what is seen as xlsx."""
        if self.stack.currentWidget() is self.behind:
            self.behind.export()
            return
        rows_output.export(self, self._title(), *self._seen())

    def print(self) -> None:
        """Print what is seen."""
        if self.stack.currentWidget() is self.behind:
            self.behind.print()
            return
        columns, rows = self._seen()
        dialogs.guarded(
            self,
            lambda: rows_output.print_rows(self, self.office, self._title(), self.told.text(), columns, rows),
        )
