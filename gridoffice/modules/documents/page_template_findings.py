"""What is wrong with a template, under the text: a line for each, with the step that mends it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gridoffice.modules.documents.template_check import UNKNOWN, Finding
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme

LINES = 3


class Findings(QWidget):
    """The findings; `led` asks to show one's place, `fixed` (word, other) and `asked` (word) to mend it."""

    led = Signal(str, int, str)
    fixed = Signal(str, str)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(4))
        self.findings: list[Finding] = []
        self.list = QListWidget()
        self.list.setAccessibleName("要改的地方")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentRowChanged.connect(lambda _place: self._tell())
        self.list.itemClicked.connect(lambda item: self._lead(self.list.row(item)))
        self.list.itemActivated.connect(lambda item: self._lead(self.list.row(item)))
        self.fix_button = button("改正", self._fix, kind="link")
        self.ask_button = button("设为制作时填写", self._ask, kind="link")
        self.state = label("", "quiet")
        body.addWidget(self.list)
        body.addLayout(row(self.fix_button, self.ask_button, 1, self.state))

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what was found, the first one chosen."""
        self.findings = list(findings)
        self.list.clear()
        for one in self.findings:
            item = QListWidgetItem(f"{'✕' if one.is_bad else '！'} {one.words}")
            item.setForeground(QBrush(QColor(theme.colours.tone("late" if one.is_bad else "soon")[0])))
            item.setToolTip(one.words)
            item.setSizeHint(QSize(0, theme.px(24)))
            self.list.addItem(item)
        self.list.setFixedHeight(theme.px(24) * min(len(self.findings), LINES) + theme.px(4))
        self.list.setVisible(bool(self.findings))
        self._tell()

    def chosen(self) -> Finding | None:
        """The chosen finding, else the first."""
        place = self.list.currentRow()
        if 0 <= place < len(self.findings):
            return self.findings[place]
        return self.findings[0] if self.findings else None

    def _tell(self) -> None:
        one = self.chosen()
        self.fix_button.setVisible(one is not None and bool(one.offer))
        self.ask_button.setVisible(one is not None and UNKNOWN in one.what)
        if one is not None and one.offer:
            self.fix_button.setText(f"改成 {{{one.offer}}}")

    def _lead(self, place: int) -> None:
        one = self.findings[place]
        self.led.emit(one.field, one.line, f"{{{one.word}}}" if UNKNOWN in one.what else one.word)

    def _fix(self) -> None:
        one = self.chosen()
        if one is not None and one.offer:
            self.fixed.emit(one.word, one.offer)

    def _ask(self) -> None:
        one = self.chosen()
        if one is not None and one.word:
            self.asked.emit(one.word)
