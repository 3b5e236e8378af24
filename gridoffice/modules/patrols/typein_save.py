"""A typed sheet saved as one undoable step: visits, what came of each thing behind the doors, cases raised (X12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import doors, loop
from gridoffice.domain.casework import CaseHousehold
from gridoffice.domain.doors import Closing
from gridoffice.domain.people import Household
from gridoffice.domain.premises import Premises
from gridoffice.domain.staff import Staff
from gridoffice.domain.work import Case
from gridoffice.modules.patrols import visit_rules
from gridoffice.modules.patrols.model import HouseVisit, RouteRow
from gridoffice.modules.patrols.round_paper import rows_of, sheet_of
from gridoffice.modules.patrols.typein import Thing, TypedRow, row_of, typed_words

HELP = "help"
"""The kind of door things that are counted as help visits."""


@dataclass(frozen=True)
class Done:
    """What came of a sheet."""

    visits: int = 0
    helped: int = 0
    closed: int = 0  # other things behind the doors
    cases: int = 0
    missed: int = 0  # doors still due: nobody was at home, or the row is empty

    def __add__(self, other: Done) -> Done:
        """Both together."""
        return Done(*(a + b for a, b in zip(vars(self).values(), vars(other).values(), strict=True)))

    @property
    def words(self) -> str:
        """走访 39 户，其中帮扶走访 1 人，同时办了 2 件，新事项 1 件；没走访到 1 户"""
        closed = f"同时办了 {self.closed} 件，" if self.closed else ""
        return (
            f"走访 {self.visits} 户，其中帮扶走访 {self.helped} 人，{closed}新事项 {self.cases} 件；"
            f"没走访到 {self.missed} 户"
        )


class _Enough(Exception):
    """Ends a rehearsal: nothing of it is kept."""


def finish(office: Office, sheet_id: int, day: date) -> Done:
    """Save the whole sheet as one step: visits, what was closed, cases raised; raises OfficeError naming the row."""
    with office.unit("录入回单") as session:
        sheet = sheet_of(session, sheet_id)
        rows = rows_of(session, sheet_id)
        if sheet.typed_on is not None:
            raise OfficeError(typed_words(sheet, rows), safe="没有再录一遍", do="要改的话，先用“撤销”")
        if day > office.today():
            raise OfficeError("走访日期在今天以后", safe="填好的内容都还在", do="请填实际走访的日期")
        if not any(row.result for row in rows):
            raise OfficeError("这张单还一行也没有填", safe="没有保存任何内容", do="按空格是“一切正常”，回车到下一行")
        session.info["unit"].record.name = f"录入回单 {sheet.number}：{len(rows)} 户"
        staff = session.get(Staff, sheet.staff_id) if sheet.staff_id else None
        done = Done()
        for row in rows:
            done += _settle(session, office, row, day, staff)
        sheet.typed_on = office.today()
        return done


def rehearse(office: Office, sheet_id: int, typed: TypedRow, day: date) -> None:
    """Try what was typed for the things behind a door, keeping nothing; raises OfficeError with what refuses."""
    try:
        with office.unit("录入回单") as session:
            sheet = sheet_of(session, sheet_id)
            staff = session.get(Staff, sheet.staff_id) if sheet.staff_id else None
            for thing in typed.things:
                _close(session, office, typed, thing, day, staff)
            session.flush()
            raise _Enough
    except _Enough:
        return


def _settle(session: Session, office: Office, row: RouteRow, day: date, staff: Staff | None) -> Done:
    result = visit_rules.result_of(row.result)
    if result is None:
        return Done(missed=1)
    typed = row_of(row)
    if row.household_id is not None and session.get(Household, row.household_id) is not None:
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
    closed = [thing for thing in typed.things if _close(session, office, typed, thing, day, staff)]
    helped = sum(thing.key.startswith(f"{HELP}:") for thing in closed)
    if typed.raised is not None:
        _raise(session, office, row, day, staff, typed.raised)
    return Done(
        int(result.is_visit), helped, len(closed) - helped, int(typed.raised is not None), int(not result.is_visit)
    )


def _close(session: Session, office: Office, typed: TypedRow, thing: Thing, day: date, staff: Staff | None) -> bool:
    """Write what came of one thing; a refusal names the row of the paper."""
    outcome = thing.outcome(typed.result)
    if not outcome or thing.kind is None:
        return False
    by = staff.name if staff else office.user
    is_usual = not thing.result
    note = thing.note or (typed.note if is_usual else "")
    try:
        return doors.close(session, thing.kind.key, thing.number, Closing(day, by, outcome, note, office.now()))
    except OfficeError as error:
        what = f"第 {typed.place} 行“{thing.words}”：{error.what}"
        raise OfficeError(what, safe="填好的内容都还在", do=error.do or "请按 F4 改这一项") from error


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
