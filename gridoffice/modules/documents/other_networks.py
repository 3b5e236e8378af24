"""The other responsibility networks as public papers show them: doctor, fire, forest, party beside the grid's own."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.domain.grids import GridUnit
from gridoffice.modules.documents import public, roll
from gridoffice.modules.documents.roll import Roll, Seat
from gridoffice.papers.board_view import PostView

SHOWN = ("village_doctor", "health_head", "fire_assistant", "forest_ranger", "party_leader")
"""Roles residents look for on their grid's board, in this order (reference 10.2: 民警、医生、物业)."""


@dataclass(frozen=True)
class Used:
    """A network the office works with."""

    key: str
    title: str


def used(office: Office, key: str) -> Used:
    """A network in use; raises OfficeError when the office does not work with it."""
    with office.read() as session:
        found = next((one for one in networks.used(session) if one.key == key), None)
        if found is None:
            known = session.scalars(select(networks.Network).where(networks.Network.key == key)).first()
            title = known.title if known is not None else key
            raise OfficeError(f"本办还没有用“{title}”这张责任网", do="请在 设置 → 责任网 里启用，再安排人员")
        return Used(found.key, found.title)


def seats(office: Office) -> dict[int, list[Seat]]:
    """The public seats of all networks in use but the general one, by unit."""
    found = roll.read(office, photos=False, network=None).seats
    with office.read() as session:
        general = {one.key for one in networks.roles(session, networks.GENERAL)}
    return {unit: [seat for seat in held if seat.role not in general] for unit, held in found.items()}


def posts(office: Office, found: Roll, unit: GridUnit) -> tuple[PostView, ...]:
    """Those of other networks whom a grid's residents may call: at the grid, else at its village."""
    held, village = seats(office), found.village_of(unit)
    here = [*held.get(unit.id, []), *(held.get(village.id, []) if village is not None else [])]
    people: dict[int, Seat] = {}
    for role in SHOWN:
        seat = next((one for one in here if one.role == role), None)
        if seat is not None:
            people.setdefault(seat.staff_id, seat)
    with office.read() as session:
        found.photos |= roll.photos_of(session, [one for one in people if one not in found.photos], large=True)
    return tuple(
        PostView(seat.role_title, "", public.person(found, seat, post=seat.role_title)) for seat in people.values()
    )
