"""Panels, headings, lines and rows: the plain blocks of every page."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gridoffice.ui.mask import Push, Words
from gridoffice.ui.theme import theme


class Panel(QFrame):
    """A white card with a hairline and round corners; put things into `body`."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*[theme.px(14)] * 4)
        self.body.setSpacing(theme.px(8))
        self.head = QHBoxLayout()
        if title:
            self.head.addWidget(label(title, "heading"))
            self.head.addStretch(1)
            self.body.addLayout(self.head)


def label(text: str, kind: str = "", *, wrap: bool = False) -> QLabel:
    """A label in one of the style sheet's kinds: title, heading, quiet, big, late, notice, good, bad …"""
    made = Words(text)
    if kind:
        made.setObjectName(kind)
    made.setWordWrap(wrap)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def line() -> QFrame:
    """A hairline across."""
    made = QFrame()
    made.setObjectName("line")
    made.setFixedHeight(1)
    return made


def button(text: str, run: object = None, *, kind: str = "", shortcut: str = "", icon: str = "") -> QPushButton:
    """A push button; `kind` primary, danger, link or plain; the shortcut stands in its tip."""
    made = Push(text)
    if kind:
        made.setObjectName(kind)
    if shortcut:
        made.setShortcut(shortcut)
        made.setToolTip(f"{text}（{shortcut}）")
    if icon:
        from gridoffice.ui.icons import icon as load

        made.setIcon(load(icon))
    if callable(run):
        made.clicked.connect(lambda: run())
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    return made


def own_key(widget: QWidget, keys: QKeySequence, run: Callable[[], object]) -> None:
    """A key that counts only while the widget itself has the focus."""
    made = QShortcut(keys, widget)
    made.setContext(Qt.ShortcutContext.WidgetShortcut)  # given to QShortcut() beside a callable, PySide drops it
    made.activated.connect(run)


def row(*items: QWidget | QLayout | int, spacing: int = 8) -> QHBoxLayout:
    """Things beside each other; an int is a stretch of that weight."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(theme.px(spacing))
    for item in items:
        if isinstance(item, int):
            made.addStretch(item)
        elif isinstance(item, QLayout):
            made.addLayout(item)
        else:
            made.addWidget(item)
    return made


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            continue
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            # Hidden first: a layout shows new widgets a moment later, and one without a parent would be a window.
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def scrolling(widget: QWidget) -> QScrollArea:
    """A widget that scrolls up and down when it is too high."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(widget)
    return area
