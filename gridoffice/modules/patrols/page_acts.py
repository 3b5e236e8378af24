"""What the buttons, menus and commands of the tab 巡查 do: logs, rounds, plans, rules."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QVBoxLayout

from gridoffice.modules.patrols import (
    house,
    locks,
    page_diary,
    page_entry,
    page_never,
    page_photo,
    page_rounds,
    page_typein,
    page_visits,
    rounds,
    service,
)
from gridoffice.modules.patrols.entry import Entry
from gridoffice.modules.patrols.lists import PATROLS
from gridoffice.modules.patrols.page_patrol import PatrolPanel
from gridoffice.modules.patrols.rates_list import Owing
from gridoffice.ui import dialogs
from gridoffice.ui.editor import edit
from gridoffice.ui.fields import Field
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.modules.patrols.page import PatrolsPage


class Acts:
    """The verbs of the page, on what is chosen in it."""

    def __init__(self, page: PatrolsPage) -> None:
        self.page, self.office = page, page.office
        self._plain: dict[str, Callable[[], None]] = {
            "new": page.new,
            "rules": self.rules,
            "plan": self.plan_week,
            "type_in": self.type_in,
            "diary": lambda: page_diary.print_diary(page, page.office),
        }
        self._rounds: dict[str, Callable[[Sequence[int]], None]] = {
            "make_round": self.make_round,
            "print_round": self.print_round,
            "type_round": lambda ids: self.type_in(ids[0]),
            "drop_round": self.drop_rounds,
            "open_house": lambda ids: self.open_house(ids[0]),
            "grid_logs": lambda ids: self.grid_logs(ids[0]),
        }
        self._logs: dict[str, Callable[[int], None]] = {
            "change": self.change,
            "delete": self.delete,
            "supplement": self.supplement,
        }

    def do(self, key: str) -> None:
        """What a button or menu entry asks for."""
        shown = self.page.list
        current = shown.current()
        if key in self._plain:
            self._plain[key]()
        elif current is None or not self.page.has_list:
            return
        elif key in self._rounds:
            self._rounds[key](shown.selected() or [current])
        elif self.page.key == PATROLS.key:
            dialogs.guarded(self.page, lambda: self._logs[key](current))

    def say(self, words: str) -> None:
        """Tell in the status line what was done and can be undone."""
        self.page.main.say(words, undo=True)

    def record(self, unit: int | None = None, begin: Entry | None = None) -> None:
        """Enter new logs, perhaps of a grid or begun from an entry."""
        editor = page_entry.new_patrol(self.page, self.office, unit, begin)
        editor.exec()
        if editor.kept:
            found = sum(len(service.view(self.office, one).cases) for one in editor.kept)
            number = f" {len(editor.kept)} 条" if len(editor.kept) > 1 else ""
            self.page.logged(editor.kept[-1])
            self.say(f"已登记巡查{number}，{found} 个问题已成为事项" if found else f"已登记巡查{number}")

    def record_owed(self, one: Owing) -> None:
        """Enter a log that was owed and is missing."""
        day = min(one.last, self.office.today())
        begin = replace(
            service.proposal(self.office), day=day, unit_id=one.unit_id, staff_id=one.staff_id,
            kind=one.rule.kind, weather="",
        )  # fmt: skip
        self.record(begin=begin)

    def open_log(self, patrol_id: int) -> None:
        """Edit a log; where its panel is folded away, show that first."""
        if self.page.side.isVisible():
            self.do("change")
            return
        dialog = QDialog(self.page)
        dialog.setWindowTitle("巡查")
        dialog.resize(theme.px(380), min(theme.px(560), self.page.height()))
        panel = PatrolPanel()
        panel.show_patrol(service.view(self.office, patrol_id))
        for signal in (panel.pressed, panel.case_pressed, panel.patrol_pressed):
            signal.connect(lambda _what: dialog.accept())
        self.page.listen(panel)
        body = QVBoxLayout(dialog)
        body.addWidget(panel)
        dialog.exec()

    def show_photo(self, photo_id: int) -> None:
        """Show a photo of a log large."""
        dialogs.guarded(self.page, lambda: page_photo.PhotoDialog(self.page, self.office, photo_id).exec())

    def change(self, patrol_id: int) -> None:
        """Change a log."""
        if page_entry.change_patrol(self.page, self.office, patrol_id).exec() == QDialog.DialogCode.Accepted:
            self.say("已修改巡查")

    def supplement(self, patrol_id: int) -> None:
        """Write a dated supplement."""
        field = Field("text", "补记", "multiline", required=True, help="补充了什么；会注明今天的日期和您的姓名")
        save = lambda values: locks.supplement(self.office, patrol_id, values["text"])  # noqa: E731
        note = "日志本身不改动，补记写在它下面，也印在日记里。"
        if edit(self.page, "补记", [field], {}, save, columns=1, note=note):
            self.say("已补记")

    def delete(self, patrol_id: int) -> None:
        """Delete the chosen logs, asked where cases came of them."""
        chosen = self.page.list.selected() or [patrol_id]
        number = service.cases_of(self.office, chosen)
        if number:
            text = f"这 {len(chosen)} 条巡查发现过 {number} 件事项。一起删除后，可以用“撤销”全部找回。"
            if dialogs.ask(self.page, "连同发现的事项一起删除？", text, ["不删除", "一起删除"]) != 1:
                return
        service.remove(self.office, chosen, with_cases=True)
        self.say(f"已删除 {len(chosen)} 条巡查")

    def grid_logs(self, unit: int) -> None:
        """The logs of a grid."""
        self.page.show_view("", filters=(("unit", unit), ("list", PATROLS.key)))

    def owed_logs(self, one: Owing) -> None:
        """The logs that count for what was owed."""
        whose = ("staff", one.staff_id) if one.rule.scope == "person" and one.staff_id else ("unit", one.unit_id)
        kind = () if one.rule.any_kind else (("kind", one.rule.kind),)
        days = (("from", one.first), ("to", one.last))
        self.page.show_view("", filters=(("list", PATROLS.key), whose, *kind, *days))

    def rules(self) -> None:
        """走访规则."""
        if page_visits.RulesDialog(self.page, self.office).exec() == QDialog.DialogCode.Accepted:
            self.say("已修改走访规则")

    def type_in(self, sheet: int | None = None) -> None:
        """录入回单: from a number that is scanned or typed, or of a chosen sheet."""
        dialog = page_typein.TypeInDialog(self.page, self.office)
        if sheet is not None:
            dialog.open_sheet(sheet)
        dialog.exec()
        if dialog.result_value is not None:
            self.say(f"已录入路线单，走访 {dialog.result_value.visits} 户")

    def plan_week(self) -> None:
        """一周走访安排: the proposal for the never-visited, made into route sheets."""
        dialog = page_never.PlanDialog(self.page, self.office)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.page.show_view("out")
            self.say(f"已做成 {len(dialog.made)} 张路线单")

    def make_round(self, homes: Sequence[int]) -> None:
        """Make route sheets of the chosen households."""
        worker = house.worker_of(self.office, homes[0])
        dialog = page_rounds.make_dialog(self.page, self.office, homes, worker)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.page.show_view("out", dialog.result_value[0])
            self.say(f"已做成 {len(dialog.result_value)} 张路线单")

    def print_round(self, sheets: Sequence[int]) -> None:
        """Print the chosen route sheets, or all that are listed, as one file."""
        wanted = page_rounds.which(self.page, sheets, list(self.page.list.model.ids))
        if wanted:
            page_rounds.print_sheets(self.page, self.office, wanted)

    def drop_rounds(self, sheets: Sequence[int]) -> None:
        """Take route sheets back."""
        if dialogs.guarded(self.page, lambda: rounds.remove(self.office, sheets)):
            self.say(f"已作废 {len(sheets)} 张路线单，那些户仍在应访户里")

    def open_house(self, home: int) -> None:
        """A household's file on the tab 居民."""
        self.page.main.open("residents", record=home, filters=(("list", "households"),))
