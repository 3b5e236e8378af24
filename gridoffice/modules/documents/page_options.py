"""The choice of papers and what each can be asked for: which village, which grid, which list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QVBoxLayout, QWidget

from gridoffice.core.module import load, modules
from gridoffice.db.office import Office
from gridoffice.domain.grids import GRID, VILLAGE
from gridoffice.domain.listing import Listing, Query
from gridoffice.modules.documents import paper, public_map, service
from gridoffice.ui.panel import label
from gridoffice.ui.theme import theme


@dataclass(frozen=True)
class Choice:
    """A paper on the left: key, title, icon, one line on what it is."""

    key: str
    title: str
    icon: str
    about: str


CHOICES = (
    Choice("cards", "联系卡", "personnel", "90×54 毫米，A4 每页十张，正反面对好，带裁切线。发给居民。"),
    Choice("handbook", "工作手册", "documents", "A5，目录、网格、职责、AB岗、通讯录和日志页，带签章。"),
    Choice("board", "公示牌", "grids", "600×900 毫米，一村一块，只印公开内容，带签章。"),
    Choice("map", "网格图", "grids", "A4 或 A3 横放：底图、网格轮廓、公开的点位和图例。"),
    Choice("list", "名册打印", "print", "任何一张名单，按选定的范围印成表格。"),
    Choice("recovery", "恢复单", "sign", "办公文件的钥匙：24 个字和二维码。打印后锁好，再删掉文件。"),
)


LOG_PAGES = (0, 6, 12, 24, 36, 52, 104)


class Options(QWidget):
    """What the chosen paper is asked for; `changed` tells that the preview is out of date."""

    changed = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.kind = ""
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(6))
        self.village, self.grid = self._combo("哪个村"), self._combo("哪个网格")
        self.list, self.view = self._combo("哪张名单"), self._combo("范围")
        self.heads = QCheckBox("也印村级网格长")
        self.pages = self._combo("空白日志页")
        for number in LOG_PAGES:
            self.pages.addItem(f"{number} 页" if number else "不要", number)
        self.pages.setCurrentIndex(LOG_PAGES.index(12))
        self.sheet, self.points = self._combo("纸张"), self._combo("点位")
        for size in ("A4", "A3"):
            self.sheet.addItem(f"{size} 横放", size)
        for key, title in (
            (public_map.ALL, "公开的点位"), (public_map.WATER, "只印消防水源"), (public_map.NONE, "不印点位"),
        ):  # fmt: skip
            self.points.addItem(title, key)
        self._villages_chosen: dict[str, Any] = {}
        self._titles: dict[QWidget, QLabel] = {}
        for title, widget in (
            ("村（社区）", self.village),
            ("网格", self.grid),
            ("名单", self.list),
            ("范围", self.view),
            ("空白日志页", self.pages),
            ("纸张", self.sheet),
            ("点位", self.points),
            ("", self.heads),
        ):
            if title:
                self._titles[widget] = label(title, "quiet")
                self.body.addWidget(self._titles[widget])
            self.body.addWidget(widget)
        self.village.currentIndexChanged.connect(self._village_chosen)
        self.grid.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self.list.currentIndexChanged.connect(self._list_chosen)
        self.view.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self.heads.toggled.connect(lambda _on: self.changed.emit())
        for combo in (self.pages, self.sheet, self.points):
            combo.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self._fill_lists()

    def _combo(self, name: str) -> QComboBox:
        made = QComboBox()
        made.setAccessibleName(name)
        made.setMaxVisibleItems(16)
        return made

    def _fill_lists(self) -> None:
        for module in modules():
            for listing in load(module.listings) if module.listings else ():
                self.list.addItem(f"{module.title} · {listing.title}", listing)

    def show_kind(self, kind: str) -> None:
        """Show what a kind of paper can be asked for."""
        self.kind = kind
        kinds: dict[str, tuple[QWidget, ...]] = {
            "cards": (self.village, self.grid, self.heads),
            "handbook": (self.village, self.pages),
            "board": (self.village,),
            "map": (self.village, self.grid, self.sheet, self.points),
            "list": (self.list, self.view),
        }
        every = (self.village, self.grid, self.list, self.view, self.pages, self.heads, self.sheet, self.points)
        for widget in every:
            is_wanted = widget in kinds.get(kind, ())
            widget.setVisible(is_wanted)
            if widget in self._titles:
                self._titles[widget].setVisible(is_wanted)
        self.fill()

    def fill(self) -> None:
        """Offer the villages there are now, keeping the chosen one."""
        kept = self._villages_chosen.get(self.kind)
        self._quietly(self.village, self._villages)
        place = self.village.findData(kept)
        self._quietly(self.village, lambda: self.village.setCurrentIndex(max(place, 0)))
        self._village_chosen()

    def _villages(self) -> None:
        self.village.clear()
        if self.kind != "board":
            self.village.addItem("全镇", None)
        for one in service.villages(self.office):
            self.village.addItem(one.name, one.id)

    def _village_chosen(self, _place: int = 0) -> None:
        def grids() -> None:
            self.grid.clear()
            self.grid.addItem("全部网格", None)
            chosen = self.village.currentData()
            for one in service.grids_of(self.office, chosen) if chosen else ():
                self.grid.addItem(one.name, one.id)

        self._villages_chosen[self.kind] = self.village.currentData()
        self._quietly(self.grid, grids)
        self.grid.setEnabled(self.grid.count() > 1)
        self.changed.emit()

    def _list_chosen(self, _place: int = 0) -> None:
        def views() -> None:
            self.view.clear()
            listing = self.list.currentData()
            for one in listing.views if isinstance(listing, Listing) else ():
                self.view.addItem(one.title, one.key)
            if isinstance(listing, Listing):
                self.view.setCurrentIndex(max(self.view.findData(listing.main_view), 0))

        self._quietly(self.view, views)
        self.changed.emit()

    def _quietly(self, widget: QWidget, run: Callable[[], Any]) -> None:
        was = widget.blockSignals(True)
        run()
        widget.blockSignals(was)

    def draw(self) -> paper.Draw:
        """What draws the paper as it is asked for now; raises OfficeError when it cannot be made."""
        village = self.village.currentText() if self.village.currentData() else None
        if self.kind == "cards":
            unit = self.grid.currentData()
            return paper.draw_cards(
                self.office, village=None if unit else village, unit=unit, heads=self.heads.isChecked()
            )
        if self.kind == "handbook":
            return paper.draw_handbook(self.office, village=village, log_pages=int(self.pages.currentData()))
        if self.kind == "board":
            return paper.draw_board(self.office, village or "")
        if self.kind == "map":
            return self._map()
        if self.kind == "list":
            query = Query(self.office.today(), view=self.view.currentData() or "")
            return paper.draw_list(self.office, self.list.currentData(), query)
        return paper.draw_recovery(self.office)

    def _map(self) -> paper.Draw:
        unit = self.grid.currentData() or self.village.currentData()
        if not unit:
            unit = next((one.id for one in service.towns(self.office)), 0)
        return paper.draw_map(
            self.office, unit, size=str(self.sheet.currentData()), points=str(self.points.currentData())
        )

    def choose_unit(self, unit_id: int) -> None:
        """Ask for the paper of a unit: of the township, a village, or one of its grids."""
        line = service.line_of(self.office, unit_id)
        village = next((one.id for one in line if one.level == VILLAGE), None)
        self._villages_chosen[self.kind] = village
        self.fill()
        grid = next((one.id for one in line if one.level == GRID), None)
        if grid is not None:
            self.grid.setCurrentIndex(max(self.grid.findData(grid), 0))
