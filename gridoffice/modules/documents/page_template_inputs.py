"""The inputs a template is written in: lines, texts, choices; each told by its key, each telling that it changed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QPlainTextEdit, QWidget

from gridoffice.modules.documents.page_option import combo
from gridoffice.ui.panel import label
from gridoffice.ui.theme import theme

Text = QLineEdit | QPlainTextEdit


class Inputs(QWidget):
    """Titled inputs in one column or two; `changed` tells each change made by hand."""

    changed = Signal()

    def __init__(self, columns: int = 2) -> None:
        super().__init__()
        self.texts: dict[str, Text] = {}
        self.choices: dict[str, QComboBox] = {}
        self.ticks: dict[str, QCheckBox] = {}
        self.grid = QGridLayout(self)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(theme.px(8))
        self.grid.setVerticalSpacing(theme.px(6))
        self._columns, self._place = columns, 0
        for column in range(columns):
            self.grid.setColumnStretch(2 * column + 1, 1)

    def add(self, title: str, widget: QWidget, *, wide: bool = False, stretch: int = 0) -> None:
        """Put a widget beside its title, `wide`: over all columns."""
        if wide and self._place % self._columns:
            self._place += 1
        row, across = divmod(self._place, self._columns)
        widget.setAccessibleName(title)
        if title:
            named = label(title, "quiet")
            named.setBuddy(widget)
            top = Qt.AlignmentFlag.AlignTop if isinstance(widget, QPlainTextEdit) else Qt.AlignmentFlag.AlignVCenter
            self.grid.addWidget(named, row, 2 * across, Qt.AlignmentFlag.AlignRight | top)
        self.grid.addWidget(widget, row, 2 * across + 1, 1, 2 * self._columns - 1 if wide else 1)
        self.grid.setRowStretch(row, stretch)
        self._place += self._columns if wide else 1

    def line(self, key: str, title: str, tip: str = "", *, wide: bool = False) -> QLineEdit:
        """A line of text."""
        made = QLineEdit()
        made.setPlaceholderText(tip)
        made.setToolTip(tip)
        made.textChanged.connect(lambda _text: self.changed.emit())
        self.texts[key] = made
        self.add(title, made, wide=wide)
        return made

    def area(self, key: str, title: str, tip: str = "", *, rows: int = 3, stretch: int = 0) -> QPlainTextEdit:
        """Several lines of text; Tab goes on to the next input."""
        made = Area()
        made.setTabChangesFocus(True)
        made.setPlaceholderText(tip)
        # The office's style gives every text a least height, which a widget's own style alone can raise.
        made.setStyleSheet(f"QPlainTextEdit {{ min-height: {theme.px(21 * rows + 9)}px; }}")
        if not stretch:
            made.setMaximumHeight(theme.px(21 * rows + 24))
        made.textChanged.connect(self.changed)
        self.texts[key] = made
        self.add(title, made, wide=True, stretch=stretch)
        return made

    def choice(self, key: str, title: str, choices: Mapping[str, str]) -> QComboBox:
        """One of a few words."""
        made = combo(title)
        for value, word in choices.items():
            made.addItem(word, value)
        made.currentIndexChanged.connect(lambda _place: self.changed.emit())
        self.choices[key] = made
        self.add(title, made)
        return made

    def tick(self, key: str, title: str) -> QCheckBox:
        """Yes or no."""
        made = QCheckBox(title)
        made.toggled.connect(lambda _on: self.changed.emit())
        self.ticks[key] = made
        self.add("", made, wide=True)
        made.setAccessibleName(title)
        return made

    def fill(self, values: Mapping[str, object]) -> None:
        """Show values, quietly; what is not among them is emptied."""
        for key, text in self.texts.items():
            with QSignalBlocker(text):
                put(text, str(values.get(key, "") or ""))
        for key, choice in self.choices.items():
            with QSignalBlocker(choice):
                choice.setCurrentIndex(max(choice.findData(str(values.get(key, ""))), 0))
        for key, tick in self.ticks.items():
            with QSignalBlocker(tick):
                tick.setChecked(bool(values.get(key)))

    def values(self) -> dict[str, str]:
        """The texts and choices."""
        found = {key: read(text) for key, text in self.texts.items()}
        return found | {key: str(choice.currentData()) for key, choice in self.choices.items()}


class Area(QPlainTextEdit):
    """Several lines; Ctrl+Return is left to the page."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take keys but Ctrl+Return."""
        if event.key() == Qt.Key.Key_Return and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        super().keyPressEvent(event)


def read(text: Text) -> str:
    """What stands in a text input."""
    return text.text() if isinstance(text, QLineEdit) else text.toPlainText()


def put(text: Text, words: str) -> None:
    """Put words into a text input where they differ."""
    if read(text) != words:
        text.setText(words) if isinstance(text, QLineEdit) else text.setPlainText(words)


def insert(text: Text, words: str) -> None:
    """Put words where the cursor stands."""
    if isinstance(text, QLineEdit):
        text.insert(words)
    else:
        text.insertPlainText(words)
    text.setFocus()


def show_line(text: Text, line: int, word: str) -> None:
    """Lead the eye to a word in a line (from 0)."""
    text.setFocus()
    if isinstance(text, QLineEdit):
        at = text.text().find(word) if word else -1
        if at >= 0:
            text.setSelection(at, len(word))
        return
    block = text.document().findBlockByNumber(line)
    cursor = QTextCursor(block)
    at = block.text().find(word) if word else -1
    if at >= 0:
        cursor.setPosition(block.position() + at)
        cursor.setPosition(block.position() + at + len(word), QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    text.ensureCursorVisible()
