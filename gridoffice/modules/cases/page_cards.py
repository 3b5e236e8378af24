"""A case on a card: its light in sign and word, title, grid, handler; opened by Enter, dragged by the mouse."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout

from gridoffice.modules.cases.glance import Card
from gridoffice.ui.panel import label, row
from gridoffice.ui.pill import parts, pill
from gridoffice.ui.theme import theme

MIME = "application/x-gridoffice-case"
LONGEST = 44
"""Letters of a title on a card; the rest is read in the tip and on the case's page."""


class CaseCard(QFrame):
    """`opened` tells Enter or a double click, `moved` Ctrl+← and Ctrl+→ (-1, 1), `stepped` an arrow."""

    opened = Signal(int)
    moved = Signal(int, int)
    stepped = Signal(int, int)
    chosen = Signal(int)

    def __init__(self, card: Card, *, is_moved: bool = False) -> None:
        super().__init__()
        self.card, self.is_moved = card, is_moved
        self._from: QPoint | None = None
        self.setObjectName("casecard")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(8)] * 4)
        body.setSpacing(theme.px(3))
        title = card.title if len(card.title) <= LONGEST else f"{card.title[:LONGEST]}…"
        body.addWidget(label(title, wrap=True))
        body.addLayout(row(pill(card.standing), 1))
        told = " · ".join(filter(None, (card.unit, card.handler)))
        body.addWidget(label(told, "quiet", wrap=True))
        if card.note:
            body.addLayout(row(pill(f"late|{card.note}"), 1))
        for child in self.findChildren(type(label(""))):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        words = parts(card.standing)[1]
        self.setAccessibleName("，".join(filter(None, (card.title, words, card.unit, card.handler, card.note))))
        whole = f"{card.title}\n" if title != card.title else ""
        self.setToolTip(f"{whole}{card.number}（Enter 打开{'，Ctrl+←、Ctrl+→ 办到旁边一列' if is_moved else ''}）")
        colours = theme.colours
        edge = colours.tone(parts(card.standing)[0])[0] if parts(card.standing)[0] in ("late", "soon") else colours.line
        self.setStyleSheet(
            f"QFrame#casecard {{ background: {colours.panel}; border: 1px solid {colours.line};"
            f" border-left: {theme.px(4)}px solid {edge}; border-radius: {theme.px(6)}px }}"
            f"QFrame#casecard:focus {{ border: 2px solid {colours.brand}; border-left: {theme.px(4)}px solid {edge} }}"
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, arrows go to the next card, with Ctrl they move this one."""
        arrows = {
            Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)
        }  # fmt: skip
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.card.id)
        elif event.key() in arrows:
            across, down = arrows[Qt.Key(event.key())]
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and across and self.is_moved:
                self.moved.emit(self.card.id, across)
            else:
                self.stepped.emit(across, down)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        """A card with the focus is the chosen case."""
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.chosen.emit(self.card.id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag may begin."""
        self._from = event.position().toPoint()
        self.setFocus()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the card."""
        if self._from is None or not self.is_moved:
            return
        far = (event.position().toPoint() - self._from).manhattanLength()
        if far < QApplication.startDragDistance():
            return
        drag, data = QDrag(self), QMimeData()
        data.setData(MIME, str(self.card.id).encode())
        drag.setMimeData(data)
        drag.setPixmap(self.grab())
        drag.setHotSpot(self._from)
        self._from = None
        drag.exec(Qt.DropAction.MoveAction)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Open the case."""
        self.opened.emit(self.card.id)
