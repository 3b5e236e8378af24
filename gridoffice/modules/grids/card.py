"""A unit's card and the tree: what the page shows of the day looked at, read at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from gridoffice.db.audit import AuditChange, AuditUnit
from gridoffice.db.base import Record
from gridoffice.db.office import Office
from gridoffice.domain import attachments, networks, work
from gridoffice.domain.belongings import Belonging, belongings
from gridoffice.domain.grids import GRID, GridLevel, GridUnit
from gridoffice.domain.networks import Holder, Network, Role
from gridoffice.domain.organisations import Organisation
from gridoffice.domain.people import LIVING, Household, Resident
from gridoffice.domain.premises import Premises
from gridoffice.domain.tree import UNIT, Then, Tree, placed_on, short
from gridoffice.modules.grids.history import history

LATE, SOON = "late", "soon"


@dataclass(frozen=True)
class TreeNode:
    """One unit for the tree: who is responsible, what is missing (`tone` late or soon), and what finds it."""

    id: int
    parent: int | None
    name: str
    beside: str
    gap: str
    tone: str = ""
    level: int = 0
    words: str = ""  # whole name and code
    old: str = ""  # names and codes it had before, and those of what became part of it


@dataclass(frozen=True)
class UnitCard:
    """Everything a unit's card shows on a day; reported and registered figures are of the whole subtree."""

    id: int
    name: str
    level: int
    level_title: str
    code: str
    kind: str
    where: str
    groups: str
    boundary: str
    note: str
    households: int | None
    persons: int | None
    party_members: int | None
    organisations: int | None
    residents: int
    registered_households: int
    registered_party: int
    registered_organisations: int
    premises: int
    open_cases: int
    late_cases: int
    due_visits: int | None
    grids: int
    children: int
    holders: tuple[Holder, ...]
    history: tuple[tuple[str, str], ...]
    gaps: tuple[str, ...]
    past: date | None = None
    ended: date | None = None
    heirs: tuple[tuple[int, str], ...] = ()


# -- the tree


def roles_by_level(session: Session, network: str) -> dict[int, list[Role]]:
    """A network's roles by level, the higher first."""
    wanted = select(Role).join(Network, Network.id == Role.network_id).where(Network.key == network)
    found: dict[int, list[Role]] = {}
    for role in session.scalars(wanted.order_by(Role.rank, Role.id)):
        found.setdefault(role.level, []).append(role)
    return found


def tree(office: Office, network: str = networks.GENERAL) -> list[TreeNode]:
    """The units of the day looked at, parents before children, with who is responsible then in a network."""
    day = office.day()
    with office.read() as session:
        known = Tree(session)
        roles = roles_by_level(session, network)
        held: dict[int, dict[str, str]] = {}
        for holder in networks.holders(session, day, network=network):
            held.setdefault(holder.unit_id, {}).setdefault(holder.role, holder.name)
    old: dict[int, list[str]] = {}
    for unit_id, _parent, name, code in known.old_names():
        for place in known.now_for(unit_id):
            old.setdefault(place, []).append(f"{name} {code or ''}")
    units = known.on(day)
    return [
        _node(unit, units, held.get(unit.id, {}), roles.get(unit.level, []), old.get(unit.id, []))
        for unit in units.values()
    ]


def _node(unit: Then, units: dict[int, Then], held: dict[str, str], roles: list[Role], old: list[str]) -> TreeNode:
    main = [role for role in roles if not role.is_stand_in]
    missing = [role for role in roles if role.is_needed and role.key not in held]
    missing.sort(key=lambda role: role.is_stand_in)
    gap = f"缺{networks.short_role(missing[0])}" if missing else ""
    beside = next((held[role.key] for role in main if role.key in held), "")
    tone = "" if not missing else SOON if missing[0].is_stand_in else LATE
    parent = unit.parent_id if unit.parent_id in units else None
    words = f"{unit.name} {unit.code or ''}"
    return TreeNode(unit.id, parent, short(units, unit), beside, gap, tone, unit.level, words, " ".join(old))


# -- the card


def card(office: Office, unit_id: int) -> UnitCard | None:
    """The card of a unit on the day looked at; None when it is gone."""
    with office.read() as session:
        unit = session.get(GridUnit, unit_id)
        return _card(session, unit, office) if unit is not None else None


class Counter:
    """Counts what stood in some units on a day."""

    def __init__(self, session: Session, unit_ids: Sequence[int], day: date, is_past: bool) -> None:
        self.session, self.unit_ids, self.day, self.is_past = session, list(unit_ids), day, is_past

    def number(self, record: type[Record], unit: Any, *where: Any) -> int:
        """How many records of a table."""
        table: Any = record
        place = placed_on(record.__tablename__, table.id, unit, self.day) if self.is_past else unit
        wanted = select(func.count(table.id)).where(place.in_(self.unit_ids), *where)
        return self.session.scalar(wanted) or 0

    def people(self, *where: Any) -> int:
        """How many residents lived there."""
        alive = Resident.state == LIVING
        if self.is_past:
            alive = or_(alive, Resident.ended_on > self.day) & or_(Resident.born.is_(None), Resident.born <= self.day)
        return self.number(Resident, Resident.unit_id, alive, *where)

    def due(self) -> int | None:
        """How many visits are due; of a past day nobody knows any more."""
        if self.is_past:
            return None
        return sum(one.count(self.session, self.unit_ids, self.day, one.is_due) for one in visits())


