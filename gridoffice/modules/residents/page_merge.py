"""Two records of one person side by side: a tick for each field, what hangs on each, and made one in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QDialog, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.modules.residents import comparing, merging
from gridoffice.modules.residents.comparing import LEFT, RIGHT, Comparison, Line
from gridoffice.ui import dialogs
from gridoffice.ui.page import Page
from gridoffice.ui.panel import button, label, line, row, scrolling
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.modules.residents.page import ResidentsPage


class MergeDialog(QDialog):
    """Left and right record with the better value of each field ticked. `kept` is the id of the record that stays."""

    def __init__(self, parent: QWidget, office: Any, told: Comparison) -> None:
        super().__init__(parent)
        self.office, self.told = office, told
        self.kept: int | None = None
        self.groups: dict[str, QButtonGroup] = {}
        self.setWindowTitle("合并两条记录")
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(10))
        body.addWidget(label("合并两条记录", "title"))
        text = "每一行勾选要留下的内容，更好的一边已经选好。两边的预约、帮扶、附件都归到留下的那条。可以撤销。"
        body.addWidget(label(text, "quiet", wrap=True))
        for warning in told.warnings:
            body.addWidget(label(warning, "notice", wrap=True))
        holder = QWidget()
        holder.setLayout(self._table())
        body.addWidget(scrolling(holder), 1)
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        body.addWidget(self.problem)
        self.merge_button = button("合并", self.merge, kind="primary")
        self.merge_button.setToolTip("合并（Ctrl+S）")
        self.merge_button.setDefault(True)
        body.addLayout(row(1, button("不合并", self.reject), self.merge_button))
        QShortcut(QKeySequence("Ctrl+S"), self, self.merge)
        screen = self.screen().availableGeometry()
        self.resize(min(theme.px(860), screen.width() - 40), min(theme.px(700), screen.height() - 80))

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(4))
        for place, title in enumerate(("", self.told.left_title, self.told.right_title)):
            grid.addWidget(label(title, "heading", wrap=True), 0, place)
        place = 1
        for one in self.told.lines:
            if one.left or one.right:
                self._add(grid, place, one)
                place += 1
        grid.addWidget(line(), place, 0, 1, 3)
        grid.addWidget(label("关联", "quiet"), place + 1, 0)
        for column, words in ((1, self.told.left_hangs), (2, self.told.right_hangs)):
            grid.addWidget(label(words or "没有", "quiet", wrap=True), place + 1, column)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(place + 2, 1)
        return grid

    def _add(self, grid: QGridLayout, place: int, one: Line) -> None:
        title = label(one.title, "quiet")
        title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(title, place, 0)
        if one.is_same:
            grid.addWidget(label(f"{one.left}（两边相同）", wrap=True), place, 1, 1, 2)
            return
        group = QButtonGroup(self)
        for column, side, words in ((1, LEFT, one.left), (2, RIGHT, one.right)):
            made = QRadioButton(words or "（空）")
            made.setAccessibleName(f"{one.title}：{words or '空'}")
            made.setProperty("side", side)
            made.setChecked(side == one.better)
            if side == one.better and one.why:
                made.setToolTip(f"先选这一边：{one.why}")
            group.addButton(made)
            grid.addWidget(made, place, column)
        self.groups[one.key] = group

    def sides(self) -> dict[str, str]:
        """Which side is ticked for each field that differs."""
        ticked = {key: group.checkedButton() for key, group in self.groups.items()}
        return {key: str(made.property("side")) for key, made in ticked.items() if made is not None}

    def merge(self) -> None:
        """Make one of them, or say what stands in the way."""
        try:
            self.kept = merging.merge(self.office, self.told.left_id, self.told.right_id, self.sides())
        except OfficeError as error:
            self.problem.setText(error.sentence)
            self.problem.show()
            return
        except Exception as error:
            dialogs.error(error, self)
            return
        self.accept()


def merge(page: Page, first_id: int, second_id: int) -> int | None:
    """Show two residents side by side and make one of them; the id that stays, None when left. From any page."""
    try:
        told = comparing.compare(page.office, first_id, second_id)
    except OfficeError as error:
        dialogs.error(error, page)
        return None
    dialog = MergeDialog(page, page.office, told)
    if dialog.exec() != QDialog.DialogCode.Accepted or dialog.kept is None:
        return None
    page.main.say("已合并成一条", undo=True)
    return dialog.kept


def merge_selected(page: ResidentsPage, ids: list[int]) -> None:
    """Merge the two rows selected in the list; says what to select otherwise."""
    if len(ids) != 2:
        text = "合并要正好选两个人：点第一行，再按住 Ctrl 点第二行，然后再选“合并这两人…”。"
        dialogs.tell(page, "请选两条记录", text)
        return
    kept = merge(page, ids[0], ids[1])
    if kept is not None:
        page.open_resident(kept)
