"""Rounds: doors put on numbered route sheets in the order they are walked, with all that is due behind each (X12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import doors, papers
from gridoffice.domain.facts import day_word
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.people import GONE, Household, Resident
from gridoffice.domain.premises import Premises
from gridoffice.domain.staff import Staff
from gridoffice.modules.patrols import visits
from gridoffice.modules.patrols.lanes import lane_key
from gridoffice.modules.patrols.model import RouteRow, RouteSheet

MOST = 40
"""Rows of one sheet: both sides of one paper."""
VISIT, PLACE = "visit", "place"
RAISED = "raised"
"""Kinds of what stands in a row's `due`: the household's own visit, a look at premises, a case to be raised."""


@dataclass(frozen=True)
class Round:
    """Doors to be walked by somebody on a day."""

    staff_id: int | None
    day: date
    households: tuple[int, ...]
    premises: tuple[int, ...] = ()


def make(office: Office, planned: Sequence[Round]) -> list[int]:
    """Make route sheets, more than one where a round has more doors than a paper; their ids. Raises OfficeError."""
    doors_in_all = sum(len(one.households) + len(one.premises) for one in planned)
    if not doors_in_all:
        raise OfficeError("没有要走访的户", safe="没有做路线单", do="请先选中要走访的户")
    made: list[int] = []
    with office.unit(f"制作路线单：{doors_in_all} 户") as session:
        for one in planned:
            rows = rows_for(session, one)
            for start in range(0, len(rows), MOST):
                made.append(_sheet(session, office, one, rows[start : start + MOST]))
    return made


def _sheet(session: Session, office: Office, planned: Round, rows: list[RouteRow]) -> int:
    units = {home.unit_id for home in _homes(session, planned.households)} - {None}
    staff = session.get(Staff, planned.staff_id) if planned.staff_id else None
    sheet = RouteSheet(
        number=next_number(session, office.today().year),
        made_on=office.today(),
        for_day=planned.day,
        staff_id=planned.staff_id,
        unit_id=units.pop() if len(units) == 1 else None,
        title=f"{staff.name if staff else '未定网格员'} {planned.day.month}月{planned.day.day}日 {len(rows)} 户",
    )
    session.add(sheet)
    session.flush()
    for place, row in enumerate(rows, 1):
        row.sheet_id, row.place = sheet.id, place
        session.add(row)
    session.flush()
    return sheet.id


def next_number(session: Session, year: int) -> str:
    """The next free number: LX2026-001. Latin, because a scanner types it like a keyboard."""
    start = f"{papers.KINDS['round'].sign}{year}-"
    last = session.scalars(select(RouteSheet.number).where(RouteSheet.number.startswith(start)))
    own = max((int(number[len(start) :]) for number in last), default=0) + 1
    issued = int(papers.next_number(session, "round", year)[len(start) :])
    return f"{start}{max(own, issued):03d}"


def _homes(session: Session, ids: Sequence[int]) -> list[Household]:
    found: list[Household] = []
    for start in range(0, len(ids), 500):
        found += session.scalars(select(Household).where(Household.id.in_(ids[start : start + 500])))
    return found


def rows_for(session: Session, planned: Round) -> list[RouteRow]:
    """The doors of a round in the order they are walked, with what is due behind each; not yet on a sheet."""
    homes = _homes(session, planned.households)
    ids = [home.id for home in homes]
    heads = heads_of(session, ids)
    waiting = doors.behind(session, ids, planned.day)
    due = visits.due_of(session, ids, planned.day)
    units = {number: name for number, name in session.execute(select(GridUnit.id, GridUnit.name))}
    sorted_rows = []
    for home in homes:
        last = due[home.id].last
        own = (VISIT, home.id, f"入户走访（上次{day_word(last, planned.day)}）" if last else "入户走访（首次）")
        row = RouteRow(
            household_id=home.id,
            title=f"{home.address or '住址未登记'}　{heads.get(home.id, '')}".strip()[:120],
            due=[list(one) for one in (own, *waiting.get(home.id, ()))],
        )
        sorted_rows.append((units.get(home.unit_id or 0, ""), lane_key(home.address), home.number, row))
    for place in session.scalars(select(Premises).where(Premises.id.in_(planned.premises))):
        row = RouteRow(premises_id=place.id, title=f"{place.address}　{place.name}".strip()[:120])
        row.due = [[PLACE, place.id, f"看望场所 {place.kind}"]]
        sorted_rows.append((units.get(place.unit_id or 0, ""), lane_key(place.address), place.number, row))
    return [row for *_, row in sorted(sorted_rows, key=lambda one: one[:3])]


def heads_of(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """The head of each household, else the first who lives in it."""
    wanted = (
        select(Resident.household_id, Resident.name)
        .where(Resident.household_id.in_(ids), Resident.state.not_in(GONE))
        .order_by((Resident.relation == "户主").desc(), Resident.id)
    )
    found: dict[int, str] = {}
    for home, name in session.execute(wanted):
        found.setdefault(home or 0, name)
    return found


def open_doors(session: Session, on: date) -> set[int]:
    """Households on sheets of this day and later that are not typed in yet: already planned."""
    wanted = select(RouteRow.household_id).join(RouteSheet, RouteSheet.id == RouteRow.sheet_id)
    found = session.scalars(wanted.where(RouteSheet.typed_on.is_(None), RouteSheet.for_day >= on))
    return {number for number in found if number is not None}


def open_places(session: Session, on: date) -> set[int]:
    """As `open_doors`, premises."""
    wanted = select(RouteRow.premises_id).join(RouteSheet, RouteSheet.id == RouteRow.sheet_id)
    found = session.scalars(wanted.where(RouteSheet.typed_on.is_(None), RouteSheet.for_day >= on))
    return {number for number in found if number is not None}


def remove(office: Office, sheet_ids: Sequence[int]) -> None:
    """Take back sheets that are not typed in; the doors stay due. Raises OfficeError."""
    with office.unit(f"作废路线单 {len(sheet_ids)} 张") as session:
        for sheet in session.scalars(select(RouteSheet).where(RouteSheet.id.in_(sheet_ids))):
            if sheet.typed_on is not None:
                raise OfficeError(f"{sheet.number} 已经录入，不能作废", safe="没有改动任何内容", do="录错了请用“撤销”")
            for row in session.scalars(select(RouteRow).where(RouteRow.sheet_id == sheet.id)):
                session.delete(row)
            session.flush()
            session.delete(sheet)
