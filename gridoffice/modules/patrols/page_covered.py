"""走访覆盖: how the visits to households stand, by village, grid or worker; every number opens its households."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from gridoffice.core.calendar import chinese
from gridoffice.db.office import Office
from gridoffice.modules.patrols import visit_figures
from gridoffice.modules.patrols.rates_words import rate
from gridoffice.modules.patrols.visit_figures import MEASURES, WAYS, Row
from gridoffice.ui import dialogs, rows_output
from gridoffice.ui.cells import CellTable
from gridoffice.ui.panel import Panel, button, label, row

LINKS = {"households": "", "unvisited": "late", "year": "late", "late": "late", "due": "soon"}
NOTE = "点一个数字（或按回车）看是哪些户，最久没走访的排在最前面。按期＝还没有到下次走访日期的户；从未走访的也算应访。"


def _columns(way: str) -> list[tuple[str, str, int]]:
    return [("", WAYS[way], 230), *((key, title, 100) for key, title in MEASURES.items()), ("rate", "按期走访率", 110)]


class Covered(Panel):
    """`listed` tells the view of the list of visits, the units, and the words for them."""

    listed = Signal(str, object, str)

    def __init__(self, office: Office, plan: Callable[[], None]) -> None:
        super().__init__()
        self.office = office
        self.rows: list[Row] = []
        self.way = QComboBox()
        for key, word in WAYS.items():
            self.way.addItem(f"按{word}", key)
        self.way.setAccessibleName("怎么分")
        self.told = label("", "quiet", wrap=True)
        self.cells = CellTable("走访覆盖", _columns("village"), LINKS)
        self.plan_button = button("一周走访安排…", plan, kind="primary")
        self.plan_button.setToolTip("从最久没有联系的开始，按各人手上的工作量排一周")
        self.body.addLayout(row(self.way, 1, button("导出", self.export), button("打印", self.print)))
        self.body.addWidget(self.told)
        self.body.addWidget(self.cells, 1)
        note = label(NOTE, "quiet", wrap=True)
        line = row(note, self.plan_button)
        line.setStretch(0, 1)
        self.body.addLayout(line)
        self.way.currentIndexChanged.connect(lambda _place: self.refresh())
        self.cells.opened.connect(self.open_cell)

    def refresh(self) -> None:
        """Count anew."""
        way = self.way.currentData()
        self.rows = visit_figures.table(self.office, way)
        whole = visit_figures.whole(self.rows)
        self.cells.texts.titles = [title for _key, title, _width in _columns(way)]
        self.cells.show_rows(
            [
                (one.title, *(f"{one.numbers[key]:,}" for key in MEASURES), rate(one.percent))
                for one in (*self.rows, whole)
            ]
        )
        number = whole.numbers
        self.told.setText(
            f"截至{chinese(self.office.today())}，住户 {number['households']:,} 户，应访 {number['due']:,} 户，"
            f"其中从未走访 {number['unvisited']:,} 户。"
            if number["households"]
            else "还没有导入居民台账。"
        )

    def open_cell(self, down: int, across: int) -> None:
        """Show the households behind a number; nothing behind a nought, a name or a rate."""
        key = self.cells.keys[across]
        found = (*self.rows, visit_figures.whole(self.rows))[down]
        if key in MEASURES and found.numbers[key]:
            self.listed.emit(key, found.units, f"{found.title} {MEASURES[key]}")

    def _title(self) -> str:
        return f"走访覆盖（{self.way.currentText()}）"

    def _widths(self) -> list[tuple[str, int]]:
        return [(title, width) for _key, title, width in _columns(self.way.currentData())]

    def export(self) -> None:
        """Save what is seen as xlsx."""
        rows_output.export(self, self._title(), self._widths(), self.cells.texts.rows)

    def print(self) -> None:
        """Print what is seen."""
        rows, told = self.cells.texts.rows, self.told.text()
        dialogs.guarded(
            self, lambda: rows_output.print_rows(self, self.office, self._title(), told, self._widths(), rows)
        )
