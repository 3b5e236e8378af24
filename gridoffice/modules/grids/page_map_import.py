"""The match screen of imported outlines: what the file calls them, and which unit each one is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGridLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from gridoffice.core.errors import OfficeError
from gridoffice.modules.grids import map_import
from gridoffice.ui import dialogs
from gridoffice.ui.panel import button, label, row, scrolling
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.modules.grids.page_map import MapDialog


class MatchDialog(QDialog):
    """One line for each outline of the file; the clerk assigns what was not recognised."""

    def __init__(self, window: MapDialog, unit_id: int, draft: map_import.Draft) -> None:
        super().__init__(window)
        self.office, self.unit_id, self.draft = window.office, unit_id, draft
        self.told: tuple[str, ...] = ()
        self.setWindowTitle("导入轮廓")
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(10))
        body.addWidget(label(f"导入轮廓：{draft.file}", "title", wrap=True))
        known = sum(1 for match in draft.matches if match.unit_id)
        body.addWidget(
            label(f"{len(draft.matches)} 个轮廓，认出 {known} 个；没认出的请选网格，或留空不导入。", "quiet", wrap=True)
        )
        if draft.found.problems:
            more = f"等 {len(draft.found.problems)} 处" if len(draft.found.problems) > 4 else ""
            body.addWidget(label("；".join(draft.found.problems[:4]) + more, "notice", wrap=True))
        body.addWidget(scrolling(self._lines()), 1)
        body.addLayout(self._ways())
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        body.addWidget(self.problem)
        self.import_button = button("导入", self.run, kind="primary")
        body.addLayout(row(1, button("取消", self.reject), self.import_button))
        self.resize(theme.px(640), min(theme.px(560), window.height()))

    def _lines(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(6))
        for place, title in enumerate(("序号", "文件里的名称", "编码", "是哪个网格")):
            grid.addWidget(label(title, "quiet"), 0, place)
        self.choices: dict[int, QComboBox] = {}
        for line, match in enumerate(self.draft.matches, 1):
            feature = match.feature
            choice = QComboBox()
            choice.setAccessibleName(f"第 {feature.number} 个轮廓是哪个网格")
            choice.addItem("（不导入）", 0)
            for unit_id, name in self.draft.units:
                choice.addItem(name, unit_id)
            choice.setCurrentIndex(max(choice.findData(match.unit_id), 0))
            self.choices[feature.number] = choice
            grid.addWidget(label(str(feature.number)), line, 0)
            grid.addWidget(label(feature.name or "（没有名称）", wrap=True), line, 1)
            grid.addWidget(label(feature.code, "quiet"), line, 2)
            grid.addWidget(choice, line, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        grid.setRowStretch(len(self.draft.matches) + 1, 1)
        return holder

    def _ways(self) -> QVBoxLayout:
        ways = QVBoxLayout()
        draft = self.draft
        kept = "放在现在的底图上" + ("（按坐标对准）" if draft.has_bounds else "（底图没有坐标，按图幅居中）")
        self.kept = QRadioButton("不在现在底图的范围里" if draft.is_elsewhere else kept)
        self.fresh = QRadioButton("换成空白图纸，按轮廓的大小")
        self.kept.setChecked(draft.has_base and not draft.is_elsewhere)
        self.kept.setEnabled(not draft.is_elsewhere)
        self.fresh.setChecked(not draft.has_base or draft.is_elsewhere)
        self.points = QCheckBox(f"也导入 {len(draft.points)} 个点位")
        self.points.setChecked(True)
        self.points.setVisible(bool(draft.points))
        for one in (self.kept, self.fresh):
            one.setVisible(draft.has_base)
            ways.addWidget(one)
        ways.addWidget(self.points)
        return ways

    def run(self) -> None:
        """Import what is chosen, or say why not."""
        chosen = {number: int(choice.currentData()) for number, choice in self.choices.items()}
        try:
            drawn, placed, self.told = map_import.run(
                self.office,
                self.unit_id,
                self.draft,
                chosen,
                fresh=self.fresh.isChecked(),
                points=self.points.isChecked(),
            )
        except OfficeError as error:
            self.problem.setText(error.sentence)
            self.problem.show()
            return
        self.said = f"已导入 {drawn} 个轮廓" + (f"、{placed} 个点位" if placed else "")
        self.accept()


def ask(window: MapDialog, unit_id: int, path: Path) -> None:
    """Read a file, let its outlines be matched, and import them."""
    drafts: list[map_import.Draft] = []
    if not dialogs.guarded(window, lambda: drafts.append(map_import.draft(window.office, unit_id, path))):
        return
    dialog = MatchDialog(window, unit_id, drafts[0])
    if not dialog.exec():
        return
    if dialog.told:
        dialogs.tell(window, dialog.said, "没有导入的：\n" + "\n".join(dialog.told[:12]))
    else:
        dialogs.toast(window, dialog.said, lambda: dialogs.guarded(window, window.undo))
