"""The never-visited and a fair plan for the week: oldest first, over all grids, within each worker's load (X13)."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import WorkCalendar, week_of
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import contacts, duty, workdays
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.people import Household
from gridoffice.domain.premises import Premises
from gridoffice.modules.patrols import rounds, visit_rules, visits
from gridoffice.modules.patrols.lanes import lane_key
from gridoffice.modules.patrols.rounds import Round
from gridoffice.modules.patrols.visit_list import unmet
from gridoffice.modules.patrols.visits import IS_LIVED_IN, VISIT

HOUSE, PLACE = "house", "place"
MOST = 20_000
"""Doors looked at for one plan, the oldest; far more than all workers reach in a week."""


@dataclass(frozen=True)
class Unmet:
    """A door nobody answered at for long: a household or premises, its grid, the last contact."""

    kind: str
    id: int
    unit_id: int
    last: date | None
    address: str


@dataclass(frozen=True)
class Day:
    """What a worker is to do on a day of the week."""

    staff_id: int
    name: str
    day: date
    doors: tuple[Unmet, ...]


@dataclass(frozen=True)
class Plan:
    """The proposal: days, how many stand in the way of each other (left for later), grids nobody is on duty in."""

    days: tuple[Day, ...]
    working: tuple[date, ...]
    wanted: int
    unmanned: tuple[str, ...] = ()
    loads: dict[int, int] = field(default_factory=dict)  # due pieces of work that take room already, by staff id

    @property
    def planned(self) -> int:
        """How many doors the plan reaches."""
        return sum(len(one.doors) for one in self.days)


def working_days(calendar: WorkCalendar, on: date) -> tuple[date, ...]:
    """The working days left in the week of a day, 调休 counted; on its last one, or after it, those of the next too."""
    found: tuple[date, ...] = ()
    for start in (on, week_of(on)[1] + timedelta(days=1)):
        last = week_of(start)[1]
        span = ((start + timedelta(days=n)) for n in range((last - start).days + 1))
        found += tuple(day for day in span if calendar.is_working(day))
        if len(found) > 1:
            break
    return found


def unmet_doors(session: Session, on: date, days: int) -> list[Unmet]:
    """Households and premises without contact in so many days that stand in a grid and are on no sheet yet."""
    wanted = (
        visits.joined(select(Household.id, Household.unit_id, VISIT.c.last, Household.address).select_from(Household))
        .where(IS_LIVED_IN, unmet(on, days), Household.unit_id.is_not(None))
        .order_by(VISIT.c.last.asc().nulls_first(), Household.id)
        .limit(MOST)
    )
    out = rounds.open_doors(session, on)
    homes = [Unmet(HOUSE, *row) for row in session.execute(wanted, {"on": on}) if row[0] not in out]
    seen = contacts.premises()
    places = (
        select(Premises.id, Premises.unit_id, seen.c.day, Premises.address)
        .outerjoin(seen, seen.c.premises_id == Premises.id)
        .where(Premises.unit_id.is_not(None), (seen.c.day.is_(None)) | (seen.c.day < on - timedelta(days=days)))
        .order_by(seen.c.day.asc().nulls_first(), Premises.id)
        .limit(MOST)
    )
    gone = rounds.open_places(session, on)
    found = homes + [Unmet(PLACE, *row) for row in session.execute(places, {"on": on}) if row[0] not in gone]
    return sorted(found, key=lambda one: (one.last or date.min, lane_key(one.address), one.kind, one.id))


def plan(office: Office, days: int | None = None, doors: int | None = None, on: date | None = None) -> Plan:
    """A plan for the rest of the week: doors without contact in `days`, at most `doors` for each worker and day.

    What a worker has to do already takes room: each piece due is a door less, the first days first.
    """
    on = on or office.today()
    days, doors = days or visit_rules.usual_days(), doors or visit_rules.usual_doors()
    if not (1 <= days <= 3650 and 1 <= doors <= rounds.MOST):
        raise OfficeError("天数或每天户数不对", safe="没有改动任何内容", do=f"每天 1—{rounds.MOST} 户，1—3650 天")
    with office.read() as session:
        found = unmet_doors(session, on, days)
        working = working_days(workdays.of(session), on)
        loads = {staff: due for staff, (_open, due, _late) in duty.tally(session, on).items()}
        made, unmanned = _spread(session, found, working, doors, loads)
        names = dict(session.execute(select(GridUnit.id, GridUnit.name).where(GridUnit.id.in_(unmanned))).all())
    return Plan(tuple(made), working, len(found), tuple(sorted(names.values())), loads)


def _spread(
    session: Session, found: Sequence[Unmet], working: Sequence[date], doors: int, loads: dict[int, int]
) -> tuple[list[Day], set[int]]:
    """Day by day: each worker takes in turn the oldest of each of the grids that are the worker's that day."""
    queues: dict[int, deque[Unmet]] = defaultdict(deque)
    for one in found:
        queues[one.unit_id].append(one)
    left = dict(loads)
    made: list[Day] = []
    manned: set[int] = set()
    for day in working:
        posts = duty.on_duty(session, day, list(queues))
        units: dict[int, list[int]] = defaultdict(list)
        names: dict[int, str] = {}
        for unit, post in sorted(posts.items()):
            if post.staff_id is not None:
                manned.add(unit)
                units[post.staff_id].append(unit)
                names[post.staff_id] = post.name
        for staff, own in sorted(units.items()):
            busy = min(doors, left.get(staff, 0))
            left[staff] = left.get(staff, 0) - busy
            taken = _take([queues[unit] for unit in own], doors - busy)
            if taken:
                ordered = sorted(taken, key=lambda one: (one.unit_id, lane_key(one.address), one.kind, one.id))
                made.append(Day(staff, names[staff], day, tuple(ordered)))
    return made, set(queues) - manned


def _take(queues: list[deque[Unmet]], room: int) -> list[Unmet]:
    """So many of some queues, in turn, the oldest of each first."""
    taken: list[Unmet] = []
    while len(taken) < room and any(queues):
        for queue in queues:
            if queue and len(taken) < room:
                taken.append(queue.popleft())
    return taken


def sheets(office: Office, days: Sequence[Day]) -> list[int]:
    """Route sheets of the days of a plan, in one undoable step; their ids."""
    wanted = [
        Round(
            one.staff_id,
            one.day,
            tuple(door.id for door in one.doors if door.kind == HOUSE),
            tuple(door.id for door in one.doors if door.kind == PLACE),
        )
        for one in days
        if one.doors
    ]
    return rounds.make(office, wanted)
