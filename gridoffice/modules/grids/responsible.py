"""Who is responsible for a unit on the day looked at, network by network: holders, who is away, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.db.office import Office
from gridoffice.domain import duty, networks
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.networks import GENERAL, Holder, Role
from gridoffice.domain.staff import Staff, serving


@dataclass(frozen=True)
class Seat:
    """A holder with a state "tone|word": 在岗, 请假至11月28日，由李秀兰代, 已离岗."""

    holder: Holder
    state: str


@dataclass(frozen=True)
class Post:
    """A role at the unit with who holds it; `word` is its short name for a gap."""

    role_id: int
    title: str
    word: str
    is_needed: bool
    is_stand_in: bool
    seats: tuple[Seat, ...]

    @property
    def gap(self) -> str:
        """缺A岗, or "" when somebody holds it or nobody needs to."""
        return f"缺{self.word}" if self.is_needed and not self.seats else ""


@dataclass(frozen=True)
class Part:
    """A network at the unit; `level` is what the network calls the unit's level."""

    key: str
    title: str
    level: str
    posts: tuple[Post, ...]

    @property
    def people(self) -> int:
        """How many persons hold a post."""
        return len({seat.holder.staff_id for post in self.posts for seat in post.seats})

    @property
    def gaps(self) -> tuple[str, ...]:
        """What is missing, the more pressing first."""
        missing = sorted((post for post in self.posts if post.gap), key=lambda post: post.is_stand_in)
        return tuple(post.gap for post in missing)


def used_networks(office: Office) -> list[tuple[str, str]]:
    """Keys and titles of the networks in use, in their order."""
    with office.read() as session:
        return [(network.key, network.title) for network in networks.used(session)]


def parts(office: Office, unit_id: int, first: str = GENERAL) -> list[Part]:
    """All networks in use at a unit on the day looked at, the chosen one first; [] when the unit did not stand."""
    day = office.day()
    with office.read() as session:
        unit = session.get(GridUnit, unit_id)
        if unit is None or not _stands(unit, day):
            return []
        held = networks.holders(session, day, unit_ids=[unit_id])
        states = _states(session, day, unit_id, {one.staff_id for one in held})
        found = [
            Part(
                network.key,
                network.title,
                networks.level_titles(session, network.key).get(unit.level, ""),
                _posts(
                    networks.roles(session, network.key), unit, [h for h in held if h.network == network.key], states
                ),
            )
            for network in networks.used(session)
        ]
    return sorted(found, key=lambda part: part.key != first)


def _stands(unit: GridUnit, day: date) -> bool:
    return (unit.start is None or unit.start <= day) and (unit.end is None or unit.end >= day)


def _posts(roles: list[Role], unit: GridUnit, held: list[Holder], states: dict[int, str]) -> tuple[Post, ...]:
    """The roles of the unit's level, and those of another level that somebody holds there (an import may say so)."""
    found = []
    for role in roles:
        seats = tuple(Seat(one, states[one.staff_id]) for one in held if one.role_id == role.id)
        if role.level == unit.level or seats:
            needed = role.is_needed and role.level == unit.level
            found.append(Post(role.id, role.title, networks.short_role(role), needed, role.is_stand_in, seats))
    return tuple(found)


def _states(session: Session, day: date, unit_id: int, staff_ids: set[int]) -> dict[int, str]:
    """Whether each person is at work that day, and who does the work of who is not."""
    here = set(session.scalars(select(Staff.id).where(Staff.id.in_(staff_ids), serving(day))))
    at = duty.on_duty(session, day, [unit_id]).get(unit_id)
    found = {who: "done|在岗" if who in here else "late|已离岗" for who in staff_ids}
    for away in duty.absences(session, day, day):
        if away.staff_id in here:
            found[away.staff_id] = f"soon|请假至{away.end.month}月{away.end.day}日" + (
                f"，由{away.stand_in}代" if away.stand_in else ""
            )
    if at is not None and at.absent_id in here and at.note:
        found[at.absent_id or 0] = f"soon|{at.note}"
    return found


def stand_in_role(office: Office, unit_id: int) -> int | None:
    """The general network's stand-in role for a unit, None when its level has none."""
    with office.read() as session:
        unit = session.get_one(GridUnit, unit_id)
        found = [role for role in networks.roles(session, GENERAL, level=unit.level) if role.is_stand_in]
    return found[0].id if found else None
