"""Declared fields of an editor and the widgets they are edited in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from gridoffice.core.text import narrow, pinyin
from gridoffice.core.typed_day import read_day
from gridoffice.ui.flow import Flow
from gridoffice.ui.mask import Masked
from gridoffice.ui.theme import theme
from gridoffice.ui.veil import Veil

Choice = tuple[Any, str]
SPELT = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True)
class Field:
    """A field: text, multiline, number, decimal, date, time, choice, multi, check, pick, seek, phone, id, password.

    `choices`: pairs of value and word, or a callable giving them; `pick` is a choice found by typing (pinyin too).
    `seek` is one of very many: `find` gives a few for what is typed, `name_of` the words of a value.
    `is_open`: the text of a choice may also be one that is not on the list.
    """

    key: str
    title: str
    kind: str = "text"
    required: bool = False
    choices: Sequence[Choice] | Callable[[], Sequence[Choice]] = ()
    help: str = ""
    unit: str = ""
    is_open: bool = False
    section: str = ""
    find: Callable[[str], Sequence[Choice]] | None = None
    name_of: Callable[[Any], str] | None = None

    def options(self) -> list[Choice]:
        """The choices as they stand now."""
        found = self.choices() if callable(self.choices) else self.choices
        return list(found)


class Input(QWidget):
    """One field's widget; `value` reads it, `put` fills it, `edited` tells each change."""

    edited = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.inner = self._make()
        self.inner.setAccessibleName(field.title)
        self.inner.setToolTip(field.help)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(theme.px(2))
        layout.addWidget(self.inner, 0, 0)
        layout.setRowStretch(2, 1)
        self._layout, self._told = layout, QLabel()
        self.setFocusProxy(self.inner)

    def _make(self) -> QWidget:
        raise TypeError(self.field.kind)

    def value(self) -> Any:
        """What stands in the field now; None when empty. Raises ValueError with a Chinese reason."""
        raise TypeError(self.field.kind)

    def put(self, value: Any) -> None:
        """Fill the field."""
        raise TypeError(self.field.kind)

    def tell(self, text: str, tone: str = "quiet") -> None:
        """Say something under the field (tone done, soon, late or quiet); "" takes it away. Its name tells it too."""
        if self._told.parent() is None:
            self._told.setWordWrap(True)
            self._layout.addWidget(self._told, 1, 0)
        colour = theme.colours.tone(tone)[0]
        self._told.setStyleSheet(f"color: {colour}; font-size: {theme.px(13)}px")
        self._told.setText(text)
        self._told.setVisible(bool(text))
        self.inner.setAccessibleDescription(text)

    def mark(self, wrong: bool) -> None:
        """Show the field as wrong or right."""
        self.inner.setProperty("wrong", wrong)
        self.inner.style().unpolish(self.inner)
        self.inner.style().polish(self.inner)


class TextInput(Input, Masked):
    """One line: text, number, decimal, phone, id, time, password; a number in it may stand behind a veil."""

    inner: QLineEdit

    def _make(self) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText(self.field.help)
        if self.field.kind == "password":
            line.setEchoMode(QLineEdit.EchoMode.Password)
        line.textEdited.connect(self.edited)
        self.veil = Veil(line, self.field.kind, self.edited.emit)
        return line

    def remask(self) -> None:
        """Hide or show the number in it."""
        self.veil.again()

    def value(self) -> Any:
        text = self.veil.text().strip()
        if self.field.kind not in ("text", "password"):
            text = narrow(text)
        if not text:
            return "" if self.field.kind in ("text", "phone", "password") else None
        if self.field.kind == "number":
            return self._number(text, int)
        return self._number(text, float) if self.field.kind == "decimal" else text

    def _number(self, text: str, kind: Callable[[str], Any]) -> Any:
        try:
            return kind(text)
        except ValueError as error:
            raise ValueError(f"“{self.field.title}”要填数字") from error

    def put(self, value: Any) -> None:
        self.veil.put("" if value is None else f"{value:g}" if isinstance(value, float) else str(value))


class LinesInput(Input, Masked):
    """Several lines of text; numbers in them may stand behind a veil."""

    inner: QPlainTextEdit

    def _make(self) -> QPlainTextEdit:
        lines = QPlainTextEdit()
        lines.setTabChangesFocus(True)
        lines.setFixedHeight(theme.px(84))
        lines.setPlaceholderText(self.field.help)
        lines.textChanged.connect(self.edited)
        self.veil = Veil(lines, self.field.kind, self.edited.emit)
        return lines

    def remask(self) -> None:
        """Hide or show the numbers in them."""
        self.veil.again()

    def value(self) -> Any:
        return self.veil.text().strip()

    def put(self, value: Any) -> None:
        self.veil.put(value or "")


class DayInput(TextInput):
    """A day, typed freely; F9 puts today in."""

    def _make(self) -> QLineEdit:
        line = super()._make()
        line.setPlaceholderText(self.field.help or "2026-11-20、1120、+7、周五")
        line.editingFinished.connect(self._settle)
        action = line.addAction("今天")
        action.setShortcut("F9")
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(self._put_today)
        return line

    def _put_today(self) -> None:
        self.put(date.today())
        self.edited.emit()

    def _settle(self) -> None:
        try:
            day = self.value()
        except ValueError:
            self.mark(True)
            return
        self.mark(False)
        self.put(day)

    def value(self) -> Any:
        return read_day(self.inner.text(), QDate.currentDate().toPython())  # type: ignore[arg-type]

    def put(self, value: Any) -> None:
        self.inner.setText(value.isoformat() if value else "")


