"""The list of entries under the search box: headings are stepped over, groups are jumped by page keys."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from gridoffice.ui.entry import Entry
from gridoffice.ui.hits import ENTRY, EntryDelegate


class HitList(QListWidget):
    """Entries; `pressed_entry` tells the one that was clicked. The focus stays in the search box."""

    pressed_entry = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName("搜索结果")
        self.setItemDelegate(EntryDelegate(self))
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemClicked.connect(lambda item: self.pressed_entry.emit(item.data(ENTRY)))

    def fill(self, entries: list[Entry]) -> None:
        """Show these, the first that can be chosen being chosen."""
        self.clear()
        for entry in entries:
            item = QListWidgetItem()
            item.setData(ENTRY, entry)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, entry.text)
            if entry.run is None:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        self.to(0, 1)
        self.scrollToTop()

    def needed(self) -> int:
        """The height of all entries."""
        return sum(self.sizeHintForRow(place) for place in range(self.count()))

    def entries(self) -> list[Entry]:
        """What is shown, in order."""
        return [self.item(place).data(ENTRY) for place in range(self.count())]

    def current(self) -> Entry | None:
        """The chosen entry."""
        item = self.currentItem()
        found: Entry | None = item.data(ENTRY) if item is not None else None
        return found

    def step(self, by: int) -> None:
        """One entry on."""
        self.to(self.currentRow() + by, by)

    def to(self, place: int, by: int) -> None:
        """To the entry at a place, or the next one in that direction that can be chosen."""
        while 0 <= place < self.count():
            if self.item(place).flags() & Qt.ItemFlag.ItemIsEnabled:
                self.setCurrentRow(place)
                if by < 0 and place == 1:
                    self.scrollToTop()
                return
            place += by

    def group(self, by: int) -> None:
        """To the first entry of the next or the previous group."""
        heads = [place for place, entry in enumerate(self.entries()) if entry.run is None]
        now = self.currentRow()
        own = max((head for head in heads if head < now), default=-1)
        aims = [head for head in heads if head > now] if by > 0 else [head for head in heads if head < own][::-1]
        if aims:
            self.to(aims[0] + 1, 1)
            self.scrollToItem(self.item(aims[0]), QListWidget.ScrollHint.PositionAtTop)
        elif by > 0:
            self.to(self.count() - 1, -1)
        else:
            self.to(0, 1)
            self.scrollToTop()
