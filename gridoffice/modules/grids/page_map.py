"""网格图: the map of a unit in a window of its own, where outlines are drawn and points are placed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from gridoffice.db.office import Office
from gridoffice.domain.maps import OWN
from gridoffice.domain.outline import Ring, Rings
from gridoffice.modules.grids import map_marks, maps, page_map_base, page_map_join, page_map_points
from gridoffice.modules.grids.page_map_lists import PREMISES, Beside
from gridoffice.ui import dialogs
from gridoffice.ui.canvas import MapCanvas
from gridoffice.ui.canvas_edit import Edit
from gridoffice.ui.canvas_paint import Outline
from gridoffice.ui.canvas_sketch import Sketch
from gridoffice.ui.canvas_tools import Draw
from gridoffice.ui.panel import Panel, button, label, row
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

TABLES = {"map_base", "map_shape", "map_point", "grid_unit", "premises"}


class MapDialog(QDialog):
    """The map of a unit. `wants_paper` is true when it was left to print it."""

    committed = Signal(object)

    def __init__(self, parent: QWidget | None, office: Office, unit_id: int) -> None:
        super().__init__(parent)
        self.office, self.unit_id = office, unit_id
        self.view: maps.MapView | None = None
        self.is_borrowing = self.wants_paper = False
        self._shown: object = None
        self._given_up: dict[int, Ring] = {}
        self._adds = False
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.canvas = MapCanvas()
        self.beside = Beside()
        self.beside.setFixedWidth(min(theme.px(250), 380))
        self.base = page_map_base.BaseMenu(self)
        self.points = page_map_points.Points(self)
        self.middle = QStackedWidget()
        self.start = page_map_base.Start(self.base)
        paper = Panel()
        paper.body.setContentsMargins(1, 1, 1, 1)
        paper.body.addWidget(self.canvas, 1)
        self.middle.addWidget(paper)
        self.middle.addWidget(self.start)
        self.title, self.about = label("", "title"), label("", "quiet")
        self.hint = label("", "quiet", wrap=True)
        self.hint.setMinimumHeight(theme.px(22))
        self._lay()
        self._listen()
        self._keys()
        self.committed.connect(self._changed)
        self._end = office.changed.subscribe(self.committed.emit)
        self.finished.connect(self._closed)
        window = parent.window() if parent is not None else None
        self.resize(window.size() if window is not None else self.sizeHint())
        self._begin()

    def _begin(self) -> None:
        self.reload()
        if self.view is None:
            self.start.picture.setFocus()
            return
        self.canvas.tell()
        self.beside.units.setFocus()

    def _lay(self) -> None:
        self.smaller = button("−", lambda: self.canvas.zoom(-1))
        self.larger = button("+", lambda: self.canvas.zoom(1))
        for made, word in ((self.smaller, "缩小（Ctrl+减号）"), (self.larger, "放大（Ctrl+加号）")):
            made.setAccessibleName(word)
            made.setToolTip(word)
            made.setFixedWidth(theme.px(36))
        self.whole = button("全图", self.canvas.fit)
        self.whole.setToolTip("全图（Ctrl+0）")
        self.print_button = button("打印…", self.print_page, icon="print", shortcut="Ctrl+P")
        self.close_button = button("关闭", self.close)
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(14)] * 4)
        body.setSpacing(theme.px(10))
        tools = (self.smaller, self.larger, self.whole, self.base.button, self.print_button, self.close_button)
        body.addLayout(row(self.title, self.about, 1, *tools))
        body.addLayout(row(self.beside, self.middle, spacing=12), 1)
        body.addWidget(self.hint)
        for made in (*tools, self.beside.draw_button, self.beside.sketched_button):
            made.setAutoDefault(False)

    def _listen(self) -> None:
        canvas, beside = self.canvas, self.beside
        canvas.hinted.connect(self.hint.setText)
        canvas.hinted.connect(canvas.setAccessibleDescription)
        canvas.closed.connect(self._close_ring)
        canvas.reshaped.connect(self._reshape)
        canvas.outline_removed.connect(self.remove_outline)
        canvas.chosen.connect(lambda key: beside.units.choose(key or None))
        canvas.placed.connect(self.points.place)
        canvas.sign_chosen.connect(lambda key: beside.marks.choose(key or None))
        canvas.sign_moved.connect(self.points.move)
        canvas.sign_opened.connect(self.points.open)
        canvas.sign_removed.connect(self.points.remove)
        canvas.left.connect(self._give_up)
        beside.units.entered.connect(self._unit_entered)
        beside.units.picked.connect(self._unit_picked)
        beside.draw_button.clicked.connect(lambda: self.draw())
        beside.remove_button.clicked.connect(lambda: self.remove_outline(self._unit()))
        beside.join_button.clicked.connect(lambda: page_map_join.ask(self, self._unit()))
        beside.kinds.picked.connect(self.points.pick_kind)
        beside.marks.entered.connect(self.points.show)
        beside.marks.picked.connect(lambda _key: self.canvas.setFocus())
        beside.searched.connect(lambda _text: self._show_premises())
        beside.premises.picked.connect(self.points.pick_premises)
        beside.pens.entered.connect(self.base.choose_pen)
        beside.sketched_button.clicked.connect(self.base.keep_sketch)
        beside.drop_button.clicked.connect(self.base.leave_sketch)
        for chip in beside.chips.values():
            chip.clicked.connect(self.canvas.look)

    def _keys(self) -> None:
        keys: dict[str, Callable[[], object]] = {
            "Ctrl+Z": self.undo,
            "Ctrl+Shift+Z": self.redo,
            "Ctrl++": lambda: self.canvas.zoom(1),
            "Ctrl+=": lambda: self.canvas.zoom(1),
            "Ctrl+-": lambda: self.canvas.zoom(-1),
            "Ctrl+0": self.canvas.fit,
            "Ctrl+F": self._find,
        }
        for key, run in keys.items():
            QShortcut(QKeySequence(key), self, run)

    # -- what is shown

    def reload(self) -> None:
        """Show what the office holds now."""
        self.view = view = maps.get(self.office, self.unit_id, borrow=self.is_borrowing)
        name = maps.unit_name(self.office, self.unit_id)
        self.setWindowTitle(f"网格图：{name}")
        self.title.setText(f"网格图：{name}")
        past = f"正在看 {self.office.as_of.isoformat()} 的情形，只能看" if self.office.as_of else ""
        borrowed = f"用的是{view.unit_name}的图" if view is not None and not view.is_own else ""
        self.about.setText("；".join(filter(None, (borrowed, past))))
        self.middle.setCurrentIndex(0 if view is not None else 1)
        self.start.show_for(self.office, self.unit_id)
        self.beside.setVisible(view is not None)
        for one in (self.smaller, self.larger, self.whole, self.print_button):
            one.setVisible(view is not None)
        self.base.refill()
        if view is None:
            self.hint.setText("先选一张底图：航拍图、规划图、手绘图的照片都行；没有就用空白图纸自己画。")
            return
        shown = (view.id, view.picture, view.width, view.height, view.frame)
        if shown != self._shown:
            self._shown = shown
            self.canvas.show_base(view.picture, view.width, view.height, view.frame)
        shapes = [
            Outline(one.unit_id, one.name, one.rings, one.tint, one.role == "around", one.role == OWN)
            for one in view.shapes
        ]
        self.canvas.show_shapes(shapes, [page_map_points.sign_of(mark) for mark in view.marks])
        self.beside.show_units(maps.targets(self.office, self.unit_id, view.id))
        self.beside.show_marks(view.marks)
        self._show_premises()

    def _show_premises(self) -> None:
        if self.view is not None:
            text = self.beside.search.text()
            self.beside.show_premises(map_marks.places(self.office, self.unit_id, self.view.id, text))

    def _changed(self, tables: set[str]) -> None:
        if tables & TABLES:
            self.reload()

    def do(self, run: Callable[[], object], said: str = "") -> bool:
        """Change something; what goes wrong is told and the map shows again what is kept."""
        if not dialogs.guarded(self, run):
            self.reload()
            return False
        if said:
            dialogs.toast(self, said, lambda: dialogs.guarded(self, self.undo))
        return True

    # -- outlines

    def _unit(self) -> int:
        key = self.beside.units.current()
        return key if isinstance(key, int) else 0

    def _unit_entered(self, unit_id: int) -> None:
        if isinstance(self.canvas.tool, Draw) and self.canvas.tool.drawn:
            return  # a drawing begun is not given up because somebody looks at the list
        known = self.canvas.outline(unit_id)
        self.canvas.take(Edit(self.canvas, unit_id if known else 0))

    def _unit_picked(self, unit_id: int) -> None:
        """A click or Enter on a unit: draw it, or show its outline to be changed."""
        if isinstance(self.canvas.tool, Draw) and self.canvas.tool.key_ == unit_id:
            self.canvas.setFocus()
        elif self.canvas.outline(unit_id) is None:
            self.draw(unit_id)
        else:
            self.canvas.take(Edit(self.canvas, unit_id))
            self.canvas.setFocus()

    def draw(self, unit_id: int = 0) -> None:
        """Draw the outline of a unit (default: the one chosen in the list)."""
        unit_id = unit_id or self._unit()
        if self.view is None:
            return
        if not unit_id:
            self.hint.setText("请先在左边选一个网格。")
            return
        self._adds = False
        if self.canvas.outline(unit_id) is not None:
            asked = dialogs.ask(self, "已经有轮廓了", "要换掉，还是另加一块（飞地）？", ["重画", "另加一块", "取消"])
            if asked not in (0, 1):
                return
            self._adds = asked == 1
        self.beside.units.choose(unit_id)
        name = maps.unit_name(self.office, unit_id)
        self.canvas.take(Draw(self.canvas, unit_id, name, self._given_up.pop(unit_id, ())))
        self.canvas.setFocus()

    def _close_ring(self, ring: Ring) -> None:
        tool, view = self.canvas.tool, self.view
        if view is None or not isinstance(tool, Draw):
            return
        unit_id = tool.key_
        before = self.canvas.rings(unit_id) if self._adds else ()
        name = tool.name
        if dialogs.guarded(self, lambda: maps.put_shape(self.office, view.id, unit_id, (*before, ring))):
            self.canvas.take(Edit(self.canvas, unit_id))
            dialogs.toast(self, f"已画好 {name}", lambda: dialogs.guarded(self, self.undo))

    def _give_up(self) -> None:
        """Esc: what was drawn so far waits in case it was a slip."""
        tool = self.canvas.tool
        if isinstance(tool, Sketch):
            return
        note = ""
        if isinstance(tool, Draw) and tool.drawn:
            self._given_up[tool.key_] = tuple(tool.drawn)
            note = f"没有保存。再点“画轮廓”会从刚才的 {len(tool.drawn)} 个角接着画。"
        self.canvas.take(Edit(self.canvas, note=note))

    def _reshape(self, changed: Mapping[int, Rings]) -> None:
        view = self.view
        if view is not None:
            self.do(lambda: maps.put_shapes(self.office, view.id, changed, "修改网格图轮廓"))

    def remove_outline(self, unit_id: int) -> None:
        """Take an outline away; undo brings it back."""
        view = self.view
        if view is not None and unit_id:
            self.do(lambda: maps.remove_shape(self.office, view.id, unit_id), "已删除轮廓")

    # -- keys and leaving

    def undo(self) -> None:
        """Take the last corner or stroke back while drawing, else undo the office's last step."""
        tool = self.canvas.tool
        if isinstance(tool, Draw | Sketch) and tool.take_back():
            return
        self.canvas.settle()
        name = self.office.undo()
        dialogs.toast(self, f"已撤销：{name}" if name else "没有可以撤销的")

    def redo(self) -> None:
        """Do the undone step again."""
        name = self.office.redo()
        dialogs.toast(self, f"已重做：{name}" if name else "没有可以重做的")

    def _find(self) -> None:
        self.beside.show_part(PREMISES)
        self.beside.search.setFocus()

    def print_page(self) -> None:
        """Leave to 文书, where the map is printed."""
        self.wants_paper = True
        self.close()

    def reject(self) -> None:
        """Esc that nothing else took, and the window's cross: a drawing begun is asked about."""
        tool = self.canvas.tool
        self.canvas.settle()
        begun = (isinstance(tool, Draw) and tool.drawn) or (isinstance(tool, Sketch) and tool.strokes)
        if begun and dialogs.ask(self, "还没有画完", "正在画的还没有存下。", ["接着画", "不要了，关闭"]) != 1:
            return
        super().reject()

    def _closed(self) -> None:
        self._end()


def open_map(parent: QWidget, office: Office, unit_id: int, main: MainWindow) -> None:
    """Open the map of a unit and wait; then, when asked for, show it as a paper."""
    dialog = MapDialog(parent, office, unit_id)
    dialog.exec()
    if dialog.wants_paper:
        main.open("documents", "map", filters=(("unit", unit_id),))
    dialog.deleteLater()
