"""Who does whose work on a day: A, or whoever stands in while A is away; computed from dates, so it returns by itself.

One definition for lists, 今日, workload, hand-over and papers. The work of a unit is its A's (the first holder of the
general network who is no stand-in); while A is on leave it is that of the leave's own stand-in, else of the unit's B
(AB岗, reference 1.2 §3); with nobody there it stays with A and is a gap. A unit below the grids without holders of its
own follows the unit above it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select, union
from sqlalchemy.orm import Session, aliased

from gridoffice.domain.belongings import Belonging, belongings
from gridoffice.domain.grids import GRID, GridUnit
from gridoffice.domain.listing import ON
from gridoffice.domain.networks import GENERAL, Assignment, Network, Role, in_force
from gridoffice.domain.staff import Leave, Staff, away, serving


@dataclass(frozen=True)
class Duty:
    """Who does a unit's work on a day; `instead_of` and `until` (last day of the leave) only while somebody is away.

    `gap` says in words why nobody does it; `staff_id` is None then.
    """

    unit_id: int
    staff_id: int | None
    name: str = ""
    phone: str = ""
    instead_of: str = ""
    until: date | None = None
    absent_id: int | None = None
    gap: str = ""

    @property
    def note(self) -> str:
        """What papers say behind the name of who is away: 请假至11月28日，由李秀兰代. Never why."""
        if self.until is None or not self.instead_of:
            return ""
        tail = f"由{self.name}代" if self.staff_id else "暂无人代"
        return f"请假至{self.until.month}月{self.until.day}日，{tail}"


@dataclass(frozen=True)
class Load:
    """One kind of work of a person: ids of what is open, due by the day, and late."""

    kind: Belonging
    open: tuple[int, ...]
    due: tuple[int, ...]
    late: tuple[int, ...]


_posts = (
    select(
        Assignment.unit_id,
        Assignment.staff_id,
        Role.is_stand_in,
        func.row_number()
        .over(partition_by=(Assignment.unit_id, Role.is_stand_in), order_by=(Role.rank, Assignment.id))
        .label("place"),
    )
    .join(Role, Role.id == Assignment.role_id)
    .join(Network, Network.id == Role.network_id)
    .join(Staff, Staff.id == Assignment.staff_id)
    .where(Network.key == GENERAL, in_force(ON), serving(ON))
    .cte("duty_posts")
)
_first, _second = aliased(_posts, name="duty_a"), aliased(_posts, name="duty_b")

ABSENT = (
    select(Leave.staff_id, func.max(Leave.end).label("until"), func.max(Leave.stand_in_id).label("stand_in_id"))
    .where(away(ON))
    .group_by(Leave.staff_id)
    .cte("duty_absent")
)
"""Who is on leave on the day: staff_id, until, stand_in_id."""
_gone, _gone_b, _gone_c = (aliased(ABSENT, name=f"duty_gone_{letter}") for letter in "abc")
_third = aliased(Staff, name="duty_third")


def _reach() -> Any:
    """Which unit's holders answer for a unit: its own, or for one below the grids those above it."""
    own = select(_posts.c.unit_id, _posts.c.unit_id.label("source_id")).distinct()
    top = own.cte("duty_reach", recursive=True)
    manned = select(_posts.c.unit_id)
    under = (
        select(GridUnit.id, top.c.source_id)
        .join(top, GridUnit.parent_id == top.c.unit_id)
        .where(GridUnit.level > GRID, GridUnit.id.not_in(manned))
    )
    return top.union_all(under)


def _roster() -> Any:
    reach = _reach()
    a_works = and_(_first.c.staff_id.is_not(None), _gone.c.staff_id.is_(None))
    b_works = and_(_second.c.staff_id.is_not(None), _gone_b.c.staff_id.is_(None))
    c_works = and_(_third.id.is_not(None), _gone_c.c.staff_id.is_(None))
    doer = case((a_works, _first.c.staff_id), (c_works, _third.id), (b_works, _second.c.staff_id), else_=None)
    in_service = or_(_third.is_active, _third.left_on >= ON)
    return (
        select(
            reach.c.unit_id,
            _first.c.staff_id.label("usual_id"),
            _second.c.staff_id.label("second_id"),
            doer.label("able_id"),
            func.coalesce(doer, _first.c.staff_id, _second.c.staff_id).label("doer_id"),
            _gone.c.until,
        )
        .select_from(reach)
        .outerjoin(
            _first,
            and_(_first.c.unit_id == reach.c.source_id, _first.c.is_stand_in.is_(False), _first.c.place == 1),
        )
        .outerjoin(
            _second,
            and_(_second.c.unit_id == reach.c.source_id, _second.c.is_stand_in.is_(True), _second.c.place == 1),
        )
        .outerjoin(_gone, _gone.c.staff_id == _first.c.staff_id)
        .outerjoin(_gone_b, _gone_b.c.staff_id == _second.c.staff_id)
        .outerjoin(_third, and_(_third.id == _gone.c.stand_in_id, in_service))
        .outerjoin(_gone_c, _gone_c.c.staff_id == _third.id)
        .cte("duty_roster")
    )


