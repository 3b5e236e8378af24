"""The tab 事项: cases as a list with the chosen one beside it, as a board, as a calendar; one on the whole page."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QButtonGroup, QDialog, QStackedWidget, QVBoxLayout, QWidget

from gridoffice.core import settings as machine
from gridoffice.db.office import Office
from gridoffice.modules.cases import glance, page_entry, service
from gridoffice.modules.cases.lists import CASES
from gridoffice.modules.cases.page_acts import Acts
from gridoffice.modules.cases.page_board import Board
from gridoffice.modules.cases.page_case import CasePanel
from gridoffice.modules.cases.page_figures import Figures
from gridoffice.modules.cases.page_month import Month
from gridoffice.modules.cases.page_whole import WholeCase
from gridoffice.ui.empty import Empty
from gridoffice.ui.page import Page
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.table import ListTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


LARGE = 130
"""Letters (per cent) from which the list leaves out what also stands beside it, so that the state stays in sight."""
LESS = frozenset({"category", "kind", "found", "due"})

MODES = {"list": "列表", "board": "看板", "month": "时限日历", "figures": "统计"}
WHOLE = "case"


class Views(QStackedWidget):
    """One view at a time; as narrow as the shown one can be, not as the widest of all."""

    def minimumSizeHint(self) -> QSize:
        """That of the shown view."""
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()

    def sizeHint(self) -> QSize:
        """That of the shown view."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else super().sizeHint()


