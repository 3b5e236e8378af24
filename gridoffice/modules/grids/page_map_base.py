"""What a map can be drawn on: a picture, blank paper, a sketch, outlines from a file, or the map above."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.modules.grids import map_picture, maps, page_map_import
from gridoffice.modules.grids.page_map_lists import OUTLINES, SKETCH
from gridoffice.ui import dialogs
from gridoffice.ui.canvas_sketch import PENS, Sketch
from gridoffice.ui.editor import edit as open_editor
from gridoffice.ui.empty import Empty
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import button, row
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.modules.grids.page_map import MapDialog

RATIOS = (("1.414", "横放（A4、A3）"), ("0.707", "竖放（A4、A3）"), ("1.0", "正方"), ("1.778", "宽幅（16:9）"))


class BaseMenu:
    """The menu 底图 of a map's window, and what its entries do."""

    def __init__(self, window: MapDialog) -> None:
        self.window = window
        self.button = button("底图")
        self.menu = QMenu(self.button)
        self.menu.setAccessibleName("底图")
        self.button.setMenu(self.menu)

    def refill(self) -> None:
        """Offer what can be done with the map as it is now."""
        view, office, unit_id = self.window.view, self.window.office, self.window.unit_id
        self.menu.clear()
        self.menu.addAction("选图片或 PDF…", self.choose)
        self.menu.addAction("空白图纸…", self.blank)
        if view is not None and view.is_own:
            self.menu.addAction("在底图上画草图", self.sketch)
        self.menu.addAction("导入轮廓（GeoJSON）…", self.take_in)
        if view is not None and view.is_own:
            self.menu.addSeparator()
            if maps.is_above(office, unit_id):
                self.menu.addAction("不用这张，改用上级的图", self.use_above)
            self.menu.addAction("去掉这张网格图", self.remove)

    def choose(self) -> None:
        """A picture, or a page of a PDF."""
        files = dialogs.open_files(self.window, "选底图：航拍图、规划图、手绘图的照片", map_picture.KINDS)
        if not files:
            return
        pages: list[int] = []
        if not dialogs.guarded(self.window, lambda: pages.append(map_picture.pages(files[0]))):
            return
        page = self._page(pages[0]) if pages[0] > 1 else 0
        if page is not None:
            self._own(lambda: maps.set_base(self.window.office, self.window.unit_id, files[0], page), "已换底图")

    def _page(self, count: int) -> int | None:
        chosen: list[int] = []
        field = Field("page", "第几页", "choice", required=True, choices=[(n, f"第 {n + 1} 页") for n in range(count)])
        open_editor(
            self.window, "用哪一页", (field,), {"page": 0}, lambda new: chosen.append(int(new["page"])), columns=1
        )
        return chosen[0] if chosen else None

    def blank(self) -> None:
        """Blank paper of a chosen ratio."""
        field = Field("ratio", "图纸", "choice", required=True, choices=RATIOS)
        view = self.window.view
        note = "现在的底图会换掉；轮廓和点位还在原来的位置。" if view is not None and view.is_own else ""

        def save(new: dict[str, str]) -> None:
            maps.set_blank(self.window.office, self.window.unit_id, float(new["ratio"]))

        if open_editor(self.window, "空白图纸", (field,), {"ratio": "1.414"}, save, columns=1, note=note):
            self.window.is_borrowing = False
            self.window.reload()

    def take_in(self) -> None:
        """Outlines from a file, onto the map that is shown."""
        files = dialogs.open_files(self.window, "选轮廓文件", "GeoJSON (*.geojson *.json)")
        if files:
            view = self.window.view
            page_map_import.ask(self.window, view.unit_id if view is not None else self.window.unit_id, files[0])

    def use_above(self) -> None:
        """Leave the own map away, so that the one above is shown."""
        text = "本级的底图、轮廓和点位会去掉（可以撤销），以后显示上级的图。"
        if dialogs.ask(self.window, "改用上级的图？", text, ["改用上级的图", "取消"]) == 0:
            self.window.is_borrowing = True
            self._own(lambda: maps.remove_map(self.window.office, self.window.unit_id), "已改用上级的图", borrow=True)

    def borrow(self) -> None:
        """Show the whole map above, until an outline of this unit is drawn on it."""
        self.window.is_borrowing = True
        self.window.reload()

    def remove(self) -> None:
        """Take the map away."""
        text = "底图、轮廓和点位都会去掉，可以撤销。"
        if dialogs.ask(self.window, "去掉这张网格图？", text, ["去掉", "取消"]) == 0:
            self._own(lambda: maps.remove_map(self.window.office, self.window.unit_id), "已去掉网格图")

    def _own(self, run: Callable[[], object], said: str, *, borrow: bool = False) -> None:
        if self.window.do(run, said):
            self.window.is_borrowing = borrow
            self.window.reload()

    # -- sketch

    def sketch(self) -> None:
        """Draw by hand on the base."""
        tool = Sketch(self.window.canvas)
        beside = self.window.beside
        beside.show_part(SKETCH)
        beside.pens.choose(0)
        self.window.canvas.take(tool)
        self.window.canvas.setFocus()

    def choose_pen(self, place: int) -> None:
        """Take another pen."""
        tool = self.window.canvas.tool
        if isinstance(tool, Sketch):
            tool.pen = PENS[place]
            self.window.canvas.tell()

    def keep_sketch(self) -> None:
        """Make the sketch the base."""
        tool, office, unit_id = self.window.canvas.tool, self.window.office, self.window.unit_id
        if isinstance(tool, Sketch) and tool.strokes:
            drawn = tool.picture()

            def save() -> None:
                made = map_picture.of_bytes(drawn, "草图.png")
                maps.set_picture(office, unit_id, made, "草图.jpg", step="画草图")

            if not self.window.do(save, "草图已存成底图"):
                return
        self.leave_sketch()

    def leave_sketch(self) -> None:
        """Back to the outlines; strokes that were not kept are gone."""
        self.window.canvas.look()
        self.window.beside.show_part(OUTLINES)


class Start(QWidget):
    """What is shown where there is no map yet: ways to begin."""

    def __init__(self, base: BaseMenu) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        text = "选一张航拍图、规划图或手绘图做底图，在上面画出每个网格，标出消火栓、学校、卫生室。不用联网。"
        empty = Empty("grids", "还没有网格图", text)
        self.picture = button("选图片或 PDF…", base.choose, kind="primary")
        self.blank = button("用空白图纸…", base.blank)
        self.outlines = button("导入轮廓（GeoJSON）…", base.take_in)
        self.above = button("用上级的图", base.borrow)
        body.addStretch(1)
        body.addWidget(empty)
        body.addLayout(row(1, self.picture, self.blank, self.outlines, self.above, 1))
        body.addSpacing(theme.px(40))
        body.addStretch(2)

    def show_for(self, office: Office, unit_id: int) -> None:
        """Offer the map above only where there is one."""
        self.above.setVisible(maps.is_above(office, unit_id))
