"""What can be done with patrols: record with the problems found, change, delete; their numbers for 今日."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import week_of
from gridoffice.core.errors import OfficeError
from gridoffice.core.module import Count
from gridoffice.db.office import Office
from gridoffice.domain import choices, clocks, duty, networks, work
from gridoffice.domain.choices import Choice
from gridoffice.domain.grids import GridUnit, subtree
from gridoffice.domain.listing import Query
from gridoffice.domain.staff import Staff
from gridoffice.domain.work import Case
from gridoffice.modules.patrols import answered, details, found_cases, locks, visit_list
from gridoffice.modules.patrols.coverage import COVERAGE, STALE_DAYS
from gridoffice.modules.patrols.entry import Entry, Problem, checked, columns, counted
from gridoffice.modules.patrols.lists import PATROLS
from gridoffice.modules.patrols.model import Patrol
from gridoffice.modules.patrols.round_list import ROUNDS
from gridoffice.modules.patrols.visit_coverage import all_slides as slides
from gridoffice.modules.patrols.visit_list import VISITS

__all__ = ["LISTINGS", "Entry", "Problem", "counts", "slides"]

LISTINGS = (PATROLS, COVERAGE, VISITS, ROUNDS)


@dataclass(frozen=True)
class CaseLine:
    """A case of a patrol, in short."""

    id: int
    number: str
    title: str
    standing: str  # "tone|words"


@dataclass(frozen=True)
class PatrolView:
    """A patrol as it is shown: the entry, the names, how long it took, its cases."""

    id: int
    version: int
    entry: Entry
    unit: str
    worker: str
    found: int
    minutes: int
    cases: tuple[CaseLine, ...] = field(default=())
    is_locked: bool = False
    additions: tuple[locks.Addition, ...] = ()
    houses: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    pictures: tuple[details.Picture, ...] = ()


@dataclass(frozen=True)
class GridView:
    """A grid as the list of neglected grids shows it, with its last patrols (id, day, kind, problems)."""

    name: str
    village: str
    worker: str
    since: str  # "tone|words"
    walks: str
    last: tuple[tuple[int, date, str, int], ...]


def record(office: Office, entry: Entry) -> int:
    """Record a patrol; every problem becomes a case in the same unit. The new id; raises OfficeError."""
    with office.read() as session:
        unit, worker = checked(session, entry, office)
    with office.unit(f"登记巡查：{unit.name}") as session:
        patrol = Patrol(**columns(entry), problems=len(entry.problems))
        answered.keep_text(session, patrol)
        session.add(patrol)
        session.flush()
        details.keep(session, patrol, entry)
        locks.late(session, office, patrol)
        found_cases.open_cases(session, patrol, entry, unit, worker, office)
        return patrol.id


def change(office: Office, patrol_id: int, entry: Entry, version: int | None = None) -> None:
    """Change a patrol; problems in the entry are added to those it has. Raises OfficeError, also on a newer version."""
    with office.read() as session:
        kept = _of(session, patrol_id)
        is_same = not entry.problems and counted(entry.answers) == dict(kept.answers or {})
        asked = replace(entry, is_sure=entry.is_sure or is_same)  # what was kept once is not doubted again
        unit, worker = checked(session, asked, office, kept.problems)
    with office.unit(f"修改巡查：{unit.name} {entry.day.isoformat()}") as session:
        patrol = _of(session, patrol_id)
        if version is not None and patrol.version != version:
            raise OfficeError("这条巡查刚被别人改过", safe="您的修改还没有保存", do="请关闭后重新打开，再改一次")
        for day in {patrol.day, entry.day}:
            locks.refuse(session, day, office.today(), "修改")
        strays = answered.strays(patrol, entry.kind)
        for key, value in columns(entry).items():
            setattr(patrol, key, value)
        patrol.answers = {**strays, **patrol.answers}
        answered.keep_text(session, patrol)
        details.keep(session, patrol, entry)
        patrol.problems += len(entry.problems)
        found_cases.open_cases(session, patrol, entry, unit, worker, office)


def remove(office: Office, patrol_ids: list[int], *, with_cases: bool = False) -> None:
    """Delete patrols; those with cases only together with these (`with_cases`), else OfficeError says so."""
    with office.unit(f"删除巡查 {len(patrol_ids)} 条") as session:
        patrols = [_of(session, patrol_id) for patrol_id in patrol_ids]
        for day in {patrol.day for patrol in patrols}:
            locks.refuse(session, day, office.today(), "删除")
        cases = [case for patrol in patrols for case in work.of_source(session, "patrol", patrol.id)]
        if cases and not with_cases:
            still = sum(case.state not in work.ENDED for case in cases)
            raise OfficeError(
                f"这些巡查发现过 {len(cases)} 件事项，其中 {still} 件未办结",
                safe="没有删除任何内容",
                do="可以选择连同事项一起删除，删除后能撤销",
            )
        for case in cases:
            work.remove(session, case)
        for patrol in patrols:
            details.drop(session, patrol)
        session.flush()
        for patrol in patrols:
            session.delete(patrol)


def cases_of(office: Office, patrol_ids: list[int]) -> int:
    """How many cases came from some patrols."""
    wanted = select(func.count()).where(Case.source == "patrol", Case.source_id.in_(patrol_ids))
    with office.read() as session:
        return session.scalar(wanted) or 0


def view(office: Office, patrol_id: int) -> PatrolView:
    """A patrol with the names and its cases; raises OfficeError when it is gone."""
    with office.read() as session:
        patrol = _of(session, patrol_id)
        unit = session.get(GridUnit, patrol.unit_id) if patrol.unit_id else None
        worker = session.get(Staff, patrol.staff_id) if patrol.staff_id else None
        lines = tuple(
            CaseLine(
                case.id, case.number, case.title, clocks.standing(case.state, case.amber_at, case.red_at, office.now())
            )
            for case in work.of_source(session, "patrol", patrol.id)
        )
        entry = details.entry_of(session, patrol)
        return PatrolView(
            id=patrol.id,
            version=patrol.version,
            entry=entry,
            unit=unit.name if unit else "",
            worker=worker.name if worker else "",
            found=patrol.problems,
            minutes=entry.minutes,
            cases=lines,
            is_locked=locks.is_locked(session, patrol.day, office.today()),
            additions=locks.additions(session, patrol.id),
            houses=tuple(details.house_names(session, list(entry.houses)).values()),
            photos=details.photos(session, patrol.id),
            answers=answered.shown(session, patrol),
            pictures=details.pictures(session, patrol.id),
        )


def grid_view(office: Office, unit_id: int) -> GridView:
    """A grid with its last patrols; raises OfficeError when it is gone."""
    with office.read() as session:
        rows = COVERAGE.rows_in(session, [unit_id], office.today())
        if not rows:
            raise OfficeError("这个网格已经不在了", safe="其他内容没有改动", do="可能刚被删除；可用“撤销”找回")
        last = (
            select(Patrol.id, Patrol.day, Patrol.kind, Patrol.problems)
            .where(Patrol.unit_id.in_(select(subtree(unit_id).c.id)))
            .order_by(Patrol.day.desc(), Patrol.start.desc())
            .limit(8)
        )
        found = tuple((number, day, kind, problems) for number, day, kind, problems in session.execute(last))
    village, name, worker, _, since, walks = rows[unit_id]
    return GridView(name, village, worker, since, walks, found)


def last_entry(office: Office) -> Entry | None:
    """The log that was entered last, whole: what 同上一条 copies."""
    with office.read() as session:
        last = session.scalars(select(Patrol).order_by(Patrol.id.desc()).limit(1)).first()
        return details.entry_of(session, last) if last is not None else None


def proposal(office: Office) -> Entry:
    """What a new entry starts from: today, and grid, worker and kind of the last one entered; the day's weather too."""
    last = last_entry(office)
    if last is None:
        return Entry(day=office.today())
    return Entry(
        day=office.today(),
        unit_id=last.unit_id,
        staff_id=last.staff_id,
        kind=last.kind,
        weather=last.weather if last.day == office.today() else "",
    )


