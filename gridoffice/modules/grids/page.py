"""网格: tree at the left, the unit's card in the middle, who is responsible at the right."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.modules.grids import page_forms, service
from gridoffice.modules.grids.lists import GRIDS
from gridoffice.modules.grids.page_book import BookDialog
from gridoffice.modules.grids.page_card import READ_ONLY, CardPane
from gridoffice.modules.grids.page_gaps import GapsView
from gridoffice.modules.grids.page_map_card import MapCard
from gridoffice.modules.grids.page_merge import MergeDialog
from gridoffice.modules.grids.page_move import MoveDialog
from gridoffice.modules.grids.page_people import PeoplePane
from gridoffice.modules.grids.page_split import SplitDialog
from gridoffice.modules.grids.page_switch import NetworkSwitch
from gridoffice.ui import dialogs
from gridoffice.ui.page import Page
from gridoffice.ui.panel import Panel, button
from gridoffice.ui.tree import Node, UnitTree

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


class GridsPage(Page):
    """The grid tree and each unit's card."""

    tables = frozenset(
        ["grid_unit", "assignment", "staff", "case_file", "resident", "household", "premises", "network",
         "network_role", "network_level", "leave", "grid_past", "grid_level", "organisation", "issued_paper",
         "enrolment", "help_entry", "map_base", "map_shape"]
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
        self.tree.dropped.connect(self._drop)
        self.tree.stepped.connect(lambda unit, by: self._moved(lambda: service.step(self.office, unit, by)))
        self.tree.shifted.connect(lambda unit, by: self._moved(lambda: service.shift(self.office, unit, by)))
        self.card = CardPane(self)
        self.list, self.cases = self.card.list, self.card.cases
        self.right = PeoplePane(self)
        self.map_card = MapCard(self)
        self.right.body.addWidget(self.map_card)
        self.panes(left=left, middle=self.card, right=self.right)
        self.refresh()

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
        is_today = self.office.as_of is None
        self.add_button.setText("新建下级" if nodes else "新建乡镇")
        self.add_button.setEnabled(is_today)
        self.add_button.setToolTip("" if is_today else READ_ONLY)
        self.tree.allow_moves(is_today)
        if not nodes:
            self._nothing()

    def _nothing(self) -> None:
        self.unit = None
        self.card.show_nothing()
        self.right.clear()
        self.map_card.hide()

    def _choose(self, unit_id: int) -> None:
        self.unit = service.card(self.office, unit_id)
        if self.unit is not None:
            self.card.show_unit(self.unit)
            self.right.show_unit(self.unit)
            self.map_card.show_unit(unit_id)

    def show_unit(self, unit_id: int) -> None:
        """Make a unit current in the tree; one that ended or has not begun is shown beside it."""
        if self.tree.item(unit_id) is not None:
            self.tree.choose(unit_id)
        if self.unit is None or self.unit.id != unit_id:
            self._choose(unit_id)

    # -- moving in the tree

    def _drop(self, unit_id: int, parent_id: int | None, before: int | None) -> None:
        """A unit was let go somewhere: put it there, or say why it cannot stand there."""
        if parent_id is None:
            wrong = OfficeError("最上面只能是乡镇", safe="没有移动", do="请拖到上一层的单位下面")
            dialogs.error(wrong, self)
            return
        self._moved(lambda: service.move(self.office, unit_id, parent_id, before=before))

    def _moved(self, run: Callable[[], str]) -> None:
        done: list[str] = []
        if dialogs.guarded(self, lambda: done.append(run())) and done[0]:
            self.main.say(f"已{done[0]}", undo=True)

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

    def split(self) -> None:
        """Split the current unit."""
        if self.unit is not None:
            number = self.unit.id
            page_forms.redraw(self, lambda: SplitDialog(self, number))

    def merge(self) -> None:
        """Merge the current unit with others."""
        if self.unit is not None:
            number = self.unit.id
            page_forms.redraw(self, lambda: MergeDialog(self, number))

    def relocate(self) -> None:
        """Put the current unit under another one."""
        if self.unit is not None:
            number = self.unit.id
            page_forms.redraw(self, lambda: MoveDialog(self, number))

    def delete(self) -> None:
        """Delete the current unit; undo brings it back. What stands in it is named, with the step that helps."""
        unit = self.unit
        if unit is None:
            return
        found = service.contents(self.office, unit.id)
        if found and self.office.as_of is None:
            self._offer_help(unit, found)
            return
        above = next((node.parent for node in service.tree(self.office) if node.id == unit.id), None)
        if dialogs.guarded(self, lambda: service.delete(self.office, unit.id)):
            if above is not None:
                self.tree.choose(above)
            self.main.say(f"已删除 {unit.name}", undo=True)

    def _offer_help(self, unit: service.UnitCard, found: list[service.Content]) -> None:
        said = "、".join(f"{one.number:,} {one.said}" for one in found)
        seen = next((one for one in found if one.module), None)
        words = ["合并到…", "看看是哪些", "知道了"] if seen is not None else ["合并到…", "知道了"]
        told = f"没有删除。要撤销这个网格，请把它合并到别的网格：{said}会一起过去，以前的记录也查得到。"
        choice = dialogs.ask(self, f"“{unit.name}”里还有{said}", told, words)
        if choice == 0:
            self.merge()
        elif choice == 1 and seen is not None:
            if seen.module == "grids":
                self.card.show_view("ended" if seen.key == "ended" else "", unit.id)
            else:
                self.main.open(seen.module, filters=(("unit", unit.id),))

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
            self.show_unit(record)
            return
        top = asked.get("unit") or next((node.id for node in service.tree(self.office)), None)
        if top is not None:
            self.tree.choose(top)
            self.card.show_view(view or "grids", top)
