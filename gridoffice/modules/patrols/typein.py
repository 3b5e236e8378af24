"""The paper comes back: a sheet found by its number and typed in row by row, each row kept at once (X5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.core.text import narrow
from gridoffice.db.office import Office
from gridoffice.db.undo import DRAFT
from gridoffice.domain import categories, doors, papers
from gridoffice.domain.doors import DoorKind
from gridoffice.modules.patrols import visit_rules
from gridoffice.modules.patrols.model import RouteRow, RouteSheet
from gridoffice.modules.patrols.round_paper import rows_of, sheet_of, words_of
from gridoffice.modules.patrols.rounds import RAISED

LEFT_OPEN = "-"
"""Typed for a thing that stays open though the visit would usually close it."""


@dataclass(frozen=True)
class Thing:
    """One thing behind a door: its key ("kind:id"), the words on the paper, the outcome typed ("" none), its line."""

    key: str
    words: str
    result: str = ""
    note: str = ""

    @property
    def kind(self) -> DoorKind | None:
        """What kind of thing it is."""
        return doors.kind_of(self.key.partition(":")[0])

    @property
    def number(self) -> int:
        """The record's id."""
        return int(self.key.partition(":")[2])

    def outcome(self, result: str) -> str:
        """The outcome that holds for a row's result: the one typed, else the usual one; "" when it stays open."""
        kind, met = self.kind, visit_rules.result_of(result)
        if kind is None or met is None or not met.is_visit:
            return ""
        chosen = self.result or kind.usual.get(met.help, "")
        return "" if chosen == LEFT_OPEN else chosen


@dataclass(frozen=True)
class TypedRow:
    """A row of the paper as it is typed: result (a name of the rules, "" not yet), note, title and category raised."""

    id: int
    place: int
    title: str
    due: tuple[str, ...]
    result: str
    note: str
    raised: tuple[str, str] | None = None
    things: tuple[Thing, ...] = ()

    def told(self) -> tuple[str, ...]:
        """What is due behind the door, each with what came of it."""
        done = {thing.words: _outcome_word(thing, self.result) for thing in self.things}
        return tuple(f"{words}：{done[words]}" if done.get(words) else words for words in self.due)


@dataclass(frozen=True)
class TypedSheet:
    """A sheet to be typed in; `typed` says in words what was typed when it was done before."""

    id: int
    number: str
    title: str
    day: date
    rows: tuple[TypedRow, ...]
    typed: str = ""


def find(office: Office, text: str) -> TypedSheet:
    """A sheet by its number, as scanned or typed (LX2026-001, lx2026001, 2026-1); raises OfficeError."""
    figures = re.sub(r"[^0-9-]", "", narrow(text))
    year, _, rest = figures.partition("-") if "-" in figures else (figures[:4], "", figures[4:])
    if not (len(year) == 4 and rest.isdecimal()):
        raise OfficeError(
            f"“{text.strip()}”不是路线单的编号", safe="没有改动任何内容", do="编号印在单子上方，例如 LX2026-001"
        )
    number = f"{papers.KINDS['round'].sign}{year}-{int(rest):03d}"
    with office.read() as session:
        found = session.scalar(select(RouteSheet.id).where(RouteSheet.number == number))
    if found is None:
        raise OfficeError(f"没有编号是 {number} 的路线单", safe="没有改动任何内容", do="请核对单子上方的编号，再扫一次")
    return view(office, found)


def view(office: Office, sheet_id: int) -> TypedSheet:
    """A sheet with what was typed of it so far; raises OfficeError."""
    with office.read() as session:
        sheet = sheet_of(session, sheet_id)
        rows = rows_of(session, sheet_id)
        typed = typed_words(sheet, rows) if sheet.typed_on else ""
        day = min(sheet.for_day or office.today(), office.today())
        return TypedSheet(sheet.id, sheet.number, sheet.title, day, tuple(row_of(row) for row in rows), typed)


def row_of(row: RouteRow) -> TypedRow:
    raised = next(((str(words), str(key)) for kind, key, words in row.due or () if kind == RAISED), None)
    things = tuple(_thing(row, kind, number, words) for kind, number, words in row.due or () if doors.kind_of(kind))
    return TypedRow(row.id, row.place, row.title, words_of(row), row.result, row.note, raised, things)


def _thing(row: RouteRow, kind: str, number: int, words: str) -> Thing:
    key = f"{kind}:{number}"
    result, note = (row.closings or {}).get(key, ("", ""))
    return Thing(key, words, result, note)


def _outcome_word(thing: Thing, result: str) -> str:
    outcome = thing.kind.outcome(thing.outcome(result)) if thing.kind is not None else None
    return "，".join(filter(None, (outcome.title, thing.note))) if outcome is not None else ""


def typed_words(sheet: RouteSheet, rows: list[RouteRow]) -> str:
    parts = []
    for one in visit_rules.results():
        number = sum(row.result == one.name for row in rows)
        if number:
            parts.append(f"{one.title} {number} 户")
    left = sum(not row.result for row in rows)
    if left:
        parts.append(f"没填 {left} 户")
    day = chinese(sheet.typed_on) if sheet.typed_on else ""
    return f"{sheet.number} 已在{day}录入：{'，'.join(parts)}。"


def draft(office: Office, typed: TypedRow) -> None:
    """Keep a typed row at once, so that nothing but the row being typed can be lost; raises OfficeError.

    It is no step of its own: what can be undone is the sheet as a whole (`typein_save.finish`).
    """
    with office.unit("录入路线单", kind=DRAFT) as session:
        row = session.get(RouteRow, typed.id)
        if row is None:
            raise OfficeError("这张路线单已经不在了", safe="其他内容没有改动", do="可能刚被作废；可用“撤销”找回")
        sheet = sheet_of(session, row.sheet_id)
        if sheet.typed_on is not None:
            raise OfficeError(f"{sheet.number} 已经录入", safe="没有改动任何内容", do="要改的话，先用“撤销”")
        session.info["unit"].record.name = f"录入路线单 {sheet.number} 第 {row.place} 行"
        row.result, row.note = typed.result, typed.note.strip()
        row.closings = {one.key: [one.result, one.note.strip()] for one in typed.things if one.result}
        row.due = [
            *([one for one in row.due or () if one[0] != RAISED]),
            *([[RAISED, typed.raised[1], typed.raised[0]]] if typed.raised else []),
        ]


def waiting(office: Office) -> int:
    """How many sheets are out and not typed in yet."""
    with office.read() as session:
        return session.scalar(select(func.count()).where(RouteSheet.typed_on.is_(None))) or 0


def kinds_of_case(office: Office) -> tuple[str, ...]:
    """The kinds of case that can be raised at a door: the office's own categories."""
    return tuple(categories.of_office(office))
