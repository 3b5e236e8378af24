"""一周走访安排: what the office proposes for the never-visited, by worker and day; adjusted, then made into sheets."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridoffice.core.calendar import WEEKDAYS
from gridoffice.db.office import Office
from gridoffice.modules.patrols import never, rounds, visit_rules
from gridoffice.modules.patrols.never import Day, Plan
from gridoffice.ui import dialogs
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme


def _box(value: int, most: int, name: str) -> QSpinBox:
    made = QSpinBox()
    made.setRange(1, most)
    made.setValue(value)
    made.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    made.setAccessibleName(name)
    made.setMinimumWidth(theme.px(84))
    return made


class PlanDialog(QDialog):
    """The week's proposal: a row for each worker, a column for each working day; a figure may be made smaller."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self.setWindowTitle("一周走访安排")
        self.office = office
        self.plan: Plan | None = None
        self.made: list[int] = []
        self.days = _box(visit_rules.usual_days(), 3650, "多少天没有联系")
        self.doors = _box(visit_rules.usual_doors(), rounds.MOST, "每人每天最多几户")
        for box in (self.days, self.doors):
            box.editingFinished.connect(self.propose)
        self.told = label("", wrap=True)
        self.table = QTableWidget()
        self.table.setAccessibleName("每人每天走访户数")
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(36))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self.gaps = label("", "late", wrap=True)
        self.make_button = button("做成路线单", self.make, kind="primary", shortcut="Ctrl+S")
        for made in (self.make_button, close := button("取消", self.reject)):
            made.setAutoDefault(False)
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(10))
        line = row(label("超过"), self.days, label("天没有联系过的户和场所，每人每天最多"), self.doors, label("户"), 1)
        body.addLayout(line)
        body.addWidget(self.told)
        body.addWidget(self.table, 1)
        body.addWidget(self.gaps)
        body.addLayout(row(label("格子里的户数可以改小，0 表示这天不去。", "quiet"), 1, close, self.make_button))
        self.resize(theme.px(900), min(theme.px(620), max(parent.window().height() - 20, 400)))
        self.propose()

    def propose(self) -> None:
        """Ask for a plan with what stands in the two boxes."""
        dialogs.guarded(self, self._propose)

    def _propose(self) -> None:
        made = never.plan(self.office, self.days.value(), self.doors.value())
        if made == self.plan:
            return
        self.plan = made
        late = made.wanted - made.planned
        rest = f"，其余 {late} 户留到以后" if late else ""
        self.told.setText(
            f"共 {made.wanted} 户，最久的排在最前面；本次安排 {made.planned} 户{rest}。已扣除每人手上到期的工作。"
        )
        names = "、".join(made.unmanned[:5]) + ("等" if len(made.unmanned) > 5 else "")
        self.gaps.setText(f"没有人在岗，没有安排：{names}" if names else "")
        self.gaps.setVisible(bool(names))
        self._fill(made)

    def _fill(self, made: Plan) -> None:
        workers = {one.staff_id: one.name for one in made.days}
        titles = [f"{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}" for day in made.working]
        self.table.setColumnCount(len(titles) + 2)
        self.table.setHorizontalHeaderLabels(["网格员", "手上到期", *titles])
        self.table.setRowCount(len(workers))
        self.places: dict[tuple[int, int], Day] = {}
        for down, (staff, name) in enumerate(workers.items()):
            for place, text in enumerate((name, str(made.loads.get(staff, 0)))):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.table.setItem(down, place, item)
            for place, day in enumerate(made.working, 2):
                found = next((one for one in made.days if (one.staff_id, one.day) == (staff, day)), None)
                item = QTableWidgetItem(str(len(found.doors)) if found else "")
                if found is not None:
                    self.places[(down, place)] = found
                    item.setToolTip("\n".join(door.address for door in found.doors))
                else:
                    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
                self.table.setItem(down, place, item)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.make_button.setEnabled(bool(made.planned))

    def chosen(self) -> list[Day]:
        """The days of the plan as the figures stand now: the first so many doors of each."""
        found = []
        for (down, place), day in self.places.items():
            item = self.table.item(down, place)
            text = item.text().strip() if item is not None else ""
            number = int(text) if text.isdecimal() else len(day.doors) if text else 0
            found.append(replace(day, doors=day.doors[:number]))
        return [day for day in found if day.doors]

    def make(self) -> None:
        """Make the route sheets."""

        def run() -> None:
            self.made = never.sheets(self.office, self.chosen())

        if dialogs.guarded(self, run) and self.made:
            self.accept()
