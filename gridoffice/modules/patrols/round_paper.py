"""A route sheet as paper: its view from the office, drawn, written and put into the register of issued papers once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese, weekday
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import papers, settings
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.papers import IssuedPaper
from gridoffice.domain.staff import Staff
from gridoffice.modules.patrols import rounds, visit_rules
from gridoffice.modules.patrols.model import RouteRow, RouteSheet
from gridoffice.papers import route
from gridoffice.papers.route import RouteLine, RouteView


def sheet_of(session: Session, sheet_id: int) -> RouteSheet:
    """A sheet; raises OfficeError when it is gone."""
    found = session.get(RouteSheet, sheet_id)
    if found is None:
        raise OfficeError("这张路线单已经不在了", safe="其他内容没有改动", do="可能刚被作废；可用“撤销”找回")
    return found


def rows_of(session: Session, sheet_id: int) -> list[RouteRow]:
    """The doors of a sheet, in the order of the paper."""
    return list(session.scalars(select(RouteRow).where(RouteRow.sheet_id == sheet_id).order_by(RouteRow.place)))


def words_of(row: RouteRow) -> tuple[str, ...]:
    """What is due behind a door, in short words."""
    return tuple(str(words) for kind, _id, words in row.due or () if kind != rounds.RAISED)


def gathered(words: Sequence[str]) -> tuple[str, ...]:
    """Things of one kind told together, so that none is cut off on paper: 健康服务预约 张三、李四."""
    kinds: dict[str, list[str]] = {}
    for one in words:
        kind, _, whose = one.partition(" ")
        kinds.setdefault(kind, []).append(whose)
    return tuple(f"{kind} {'、'.join(filter(None, whose))}".strip() for kind, whose in kinds.items())


def view(office: Office, sheet_id: int) -> RouteView:
    """The paper of a sheet; raises OfficeError."""
    with office.read() as session:
        sheet = sheet_of(session, sheet_id)
        staff = session.get(Staff, sheet.staff_id) if sheet.staff_id else None
        unit = session.get(GridUnit, sheet.unit_id) if sheet.unit_id else None
        lines = []
        for row in rows_of(session, sheet_id):
            door, _, who = row.title.partition("　")
            lines.append(RouteLine(row.place, door, who, gathered(words_of(row))))
        day = sheet.for_day
        return RouteView(
            office=settings.get(session, "name"),
            number=sheet.number,
            worker=staff.name if staff else "",
            day=f"{chinese(day)} {weekday(day)}" if day else "",
            unit=unit.name if unit else "多个网格",
            lines=tuple(lines),
            results=tuple((one.key, one.short) for one in visit_rules.results()),
        )


def draw(office: Office, *sheet_ids: int) -> bytes:
    """The papers of some sheets as one PDF."""
    return route.draw(*(view(office, one) for one in sheet_ids))


def issue(office: Office, sheet_ids: Sequence[int], path: Path) -> None:
    """Write the papers of some sheets into one file, and put each into the register once; raises OfficeError."""
    made = [view(office, one) for one in sheet_ids]
    papers.save(path, route.draw(*made))
    for sheet_id, one in zip(sheet_ids, made, strict=True):
        with office.read() as session:
            known = session.scalar(select(IssuedPaper.id).where(IssuedPaper.number == one.number))
            unit_id = sheet_of(session, sheet_id).unit_id
        if known is None:
            pages = -(-len(one.lines) // route.ON_PAGE)
            papers.register(office, "round", one.number, f"走访路线单 {one.worker}", path, pages, unit_id)
