"""A unit's card and the tree: what the page shows, read at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.db.audit import AuditChange, AuditUnit
from gridoffice.db.office import Office
from gridoffice.domain import attachments, networks, work
from gridoffice.domain.grids import GRID, TOWN, GridLevel, GridUnit, ancestors, subtree
from gridoffice.domain.networks import Holder
from gridoffice.domain.people import LIVING, Household, Resident
from gridoffice.domain.premises import Premises


@dataclass(frozen=True)
class TreeNode:
    """One unit for the tree: `beside` is the responsible person or the number of units below, `gap` what is missing."""

    id: int
    parent: int | None
    name: str
    beside: str
    gap: str


@dataclass(frozen=True)
class UnitCard:
    """Everything a unit's card shows; figures are of the whole subtree, None where nothing is reported."""

    id: int
    name: str
    level: int
    level_title: str
    code: str
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
    premises: int
    open_cases: int
    late_cases: int
    grids: int
    children: int
    holders: tuple[Holder, ...]
    history: tuple[tuple[str, str], ...]
    gaps: tuple[str, ...]


def tree(office: Office) -> list[TreeNode]:
    """All units, parents before children, with who is responsible today."""
    with office.read() as session:
        units = session.scalars(
            select(GridUnit).order_by(GridUnit.level, GridUnit.sort, GridUnit.code, GridUnit.id)
        ).all()
        held: dict[int, dict[str, str]] = {}
        for holder in networks.holders(session, office.today(), network=networks.GENERAL):
            held.setdefault(holder.unit_id, {}).setdefault(holder.role, holder.name)
    below: dict[int, int] = {}
    for unit in units:
        if unit.parent_id is not None:
            below[unit.parent_id] = below.get(unit.parent_id, 0) + 1
    names = {unit.id: unit.name for unit in units}
    return [_node(unit, held.get(unit.id, {}), below.get(unit.id, 0), names) for unit in units]


def _node(unit: GridUnit, held: dict[str, str], below: int, names: dict[int, str]) -> TreeNode:
    above = names.get(unit.parent_id, "") if unit.parent_id is not None else ""
    name = unit.name.removeprefix(above) or unit.name
    if unit.level < GRID:
        return TreeNode(unit.id, unit.parent_id, name, str(below) if below else "", "")
    worker = held.get(networks.WORKER, "")
    return TreeNode(unit.id, unit.parent_id, name, worker, "" if worker else "缺A岗")


def card(office: Office, unit_id: int) -> UnitCard | None:
    """The card of a unit; None when it is gone."""
    with office.read() as session:
        unit = session.get(GridUnit, unit_id)
        return _card(session, unit, office.today()) if unit is not None else None


def _card(session: Session, unit: GridUnit, on: date) -> UnitCard:
    ids = list(session.scalars(select(subtree(unit.id).c.id)))
    inside = GridUnit.id.in_(ids)
    reported = (GridUnit.households, GridUnit.persons, GridUnit.party_members, GridUnit.organisations)
    figures = session.execute(
        select(*(func.sum(column) for column in reported)).where(inside, GridUnit.level >= GRID)
    ).one()
    if unit.level >= GRID:
        figures = (unit.households, unit.persons, unit.party_members, unit.organisations)  # type: ignore[assignment]
    is_open = work.Case.state != work.CLOSED
    holders = tuple(networks.holders(session, on, unit_ids=[unit.id]))
    title = session.scalar(select(GridLevel.title).where(GridLevel.rank == unit.level)) or ""
    count = func.count
    return UnitCard(
        id=unit.id,
        name=unit.name,
        level=unit.level,
        level_title=title,
        code=unit.code or "",
        where=" · ".join(above.name for above in ancestors(session, unit)),
        groups=unit.groups,
        boundary=unit.boundary,
        note=unit.note,
        households=figures[0],
        persons=figures[1],
        party_members=figures[2],
        organisations=figures[3],
        residents=session.scalar(
            select(count(Resident.id)).where(Resident.unit_id.in_(ids), Resident.state == LIVING)
        ) or 0,
        registered_households=session.scalar(select(count(Household.id)).where(Household.unit_id.in_(ids))) or 0,
        premises=session.scalar(select(count(Premises.id)).where(Premises.unit_id.in_(ids))) or 0,
        open_cases=session.scalar(select(count(work.Case.id)).where(work.Case.unit_id.in_(ids), is_open)) or 0,
        late_cases=session.scalar(
            select(count(work.Case.id)).where(work.Case.unit_id.in_(ids), work.is_late(on))
        ) or 0,
        grids=session.scalar(select(count(GridUnit.id)).where(inside, GridUnit.level == GRID)) or 0,
        children=session.scalar(select(count(GridUnit.id)).where(GridUnit.parent_id == unit.id)) or 0,
        holders=holders,
        history=_history(session, unit.id),
        gaps=_gaps(unit, holders),
    )  # fmt: skip


def _history(session: Session, unit_id: int) -> tuple[tuple[str, str], ...]:
    """The last changes of a unit in the office's words: day, and what was done by whom."""
    found = (
        select(AuditUnit.at, AuditUnit.name, AuditUnit.who)
        .join(AuditChange, AuditChange.unit_id == AuditUnit.id)
        .where(AuditChange.table_name == GridUnit.__tablename__, AuditChange.row_id == unit_id)
        .where(AuditChange.op != "bulk")
        .order_by(AuditUnit.id.desc())
        .limit(6)
    )
    return tuple((f"{at:%Y-%m-%d}", f"{name}（{who}）") for at, name, who in session.execute(found))


def _gaps(unit: GridUnit, holders: tuple[Holder, ...]) -> tuple[str, ...]:
    if unit.level <= TOWN:
        return ()
    roles = {holder.role for holder in holders}
    wanted = (
        {networks.WORKER: "缺A岗", networks.STAND_IN: "缺B岗"}
        if unit.level == GRID
        else {networks.HEAD: "缺村级网格长"}
    )
    gaps = [] if unit.level > GRID else [word for key, word in wanted.items() if key not in roles]
    gaps += [f"{holder.name} 没有电话" for holder in holders if not holder.phone]
    return tuple(gaps)


def photos(office: Office, holders: tuple[Holder, ...]) -> dict[int, bytes]:
    """Small photos by staff id."""
    with office.read() as session:
        found = {holder.staff_id: attachments.data_of(session, holder.photo_id, thumb=True) for holder in holders}
    return {number: data for number, data in found.items() if data}
