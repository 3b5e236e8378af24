"""The settings' section 督办级别: the rungs of the ladder and their days late, rehearsed before they are saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit

from gridoffice.core.errors import OfficeError
from gridoffice.modules.office import ladder
from gridoffice.modules.office.ladder import Step
from gridoffice.modules.office.page_section import Section
from gridoffice.ui.panel import Panel, button, clear, label, row
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.page import Page


class LadderSection(Section):
    """A line for each rung: name, working days late, how many cases are on it."""

    key, title, icon = "ladder", "督办级别", "cases"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        panel = Panel("督办级别")
        note = "逾期到了天数，事项页会建议督办；由谁督办、督办到哪一级，还是由您决定。从轻到重往下排。"
        panel.body.addWidget(label(note, "quiet", wrap=True))
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.px(12))
        self.grid.setVerticalSpacing(theme.px(8))
        self.lines: list[tuple[Step, QLineEdit, QLineEdit]] = []
        panel.body.addLayout(self.grid)
        self.told = label("", "notice", wrap=True)
        self.told.hide()
        panel.body.addWidget(self.told)
        self.save_button = button("保存", self.save, kind="primary")
        self.try_button = button("先看看会怎样", self.rehearse)
        self.add_button = button("增加一级", self.add, icon="add")
        panel.body.addSpacing(theme.px(8))
        panel.body.addLayout(
            row(self.save_button, self.try_button, self.add_button, button("恢复原样", self.refresh), 1)
        )
        panel.body.addStretch(1)
        self.body.addWidget(panel)

    def refresh(self) -> None:
        """Show what is kept."""
        self._show(ladder.rungs(self.office))
        self.told.hide()

    def _show(self, steps: list[Step]) -> None:
        clear(self.grid)
        self.lines = []
        for place, words in enumerate(("级别", "逾期工作日", "正在督办"), 0):
            self.grid.addWidget(label(words, "quiet"), 0, place)
        for line, step in enumerate(steps, 1):
            name, days = QLineEdit(step.title), QLineEdit(str(step.late) if step.late else "")
            name.setFixedWidth(theme.px(190))
            name.setAccessibleName(f"第 {line} 级名称")
            days.setFixedWidth(theme.px(60))
            days.setValidator(QIntValidator(1, ladder.DAYS, days))
            days.setAlignment(Qt.AlignmentFlag.AlignRight)
            days.setAccessibleName(f"第 {line} 级，逾期几个工作日起建议")
            drop = button("删除", lambda line=line: self.drop(line - 1))
            drop.setAccessibleName(f"删除第 {line} 级")
            self.grid.addWidget(name, line, 0)
            self.grid.addWidget(days, line, 1)
            self.grid.addWidget(label(f"{step.used} 件" if step.used else "没有", "quiet"), line, 2)
            self.grid.addWidget(drop, line, 3)
            self.lines.append((step, name, days))
        self.grid.setColumnStretch(4, 1)

    def given(self) -> list[Step]:
        """The rungs as they stand in the boxes."""
        return [
            Step(step.rank, name.text().strip(), int(days.text() or 0), step.used) for step, name, days in self.lines
        ]

    def add(self) -> None:
        """A line more at the end."""
        steps = self.given()
        self._show([*steps, Step(0, "", (steps[-1].late + 2) if steps else 1)])
        self.lines[-1][1].setFocus()

    def drop(self, place: int) -> None:
        """Take a line out; nothing is kept before 保存."""
        steps = self.given()
        del steps[place]
        self._show(steps)
        if self.lines:
            self.lines[min(place, len(self.lines) - 1)][1].setFocus()

    def rehearse(self) -> bool:
        """Say what the change would do, and change nothing; False when it is refused."""
        try:
            self.told.setText(ladder.rehearse(self.office, self.given()))
        except OfficeError as error:
            self.told.setText(error.sentence)
            self.told.show()
            return False
        self.told.show()
        return True

    def save(self) -> None:
        """Keep the ladder."""
        try:
            ladder.save(self.office, self.given())
        except OfficeError as error:
            self.told.setText(error.sentence)
            self.told.show()
            return
        self.main.say("督办级别已保存", undo=True)
        self.refresh()
