"""Telling and asking: errors as sentences, questions, files, toasts; the one door for what goes wrong."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from gridoffice import __version__
from gridoffice.core.errors import Cancelled, OfficeError
from gridoffice.core.log import log
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme


class Message(QDialog):
    """A titled message with lines under it and buttons; `choice` is the index of the one pressed, -1 for none."""

    def __init__(
        self, parent: QWidget | None, title: str, lines: list[str], buttons: list[str], tone: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.choice = -1
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(*[theme.px(20)] * 4)
        self.body.setSpacing(theme.px(10))
        heading = label(title, "heading", wrap=True)
        if tone:
            heading.setStyleSheet(f"color: {theme.colours.tone(tone)[0]}")
        self.body.addWidget(heading)
        for text in filter(None, lines):
            self.body.addWidget(label(text, wrap=True))
        self.foot = QHBoxLayout()
        self.foot.addStretch(1)
        for place, text in enumerate(buttons):
            made = button(text, lambda place=place: self._press(place), kind="primary" if place == 0 else "")
            made.setDefault(place == 0)
            self.foot.addWidget(made)
        self.body.addSpacing(theme.px(6))
        self.body.addLayout(self.foot)
        self.setMinimumWidth(theme.px(420))

    def _press(self, place: int) -> None:
        self.choice = place
        self.accept()


def ask(parent: QWidget | None, title: str, text: str, buttons: list[str]) -> int:
    """Ask with named buttons, the first being the usual answer; the index pressed, or -1 for none."""
    dialog = Message(parent, title, [text], buttons)
    dialog.exec()
    return dialog.choice


def tell(parent: QWidget | None, title: str, text: str) -> None:
    """Tell something that must be read."""
    Message(parent, title, [text], ["知道了"]).exec()


def error(problem: BaseException, parent: QWidget | None = None) -> None:
    """Show what went wrong: an OfficeError as its sentences; anything else logged, with text that can be copied."""
    if isinstance(problem, Cancelled):
        return
    parent = parent or QApplication.activeWindow()
    if isinstance(problem, OfficeError):
        helps = _offered(problem, parent)
        words = [helps.text(), "知道了"] if helps is not None else ["知道了"]
        told = Message(parent, problem.what, [problem.safe, problem.do], words, "late")
        told.exec()
        if helps is not None and told.choice == 0:
            helps.trigger()
        return
    log.error("unexpected", exc_info=(type(problem), problem, problem.__traceback__))
    unexpected(problem, parent).exec()


def _offered(problem: OfficeError, parent: QWidget | None) -> QAction | None:
    """The window's action that helps with a problem, when there is one."""
    while problem.offer and parent is not None:
        actions: dict[str, QAction] = getattr(parent, "actions_by_key", {})
        if problem.offer in actions:
            return actions[problem.offer]
        parent = parent.parentWidget()
    return None


def unexpected(problem: BaseException, parent: QWidget | None) -> Message:
    """The dialog for a fault of the program itself."""
    lines = ["程序出了错，这一步没有完成。", "已经保存的内容完好。请重试；如果还是这样，把下面的文字发给维护人员。"]
    dialog = Message(parent, "程序出错", lines, ["关闭"], "late")
    text = "".join(traceback.format_exception(type(problem), problem, problem.__traceback__))
    details = QPlainTextEdit(f"gridoffice {__version__} · {platform.platform()}\n{text}")
    details.setReadOnly(True)
    details.setMinimumHeight(theme.px(160))
    dialog.body.insertWidget(3, details)
    copy = button("复制", lambda: QApplication.clipboard().setText(details.toPlainText()))
    dialog.foot.insertWidget(1, copy)
    return dialog


def _hook(kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, problem, trace)
        return
    error(problem.with_traceback(trace))


def catch_all() -> None:
    """From now on nothing that goes wrong in a slot is lost."""
    sys.excepthook = _hook


def guarded(parent: QWidget | None, run: Callable[[], object]) -> bool:
    """Run something a person asked for; what goes wrong is shown. True when it went well."""
    try:
        run()
    except Exception as problem:
        error(problem, parent)
        return False
    return True


def open_files(parent: QWidget | None, title: str, kinds: str = "所有文件 (*)") -> list[Path]:
    """Choose one or more files."""
    dialog = _files(parent, title, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return [Path(name) for name in dialog.selectedFiles()] if dialog.exec() else []


def open_folder(parent: QWidget | None, title: str) -> Path | None:
    """Choose a folder."""
    dialog = _files(parent, title, "")
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None


def save_file(parent: QWidget | None, title: str, name: str, kinds: str) -> Path | None:
    """Choose where to save; the suffix of `name` is added when none is typed."""
    dialog = _files(parent, title, kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(name)
    return Path(dialog.selectedFiles()[0]) if dialog.exec() else None


def _files(parent: QWidget | None, title: str, kinds: str) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(Path.home()), kinds)
    # Qt's own dialog: its words are ours to translate, the desktop's may be English.
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    words = {
        QFileDialog.DialogLabel.LookIn: "位置：",
        QFileDialog.DialogLabel.FileName: "文件名：",
        QFileDialog.DialogLabel.FileType: "类型：",
        QFileDialog.DialogLabel.Accept: "确定",
        QFileDialog.DialogLabel.Reject: "取消",
    }
    for which, word in words.items():
        dialog.setLabelText(which, word)
    return dialog


class Toast(QFrame):
    """A short note at the foot of the window, with 撤销 when there is something to undo; goes by itself."""

    def __init__(self, parent: QWidget, text: str, undo: Callable[[], object] | None = None, seconds: int = 6) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        items: list[QWidget | int] = [label(text)]
        if undo is not None:
            items.append(button("撤销", lambda: (undo(), self.close())))
        layout = row(*items, spacing=16)
        layout.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        self.setLayout(layout)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.adjustSize()
        self.move((parent.width() - self.width()) // 2, parent.height() - self.height() - theme.px(48))
        self.show()
        self.raise_()
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.close)
        timer.start(seconds * 1000)


def toast(parent: QWidget, text: str, undo: Callable[[], object] | None = None) -> Toast:
    """Show a note on the window of a widget."""
    for old in parent.window().findChildren(Toast):
        old.close()
    return Toast(parent.window(), text, undo)
