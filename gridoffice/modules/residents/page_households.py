"""The ledger of households: each with its members on one screen, split, joined and moved as a whole."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from gridoffice.domain.listing import Query
from gridoffice.domain.people import MOVED
from gridoffice.modules.residents import households
from gridoffice.modules.residents.households import HouseholdFile
from gridoffice.modules.residents.lists import HOUSEHOLDS
from gridoffice.modules.residents.page_forms import edit_household, new_resident
from gridoffice.modules.residents.page_house_forms import (
    HeadDialog,
    SplitDialog,
    join_households,
    move_households,
)
from gridoffice.modules.residents.page_leave import leave
from gridoffice.modules.residents.page_ledger import Ledger
from gridoffice.modules.residents.page_persons import show_house
from gridoffice.modules.residents.page_print import print_households
from gridoffice.ui import dialogs
from gridoffice.ui.flow import Flow
from gridoffice.ui.panel import button, label, line


class Households(Ledger):
    """户: one row for each household; the right pane shows its members, the head first."""

    title = "户"
    listing = HOUSEHOLDS
    prompt = "选一户，这里显示它的一户一档。"
    hint = "用“文件 → 导入…”放入居民台账，或在“居民”里新建。"

    def add_tools(self) -> None:
        """Entries of the list's menu."""
        self.table.on_menu("改这一户…", self.edit)
        self.table.on_menu("换户主…", self.change_head)
        self.table.on_menu("分户…", self.split)
        self.table.on_menu("并户…（可先选两户）", self.join)
        self.table.on_menu("整户换网格…（可选多户）", self.move)
        self.table.on_menu("打印一户一档…（可选多户）", self.print_files)

    @property
    def house(self) -> HouseholdFile | None:
        """The household chosen."""
        return households.household(self.office, self.record) if self.record is not None else None

    def show(self, body: QVBoxLayout) -> None:
        """The household, its members, and what can be done with it."""
        house = self.house
        if house is None:
            body.addWidget(label(self.prompt, "quiet", wrap=True))
            return
        show_house(body, house, None, self.page.open_resident)
        body.addWidget(line())
        acts = Flow()
        for word, run in (
            ("加成员…", self.new_member), ("改这一户…", self.edit), ("换户主…", self.change_head),
            ("分户…", self.split), ("并户…", self.join), ("换网格…", self.move), ("整户迁出…", self.leave),
            ("打印一户一档…", self.print_files),
        ):  # fmt: skip
            acts.addWidget(button(word, run))
        body.addLayout(acts)

    def edit(self) -> None:
        """Edit the chosen household."""
        house = self.house
        if house is not None:
            edit_household(self.page, house)

    def new_member(self) -> None:
        """Enter a member of the chosen household."""
        made = new_resident(self.page, self.house)
        if made is not None:
            self.page.open_resident(made)

    def change_head(self) -> None:
        """Make another member the head."""
        house = self.house
        if house is not None and HeadDialog(self.page, house, None).exec():
            self.main.say("已换户主", undo=True)

    def split(self) -> None:
        """分户."""
        house = self.house
        if house is None:
            return
        if len(house.members) < 2:
            dialogs.tell(
                self.page, "这一户只有一个人", "只有一个人的户不用分；搬走请用“整户迁出”，换地址请用“改这一户”。"
            )
            return
        dialog = SplitDialog(self.page, house)
        if dialog.exec():
            self.main.say("已分户", undo=True)
            self.open(dialog.result_value)

    def join(self) -> None:
        """并户: with the second of two selected rows, or one that is found in the dialog."""
        if self.record is not None:
            others = [number for number in self.table.selected() if number != self.record]
            join_households(self.page, self.record, others[0] if len(others) == 1 else None)

    def merge_pair(self, first: int, second: int) -> None:
        """Open 并户 for two households."""
        self.open(first)
        join_households(self.page, first, second)

    def move(self) -> None:
        """Move the selected households to another grid."""
        ids = self.table.selected() or ([self.record] if self.record is not None else [])
        if ids:
            move_households(self.page, ids)

    def print_files(self) -> None:
        """一户一档 of the rows selected, of the chosen one's grid, or of the whole list."""
        chosen = self.table.selected() or ([self.record] if self.record is not None else [])
        house = self.house
        choices: list[tuple[str, list[int]]] = [("选中的户", chosen)]
        if house is not None and house.unit_id is not None:
            inside = Query(self.office.today(), filters=(("unit", house.unit_id),))
            choices.append((f"{house.unit}全部", self.listing.ids(self.office, inside)))
        choices.append(("名单里全部", self.listing.ids(self.office, self.table.query())))
        print_households(self.page, choices)

    def leave(self) -> None:
        """The whole household moves out."""
        house = self.house
        living = [one.id for one in house.members if households.is_living(one)] if house else []
        if living:
            leave(self.page, living, MOVED)
        elif house is not None:
            dialogs.tell(self.page, "没有在住的人", "这一户的人都已经登记为迁出、去世或人户分离。")
