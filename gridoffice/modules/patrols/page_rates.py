"""到位率 as a table whose numbers open what is behind them, and the dialog that prints the diary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from gridoffice.core.calendar import chinese
from gridoffice.db.office import Office
from gridoffice.modules.patrols import diary, rates, service
from gridoffice.modules.patrols.spans import DAY, around
from gridoffice.ui import dialogs
from gridoffice.ui.editor import edit
from gridoffice.ui.fields import Field
from gridoffice.ui.output import show
from gridoffice.ui.panel import label, row
from gridoffice.ui.theme import theme

PERIODS = (
    ("本周", "week", 0),
    ("上周", "week", 1),
    ("本月", "month", 0),
    ("上月", "month", 1),
    ("本季度", "quarter", 0),
)
HEADS = ("", "应走", "已走", "未走", "到位率")


class RatesDialog(QDialog):
    """Planned, done and missed of a period; `open_list` shows the logs behind a number of done."""

    def __init__(
        self, parent: QWidget, office: Office, open_list: Callable[[tuple[tuple[str, Any], ...]], None]
    ) -> None:
        super().__init__(parent)
        self.office, self.open_list = office, open_list
        self.setWindowTitle("到位率")
        self.period, self.way = QComboBox(), QComboBox()
        for word, every, back in PERIODS:
            self.period.addItem(word, (every, back))
        for key, word in rates.WAYS.items():
            self.way.addItem(f"按{word}", key)
        self.period.setAccessibleName("时间")
        self.way.setAccessibleName("怎么分")
        self.table = QTableWidget(0, len(HEADS))
        self.table.setAccessibleName("到位率")
        self.table.setHorizontalHeaderLabels(list(HEADS))
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.cellActivated.connect(self._open)
        self.told = label(
            "双击或回车“已走”看日志，“未走”看缺哪几天。周、月、季的要到最后一个工作日才算应走。", "quiet", wrap=True
        )
        body = QVBoxLayout(self)
        body.addLayout(row(self.period, self.way, 1))
        body.addWidget(self.table, 1)
        body.addWidget(self.told)
        self.period.currentIndexChanged.connect(lambda _place: self.reload())
        self.way.currentIndexChanged.connect(lambda _place: self.reload())
        self.resize(theme.px(680), theme.px(520))
        self.reload()

    def span(self) -> tuple[date, date]:
        """First and last day of the chosen period."""
        every, back = self.period.currentData()
        first, last = around(every, self.office.today())
        return around(every, first - DAY) if back else (first, last)

    def reload(self) -> None:
        """Reckon anew."""
        first, last = self.span()
        self.lines = rates.table(self.office, self.way.currentData(), first, last, self.office.today())
        whole = rates.Line(
            "合计", sum(line.planned for line in self.lines), sum(line.done for line in self.lines),
            (("from", first), ("to", last)),
        )  # fmt: skip
        self.lines.append(whole)
        self.table.setRowCount(len(self.lines))
        for place, line in enumerate(self.lines):
            percent = f"{line.percent}%" if line.planned else "—"
            for column, text in enumerate((line.title, str(line.planned), str(line.done), str(line.missed), percent)):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(place, column, item)

    def _open(self, place: int, column: int) -> None:
        line = self.lines[place]
        if column == 3:
            dialogs.tell(self, f"{line.title}未走", self.missing(line))
        elif column in (1, 2):
            self.accept()
            self.open_list(line.filters)

    def missing(self, line: rates.Line) -> str:
        """What is missing of the unit or person of a line, or of all, in lines."""
        first, last = self.span()
        own = dict(line.filters)
        found = [
            f"{chinese(one.first)}　{one.unit}　{one.staff}　{one.rule.kind}（{one.rule.words}）"
            for one in rates.missing(self.office, first, last, self.office.today())
            if own.get("unit") in (None, one.unit_id) and ("staff" not in own or one.staff == line.title)
        ]
        rest = f"\n还有 {len(found) - 20} 处" if len(found) > 20 else ""
        return ("\n".join(found[:20]) or "没有缺的") + rest


def print_diary(parent: QWidget, office: Office) -> None:
    """Ask for worker, days and size, then write the diary, register it, and open it for printing."""
    staff = [(choice.id, choice.text) for choice in service.staff_choices(office)]
    first, last = around("week", office.today())
    fields = [
        Field("staff_id", "人员", "pick", choices=staff, help="空着是全部人员"),
        Field("size", "纸张", "choice", required=True, choices=[("A4", "A4"), ("A5", "A5")]),
        Field("first", "从", "date", required=True),
        Field("last", "到", "date", required=True),
        Field("blank", "空白页数", "number", help="填了只印空白页"),
    ]

    def keep(values: dict[str, Any]) -> None:
        path: Path | None = dialogs.save_file(parent, "打印民情日记（存成 PDF 后打开）", "民情日记.pdf", "PDF (*.pdf)")
        if path is not None:
            blank = max(0, values["blank"] or 0)
            diary.issue(
                office, path, values["first"], values["last"], values["staff_id"], size=values["size"], blank=blank
            )
            show(path)

    edit(parent, "打印民情日记", fields, {"size": "A4", "first": first, "last": last}, keep)


def show_rates(page: Any) -> None:
    """What was owed and done, as a table whose numbers open their list on the page."""
    RatesDialog(page, page.office, lambda kept: page.show_view("", filters=(("list", "patrols"), *kept))).exec()
