"""A part of the tab 文书 that fills it: its widget, and what the tab's standard keys do while it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.ui.panel import button
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


LEAST = 330  # width of the middle (at 100 %) below which the side is folded away


class Part(QWidget):
    """A part. `side` is folded away where there is no room for it, and opened by a button."""

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__()
        self.office, self.main = office, window
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(theme.px(12))
        self.side: QWidget | None = None
        self.middle: QWidget | None = None
        self.opener = button("详情", self._toggle, kind="chip")
        self.opener.hide()
        self._is_open = False

    def beside(self, middle: QWidget, side: QWidget, width: int) -> None:
        """Lay out the middle, which takes the room, and a side of a width (at 100 %)."""
        self.middle, self.side = middle, side
        side.setFixedWidth(max(theme.px(min(width, width * 100 // theme.zoom + 60)), side.minimumSizeHint().width()))
        self.line.addWidget(middle, 1)
        self.line.addWidget(side)

    def _toggle(self) -> None:
        self._is_open = not self._is_open
        self.fold()

    def fold(self) -> None:
        """Show middle and side where both have room, else one of them."""
        if self.side is None or self.middle is None:
            return
        items = (self.line.itemAt(place) for place in range(self.line.count()))
        others = [one.widget() for one in items if one is not None]
        left = sum(one.width() + self.line.spacing() for one in others if one not in (self.middle, self.side, None))
        need = self.side.width() + max(self.middle.minimumSizeHint().width(), theme.px(LEAST))
        is_wide = self.width() >= left + need + self.line.spacing()
        self.opener.setVisible(not is_wide and self.isVisible())
        self.opener.setText("返回" if self._is_open else "详情")
        self.side.setVisible(is_wide or self._is_open)
        self.middle.setVisible(is_wide or not self._is_open)

    def resizeEvent(self, event: Any) -> None:
        """Fold the side away where there is no room."""
        super().resizeEvent(event)
        self.fold()

    def showEvent(self, event: Any) -> None:
        """What was laid out while hidden is folded for the room there is."""
        super().showEvent(event)
        self.fold()

    def refresh(self) -> None:
        """Something was committed that this part shows."""

    def print_page(self) -> None:
        """Ctrl+P."""

    def find_in_list(self) -> None:
        """Ctrl+F."""

    def is_ready(self) -> bool:
        """Whether everything shown is drawn."""
        return True
