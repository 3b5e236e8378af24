"""The fields a paper's options are chosen in: unit, choice, number, tick, text, worker, a list and its view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.domain.grids import GRID, VILLAGE
from gridoffice.domain.listing import Listing
from gridoffice.modules.documents import service
from gridoffice.modules.documents.makers import lists
from gridoffice.modules.documents.recipe import Option
from gridoffice.ui.panel import label
from gridoffice.ui.theme import theme


def combo(name: str) -> QComboBox:
    """An empty choice with its name for the screen reader."""
    made = QComboBox()
    made.setAccessibleName(name)
    made.setMaxVisibleItems(16)
    made.setMinimumContentsLength(6)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return made


class OptionField(QWidget):
    """One option: its title, the widget, `values` as the maker wants them; `changed` tells each change."""

    changed = Signal()

    def __init__(self, office: Office, option: Option) -> None:
        super().__init__()
        self.office, self.option = office, option
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(4))
        if option.kind != "tick":
            self.body.addWidget(label(option.title, "quiet"))
        if option.about:
            self.setToolTip(option.about)
        self.build()

    def build(self) -> None:
        """Make the widgets."""
        raise TypeError(self.option.kind)

    def values(self) -> dict[str, Any]:
        """What is chosen, by option keys."""
        raise TypeError(self.option.kind)

    def put(self, value: Any) -> None:
        """Choose a value, quietly."""
        raise TypeError(self.option.kind)

    def fill(self) -> None:
        """Offer what there is now, keeping what was chosen."""

    def _add(self, widget: QWidget) -> None:
        widget.setAccessibleName(self.option.title)
        self.body.addWidget(widget)


class ChoiceField(OptionField):
    """One of a few words."""

    def build(self) -> None:
        """A drop-down."""
        self.inner = combo(self.option.title)
        for value, title in self.option.choices:
            self.inner.addItem(title, value)
        self.put(self.option.default)
        self.inner.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self._add(self.inner)

    def values(self) -> dict[str, Any]:
        """The word's value."""
        return {self.option.key: self.inner.currentData()}

    def put(self, value: Any) -> None:
        """Choose a word."""
        with QSignalBlocker(self.inner):
            self.inner.setCurrentIndex(max(self.inner.findData(value), 0))


class NumberField(OptionField):
    """A whole number."""

    def build(self) -> None:
        """A spin box."""
        self.inner = QSpinBox()
        self.inner.setRange(self.option.low, self.option.high)
        self.inner.lineEdit().setTextMargins(theme.px(6), 0, 0, 0)
        self.inner.setValue(int(self.option.default or 0))
        self.inner.valueChanged.connect(lambda _value: self.changed.emit())
        self._add(self.inner)

    def values(self) -> dict[str, Any]:
        """The number."""
        return {self.option.key: self.inner.value()}

    def put(self, value: Any) -> None:
        """Set the number."""
        with QSignalBlocker(self.inner):
            self.inner.setValue(int(value or 0))


class TickField(OptionField):
    """Yes or no."""

    def build(self) -> None:
        """A tick box with its own title."""
        self.inner = QCheckBox(self.option.title)
        self.inner.setChecked(bool(self.option.default))
        self.inner.toggled.connect(lambda _on: self.changed.emit())
        self._add(self.inner)

    def values(self) -> dict[str, Any]:
        """Whether it is ticked."""
        return {self.option.key: self.inner.isChecked()}

    def put(self, value: Any) -> None:
        """Tick or untick."""
        with QSignalBlocker(self.inner):
            self.inner.setChecked(bool(value))


class TextField(OptionField):
    """A line of text."""

    def build(self) -> None:
        """A line."""
        self.inner = QLineEdit(str(self.option.default or ""))
        self.inner.textChanged.connect(lambda _text: self.changed.emit())
        self._add(self.inner)

    def values(self) -> dict[str, Any]:
        """The text."""
        return {self.option.key: self.inner.text().strip()}

    def put(self, value: Any) -> None:
        """Set the text."""
        with QSignalBlocker(self.inner):
            self.inner.setText(str(value or ""))


