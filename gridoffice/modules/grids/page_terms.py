"""The dialogs of terms: appoint, correct, end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.domain.networks import GENERAL
from gridoffice.modules.grids import service, term_book, terms
from gridoffice.modules.grids.page_term_editor import EndEditor, TermEditor
from gridoffice.modules.grids.term_book import Term
from gridoffice.ui import dialogs
from gridoffice.ui.fields import Field

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


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
    editor.correct = lambda other: correct(main, main, term_book.term(office, other))
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

    editor = TermEditor(parent, main, f"更正任期：{term.name} {term.unit}", fields, values, save)
    editor.correct = lambda other: correct(main, main, term_book.term(office, other))
    if editor.exec():
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
