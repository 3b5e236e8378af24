"""The right pane of the grid tab: who is responsible at the current unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridoffice.modules.grids import page_forms, service
from gridoffice.ui import dialogs, panel
from gridoffice.ui.panel import Panel, button, label, line, row, scrolling
from gridoffice.ui.person import Person
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.modules.grids.page import GridsPage


class PeoplePane(Panel):
    """Who holds which role at a unit, with what can be done about it."""

    def __init__(self, page: GridsPage) -> None:
        super().__init__("责任人")
        self.page = page
        self.people = QVBoxLayout()
        self.people.setSpacing(theme.px(8))
        holder = QWidget()
        holder.setLayout(self.people)
        self.body.addWidget(scrolling(holder), 1)

    def clear(self) -> None:
        """Show nobody."""
        panel.clear(self.people)

    def show_unit(self, unit: service.UnitCard) -> None:
        """Show who is responsible at a unit."""
        self.clear()
        photos = service.photos(self.page.office, unit.holders)
        for holder in unit.holders:
            since = f" · {holder.start.year}年起" if holder.start else ""
            self.people.addWidget(
                Person(holder.name, f"{holder.role_title}{since}", holder.phone, photos.get(holder.staff_id))
            )
            open_card = button(
                "看卡片", lambda number=holder.staff_id: self.page.main.open("personnel", record=number), kind="link"
            )
            end = button("结束任职", lambda held=holder: self._end(held), kind="link")
            self.people.addLayout(row(open_card, end, 1))
            self.people.addWidget(line())
        if not unit.holders:
            self.people.addWidget(label("还没有责任人。", "quiet"))
        self.people.addWidget(button("指定责任人…", lambda: page_forms.appoint(self.page, unit)))
        if unit.history:
            self.people.addSpacing(theme.px(8))
            self.people.addWidget(label("最近改动", "heading"))
            for day, text in unit.history:
                self.people.addWidget(label(f"{day}  {text}", "quiet", wrap=True))
        self.people.addStretch(1)

    def _end(self, holder: Any) -> None:
        if dialogs.guarded(self, lambda: service.end_appointment(self.page.office, holder.assignment_id)):
            self.page.main.say(f"{holder.name} 不再负责 {holder.unit}", undo=True)
