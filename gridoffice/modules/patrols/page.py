"""The tab 巡查: logs, grids, 到位率, households by their visits, route sheets; the chosen one beside its list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.modules.patrols import house, page_lists, page_rounds, page_visits, service
from gridoffice.modules.patrols.coverage import COVERAGE
from gridoffice.modules.patrols.lists import PATROLS
from gridoffice.modules.patrols.page_acts import Acts
from gridoffice.modules.patrols.page_covered import Covered
from gridoffice.modules.patrols.page_patrol import PatrolPanel
from gridoffice.modules.patrols.page_rates import Rates
from gridoffice.modules.patrols.round_list import ROUNDS
from gridoffice.modules.patrols.visit_list import VISITS
from gridoffice.ui.flow import Flow
from gridoffice.ui.page import Page
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.stack import Shown
from gridoffice.ui.table import ListTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

RATES, COVERED = "rates", "covered"
SEGMENTS = {
    PATROLS.key: "巡查记录",
    COVERAGE.key: "网格情况",
    RATES: "到位率",
    VISITS.key: "入户走访",
    COVERED: "走访覆盖",
    ROUNDS.key: "路线单",
}


class PatrolsPage(Page):
    """Views under one switch, Alt and a figure each; lists have the chosen record at their right."""

    tables = (
        PATROLS.tables | COVERAGE.tables | VISITS.tables | ROUNDS.tables
        | {"case_file", "leave", "work_day", "patrol_supplement", "network", "attachment"}
    )  # fmt: skip

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        self.key = self._list_key = PATROLS.key
        self.behind = ""  # the words of the number whose households are listed
        self.acts = Acts(self)
        self.lists = page_lists.made(self)
        self.rates, self.covered = Rates(office), Covered(office, self.acts.plan_week)
        figures: dict[str, QWidget] = {RATES: self.rates, COVERED: self.covered}
        self.views: dict[str, QWidget] = {key: self.lists.get(key) or figures[key] for key in SEGMENTS}
        self.side = PatrolPanel()
        self.panes(middle=self._middle(), right=self.side)
        for table in self.lists.values():
            table.chosen.connect(partial(self._chosen, table))
        page_lists.connect(self)
        self.rates.logs_wanted.connect(self.acts.owed_logs)
        self.rates.entry_wanted.connect(self.acts.record_owed)
        self.covered.listed.connect(self._list_homes)
        self.listen(self.side)
        self.show_list(PATROLS.key)

    def _middle(self) -> QWidget:
        self.stack, self.buttons = Shown(), {}
        switch, switches = QButtonGroup(self), row(spacing=0)
        for place, (key, view) in enumerate(self.views.items(), 1):
            self.stack.addWidget(view)
            made = button(SEGMENTS[key], partial(self.show_list, key), kind="seg", shortcut=f"Alt+{place}")
            made.setCheckable(True)
            self.buttons[key] = made
            switch.addButton(made)
            switches.addWidget(made)
        self.narrowed = button("", self.widen)
        self.narrowed.setToolTip("不再只看这些")
        self.narrowed.hide()
        self.new_button = button("登记巡查", self.new, kind="primary")
        self.new_button.setToolTip("登记巡查（Ctrl+N）")
        held = QWidget()
        held.setLayout(switches)
        left = Flow(spacing=theme.px(8))
        title = () if theme.px(100) > page_lists.LARGE else (label("巡查", "title"),)
        for widget in (*title, held, self.narrowed):
            left.addWidget(widget)
        top = row()
        top.addLayout(left, 1)
        top.addWidget(self.new_button)
        middle = QWidget()
        body = QVBoxLayout(middle)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(10))
        body.addLayout(top)
        body.addWidget(self.stack, 1)
        return middle

    def listen(self, panel: PatrolPanel) -> None:
        """Do what a panel's buttons and links ask for."""
        panel.pressed.connect(self.acts.do)
        panel.photo_pressed.connect(self.acts.show_photo)
        panel.case_pressed.connect(lambda case: self.main.open("cases", record=case))
        panel.patrol_pressed.connect(lambda patrol: self.show_view("", patrol))

    @property
    def list(self) -> ListTable:
        """The list in front, or the one that was in front before the figures."""
        return self.lists[self._list_key]

    @property
    def has_list(self) -> bool:
        """Whether a list is in front, and no figures."""
        return self.key in self.lists

    def minimumSizeHint(self) -> QSize:
        """Figures have nothing beside them to fold away."""
        hint = super().minimumSizeHint()
        if not self.has_list:
            hint.setWidth(self._room(self._pane_middle))
        return hint

    def _fold(self) -> None:
        """The chosen record stands beside a list only."""
        if self.has_list:
            super()._fold()
            return
        self._is_open = False
        self.side.hide()
        self._opener.hide()
        if self._pane_middle is not None:
            self._pane_middle.show()

    def show_list(self, key: str) -> None:
        """Put one of the views in front."""
        self.key = key
        if self.has_list:
            self._list_key = key
        self.buttons[key].setChecked(True)
        self.stack.setCurrentWidget(self.views[key])
        self.stack.updateGeometry()
        self.updateGeometry()
        self._fold()
        words = page_lists.narrowed_to(self.office, dict(self.list.filters), self.behind) if self.has_list else ""
        self.narrowed.setVisible(bool(words))
        self.narrowed.setText(f"只看 {words}  ✕")
        if not self.has_list:
            self._refresh_figures()
            return
        if self.list.current() is None:
            self.list.choose_first()
        self._show()

    def _refresh_figures(self) -> None:
        (self.rates if self.key == RATES else self.covered).refresh()

    def _list_homes(self, view: str, units: tuple[int | None, ...], words: str) -> None:
        self.behind = words
        self.show_view(view, filters=(("list", VISITS.key), ("units", units)))

    def widen(self) -> None:
        """No longer only some of the list."""
        self.show_view(self.list.view_key, filters=(("list", self._list_key),))

    def refresh(self) -> None:
        """Ask anew, and show the chosen record again."""
        for table in self.lists.values():
            table.reload()
        if not self.has_list:
            self._refresh_figures()
            return
        if self.list.current() is None:
            self.list.choose_first()
        self._show()

    def show_view(self, view: str, record: int | None = None, filters: tuple[tuple[str, Any], ...] = ()) -> None:
        """Show a named view of the list that has it, the figures of that name, or one log."""
        wanted = dict(filters).get("list", "")
        kept = tuple(pair for pair in filters if pair[0] != "list")
        if view in self.views and view not in self.lists:
            self.show_list(view)
            return
        having = (one.key for one in (COVERAGE, VISITS, ROUNDS) if view and view in {known.key for known in one.views})
        key = wanted or next(having, PATROLS.key)
        shown = self.lists[key]
        shown.show_view("" if record is not None else view, filters=kept)
        self.show_list(key)
        if record is not None:
            shown.choose(record)
        else:
            shown.choose_first()

    def logged(self, patrol_id: int) -> None:
        """Logs were entered: show the last of them, or stay with the figures they were entered from."""
        if self.has_list:
            self.show_view("", patrol_id)

    def new(self, unit: int | None = None) -> None:
        """Ctrl+N: record a patrol of a grid: the one given, or the chosen one when the grids are in front."""
        if unit is None and self.key == COVERAGE.key:
            unit = self.list.current()
        self.acts.record(unit)

    def print_page(self) -> None:
        """Print what is shown."""
        if self.has_list:
            self.list.print_button.click()
        else:
            (self.rates if self.key == RATES else self.covered).print()

    def find_in_list(self) -> None:
        """To the filter box."""
        if not self.has_list:
            self.show_list(self._list_key)
        self.list.search.setFocus()

    def type_in(self, sheet: int | None = None) -> None:
        """录入回单."""
        self.acts.type_in(sheet)

    def plan_week(self) -> None:
        """一周走访安排."""
        self.acts.plan_week()

    def _chosen(self, table: ListTable, _record: object) -> None:
        """Another record is chosen; a list that is behind says nothing."""
        if self.has_list and table is self.list:
            self._show()

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
