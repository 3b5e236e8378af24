"""A form from `forms/` on the screen: sections of items, conditions, computed values, pass-fail buttons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from gridoffice.core.errors import OfficeError
from gridoffice.forms.schema import CHECKED, FAIL, Form, Item
from gridoffice.ui.fields import Field, Input, make_input
from gridoffice.ui.panel import Panel, button, label, row, scrolling
from gridoffice.ui.theme import theme

TONES = {"pass": "done", "fail": "late", "na": "quiet"}
KIND_OF = {"text": "text", "note": "multiline", "int": "number", "decimal": "decimal", "date": "date", "multi": "multi"}


class Segments(Input):
    """One of a few codes as buttons in a row; pressed again it is taken back."""

    def __init__(self, choices: tuple[tuple[Any, str], ...], tones: Mapping[Any, str] | None = None) -> None:
        self.choices, self.tones = choices, tones or {}
        super().__init__(Field("", ""))

    def _make(self) -> QWidget:
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px(4))
        self.group = QButtonGroup(holder)
        self.group.setExclusive(False)
        self.buttons: list[tuple[Any, Any]] = []
        for code, word in self.choices:
            made = button(word, kind="seg")
            made.setCheckable(True)
            made.setProperty("tone", self.tones.get(code, ""))
            made.clicked.connect(lambda on, which=made: self._press(which, on))
            self.buttons.append((code, made))
            line.addWidget(made)
        line.addStretch(1)
        return holder

    def _press(self, which: Any, on: bool) -> None:
        for _code, made in self.buttons:
            made.setChecked(made is which and on)
        self.edited.emit()

    def value(self) -> Any:
        return next((code for code, made in self.buttons if made.isChecked()), None)

    def put(self, value: Any) -> None:
        for code, made in self.buttons:
            made.setChecked(code == value)

    def mark(self, wrong: bool) -> None:
        self.setStyleSheet(f"QPushButton {{ border-color: {theme.colours.late} }}" if wrong else "")


class CheckInput(Input):
    """A checklist item: 合格 / 不合格 / 不适用, and a remark that shows when it failed."""

    def __init__(self, item: Item) -> None:
        self.item = item
        super().__init__(Field(item.key, item.title))

    def _make(self) -> QWidget:
        holder = QWidget()
        body = QVBoxLayout(holder)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(4))
        self.segments = Segments(tuple(CHECKED.items()), TONES)
        self.remark = QLineEdit()
        self.remark.setPlaceholderText("部位、情况（写进告知书）")
        self.remark.hide()
        self.remark.textEdited.connect(lambda _text: self.edited.emit())
        self.segments.edited.connect(self._switch)
        body.addWidget(self.segments)
        body.addWidget(self.remark)
        return holder

    def _switch(self) -> None:
        self.remark.setVisible(self.segments.value() == FAIL)
        self.edited.emit()

    def value(self) -> Any:
        return self.segments.value()

    def put(self, value: Any) -> None:
        self.segments.put(value)
        self.remark.setVisible(value == FAIL)

    def mark(self, wrong: bool) -> None:
        self.segments.mark(wrong)


class PairInput(Input):
    """Two figures with a stroke between: 血压 140/90."""

    inner: QLineEdit

    def _make(self) -> QLineEdit:
        line = QLineEdit()
        line.setPlaceholderText("上压/下压，例如 138/86")
        line.textEdited.connect(lambda _text: self.edited.emit())
        return line

    def value(self) -> Any:
        parts = self.inner.text().replace("／", "/").replace("、", "/").replace(" ", "/").strip("/").split("/")
        if parts == [""]:
            return None
        if len(parts) != 2 or not all(part.isdigit() for part in parts):
            raise ValueError("血压要写成 138/86 这样")
        return int(parts[0]), int(parts[1])

    def put(self, value: Any) -> None:
        self.inner.setText("/".join(str(part) for part in value) if value and None not in value else "")


class FormView(QWidget):
    """A form to fill in. `edited` tells each change; `answers` reads it under the item keys."""

    edited = Signal()

    def __init__(
        self, form: Form, answers: Mapping[str, Any] | None = None, *, only: frozenset[str] | None = None
    ) -> None:
        super().__init__()
        self.form = form
        self.inputs: dict[str, Input] = {}
        self._rows: dict[str, tuple[QFormLayout, QWidget]] = {}
        self._only = only
        content = QWidget()
        body = QVBoxLayout(content)
        body.setContentsMargins(0, 0, theme.px(6), 0)
        body.setSpacing(theme.px(10))
        for section in form.sections:
            items = [item for item in section.items if only is None or item.key in only]
            if items:
                body.addWidget(self._section(section.title, section.help, items))
        body.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolling(content))
        self.fill(answers or {})

    def _section(self, title: str, text: str, items: list[Item]) -> Panel:
        panel = Panel(title)
        if text:
            panel.body.addWidget(label(text, "quiet", wrap=True))
        grid = QFormLayout()
        grid.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(theme.px(8))
        for item in items:
            self._item(grid, item)
        panel.body.addLayout(grid)
        return panel

    def _item(self, grid: QFormLayout, item: Item) -> None:
        made = self._input(item)
        made.edited.connect(self._edited)
        self.inputs[item.key] = made
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row(made, label(item.unit, "quiet")) if item.unit else row(made))
        note = item.help or (
            f"不合格：{item.fail_when}（{item.basis}）" if item.kind == "check" and item.fail_when else ""
        )
        if note:
            column.addWidget(label(note, "quiet", wrap=True))
        star = f' <span style="color:{theme.colours.late}">*</span>' if item.required else ""
        title = label(f"{item.title}{star}", wrap=True)
        title.setFixedWidth(theme.px(168))
        title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        title.setContentsMargins(0, theme.px(6), 0, 0)
        grid.addRow(title, holder)
        self._rows[item.key] = (grid, holder)
        if item.computed:
            made.setEnabled(False)

    def _input(self, item: Item) -> Input:
        if item.kind == "check":
            return CheckInput(item)
        if item.kind == "bp":
            return PairInput(Field(item.key, item.title))
        if item.kind == "choice":
            words = sum(len(word) for _code, word in item.choices)
            if words <= 22:
                return Segments(item.choices)
            return make_input(Field(item.key, item.title, "choice", choices=item.choices))
        return make_input(Field(item.key, item.title, KIND_OF[item.kind], choices=item.choices))

    def fill(self, answers: Mapping[str, Any]) -> None:
        """Fill the form with answers."""
        for item in self.form.items:
            made = self.inputs.get(item.key)
            if made is None:
                continue
            if item.kind == "bp":
                made.put(tuple(answers.get(part) for part in item.parts))
            elif item.kind == "date":
                from datetime import date

                kept = answers.get(item.key)
                made.put(date.fromisoformat(kept) if isinstance(kept, str) else kept)
            else:
                made.put(answers.get(item.key))
            if isinstance(made, CheckInput):
                made.remark.setText(str(answers.get(f"{item.key}_note", "")))
        self._conditions()

    def _edited(self) -> None:
        for item in self.form.items:
            made = self.inputs.get(item.key)
            if item.kind == "multi" and item.sole is not None and made is not None:
                self._sole(item, made)
        self._conditions()
        self.edited.emit()

    def _sole(self, item: Item, made: Input) -> None:
        chosen = made.value()
        if item.sole in chosen and len(chosen) > 1:
            before = getattr(made, "before", [])
            made.put([item.sole] if item.sole not in before else [code for code in chosen if code != item.sole])
        made.before = made.value()  # type: ignore[attr-defined]

    def _conditions(self) -> None:
        known = self.answers(strict=False)
        for item in self.form.items:
            if item.key in self._rows and item.when is not None:
                grid, holder = self._rows[item.key]
                grid.setRowVisible(holder, known.get(item.when[0]) == item.when[1])

    def answers(self, *, strict: bool = True) -> dict[str, Any]:
        """What was answered, under the item keys; raises OfficeError (when strict) for what cannot be read."""
        found: dict[str, Any] = {}
        for item in self.form.items:
            made = self.inputs.get(item.key)
            if made is None or item.computed:
                continue
            try:
                value = made.value()
                made.mark(False)
            except ValueError as error:
                if strict:
                    made.mark(True)
                    raise OfficeError(str(error), safe="填好的内容都还在") from error
                continue
            self._keep(found, item, made, value)
        return found

    @staticmethod
    def _keep(found: dict[str, Any], item: Item, made: Input, value: Any) -> None:
        if value in (None, "", []):
            return
        if item.kind == "bp":
            found |= dict(zip(item.parts, value, strict=True))
        else:
            found[item.key] = value.isoformat() if item.kind == "date" else value
        if isinstance(made, CheckInput) and value == FAIL and made.remark.text().strip():
            found[f"{item.key}_note"] = made.remark.text().strip()

    def show_computed(self, values: Mapping[str, Any]) -> None:
        """Show computed values in their places."""
        for key, value in values.items():
            made = self.inputs.get(key)
            if made is not None:
                made.put(value)