ROSTER = _roster()
"""Each unit with its A (usual_id), B (second_id), who is there to do the work (able_id) and in whose lists it stands
(doer_id: with nobody there it stays where it is)."""


def _covers() -> Any:
    """Who does what was given to a person by name: the person, or while away whoever stands in."""
    deputy, gone = aliased(Staff, name="duty_deputy"), aliased(ABSENT, name="duty_gone_d")
    is_gone = exists(select(ABSENT.c.staff_id).where(ABSENT.c.staff_id == Staff.id))
    by_unit = select(ROSTER.c.usual_id.label("person_id"), ROSTER.c.able_id.label("doer_id")).where(
        ROSTER.c.until.is_not(None), ROSTER.c.able_id.is_not(None)
    )
    by_leave = (
        select(ABSENT.c.staff_id, ABSENT.c.stand_in_id)
        .join(deputy, deputy.id == ABSENT.c.stand_in_id)
        .outerjoin(gone, gone.c.staff_id == deputy.id)
        .where(gone.c.staff_id.is_(None), or_(deputy.is_active, deputy.left_on >= ON))
    )
    stood_in = union(by_unit, by_leave).cte("duty_stood_in")
    replaced = exists(select(stood_in.c.person_id).where(stood_in.c.person_id == Staff.id))
    own = select(Staff.id, Staff.id).where(serving(ON), or_(~is_gone, ~replaced))
    return union(select(stood_in.c.person_id, stood_in.c.doer_id), own).cte("duty_covers")


COVERS = _covers()


def _named() -> Any:
    """As COVERS, by name; a name that two in service bear says nobody's."""
    names = select(Staff.name).where(serving(ON)).group_by(Staff.name).having(func.count() == 1)
    return (
        select(Staff.name, COVERS.c.doer_id)
        .join(COVERS, COVERS.c.person_id == Staff.id)
        .where(Staff.name.in_(names))
        .cte("duty_named")
    )


NAMED = _named()


def is_mine(staff_id: int, unit: Any, *, handler: Any = None, contact: Any = None) -> ColumnElement[bool]:
    """Whether a record is a person's to do on the day ON: by its unit, its handler's name or its contact.

    A record given to a contact is the contact's alone.
    """
    of_unit: ColumnElement[bool] = unit.in_(select(ROSTER.c.unit_id).where(ROSTER.c.doer_id == staff_id))
    if contact is not None:
        given = contact.in_(select(COVERS.c.person_id).where(COVERS.c.doer_id == staff_id))
        of_unit = or_(given, and_(contact.is_(None), of_unit))
    if handler is None:
        return of_unit
    return or_(of_unit, handler.in_(select(NAMED.c.name).where(NAMED.c.doer_id == staff_id)))


def mine(kind: Belonging, staff_id: int) -> ColumnElement[bool]:
    """As `is_mine`, for a kind of record."""
    return is_mine(staff_id, kind.unit, handler=kind.handler, contact=kind.contact)


def owned(kind: Belonging, staff_id: int) -> ColumnElement[bool]:
    """Whether a record is a person's own on the day ON, away or not: what has to be handed over for good."""
    of_unit: ColumnElement[bool] = kind.unit.in_(select(ROSTER.c.unit_id).where(ROSTER.c.usual_id == staff_id))
    if kind.contact is not None:
        of_unit = or_(kind.contact == staff_id, and_(kind.contact.is_(None), of_unit))
    if kind.handler is None:
        return of_unit
    return or_(of_unit, kind.handler.in_(own_names(staff_id)))


def own_names(staff_id: int) -> Any:
    """A select of a person's name, empty when somebody else in service bears it too."""
    names = select(Staff.name).where(serving(ON)).group_by(Staff.name).having(func.count() == 1)
    return select(Staff.name).where(Staff.id == staff_id, Staff.name.in_(names))


def items_of(session: Session, staff_id: int, day: date) -> tuple[Load, ...]:
    """What a person has to do on a day, with what was taken over: one load for each kind of work."""
    found = []
    for kind in belongings():
        if kind.is_open is None:
            continue
        ids = []
        for rule in (kind.is_open, kind.is_due, kind.is_late):
            wanted = kind.base.where(rule(ON), mine(kind, staff_id)) if rule else None
            # Rules of the modules take a real day where they reckon with it.
            ids.append(tuple(session.scalars(wanted, {"on": day})) if wanted is not None else ())
        found.append(Load(kind, ids[0], ids[1], ids[2]))
    return tuple(found)


