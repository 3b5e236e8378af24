"""A figure tile: a big number and what it counts; clicked, it opens its list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from gridoffice.ui.panel import label
from gridoffice.ui.theme import theme


class Figure(QPushButton):
    """A number with its word; tone late, soon or done colours the number."""

    def __init__(self, title: str, number: str | int, tone: str = "", run: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.setObjectName("figure")
        body = QVBoxLayout(self)
        body.setContentsMargins(theme.px(14), theme.px(8), theme.px(14), theme.px(8))
        body.setSpacing(0)
        shown = f"{number:,}" if isinstance(number, int) else number
        self.number = label(shown, "big")
        self.word = label(title, "quiet")
        if tone in ("late", "soon", "done"):
            self.number.setStyleSheet(f"color: {theme.colours.tone(tone)[0]}")
        for widget in (self.number, self.word):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            widget.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            body.addWidget(widget)
        self.setMinimumWidth(theme.px(104))
        self.setAccessibleName(f"{title} {shown}")
        if run is None:
            self.setEnabled(True)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        else:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(lambda: run())


def holder(*figures: Figure) -> QWidget:
    """Figure tiles side by side, equally wide."""
    from gridoffice.ui.panel import row

    made = QWidget()
    made.setLayout(row(*figures, spacing=12))
    return made
