"""民情日记 and 工作日志 of a worker or the office, by week or month, as an issued paper (reference 6.3)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese, weekday
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import papers, settings
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.staff import Staff
from gridoffice.modules.patrols import answered, details, locks
from gridoffice.modules.patrols.entry import span
from gridoffice.modules.patrols.model import Patrol
from gridoffice.papers import diary
from gridoffice.papers.diary import DiaryDay, DiaryView

MOST = 2000
"""Logs of one diary at most: a worker's years, or the office's month."""


def view(
    office: Office, first: date, last: date, staff_id: int | None = None, *, size: str = "A4", blank: int = 0,
    number: str = "",
) -> DiaryView:  # fmt: skip
    """The diary of a period, of one worker or of all; with `blank` pages and no logs. Raises OfficeError when vast."""
    with office.read() as session:
        person = session.get(Staff, staff_id) if staff_id else None
        name = settings.get(session, "name") or "网格办"
        days = () if blank else _days(session, first, last, staff_id)
    return DiaryView(
        office=name,
        title="民情日记",
        person=person.name if person is not None else "" if blank else "全部人员",
        period="" if blank else f"{chinese(first)}—{chinese(last)}　共 {len(days)} 篇",
        number=number,
        footer=f"仅供工作使用　制表 {office.user} {datetime.now():%Y-%m-%d %H:%M}",
        days=days,
        size=size,
        blank=blank,
    )


def _days(session: Session, first: date, last: date, staff_id: int | None) -> tuple[DiaryDay, ...]:
    wanted = (
        select(Patrol, Staff.name, GridUnit.name)
        .outerjoin(Staff, Staff.id == Patrol.staff_id)
        .outerjoin(GridUnit, GridUnit.id == Patrol.unit_id)
        .where(Patrol.day.between(first, last))
        .order_by(Patrol.day, Patrol.staff_id, Patrol.start, Patrol.id)
        .limit(MOST + 1)
    )
    if staff_id is not None:
        wanted = wanted.where(Patrol.staff_id == staff_id)
    rows = session.execute(wanted).all()
    if len(rows) > MOST:
        raise OfficeError(f"这段时间的日志超过 {MOST:,} 篇", safe="没有生成文书", do="请选一个人，或选短一点的时间")
    return tuple(_day(session, patrol, worker or "", unit or "") for patrol, worker, unit in rows)


def _clock(start: object, end: object) -> str:
    return f"{start:%H:%M}—{end:%H:%M}" if start and end else ""


def _day(session: Session, patrol: Patrol, worker: str, unit: str) -> DiaryDay:
    times = "，".join(filter(None, (_clock(patrol.start, patrol.end), _clock(patrol.start2, patrol.end2))))
    spent = span(patrol.start, patrol.end) + span(patrol.start2, patrol.end2)
    facts = (
        ("网格", unit),
        ("网格员", worker),
        ("类型", patrol.kind),
        ("起止", f"{times}（{spent} 分钟）" if times else ""),
        ("路线", patrol.route),
        ("陪同", patrol.companions),
        ("走访", f"{patrol.households} 户" if patrol.households else ""),
        *answered.shown(session, patrol),
    )
    rows = tuple(
        (
            f"{line.at:%H:%M} {line.kind}" if line.at else line.kind,
            line.whom,
            line.text,
            line.measures,
            line.result,
            f"{line.follow_on.month}月{line.follow_on.day}日再看" if line.follow_on else "",
        )
        for line in details.lines_of(session, patrol.id)
    )
    added = tuple(f"{chinese(one.at.date())} {one.who}：{one.text}" for one in locks.additions(session, patrol.id))
    return DiaryDay(f"{chinese(patrol.day)} {weekday(patrol.day)}", patrol.weather, facts, rows, patrol.text, added)


def issue(
    office: Office, out: Path, first: date, last: date, staff_id: int | None = None, *, size: str = "A4", blank: int = 0
) -> str:
    """Write the diary to a file and put it into the register of papers; its number. Raises OfficeError."""

    def put(number: str) -> str:
        made = view(office, first, last, staff_id, size=size, blank=blank, number=number)
        data, pages = diary.draw(made)
        papers.save(out, data)
        title = "空白民情日记" if blank else f"民情日记 {made.person} {first.isoformat()}—{last.isoformat()}"
        papers.register(office, "diary", number, title, out, pages)
        return number

    return papers.numbered(office, "diary", put)
