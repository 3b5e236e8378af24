"""表格录入: a grid that takes a block from Excel, shows what is wrong in red, and writes the right rows in one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.entering import CHANGED, NEW, SAME, WRONG, EntrySheet, TypedRow, is_blank
from gridoffice.ui import dialogs
from gridoffice.ui.mask import mask
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.sheet_model import SheetModel
from gridoffice.ui.sheet_view import SheetView
from gridoffice.ui.theme import theme

WAIT = 120  # milliseconds between the last change and the judging
MOST = 500  # records opened in a grid at once


class SheetDialog(QDialog):
    """The grid with its count, the reason of the cell in front, and what can be done."""

    def __init__(self, parent: QWidget, office: Office, sheet: EntrySheet, rows: Sequence[TypedRow] = ()) -> None:
        super().__init__(parent)
        self.office, self.sheet = office, sheet
        self.written = 0
        self.setWindowTitle(f"表格录入 {sheet.title}")
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint, True)
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(16)] * 4)
        body.setSpacing(theme.px(8))
        body.addWidget(label(f"表格录入：{sheet.title}", "title"))
        told = (
            "从 Excel 复制后按 Ctrl+V 贴入，第一行是标题时会自己对上列。Enter 到下一行，Ctrl+D 同上，F3 到下一个错处。"
        )
        body.addWidget(label(told, "quiet", wrap=True))
        self.model = SheetModel(office, sheet, rows)
        self.view = SheetView(self.model)
        body.addWidget(self.view, 1)
        self.reason = label("", "bad", wrap=True)
        keep = self.reason.sizePolicy()
        keep.setRetainSizeWhenHidden(True)  # the grid does not jump when a reason comes and goes
        self.reason.setSizePolicy(keep)
        body.addWidget(self.reason)
        self.count = label("")
        self.paste_button = button("贴入（Ctrl+V）", self.view.paste)
        self.next_button = button("下一个错处（F3）", self.view.to_next_fault)
        self.save_button = button("保存", self.save, kind="primary")
        self.save_button.setToolTip("写入对的行，一步可以撤销（Ctrl+S）")
        for made in (self.paste_button, self.next_button, self.save_button):
            made.setAutoDefault(False)
        leave = button("关闭", self.reject)
        leave.setAutoDefault(False)
        body.addLayout(row(self.count, 1, self.paste_button, self.next_button, leave, self.save_button))
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self.judge)
        self.model.edited.connect(self._timer.start)
        self.view.moved.connect(self._tell_reason)
        self.view.pasted.connect(self._tell_unknown)
        self._judged()
        self._clean = self._texts()
        self.view.go(0, 0)
        self.view.setFocus()
        room = self.screen().availableGeometry()
        self.resize(min(theme.px(1240), room.width() - 40), min(theme.px(640), room.height() - 80))

    def _texts(self) -> list[dict[str, str]]:
        return [{key: text for key, text in cells.items() if text} for cells in self.model.cells if any(cells.values())]

    def judge(self) -> None:
        """Judge what stands there and tell."""
        self._timer.stop()
        self.model.judge()
        self._judged()

    def _judged(self) -> None:
        counts = self.model.counts()
        words = ((NEW, "新增"), (CHANGED, "修改"), (SAME, "没有变化"), (WRONG, "待改正"))
        parts = [f"{counts[key]:,} {word}" for key, word in words if counts[key]]
        self.count.setText("，".join(parts) or "还没有内容")
        ready = counts[NEW] + counts[CHANGED]
        self.save_button.setText(f"保存 {ready:,} {self.sheet.noun}" if ready else "保存")
        self.save_button.setEnabled(bool(ready))
        self.next_button.setEnabled(bool(counts[WRONG]))
        self._tell_reason()

    def _tell_reason(self) -> None:
        index = self.view.currentIndex()
        if not index.isValid():
            return
        title = self.sheet.columns[index.column()].title
        reason = self.model.fault(index.row(), index.column())
        if not reason and index.row() < len(self.model.judged):
            faults = self.model.judged[index.row()].faults
            titles = {column.key: column.title for column in self.sheet.columns}
            reason = "；".join(f"{titles[key]}：{text}" for key, text in faults.items())
            title = ""
        self.reason.setText(mask.shown(f"第 {index.row() + 1} 行{title}：{reason}" if reason else ""))
        self.reason.setVisible(bool(reason))

    def _tell_unknown(self, unknown: list[str]) -> None:
        self.judge()
        if unknown:
            told = f"这些列没有认出，没有贴入：{'、'.join(unknown)}"
            dialogs.toast(self, told)

    def save(self) -> None:
        """Write the right rows as one step; the wrong ones stay in the grid."""
        self.view.setFocus()  # an open cell is taken in
        self.judge()
        ready = [place for place, judged in enumerate(self.model.judged) if judged.state in (NEW, CHANGED)]
        if not ready:
            return
        try:
            self.sheet.write(self.office, [self.model.judged[place] for place in ready])
        except OfficeError as error:
            dialogs.error(error, self)
            return
        self.written += len(ready)
        rows = self.model.rows()
        done = [n for n, one in enumerate(rows) if self.model.judged[n].state != WRONG and not is_blank(one)]
        self.model.take_out(done, step=False)
        self.judge()
        self._clean = self._texts()
        left = self.model.counts()[WRONG]
        if not left:
            self.accept()
            return
        self.view.go(0, 0)
        self.view.to_next_fault()
        dialogs.toast(self, f"已写入 {len(ready):,} {self.sheet.noun}，还有 {left:,} 行待改正，留在表里")

    def reject(self) -> None:
        """Leave; what was typed and not written is asked about."""
        if self._texts() != self._clean or self.model.counts()[WRONG]:
            choice = dialogs.ask(self, "表里还有没写入的内容", "关闭后这些行不会保留。", ["继续填写", "不要了，关闭"])
            if choice != 1:
                return
        super().reject()


def open_sheet(
    parent: QWidget, office: Office, sheet: EntrySheet, *, ids: Sequence[int] = (), paste: bool = False
) -> int:
    """Open the grid, empty, on some records, or with the clipboard put in; how many rows were written."""
    if len(ids) > MOST:
        told = f"选了 {len(ids):,} {sheet.noun}；一次最多在表格里改 {MOST} {sheet.noun}，更多的请用批量修改。"
        dialogs.tell(parent, "选得太多", told)
        return 0
    dialog = SheetDialog(parent, office, sheet, sheet.load(office, ids) if ids else ())
    if paste and QApplication.clipboard().text().strip():
        dialog.view.paste()
    dialog.exec()
    window: Any = parent.window()
    if dialog.written and hasattr(window, "say"):
        window.say(f"表格录入已写入 {dialog.written:,} {sheet.noun}", undo=True)
    return dialog.written
