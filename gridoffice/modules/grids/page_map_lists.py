"""What stands beside a map: the grids whose outlines are drawn, kinds of points, and the premises of the unit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QButtonGroup,
    QLineEdit,
    QListWidget,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gridoffice.domain import map_points
from gridoffice.domain.maps import Mark
from gridoffice.modules.grids.map_marks import Place
from gridoffice.modules.grids.maps import Target
from gridoffice.ui.canvas_paint import picture_of
from gridoffice.ui.canvas_sketch import PENS
from gridoffice.ui.choices import Choices
from gridoffice.ui.panel import Panel, button, label, row
from gridoffice.ui.theme import theme

OUTLINES, POINTS, PREMISES, SKETCH = "outlines", "points", "premises", "sketch"


class Beside(Panel):
    """The left side of the map: outlines, points, premises; and the pens while a sketch is drawn."""

    searched = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.chips = {}
        self.stack = QStackedWidget()
        group = QButtonGroup(self)
        self.places: dict[str, int] = {}
        for key, title, page in (
            (OUTLINES, "轮廓", self._outlines()),
            (POINTS, "点位", self._points()),
            (PREMISES, "场所", self._premises()),
        ):
            chip = button(title, lambda key=key: self.show_part(key), kind="chip")
            chip.setCheckable(True)
            group.addButton(chip)
            self.chips[key] = chip
            self.places[key] = self.stack.addWidget(page)
        self.places[SKETCH] = self.stack.addWidget(self._sketch())
        self.body.addLayout(row(*self.chips.values(), 1, spacing=6))
        self.body.addWidget(self.stack, 1)
        self.show_part(OUTLINES)

    def show_part(self, key: str) -> None:
        """Show one part; while a sketch is drawn the others wait."""
        self.stack.setCurrentIndex(self.places[key])
        for name, chip in self.chips.items():
            chip.setChecked(name == key)
            chip.setEnabled(key != SKETCH)

    @staticmethod
    def _page(*items: QWidget) -> QWidget:
        page = QWidget()
        body = QVBoxLayout(page)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(8))
        for item in items:
            body.addWidget(item, 1 if isinstance(item, QListWidget) else 0)
        return page

    def _outlines(self) -> QWidget:
        self.units = Choices("网格，打勾的已有轮廓")
        self.draw_button = button("画轮廓", kind="primary")
        self.join_button = button("合并轮廓…")
        self.remove_button = button("删除轮廓", kind="danger")
        note = label("选一个网格，沿边界在图上点角。", "quiet", wrap=True)
        return self._page(note, self.units, self.draw_button, self.join_button, self.remove_button)

    def _points(self) -> QWidget:
        self.kinds = Choices("点位种类")
        self.kinds.fill(
            [
                (kind.key, kind.title, kind.title, QIcon(picture_of(kind, theme.px(24))))
                for kind in map_points.kinds().values()
            ]
        )
        self.marks = Choices("已放的点位")
        return self._page(
            label("选一种，再点图上的位置。", "quiet", wrap=True),
            self.kinds,
            label("已放的点位", "heading"),
            self.marks,
        )

    def _premises(self) -> QWidget:
        self.search = QLineEdit()
        self.search.setPlaceholderText("名称、拼音首字母、编号")
        self.search.setAccessibleName("找场所")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.searched.emit)
        self.premises = Choices("场所，打勾的已在图上")
        self.none = label("", "quiet", wrap=True)
        note = label("选一个场所，再点它在图上的位置。", "quiet", wrap=True)
        return self._page(note, self.search, self.premises, self.none)

    def _sketch(self) -> QWidget:
        self.pens = Choices("画笔")
        self.pens.fill([(place, pen.title, pen.title, None) for place, pen in enumerate(PENS)])
        self.pens.setCurrentRow(0)
        self.sketched_button = button("完成草图", kind="primary")
        self.drop_button = button("放弃草图")
        note = label("选一支笔，在图上按住左键画。画完存成底图。", "quiet", wrap=True)
        return self._page(note, self.pens, self.sketched_button, self.drop_button)

    # -- what is shown

    def show_units(self, targets: Sequence[Target]) -> None:
        """The units with a tick where an outline exists."""
        drawn = sum(1 for one in targets if one.has_outline and not one.is_own)
        below = sum(1 for one in targets if not one.is_own)
        self.chips[OUTLINES].setText(f"轮廓 {drawn}/{below}" if below else "轮廓")
        rows: list[tuple[object, str, str, QIcon | None]] = []
        for one in targets:
            text = f"{'✓' if one.has_outline else '　'} {one.name}{'（整个范围）' if one.is_own else ''}"
            rows.append((one.id, text, "已有轮廓" if one.has_outline else "还没有轮廓", None))
        self.units.fill(rows)

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """The points that are on the map."""
        self.chips[POINTS].setText(f"点位 {len(marks)}" if marks else "点位")
        rows: list[tuple[object, str, str, QIcon | None]] = []
        for mark in marks:
            kind = map_points.kind(mark.kind)
            rows.append((mark.id, mark.title or kind.title, kind.title, QIcon(picture_of(kind, theme.px(24)))))
        self.marks.fill(rows)

    def show_premises(self, places: Sequence[Place]) -> None:
        """The premises of the unit, those not yet placed first."""
        self.premises.fill(
            [
                (one.id, f"{'✓' if one.is_placed else '　'} {one.name}", f"{one.name} {one.detail}", None)
                for one in places
            ]
        )
        self.none.setText("" if places else "这里没有这样的场所。")
        self.none.setVisible(not places)
