"""The dialogs of a household: another head, 分户, 并户; each member's relation is proposed and can be corrected."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker

from gridoffice.core.errors import OfficeError
from gridoffice.domain.people import LIVING
from gridoffice.modules.residents import households, relating, service
from gridoffice.modules.residents.households import HEAD, HouseholdFile, Member, Split
from gridoffice.modules.residents.page_members import MemberRows, RowsEditor
from gridoffice.ui import dialogs
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Field
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.modules.residents.page import ResidentsPage


def _choices(members: Sequence[Member]) -> list[tuple[int, str]]:
    return [(one.id, f"{one.name}（{one.relation or '成员'}）") for one in members if one.state == LIVING]


class HeadDialog(RowsEditor):
    """Another head: the relations of all are proposed anew."""

    def __init__(self, page: ResidentsPage, house: HouseholdFile, head: int | None) -> None:
        self.page, self.house = page, house
        field = Field("head", "新户主", "choice", required=True, choices=_choices(house.members))
        note = "选新户主后，其他人与户主的关系会先推算好，请看一眼，不对的直接改。"
        super().__init__(page, f"户 {house.number}：换户主", (field,), {}, self._store, columns=1, note=note)
        self.rows = MemberRows(house.members, ticks=False)
        self.put_under(self.rows)
        self.form.inputs["head"].edited.connect(self._propose)
        start = head or next((one.id for one in house.members if one.relation != HEAD and one.state == LIVING), None)
        self.form.inputs["head"].put(start)
        self._propose()
        self.resize(theme.px(520), min(theme.px(330 + 44 * len(house.members)), self.height() + theme.px(400)))

    def _propose(self) -> None:
        head = self.form.inputs["head"].value()
        if head:
            self.rows.put(relating.proposed(self.house.members, head))

    def _store(self, _told: dict[str, Any]) -> None:
        households.set_relations(self.page.office, self.house.id, self.rows.told())


class SplitDialog(RowsEditor):
    """分户: who leaves, where they live now, who is their head."""

    def __init__(self, page: ResidentsPage, house: HouseholdFile) -> None:
        self.page, self.house = page, house
        fields = (
            Field("head", "新户户主", "choice", choices=_choices(house.members)),
            Field("number", "新户编号", required=True),
            Field("unit_id", "新户网格", "pick", choices=service.units(page.office)),
            Field("address", "新户住址"),
        )
        values = {
            "number": households.proposed_number(page.office), "unit_id": house.unit_id, "address": house.address,
        }  # fmt: skip
        note = "勾选要分出去的人；他们与新户主的关系会先推算好，请看一眼。一步完成，可以撤销。"
        super().__init__(page, f"户 {house.number}：分户", fields, values, self._store, columns=2, note=note)
        self.rows = MemberRows(house.members, ticks=True, changed=self._propose)
        self.body.addWidget(self.rows)
        self._picked: int | None = None
        self.form.inputs["head"].edited.connect(self._pick)
        self.resize(theme.px(760), min(theme.px(360 + 46 * len(house.members)), theme.px(680)))

    def _pick(self) -> None:
        self._picked = self.form.inputs["head"].value()
        self._propose()

    def _propose(self) -> None:
        """New relations for who is ticked, the old ones for who stays (of another head where the head goes)."""
        leaving = self.rows.chosen()
        head = self._picked
        if head not in [one.id for one in leaving]:  # until one is picked, the eldest of those who go
            grown = sorted((one for one in leaving if one.state == LIVING), key=lambda one: -(one.age or 0))
            head = grown[0].id if grown else None
            made = self.form.inputs["head"]
            with QSignalBlocker(made):
                made.put(head)
        self.rows.put({one.id: one.relation for one in self.house.members})
        if leaving and head is not None:
            self.rows.put(relating.proposed(leaving, head))
        gone = {one.id for one in leaving}
        staying = [one for one in self.house.members if one.id not in gone]
        if leaving and self.house.head is not None and self.house.head.id in gone:
            heir = next((one for one in staying if one.state == LIVING), None)
            if heir is not None:
                told = relating.proposed(self.house.members, heir.id)
                self.rows.put({one.id: told[one.id] for one in staying})

    def _store(self, told: dict[str, Any]) -> int:
        relations = self.rows.told()
        leaving = [one.id for one in self.rows.chosen()]
        stayers = {number: word for number, word in relations.items() if number not in leaving}
        order = sorted(leaving, key=lambda number: relations[number] != HEAD)
        wanted = Split(
            {number: relations[number] for number in order},
            told["number"], told["address"], told["unit_id"], stayers,
        )  # fmt: skip
        return households.split(self.page.office, self.house.id, wanted)


class JoinDialog(RowsEditor):
    """并户: another household is found, its members come to this one."""

    def __init__(self, page: ResidentsPage, house: HouseholdFile, other: int | None = None) -> None:
        self.page, self.house = page, house
        field = Field(
            "other", "并入哪一户", "seek", required=True, help="编号、地址、户主姓名",
            find=self._others, name_of=partial(households.words_of, page.office),
        )  # fmt: skip
        note = (
            "这一户和找到的那一户并成一户；下面写着谁是户主、其他人是什么关系，请看一眼。编号和住址留本户的。可以撤销。"
        )
        super().__init__(page, f"户 {house.number}：并户", (field,), {}, self._store, columns=1, note=note)
        self.rows = MemberRows(house.members, ticks=False)
        self.put_under(self.rows)
        self.form.inputs["other"].edited.connect(self._show)
        self.resize(theme.px(600), theme.px(560))
        if other is not None:
            self.form.inputs["other"].put(other)
            self._show()

    def _others(self, text: str) -> list[tuple[int, str]]:
        return [found for found in households.find(self.page.office, text) if found[0] != self.house.id]

    def _show(self) -> None:
        try:
            other = self.form.inputs["other"].value()
        except ValueError:
            return
        found = households.household(self.page.office, other) if other else None
        members = (*self.house.members, *(found.members if found else ()))
        self.rows = MemberRows(members, ticks=False)
        self.rows_area.setWidget(self.rows)
        if found and found.head is not None and self.house.head is not None:
            self.rows.put({one.id: "" for one in found.members})
            head = self.rows.relations[found.head.id]
            head.currentTextChanged.connect(partial(self._propose, found))

    def _propose(self, found: HouseholdFile, relation: str) -> None:
        """Their old head's relation was chosen: the others of that household follow from it."""
        head = found.head
        others = [one for one in found.members if head is not None and one.id != head.id]
        if relation.strip() in households.relations():
            self.rows.put({one.id: relating.joining(relation.strip(), one) for one in others})

    def _store(self, told: dict[str, Any]) -> None:
        relations = self.rows.told()
        blank = next((one.name for one in self.rows.members if not relations[one.id] and one.state == LIVING), "")
        if blank:
            raise OfficeError(f"还没有选{blank}与户主的关系", safe="没有改动任何内容")
        households.join(self.page.office, self.house.id, told["other"], relations)


def move_households(page: ResidentsPage, ids: list[int]) -> None:
    """Ask for a grid and move whole households there."""
    field = Field("unit_id", "到哪个网格", "pick", required=True, choices=service.units(page.office))
    text = f"{len(ids)} 户连同全部成员一起换到所选网格，可以撤销。"

    def save(told: dict[str, Any]) -> int:
        return households.move(page.office, ids, told["unit_id"])

    editor = Editor(page, "整户换网格", (field,), {}, save, columns=1, note=text)
    if editor.exec():
        page.main.say(f"已换网格：{editor.result_value} 户", undo=True)


def join_households(page: ResidentsPage, first: int, second: int | None = None) -> None:
    """Open 并户 for a household, with the other one chosen already where it is known."""
    house = households.household(page.office, first)
    if house is None:
        dialogs.error(OfficeError("这一户已经不在了", do="请刷新后再试"), page)
    elif JoinDialog(page, house, second).exec():
        page.main.say("已并成一户", undo=True)
