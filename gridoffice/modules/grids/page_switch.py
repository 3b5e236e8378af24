"""The choice of the responsibility network above the tree; this machine remembers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from gridoffice.core import settings as machine
from gridoffice.domain.networks import GENERAL
from gridoffice.modules.grids import responsible

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

MORE = "更多责任网…"


class NetworkSwitch(QComboBox):
    """The networks in use; the last entry leads to where the others are switched on. `switched` tells a new choice."""

    switched = Signal()

    def __init__(self, main: MainWindow) -> None:
        super().__init__()
        self.main = main
        self.setAccessibleName("责任网")
        self.setToolTip("树和责任人按哪个责任网显示")
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.reload()
        self.activated.connect(self._take)

    def reload(self) -> None:
        """Offer the networks in use now; a choice that is no longer in use falls back to the general one."""
        found = responsible.used_networks(self.main.office)
        kept = str(machine.get("network"))
        self.blockSignals(True)
        self.clear()
        for key, title in found:
            self.addItem(title, key)
        self.insertSeparator(self.count())
        self.addItem(MORE, "")
        keys = [key for key, _title in found]
        self.setCurrentIndex(keys.index(kept) if kept in keys else 0)
        self.blockSignals(False)

    def network(self) -> str:
        """The key of the chosen network."""
        return str(self.currentData() or GENERAL)

    def choose(self, key: str) -> None:
        """Choose a network by its key, where it is in use."""
        place = self.findData(key)
        if place >= 0:
            self.setCurrentIndex(place)
            self._take(place)

    def _take(self, place: int) -> None:
        key = self.itemData(place)
        if not key:
            self.reload()
            self.main.open("office", view="networks")
            return
        machine.put("network", key)
        self.switched.emit()
