"""合并轮廓: which outlines make up that of a unit, for instance after grids were merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QDialog, QVBoxLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.modules.grids import maps
from gridoffice.ui import dialogs
from gridoffice.ui.panel import button, label, row, scrolling
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.modules.grids.page_map import MapDialog


class JoinDialog(QDialog):
    """Ticks the outlines that are joined; those whose records went to the unit are ticked already."""

    def __init__(self, window: MapDialog, map_id: int, unit_id: int) -> None:
        super().__init__(window)
        self.office, self.map_id, self.unit_id = window.office, map_id, unit_id
        name = maps.unit_name(self.office, unit_id)
        self.setWindowTitle("合并轮廓")
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(10))
        body.addWidget(label(f"哪些轮廓合起来是“{name}”？", "heading", wrap=True))
        body.addWidget(label("相邻的边界会自动接上。已撤并网格的轮廓还留在过去的图里。", "quiet", wrap=True))
        holder = QWidget()
        lines = QVBoxLayout(holder)
        self.boxes: dict[int, QCheckBox] = {}
        for one in maps.sources(self.office, map_id, unit_id):
            box = QCheckBox(f"{one.name}{'（已撤并）' if one.is_ended else ''}")
            box.setChecked(one.is_meant)
            self.boxes[one.id] = box
            lines.addWidget(box)
        lines.addStretch(1)
        body.addWidget(scrolling(holder), 1)
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        body.addWidget(self.problem)
        self.join_button = button("合并", self.join, kind="primary")
        body.addLayout(row(1, button("取消", self.reject), self.join_button))
        self.resize(theme.px(460), theme.px(420))

    def join(self) -> None:
        """Join what is ticked, or say why it cannot be done."""
        wanted = [unit_id for unit_id, box in self.boxes.items() if box.isChecked()]
        try:
            maps.join(self.office, self.map_id, wanted, self.unit_id)
        except OfficeError as error:
            self.problem.setText(error.sentence)
            self.problem.show()
            return
        self.accept()


def ask(window: MapDialog, unit_id: int) -> None:
    """Ask what is to be joined into a unit's outline."""
    view = window.view
    if view is None:
        return
    if not unit_id:
        window.hint.setText("请先在左边选一个网格。")
        return
    if len(maps.sources(window.office, view.id, unit_id)) < 2:
        error = OfficeError("这张图上可以合并的轮廓不到两个", safe="没有改动", do="请先画出相邻的网格")
        dialogs.error(error, window)
        return
    dialog = JoinDialog(window, view.id, unit_id)
    if dialog.exec():
        dialogs.toast(window, "已合并轮廓", lambda: dialogs.guarded(window, window.undo))
