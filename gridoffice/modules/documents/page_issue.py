"""Before a paper gets its number: what should be known, the printer, and then it is issued and printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gridoffice.modules.documents.lacking import Lack
from gridoffice.modules.documents.page_notes import Notes
from gridoffice.papers.preview import PageSize
from gridoffice.ui.panel import button, label, row, scrolling
from gridoffice.ui.paper_print import PrintPanel
from gridoffice.ui.theme import theme

PRINT, SAVE = 2, 3
"""How the dialog ends: print it, or save it as a file instead."""


class IssueDialog(QDialog):
    """Asks how to print a paper that has no number yet; nothing is issued before 编号并打印."""

    def __init__(
        self, parent: QWidget, title: str, sizes: Sequence[PageSize], lacks: Sequence[Lack],
        open_person: Callable[[int], object], *, is_signed: bool,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle("打印文书")
        word = "签章、编号" if is_signed else "编号"
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(18)] * 4)
        body.setSpacing(theme.px(8))
        body.addWidget(label(title, "heading", wrap=True))
        body.addWidget(label(f"打印时{word}并记入文书登记。", "quiet", wrap=True))
        self._open_person = open_person
        self.notes = Notes(self._leave_for)
        self.notes.show_notes(lacks)
        self.printer = PrintPanel()
        self.printer.show_sizes(sizes)
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(0, 0, theme.px(6), 0)
        inner.addWidget(self.notes)
        inner.addWidget(self.printer)
        inner.addStretch(1)
        body.addWidget(scrolling(holder), 1)
        self.print_button = button(f"{word}并打印", lambda: self.done(PRINT), kind="primary")
        self.save_button = button("改为存成 PDF…", lambda: self.done(SAVE), icon="export")
        body.addLayout(row(button("取消", self.reject), 1, self.save_button, self.print_button))
        self.print_button.setDefault(True)
        self.printer.changed.connect(self._able)
        self._able()
        high = min(theme.px(620), self.screen().availableSize().height() - theme.px(60))
        self.resize(theme.px(460), high)

    def _leave_for(self, staff_id: int) -> None:
        self.reject()
        self._open_person(staff_id)

    def _able(self) -> None:
        self.print_button.setEnabled(not self.printer.problem)

    def showEvent(self, event: object) -> None:
        """Look for printers again."""
        super().showEvent(event)  # type: ignore[arg-type]
        QTimer.singleShot(0, self.printer.look)
