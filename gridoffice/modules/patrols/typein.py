"""The paper comes back: a sheet found by its number, typed in row by row, saved as one undoable step (X5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.core.text import narrow
from gridoffice.db.office import Office
from gridoffice.domain import categories, doors, loop, papers
from gridoffice.domain.casework import CaseHousehold
from gridoffice.domain.doors import Closing
from gridoffice.domain.people import Household
from gridoffice.domain.premises import Premises
from gridoffice.domain.staff import Staff
from gridoffice.domain.work import Case
from gridoffice.modules.patrols import visit_rules
from gridoffice.modules.patrols.model import HouseVisit, RouteRow, RouteSheet
from gridoffice.modules.patrols.round_paper import rows_of, sheet_of, words_of
from gridoffice.modules.patrols.rounds import RAISED


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


@dataclass(frozen=True)
class TypedSheet:
    """A sheet to be typed in; `typed` says in words what was typed when it was done before."""

    id: int
    number: str
    title: str
    day: date
    rows: tuple[TypedRow, ...]
    typed: str = ""


@dataclass(frozen=True)
class Done:
    """What came of a sheet."""

    visits: int
    helped: int
    cases: int
    missed: int  # doors still due: nobody was at home, or the row is empty


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
        typed = _typed(sheet, rows) if sheet.typed_on else ""
        day = min(sheet.for_day or office.today(), office.today())
        return TypedSheet(sheet.id, sheet.number, sheet.title, day, tuple(_row(row) for row in rows), typed)


def _row(row: RouteRow) -> TypedRow:
    raised = next(((str(words), str(key)) for kind, key, words in row.due or () if kind == RAISED), None)
    return TypedRow(row.id, row.place, row.title, words_of(row), row.result, row.note, raised)


def _typed(sheet: RouteSheet, rows: list[RouteRow]) -> str:
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


def draft(office: Office, row_id: int, result: str, note: str, raised: tuple[str, str] | None = None) -> None:
    """Keep a typed row at once, so that nothing but the row being typed can be lost."""
    with office.unit("录入路线单") as session:
        row = session.get(RouteRow, row_id)
        if row is None:
            raise OfficeError("这张路线单已经不在了", safe="其他内容没有改动", do="可能刚被作废；可用“撤销”找回")
        sheet = sheet_of(session, row.sheet_id)
        if sheet.typed_on is not None:
            raise OfficeError(f"{sheet.number} 已经录入", safe="没有改动任何内容", do="要改的话，先用“撤销”")
        session.info["unit"].record.name = f"录入路线单 {sheet.number} 第 {row.place} 行"
        row.result, row.note = result, note.strip()
        row.due = [
            *([one for one in row.due or () if one[0] != RAISED]),
            *([[RAISED, raised[1], raised[0]]] if raised else []),
        ]


def finish(office: Office, sheet_id: int, day: date) -> Done:
    """Save the whole sheet as one step: visits, help visits, cases raised; raises OfficeError."""
    with office.unit("录入路线单") as session:
        sheet = sheet_of(session, sheet_id)
        if sheet.typed_on is not None:
            raise OfficeError(_typed(sheet, rows_of(session, sheet_id)), safe="没有再录一遍", do="要改的话，先用“撤销”")
        if day > office.today():
            raise OfficeError("走访日期在今天以后", safe="填好的内容都还在", do="请填实际走访的日期")
        rows = rows_of(session, sheet_id)
        if not any(row.result for row in rows):
            raise OfficeError("这张单还一行也没有填", safe="没有保存任何内容", do="按空格是“一切正常”，回车到下一行")
        session.info["unit"].record.name = f"录入路线单 {sheet.number}：{len(rows)} 户"
        staff = session.get(Staff, sheet.staff_id) if sheet.staff_id else None
        done = [_settle(session, office, row, day, staff) for row in rows]
        sheet.typed_on = office.today()
        return Done(*(sum(one[place] for one in done) for place in range(4)))


def _settle(
    session: Session, office: Office, row: RouteRow, day: date, staff: Staff | None
) -> tuple[int, int, int, int]:
    result = visit_rules.result_of(row.result)
    if result is None:
        return 0, 0, 0, 1
    is_home = row.household_id is not None and session.get(Household, row.household_id) is not None
    if is_home:
        visit = HouseVisit(
            household_id=row.household_id,
            day=day,
            staff_id=staff.id if staff else None,
            result=row.result,
            note=row.note,
        )
        session.add(visit)
        session.flush()
        row.visit_id = visit.id
    helped = 0
    if result.help:
        closing = Closing(day, staff.name if staff else "", result.help, row.note)
        helped = sum(doors.close(session, kind, int(number), closing) for kind, number, _ in row.due if kind != RAISED)
    raised = _row(row).raised
    if raised is not None:
        _raise(session, office, row, day, staff, raised)
    return int(result.is_visit), helped, int(raised is not None), int(not result.is_visit)


def _raise(
    session: Session, office: Office, row: RouteRow, day: date, staff: Staff | None, raised: tuple[str, str]
) -> None:
    home = session.get(Household, row.household_id) if row.household_id else None
    place = session.get(Premises, row.premises_id) if row.premises_id else None
    where = home or place
    case = Case(
        title=raised[0][:60],
        category=raised[1],
        unit_id=where.unit_id if where else None,
        place=where.address if where else "",
        found_on=day,
        text=row.note or raised[0],
        source="visit",
        source_id=row.visit_id,
        finder_id=staff.id if staff else None,
    )
    loop.collect(session, case, who=staff.name if staff else office.user, now=office.now())
    if home is not None:
        session.add(CaseHousehold(case_id=case.id, household_id=home.id))


def waiting(office: Office) -> int:
    """How many sheets are out and not typed in yet."""
    with office.read() as session:
        return session.scalar(select(func.count()).where(RouteSheet.typed_on.is_(None))) or 0


def kinds_of_case(office: Office) -> tuple[str, ...]:
    """The kinds of case that can be raised at a door: the office's own categories."""
    return tuple(categories.of_office(office))
