"""What stands where a list is empty: what it is for and what to do first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gridoffice.ui.icons import pixmap
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme


class Empty(QWidget):
    """A quiet picture, one sentence, and up to two buttons."""

    def __init__(
        self, icon: str, title: str, text: str = "", actions: tuple[tuple[str, Callable[[], object]], ...] = ()
    ) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        body.addStretch(1)
        picture = QLabel()
        picture.setPixmap(pixmap(icon, theme.colours.quiet, theme.px(48)))
        for widget in (picture, label(title, "heading"), label(text, "quiet", wrap=True)):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            body.addWidget(widget)
        if actions:
            made = [
                button(word, run, kind="primary" if place == 0 else "") for place, (word, run) in enumerate(actions)
            ]
            body.addSpacing(theme.px(8))
            body.addLayout(row(1, *made, 1))
        body.addStretch(2)
