"""看板: cases in columns by state; a card dragged (or moved by Ctrl and an arrow) opens the lawful verb's dialog."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.modules.cases import glance
from gridoffice.modules.cases.glance import Stack
from gridoffice.modules.cases.page_cards import MIME, CaseCard
from gridoffice.ui import dialogs
from gridoffice.ui.panel import button, clear, label, row, scrolling
from gridoffice.ui.theme import theme

LEAST = 152


class ColumnFrame(QFrame):
    """A column that takes dropped cards; `dropped` tells case and column."""

    dropped = Signal(int, str)

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.setObjectName("boardcolumn")
        self.setAcceptDrops(True)
        self.setMinimumWidth(theme.px(LEAST))
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(*[theme.px(6)] * 4)
        self.light(False)

    def light(self, is_over: bool) -> None:
        """Show that a card would be dropped here."""
        colours = theme.colours
        edge = f"2px solid {colours.brand}" if is_over else f"1px solid {colours.line}"
        self.setStyleSheet(
            f"QFrame#boardcolumn {{ background: {colours.window}; border: {edge}; border-radius: {theme.px(8)}px }}"
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take cards only."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
            self.light(True)

    def dragLeaveEvent(self, event: Any) -> None:
        """The card went on."""
        self.light(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """A card came; its dialog opens when the drag is over."""
        self.light(False)
        number = int(bytes(event.mimeData().data(MIME).data()).decode())
        event.acceptProposedAction()
        QTimer.singleShot(0, lambda: self.dropped.emit(number, self.key))


class Board(QWidget):
    """`opened` and `chosen` tell a case, `stepped` verb and case, `listed` the states of a column with more cards."""

    opened = Signal(int)
    chosen = Signal(int)
    stepped = Signal(str, int)
    listed = Signal(str)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.filters: tuple[tuple[str, Any], ...] = ()
        self.cards: dict[str, list[CaseCard]] = {}
        self.frames: dict[str, ColumnFrame] = {}
        holder = QWidget()
        self.line = QHBoxLayout(holder)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(theme.px(8))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setWidget(holder)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self.area)

    def reload(self) -> None:
        """Read the board anew; the focus stays on its card, wherever that went."""
        focused = next((card.card.id for cards in self.cards.values() for card in cards if card.hasFocus()), None)
        clear(self.line)
        self.cards.clear()
        self.frames.clear()
        for stack in glance.board(self.office, self.filters):
            self.line.addWidget(self._column(stack), 1)
        if focused is not None:
            self.choose(focused)

    def _column(self, stack: Stack) -> QWidget:
        frame = ColumnFrame(stack.key)
        frame.dropped.connect(self.lead)
        frame.setAccessibleName(f"{stack.title} {stack.number} 件")
        self.frames[stack.key] = frame
        title = label(f"{stack.title} {stack.number}", "heading")
        frame.inside.addLayout(row(title, 1))
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, theme.px(4), 0)
        inside.setSpacing(theme.px(6))
        made = []
        for one in stack.cards:
            card = CaseCard(one, is_moved=True)
            card.opened.connect(self.opened)
            card.chosen.connect(self.chosen)
            card.moved.connect(lambda number, by, key=stack.key: self._beside(number, key, by))
            card.stepped.connect(lambda across, down, card=card, key=stack.key: self._go(card, key, across, down))
            inside.addWidget(card)
            made.append(card)
        self.cards[stack.key] = made
        if stack.number > len(stack.cards):
            more = f"还有 {stack.number - len(stack.cards)} 件，看列表"
            inside.addWidget(button(more, lambda: self.listed.emit(stack.key), kind="link"))
        if not stack.cards:
            inside.addWidget(label("没有事项", "quiet"))
        inside.addStretch(1)
        frame.inside.addWidget(scrolling(holder), 1)
        return frame

    def choose(self, case_id: int) -> None:
        """Put the focus on a case's card."""
        for card in (card for cards in self.cards.values() for card in cards):
            if card.card.id == case_id:
                card.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        """Put the focus on the first card."""
        first = next((cards[0] for cards in self.cards.values() if cards), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _go(self, card: CaseCard, key: str, across: int, down: int) -> None:
        place = self.cards[key].index(card)
        wanted = key
        while across and (wanted := glance.beside(wanted, across)) and not self.cards.get(wanted):
            pass
        cards = self.cards.get(wanted or key, [])
        if cards:
            cards[min(max(place + down, 0), len(cards) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _beside(self, case_id: int, key: str, by: int) -> None:
        wanted = glance.beside(key, by)
        if wanted:
            self.lead(case_id, wanted)

    def lead(self, case_id: int, column: str) -> None:
        """Lead a case into a column by its lawful verb, or say why it cannot go there."""
        found = glance.way(self.office, case_id, column)
        if found.verb:
            self.stepped.emit(found.verb, case_id)
        elif found.sentence:
            dialogs.tell(self, "这样移动不行", found.sentence)
