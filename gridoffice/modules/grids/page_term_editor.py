"""The editor of a term: a refused one offers the step that helps on a button under the sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from gridoffice.modules.grids import term_checks, terms
from gridoffice.modules.grids.term_book import Term
from gridoffice.modules.grids.term_checks import TermClash
from gridoffice.ui import dialogs
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Field
from gridoffice.ui.panel import button, row
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

Save = Callable[[dict[str, Any], bool], Any]
"""Saves the values; the second argument says whether whoever holds the role is succeeded."""


class TermEditor(Editor):
    """An editor whose refused term offers the step that helps on a button under the sentence."""

    correct: Callable[[int], object] | None = None
    """Opens the term in the way."""

    def __init__(
        self, parent: QWidget, main: MainWindow, title: str, fields: Sequence[Field], values: dict[str, Any], save: Save
    ) -> None:
        self.main, self.clash = main, TermClash("")
        self._put, self._succeeds, self._is_grown = save, False, False
        super().__init__(parent, title, fields, values, self._try, columns=1)
        self.way = button("", self.take, kind="chip")
        self.way.hide()
        layout = self.layout()
        assert layout is not None
        layout.insertLayout(layout.count() - 1, row(self.way, 1))  # type: ignore[attr-defined]

    def _try(self, values: dict[str, Any]) -> Any:
        self.way.hide()
        try:
            return self._put(values, self._succeeds)
        except TermClash as clash:
            self.clash = clash
            self.way.setText(clash.words)
            self.way.setVisible(bool(clash.step))
            self._grow()
            raise
        finally:
            self._succeeds = False

    def _grow(self) -> None:
        """Make room for the sentence, once, so that the fields are not pressed together."""
        if not self._is_grown:
            self._is_grown = True
            most = self.screen().availableGeometry().height() - 80
            self.resize(self.width(), min(self.height() + theme.px(150), most))

    def take(self) -> None:
        """Take the step that helps."""
        clash, inputs = self.clash, self.form.inputs
        if clash.step == term_checks.SUCCEED:
            self._succeeds = True
            self.save()
        elif clash.step == term_checks.UNTIL:
            inputs["end"].put(clash.day)
            self.save()
        elif clash.step == term_checks.SWAP:
            start, end = inputs["start"].value(), inputs["end"].value()
            inputs["start"].put(end)
            inputs["end"].put(start)
            self.save()
        else:
            self._leave(clash)

    def _leave(self, clash: TermClash) -> None:
        """The step is taken elsewhere: close without a question, for what was filled in cannot stand."""
        staff = self.form.inputs["staff"].value() if "staff" in self.form.inputs else None
        self.done(0)
        main = self.main
        if clash.step == term_checks.CORRECT and self.correct is not None:
            self.correct(clash.other)
        elif clash.step == term_checks.COME_BACK and staff is not None:
            main.open("personnel", record=staff)


class EndEditor(TermEditor):
    """Asks for the last day; a term that had not begun by then can be taken out."""

    term: Term
    is_removed = False

    def take(self) -> None:
        """Take the term out."""
        if dialogs.guarded(self, lambda: terms.remove(self.main.office, self.term.id)):
            self.is_removed = True
            self.done(0)
            self.main.say("已删除这段任期", undo=True)
