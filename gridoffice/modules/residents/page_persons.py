"""The ledger of residents: each with the household it belongs to."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from gridoffice.domain.people import APART, DEAD, LIVING, MOVED, STATES
from gridoffice.modules.residents import help_file, households, leaving, service
from gridoffice.modules.residents.bulk import RESIDENTS_BULK
from gridoffice.modules.residents.entering import SHEET
from gridoffice.modules.residents.households import HouseholdFile
from gridoffice.modules.residents.lists import RESIDENTS
from gridoffice.modules.residents.page_forms import edit_household, edit_resident, new_resident
from gridoffice.modules.residents.page_leave import come_back, leave
from gridoffice.modules.residents.page_ledger import Ledger
from gridoffice.modules.residents.page_merge import merge, merge_selected
from gridoffice.modules.residents.page_print import print_households
from gridoffice.ui.flow import Flow
from gridoffice.ui.mask import mask
from gridoffice.ui.panel import button, label, line, row
from gridoffice.ui.pill import pill
from gridoffice.ui.reveal import eye


class Persons(Ledger):
    """居民: one row for each person; the right pane shows the whole household."""

    title = "居民"
    listing = RESIDENTS
    new_word = "新建居民"
    prompt = "选一个人，这里显示他的一户一档。"
    hint = "用“文件 → 导入…”放入居民台账，或点“新建居民”。"

    def add_tools(self) -> None:
        """Entries of the list's menu."""
        self.table.on_menu("编辑", self.edit)
        self.table.on_menu("删除", self.delete)
        self.table.on_menu("合并这两人…", self.merge)
        self.table.set_bulk(RESIDENTS_BULK)
        self.table.set_sheet(SHEET)

    @property
    def house(self) -> HouseholdFile | None:
        """The household of the person chosen."""
        return households.household_of(self.office, self.record) if self.record is not None else None

    def show(self, body: QVBoxLayout) -> None:
        """The household with the person marked, and what can be done with the person."""
        house = self.house
        if house is None:
            text = "这个人还没有编入户。" if self.record is not None else self.prompt
            body.addWidget(label(text, "quiet", wrap=True))
        else:
            show_house(body, house, self.record, self.open)
            acts = Flow()
            for word, run in (
                ("加成员…", self.new_member), ("改这一户…", self.edit_house), ("打印一户一档…", self.print_file),
            ):  # fmt: skip
                acts.addWidget(button(word, run))
            body.addLayout(acts)
        if self.record is not None:
            self._show_actions(body, self.record)

    def _show_actions(self, body: QVBoxLayout, resident: int) -> None:
        body.addWidget(line())
        person = service.get(self.office, resident)
        body.addWidget(label(person.name, "heading"))
        if person.phone or person.id_number:
            body.addLayout(row(eye(self.page, self.office, ("resident", resident), f"居民 {person.name}"), 1))
        if len(person.id_number or "") == 15:
            body.addLayout(row(pill("soon|证件号待更新"), 1))
        if person.state != LIVING:
            told = [STATES[person.state], person.ended_on.isoformat() if person.ended_on else "", person.lives_at]
            body.addWidget(label(" · ".join(part for part in told if part), "quiet", wrap=True))
        for words in self._plans(resident):
            body.addWidget(label(words, "quiet", wrap=True))
        missing = help_file.unconsented(self.office, resident, person.tags) if person.state == LIVING else ""
        if missing:
            body.addWidget(label(f"类别里有“{missing}”，还没有登记本人同意。", "notice", wrap=True))
            body.addLayout(row(button("登记帮扶…", partial(self.page.start_help, resident)), 1))
        edit = button("编辑", self.edit, kind="primary", shortcut="F2")
        body.addLayout(row(edit, button("删除", self.delete, kind="danger"), 1))
        acts = Flow()
        for state in (MOVED, DEAD, APART) if person.state == LIVING else ():
            acts.addWidget(button(f"{STATES[state]}…", partial(self._leave, state)))
        if person.state != LIVING:
            acts.addWidget(button("恢复在住", self.come_back))
            if person.state == APART:
                acts.addWidget(button("迁出…", partial(self._leave, MOVED)))
                acts.addWidget(button("去世…", partial(self._leave, DEAD)))
        body.addLayout(acts)

    def _plans(self, resident: int) -> list[str]:
        return [plan.words for plan in leaving.open_plans(self.office, [resident])]

    def _leave(self, state: str) -> None:
        if self.record is not None:
            leave(self.page, [self.record], state)

    def come_back(self) -> None:
        """The chosen resident lives here again."""
        if self.record is not None:
            come_back(self.page, self.record)

    def merge(self) -> None:
        """Merge the two residents selected."""
        merge_selected(self.page, self.table.selected())

    def print_file(self) -> None:
        """一户一档 of the chosen resident's household."""
        house = self.house
        if house is not None:
            print_households(self.page, [(f"户 {house.number}", [house.id])])

    def merge_pair(self, first: int, second: int) -> None:
        """Open two residents side by side."""
        kept = merge(self.page, first, second)
        if kept is not None:
            self.open(kept)

    def new(self) -> None:
        """Enter a resident; without a household chosen in the form a new one is founded."""
        self._enter(None)

    def new_member(self) -> None:
        """Enter a member of the household in front."""
        self._enter(self.house)

    def _enter(self, house: HouseholdFile | None) -> None:
        made = new_resident(self.page, house)
        if made is not None:
            self.open(made)

    def edit(self) -> None:
        """Edit the chosen resident."""
        if self.record is not None:
            edit_resident(self.page, self.record)

    def edit_house(self) -> None:
        """Edit the household of the chosen resident."""
        house = self.house
        if house is not None:
            edit_household(self.page, house)

    def delete(self) -> None:
        """Delete the chosen record; undo brings it back."""
        number = self.record
        if number is not None:
            self.do(lambda: service.delete(self.office, number), "已删除")


def show_house(body: QVBoxLayout, house: HouseholdFile, marked: int | None, opens: Any) -> None:
    """A household's number, address and members; `opens` is called with the id of a member that is pressed."""
    body.addWidget(label(f"户 {house.number}", "title"))
    body.addWidget(label(house.address or "没有住址", "quiet", wrap=True))
    body.addLayout(row(label(house.unit or "未入网格", "" if house.unit else "late"), 1))
    if house.note:
        body.addWidget(label(mask.note(house.note), "quiet", wrap=True))
    body.addWidget(line())
    for member in house.members:
        name = button(member.name, partial(opens, member.id), kind="primary" if member.id == marked else "link")
        items: list[Any] = [name, label(member.relation, "quiet"), 1]
        if not households.is_living(member):
            items.append(pill(f"quiet|{STATES[member.state]}"))
        body.addLayout(row(*items))
        age = f"{member.age} 岁" if member.age is not None else ""
        facts = [member.sex, age, mask.phone(member.phone, ("resident", member.id)), member.tags]
        body.addWidget(label(" · ".join(fact for fact in facts if fact), "quiet", wrap=True))
