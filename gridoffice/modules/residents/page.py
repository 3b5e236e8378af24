"""居民: the ledger, and the household of whoever is chosen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from gridoffice.core.text import mask_phone
from gridoffice.db.office import Office
from gridoffice.domain.people import DEAD, LIVING, MOVED, STATES
from gridoffice.modules.residents import service
from gridoffice.modules.residents.lists import HOUSEHOLDS, RESIDENTS
from gridoffice.modules.residents.page_forms import edit_household, edit_resident, new_resident
from gridoffice.ui import dialogs
from gridoffice.ui.empty import Empty
from gridoffice.ui.page import Page
from gridoffice.ui.panel import Panel, button, clear, label, line, row, scrolling
from gridoffice.ui.pill import pill
from gridoffice.ui.table import ListTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


class ResidentsPage(Page):
    """The ledger by person or by household, and one household's file."""

    tables = frozenset({"resident", "household", "grid_unit"})

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        self.resident: int | None = None
        self.house: service.HouseholdFile | None = None
        text = "用“文件 → 导入…”放入居民台账，或点“新建居民”。"
        self.list = ListTable(
            office, RESIDENTS, empty=Empty("residents", "这里还没有居民", text, (("新建居民", self.new),))
        )
        self.houses = ListTable(office, HOUSEHOLDS, empty=Empty("residents", "这里还没有户", text))
        self.list.add_tool(button("新建居民", self.new, kind="primary"))
        self.list.add_tool(button("按户看", lambda: self._switch(self.houses)))
        self.houses.add_tool(button("按人看", lambda: self._switch(self.list)))
        self.list.chosen.connect(self._choose)
        self.list.opened.connect(lambda _number: self.edit())
        self.list.on_menu("编辑", self.edit)
        self.list.on_menu("删除", self.delete)
        self.houses.chosen.connect(self._choose_house)
        self.houses.opened.connect(lambda _number: self._edit_house())
        self.stack = QStackedWidget()
        self.stack.addWidget(self.list)
        self.stack.addWidget(self.houses)
        right = Panel()
        self.body = QVBoxLayout()
        self.body.setSpacing(theme.px(6))
        holder = QWidget()
        holder.setLayout(self.body)
        right.body.addWidget(scrolling(holder))
        self.panes(middle=self.stack, right=right)
        self.list.choose_first()
        if self.resident is None:
            self._show()

    def _switch(self, to: ListTable) -> None:
        self.stack.setCurrentWidget(to)
        to.reload()
        to.choose_first()

    def refresh(self) -> None:
        """Ask the list in front anew."""
        front = self.stack.currentWidget()
        assert isinstance(front, ListTable)
        front.reload()

    def _choose(self, resident: int | None) -> None:
        self.resident = resident
        self.house = service.household_of(self.office, resident) if resident is not None else None
        self._show()

    def _choose_house(self, household: int | None) -> None:
        self.resident = None
        self.house = service.household(self.office, household) if household is not None else None
        self._show()

    def _show(self) -> None:
        clear(self.body)
        if self.house is None:
            text = "这个人还没有编入户。" if self.resident is not None else "选一个人，这里显示他的一户一档。"
            self.body.addWidget(label(text, "quiet", wrap=True))
        else:
            self._show_house(self.house)
        if self.resident is not None:
            self._show_actions()
        self.body.addStretch(1)

    def _show_house(self, house: service.HouseholdFile) -> None:
        self.body.addWidget(label(f"户 {house.number}", "title"))
        self.body.addWidget(label(house.address or "没有住址", "quiet", wrap=True))
        self.body.addLayout(row(label(house.unit or "未入网格", "" if house.unit else "late"), 1))
        if house.note:
            self.body.addWidget(label(house.note, "quiet", wrap=True))
        self.body.addWidget(line())
        for member in house.members:
            is_chosen = member.id == self.resident
            name = button(member.name, partial(self._open, member.id), kind="primary" if is_chosen else "link")
            items: list[Any] = [name, label(member.relation, "quiet"), 1]
            if not service.is_living(member.state):
                items.append(pill(f"quiet|{STATES[member.state]}"))
            self.body.addLayout(row(*items))
            age = f"{member.age} 岁" if member.age is not None else ""
            facts = [member.sex, age, mask_phone(member.phone), member.tags]
            self.body.addWidget(label(" · ".join(fact for fact in facts if fact), "quiet", wrap=True))
        self.body.addLayout(row(button("加成员…", self.new_member), button("改这一户…", self._edit_house), 1))

    def _show_actions(self) -> None:
        self.body.addWidget(line())
        person = service.get(self.office, self.resident or 0)
        self.body.addWidget(label(person.name, "heading"))
        self.body.addLayout(
            row(
                button("编辑", self.edit, kind="primary", shortcut="F2"),
                button("删除", self.delete, kind="danger"),
                1,
            )
        )
        if person.state == LIVING:
            moved = button("迁出", partial(self._set_state, MOVED))
            dead = button("去世", partial(self._set_state, DEAD))
            self.body.addLayout(row(moved, dead, 1))
        else:
            self.body.addLayout(row(button("恢复为在住", partial(self._set_state, LIVING)), 1))

    def _open(self, resident: int) -> None:
        self.show_view("", resident)

    def _set_state(self, state: str) -> None:
        number = self.resident
        if number is not None and dialogs.guarded(self, lambda: service.set_state(self.office, number, state)):
            self.main.say(f"已登记：{STATES[state]}", undo=True)

    # -- commands

    def new(self) -> None:
        """Enter a resident; without a household chosen in the form a new one is founded."""
        self._enter(None)

    def new_member(self) -> None:
        """Enter a member of the household in front."""
        self._enter(self.house)

    def _enter(self, house: service.HouseholdFile | None) -> None:
        made = new_resident(self, house)
        if made is not None:
            self.show_view("", made)

    def edit(self) -> None:
        """Edit the chosen resident."""
        if self.resident is not None:
            edit_resident(self, self.resident)

    def _edit_house(self) -> None:
        if self.house is not None:
            edit_household(self, self.house)

    def delete(self) -> None:
        """Delete the chosen record; undo brings it back."""
        number = self.resident
        if number is not None and dialogs.guarded(self, lambda: service.delete(self.office, number)):
            self.main.say("已删除", undo=True)

    def print_page(self) -> None:
        """Print the ledger as it is seen."""
        front = self.stack.currentWidget()
        assert isinstance(front, ListTable)
        front.print_out()

    def find_in_list(self) -> None:
        """To the filter box."""
        front = self.stack.currentWidget()
        assert isinstance(front, ListTable)
        front.search.setFocus()

    def show_view(self, view: str, record: int | None = None, filters: tuple[tuple[str, Any], ...] = ()) -> None:
        """A view of the ledger, one resident, or one household."""
        if record is not None and ("list", HOUSEHOLDS.key) in filters:
            self._switch(self.houses)
            self.houses.show_view("", filters=())
            self.houses.choose(record)
            return
        self.stack.setCurrentWidget(self.list)
        if record is None:
            self.list.show_view(view, filters=filters)
            self.list.choose_first()
            return
        if record not in self.list.model.ids:
            self.list.show_view("", filters=())
        self.list.choose(record)
