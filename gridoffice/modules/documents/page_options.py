"""What the chosen paper can be asked for, made from its maker's options."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.modules.documents import page_remembered
from gridoffice.modules.documents.page_option import FIELDS, OptionField, UnitField
from gridoffice.modules.documents.page_option_letters import LETTER_FIELDS
from gridoffice.modules.documents.recipe import Maker, Option
from gridoffice.ui.panel import clear
from gridoffice.ui.theme import theme

KNOWN: dict[str, Callable[[Office, Option], OptionField]] = {**FIELDS, **LETTER_FIELDS}
"""A field for each kind of option."""


class Options(QWidget):
    """The fields of one maker; `changed` tells that the preview is out of date. What was chosen is kept per maker."""

    changed = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.fields: dict[str, OptionField] = {}
        self._kept: dict[str, dict[str, Any]] = page_remembered.read(office)
        self._name = ""
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(8))

    def show_maker(self, maker: Maker) -> None:
        """Show what a paper can be asked for, as it was last chosen."""
        self.remember()
        self._name = maker.name
        clear(self.body)
        self.fields = {}
        for option in maker.options:
            if option.kind not in KNOWN:
                continue  # part of another option: a list's view
            field = KNOWN[option.kind](self.office, option)
            kept = self._kept.get(maker.name, {}).get(option.key)
            if kept is not None:
                field.put(kept)
            field.changed.connect(self.changed)
            self.fields[option.key] = field
            self.body.addWidget(field)
        self.changed.emit()

    def remember(self) -> None:
        """Keep what is chosen now for the next time, also after the program was closed."""
        if self._name:
            self._kept[self._name] = self.values()
            page_remembered.write(self.office, self._name, self._kept[self._name])

    def fill(self) -> None:
        """Offer the villages, grids and workers there are now, keeping what was chosen."""
        for field in self.fields.values():
            field.fill()
        self.changed.emit()

    def values(self) -> dict[str, Any]:
        """What is chosen now."""
        return {key: value for field in self.fields.values() for key, value in field.values().items()}

    def choose_unit(self, unit_id: int) -> None:
        """Ask for the paper of a unit: of the township, a village, or one of its grids."""
        for field in self.fields.values():
            if isinstance(field, UnitField):
                field.put(unit_id)
                self.changed.emit()
