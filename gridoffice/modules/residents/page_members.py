"""The members of a household under each other in a dialog: who is chosen, and what each is to the head."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from gridoffice.domain.people import LIVING, STATES
from gridoffice.modules.residents import households
from gridoffice.modules.residents.households import Member
from gridoffice.ui.editor import Editor
from gridoffice.ui.panel import label, scrolling
from gridoffice.ui.theme import theme


class MemberRows(QWidget):
    """The members under each other: a tick where some are to be chosen, and what each is to the head."""

    def __init__(self, members: Sequence[Member], *, ticks: bool, changed: Callable[[], object] | None = None) -> None:
        super().__init__()
        self.members = tuple(members)
        self.ticks: dict[int, QCheckBox] = {}
        self.relations: dict[int, QComboBox] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        for place, one in enumerate(self.members):
            age = f"{one.age} 岁" if one.age is not None else ""
            state = STATES[one.state] if one.state != LIVING else ""
            told = " · ".join(part for part in (one.sex, age, one.relation, state) if part)
            if ticks:
                box = QCheckBox(one.name)
                box.toggled.connect(lambda _on: changed() if changed else None)
                self.ticks[one.id] = box
                grid.addWidget(box, place, 0)
            else:
                grid.addWidget(label(one.name), place, 0)
            grid.addWidget(label(told, "quiet"), place, 1)
            self.relations[one.id] = made = QComboBox()
            made.setEditable(True)
            made.addItems(["", *households.relations()])
            made.setAccessibleName(f"{one.name} 与户主关系")
            made.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
            grid.addWidget(made, place, 2)
        grid.setColumnStretch(1, 1)
        self.put({one.id: one.relation for one in self.members})

    def chosen(self) -> list[Member]:
        """The members that are ticked."""
        return [one for one in self.members if one.id in self.ticks and self.ticks[one.id].isChecked()]

    def put(self, relations: Mapping[int, str]) -> None:
        """Show relations, by id."""
        for number, word in relations.items():
            with QSignalBlocker(self.relations[number]):
                self.relations[number].setCurrentText(word)

    def told(self) -> dict[int, str]:
        """The relations as they stand."""
        return {number: made.currentText().strip() for number, made in self.relations.items()}


class RowsEditor(Editor):
    """An editor with the members under its fields; they scroll where there are many."""

    def put_under(self, rows: MemberRows) -> None:
        """Let the members take the room that the fields do not need."""
        self.form_area.setFixedHeight(self.form.sizeHint().height() + theme.px(8))
        self.rows_area = scrolling(rows)
        self.under.addWidget(self.rows_area, 1)
        self.outer.setStretchFactor(self.under, 1)
