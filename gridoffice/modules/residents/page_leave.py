"""The dialogs of leaving and coming back: what will end is shown before, what may be taken up again is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QDialog

from gridoffice.domain.people import APART, LIVING, MOVED, STATES
from gridoffice.modules.residents import households, leaving, relating, service
from gridoffice.modules.residents.households import HouseholdFile, Member
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import label

if TYPE_CHECKING:
    from gridoffice.modules.residents.page import ResidentsPage

PLACES = {MOVED: "迁往", APART: "现住地"}


class LeaveDialog(Editor):
    """One or more residents leave: day, where to, why, a new head where the head leaves, and what ends."""

    def __init__(self, page: ResidentsPage, residents: list[int], house: HouseholdFile | None, state: str) -> None:
        self.page, self.residents, self.house, self.state = page, residents, house, state
        self.plans = leaving.open_plans(page.office, residents)
        people = [service.get(page.office, number) for number in residents]
        who = people[0].name if len(people) == 1 else f"{people[0].name}等 {len(people)} 人"
        values: dict[str, Any] = {"day": page.office.today(), "ends": [plan.key for plan in self.plans]}
        heirs = self._heirs()
        if heirs and state != APART:
            values["head"] = heirs[0].id
        title = f"{who}：{STATES[state]}"
        super().__init__(page, title, self._fields(), values, self._leave, columns=1, note=self._note())

    def _note(self) -> str:
        if not self.plans:
            return "没有进行中的预约和帮扶。记录留在台账里，只是不再列入应办名单；随时可以“恢复在住”，也可以撤销。"
        told = "；".join(plan.words for plan in self.plans)
        if self.state == APART:
            return f"进行中的有 {len(self.plans)} 项，勾选的会一起结束：{told}。"
        return f"会一起结束 {len(self.plans)} 项：{told}。记录留着；“恢复在住”时再问要不要接着办，也可以撤销。"

    def _fields(self) -> list[Field]:
        wanted = [Field("day", "日期", "date", required=True)]
        if self.state in PLACES:
            wanted.append(Field("where", PLACES[self.state]))
        if leaving.REASONS[self.state]:
            reasons = [(word, word) for word in leaving.REASONS[self.state]]
            wanted.append(Field("reason", "原因", "choice", choices=reasons, is_open=True))
        if self.plans and self.state == APART:
            choices = [(plan.key, plan.words) for plan in self.plans]
            wanted.append(Field("ends", "结束这些", "multi", choices=choices))
        heirs = self._heirs()
        if heirs:
            people = [(one.id, f"{one.name}（{one.relation or '成员'}）") for one in heirs]
            wanted.append(Field("head", "新户主", "choice", required=self.state != APART, choices=people))
        return wanted

    def _heirs(self) -> list[Member]:
        """Who may become the head, if the head is among those who leave and somebody stays."""
        if self.house is None or self.house.head is None or self.house.head.id not in self.residents:
            return []
        staying = [one for one in self.house.members if one.state == LIVING and one.id not in self.residents]
        return sorted(staying, key=lambda one: (one.relation != "配偶", -(one.age or 0)))

    def _leave(self, told: dict[str, Any]) -> list[str]:
        relations: dict[int, str] = {}
        if told.get("head") and self.house is not None:
            relations = relating.proposed(self.house.members, told["head"])
        keep = {plan.key for plan in self.plans} - set(told["ends"]) if "ends" in told else set()
        how = leaving.Leaving(self.state, told["day"], told.get("where", ""), told.get("reason") or "", keep, relations)
        return leaving.leave(self.page.office, self.residents, how)


def leave(page: ResidentsPage, residents: list[int], state: str) -> None:
    """Ask how residents leave and register it."""
    house = households.household_of(page.office, residents[0])
    dialog = LeaveDialog(page, residents, house, state)
    if dialog.exec() == QDialog.DialogCode.Accepted:
        ended = dialog.result_value
        more = f"，结束 {len(ended)} 项安排" if ended else ""
        page.main.say(f"已登记：{STATES[state]}{more}", undo=True)


def come_back(page: ResidentsPage, resident: int) -> None:
    """A resident lives here again: ask which plans to take up, if any ended."""
    person = service.get(page.office, resident)
    plans = leaving.resumable(page.office, resident)
    if not plans:
        leaving.come_back(page.office, resident)
        page.main.say(f"{person.name}：已恢复在住", undo=True)
        return
    wanted = Field("keys", "接着办", "multi", choices=[(plan.key, plan.words) for plan in plans])
    note = f"{STATES[person.state]}时一起结束了下面 {len(plans)} 项，勾选的接着办，其余仍算结束。"

    def save(told: dict[str, Any]) -> list[str]:
        return leaving.come_back(page.office, resident, told["keys"])

    dialog = Editor(
        page, f"{person.name}：恢复在住", (wanted,), {"keys": [one.key for one in plans]}, save, columns=1, note=note
    )
    dialog.under.addWidget(label("本人不在期间可能有变化，恢复后请在随访和帮扶里核对下次日期。", "quiet", wrap=True))
    if dialog.exec() == QDialog.DialogCode.Accepted:
        taken = dialog.result_value
        page.main.say(f"{person.name}：已恢复在住" + (f"，恢复 {len(taken)} 项安排" if taken else ""), undo=True)