class StaffField(OptionField):
    """A worker, or all."""

    def build(self) -> None:
        """A drop-down of those in a grid's or village's role."""
        self.inner = combo(self.option.title)
        self.inner.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self._add(self.inner)
        self.fill()

    def fill(self) -> None:
        """The workers of today."""
        kept = self.inner.currentData()
        with QSignalBlocker(self.inner):
            self.inner.clear()
            if not self.option.is_required:
                self.inner.addItem("全部", None)
            for staff_id, name in service.workers(self.office):
                self.inner.addItem(name, staff_id)
            self.inner.setCurrentIndex(max(self.inner.findData(kept), 0))

    def values(self) -> dict[str, Any]:
        """The worker's id."""
        return {self.option.key: self.inner.currentData()}

    def put(self, value: Any) -> None:
        """Choose a worker."""
        with QSignalBlocker(self.inner):
            self.inner.setCurrentIndex(max(self.inner.findData(value), 0))


class UnitField(OptionField):
    """The whole office, a village, or one of its grids."""

    def build(self) -> None:
        """Two drop-downs, of which the second follows the first."""
        self.village, self.grid = combo("哪个村"), combo("哪个网格")
        self.body.addWidget(self.village)
        self.body.addWidget(self.grid)
        self.grid.setVisible(GRID in self.option.levels)
        self.village.currentIndexChanged.connect(self._village_chosen)
        self.grid.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self.fill()

    def fill(self) -> None:
        """The villages there are now."""
        kept, grid = self.village.currentData(), self.grid.currentData()
        with QSignalBlocker(self.village):
            self.village.clear()
            if not self.option.is_required:
                self.village.addItem("全镇", None)
            for one in service.villages(self.office):
                self.village.addItem(one.name, one.id)
            self.village.setCurrentIndex(max(self.village.findData(kept), 0))
        self._grids(grid)

    def _grids(self, kept: Any) -> None:
        with QSignalBlocker(self.grid):
            self.grid.clear()
            is_grid_wanted = self.option.is_required and VILLAGE not in self.option.levels
            if not is_grid_wanted:
                self.grid.addItem("全部网格", None)
            village = self.village.currentData()
            for one in service.grids_of(self.office, village) if village else ():
                self.grid.addItem(one.name, one.id)
            self.grid.setCurrentIndex(max(self.grid.findData(kept), 0))
        self.grid.setEnabled(self.grid.count() > 1)

    def _village_chosen(self, _place: int) -> None:
        self._grids(None)
        self.changed.emit()

    def values(self) -> dict[str, Any]:
        """The id of the lowest unit chosen, None for the whole office."""
        grid = self.grid.currentData() if GRID in self.option.levels else None
        return {self.option.key: grid or self.village.currentData()}

    def put(self, value: Any) -> None:
        """Choose a unit with the village above it."""
        line = service.line_of(self.office, int(value)) if value else []
        of_level = {one.level: one.id for one in line}
        with QSignalBlocker(self.village):
            self.village.setCurrentIndex(max(self.village.findData(of_level.get(VILLAGE)), 0))
        self._grids(of_level.get(GRID))


class ListField(OptionField):
    """A list of any module, and one of its views."""

    def build(self) -> None:
        """Two drop-downs, of which the second follows the first."""
        self.list, self.view = combo("哪张名单"), combo("范围")
        for listing in lists.listings().values():
            self.list.addItem(listing.title, listing)
        self.body.addWidget(self.list)
        self.body.addWidget(label("范围", "quiet"))
        self.body.addWidget(self.view)
        self.list.currentIndexChanged.connect(self._list_chosen)
        self.view.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self._views()

    def _views(self) -> None:
        listing = self.list.currentData()
        with QSignalBlocker(self.view):
            self.view.clear()
            for one in listing.views if isinstance(listing, Listing) else ():
                self.view.addItem(one.title, one.key)
            if isinstance(listing, Listing):
                self.view.setCurrentIndex(max(self.view.findData(listing.main_view), 0))

    def _list_chosen(self, _place: int) -> None:
        self._views()
        self.changed.emit()

    def values(self) -> dict[str, Any]:
        """The list's key and the view's."""
        listing = self.list.currentData()
        return {self.option.key: listing.key, "view": self.view.currentData() or ""}

    def put(self, value: Any) -> None:
        """Choose a list by its key."""
        keys = [self.list.itemData(place).key for place in range(self.list.count())]
        with QSignalBlocker(self.list):
            self.list.setCurrentIndex(keys.index(value) if value in keys else 0)
        self._views()


FIELDS: dict[str, Callable[[Office, Option], OptionField]] = {
    "choice": ChoiceField,
    "number": NumberField,
    "tick": TickField,
    "text": TextField,
    "staff": StaffField,
    "unit": UnitField,
    "list": ListField,
}
"""A field for each kind of option."""
