"""The ledger of households: each with its members."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from gridoffice.modules.residents import service
from gridoffice.modules.residents.lists import HOUSEHOLDS, RESIDENTS
from gridoffice.modules.residents.page_forms import edit_household, new_resident
from gridoffice.modules.residents.page_ledger import Ledger
from gridoffice.modules.residents.page_persons import show_house
from gridoffice.ui.panel import button, label, row


class Households(Ledger):
    """户: one row for each household; the right pane shows its members, the head first."""

    title = "户"
    listing = HOUSEHOLDS
    prompt = "选一户，这里显示它的一户一档。"
    hint = "用“文件 → 导入…”放入居民台账，或在“居民”里新建。"

    @property
    def house(self) -> service.HouseholdFile | None:
        """The household chosen."""
        return service.household(self.office, self.record) if self.record is not None else None

    def show(self, body: QVBoxLayout) -> None:
        """The household and its members."""
        house = self.house
        if house is None:
            body.addWidget(label(self.prompt, "quiet", wrap=True))
            return
        show_house(body, house, None, lambda resident: self.page.show_view("", resident))
        body.addLayout(row(button("加成员…", self.new_member), button("改这一户…", self.edit), 1))

    def edit(self) -> None:
        """Edit the chosen household."""
        house = self.house
        if house is not None:
            edit_household(self.page, house)

    def new_member(self) -> None:
        """Enter a member of the chosen household."""
        made = new_resident(self.page, self.house)
        if made is not None:
            self.page.show_view("", made, (("list", RESIDENTS.key),))
