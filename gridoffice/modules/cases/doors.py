"""Cases about a household: the worker at the door says how they stand, or checks that what was done holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from gridoffice.core.text import mask_numbers
from gridoffice.domain import loop
from gridoffice.domain.casework import CaseContact, CaseHousehold
from gridoffice.domain.doors import Closing, DoorKind, Found, Outcome
from gridoffice.domain.loop import Given
from gridoffice.domain.work import ENDED, HANDLED, Case

TOLD, UNHAPPY = "told", "unhappy"
SOLVED, UNSOLVED = "solved", "unsolved"
AT_THE_DOOR = "上门"


def _found(session: Session, household_ids: Sequence[int], on: date, state: ColumnElement[bool], word: str) -> Found:
    wanted = (
        select(CaseHousehold.household_id, Case.id, Case.title)
        .join(Case, Case.id == CaseHousehold.case_id)
        .where(CaseHousehold.household_id.in_(household_ids), state, Case.found_on <= on)
        .order_by(Case.id)
    )
    found: Found = {}
    for home, number, title in session.execute(wanted):
        found.setdefault(home, []).append((number, f"{word} {mask_numbers(title)[:14]}"))
    return found


def _waiting(session: Session, household_ids: Sequence[int], on: date) -> Found:
    return _found(session, household_ids, on, Case.state.not_in((*ENDED, HANDLED)), "答复事项")


def _handled(session: Session, household_ids: Sequence[int], on: date) -> Found:
    return _found(session, household_ids, on, Case.state == HANDLED, "核查事项")


def _tell(session: Session, case_id: int, closing: Closing) -> bool:
    case = session.get(Case, case_id)
    if case is None or case.state in ENDED:
        return False
    is_told = closing.result == TOLD
    usual = "已当面告知办理情况" if is_told else "当事人仍有意见"
    session.add(
        CaseContact(
            case_id=case.id, at=closing.now, kind="told" if is_told else "contact", way=AT_THE_DOOR, who=closing.by,
            text=closing.told or usual,
        )
    )  # fmt: skip
    if is_told:
        case.told_on = closing.day
    return True


def _check(session: Session, case_id: int, closing: Closing) -> bool:
    case = session.get(Case, case_id)
    if case is None or case.state != HANDLED:
        return False  # checked by somebody else since the paper was printed
    verb = "verify" if closing.result == SOLVED else "rework"
    loop.act(session, case, verb, Given(closing.by, closing.now, closing.told))
    return True


DOORS = (
    DoorKind(
        "case",
        _waiting,
        _tell,
        (Outcome(TOLD, "已告知进展"), Outcome(UNHAPPY, "仍有意见", needs_note=True)),
    ),
    DoorKind(
        "case_check",
        _handled,
        _check,
        (Outcome(SOLVED, "已解决，核查通过"), Outcome(UNSOLVED, "没有解决，退回重办", needs_note=True)),
    ),
)
