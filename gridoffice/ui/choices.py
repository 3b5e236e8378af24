"""A short list of things to choose from by click or Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from gridoffice.ui.theme import theme

KEY = Qt.ItemDataRole.UserRole


class Choices(QListWidget):
    """A list that is chosen from by click or Enter; it keeps its place when filled anew."""

    picked = Signal(object)  # a click or Enter
    entered = Signal(object)  # the current one changed, by keys too

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setIconSize(QSize(theme.px(24), theme.px(24)))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(lambda item: self.picked.emit(item.data(KEY)))
        self.currentItemChanged.connect(self._entered)

    def _entered(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.entered.emit(item.data(KEY))

    def keyPressEvent(self, event: object) -> None:
        """Enter picks."""
        if getattr(event, "key", lambda: None)() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.currentItem() is not None:
                self.picked.emit(self.currentItem().data(KEY))
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]

    def fill(self, rows: Sequence[tuple[object, str, str, QIcon | None]]) -> None:
        """Show rows of key, text, tip and icon."""
        kept = self.current()
        self.blockSignals(True)
        self.clear()
        for key, text, tip, icon in rows:
            item = QListWidgetItem(text)
            if icon is not None:
                item.setIcon(icon)
            item.setData(KEY, key)
            item.setToolTip(tip)
            item.setSizeHint(QSize(0, theme.px(34)))
            self.addItem(item)
        self.choose(kept)
        self.blockSignals(False)

    def current(self) -> object:
        """The key of the current row."""
        item = self.currentItem()
        return item.data(KEY) if item is not None else None

    def choose(self, key: object) -> None:
        """Make a row current without telling; None: no row."""
        was = self.blockSignals(True)
        place = next((n for n in range(self.count()) if self.item(n).data(KEY) == key), -1)
        self.setCurrentRow(place)
        self.blockSignals(was)
