"""What the buttons of a case lead to: the dialogs of its steps and of what stands beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from gridoffice.domain import work
from gridoffice.modules.cases import (
    dealing,
    letters,
    page_deal,
    page_forms,
    page_letters,
    paper_letters,
    seeking,
    service,
)
from gridoffice.modules.cases.details import Details, details
from gridoffice.modules.cases.page_place import PlaceDialog
from gridoffice.modules.cases.service import CaseView
from gridoffice.ui import dialogs, output

if TYPE_CHECKING:
    from gridoffice.modules.cases.page import CasesPage

DIALOGS = {
    "ask": "已申请延期",
    "grant": "已准予延期",
    "refuse": "已登记不准延期",
    "supervise": "已督办",
    "lift": "已取消督办",
    "task": "已分办任务",
    "finish": "任务已完成",
    "contact": "已登记联系",
    "callback": "已登记回访",
    "link": "已关联户",
    "merge": "已合并",
    "move": "已改到现在的网格",
}
"""What opens a dialog, and what is said when it was saved."""


class Acts:
    """The acts of one page; `do` is called with a key as "finish:12" and the case."""

    def __init__(self, page: CasesPage) -> None:
        self.page, self.office = page, page.office

    def do(self, told: str, case_id: int) -> None:
        """Do what a button asks for; what goes wrong is shown as its sentence."""
        key, _, part = told.partition(":")
        number = int(part) if part.isdigit() else 0
        dialogs.guarded(self.page, lambda: self._do(key, case_id, number))

    def _do(self, key: str, case_id: int, number: int) -> None:
        if key in DIALOGS:
            case, about = service.view(self.office, case_id), self._about(case_id)
            if self._editor(key, case, about, number).exec() == QDialog.DialogCode.Accepted:
                self.page.main.say(DIALOGS[key], undo=True)
            return
        getattr(self, f"_{key}")(case_id, number)

    def _about(self, case_id: int) -> Details:
        found = details(self.office, case_id)
        assert found is not None  # its view was just read
        return found

    def _editor(self, key: str, case: CaseView, about: Details, number: int) -> QDialog:
        page, office = self.page, self.office
        if key in ("grant", "refuse"):
            return page_deal.decide(page, office, case, about, key == "grant")
        if key in ("contact", "callback"):
            return page_deal.contact(page, office, case, about, key)
        if key == "supervise":
            return page_deal.supervise(page, office, case, about)
        if key == "finish":
            title = next((one.text for one in about.tasks if one.id == number), "")
            return page_deal.finish_task(page, office, case, number, title)
        if key == "move":
            return page_deal.place(page, office, case, seeking.heirs(office, case.entry.unit_id or 0))
        plain = {
            "ask": page_deal.ask, "lift": page_deal.lift, "task": page_deal.add_task, "link": page_deal.link,
            "merge": page_deal.merge,
        }  # fmt: skip
        return plain[key](page, office, case)

    def step(self, verb: str, case_id: int) -> None:
        """Take a case a lawful step on; one in a grid that was merged since is first put where it belongs now."""
        dialogs.guarded(self.page, lambda: self._step(verb, case_id))

    def _step(self, verb: str, case_id: int) -> None:
        if self._about(case_id).ended_unit:
            self._do("move", case_id, 0)
            if self._about(case_id).ended_unit:
                return
        if verb == "close" and not self._tasks_done(case_id):
            return
        case = service.view(self.office, case_id)
        if page_forms.step_editor(self.page, self.office, case, verb).exec() == QDialog.DialogCode.Accepted:
            state = work.STATES[service.view(self.office, case_id).state]
            self.page.main.say(f"{case.number} {state}", undo=True)

    def _tasks_done(self, case_id: int) -> bool:
        """Whether every part of the work is done; for those that are open, their dialogs are offered one by one."""
        still = [one for one in self._about(case_id).tasks if one.is_open]
        if not still:
            return True
        names = "、".join(one.text for one in still[:3])
        told = f"还有 {len(still)} 项分办任务没有完成：{names}。先登记完成，再告知并结案；不用办的，打开事项删去任务。"
        if dialogs.ask(self.page, "还不能结案", told, ["登记完成", "回去"]) != 0:
            return False
        for one in still:
            self._do("finish", case_id, one.id)
        return not any(one.is_open for one in self._about(case_id).tasks)

    def _change(self, case_id: int, _number: int) -> None:
        case = service.view(self.office, case_id)
        if page_forms.change_case(self.page, self.office, case).exec() == QDialog.DialogCode.Accepted:
            self.page.main.say(f"已修改 {case.number}", undo=True)

    def _photo(self, case_id: int, _number: int) -> None:
        self._photos(case_id, "photo")

    def _before(self, case_id: int, _number: int) -> None:
        self._photos(case_id, "before")

    def _after(self, case_id: int, _number: int) -> None:
        self._photos(case_id, "after")

    def _photos(self, case_id: int, shows: str) -> None:
        files = dialogs.open_files(self.page, f"选择照片（{dealing.PHOTOS[shows]}）", "照片 (*.jpg *.jpeg *.png)")
        if files:
            read = [(file.name, file.read_bytes()) for file in files]
            dealing.add_photos(self.office, case_id, read, shows, self.office.user)
            self.page.main.say(f"已添加 {len(files)} 张照片", undo=True)

    def _enlarge(self, _case_id: int, number: int) -> None:
        data = service.photo(self.office, number, is_small=False)
        if data is not None:
            page_forms.PhotoView(self.page, data).exec()

    def _untask(self, case_id: int, number: int) -> None:
        dealing.remove_task(self.office, case_id, number, self.office.user)
        self.page.main.say("已删除任务", undo=True)

    def _unlink(self, case_id: int, number: int) -> None:
        dealing.unlink(self.office, case_id, number)
        self.page.main.say("已取消关联", undo=True)

    def _source(self, case_id: int, _number: int) -> None:
        case = service.view(self.office, case_id)
        self.page.main.open("patrols", record=case.source_id, filters=(("list", "patrols"),))

    def _house(self, _case_id: int, number: int) -> None:
        self.page.main.open("residents", record=number, filters=(("list", "households"),))

    def _delete(self, case_id: int, _number: int) -> None:
        selected = self.page.list.selected()
        chosen = selected if case_id in selected else [case_id]
        service.remove(self.office, chosen)
        self.page.main.say(f"已删除 {len(chosen)} 件事项", undo=True)

    def _map(self, case_id: int, _number: int) -> None:
        case = service.view(self.office, case_id)
        if PlaceDialog(self.page, self.office, case_id, case.entry.title).exec() == QDialog.DialogCode.Accepted:
            self.page.main.say("已改图上位置", undo=True)

    def _letter(self, case_id: int, place: int) -> None:
        number = service.view(self.office, case_id).number
        made = page_letters.make(self.page, self.office, case_id, number, paper_letters.KINDS[place])
        if made:
            self.page.main.say(f"已制作 {made}，已登记在文书登记", undo=True)

    def _answer(self, case_id: int, paper_id: int) -> None:
        shown = next(one for one in letters.of_case(self.office, case_id) if one.id == paper_id)
        if page_letters.answer(self.page, self.office, shown).exec() == QDialog.DialogCode.Accepted:
            self.page.main.say("已登记回执", undo=True)

    def _print(self, case_id: int, _number: int) -> None:
        from gridoffice.modules.cases import paper

        case = service.view(self.office, case_id)
        output.print_paper(self.page, f"事项办理过程_{case.number}.pdf", lambda: paper.draw(self.office, case_id))
