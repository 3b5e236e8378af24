"""The veil over a number in an editor: hidden until its record is revealed, and while projected."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from gridoffice.core.text import has_number, mask_numbers
from gridoffice.ui.icons import icon
from gridoffice.ui.mask import MASKS, Record, mask

HINT = "号码已遮住：点眼睛或按 Ctrl+R 查看；直接输入可以换成新号码"
PROJECTED = "投影模式：号码已遮住，按 F11 退出"


class Veil(QObject):
    """Stands before one line or text of an editor; `kind` is the field's kind. What is kept stays whole behind it."""

    def __init__(self, inner: QLineEdit | QPlainTextEdit, kind: str, typed: Callable[[], object]) -> None:
        super().__init__(inner)
        self.inner, self.kind, self._told = inner, kind, typed
        self.record: Record | None = None
        self.ask: Callable[[], object] | None = None
        self._kept: str | None = None  # the whole text while it is hidden
        self._is_new = False
        self._tip = ""
        self._eye: QAction | None = None
        if isinstance(inner, QLineEdit):
            inner.textEdited.connect(self._typing)

    def _typing(self, _text: str) -> None:
        self._is_new = True

    def guard(self, record: Record, ask: Callable[[], object]) -> None:
        """From now on the number is hidden until `record` is revealed; `ask` is what the eye does."""
        self.record, self.ask = record, ask
        self.again()

    @property
    def is_hidden(self) -> bool:
        """Whether something stands behind the veil now."""
        return self._kept is not None

    def text(self) -> str:
        """The whole text, hidden or not."""
        return self._kept if self._kept is not None else self._read()

    def hide_in(self, sentence: str) -> str:
        """A sentence about the form without the number that is hidden here."""
        return sentence.replace(self._kept, self._masked(self._kept)) if self._kept else sentence

    def put(self, text: str) -> None:
        """Put a kept text in."""
        self._lift()
        self._fill(text)
        self._is_new = False
        self.again()

    def again(self) -> None:
        """Hide or show by what holds now."""
        text = self.text()
        wanted = bool(text) and self._is_wanted(text)
        if wanted == self.is_hidden:
            if wanted:
                self.inner.setToolTip(PROJECTED if mask.is_projected else HINT)
            return
        if not wanted:
            self._lift()
            return
        self._kept, self._tip = text, self.inner.toolTip()
        self._write(self._masked(text))
        self.inner.setReadOnly(True)
        self.inner.setToolTip(PROJECTED if mask.is_projected else HINT)
        self.inner.installEventFilter(self)
        self._show_eye()

    def _is_wanted(self, text: str) -> bool:
        is_number = self.kind in MASKS
        if mask.is_projected:
            return is_number or has_number(text)
        if self._is_new or self.record is None or mask.is_revealed(self.record):
            return False
        return is_number or has_number(text)

    def _masked(self, text: str) -> str:
        return MASKS[self.kind](text) if self.kind in MASKS else mask_numbers(text)

    def _lift(self) -> None:
        if self._kept is None:
            return
        text, self._kept = self._kept, None
        self.inner.removeEventFilter(self)
        self.inner.setReadOnly(False)
        self.inner.setToolTip(self._tip)
        self._write(text)
        if self._eye is not None:
            self._eye.setVisible(False)

    def _show_eye(self) -> None:
        if not isinstance(self.inner, QLineEdit) or self.ask is None:
            return
        if self._eye is None:
            self._eye = self.inner.addAction(icon("eye"), QLineEdit.ActionPosition.TrailingPosition)
            self._eye.setToolTip("查看完整号码（Ctrl+R）")
            self._eye.triggered.connect(self._press_eye)
        self._eye.setVisible(not mask.is_projected)

    def _press_eye(self) -> None:
        if self.ask is not None:
            self.ask()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keys over a hidden number: a new one is begun in its place, unless everything is hidden for the projector."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or mask.is_projected:
            return False
        if self.kind not in MASKS or event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            return False
        takes_out = event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)
        if not takes_out and not (event.text() and event.text().isprintable()):
            return False
        self._lift()
        self._write("")
        self._is_new = True
        self._told()
        return takes_out

    def _read(self) -> str:
        return self.inner.text() if isinstance(self.inner, QLineEdit) else self.inner.toPlainText()

    def _fill(self, text: str) -> None:
        if isinstance(self.inner, QLineEdit):
            self.inner.setText(text)
        else:
            self.inner.setPlainText(text)

    def _write(self, text: str) -> None:
        """Put a text in without anybody taking it for typed."""
        self.inner.blockSignals(True)
        self._fill(text)
        self.inner.blockSignals(False)
