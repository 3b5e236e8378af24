"""A field that finds one of very many while one types: it asks for a few hits only and holds nothing else."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit

from gridoffice.ui.fields import Input

WAIT = 160  # milliseconds between the last key and the question


class SeekInput(Input):
    """One of the hits of `field.find`; `field.name_of` names the one that was filled in."""

    inner: QLineEdit

    def _make(self) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(self.field.help or "输入编号、姓名或地址查找")
        line.setClearButtonEnabled(True)
        self._value: Any = None
        self._text = ""
        self._hits = QStandardItemModel(line)
        self._list = QCompleter(self._hits, line)
        self._list.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._list.setWidget(line)  # not line.setCompleter: that would pop up the old hits at each key
        self._list.activated[QModelIndex].connect(self._take)  # type: ignore[index]
        self._timer = QTimer(line)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look_up)
        line.textEdited.connect(self._typed)
        line.editingFinished.connect(self._settle)
        return line

    def _typed(self, _text: str) -> None:
        self._timer.start(WAIT)
        self.edited.emit()

    def look_up(self) -> None:
        """Ask for the hits of what is typed and show them."""
        self._timer.stop()
        text = self.inner.text().strip()
        self._hits.clear()
        found = self.field.find(text) if self.field.find and text else []
        for value, word in found:
            item = QStandardItem(word)
            item.setData(value, Qt.ItemDataRole.UserRole)
            self._hits.appendRow(item)
        if text and not found:
            nothing = QStandardItem(f"没有找到“{text}”")
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self._hits.appendRow(nothing)
        if text and self.inner.hasFocus():
            self._list.complete()

    def is_listing(self) -> bool:
        """Whether the hits stand under the field."""
        popup = self._list.popup()
        return popup is not None and popup.isVisible()

    def _take(self, index: QModelIndex) -> None:
        value = index.data(Qt.ItemDataRole.UserRole)
        if value is not None:
            self._choose(value, str(index.data()))
            self.edited.emit()

    def _choose(self, value: Any, text: str) -> None:
        self._value, self._text = value, text
        self.inner.setText(text)
        self.inner.setCursorPosition(0)
        self.mark(False)

    def _settle(self) -> None:
        """Left with something typed: a single hit is what was meant."""
        text = self.inner.text().strip()
        if not text or text == self._text or self.is_listing():
            return
        found = list(self.field.find(text)) if self.field.find else []
        if len(found) == 1:
            self._choose(*found[0])
            self.edited.emit()
        else:
            self.mark(True)

    def value(self) -> Any:
        """What was chosen; None when empty. Raises ValueError for a text that was not chosen from the hits."""
        text = self.inner.text().strip()
        if not text:
            return None
        if text == self._text:
            return self._value
        raise ValueError(f"“{self.field.title}”里还没有选定“{text}”，请从列出的里面选一个，或清空")

    def put(self, value: Any) -> None:
        """Fill in one by its value."""
        text = self.field.name_of(value) if self.field.name_of and value is not None else ""
        self._value, self._text = (value, text.strip()) if text else (None, "")
        self.inner.setText(self._text)
        self.inner.setCursorPosition(0)
