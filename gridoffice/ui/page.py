"""The base of every tab: it knows the office and the window, and refreshes when what it shows was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from gridoffice.core.module import Command
from gridoffice.db.office import Office
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

FOLD_WIDTH = 1180
"""Under this width (at 100 %) the right pane folds away."""


class Page(QWidget):
    """A tab. Subclasses name their `tables`, build themselves in `__init__` and reload in `refresh`."""

    tables: frozenset[str] = frozenset()
    """Tables whose changes make this page stale; empty: every table."""

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__()
        self.setObjectName("page")
        self.office = office
        self.main = window
        self.is_stale = False
        self._right: QWidget | None = None
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(*[theme.px(14)] * 4)
        self.line.setSpacing(theme.px(12))

    def panes(self, *, left: QWidget | None = None, middle: QWidget, right: QWidget | None = None) -> None:
        """Lay out tree or filter (left), list or record (middle, takes the room), context (right, folds away)."""
        if left is not None:
            left.setFixedWidth(theme.px(270))
            self.line.addWidget(left)
        self.line.addWidget(middle, 1)
        if right is not None:
            right.setFixedWidth(theme.px(300))
            self.line.addWidget(right)
            self._right = right

    def commands(self) -> tuple[Command, ...]:
        """What can be done on this page; `run` is called with the window."""
        return ()

    def refresh(self) -> None:
        """Show what is in the office now."""

    def is_ready(self) -> bool:
        """Whether everything shown is drawn; False while a worker still draws for this page."""
        return True

    def changed(self, tables: set[str]) -> None:
        """Something was committed: reload when visible, else be stale until shown."""
        if self.tables and not self.tables & tables:
            return
        if self.isVisible():
            self.refresh()
        else:
            self.is_stale = True

    def show_view(self, view: str, record: int | None = None, filters: tuple[tuple[str, Any], ...] = ()) -> None:
        """Show a named view of the page's list, or one record; called by `window.open`."""

    def new(self) -> None:
        """Ctrl+N: start a new record of the page's kind."""

    def print_page(self) -> None:
        """Ctrl+P: print the page's list."""

    def find_in_list(self) -> None:
        """Ctrl+F: to the page's filter box."""

    def showEvent(self, event: Any) -> None:
        """Reload when something was changed while the page was hidden."""
        super().showEvent(event)
        if self.is_stale:
            self.is_stale = False
            self.refresh()

    def resizeEvent(self, event: Any) -> None:
        """Fold the right pane away on narrow windows."""
        super().resizeEvent(event)
        if self._right is not None:
            self._right.setVisible(self.width() >= theme.px(FOLD_WIDTH))
