"""The base of every tab: it knows the office and the window, and refreshes when what it shows was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gridoffice.core.module import Command
from gridoffice.db.office import Office
from gridoffice.ui.panel import button
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

LEFT, RIGHT = (210, 270, 340), (240, 300, 400)
LIST = (300, 520, 640)
"""Widths of the side panes, and of a list that has one beside it: at least and usually (at 100 %), and the most that
large letters make of it."""


def _side(least: int, usual: int, most: int) -> int:
    return max(theme.px(least), min(theme.px(usual), most))


def _least(pane: QWidget | None) -> int:
    return max(pane.minimumSizeHint().width(), pane.minimumWidth()) if pane is not None else 0


class Page(QWidget):
    """A tab. Subclasses name their `tables`, build themselves in `__init__` and reload in `refresh`."""

    tables: frozenset[str] = frozenset()
    """Tables whose changes make this page stale; empty: every table."""
    is_dated = False
    """Whether the page shows the tree and people of `office.day()` when a past day is looked at."""

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__()
        self.setObjectName("page")
        self.office = office
        self.main = window
        self.is_stale = False
        self._pane_left: QWidget | None = None
        self._pane_middle: QWidget | None = None
        self._pane_right: QWidget | None = None
        self._opener = button("详情", self._toggle, kind="chip")
        self._opener.hide()
        self._is_open = False
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(*[theme.px(14)] * 4)
        self.line.setSpacing(theme.px(12))

    def panes(self, *, left: QWidget | None = None, middle: QWidget, right: QWidget | None = None) -> None:
        """Lay out tree or filter (left), list or record (middle, takes the room), context (right, folds away)."""
        self._pane_left, self._pane_middle, self._pane_right = left, middle, right
        if left is not None:
            left.setFixedWidth(_side(*LEFT))
            self.line.addWidget(left)
        self.line.addWidget(middle, 1)
        if right is not None:
            right.setFixedWidth(_side(*RIGHT))
            self.line.addWidget(right)
            self.line.addWidget(self._opener)

    def _room(self, *panes: QWidget | None) -> int:
        """The width that some panes need beside each other."""
        wanted = [_least(pane) for pane in panes if pane is not None]
        margins = self.line.contentsMargins()
        return sum(wanted) + self.line.spacing() * (len(wanted) - 1) + margins.left() + margins.right()

    def minimumSizeHint(self) -> QSize:
        """What is needed when the right pane is folded away."""
        hint = super().minimumSizeHint()
        if self._pane_right is not None and self._pane_middle is not None:
            hint.setWidth(self._room(self._pane_middle, self._opener))
        return hint

    def heightForWidth(self, width: int) -> int:
        """The height below which the window's frame scrolls."""
        return max(self.line.minimumHeightForWidth(width), self.line.minimumSize().height())

    def _toggle(self) -> None:
        """Narrow window: show the right pane in the place of the tree or list, and back."""
        self._is_open = not self._is_open
        self._fold()

    def _fold(self) -> None:
        if self._pane_right is None or self._pane_middle is None:
            return
        need = self._room(self._pane_left, self._pane_middle, self._pane_right)
        if self._pane_left is None:
            need += max(0, _side(*LIST) - _least(self._pane_middle))
        is_wide = self.width() >= need
        self._opener.setVisible(not is_wide)
        self._opener.setText("返回" if self._is_open else "详情")
        self._pane_right.setVisible(is_wide or self._is_open)
        beside = self.width() >= self._room(self._pane_middle, self._pane_right, self._opener)
        self._pane_middle.setVisible(is_wide or not self._is_open or beside)
        if self._pane_left is not None:
            fits = self.width() >= self._room(self._pane_left, self._pane_middle, self._opener)
            self._pane_left.setVisible(is_wide or (fits and not self._is_open))
        self.line.invalidate()
        self.line.activate()

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
        """Fold the right pane away where there is no room for it."""
        super().resizeEvent(event)
        self._fold()
