"""网格: tree at the left, the unit's card in the middle, who is responsible at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.domain.grids import GRID
from gridoffice.modules.grids import page_forms, service
from gridoffice.modules.grids.lists import GRIDS
from gridoffice.modules.grids.page_book import BookDialog
from gridoffice.modules.grids.page_gaps import GapsView
from gridoffice.modules.grids.page_people import PeoplePane
from gridoffice.modules.grids.page_switch import NetworkSwitch
from gridoffice.ui import dialogs
from gridoffice.ui.empty import Empty
from gridoffice.ui.figure import Figure
from gridoffice.ui.page import Page
from gridoffice.ui.panel import Panel, button, clear, label, row
from gridoffice.ui.table import ListTable
from gridoffice.ui.theme import theme
from gridoffice.ui.tree import Node, UnitTree

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

WIDE = 1300
"""Width of the page (at 100 %) from which six tiles stand beside each other."""


class GridsPage(Page):
    """The grid tree and each unit's card."""

    tables = frozenset(
        ["grid_unit", "assignment", "staff", "case_file", "resident", "household", "premises", "network",
         "network_role", "network_level", "leave"]
    )  # fmt: skip
    is_dated = True

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        self.unit: service.UnitCard | None = None
        left = Panel()
        self.tree = UnitTree()
        self.tree.chosen.connect(self._choose)
        self.add_button = button("新建下级", self.new, icon="add", shortcut="")
        self.switch = NetworkSwitch(window)
        self.switch.switched.connect(self.refresh)
        left.body.addWidget(self.switch)
        left.body.addWidget(self.tree, 1)
        left.body.addWidget(self.add_button)
        left.body.addWidget(button("查漏补缺", self.show_gaps, shortcut="Ctrl+L"))
        self.gaps: GapsView | None = None
        middle = QWidget()
        self.body = QVBoxLayout(middle)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(12))
        self.head, self.tiles = QVBoxLayout(), QGridLayout()
        self.across = 6
        self.tiles.setSpacing(theme.px(10))
        self.body.addLayout(self.head)
        self.body.addLayout(self.tiles)
        self.list = ListTable(
            office,
            GRIDS,
            chips=False,
            tools=False,
            hide=frozenset({"village", "level", "code", "stand_in"}),
            empty=Empty("grids", "下面没有网格", "点左下角“新建下级”。"),
        )
        self.list.opened.connect(self.tree.choose)
        self.cases = self._cases()
        self.shown = label("", "heading")
        self.list.body.insertWidget(0, self.shown)
        self.body.addWidget(self.list, 1)
        if self.cases is not None:
            self.body.addWidget(self.cases, 1)
        for shown in filter(None, (self.list, self.cases)):
            # Two lists under each other: what stands for an empty one must not make the page higher than the screen.
            shown.empty.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        self.right = PeoplePane(self)
        self.panes(left=left, middle=middle, right=self.right)
        self.refresh()

    def _cases(self) -> ListTable | None:
        """The table of cases, from the module that has them, by its declared list."""
        from gridoffice.core.module import load, modules

        for module in modules():
            for listing in load(module.listings) if module.listings else ():
                if listing.key == "cases":
                    empty = Empty("cases", "没有未办结的事项", "巡查发现问题后，会出现在这里。")
                    table = ListTable(
                        self.office,
                        listing,
                        title="未办结事项",
                        view=listing.due_view,
                        chips=False,
                        tools=False,
                        hide=frozenset({"kind", "found", "due"}),
                        empty=empty,
                    )
                    table.opened.connect(lambda number: self.main.open("cases", record=number))
                    return table
        return None

    def refresh(self) -> None:
        """Show the tree by the chosen network, and the current unit's card."""
        self.switch.reload()
        if self.gaps is not None:
            self.gaps.refresh()
        nodes = [
            Node(one.id, one.parent, one.name, one.beside, one.gap, one.tone, one.words, one.old)
            for one in service.tree(self.office, self.switch.network())
        ]
        self.tree.fill(nodes)
        self.add_button.setText("新建下级" if nodes else "新建乡镇")
        if not nodes:
            self._nothing()

    def _nothing(self) -> None:
        self.unit = None
        clear(self.head)
        clear(self.tiles)
        self.right.clear()
        self.head.addWidget(label("还没有网格", "title"))
        self.head.addWidget(label("用“文件 → 导入…”把网格划分表放进来，或点左下角“新建乡镇”。", "quiet", wrap=True))

    def _choose(self, unit_id: int) -> None:
        self.unit = service.card(self.office, unit_id)
        if self.unit is None:
            return
        self._show_head(self.unit)
        self._show_tiles(self.unit)
        self.right.show_unit(self.unit)
        has_below = self.unit.children > 0
        self.list.setVisible(has_below)
        if has_below:
            self.shown.setText("下级")
            self.list.show_view("", filters=(("parent", unit_id),))
        if self.cases is not None:
            self.cases.set_filters(("unit", unit_id))

    def _show_head(self, unit: service.UnitCard) -> None:
        clear(self.head)
        more = button("更多 ▾")
        menu = QMenu(more)
        menu.addAction("移动到…", lambda: page_forms.move(self, unit))
        menu.addAction("删除", self.delete)
        menu.addAction("看居民", lambda: self.main.open("residents", filters=(("unit", unit.id),)))
        menu.addAction("看巡查", lambda: self.main.open("patrols", filters=(("unit", unit.id),)))
        more.setMenu(menu)
        edit = button("编辑", self.edit, kind="primary", shortcut="F2")
        self.head.addLayout(row(label(unit.name, "title"), 1, button("打印", self.print_page), more, edit))
        parts = [unit.code, unit.level_title, unit.where, unit.groups, unit.boundary]
        self.head.addWidget(label(" · ".join(part for part in parts if part), "quiet", wrap=True))
        if unit.gaps:
            self.head.addWidget(label("；".join(unit.gaps), "notice", wrap=True))

    def _show_tiles(self, unit: service.UnitCard) -> None:
        clear(self.tiles)
        inside = (("unit", unit.id),)

        def opens(module: str, view: str | None = None) -> Any:
            return lambda: self.main.open(module, view=view, filters=inside)

        figures = [
            ("户", unit.households, "", opens("residents")),
            ("人", unit.persons, "", opens("residents")),
            ("党员", unit.party_members, "", opens("residents", "party")),
            ("场所", unit.premises, "", opens("inspections")),
            ("未办结", unit.open_cases, "soon" if unit.open_cases else "", opens("cases", "open")),
            ("逾期", unit.late_cases, "late" if unit.late_cases else "done", opens("cases", "late")),
        ]
        if unit.level < GRID:
            figures[2] = ("个网格", unit.grids, "", opens("grids"))
        for place, (title, number, tone, run) in enumerate(figures):
            tile = Figure(title, "—" if number is None else number, tone, run)
            self.tiles.addWidget(tile, place // self.across, place % self.across)

    def resizeEvent(self, event: Any) -> None:
        """Put the tiles in two rows where six do not fit beside each other."""
        super().resizeEvent(event)
        across = 6 if self.width() >= theme.px(WIDE) else 3
        if across != self.across:
            self.across = across
            if self.unit is not None:
                self._show_tiles(self.unit)

    # -- 查漏补缺, in the place of tree and card

    def _fold(self) -> None:
        super()._fold()
        if self.gaps is not None:
            for pane in (self._pane_left, self._pane_middle, self._pane_right, self._opener):
                if pane is not None:
                    pane.hide()

    def show_gaps(self, rule: str = "") -> None:
        """Show what is missing and wrong; perhaps one rule's findings."""
        if self.gaps is None:
            self.gaps = GapsView(self)
            self.line.addWidget(self.gaps, 1)
            self._fold()
        if rule:
            self.gaps.choose(rule)
        self.gaps.rules.setFocus()

    def hide_gaps(self) -> None:
        """Back to tree and card."""
        if self.gaps is not None:
            gone, self.gaps = self.gaps, None
            gone.hide()
            self.line.removeWidget(gone)
            gone.deleteLater()
            self._fold()
            self.tree.tree.setFocus()

    def is_ready(self) -> bool:
        """Whether everything is counted."""
        return self.gaps is None or not (self.gaps.is_waiting or self.gaps.finding)

    # -- commands

    def edit(self) -> None:
        """Edit the current unit."""
        if self.unit is not None:
            page_forms.edit(self, self.unit.id)

    def new(self) -> None:
        """Make a unit below the current one."""
        page_forms.create(self, self.unit)

    def delete(self) -> None:
        """Delete the current unit; undo brings it back."""
        unit = self.unit
        if unit is None:
            return
        above = next((node.parent for node in service.tree(self.office) if node.id == unit.id), None)
        if dialogs.guarded(self, lambda: service.delete(self.office, unit.id)):
            if above is not None:
                self.tree.choose(above)
            self.main.say(f"已删除 {unit.name}", undo=True)

    def print_page(self) -> None:
        """Print the list of grids under the current unit, or what is missing."""
        if self.gaps is not None:
            self.gaps.print_out()
            return
        from gridoffice.domain.listing import Query
        from gridoffice.ui import output

        view = "grids"
        filters = (("unit", self.unit.id),) if self.unit else ()
        output.print_list(self.list, GRIDS, Query(self.office.today(), view=view, filters=filters))

    def find_in_list(self) -> None:
        """To the tree's search box."""
        self.tree.search.setFocus()

    def show_view(self, view: str, record: int | None = None, filters: tuple[tuple[str, Any], ...] = ()) -> None:
        """A unit, or a view of the grids under a unit (without one: under the township)."""
        asked = dict(filters)
        if view == "gaps":
            self.show_gaps(str(asked.get("rule", "")))
            return
        self.hide_gaps()
        if "term_book" in asked:  # of a person; other tabs lead here
            BookDialog(self, self.main, staff_id=asked["term_book"]).exec()
            return
        if record is not None:
            self.tree.choose(record)
            return
        top = dict(filters).get("unit") or next((node.id for node in service.tree(self.office)), None)
        if top is not None:
            self.tree.choose(top)
            self.list.show()
            title = next(known.title for known in GRIDS.views if known.key == (view or "grids"))
            self.shown.setText(f"{title}：{service.get(self.office, top).name}")
            self.list.show_view(view or "grids", filters=(("unit", top),))