def visits() -> list[Belonging]:
    """The kinds of records somebody is to be visited for."""
    return [one for one in belongings() if one.key in ("followup", "help") and one.is_due]


def _card(session: Session, unit: GridUnit, office: Office) -> UnitCard:
    day = office.day()
    known = Tree(session)
    units = known.on(day)
    then = known.all(day)[unit.id]
    ids = known.under(unit.id, day)
    count = Counter(session, ids, day, office.as_of is not None)
    holders = tuple(networks.holders(session, day, unit_ids=[unit.id])) if then.stands else ()
    figures = _reported(session, unit, ids, office.as_of)
    below = [one for one in units.values() if one.id in set(ids)]
    return UnitCard(
        id=unit.id,
        name=then.name,
        level=then.level,
        level_title=session.scalar(select(GridLevel.title).where(GridLevel.rank == then.level)) or "",
        code=then.code or "",
        kind=unit.kind,
        where=" · ".join(above.name for above in known.above(unit.id, day)),
        groups=unit.groups,
        boundary=unit.boundary,
        note=unit.note,
        households=figures[0],
        persons=figures[1],
        party_members=figures[2],
        organisations=figures[3],
        residents=count.people(),
        registered_households=count.number(Household, Household.unit_id),
        registered_party=count.people(Resident.tags.like("%党员%")),
        registered_organisations=count.number(Organisation, Organisation.unit_id),
        premises=count.number(Premises, Premises.unit_id),
        open_cases=count.number(
            work.Case, work.Case.unit_id, work.is_open(day) if office.as_of else work.is_open()
        ),
        late_cases=0 if office.as_of else count.number(work.Case, work.Case.unit_id, work.is_late(day)),
        due_visits=count.due(),
        grids=sum(one.level == GRID for one in below),
        children=sum(one.parent_id == unit.id for one in below),
        holders=holders,
        history=history(session, unit.id, known, office.as_of),
        gaps=_gaps(then, holders, roles_by_level(session, networks.GENERAL)) if then.stands else (),
        past=office.as_of,
        ended=unit.end if unit.end is not None and unit.end < day else None,
        heirs=tuple((heir, known.all(day)[heir].name) for heir in known.now_for(unit.id) if heir != unit.id),
    )  # fmt: skip


FIGURES = ("households", "persons", "party_members", "organisations")


def _reported(session: Session, unit: GridUnit, ids: list[int], past: date | None) -> list[int | None]:
    """Households, persons, party members, organisations as reported: a grid's own, above the sum of its grids."""
    asked = [unit.id] if unit.level >= GRID else ids
    wanted = select(GridUnit.id, *(getattr(GridUnit, key) for key in FIGURES))
    if unit.level < GRID:
        wanted = wanted.where(GridUnit.level == GRID)
    rows = {row[0]: list(row[1:]) for row in session.execute(wanted.where(GridUnit.id.in_(asked)))}
    if past is not None:
        for unit_id, before in _before(session, list(rows), past).items():
            rows[unit_id] = [before.get(key) for key in FIGURES]
    columns = zip(*rows.values(), strict=True) if rows else [()] * len(FIGURES)
    return [sum(known) if (known := [n for n in column if n is not None]) else None for column in columns]


def _before(session: Session, unit_ids: list[int], day: date) -> dict[int, dict[str, Any]]:
    """What the log says units held at the end of a day, for those changed since."""
    since = datetime.combine(day + timedelta(days=1), time())
    wanted = (
        select(AuditChange.row_id, AuditChange.before)
        .join(AuditUnit, AuditUnit.id == AuditChange.unit_id)
        .where(AuditChange.table_name == UNIT, AuditChange.row_id.in_(unit_ids), AuditChange.op == "update")
        .where(AuditUnit.at >= since)
        .order_by(AuditChange.id.desc())
    )
    return {unit_id: before for unit_id, before in session.execute(wanted) if before}


def _gaps(unit: Then, holders: tuple[Holder, ...], roles: dict[int, list[Role]]) -> tuple[str, ...]:
    held = {holder.role for holder in holders}
    gaps = [
        f"缺{networks.short_role(role)}"
        for role in roles.get(unit.level, [])
        if role.is_needed and role.key not in held
    ]
    return (*gaps, *(f"{holder.name} 没有电话" for holder in holders if not holder.phone))


def photos(office: Office, holders: tuple[Holder, ...]) -> dict[int, bytes]:
    """Small photos by staff id."""
    with office.read() as session:
        found = {holder.staff_id: attachments.data_of(session, holder.photo_id, thumb=True) for holder in holders}
    return {number: data for number, data in found.items() if data}
