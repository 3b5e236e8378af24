"""统计: the figures of the closed loop in a period; every number opens the list of the cases behind it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from gridoffice.core.calendar import chinese
from gridoffice.db.office import Office
from gridoffice.modules.cases import figure_words
from gridoffice.modules.cases.figure_words import PERIODS
from gridoffice.modules.cases.figures import GROUPS, MEASURES, Row, Table, figures
from gridoffice.ui import dialogs, rows_output
from gridoffice.ui.cells import CellTable
from gridoffice.ui.fields import Field, make_input
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme

LATE = frozenset(("reopened", "unsatisfied"))
LINKS = {key: "late" if key in LATE else "" for key in MEASURES}
LARGE = 125
"""Letters (per cent) from which a title stands on two lines."""


def shown_columns(by: str) -> list[tuple[str, str, int]]:
    """The columns as they fit on the screen: at large letters narrower, their titles on two lines."""
    columns = figure_words.columns(by)
    if theme.zoom <= LARGE:
        return columns
    narrow = {key: 60 if key in figure_words.HOURS else 48 for key, _title, _width in columns if key}
    narrow |= dict.fromkeys(figure_words.SHARES, 98)
    return [(key, _parted(title), narrow.get(key, 104)) for key, title, _width in columns]


def _parted(title: str) -> str:
    half = -(-len(title) // 2)
    return f"{title[:half]}\n{title[half:]}" if len(title) in (3, 4) else title


class Figures(QWidget):
    """`listed` gives the ids behind a number and the words for them."""

    listed = Signal(object, str)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.table: Table | None = None
        self.period, self.by = QComboBox(), QComboBox()
        for box, words, name in ((self.period, PERIODS, "时段"), (self.by, GROUPS, "分组")):
            for key, title in words.items():
                box.addItem(title if box is self.period else f"按{title}", key)
            box.setAccessibleName(name)
        self.period.setCurrentIndex(list(PERIODS).index("month"))
        self.first, self.last = (
            make_input(Field(key, word, "date")) for key, word in (("first", "从"), ("last", "到"))
        )
        self.own = QWidget()
        self.show_button = button("看", self.reload)
        inside = row(label("从", "quiet"), self.first, label("到", "quiet"), self.last, self.show_button)
        inside.setContentsMargins(0, 0, 0, 0)
        self.own.setLayout(inside)
        self.export_button = button("导出", self.export)
        self.print_button = button("打印", self.print)
        self.told = label("", "quiet", wrap=True)
        self.cells = CellTable("统计表", shown_columns("village"), LINKS)
        self.note = label(
            "点一个数字，看背后的事项。事项按办这一步的日期计入时段；用时是中位数，1 天按 24 小时算；括号里是占比："
            "按时受理占受理，按时处理和退回重办占办结反馈，满意占问过的（满意和不满意）。", "quiet", wrap=True,
        )  # fmt: skip
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(8))
        body.addLayout(row(self.period, self.own, self.by, 1, self.export_button, self.print_button))
        body.addWidget(self.told)
        body.addWidget(self.cells, 1)
        body.addWidget(self.note)
        self.own.hide()
        self.period.currentIndexChanged.connect(lambda _place: self._chosen())
        self.by.currentIndexChanged.connect(lambda _place: self.reload())
        self.cells.opened.connect(self.open_cell)

    def _chosen(self) -> None:
        is_own = self.period.currentData() == "own"
        if is_own and self.table is not None:
            self.first.put(self.table.first)
            self.last.put(self.table.last)
        self.own.setVisible(is_own)
        if not is_own:
            self.reload()

    def span(self) -> tuple[date, date] | None:
        """The first and last day asked for; None when they are no period, and the sentence says why."""
        key = self.period.currentData()
        if key != "own":
            return figure_words.period(key, self.office.today())
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

    def reload(self) -> None:
        """Ask the figures anew."""
        span = self.span()
        if span is None:
            return
        by = self.by.currentData()
        self.table = figures(self.office, *span, by)
        self.told.setText(figure_words.told(self.table))
        self.cells.texts.titles = [title for _key, title, _width in shown_columns(by)]
        self.cells.show_rows(figure_words.cells(self.table))

    def open_cell(self, down: int, across: int) -> None:
        """Show the cases behind a number; nothing behind a nought, a name or a time."""
        if self.table is None:
            return
        found: Row = (*self.table.rows, self.table.whole)[down]
        key = self.cells.keys[across]
        if key in MEASURES and found.ids[key]:
            self.listed.emit(found.ids[key], f"{found.title} {MEASURES[key]} {len(found.ids[key]):,} 件")

    def _title(self) -> str:
        return f"事项统计（{self.by.currentText()}）"

    def _columns(self) -> list[tuple[str, int]]:
        return [(title, width) for _key, title, width in figure_words.columns(self.by.currentData())]

    def export(self) -> None:
        """Save the table as it is seen as xlsx."""
        rows_output.export(self, self._title(), self._columns(), self.cells.texts.rows)

    def print(self) -> None:
        """Print the table as it is seen."""
        dialogs.guarded(
            self,
            lambda: rows_output.print_rows(
                self, self.office, self._title(), self.told.text(), self._columns(), self.cells.texts.rows
            ),
        )
