"""What should be known before printing, as lines with a button to the person whose card mends it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from gridoffice.modules.documents.lacking import Lack
from gridoffice.ui.flow import Flow
from gridoffice.ui.panel import button, clear, label
from gridoffice.ui.theme import theme

SHOWN = 8  # persons named by buttons under one note


class Notes(QFrame):
    """The notes; hidden when there is none."""

    def __init__(self, open_person: Callable[[int], object]) -> None:
        super().__init__()
        self._open = open_person
        self._text = ""
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(4))
        self.hide()

    def show_notes(self, lacks: Sequence[Lack]) -> None:
        """Show other notes."""
        self._text = "\n".join(one.text for one in lacks)
        clear(self.body)
        self.setVisible(bool(lacks))
        if not lacks:
            return
        self.body.addWidget(label("印之前请看", "quiet"))
        people: list[Lack] = []
        for one in (*lacks, Lack("")):
            if one.staff_id is not None:
                people.append(one)
                continue
            if people:
                self.body.addWidget(self._people(people))
                people = []
            if one.text:
                self.body.addWidget(label(one.text, "notice", wrap=True))

    def text(self) -> str:
        """All notes as lines."""
        return self._text

    def _people(self, people: Sequence[Lack]) -> QWidget:
        holder = QWidget()
        flow = Flow(holder)
        for one in people[:SHOWN]:
            made = button(f"{one.text} ›", lambda one=one: self._open(one.staff_id or 0), kind="link")
            made.setToolTip("打开人员卡，补好再印")
            flow.addWidget(made)
        if len(people) > SHOWN:
            flow.addWidget(label(f"等 {len(people)} 人", "quiet"))
        return holder
