"""What a unit can be merged with or moved to: units of its level with their size and who is responsible; new codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.domain.grids import VILLAGE, GridUnit, children, current
from gridoffice.modules.grids import codes


@dataclass(frozen=True)
class Neighbour:
    """A unit of the same level: `text` with village and size, `size` in reported households."""

    id: int
    name: str
    text: str
    size: int
    holders: str


def of(office: Office, unit_id: int, *, across: bool = False) -> list[Neighbour]:
    """The unit and its siblings, or (`across`) all standing units of its level; its own village first."""
    with office.read() as session:
        unit = session.get_one(GridUnit, unit_id)
        found = list(children(session, unit.parent_id))
        if across:
            others = select(GridUnit).where(
                GridUnit.level == unit.level, current(), GridUnit.parent_id != unit.parent_id
            )
            found += session.scalars(others.order_by(GridUnit.parent_id, GridUnit.sort, GridUnit.code)).all()
        held: dict[int, list[str]] = {}
        for one in networks.holders(session, office.today(), unit_ids=[one.id for one in found]):
            held.setdefault(one.unit_id, []).append(f"{one.name}（{one.role_title.rpartition('（')[2].rstrip('）')}）")
        return [
            Neighbour(
                one.id,
                one.name,
                f"{one.name}　{one.households} 户" if one.households is not None else one.name,
                one.households or 0,
                "、".join(held.get(one.id, [])[:3]),
            )
            for one in found
        ]


def merged_code(office: Office, unit_ids: Sequence[int], into: int | None) -> str:
    """The code proposed for what units become: of a grid its first, of merged villages 601 onwards (reference 8.2)."""
    with office.read() as session:
        first = session.get_one(GridUnit, into if into is not None else unit_ids[0])
        if into is None and first.level == VILLAGE and len(unit_ids) > 1 and first.code:
            return codes.merged_village(session, first.code) or first.code
        return first.code or ""


def renumbered(office: Office, unit_ids: Sequence[int], code: str) -> dict[int, str]:
    """Codes of all grids under villages that become one with this code."""
    with office.read() as session:
        found = codes.renumbered(session, unit_ids, code)
        return {one: new for one, new in found.items() if session.get_one(GridUnit, one).code != new}


def parents(office: Office, unit_id: int) -> list[tuple[int, str]]:
    """Where a unit can be put: the standing units of the level above but its own, with their names."""
    with office.read() as session:
        unit = session.get_one(GridUnit, unit_id)
        wanted = select(GridUnit).where(GridUnit.level == unit.level - 1, current(), GridUnit.id != unit.parent_id)
        return [(one.id, one.name) for one in session.scalars(wanted.order_by(GridUnit.sort, GridUnit.code))]
