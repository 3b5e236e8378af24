"""签名验证: drop PDFs and read in one big sentence whether each is whole, by whom, when; or type a paper's number."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.modules.documents import looking_up, verifying
from gridoffice.modules.documents.verifying import Verdict
from gridoffice.papers import sign_check
from gridoffice.papers.sign_words import Told
from gridoffice.ui import dialogs, jobs
from gridoffice.ui.icons import pixmap
from gridoffice.ui.panel import Panel, button, clear, label, line, row, scrolling
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

AT_ONCE = 4_000_000  # bytes of one file that are checked without a progress dialog
ICONS = {"done": "verify", "late": "warning", "soon": "question", "quiet": "verify"}


class Verify(Panel):
    """The verifying panel; `verdict` is the last one given, `verdicts` those of the files dropped together."""

    wanted = Signal(int)  # a line of the register
    trusting = Signal()  # another office's root is to be imported

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__()
        self.office, self.main = office, window
        self.verdicts: list[Verdict] = []
        self.paths: list[Path] = []
        self.setAcceptDrops(True)
        self.choose_button = button("选择 PDF…", self.choose, kind="primary")
        self.number = QLineEdit()
        self.number.setPlaceholderText("扫纸上的码，或输入编号")
        self.number.setAccessibleName("编号或扫码")
        self.number.setMinimumWidth(theme.px(190))
        self.number.returnPressed.connect(self.look_up)
        self.body.addLayout(row(self.choose_button, 1, self.number, button("查登记", self.look_up)))
        self.list = QListWidget()
        self.list.setAccessibleName("核验过的文件")
        self.list.setFixedWidth(theme.px(230))
        self.list.currentRowChanged.connect(self._show_place)
        inner = QWidget()
        self.told = QVBoxLayout(inner)
        self.told.setContentsMargins(0, 0, 0, 0)
        self.told.setSpacing(theme.px(8))
        line_ = QHBoxLayout()
        line_.addWidget(self.list)
        line_.addWidget(scrolling(inner), 1)
        self.body.addLayout(line_, 1)
        self.big = label("")
        self.password = QLineEdit()
        self.ask()

    @property
    def verdict(self) -> Verdict | None:
        """The verdict that is shown."""
        place = self.list.currentRow()
        return self.verdicts[place] if 0 <= place < len(self.verdicts) else None

    # --- what is shown

    def ask(self) -> None:
        """Before a file is chosen."""
        self.verdicts, self.paths = [], []
        self.list.clear()
        self.list.hide()
        lines = [
            "可以一次拖入多个。看签名后有没有被改过、是谁签的、什么时候签的、是不是最新的一版、有没有收回。",
            "不联网，也不改动文件。别的单位签的也能看；手写签名的照片不是电子签名，这里核验不了。",
        ]
        self._begin("quiet", "把要核验的 PDF 拖到这里", lines)
        self.told.addStretch(1)

    def _begin(self, tone: str, headline: str, lines: Sequence[str]) -> None:
        clear(self.told)
        colour = theme.colours.tone(tone)[0]
        picture = QLabel()
        picture.setPixmap(pixmap(ICONS.get(tone, "verify"), colour, theme.px(56)))
        picture.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.big = label(headline, "title", wrap=True)
        shown = colour if tone != "quiet" else theme.colours.text
        self.big.setStyleSheet(f"color: {shown}; font-size: {theme.px(22)}px")
        words = QVBoxLayout()
        words.setSpacing(theme.px(6))
        words.addWidget(self.big)
        for text in lines:
            words.addWidget(label(text, wrap=True))
        head = QHBoxLayout()
        head.setSpacing(theme.px(14))
        head.addWidget(picture)
        head.addLayout(words, 1)
        self.told.addSpacing(theme.px(8))
        self.told.addLayout(head)

    def _show_place(self, place: int) -> None:
        if not 0 <= place < len(self.verdicts):
            return
        verdict = self.verdicts[place]
        self._begin(verdict.tone, verdict.headline, (verdict.name, *verdict.lines))
        if verdict.state == sign_check.LOCKED:
            self._ask_password()
        self.told.addLayout(row(*self._buttons(verdict), 1))
        for told in verdict.signatures:
            self.told.addWidget(line())
            self._signature(told)
        self.told.addStretch(1)

    def _ask_password(self) -> None:
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText("打开密码")
        self.password.setAccessibleName("打开密码")
        self.password.setMaximumWidth(theme.px(220))
        self.password.returnPressed.connect(self.again)
        self.told.addLayout(row(self.password, button("再核验", self.again), 1))

    def _buttons(self, verdict: Verdict) -> list[QPushButton]:
        found = verdict.found
        made = []
        if found is not None:
            made.append(button("打开登记", lambda: self.wanted.emit(found.id)))
            if found.newer_id is not None:
                newer = found.newer_id
                made.append(button("看新版本", lambda: self.wanted.emit(newer)))
        checked = verdict.checked
        if checked is not None and any(one.trust == sign_check.STRANGER for one in checked.signatures):
            made.append(button("导入对方的根证书…", self.trusting.emit))
        return made

    def _signature(self, told: Told) -> None:
        colour = theme.colours.tone(told.tone)[0]
        heading = label(f"● {told.title}", "heading", wrap=True)
        heading.setStyleSheet(f"color: {colour}")
        self.told.addWidget(heading)
        words = QVBoxLayout()
        words.setSpacing(theme.px(3))
        words.setContentsMargins(theme.px(16), 0, 0, 0)
        for text in told.lines:
            words.addWidget(label(text, wrap=True))
        self.told.addLayout(words)

    # --- what is done

    def check(self, path: Path) -> None:
        """Verify one file and say it."""
        self.check_all([path])

    def check_all(self, paths: Sequence[Path], password: str = "") -> None:
        """Verify files and say it; many or large ones beside the window, with progress and 取消."""
        self.paths = list(paths)
        office = self.office
        if len(paths) == 1 and _size(paths[0]) <= AT_ONCE:
            self._checked([verifying.verify(office, paths[0], password=password)])
            return
        jobs.run(
            self.main.worker,
            self,
            "正在核验",
            lambda progress: verifying.verify_many(office, paths, password=password, progress=progress),
            self._checked,
        )

    def again(self) -> None:
        """Verify the shown file anew with the password that was typed."""
        place = max(0, self.list.currentRow())
        password = self.password.text()
        with_others = self.verdicts

        def work() -> None:
            verdict = verifying.verify(self.office, self.paths[place], password=password)
            with_others[place] = verdict
            self._checked(with_others, place)

        if not password:
            dialogs.toast(self, "请先输入打开密码")
        elif dialogs.guarded(self, work) and self.verdict is not None and self.verdict.state == sign_check.LOCKED:
            dialogs.toast(self, "打开密码不对，请重新输入")

    def _checked(self, verdicts: list[Verdict], place: int = 0) -> None:
        self.verdicts = list(verdicts)
        self.list.blockSignals(True)
        self.list.clear()
        for one in self.verdicts:
            item = QListWidgetItem(f"● {one.name}")
            item.setForeground(QColor(theme.colours.tone(one.tone)[0]))
            item.setToolTip(f"{one.name}：{one.headline}")
            item.setSizeHint(QSize(0, theme.px(36)))
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setVisible(len(self.verdicts) > 1)
        self.list.setCurrentRow(place)
        self._show_place(place)

    def look_up(self) -> None:
        """Find the register's line of the number or code that was typed or scanned."""
        typed = self.number.text().strip()
        if not typed:
            dialogs.toast(self, "请先扫码，或输入编号，例如 册2026-001")
            return
        try:
            found = looking_up.look_up(self.office, typed)
        except OfficeError as problem:
            self.list.hide()
            self._begin("late", problem.what, (problem.do,))
            self.told.addStretch(1)
        else:
            self.list.hide()
            headline = found.lines[0] if found.lines else f"{found.number} 是本办登记的，现在有效"
            self._begin(found.tone or "done", headline, (found.words, *found.lines[1:]))
            made = [button("打开登记", lambda: self.wanted.emit(found.id))]
            if found.newer_id is not None:
                newer = found.newer_id
                made.append(button("看新版本", lambda: self.wanted.emit(newer)))
            self.told.addLayout(row(*made, 1))
            self.told.addStretch(1)
        self.number.selectAll()

    def choose(self) -> None:
        """Choose files in a dialog."""
        chosen = dialogs.open_files(self, "选择要核验的 PDF", "PDF (*.pdf);;所有文件 (*)")
        if chosen:
            dialogs.guarded(self, lambda: self.check_all(chosen))

    def dragEnterEvent(self, event: Any) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: Any) -> None:
        """Verify the dropped files."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        files = [path for path in paths if path.is_file()]
        if files:
            dialogs.guarded(self, lambda: self.check_all(files))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
