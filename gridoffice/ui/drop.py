"""A panel that drops down from a button or box inside the window: no window of its own, so input methods work in it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QGraphicsDropShadowEffect, QVBoxLayout, QWidget

from gridoffice.ui.theme import theme


class Drop(QFrame):
    """Opens under its anchor, closes on Esc or when the focus goes elsewhere, and gives the focus back."""

    def __init__(self, window: QWidget, anchor: QWidget, wide: int) -> None:
        super().__init__(window)
        self.anchor, self._wide, self._window = anchor, wide, window
        self._before: QWidget | None = None
        self.setObjectName("panel")
        self.setAutoFillBackground(True)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 4)
        self.setGraphicsEffect(shadow)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*[theme.px(12)] * 4)
        self.body.setSpacing(theme.px(8))
        self.hide()
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)
        window.installEventFilter(self)

    def drop(self) -> None:
        """Open, or close when it is open."""
        if self.isVisible():
            self.leave()
            return
        self._before = QApplication.focusWidget()
        self.begin()
        self.place()
        self.show()
        self.raise_()
        self.first().setFocus()

    def begin(self) -> None:
        """Fill what is shown; called each time it opens."""

    def first(self) -> QWidget:
        """What gets the focus."""
        return self

    def place(self) -> None:
        """Stand under the anchor, inside the window."""
        window = self._window
        wide = min(theme.px(self._wide), window.width() - 2 * theme.px(8))
        at = self.anchor.mapTo(window, QPoint(self.anchor.width() - wide, self.anchor.height() + theme.px(4)))
        left = max(theme.px(8), min(at.x(), window.width() - wide - theme.px(8)))
        room = window.height() - at.y() - theme.px(8)
        layout = self.layout()
        needed = layout.heightForWidth(wide) if layout is not None and layout.hasHeightForWidth() else 0
        high = min(max(needed, self.sizeHint().height()), room)
        self.setGeometry(left, at.y(), wide, high)

    def leave(self) -> None:
        """Close and give the focus back to where it was."""
        self.hide()
        before = self._before
        if before is not None and before.isVisible():
            before.setFocus()

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self.isVisible() and new is not None and new is not self.anchor and not self.holds(new):
            self.hide()

    def holds(self, widget: QWidget) -> bool:
        """Whether a widget is part of this panel."""
        return widget is self or self.isAncestorOf(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay under the anchor when the window's size changes."""
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget() and self.isVisible():
            self.place()
        return False

    def event(self, event: QEvent) -> bool:
        """Esc is the panel's own while it is open, whatever the window does with it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: Any) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)