class CasesPage(Page):
    """Cases in three ways; Enter or a double click shows one on the whole page, Esc leads back."""

    tables = CASES.tables | {"attachment", "case_task", "case_contact", "case_paper", "case_household", "work_day"}

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        empty = Empty(
            "cases",
            "这里没有事项",
            "巡查发现的问题会自动成为事项；群众反映和上级交办的在这里登记。",
            (("登记事项", self.new),),
        )
        less = LESS if theme.px(100) > LARGE else frozenset()
        self.acts = Acts(self)
        self.mode = str(machine.get("cases"))
        self.chosen: int | None = None
        self.last: dict[str, Any] = {}
        self.list = ListTable(office, CASES, view="open", empty=empty, hide=less)
        self.list.search.setPlaceholderText("筛选 事项、编号、网格、承办人")
        self.list.search.setToolTip("也可以写类别、反映人的姓名和电话、12345 工单号")
        self.case, self.whole = CasePanel(office), WholeCase(office)
        self.board, self.month, self.figures = Board(office), Month(office), Figures(office)
        self.behind = ""  # the words of the number whose cases are listed
        self.narrowed = button("", lambda: self.show_view(self.list.view_key))
        self.narrowed.setToolTip("不再只看这些")
        self.narrowed.hide()
        self.panes(middle=self._middle(), right=self.case)
        self._connect()
        self.list.choose_first()
        self.show_mode(self.mode)

    def _middle(self) -> QWidget:
        self.segments = QButtonGroup(self)
        made = []
        for place, (key, title) in enumerate(MODES.items(), 1):
            one = button(title, partial(self.show_mode, key), kind="seg", shortcut=f"Alt+{place}")
            one.setCheckable(True)
            one.setProperty("mode", key)
            self.segments.addButton(one)
            made.append(one)
        mine = button("我督办的", self.show_mine, kind="chip")
        mine.setToolTip("由在这台机器上工作的人督办、还没有结案的事项")
        self.new_button = button("登记事项", self.new, kind="primary")
        self.new_button.setToolTip("登记事项（Ctrl+N）")
        self.top = QWidget()
        self.top.setLayout(
            row(label("事项", "title"), row(*made, spacing=0), self.narrowed, 1, mine, self.new_button, spacing=12)
        )
        self.stack = Views()
        self.views = {
            "list": self.list,
            "board": self.board,
            "month": self.month,
            "figures": self.figures,
            WHOLE: self.whole,
        }
        for view in self.views.values():
            self.stack.addWidget(view)
        middle = QWidget()
        body = QVBoxLayout(middle)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(10))
        body.addWidget(self.top)
        body.addWidget(self.stack, 1)
        return middle

    def _connect(self) -> None:
        self.list.chosen.connect(lambda _record: self._show())
        self.list.opened.connect(self.open_case)
        for word, key in (("打开", "open"), ("修改", "change"), ("加照片", "photo"), ("删除", "delete")):
            self.list.on_menu(word, partial(self.do, key))
        for panel in (self.case, self.whole):
            panel.pressed.connect(self.do)
            panel.stepped.connect(self.step)
        self.whole.left.connect(self.back)
        for view in (self.board, self.month):
            view.opened.connect(self.open_case)
            view.chosen.connect(self._choose)
        self.board.stepped.connect(self.acts.step)
        self.board.listed.connect(self._list_column)
        self.figures.listed.connect(self._list_behind)

    def minimumSizeHint(self) -> QSize:
        """Board, calendar and whole case have nothing beside them to fold away."""
        hint = super().minimumSizeHint()
        if self.stack.currentWidget() is not self.list:
            hint.setWidth(self._room(self._pane_middle))
        return hint

    def _fold(self) -> None:
        """The chosen case stands beside the list only."""
        if self.stack.currentWidget() is self.list:
            super()._fold()
            return
        self.case.hide()
        self._opener.hide()

    def _turn_to(self, view: QWidget) -> None:
        self.stack.setCurrentWidget(view)
        self.stack.updateGeometry()
        self.updateGeometry()
        self._fold()

    def current(self) -> int | None:
        """The case that buttons and menus speak of."""
        if self.stack.currentWidget() is self.list:
            return self.list.current()
        return self.chosen

    def _choose(self, case_id: int) -> None:
        self.chosen = case_id

    def show_mode(self, mode: str) -> None:
        """Show list, board or calendar; this machine remembers which."""
        self.mode = mode
        machine.put("cases", mode)
        for one in self.segments.buttons():
            one.setChecked(one.property("mode") == mode)
        self.top.show()
        self._turn_to(self.views[mode])
        self.refresh()

    def refresh(self) -> None:
        """Read anew what is shown."""
        shown = self.stack.currentWidget()
        if shown is self.whole:
            self._reopen()
        elif shown is self.list:
            self.list.reload()
            if self.list.current() is None:
                self.list.choose_first()
            self._show()
        elif shown is self.figures:
            self.figures.reload()
        elif isinstance(shown, Board | Month):
            shown.filters = self.list.filters
            shown.reload()

    def _reopen(self) -> None:
        if self.chosen is None or not service.exists(self.office, self.chosen):
            self.back()
        else:
            self.whole.show_case(service.view(self.office, self.chosen))

    def open_case(self, case_id: int) -> None:
        """Show a case on the whole page."""
        self.chosen = case_id
        self.top.hide()
        self._turn_to(self.whole)
        self.whole.show_case(service.view(self.office, case_id))
        self.whole.back_button.setFocus()

    def back(self) -> None:
        """From the whole page to where one came from, with the case still chosen."""
        case_id = self.chosen
        self.show_mode(self.mode)
        if case_id is None:
            return
        if self.mode == "list":
            self.list.choose(case_id)
            self.list.table.setFocus()
        elif self.mode == "board":
            self.board.choose(case_id)

    def show_view(self, view: str, record: int | None = None, filters: tuple[tuple[str, Any], ...] = ()) -> None:
        """Show a named view, or one case."""
        kept = tuple(pair for pair in filters if pair[0] != "list")
        if self.stack.currentWidget() is not self.list:
            self.show_mode("list")
        self.list.show_view("" if record is not None else view, filters=kept)
        words = self._narrowed_to(dict(kept))
        self.narrowed.setVisible(bool(words))
        self.narrowed.setText(f"只看 {words}  ✕")
        if record is not None:
            self.list.choose(record)
        else:
            self.list.choose_first()

    def _narrowed_to(self, filters: dict[str, Any]) -> str:
        if "unit" in filters:
            return service.unit_name(self.office, filters["unit"])
        if "ids" in filters:
            return self.behind
        if "supervisor" in filters:
            return f"{filters['supervisor']}督办的"
        states = filters.get("states")
        return next((title for _key, title, known in glance.COLUMNS if known == states), "")

    def show_mine(self) -> None:
        """The cases that who works here supervises."""
        self.show_view("", filters=(("supervisor", self.office.user),))

    def _list_column(self, key: str) -> None:
        states = next(states for known, _title, states in glance.COLUMNS if known == key)
        self.show_view("", filters=(("states", states),))

    def _list_behind(self, ids: tuple[int, ...], words: str) -> None:
        self.behind = words
        self.show_view("", filters=(("ids", ids),))

    def new(self, unit: int | None = None) -> None:
        """Ctrl+N: take a new case in, perhaps in a unit; a case that is there already is opened instead."""
        editor = page_entry.new_case(self, self.office, unit, self.last)
        if editor.exec() != QDialog.DialogCode.Accepted:
            return
        self.last = editor.last
        if editor.opened is not None:
            self.open_case(editor.opened)
            return
        self.show_view("", editor.result_value)
        self.main.say("已登记事项", undo=True)

    def print_page(self) -> None:
        """Print the list as it is shown, or the whole case's story."""
        if self.stack.currentWidget() is self.whole:
            self.do("print")
        elif self.stack.currentWidget() is self.figures:
            self.figures.print()
        else:
            self.list.print_button.click()

    def find_in_list(self) -> None:
        """To the filter box."""
        if self.stack.currentWidget() is not self.list:
            self.show_mode("list")
        self.list.search.setFocus()

    def do(self, told: str) -> None:
        """What a button of the panel, the whole page or the menu asks for."""
        current = self.current()
        if current is None:
            return
        if told == "open":
            self.open_case(current)
        else:
            self.acts.do(told, current)

    def step(self, verb: str) -> None:
        """Take the chosen case a lawful step on."""
        current = self.current()
        if current is not None:
            self.acts.step(verb, current)

    def _show(self) -> None:
        current = self.list.current()
        self.case.show_case(service.view(self.office, current) if current is not None else None)
