"""核对收件人: everybody a letter goes to, what is missing for each, who is left out; and a file for each letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTableView, QVBoxLayout, QWidget

from gridoffice.core.progress import Progress
from gridoffice.db.office import Office
from gridoffice.modules.documents import merge, merge_files, recipients
from gridoffice.modules.documents.merge import Lack
from gridoffice.modules.documents.recipients import Asked, Reader, Recipient
from gridoffice.modules.documents.templates import Template
from gridoffice.ui import dialogs, jobs
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme

MOST = (1280, 660)  # pixels that fit a screen of 1366×768 whatever the letters
TITLES = ("收件人", "住址", "网格", "缺什么（印成横线）")
Index = QModelIndex | QPersistentModelIndex


class People(QAbstractTableModel):
    """Recipients with a tick each: ticked ones get a letter."""

    def __init__(self, found: Sequence[Recipient], lacking: Mapping[int, tuple[str, ...]], out: Sequence[int]) -> None:
        super().__init__()
        self.all = list(found)
        self.shown = self.all
        self.lacking = lacking
        self.out = set(out)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many are shown."""
        return 0 if parent.isValid() else len(self.shown)

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        """The titles."""
        return len(TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The titles."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return TITLES[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Words, ticks, and what is missing in its tone."""
        one = self.shown[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            missing = "、".join(self.lacking.get(one.id, ()))
            return (one.title, one.values.get("住址", ""), one.values.get("网格", ""), missing)[index.column()]
        if role == Qt.ItemDataRole.CheckStateRole and index.column() == 0:
            return Qt.CheckState.Unchecked if one.id in self.out else Qt.CheckState.Checked
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == len(TITLES) - 1:
            return QColor(theme.colours.tone("soon")[0])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first column can be ticked."""
        found = super().flags(index)
        return found | Qt.ItemFlag.ItemIsUserCheckable if index.column() == 0 else found

    def setData(self, index: Index, _value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.toggle([index.row()])
        return True

    def toggle(self, rows: Sequence[int]) -> None:
        """Tick or untick rows as the first one asks for."""
        ids = [self.shown[one].id for one in rows]
        if ids and ids[0] in self.out:
            self.out.difference_update(ids)
        else:
            self.out.update(ids)
        self._told()

    def leave_out(self, ids: Sequence[int], *, is_out: bool) -> None:
        """Leave some out, or take them in again."""
        self.out.update(ids) if is_out else self.out.difference_update(ids)
        self._told()

    def narrow(self, word: str, *, only_lacking: bool) -> None:
        """Show those with a word in name or address, or only those who lack something."""
        self.beginResetModel()
        self.shown = [
            one for one in self.all
            if (not word or any(word in told for told in (one.title, *map(one.values.get, ("住址", "网格"))) if told))
            and (not only_lacking or one.id in self.lacking)
        ]  # fmt: skip
        self.endResetModel()

    def _told(self) -> None:
        if self.shown:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.shown) - 1, len(TITLES) - 1))


class Recipients(QDialog):
    """Who gets the letter; Space ticks, the foot counts."""

    def __init__(
        self, parent: QWidget, office: Office, template: Template, asked: Asked, out: Sequence[int],
        options: Mapping[str, Any],
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.office, self.template, self.options = office, template, dict(options)
        self.setWindowTitle(f"核对收件人：{template.name}")
        self.resize(min(theme.px(860), MOST[0]), min(theme.px(560), MOST[1]))
        found = Reader(office, template.audience).read(recipients.find(office, template.audience, asked))
        self.model = People(found, self._lacking(found), out)
        self.model.dataChanged.connect(lambda *_: self._tell())
        self.search = QLineEdit()
        self.search.setPlaceholderText("找姓名、住址、网格")
        self.search.setAccessibleName("找收件人")
        self.search.textChanged.connect(lambda _text: self._narrow())
        number = len(self.model.lacking)
        self.lack_chip = button(f"缺内容的 {number}", self._narrow, kind="chip")
        self.lack_chip.setCheckable(True)
        self.skip_button = button(f"跳过这 {number} 个", self._skip_lacking)
        self.all_button = button(
            "全部都发", lambda: self.model.leave_out([one.id for one in self.model.all], is_out=False)
        )
        for widget in (self.lack_chip, self.skip_button):
            widget.setVisible(number > 0)
        self.table = QTableView()
        self.table.setModel(self.model)
        self.table.setAccessibleName("收件人")
        self.table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(34))
        self.table.setShowGrid(False)
        head = self.table.horizontalHeader()
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        for place, wide in ((0, 190), (2, 180), (3, 190)):
            self.table.setColumnWidth(place, theme.px(wide))
        self.count = label("")
        self.files_button = button("每份存一个文件…", self.ask_files)
        done = button("确定", self.accept, kind="primary")
        done.setDefault(True)
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(16)] * 4)
        body.setSpacing(theme.px(10))
        body.addLayout(row(self.search, self.lack_chip, self.skip_button, self.all_button))
        body.addWidget(self.table, 1)
        told = "自愿帮扶名单、随访名单不能用来发信，以免别人知道谁在名单上。信上只印姓名和住址。"
        body.addWidget(label(told, "quiet", wrap=True))
        body.addLayout(row(self.count, 1, self.files_button, button("取消", self.reject), done))
        self._tell()

    def _lacking(self, found: Sequence[Recipient]) -> dict[int, tuple[str, ...]]:
        """What each one lacks of what the letter says; nothing while the template has mistakes."""
        if not found:
            return {}
        wanted = merge.Batch(self.template, {}, tuple(one.id for one in found), self.template.numbering, False)
        told: list[Lack] = merge.lacks(self.office, wanted)
        return {one.recipient.id: tuple(name for name in one.names if name != "收件人") or one.names for one in told}

    def keyPressEvent(self, event: Any) -> None:
        """Space ticks the selected rows."""
        rows = [index.row() for index in self.table.selectionModel().selectedRows()]
        if event.key() == Qt.Key.Key_Space and rows:
            self.model.toggle(rows)
            return
        super().keyPressEvent(event)

    def _narrow(self) -> None:
        self.model.narrow(self.search.text().strip(), only_lacking=self.lack_chip.isChecked())

    def _skip_lacking(self) -> None:
        self.model.leave_out(list(self.model.lacking), is_out=True)

    def _tell(self) -> None:
        total, out = len(self.model.all), len(self.left_out())
        word = recipients.WORDS.get(self.template.audience, "份")
        self.count.setText(f"发 {total - out:,} {word}" + (f"，跳过 {out:,} {word}" if out else ""))
        self.files_button.setEnabled(total > out)

    def left_out(self) -> list[int]:
        """Ids of those who get none."""
        known = {one.id for one in self.model.all}
        return sorted(self.model.out & known)

    def ask_files(self) -> None:
        """Ask for a folder, and save each letter as a file of its own."""
        folder = dialogs.open_folder(self, "每份存一个文件，存到哪个文件夹")
        if folder is not None:
            self.to_folder(folder)

    def to_folder(self, folder: Path) -> None:
        """Save each letter as a file of its own, with progress and cancel."""
        options = {**self.options, "recipients": {**self.options["recipients"], "left_out": self.left_out()}}
        office, kind = self.office, self.template.kind

        def work(progress: Progress) -> merge_files.Saved:
            return merge_files.save_each(office, kind, options, folder, progress)

        def done(saved: merge_files.Saved) -> None:
            text = f"存在“{folder.name}”里，例如“{saved.first}”。文号 {saved.number}，已登记。"
            dialogs.tell(self, f"已存成 {saved.files:,} 个文件", text)
            self.accept()

        jobs.run(self._worker(), self, "正在生成信件", work, done)

    def _worker(self) -> jobs.Worker:
        """The window's worker."""
        widget: QWidget | None = self.parentWidget()
        while widget is not None and not isinstance(getattr(widget, "worker", None), jobs.Worker):
            widget = widget.parentWidget()
        worker = getattr(widget, "worker", None)
        assert isinstance(worker, jobs.Worker)
        return worker
