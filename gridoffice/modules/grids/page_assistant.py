"""The frame of the assistants that redraw the tree: steps, a problem told in its place, back, on, do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QStackedWidget, QVBoxLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.modules.grids import redraw, rehearsal
from gridoffice.modules.grids.page_rehearsal import RehearsalView
from gridoffice.modules.grids.redraw import Redrawing
from gridoffice.ui import dialogs
from gridoffice.ui.fields import DayInput, Field
from gridoffice.ui.panel import button, label, row, scrolling
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.modules.grids.page import GridsPage

SIZE = (1060, 680)


class Assistant(QDialog):
    """Steps of which the last is the rehearsal; `made` holds the ids of the units that stand afterwards."""

    verb = "执行"

    def __init__(self, page: GridsPage, title: str, steps: Sequence[str]) -> None:
        super().__init__(page)
        self.page, self.office = page, page.office
        self.made: list[int] = []
        self.setWindowTitle(title)
        self.steps = [*steps, "核对"]
        self.stack = QStackedWidget()
        self.marks: list[QLabel] = [label(f"{n} {text}", "quiet") for n, text in enumerate(self.steps, 1)]
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        self.view = RehearsalView()
        self.back_button = button("上一步", self.back)
        self.next_button = button("下一步", self.on, kind="primary")
        self.next_button.setDefault(True)
        self.cancel_button = button("取消", self.reject)
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(10))
        body.addWidget(label(title, "title", wrap=True))
        body.addLayout(row(*self.marks, 1, spacing=20))
        body.addWidget(self.stack, 1)
        body.addWidget(self.problem)
        body.addLayout(row(1, self.cancel_button, self.back_button, self.next_button))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.on)
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(SIZE[0]), room.width() - 40), min(theme.px(SIZE[1]), room.height() - 60))

    def add_step(self, widget: QWidget, *, scrolls: bool = True) -> None:
        """Put the next step in."""
        self.stack.addWidget(scrolling(widget) if scrolls else widget)

    def begin(self) -> None:
        """Put the rehearsal behind the steps and show the first."""
        self.stack.addWidget(self.view)
        self._show(0)

    def _show(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        for number, mark in enumerate(self.marks):
            mark.setObjectName("heading" if number == place else "quiet")
            mark.style().polish(mark)
        self.back_button.setEnabled(place > 0)
        self.next_button.setText(self.verb if place == len(self.steps) - 1 else "下一步")
        self._tell("")
        first = self.view if place == len(self.steps) - 1 else self.first(place)
        if first is not None:
            first.setFocus()

    def first(self, place: int) -> QWidget | None:
        """Where typing goes in a step."""
        return None

    def _tell(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def back(self) -> None:
        """One step back."""
        self._show(max(0, self.stack.currentIndex() - 1))

    def on(self) -> None:
        """One step on, the last one does it; what is wrong is told and the step stays."""
        place = self.stack.currentIndex()
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._step(place)
        except OfficeError as error:
            self._tell(error.sentence)
        except ValueError as error:
            self._tell(f"{error}。")
        except Exception as error:
            dialogs.error(error, self)
        finally:
            QApplication.restoreOverrideCursor()

    def _step(self, place: int) -> None:
        if place == len(self.steps) - 1:
            self.made = self.do()
            self.accept()
            return
        self.leave(place)
        if place == len(self.steps) - 2:
            self.rehearse()
        self._show(place + 1)

    def leave(self, place: int) -> None:
        """Make the next step ready from what stands in this one; raises OfficeError to stay."""

    def wanted(self) -> Redrawing:
        """What is wanted as it stands in the steps."""
        raise NotImplementedError

    def rehearse(self) -> None:
        """Show the rehearsal; raises OfficeError when it cannot be."""
        self.view.show_redrawing(rehearsal.rehearse(self.office, self.wanted()))

    def do(self) -> list[int]:
        """Do it; the units that stand afterwards."""
        return redraw.carry_out(self.office, self.wanted())


def day_input(today: date) -> DayInput:
    """The field for the first day of the new tree."""
    made = DayInput(Field("day", "从哪天起", "date", required=True, help="默认今天"))
    made.put(today)
    made.setMaximumWidth(theme.px(200))
    return made
