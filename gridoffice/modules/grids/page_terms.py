"""The dialogs of terms: appoint, correct, end; refused terms offer the step that helps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.domain.networks import GENERAL
from gridoffice.modules.grids import service, term_book, terms
from gridoffice.modules.grids.term_book import Term
from gridoffice.modules.grids.terms import TermClash
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
        if clash.step == terms.SUCCEED:
            self._succeeds = True
            self.save()
        elif clash.step == terms.UNTIL:
            inputs["end"].put(clash.day)
            self.save()
        elif clash.step == terms.SWAP:
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
        if clash.step == terms.CORRECT:
            term = term_book.term(main.office, clash.other)
            correct(main, main, term)
        elif clash.step == terms.COME_BACK and staff is not None:
            main.open("personnel", record=staff)


def appoint(
    parent: QWidget, main: MainWindow, unit_id: int, *, network: str = GENERAL, role_id: int | None = None,
    staff_id: int | None = None,
) -> bool:  # fmt: skip
    """Ask who takes which role at a unit, from when to when; True when it was entered."""
    office = main.office
    unit = service.get(office, unit_id)
    people, roles = terms.people(office), terms.roles(office, unit.level, network)
    if not people:
        dialogs.error(OfficeError("还没有可以指定的人员", do="请先在人员页登记，或导入花名册"), parent)
        return False
    if not roles:
        dialogs.error(
            OfficeError(
                f"在用的责任网都没有设在“{unit.name}”这一层的角色", do="请到 设置 → 责任网 增加角色，或启用别的责任网"
            ),
            parent,
        )
        return False
    fields = (
        Field("role", "责任", "choice", required=True, choices=roles),
        Field("staff", "人员", "pick", required=True, choices=people),
        Field("start", "从哪天起", "date", help="默认今天；可以填以前或以后的日子"),
        Field("end", "到哪天止", "date", help="一直干就空着"),
    )
    values = {"role": role_id or roles[0][0], "staff": staff_id}

    def save(new: dict[str, Any], succeed: bool) -> None:
        terms.appoint(office, unit_id, new["staff"], new["role"], new["start"], new["end"], succeed=succeed)

    editor = TermEditor(parent, main, f"指定 {unit.name} 的责任人", fields, values, save)
    if editor.exec():
        main.say("已指定责任人", undo=True)
        return True
    return False


def correct(parent: QWidget, main: MainWindow, term: Term) -> bool:
    """Correct a term's person, role and days; True when it was saved."""
    office = main.office
    fields = (
        Field("role", "责任", "choice", required=True, choices=_with(terms.roles(office, term.level, term.network),
                                                                   term.role_id, term.role)),
        Field("staff", "人员", "pick", required=True, choices=_with(terms.people(office), term.staff_id, term.name)),
        Field("start", "从哪天起", "date", help="不知道就空着"),
        Field("end", "到哪天止", "date", help="还在任就空着"),
    )  # fmt: skip
    values = {"role": term.role_id, "staff": term.staff_id, "start": term.start, "end": term.end}

    def save(new: dict[str, Any], succeed: bool) -> None:
        terms.correct(office, term.id, new, term.version, succeed=succeed)

    if TermEditor(parent, main, f"更正任期：{term.name} {term.unit}", fields, values, save).exec():
        main.say("任期已更正", undo=True)
        return True
    return False


def _with(choices: list[tuple[int, str]], number: int, word: str) -> list[tuple[int, str]]:
    """The choices, with the one that is held even when it can no longer be chosen anew."""
    return choices if number in {known for known, _ in choices} else [(number, word), *choices]


def end(parent: QWidget, main: MainWindow, term: Term) -> bool:
    """Ask for the last day of a term; True when it was ended or taken out."""
    office = main.office
    fields = (Field("end", "最后一天", "date", required=True, help="今天、昨天（-1）或以后的日子"),)

    def save(new: dict[str, Any], _succeed: bool) -> None:
        terms.end_appointment(office, term.id, new["end"])

    values = {"end": term.end or office.today()}
    editor = EndEditor(parent, main, f"结束任职：{term.name} {term.unit} {term.role}", fields, values, save)
    editor.term = term
    if editor.exec():
        main.say(f"{term.name} 的任期已登记到这一天", undo=True)
        return True
    return editor.is_removed


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
