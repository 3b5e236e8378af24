"""签名: which files, who signs in which order, encrypted copies or not; progress, cancel, what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.certificates import OFFICE, ROLES
from gridoffice.modules.documents import certificates, signing
from gridoffice.modules.documents.certificates import Line
from gridoffice.modules.documents.signing import Signed, Wish
from gridoffice.ui import dialogs, editor, jobs, output
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import Panel, button, label, own_key, row
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

ROLE = Qt.ItemDataRole.UserRole
COPY_NOTE = "先加密再签名，所以加密副本的签名也能核验；它不再是归档用的 PDF/A，原件请另存。密码用电话告诉对方。"


class SignFiles(QWidget):
    """Files at the left, who signs at the right; `done` are the results of the last run."""

    arranging = Signal()  # certificates are to be looked at

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__()
        self.office, self.main = office, window
        self.done: list[Signed] = []
        self._is_moved = False  # by hand: else people stand in the order of their roles
        self.setAcceptDrops(True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(12))
        line.addWidget(self._left(), 3)
        line.addWidget(self._right(), 2)

    def _left(self) -> QWidget:
        panel = Panel("要签名的 PDF")
        self.files = QListWidget()
        self.files.setAccessibleName("要签名的 PDF")
        self.files.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.files.setWordWrap(True)
        self.files.itemActivated.connect(lambda item: output.show(Path(item.data(ROLE))))
        self.hint = label(
            "把 PDF 拖到这里，可以一次很多个。原文件不动，签好的另存在旁边，名字加“_已签名”。", "quiet", wrap=True
        )
        add = button("添加…", self.choose, icon="add")
        self.remove_button = button("移出", self.remove)
        panel.body.addWidget(self.hint)
        panel.body.addWidget(self.files, 1)
        panel.body.addLayout(row(add, self.remove_button, 1, button("清空", self.clear)))
        return panel

    def _right(self) -> QWidget:
        panel = Panel("谁来签（从上到下，先后签）")
        self.people = QListWidget()
        self.people.setAccessibleName("谁来签")
        self.people.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.people.model().rowsMoved.connect(self._dragged)
        self.people.itemChanged.connect(lambda _item: self._tell())
        self.up, self.down = button("上移", lambda: self._move(-1)), button("下移", lambda: self._move(1))
        for made, keys, tip, by in ((self.up, "Alt+Up", "Alt+↑", -1), (self.down, "Alt+Down", "Alt+↓", 1)):
            made.setToolTip(f"{made.text()}（{tip}）")
            own_key(self.people, QKeySequence(keys), partial(self._move, by))
        self.copy = QCheckBox("做成外发的加密副本")
        self.copy_password = QLineEdit()
        self.copy_password.setEchoMode(QLineEdit.EchoMode.Password)
        self.copy_password.setPlaceholderText("打开密码，至少 6 个字符")
        self.copy_password.setAccessibleName("打开密码")
        self.copy_note = label(COPY_NOTE, "quiet", wrap=True)
        self.copy.toggled.connect(self._copy_asked)
        self.note = label("签名时间用这台电脑的时钟，没有经过时间戳机构。", "quiet", wrap=True)
        self.sign_button = button("签名", self.sign, kind="primary", shortcut="Ctrl+S")
        panel.body.addWidget(self.people, 1)
        panel.body.addLayout(row(self.up, self.down, 1, button("管理证书…", self.arranging.emit)))
        for one in (self.copy, self.copy_password, self.copy_note, self.note, self.sign_button):
            panel.body.addWidget(one)
        self._copy_asked(False)
        return panel

    def _copy_asked(self, is_asked: bool) -> None:
        self.copy_password.setVisible(is_asked)
        self.copy_note.setVisible(is_asked)

    # --- who

    def refresh(self) -> None:
        """The certificates anew; who was ticked stays so."""
        found = certificates.signers(self.office)
        ticked = self.ids() or [one.id for one in found if one.kind == OFFICE][:1]
        order = {role: place for place, role in enumerate(ROLES)}
        before = {self.people.item(place).data(ROLE): place for place in range(self.people.count())}
        moved = before if self._is_moved else {}
        found.sort(key=lambda one: (moved.get(one.id, 99), one.kind == OFFICE, order.get(one.role, 50), one.id))
        self.people.blockSignals(True)
        self.people.clear()
        for one in found:
            item = QListWidgetItem(f"{one.title}{'（要本人口令）' if one.is_locked else ''}")
            item.setData(ROLE, one.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.id in ticked else Qt.CheckState.Unchecked)
            item.setSizeHint(QSize(0, theme.px(34)))
            self.people.addItem(item)
        self.people.blockSignals(False)
        self._tell()

    def ids(self) -> list[int]:
        """The certificates that sign, in their order."""
        items = [self.people.item(place) for place in range(self.people.count())]
        return [int(item.data(ROLE)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _dragged(self, *_where: object) -> None:
        self._is_moved = True

    def _move(self, step: int) -> None:
        place = self.people.currentRow()
        if 0 <= place + step < self.people.count() and place >= 0:
            self._is_moved = True
            item = self.people.takeItem(place)
            self.people.insertItem(place + step, item)
            self.people.setCurrentRow(place + step)

    def _tell(self) -> None:
        number, who = 0 if self.done else len(self.paths()), len(self.ids())
        self.sign_button.setText(f"签名 {number} 个文件" if number else "签名")
        self.sign_button.setEnabled(bool(number and (who or not self.people.count())))

    # --- which files

    def paths(self) -> list[Path]:
        """The files in the list."""
        return [Path(self.files.item(place).data(ROLE)) for place in range(self.files.count())]

    def add(self, paths: Sequence[Path]) -> None:
        """Put files into the list, each once."""
        if self.done:
            self.clear()
        known = set(self.paths())
        for path in paths:
            if path not in known and path.is_file():
                item = QListWidgetItem(path.name)
                item.setData(ROLE, str(path))
                item.setToolTip(str(path))
                self.files.addItem(item)
        self._tell()

    def choose(self) -> None:
        """Choose files in a dialog."""
        self.add(dialogs.open_files(self, "选择要签名的 PDF", "PDF (*.pdf);;所有文件 (*)"))

    def remove(self) -> None:
        """Take the selected files out of the list."""
        for item in self.files.selectedItems():
            self.files.takeItem(self.files.row(item))
        self._tell()

    def clear(self) -> None:
        """Empty the list."""
        self.done = []
        self.files.clear()
        self._tell()

    def showEvent(self, event: Any) -> None:
        """Who can sign now."""
        super().showEvent(event)
        self.refresh()

    def dragEnterEvent(self, event: Any) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: Any) -> None:
        """Put dropped files into the list."""
        self.add([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    # --- signing

    def sign(self) -> None:
        """Ask for the passphrases that are needed, then sign beside the window."""
        paths = self.paths()
        if paths:
            dialogs.guarded(self, lambda: self._sign(paths))

    def _sign(self, paths: list[Path]) -> None:
        ids = self.ids() or signing.for_roles(self.office, ())
        password = self.copy_password.text() if self.copy.isChecked() else ""
        if self.copy.isChecked() and len(password) < 6:
            raise OfficeError("打开密码太短", safe="文件没有改动", do="请至少用 6 个字符")
        passphrases = self.passphrases(ids)
        if passphrases is None:
            return
        office, wish = self.office, Wish(tuple(ids), password)
        jobs.run(
            self.main.worker,
            self,
            f"正在签名 {len(paths)} 个文件",
            lambda progress: signing.sign_files(office, paths, None, wish, passphrases=passphrases, progress=progress),
            self._signed,
        )

    def passphrases(self, ids: Sequence[int]) -> dict[int, str] | None:
        """Each holder types their own passphrase, one after the other; None when somebody left."""
        lines: list[Line] = [certificates.certificate(self.office, one) for one in ids]
        found: dict[int, str] = {}
        for line in (one for one in lines if one.is_locked):

            def save(values: dict[str, Any], line: Line = line) -> None:
                certificates.pair(self.office, line.id, values["secret"])
                found[line.id] = values["secret"]

            fields = (Field("secret", "签名口令", "password", required=True),)
            note = f"请“{line.holder}”本人输入。别人不要代输，口令不会留在电脑里。"
            if not editor.edit(self, f"{line.title}：签名", fields, {}, save, columns=1, note=note):
                return None
        return found

    def _signed(self, done: list[Signed]) -> None:
        self.done = done
        self.files.clear()
        good = sum(1 for one in done if one.out)
        for one in done:
            told = f"● {one.file.name} → {one.out.name}" if one.out else f"● {one.file.name}：{one.problem}"
            item = QListWidgetItem(told)
            item.setData(ROLE, str(one.out or one.file))
            item.setForeground(QColor(theme.colours.tone("done" if one.out else "late")[0]))
            self.files.addItem(item)
        bad = len(done) - good
        self.copy_password.clear()
        self.main.say(f"已签名 {good} 个文件{f'，{bad} 个没有签，原因写在列表里' if bad else '，另存在原文件旁边'}")
        self._tell()