def worker_of(office: Office, unit_id: int, day: date | None = None) -> int | None:
    """Who does the grid worker's work of a unit on a day (today): the worker, or while away whoever stands in."""
    day = day or office.today()
    with office.read() as session:
        found = networks.holders(session, day, unit_ids=[unit_id])
        if not any(holder.role == networks.WORKER for holder in found):
            return None
        doing = duty.on_duty(session, day, [unit_id]).get(unit_id)
    workers = [holder.staff_id for holder in found if holder.role == networks.WORKER]
    return doing.staff_id if doing is not None and doing.staff_id else workers[0]


def unit_choices(office: Office) -> list[Choice]:
    """The grids a patrol can be in."""
    with office.read() as session:
        return choices.units(session)


def unit_name(office: Office, unit_id: int) -> str:
    """A unit's name, or "" when it is gone."""
    with office.read() as session:
        return choices.unit_name(session, unit_id)


def staff_name(office: Office, staff_id: int) -> str:
    """A person's name, or "" when gone."""
    with office.read() as session:
        person = session.get(Staff, staff_id)
        return person.name if person else ""


def staff_choices(office: Office) -> list[Choice]:
    """The persons who can have walked."""
    with office.read() as session:
        return choices.staff(session)


def counts(office: Office, on: date) -> list[Count]:
    """Patrols of today and this week, grids nobody has walked for a week, and households to visit."""
    return [*walked(office, on), *visit_list.counts(office, on)]


def walked(office: Office, on: date) -> list[Count]:
    """Patrols of today and this week, and grids nobody has walked for a week."""
    with office.read() as session:
        today, week = PATROLS.tally_in(session, on, ("today", "week")).values()
        stale = COVERAGE.count_in(session, Query(on=on, view="stale"))
    monday, sunday = week_of(on)
    return [
        Count("patrols_today", "今日巡查", today, module="patrols", view="today"),
        Count(
            "patrols_week",
            "本周巡查",
            week,
            module="patrols",
            view="week",
            hint=f"{monday.month}月{monday.day}日—{sunday.month}月{sunday.day}日",
        ),
        Count(
            "patrols_stale",
            f"{STALE_DAYS} 天未巡查",
            stale,
            tone="soon" if stale else "done",
            module="patrols",
            view="stale",
            hint="没有人走过的网格",
        ),
    ]


def _of(session: Session, patrol_id: int) -> Patrol:
    patrol = session.get(Patrol, patrol_id)
    if patrol is None:
        raise OfficeError("这条巡查已经不在了", safe="其他内容没有改动", do="可能刚被删除；可用“撤销”找回")
    return patrol
