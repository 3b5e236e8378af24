"""The middle of the grid tab: a unit's name and codes, its figures, and what stands under it, in it and behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QMenu, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from gridoffice.core.calendar import chinese
from gridoffice.core.module import load, modules
from gridoffice.domain import reprints
from gridoffice.domain.grids import GRID
from gridoffice.domain.listing import Listing, Query
from gridoffice.modules.grids import service
from gridoffice.modules.grids.lists import GRIDS
from gridoffice.ui.empty import Empty
from gridoffice.ui.figure import Figure
from gridoffice.ui.flow import Flow
from gridoffice.ui.panel import Panel, button, clear, label, row, scrolling
from gridoffice.ui.table import ListTable
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.modules.grids.page import GridsPage

ACROSS = 4
"""Figure tiles beside each other."""
ONLY_TODAY = "正在看过去的情形，名单只有今天的"
READ_ONLY = "正在看过去的情形，只能看，不能改"


class UnitsTable(ListTable):
    """The units of the day looked at."""

    def query(self) -> Query:
        """As any list asks, for the day looked at."""
        return replace(super().query(), on=self.office.day())


def declared(key: str) -> Listing | None:
    """A list of another module, by its declaration."""
    for module in modules():
        for listing in load(module.listings) if module.listings else ():
            if listing.key == key:
                found: Listing = listing
                return found
    return None


class CardPane(QWidget):
    """A unit's card."""

    def __init__(self, page: GridsPage) -> None:
        super().__init__()
        self.page, self.office = page, page.office
        self.unit: service.UnitCard | None = None
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(10))
        self.head, self.tiles = QVBoxLayout(), QGridLayout()
        self.tiles.setSpacing(theme.px(8))
        body.addLayout(self.head)
        body.addLayout(self.tiles)
        self.chips, self.group = Flow(), QButtonGroup(self)
        self.stack = QStackedWidget()
        self.tabs: dict[str, tuple[QPushButton, QWidget]] = {}
        body.addLayout(self.chips)
        body.addWidget(self.stack, 1)
        self._lists()

    def _lists(self) -> None:
        below = Empty("grids", "下面没有网格", "点左下角“新建下级”。")
        hide = frozenset({"village", "level", "code", "stand_in", "was", "state"})
        self.list = UnitsTable(self.office, GRIDS, chips=False, tools=False, hide=hide, empty=below)
        self.shown = label("", "heading")
        self.list.body.insertWidget(0, self.shown)
        self.list.opened.connect(self.page.show_unit)
        self._tab("units", "下级", self.list)
        cases, papers = declared("cases"), declared("papers")
        self.cases = self.papers = None
        main = self.page.main
        if cases is not None:
            empty = Empty("cases", "没有未办结的事项", "巡查发现问题后，会出现在这里。")
            hidden = frozenset({"kind", "found", "due"})
            self.cases = ListTable(
                self.office, cases, view=cases.due_view, chips=False, tools=False, hide=hidden, empty=empty
            )
            self.cases.opened.connect(lambda number: main.open("cases", record=number))
            self._tab("cases", "未办结事项", self.cases)
        if papers is not None:
            empty = Empty("documents", "还没有印过写着它的文书", "在“文书”里可以做公示牌、联系卡和手册。")
            hidden = frozenset({"made_by", "sha256", "pages"})
            self.papers = ListTable(self.office, papers, chips=False, tools=False, hide=hidden, empty=empty)
            self.papers.opened.connect(lambda number: main.open("documents", record=number))
            self._tab("papers", "文书", self.papers)
        self.history = QVBoxLayout()
        self.history.setSpacing(theme.px(6))
        holder = QWidget()
        holder.setLayout(self.history)
        panel = Panel()
        panel.body.addWidget(scrolling(holder), 1)
        self._tab("history", "历史", panel)

    def _tab(self, key: str, title: str, widget: QWidget) -> None:
        chip = button(title, kind="chip")
        chip.setCheckable(True)
        chip.clicked.connect(lambda: self.show_tab(key))
        self.group.addButton(chip)
        self.chips.addWidget(chip)
        self.stack.addWidget(widget)
        self.tabs[key] = (chip, widget)

    def show_tab(self, key: str) -> None:
        """Show what stands under the unit, in it, or behind it."""
        chip, widget = self.tabs[key]
        chip.setChecked(True)
        self.stack.setCurrentWidget(widget)

    def current_tab(self) -> str:
        """The key of what is shown."""
        return next(key for key, (_chip, widget) in self.tabs.items() if widget is self.stack.currentWidget())

    # -- what is shown

    def show_nothing(self) -> None:
        """There is no unit yet."""
        self.unit = None
        clear(self.head)
        clear(self.tiles)
        self.head.addWidget(label("还没有网格", "title"))
        self.head.addWidget(label("用“文件 → 导入…”把网格划分表放进来，或点左下角“新建乡镇”。", "quiet", wrap=True))

    def show_unit(self, unit: service.UnitCard) -> None:
        """Show a unit's card."""
        self.unit = unit
        self._show_head(unit)
        self._show_tiles(unit)
        self._show_history(unit)
        self.shown.hide()
        self.list.show_view("", filters=(("parent", unit.id),))
        for table in filter(None, (self.cases, self.papers)):
            table.set_filters(("unit", unit.id))
        self._name_tabs(unit)
        kept = self.current_tab()
        if (kept == "units") != (unit.children > 0) and kept in ("units", "cases"):
            self.show_tab("units" if unit.children else "cases" if self.cases is not None else "history")

    def show_view(self, view: str, unit_id: int) -> None:
        """A named view of the units under one."""
        title = next(known.title for known in GRIDS.views if known.key == view)
        self.shown.setText(f"{title}：{service.get(self.office, unit_id).name}")
        self.shown.show()
        self.list.show_view(view, filters=(("unit", unit_id),))
        self.show_tab("units")

    def _name_tabs(self, unit: service.UnitCard) -> None:
        words = {
            "units": f"下级 {unit.children}" if unit.children else "下级",
            "cases": f"未办结事项 {unit.open_cases}" if unit.open_cases else "未办结事项",
            "papers": "文书",
            "history": f"历史 {len(unit.history)}" if unit.history else "历史",
        }
        for key, (chip, _widget) in self.tabs.items():
            chip.setText(words[key])
            is_shown_of_then = unit.past is None or key in ("units", "history")
            chip.setEnabled(is_shown_of_then)
            chip.setToolTip("" if is_shown_of_then else ONLY_TODAY)
        if unit.past is not None and self.current_tab() not in ("units", "history"):
            self.show_tab("units" if unit.children else "history")

    def _show_head(self, unit: service.UnitCard) -> None:
        clear(self.head)
        is_fixed = unit.past is not None or unit.ended is not None
        more = button("更多")
        more.setMenu(self._menu(unit, more, is_fixed))
        edit = button("编辑", self.page.edit, kind="primary", shortcut="F2")
        edit.setEnabled(not is_fixed)
        if is_fixed:
            edit.setToolTip(READ_ONLY if unit.past else "已经撤并的网格不能再改")
        chart = button("网格图", self.page.map_card.open, shortcut="Ctrl+M")
        self.head.addLayout(
            row(label(unit.name, "title", wrap=True), 1, chart, button("打印", self.page.print_page), more, edit)
        )
        kind = "专属网格" if unit.kind == "special" else ""
        parts = [unit.code, unit.level_title, kind, unit.where, unit.groups, unit.boundary]
        self.head.addWidget(label(" · ".join(part for part in parts if part), "quiet", wrap=True))
        if unit.past is not None:
            self.head.addWidget(label(f"这是 {chinese(unit.past)} 的情形，只能看。", "notice", wrap=True))
        if unit.ended is not None:
            self._show_end(unit)
        elif unit.gaps:
            self.head.addWidget(label("；".join(unit.gaps), "notice", wrap=True))
        if not is_fixed:
            self._show_reprints(unit)

    def _show_reprints(self, unit: service.UnitCard) -> None:
        """Papers that show this unit and are no longer as printed."""
        names = list(dict.fromkeys(one.name for one in reprints.concerning(self.office, units=[unit.id])))
        if names:
            told = f"{len(names)} 份文书要重印或收回：{'、'.join(names[:3])}{'等' if len(names) > 3 else ''}"
            open_list = button("去看", lambda: self.page.main.open("documents", "reprint"), kind="link")
            self.head.addLayout(row(label(told, "notice", wrap=True), 1, open_list))

    def _show_end(self, unit: service.UnitCard) -> None:
        assert unit.ended is not None
        line = Flow()
        line.addWidget(label(f"已撤并：到 {chinese(unit.ended)} 为止。现在看：", "notice"))
        for heir, name in unit.heirs:
            line.addWidget(button(name, lambda heir=heir: self.page.show_unit(heir), kind="link"))
        self.head.addLayout(line)

    def _menu(self, unit: service.UnitCard, parent: QWidget, is_fixed: bool) -> QMenu:
        menu = QMenu(parent)
        menu.setToolTipsVisible(True)
        page = self.page
        writing: list[tuple[str, Callable[[], object]]] = [
            ("拆分…", page.split), ("合并到…", page.merge), ("移动到…", page.relocate), ("删除", page.delete),
        ]  # fmt: skip
        for text, run in writing:
            action = menu.addAction(text, run)
            action.setEnabled(not is_fixed)
            action.setToolTip(READ_ONLY if is_fixed else "")
        menu.addSeparator()
        menu.addAction("看居民", lambda: page.main.open("residents", filters=(("unit", unit.id),)))
        menu.addAction("看巡查", lambda: page.main.open("patrols", filters=(("unit", unit.id),)))
        menu.addAction("看已撤并的网格", lambda: self.show_view("ended", unit.id))
        return menu

    def _show_tiles(self, unit: service.UnitCard) -> None:
        clear(self.tiles)
        inside = (("unit", unit.id),)
        main = self.page.main

        def opens(module: str, view: str | None = None) -> Callable[[], object]:
            return lambda: main.open(module, view=view, filters=inside)

        late = f" · 逾期 {unit.late_cases}" if unit.late_cases else ""
        tone = "late" if unit.late_cases else "soon" if unit.open_cases else "done"
        below: tuple[str, int | None, str, Callable[[], object]]
        below = ("个下级", unit.children, "", lambda: self.show_tab("units"))
        if unit.level < GRID:
            below = ("个网格", unit.grids, "", lambda: self.show_view("grids", unit.id))
        figures: list[tuple[str, int | None, str, Callable[[], object]]] = [
            (_word("户", unit.households, unit.registered_households), unit.households, "", opens("residents")),
            (_word("人", unit.persons, unit.residents), unit.persons, "", opens("residents")),
            (_word("党员", unit.party_members, unit.registered_party), unit.party_members, "",
             opens("residents", "party")),
            (_word("驻区单位", unit.organisations, unit.registered_organisations), unit.organisations, "",
             opens("residents", "organisations")),
            ("场所", unit.premises, "", opens("inspections")),
            below,
            (f"未办结{late}", unit.open_cases, tone, opens("cases", "open")),
            ("应访", unit.due_visits, "soon" if unit.due_visits else "", opens("followup", "due")),
        ]  # fmt: skip
        for place, (title, number, colour, run) in enumerate(figures):
            is_open = unit.past is None or title in ("个下级", "个网格")
            tile = Figure(title, "—" if number is None else number, colour, run if is_open else None)
            if not is_open:
                tile.setToolTip(ONLY_TODAY)
            self.tiles.addWidget(tile, place // ACROSS, place % ACROSS)

    def _show_history(self, unit: service.UnitCard) -> None:
        clear(self.history)
        for day, text in unit.history:
            words: Any = label(text, wrap=True)
            line = row(label(day, "quiet"), words, spacing=14)
            line.setStretch(1, 1)
            self.history.addLayout(line)
        if not unit.history:
            self.history.addWidget(label("没有更名、划归、拆分或合并过。", "quiet"))
        self.history.addStretch(1)


def _word(word: str, reported: int | None, registered: int) -> str:
    """What a tile counts, with what the ledger holds where that differs from what is reported."""
    return word if reported == registered else f"{word} · 台账 {registered:,}"