def tally(session: Session, day: date) -> dict[int, tuple[int, int, int]]:
    """Open, due and late pieces of everybody's work at once, by staff id; by the same rules as `items_of`."""
    sums: dict[int, tuple[int, int, int]] = {}
    for kind in belongings():
        if kind.is_open is None:
            continue
        due = kind.is_due(ON) if kind.is_due else kind.is_open(ON)
        late = kind.is_late(ON) if kind.is_late else due
        flags = (case((due, 1), else_=0).label("due"), case((late, 1), else_=0).label("late"))
        base = kind.base.add_columns(*flags).where(kind.is_open(ON)).order_by(None)
        by_unit = base.add_columns(ROSTER.c.doer_id.label("who")).join(ROSTER, ROSTER.c.unit_id == kind.unit)
        parts = [by_unit if kind.contact is None else by_unit.where(kind.contact.is_(None))]
        if kind.handler is not None:
            parts.append(base.add_columns(NAMED.c.doer_id.label("who")).join(NAMED, NAMED.c.name == kind.handler))
        if kind.contact is not None:
            parts.append(
                base.add_columns(COVERS.c.doer_id.label("who")).join(COVERS, COVERS.c.person_id == kind.contact)
            )
        each = union(*parts).subquery()
        wanted = select(each.c.who, func.count(), func.sum(each.c.due), func.sum(each.c.late)).group_by(each.c.who)
        for who, *numbers in session.execute(wanted, {"on": day}):
            old = sums.get(who, (0, 0, 0))
            sums[who] = (old[0] + numbers[0], old[1] + numbers[1], old[2] + numbers[2])
    return sums


def on_duty(session: Session, day: date, unit_ids: Iterable[int] | None = None) -> dict[int, Duty]:
    """Who does the work of each manned unit on a day, by unit id."""
    usual, second, able = (aliased(Staff, name=f"duty_{word}") for word in ("usual", "other", "able"))
    wanted = (
        select(ROSTER.c.unit_id, ROSTER.c.until, usual, second, able)
        .outerjoin(usual, usual.id == ROSTER.c.usual_id)
        .outerjoin(second, second.id == ROSTER.c.second_id)
        .outerjoin(able, able.id == ROSTER.c.able_id)
    )
    if unit_ids is not None:
        wanted = wanted.where(ROSTER.c.unit_id.in_(list(unit_ids)))
    return {row[0]: _duty(*row) for row in session.execute(wanted, {"on": day})}


def _duty(unit_id: int, until: date | None, usual: Staff | None, second: Staff | None, able: Staff | None) -> Duty:
    if able is None:
        who = usual or second
        other = f"B岗{second.name}也不在" if second and usual else "没有B岗" if usual else ""
        words = f"{who.name if who else ''}请假{f'至 {until.isoformat()}' if until else '，不在岗'}"
        gap = "，".join(filter(None, (words, other, "没有人顶上")))
        return Duty(
            unit_id, None, instead_of=usual.name if usual else "", until=until, absent_id=usual.id if usual else None,
            gap=gap,
        )  # fmt: skip
    if usual is not None and usual.id != able.id:
        return Duty(unit_id, able.id, able.name, able.phone, usual.name, until, usual.id)
    return Duty(unit_id, able.id, able.name, able.phone)


@dataclass(frozen=True)
class Absence:
    """Somebody's leave: who, kind, days (both counted), stand-in (None: the B of each grid)."""

    id: int
    staff_id: int
    name: str
    kind: str
    start: date
    end: date
    stand_in_id: int | None
    stand_in: str
    note: str


def absences(session: Session, first: date, last: date, staff_id: int | None = None) -> list[Absence]:
    """Leaves with a day between two days (both counted), the earliest first."""
    deputy = aliased(Staff, name="duty_deputy")
    wanted = (
        select(Leave, Staff.name, deputy.name)
        .join(Staff, Staff.id == Leave.staff_id)
        .outerjoin(deputy, deputy.id == Leave.stand_in_id)
        .where(Leave.start <= last, Leave.end >= first)
        .order_by(Leave.start, Leave.id)
    )
    if staff_id is not None:
        wanted = wanted.where(Leave.staff_id == staff_id)
    return [
        Absence(
            leave.id,
            leave.staff_id,
            name,
            leave.kind,
            leave.start,
            leave.end,
            leave.stand_in_id,
            other or "",
            leave.note,
        )
        for leave, name, other in session.execute(wanted)
    ]


def name_of(session: Session, staff_id: int) -> str:
    """A person's name, or "" when gone."""
    return session.scalar(select(Staff.name).where(Staff.id == staff_id)) or ""


def replaces(session: Session, staff_id: int, day: date) -> list[Duty]:
    """The units a person works in for somebody else on a day."""
    return [duty for duty in on_duty(session, day).values() if duty.staff_id == staff_id and duty.instead_of]
