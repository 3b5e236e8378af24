"""Responsibility networks: the same tree seen through one set of roles, and who holds which role from when to when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    ForeignKey,
    Integer,
    Select,
    String,
    Text,
    UniqueConstraint,
    and_,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from gridoffice.db.base import Record
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.staff import Staff

GENERAL = "zongzhi"
"""Key of the network every office has: 综治网格."""

CHIEF, HEAD, WORKER, STAND_IN, ASSISTANT = "chief", "head", "worker", "stand_in", "assistant"


class Network(Record):
    """A responsibility network, for instance 综治网格; its roles are data."""

    __tablename__ = "network"

    key: Mapped[str] = mapped_column(String(30), unique=True)
    title: Mapped[str] = mapped_column(String(40))
    rank: Mapped[int] = mapped_column(Integer, default=0)
    is_used: Mapped[bool] = mapped_column(Boolean, default=True)


class NetworkLevel(Record):
    """What a network calls a level of the tree where it has a word of its own: 大网格, 中网格, 小网格."""

    __tablename__ = "network_level"
    __table_args__ = (UniqueConstraint("network_id", "level"), {"sqlite_autoincrement": True})

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    level: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(String(20))


class Role(Record):
    """A role of a network, held at units of one level; `is_public`: may stand on boards and cards.

    `is_single`: one holder at a time; `is_needed`: a unit of that level without a holder is a gap.
    """

    __tablename__ = "network_role"
    __table_args__ = (UniqueConstraint("network_id", "key"), {"sqlite_autoincrement": True})

    network_id: Mapped[int] = mapped_column(ForeignKey("network.id"))
    key: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(40))
    level: Mapped[int] = mapped_column(Integer)
    rank: Mapped[int] = mapped_column(Integer, default=0)
    is_stand_in: Mapped[bool] = mapped_column(Boolean, default=False)
    is_public: Mapped[bool] = mapped_column(Boolean, default=True)
    is_single: Mapped[bool] = mapped_column(Boolean, default=True)
    is_needed: Mapped[bool] = mapped_column(Boolean, default=False)
    duties: Mapped[str] = mapped_column(Text, default="")


class Assignment(Record):
    """Who holds a role at a unit, from a day (None: since ever) to a day (None: still)."""

    __tablename__ = "assignment"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    role_id: Mapped[int] = mapped_column(ForeignKey("network_role.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("grid_unit.id"), index=True)
    start: Mapped[date | None] = mapped_column(Date)
    end: Mapped[date | None] = mapped_column(Date)


@dataclass(frozen=True)
class Holder:
    """A person in a role at a unit on a day."""

    assignment_id: int
    staff_id: int
    unit_id: int
    unit: str
    role: str
    role_title: str
    name: str
    phone: str
    post: str
    photo_id: int | None
    start: date | None
    is_stand_in: bool
    network: str = GENERAL
    network_title: str = ""
    end: date | None = None
    role_id: int = 0


def in_force(day: Any) -> ColumnElement[bool]:
    """Whether an assignment holds on a day (a date or a bound parameter)."""
    begun = or_(Assignment.start.is_(None), Assignment.start <= day)
    return and_(begun, or_(Assignment.end.is_(None), Assignment.end >= day))


def _on(day: date) -> Select[Assignment, Role, Network, Staff, GridUnit]:
    """Assignments in force on a day, with role, network, person and unit, the higher role first."""
    return (
        select(Assignment, Role, Network, Staff, GridUnit)
        .join(Role, Assignment.role_id == Role.id)
        .join(Network, Role.network_id == Network.id)
        .join(Staff, Assignment.staff_id == Staff.id)
        .join(GridUnit, Assignment.unit_id == GridUnit.id)
        .where(in_force(day))
        .order_by(Network.rank, Network.id, Role.rank, Assignment.start, Assignment.id)
    )


def holders(
    session: Session, day: date, *, unit_ids: list[int] | None = None, staff_id: int | None = None,
    network: str | None = None,
) -> list[Holder]:  # fmt: skip
    """Who is responsible on a day: at some units, or all posts of one person; the higher role first.

    Without a network named, those of all networks in use.
    """
    wanted = _on(day).where(Network.is_used if network is None else Network.key == network)
    if unit_ids is not None:
        wanted = wanted.where(Assignment.unit_id.in_(unit_ids))
    if staff_id is not None:
        wanted = wanted.where(Assignment.staff_id == staff_id)
    return [
        Holder(
            a.id,
            s.id,
            u.id,
            u.name,
            r.key,
            r.title,
            s.name,
            s.phone,
            s.post,
            s.photo_id,
            a.start,
            r.is_stand_in,
            n.key,
            n.title,
            a.end,
            r.id,
        )
        for a, r, n, s, u in session.execute(wanted)
    ]


def role(session: Session, key: str, network: str = GENERAL) -> Role:
    """A role by its key."""
    wanted = select(Role).join(Network, Role.network_id == Network.id).where(Network.key == network, Role.key == key)
    return session.scalars(wanted).one()


def used(session: Session) -> list[Network]:
    """The networks the office works with, in their order."""
    return list(session.scalars(select(Network).where(Network.is_used).order_by(Network.rank, Network.id)))


def use(session: Session, key: str) -> None:
    """Work with a network from now on, in the unit at hand."""
    session.scalars(select(Network).where(Network.key == key)).one().is_used = True


def roles(session: Session, network: str | None = None, *, level: int | None = None) -> list[Role]:
    """The roles of a network (None: of all in use), perhaps of one level, in their order."""
    wanted = select(Role).join(Network, Role.network_id == Network.id)
    wanted = wanted.where(Network.is_used if network is None else Network.key == network)
    if level is not None:
        wanted = wanted.where(Role.level == level)
    return list(session.scalars(wanted.order_by(Network.rank, Network.id, Role.rank, Role.id)))


def short_role(role: Role) -> str:
    """A role in a gap's few words: A岗 or B岗 where its title says so, else the title."""
    found = re.search(r"（([AB]岗)）$", role.title)
    return found[1] if found else role.title


def level_titles(session: Session, network: str) -> dict[int, str]:
    """What a network calls the levels for which it has a word of its own."""
    wanted = (
        select(NetworkLevel.level, NetworkLevel.title)
        .join(Network, NetworkLevel.network_id == Network.id)
        .where(Network.key == network)
    )
    return {level: title for level, title in session.execute(wanted)}
