"""The editor of a record: declared fields on a copy, checked where they stand, saved or left with a question."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.ui import dialogs
from gridoffice.ui.drafts import DraftKeeper, office_of
from gridoffice.ui.fields import Field, Input, LinesInput, TextInput, make_input
from gridoffice.ui.panel import button, label, row, scrolling
from gridoffice.ui.theme import theme

Save = Callable[[dict[str, Any]], Any]
Guard = Callable[[QWidget, "Fields"], object]


class Fields(QWidget):
    """A form of declared fields in one or two columns; knows whether it was changed."""

    def __init__(self, fields: Sequence[Field], values: Mapping[str, Any], *, columns: int = 2) -> None:
        super().__init__()
        self.fields = tuple(fields)
        self.inputs: dict[str, Input] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, theme.px(8), 0)  # clear of a scroll bar
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        self._grid, self._columns = grid, columns
        place, section = 0, ""
        for field in fields:
            if field.section and field.section != section:
                section = field.section
                place = -(-place // columns) * columns
                grid.addWidget(label(section, "heading"), place // columns, 0, 1, 2 * columns)
                place += columns
            place = self._add(field, place)
        for column in range(columns):
            grid.setColumnStretch(2 * column + 1, 1)
        grid.setRowStretch(place // columns + 2, 1)
        self.fill(values)

    def _add(self, field: Field, place: int) -> int:
        is_wide = field.kind in ("multiline", "multi") and self._columns > 1
        if is_wide:
            place = -(-place // self._columns) * self._columns
        across, down = place % self._columns, place // self._columns
        made = make_input(field)
        self.inputs[field.key] = made
        star = f' <span style="color:{theme.colours.late}">*</span>' if field.required else ""
        title = QLabel(f"{field.title}{star}")
        title.setBuddy(made)
        title.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        title.setMinimumWidth(theme.px(72))
        title.setMinimumHeight(theme.px(34))  # as high as a line beside it, whatever is told under that
        self._grid.addWidget(title, down, 2 * across, Qt.AlignmentFlag.AlignTop)
        holder: QWidget = made
        if field.unit:
            holder = QWidget()
            holder.setLayout(row(made, label(field.unit, "quiet")))
        self._grid.addWidget(holder, down, 2 * across + 1, 1, 2 * self._columns - 1 if is_wide else 1)
        return place + (self._columns if is_wide else 1)

    def fill(self, values: Mapping[str, Any]) -> None:
        """Fill the form; from here on it counts as unchanged."""
        for key, made in self.inputs.items():
            made.put(values.get(key))
        self._clean = self.raw()

    def raw(self) -> dict[str, Any]:
        """What stands in the fields now; of a wrong one the reason why it is wrong."""
        found: dict[str, Any] = {}
        for key, made in self.inputs.items():
            try:
                found[key] = made.value()
            except ValueError as error:
                found[key] = str(error)
        return found

    def readable(self) -> dict[str, Any]:
        """What stands in the fields now, without those that cannot be read as what they should be."""
        found: dict[str, Any] = {}
        for key, made in self.inputs.items():
            with contextlib.suppress(ValueError):
                found[key] = made.value()
        return found

    def hide_in(self, sentence: str) -> str:
        """A sentence about the form without the numbers that are hidden in it."""
        for made in self.inputs.values():
            if isinstance(made, TextInput | LinesInput):
                sentence = made.veil.hide_in(sentence)
        return sentence

    def clean(self) -> dict[str, Any]:
        """What was filled in."""
        return dict(self._clean)

    def is_changed(self) -> bool:
        """Whether anything differs from what was filled in."""
        return self.raw() != self._clean

    def values(self) -> dict[str, Any]:
        """What stands in the form; raises OfficeError naming the first field that is missing or wrong."""
        found: dict[str, Any] = {}
        problem = ""
        for field in self.fields:
            made = self.inputs[field.key]
            try:
                found[field.key] = made.value()
                missing = field.required and found[field.key] in (None, "", [])
                reason = f"“{field.title}”还没有填" if missing else ""
            except ValueError as error:
                reason = str(error)
            made.mark(bool(reason))
            if reason and not problem:
                problem = reason
                made.setFocus()
        if problem:
            raise OfficeError(problem, safe="填好的内容都还在")
        return found


class Editor(QDialog):
    """A record's editor. `save` gets the values and raises OfficeError to keep the dialog open with its sentence."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        fields: Sequence[Field],
        values: Mapping[str, Any],
        save: Save,
        *,
        columns: int = 2,
        note: str = "",
        guard: Guard | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._save = save
        self.result_value: Any = None
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        body.setSpacing(theme.px(12))
        body.addWidget(label(title, "title"))
        if note:
            body.addWidget(label(note, "notice", wrap=True))
        self.form = Fields(fields, values, columns=columns)
        self.body = QVBoxLayout()
        body.addLayout(self.body)
        self.form_area = scrolling(self.form)
        body.addWidget(self.form_area, 1)
        self.under = QVBoxLayout()
        body.addLayout(self.under)
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        body.addWidget(self.problem)
        self.save_button = button("保存", self.save, kind="primary")
        self.save_button.setToolTip("保存（Ctrl+S）")
        self.cancel_button = button("取消", self.reject)
        self.foot = row(1, self.cancel_button, self.save_button)
        body.addLayout(self.foot)
        self.save_button.setDefault(True)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save_next)
        self._fit(columns, len(fields))
        self.outer = body
        if guard is not None:
            guard(self, self.form)
        self.drafts: DraftKeeper | None = None
        if self.form.inputs:
            next(iter(self.form.inputs.values())).setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Shown, a subclass has filled in its own: from here on it is the user who types."""
        super().showEvent(event)
        self.keep_draft()

    def keep_draft(self) -> None:
        """From now on keep what is typed, and offer what was typed here and never saved."""
        if self.drafts is None:
            self.drafts = DraftKeeper(self, office_of(self), self.windowTitle(), self.draft_values, self.put_draft)
            self.outer.insertWidget(1, self.drafts.bar)

    def draft_values(self) -> dict[str, Any]:
        """What a draft keeps: by default the form, but for passwords."""
        found = self.form.readable()
        return {key: value for key, value in found.items() if self.form.inputs[key].field.kind != "password"}

    def put_draft(self, values: dict[str, Any]) -> None:
        """Fill in a draft's values."""
        for key, value in values.items():
            if key in self.form.inputs:
                self.form.inputs[key].put(value)

    def _fit(self, columns: int, count: int) -> None:
        screen = self.screen().availableGeometry()
        wide = min(theme.px(430 * columns), screen.width() - 40)
        high = min(
            max(self.sizeHint().height() + theme.px(20), theme.px(150 + 44 * -(-count // columns))),
            screen.height() - 80,
        )
        self.resize(wide, high)

    def save(self) -> None:
        """Save and close, or say where it stands what is wrong."""
        if self.store():
            self.accept()

    def save_next(self) -> None:
        """Ctrl+Enter: save; an editor that enters one record after the other goes on with the next."""
        self.save()

    def store(self) -> bool:
        """Save and stay open; True when it went well, else what is wrong stands above the buttons."""
        try:
            self.result_value = self._save(self.form.values())
        except OfficeError as error:
            if error.offer:
                dialogs.error(error, self)
                return False
            self._say_wrong(self.form.hide_in(error.sentence))
            return False
        except Exception as error:
            dialogs.error(error, self)
            return False
        self.problem.hide()
        return True

    def _say_wrong(self, sentence: str) -> None:
        """Say what is wrong above the buttons, in a window as much higher as the sentence needs."""
        was = self.problem.height() if self.problem.isVisible() else 0
        self.problem.setText(sentence)
        self.problem.show()
        needed = self.problem.heightForWidth(self.problem.width() if was else self.save_button.geometry().right())
        gap = 0 if was else self.outer.spacing()
        screen = self.screen().availableGeometry()
        self.problem.setMinimumHeight(needed)
        self.resize(self.width(), min(self.height() + max(0, needed + gap - was), screen.height() - 80))

    def reject(self) -> None:
        """Leave; when something was changed, ask first."""
        if not self.form.is_changed():
            super().reject()
            return
        choice = dialogs.ask(self, "还没有保存", "刚才填写的内容要保存吗？", ["保存", "不保存", "继续填写"])
        if choice == 0:
            self.save()
        elif choice == 1:
            super().reject()


def edit(
    parent: QWidget,
    title: str,
    fields: Sequence[Field],
    values: Mapping[str, Any],
    save: Save,
    *,
    columns: int = 2,
    note: str = "",
    guard: Guard | None = None,
) -> bool:
    """Open an editor and wait; True when it was saved. `guard` hides a kept record's numbers (`reveal.guarding`)."""
    made = Editor(parent, title, fields, values, save, columns=columns, note=note, guard=guard)
    return made.exec() == QDialog.DialogCode.Accepted
