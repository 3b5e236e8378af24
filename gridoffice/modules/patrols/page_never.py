"""一周走访安排: what is proposed for the never-visited, by worker and day; doors are moved, then made into sheets."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QDialog, QSpinBox, QVBoxLayout, QWidget

from gridoffice.core.calendar import WEEKDAYS
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.modules.patrols import never, rounds, visit_rules
from gridoffice.modules.patrols.lanes import lane_key
from gridoffice.modules.patrols.never import Day, Plan, Unmet
from gridoffice.modules.patrols.page_plan import Cell, DoorList, WeekTable
from gridoffice.ui import dialogs
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme


def _box(value: int, most: int, name: str) -> QSpinBox:
    made = QSpinBox()
    made.setRange(1, most)
    made.lineEdit().setTextMargins(theme.px(6), 0, 0, 0)
    made.setValue(value)
    made.setAccessibleName(name)
    made.setMinimumWidth(theme.px(96))
    return made


class PlanDialog(QDialog):
    """The week's proposal: a row for each worker, a column for each working day, beside it the doors of a cell."""

    def __init__(self, parent: QWidget, office: Office) -> None:
        super().__init__(parent)
        self.setWindowTitle("一周走访安排")
        self.office = office
        self.plan: Plan | None = None
        self.made: list[int] = []
        self.cells: dict[Cell, list[Unmet]] = {}
        self.names: dict[int, str] = {}
        self.days = _box(visit_rules.usual_days(), 3650, "多少天没有联系")
        self.doors = _box(visit_rules.usual_doors(), rounds.MOST, "每人每天最多几户")
        for box in (self.days, self.doors):
            box.editingFinished.connect(self.propose)
        self.told = label("", wrap=True)
        self.table, self.list = WeekTable(), DoorList()
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
        middle = row(self.table, self.list, spacing=12)
        middle.setStretch(0, 3)
        middle.setStretch(1, 2)
        body.addLayout(middle, 1)
        body.addWidget(self.gaps)
        told = "格子里的户数可以改小，0 表示这天不去。右边的户拖到格子里，或用 Alt+方向键，换一天、换个人。"
        foot = row(label(told, "quiet", wrap=True), close, self.make_button)
        foot.setStretch(0, 1)
        body.addLayout(foot)
        window = parent.window()
        wide = min(theme.px(1120), max(window.width() - 20, 600))
        self.resize(wide, min(theme.px(640), max(window.height() - 20, 400)))
        self._connect()
        self.propose()

    def _connect(self) -> None:
        self.table.chosen.connect(self.show_doors)
        self.table.cut.connect(self._cut)
        self.table.dropped.connect(self.move_to)
        self.list.stepped.connect(self.step)

    def propose(self) -> None:
        """Ask for a plan with what stands in the two boxes."""
        dialogs.guarded(self, self._propose)

    def _propose(self) -> None:
        made = never.plan(self.office, self.days.value(), self.doors.value())
        if made == self.plan:
            return
        self.plan = made
        self.cells = {(one.staff_id, one.day): list(one.doors) for one in made.days}
        self.names = {one.staff_id: one.name for one in made.days}
        names = "、".join(made.unmanned[:5]) + ("等" if len(made.unmanned) > 5 else "")
        self.gaps.setText(f"没有人在岗，没有安排：{names}" if names else "")
        self.gaps.setVisible(bool(names))
        titles = [f"{day:%m-%d}\n周{WEEKDAYS[day.weekday()]}" for day in made.working]
        loads = {staff: made.loads.get(staff, 0) for staff in self.names}
        self.table.lay_out(self.names, made.working, titles, loads)
        self._fill()
        self.table.setCurrentCell(0, 2)

    def _fill(self) -> None:
        assert self.plan is not None
        self.table.put({cell: len(doors) for cell, doors in self.cells.items()})
        planned = sum(len(doors) for doors in self.cells.values())
        late = self.plan.wanted - planned
        rest = f"，其余 {late} 户留到以后" if late else ""
        self.told.setText(
            f"共 {self.plan.wanted} 户，最久的排在最前面；本次安排 {planned} 户{rest}。已扣除每人手上到期的工作。"
        )
        self.make_button.setEnabled(planned > 0)
        self.show_doors()

    def show_doors(self) -> None:
        """The doors of the cell one stands on."""
        cell = self.table.cell()
        if cell is None:
            self.list.show_doors("", [])
            return
        staff, day = cell
        doors = self.cells.get(cell, [])
        self.list.show_doors(f"{self.names[staff]} {day.month}月{day.day}日 {len(doors)} 户", doors)

    def _cut(self, cell: Cell, number: int) -> None:
        """A smaller figure was typed: the last doors of the day are left for later."""
        doors = self.cells.get(cell, [])
        self.cells[cell] = doors[:number]
        self._fill()

    def step(self, across: int, down: int) -> None:
        """Alt and an arrow: the chosen doors to the day before or after, to the worker above or below."""
        cell = self.table.cell()
        if cell is not None:
            target = self.table.beside(cell, across, down)
            if target is not None:
                self.move_to(target)

    def move_to(self, target: Cell) -> None:
        """Move the chosen doors to another worker or day; the next one is then chosen."""
        source = self.table.cell()
        chosen = self.list.chosen()
        if source is None or not chosen or source == target:
            return
        dialogs.guarded(self, lambda: self._move(source, target, chosen))

    def _move(self, source: Cell, target: Cell, chosen: list[Unmet]) -> None:
        there = self.cells.get(target, [])
        if len(there) + len(chosen) > rounds.MOST:
            raise OfficeError(
                f"{self.names[target[0]]}{target[1].month}月{target[1].day}日已经有 {len(there)} 户，放不下了",
                safe="安排没有改动",
                do=f"一天最多 {rounds.MOST} 户，请换一天或换个人",
            )
        place = self.list.list.currentRow()
        self.cells[source] = [door for door in self.cells.get(source, []) if door not in chosen]
        self.cells[target] = sorted(
            [*there, *chosen], key=lambda one: (one.unit_id, lane_key(one.address), one.kind, one.id)
        )
        self._fill()
        self.list.choose(place)

    def chosen(self) -> list[Day]:
        """The days of the plan as they stand now."""
        days: list[date] = list(self.plan.working) if self.plan else []
        found = [
            Day(staff, self.names[staff], day, tuple(self.cells.get((staff, day), ())))
            for day in days
            for staff in self.names
        ]
        return [one for one in found if one.doors]

    def make(self) -> None:
        """Make the route sheets."""

        def run() -> None:
            self.made = never.sheets(self.office, self.chosen())

        if dialogs.guarded(self, run) and self.made:
            self.accept()
