"""The tab 随访: who is due, one person's file, and the sheet of a visit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QDialog, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.forms import load
from gridoffice.modules.followup import page_forms, page_visit, register, service
from gridoffice.modules.followup.lists import FOLLOWUP
from gridoffice.modules.followup.page_person import PersonPanel
from gridoffice.ui import dialogs, output
from gridoffice.ui.empty import Empty
from gridoffice.ui.page import Page
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.table import ListTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


LARGE = 130
"""Letters (per cent) from which a list leaves out what also stands in the file, so that the state stays in sight."""
LESS = frozenset({"last_on"})

MENU = (
    ("查看档案", "show"),
    ("登记随访", "visit"),
    ("修改档案", "change"),
    ("结案", "leave"),
    ("恢复随访", "back"),
    ("打印随访表", "print"),
    ("删除", "delete"),
)


class FollowupPage(Page):
    """Register and due list at the left, the chosen person at the right."""

    tables = FOLLOWUP.tables

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        empty = Empty(
            "followup",
            "这里没有人",
            "换一个筛选条件看看；还没有登记的，可以导入卫生院的登记表，或新建档案。",
            (("新建档案", self.new),),
        )
        self.list = ListTable(
            office, FOLLOWUP, view="due", empty=empty, hide=LESS if theme.px(100) > LARGE else frozenset()
        )
        self.programme = QComboBox()
        self.programme.setAccessibleName("方案")
        self.programme.addItem("全部方案", "")
        for programme in load.programmes():
            self.programme.addItem(programme.title, programme.key)
        self.programme.currentIndexChanged.connect(self._narrow)
        self.list.add_tool(self.programme)
        self.person = PersonPanel(office)
        middle = QWidget()
        body = QVBoxLayout(middle)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(10))
        self.new_button = button("新建档案", self.new, kind="primary")
        body.addLayout(row(label("随访", "title"), label(service.NOTICE, "notice"), 1, self.new_button))
        body.addWidget(self.list, 1)
        self.panes(middle=middle, right=self.person)
        self.list.chosen.connect(lambda _record: self._show())
        self.list.opened.connect(lambda _record: self.do("visit" if self.person.isVisible() else "show"))
        for word, key in MENU:
            self.list.on_menu(word, partial(self.do, key))
        self.person.pressed.connect(self.do)
        self.person.visit_pressed.connect(self.open_visit)
        self.list.choose_first()
        self._show()

    def refresh(self) -> None:
        """Ask the list anew and show the chosen person again."""
        self.list.reload()
        if self.list.current() is None:
            self.list.choose_first()
        self._show()

    def show_view(self, view: str, record: int | None = None, filters: tuple[tuple[str, Any], ...] = ()) -> None:
        """Show a named view, or one person."""
        kept = tuple(pair for pair in filters if pair[0] != "list")
        self.list.show_view("" if record is not None else view, filters=kept)
        if record is not None:
            self.list.choose(record)
        else:
            self.list.choose_first()

    def new(self) -> None:
        """Find a resident, then fill the file."""
        finder = page_forms.PersonFinder(self, self.office)
        if finder.exec() != QDialog.DialogCode.Accepted:
            return
        editor = page_forms.new_file(self, self.office, finder.resident_id)
        if editor.exec() == QDialog.DialogCode.Accepted:
            self.show_view("", editor.result_value)
            self._told("已新建档案")

    def print_page(self) -> None:
        """Print the list as it is shown."""
        self.list.print_button.click()

    def find_in_list(self) -> None:
        """To the filter box."""
        self.list.search.setFocus()

    def do(self, key: str) -> None:
        """What a button of the person's panel asks for."""
        current = self.list.current()
        if current is None:
            return
        acts: dict[str, Callable[[int], None]] = {
            "show": self._aside,
            "visit": self._visit,
            "change": self._change,
            "leave": self._leave,
            "back": self._back,
            "print": self._print,
            "delete": self._delete,
        }
        dialogs.guarded(self, lambda: acts[key](current))

    def open_visit(self, visit_id: int) -> None:
        """Open a visit that was recorded."""
        current = self.list.current()
        if current is None:
            return
        dialog = page_visit.VisitDialog(self, self.office, current, visit_id)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._told(dialog.told)

    def _aside(self, enrolment_id: int) -> None:
        """The person's file in a window of its own, where the right side is folded away."""
        dialog = QDialog(self)
        dialog.setWindowTitle("健康服务档案")
        panel = PersonPanel(self.office)
        panel.show_person(service.person(self.office, enrolment_id))
        for signal, run in ((panel.pressed, self.do), (panel.visit_pressed, self.open_visit)):
            signal.connect(dialog.accept)
            signal.connect(run)
        body = QVBoxLayout(dialog)
        body.addWidget(panel)
        dialog.resize(theme.px(420), theme.px(620))
        dialog.exec()

    def _visit(self, enrolment_id: int) -> None:
        if service.person(self.office, enrolment_id).is_left:
            dialogs.tell(self, "已经结案", "这份档案已经结案，请先恢复随访再登记。")
            return
        dialog = page_visit.VisitDialog(self, self.office, enrolment_id)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._told(dialog.told)

    def _change(self, enrolment_id: int) -> None:
        if page_forms.change_file(self, self.office, enrolment_id).exec() == QDialog.DialogCode.Accepted:
            self._told("已修改档案")

    def _leave(self, enrolment_id: int) -> None:
        if page_forms.leave(self, self.office, enrolment_id).exec() == QDialog.DialogCode.Accepted:
            self._told("已结案")

    def _back(self, enrolment_id: int) -> None:
        register.take_back(self.office, enrolment_id)
        self._told("已恢复随访")

    def _delete(self, enrolment_id: int) -> None:
        chosen = self.list.selected() or [enrolment_id]
        number = register.visits_number(self.office, chosen)
        if number:
            text = f"这 {len(chosen)} 份档案里有 {number} 次随访记录。不再随访的人请用“结案”；删除后可以撤销。"
            if dialogs.ask(self, "连同随访记录一起删除？", text, ["不删除", "一起删除"]) != 1:
                return
        register.remove(self.office, chosen, with_visits=True)
        self._told(f"已删除 {len(chosen)} 份档案")

    def _print(self, enrolment_id: int) -> None:
        from gridoffice.modules.followup import paper

        name = service.person(self.office, enrolment_id).entry.name
        output.print_paper(self, f"{name}_随访表.pdf", lambda: paper.draw(self.office, enrolment_id))

    def _narrow(self) -> None:
        key = self.programme.currentData()
        self.list.set_filters(*((("programme", key),) if key else ()))

    def _show(self) -> None:
        current = self.list.current()
        self.person.show_person(service.person(self.office, current) if current is not None else None)

    def _told(self, text: str) -> None:
        self.main.say(text, undo=True)
