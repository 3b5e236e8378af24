"""The settings' section 事项时限: the limit of each clock for each handling kind, rehearsed before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.domain.work import CLOCKS
from gridoffice.modules.office import limits
from gridoffice.modules.office.page_section import Section
from gridoffice.ui import dialogs
from gridoffice.ui.panel import Panel, button, label, row
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.domain.retime import Rehearsal
    from gridoffice.ui.page import Page

UNITS = (("d", "个工作日"), ("m", "分钟"))
SHOWN_DAYS = 6
"""Coming days whose load a rehearsal tells."""


class LimitBox(QWidget):
    """A number and its unit: 5 个工作日, 30 分钟; 0 working days is the same day."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.number, self.unit = QLineEdit(), QComboBox()
        self.number.setValidator(QIntValidator(0, 999, self))
        self.number.setFixedWidth(theme.px(52))
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setAccessibleName(f"{name}时限")
        self.number.setToolTip("0 个工作日就是当天")
        self.unit.setAccessibleName(f"{name}时限的单位")
        for key, word in UNITS:
            self.unit.addItem(word, key)
        self.setLayout(row(self.number, self.unit, spacing=4))

    def put(self, text: str) -> None:
        """Show a limit as `Limit.read` takes it."""
        self.number.setText(text[:-1])
        self.unit.setCurrentIndex([key for key, _word in UNITS].index(text[-1]))

    def text(self) -> str:
        """The limit as `Limit.read` takes it."""
        return f"{self.number.text().strip()}{self.unit.currentData()}"


class LimitsSection(Section):
    """Limits of the closed loop."""

    key, title, icon = "limits", "事项时限", "cases"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        panel = Panel("事项时限")
        note = "各步从上一步办完的第二个工作日起算，最后一天的下班时间到期；0 个工作日就是当天。"
        note += "按分钟的从当时起算，夜里和周末也走。"
        panel.body.addWidget(label(note, "quiet", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(20))
        grid.setVerticalSpacing(theme.px(10))
        for place, words in enumerate(CLOCKS.values(), 1):
            grid.addWidget(label(words, "quiet"), 0, place)
        self.boxes: dict[tuple[str, str], LimitBox] = {}
        for line, kind in enumerate(limits.kinds(self.office), 1):
            name = label(kind.title)
            name.setToolTip(kind.help)
            grid.addWidget(name, line, 0)
            for place, clock in enumerate(CLOCKS, 1):
                box = LimitBox(f"{kind.title}{CLOCKS[clock]}")
                self.boxes[kind.key, clock] = box
                grid.addWidget(box, line, place)
        grid.setColumnStretch(len(CLOCKS) + 1, 1)
        panel.body.addLayout(grid)
        self.end = QLineEdit()
        self.end.setFixedWidth(theme.px(80))
        self.end.setAccessibleName("下班时间")
        panel.body.addLayout(row(label("下班时间"), self.end, label("到期那天算到这个时间", "quiet"), 1))
        self.told = label("", "notice", wrap=True)
        self.told.hide()
        panel.body.addWidget(self.told)
        self.try_button = button("先看看会怎样", self.rehearse)
        self.save_button = button("保存", self.save, kind="primary")
        panel.body.addSpacing(theme.px(8))
        panel.body.addLayout(row(self.save_button, self.try_button, button("恢复原样", self.refresh), 1))
        panel.body.addStretch(1)
        self.body.addWidget(panel)

    def refresh(self) -> None:
        """Show what is kept."""
        for kind in limits.kinds(self.office):
            for clock, text in kind.limits.items():
                self.boxes[kind.key, clock].put(text)
        self.end.setText(limits.day_end(self.office))
        self.told.hide()

    def _given(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for (kind, clock), box in self.boxes.items():
            found.setdefault(kind, {})[clock] = box.text()
        return found

    def rehearse(self) -> None:
        """Say what the change would do, and change nothing."""
        try:
            found = limits.rehearse_limits(self.office, self._given(), self.end.text())
        except OfficeError as error:
            self._tell(error.sentence)
            return
        self._tell(words(found))

    def save(self) -> None:
        """Keep the limits; where running clocks would move, ask whether they shall."""
        try:
            found = limits.rehearse_limits(self.office, self._given(), self.end.text())
        except OfficeError as error:
            self._tell(error.sentence)
            return
        running = True
        if found.shifts:
            answers = ["正在办的也按新规定", "只管以后的", "取消"]
            choice = dialogs.ask(self, "正在办的事项怎么算？", words(found), answers)
            if choice not in (0, 1):
                return
            running = choice == 0
        given, end = self._given(), self.end.text()
        if dialogs.guarded(self, lambda: limits.save_limits(self.office, given, end, running=running)):
            self.main.say("事项时限已保存", undo=True)
            self.refresh()

    def _tell(self, text: str) -> None:
        self.told.setText(text)
        self.told.show()


def words(found: Rehearsal) -> str:
    """A rehearsal in words, with the load of the coming days."""
    days = [f"{day.month}月{day.day}日 {number} 件" for day, number in found.load[:SHOWN_DAYS]]
    return found.sentence + (f"之后到期：{'，'.join(days)}。" if days and found.shifts else "")