class _Word(QStandardItem):
    """A word of a list; how it is spelt is looked up when somebody types."""

    def data(self, role: int = SPELT) -> Any:
        """As any item, and the word with its pinyin and initials."""
        if role == SPELT:
            word = self.text()
            return f"{word} {' '.join(pinyin(word))}".lower()
        return super().data(role)


class ChoiceInput(Input):
    """One of a list; found by typing part of the word, its pinyin or its initials."""

    inner: QComboBox

    def _make(self) -> QComboBox:
        box = QComboBox()
        self.options = self.field.options()
        is_typed = self.field.kind == "pick" or self.field.is_open
        if not self.field.required:
            self.options = [("" if self.field.is_open else None, ""), *self.options]
        model = QStandardItemModel(box)
        for value, word in self.options:
            item = _Word(word)
            item.setData(value, Qt.ItemDataRole.UserRole)
            model.appendRow(item)
        box.setModel(model)
        box.setMinimumContentsLength(6)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setCurrentIndex(-1 if is_typed else 0)
        if is_typed:
            self._typed(box, model)
        box.currentIndexChanged.connect(lambda _place: self.edited.emit())
        box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        box.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign]
        return box

    def _typed(self, box: QComboBox, model: QStandardItemModel) -> None:
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(model, box)
        completer.setCompletionRole(SPELT)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.activated.connect(lambda _text: None)
        completer.pathFromIndex = lambda index: str(index.data(Qt.ItemDataRole.DisplayRole))  # type: ignore[method-assign]
        box.setCompleter(completer)
        line = box.lineEdit()
        assert line is not None
        line.setPlaceholderText(self.field.help or "输入汉字或拼音首字母")
        line.textEdited.connect(lambda _text: self.edited.emit())
        if not self.field.is_open:
            popup = completer.popup()
            assert popup is not None
            popup.installEventFilter(self)  # after the completer's own filter, so this one is asked first

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter or Tab while the hits are listed and none is marked takes the first of them; Tab goes on from there."""
        completer = self.inner.completer() if isinstance(event, QKeyEvent) else None
        if completer is None or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        popup, hits = completer.popup(), completer.completionModel()
        is_taking = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)  # type: ignore[attr-defined]
        if not is_taking or watched is not popup or popup.currentIndex().isValid() or not hits.rowCount():
            return super().eventFilter(watched, event)
        popup.hide()
        first = hits.index(0, 0).data(Qt.ItemDataRole.UserRole)
        self.inner.setCurrentIndex(next(n for n, (value, _word) in enumerate(self.options) if value == first))
        if event.key() == Qt.Key.Key_Tab:  # type: ignore[attr-defined]
            self.focusNextChild()
        return True

    def value(self) -> Any:
        text = self.inner.currentText().strip()
        place = self.inner.currentIndex()
        if 0 <= place < len(self.options) and self.options[place][1].strip() == text:
            return self.options[place][0]  # of two namesakes the one that was picked
        for value, word in self.options:
            if word.strip() == text:
                return value
        if self.field.is_open:
            return text
        if not text:
            return None
        raise ValueError(f"“{self.field.title}”里没有“{text}”，请从列表里选")

    def put(self, value: Any) -> None:
        for place, (known, _word) in enumerate(self.options):
            if known == value:
                self.inner.setCurrentIndex(place)
                line = self.inner.lineEdit()
                if line is not None:
                    line.setCursorPosition(0)  # a long text shows its beginning: the name
                return
        if self.field.is_open and value:
            self.inner.setEditText(str(value))
        else:
            self.inner.setCurrentIndex(0 if self.options and not self.options[0][1] else -1)


class MultiInput(Input):
    """Any of a list, as tick boxes under each other in as many columns as there is room for."""

    def _make(self) -> QWidget:
        holder = QWidget()
        flow = Flow(holder, theme.px(8))
        self.boxes: list[tuple[Any, QCheckBox]] = []
        for value, word in self.field.options():
            box = QCheckBox(word)
            box.toggled.connect(lambda _on: self.edited.emit())
            self.boxes.append((value, box))
            flow.addWidget(box)
        wide = max((box.sizeHint().width() for _value, box in self.boxes), default=0)
        for _value, box in self.boxes:
            box.setMinimumWidth(wide + theme.px(6))
        return holder

    def value(self) -> Any:
        return [value for value, box in self.boxes if box.isChecked()]

    def put(self, value: Any) -> None:
        for known, box in self.boxes:
            box.setChecked(known in (value or ()))


class CheckInput(Input):
    """Yes or no."""

    inner: QCheckBox

    def _make(self) -> QCheckBox:
        box = QCheckBox(self.field.help or self.field.title)
        box.toggled.connect(lambda _on: self.edited.emit())
        return box

    def value(self) -> Any:
        return self.inner.isChecked()

    def put(self, value: Any) -> None:
        self.inner.setChecked(bool(value))


KINDS: dict[str, type[Input]] = {
    "multiline": LinesInput,
    "date": DayInput,
    "choice": ChoiceInput,
    "pick": ChoiceInput,
    "multi": MultiInput,
    "check": CheckInput,
}


def make_input(field: Field) -> Input:
    """The widget of a field's kind; what has no widget of its own is one line of text."""
    if field.kind == "seek":
        from gridoffice.ui.seek import SeekInput

        return SeekInput(field)
    return KINDS.get(field.kind, TextInput)(field)
