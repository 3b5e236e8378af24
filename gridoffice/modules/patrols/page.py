"""The tab 巡查: patrols, the grids and households they leave out, with the chosen one and its cases at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QButtonGroup, QDialog, QStackedWidget, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.modules.patrols import (
    house,
    locks,
    page_entry,
    page_never,
    page_rounds,
    page_typein,
    page_visits,
    rounds,
    service,
)
from gridoffice.modules.patrols.coverage import COVERAGE
from gridoffice.modules.patrols.lists import PATROLS
from gridoffice.modules.patrols.page_patrol import PatrolPanel
from gridoffice.modules.patrols.page_rates import print_diary, show_rates
from gridoffice.modules.patrols.round_list import ROUNDS
from gridoffice.modules.patrols.visit_list import VISITS
from gridoffice.ui import dialogs
from gridoffice.ui.editor import edit
from gridoffice.ui.empty import Empty
from gridoffice.ui.fields import Field
from gridoffice.ui.page import Page
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.table import ListTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

LARGE = 130
"""Letters (per cent) from which the list leaves out what also stands beside it, so that the problems stay in sight."""
LESS = frozenset({"kind", "households"})
WORDS = {PATROLS.key: "巡查记录", COVERAGE.key: "网格巡查情况", VISITS.key: "入户走访", ROUNDS.key: "路线单"}


class PatrolsPage(Page):
    """Lists under one switch: the patrols, the grids by how long nobody walked them, the households by their visits."""

    tables = PATROLS.tables | COVERAGE.tables | VISITS.tables | ROUNDS.tables | {"case_file"}

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        self.key = PATROLS.key
        empty = Empty(
            "patrols",
            "这里没有巡查记录",
            "换一个筛选条件看看，导入巡查日志表格，或登记第一条。",
            (("登记巡查", self.new),),
        )
        nothing = Empty("patrols", "这里没有网格", "都巡查到了，或者还没有导入网格。")
        visited = Empty("patrols", "这里没有户", "该走访的都走访到了，或者还没有导入居民台账。")
        printed = Empty("patrols", "这里没有路线单", "在“入户走访”里选中要去的户，做成路线单打印出来。")
        self.lists = {
            PATROLS.key: ListTable(office, PATROLS, empty=empty, hide=LESS if theme.px(100) > LARGE else frozenset()),
            COVERAGE.key: ListTable(office, COVERAGE, empty=nothing),
            VISITS.key: ListTable(office, VISITS, empty=visited, view=VISITS.main_view),
            ROUNDS.key: ListTable(office, ROUNDS, empty=printed, view="out"),
        }
        self.lists[PATROLS.key].search.setPlaceholderText("筛选 网格、网格员、情况")
        self.lists[COVERAGE.key].search.setPlaceholderText("筛选 网格、村")
        self.lists[VISITS.key].search.setPlaceholderText("筛选 户主、住址、户编号")
        for word, key in (("走访规则…", "rules"), ("一周走访安排…", "plan"), ("做路线单…", "make_round")):
            self.lists[VISITS.key].foot.addWidget(button(word, partial(self.do, key)))
        self.lists[ROUNDS.key].search.setPlaceholderText("筛选 编号、网格员、网格")
        self.lists[ROUNDS.key].foot.addWidget(button("录入回单…", self.type_in, kind="primary"))
        self.lists[COVERAGE.key].foot.addWidget(button("到位率…", partial(show_rates, self)))
        self.stack = QStackedWidget()
        self.buttons = {}
        switch = QButtonGroup(self)
        for key, table in self.lists.items():
            self.stack.addWidget(table)
            self.buttons[key] = button(WORDS[key], partial(self.show_list, key), kind="seg")
            self.buttons[key].setCheckable(True)
            switch.addButton(self.buttons[key])
            table.chosen.connect(lambda _record: self._show())
        self.side = PatrolPanel()
        self._rounds: dict[str, Callable[[Sequence[int]], None]] = {
            "make_round": self._make_round,
            "print_round": self._print_round,
            "type_round": lambda ids: self.type_in(ids[0]),
            "drop_round": self._drop_rounds,
        }
        self.narrowed = button("", lambda: self.show_view(self.list.view_key, filters=(("list", self.key),)))
        self.narrowed.setToolTip("不再只看这个网格")
        self.narrowed.hide()
        self.new_button = button("登记巡查", self.new, kind="primary")
        self.new_button.setToolTip("登记巡查（Ctrl+N）")
        middle = QWidget()
        body = QVBoxLayout(middle)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(10))
        switches = row(*self.buttons.values(), spacing=0)
        body.addLayout(row(label("巡查", "title"), switches, self.narrowed, 1, self.new_button))
        body.addWidget(self.stack, 1)
        self.panes(middle=middle, right=self.side)
        self._connect()
        self.show_list(PATROLS.key)

    def _connect(self) -> None:
        patrols, grids, houses, sheets = self.lists.values()
        patrols.opened.connect(self.open_patrol)
        grids.opened.connect(lambda _record: self.do("new"))
        for word, key in (("修改", "change"), ("补记", "supplement"), ("删除", "delete")):
            patrols.on_menu(word, partial(self.do, key))
        patrols.on_menu("打印民情日记…", lambda: print_diary(self, self.office))
        patrols.on_menu("到位率…", partial(show_rates, self))
        grids.on_menu("登记巡查", partial(self.do, "new"))
        houses.opened.connect(lambda _record: self._open_house())
        houses.on_menu("看这一户的档案", self._open_house)
        houses.on_menu("做路线单…", partial(self.do, "make_round"))
        sheets.opened.connect(lambda _record: self.do("type_round"))
        for word, key in (("录入", "type_round"), ("打印", "print_round"), ("作废", "drop_round")):
            sheets.on_menu(word, partial(self.do, key))
        grids.on_menu("看这个网格的巡查", self._patrols_of_grid)
        self._listen(self.side)

    def _listen(self, panel: PatrolPanel) -> None:
        panel.pressed.connect(self.do)
        panel.case_pressed.connect(lambda case: self.main.open("cases", record=case))
        panel.patrol_pressed.connect(lambda patrol: self.show_view("", patrol))

    @property
    def list(self) -> ListTable:
        """The list in front."""
        return self.lists[self.key]

    def show_list(self, key: str) -> None:
        """Put one of the two lists in front."""
        self.key = key
        self.buttons[key].setChecked(True)
        self.stack.setCurrentWidget(self.lists[key])
        unit = dict(self.list.filters).get("unit")
        self.narrowed.setVisible(unit is not None)
        if unit is not None:
            self.narrowed.setText(f"只看 {service.unit_name(self.office, unit)}  ✕")
        if self.list.current() is None:
            self.list.choose_first()
        self._show()

    def refresh(self) -> None:
        """Ask both lists anew and show the chosen record again."""
        for table in self.lists.values():
            table.reload()
        if self.list.current() is None:
            self.list.choose_first()
        self._show()

    def show_view(self, view: str, record: int | None = None, filters: tuple[tuple[str, Any], ...] = ()) -> None:
        """Show a named view of the list that has it, or one patrol."""
        wanted = dict(filters).get("list", "")
        kept = tuple(pair for pair in filters if pair[0] != "list")
        having = (one.key for one in (COVERAGE, VISITS, ROUNDS) if view and view in {known.key for known in one.views})
        key = wanted or next(having, PATROLS.key)
        self.lists[key].show_view("" if record is not None else view, filters=kept)
        self.show_list(key)
        if record is not None:
            self.list.choose(record)
        else:
            self.list.choose_first()

    def new(self, unit: int | None = None) -> None:
        """Ctrl+N: record a patrol of a grid: the one given, or the chosen one when the grids are in front."""
        if unit is None and self.key == COVERAGE.key:
            unit = self.list.current()
        editor = page_entry.new_patrol(self, self.office, unit)
        editor.exec()
        if editor.kept:
            found = len(editor.lines.lines)
            self.show_view("", editor.result_value)
            self.main.say(f"已登记巡查，{found} 个问题已成为事项" if found else "已登记巡查", undo=True)

    def print_page(self) -> None:
        """Print the list as it is shown."""
        self.list.print_button.click()

    def find_in_list(self) -> None:
        """To the filter box."""
        self.list.search.setFocus()

    def open_patrol(self, patrol_id: int) -> None:
        """Edit the patrol; where its panel is folded away, show that first."""
        if self.side.isVisible():
            self.do("change")
            return
        dialog = QDialog(self)
        dialog.setWindowTitle("巡查")
        dialog.resize(theme.px(380), min(theme.px(560), self.height()))
        panel = PatrolPanel()
        panel.show_patrol(service.view(self.office, patrol_id))
        for signal in (panel.pressed, panel.case_pressed, panel.patrol_pressed):
            signal.connect(lambda _what: dialog.accept())
        self._listen(panel)
        body = QVBoxLayout(dialog)
        body.addWidget(panel)
        dialog.exec()

    def do(self, key: str) -> None:
        """What a button of the panel or the menu asks for."""
        current = self.list.current()
        if key == "new":
            self.new()
        elif key == "rules":
            if page_visits.RulesDialog(self, self.office).exec() == QDialog.DialogCode.Accepted:
                self.main.say("已修改走访规则", undo=True)
        elif key == "plan":
            self.plan_week()
        elif key in self._rounds and current is not None:
            self._rounds[key](self.list.selected() or [current])
        elif current is not None and self.key == PATROLS.key:
            acts: dict[str, Callable[[int], None]] = {
                "change": self._change,
                "delete": self._delete,
                "supplement": self._supplement,
            }
            dialogs.guarded(self, lambda: acts[key](current))

    def _change(self, patrol_id: int) -> None:
        if page_entry.change_patrol(self, self.office, patrol_id).exec() == QDialog.DialogCode.Accepted:
            self.main.say("已修改巡查", undo=True)

    def _supplement(self, patrol_id: int) -> None:
        field = Field("text", "补记", "multiline", required=True, help="补充了什么；会注明今天的日期和您的姓名")
        save = lambda values: locks.supplement(self.office, patrol_id, values["text"])  # noqa: E731
        if edit(self, "补记", [field], {}, save, columns=1, note="日志本身不改动，补记写在它下面，也印在日记里。"):
            self.main.say("已补记", undo=True)

    def _delete(self, patrol_id: int) -> None:
        chosen = self.list.selected() or [patrol_id]
        number = service.cases_of(self.office, chosen)
        if number:
            text = f"这 {len(chosen)} 条巡查发现过 {number} 件事项。一起删除后，可以用“撤销”全部找回。"
            if dialogs.ask(self, "连同发现的事项一起删除？", text, ["不删除", "一起删除"]) != 1:
                return
        service.remove(self.office, chosen, with_cases=True)
        self.main.say(f"已删除 {len(chosen)} 条巡查", undo=True)

    def _patrols_of_grid(self) -> None:
        current = self.list.current()
        if current is not None:
            self.show_view("", filters=(("unit", current), ("list", PATROLS.key)))

    def type_in(self, sheet: int | None = None) -> None:
        """录入回单: from a number that is scanned or typed, or of a chosen sheet."""
        dialog = page_typein.TypeInDialog(self, self.office)
        if sheet is not None:
            dialog.open_sheet(sheet)
        dialog.exec()
        if dialog.result_value is not None:
            self.main.say(f"已录入路线单，走访 {dialog.result_value.visits} 户", undo=True)

    def plan_week(self) -> None:
        """一周走访安排: the proposal for the never-visited, made into route sheets."""
        dialog = page_never.PlanDialog(self, self.office)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.show_view("out")
            self.main.say(f"已做成 {len(dialog.made)} 张路线单", undo=True)

    def _make_round(self, homes: Sequence[int]) -> None:
        worker = house.worker_of(self.office, homes[0])
        dialog = page_rounds.make_dialog(self, self.office, homes, worker)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.show_view("out", dialog.result_value[0])
            self.main.say(f"已做成 {len(dialog.result_value)} 张路线单", undo=True)

    def _print_round(self, sheets: Sequence[int]) -> None:
        page_rounds.print_sheets(self, self.office, sheets)

    def _drop_rounds(self, sheets: Sequence[int]) -> None:
        if dialogs.guarded(self, lambda: rounds.remove(self.office, sheets)):
            self.main.say(f"已作废 {len(sheets)} 张路线单，那些户仍在应访户里", undo=True)

    def _open_house(self) -> None:
        current = self.list.current()
        if current is not None:
            self.main.open("residents", record=current, filters=(("list", "households"),))

    def _show(self) -> None:
        current = self.list.current()
        if current is None:
            self.side.show_nothing()
        elif self.key == COVERAGE.key:
            self.side.show_grid(service.grid_view(self.office, current))
        elif self.key == VISITS.key:
            found = house.view(self.office, current)
            page_visits.show_house(self.side, found) if found else self.side.show_nothing()
        elif self.key == ROUNDS.key:
            page_rounds.show_sheet(self.side, self.office, current)
        else:
            self.side.show_patrol(service.view(self.office, current))
