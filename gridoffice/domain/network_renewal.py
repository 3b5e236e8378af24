"""Takes what a network's file says newly into the office: what the office left as the file said follows it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.domain.network_files import NetworkFile, RoleFile
from gridoffice.domain.networks import Network, NetworkLevel, Role


def has_any(session: Session) -> bool:
    """Whether the office has networks at all."""
    return session.scalars(select(Network.id).limit(1)).first() is not None


def _renew(record: Any, said: dict[str, Any], before: dict[str, Any]) -> None:
    """Set what the office left as the file said; without knowing what it said, fill only what is empty."""
    for key, value in said.items():
        now = getattr(record, key)
        if now != value and (now == before[key] if key in before else now == ""):
            setattr(record, key, value)


def renew(session: Session, made: NetworkFile, before: dict[str, Any]) -> None:
    """Take one file in; `before`: what it said the last time."""
    network = session.scalars(select(Network).where(Network.key == made.key)).first()
    if network is None:
        network = Network(key=made.key, title=made.title, rank=made.rank, is_used=made.is_used)
        session.add(network)
        session.flush()
        before = {}
    else:
        network.rank = network.rank or made.rank
        _renew(network, {"title": made.title, "rank": made.rank}, before)
    _levels(session, network, made, before)
    _roles(session, network, made, before)


def _levels(session: Session, network: Network, made: NetworkFile, before: dict[str, Any]) -> None:
    known = {
        one.level: one for one in session.scalars(select(NetworkLevel).where(NetworkLevel.network_id == network.id))
    }
    said = before.get("levels", {})
    for level in made.levels:
        if level.level in known:
            old = {"title": said[str(level.level)]} if str(level.level) in said else {}
            _renew(known[level.level], {"title": level.title}, old)
        elif str(level.level) not in said:  # one that was there and is gone, the office took out
            session.add(NetworkLevel(network_id=network.id, level=level.level, title=level.title))


def _roles(session: Session, network: Network, made: NetworkFile, before: dict[str, Any]) -> None:
    known = {role.key: role for role in session.scalars(select(Role).where(Role.network_id == network.id))}
    said = before.get("roles", {})
    for role in made.roles:
        values = {key: value for key, value in asdict(role).items() if key != "key"}
        if role.key in known:
            _renew(known[role.key], values, said.get(role.key, {}))
        elif role.key not in said:
            session.add(_new(network, role))


def _new(network: Network, role: RoleFile) -> Role:
    return Role(network_id=network.id, **asdict(role))
