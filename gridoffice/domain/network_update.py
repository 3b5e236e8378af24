"""Bringing networks from files into an office: what is new comes in, what the office changed stays as it is.

What each file said when it was last taken in is kept with the office; a value is renewed only where the office still
has what the file said then.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.log import log
from gridoffice.db.office import Office
from gridoffice.domain import settings
from gridoffice.domain.network_files import NetworkFile, RoleFile, all_networks
from gridoffice.domain.networks import Network, NetworkLevel, Role

KEPT = "networks"
"""Key of the office setting that keeps what the files said; it stands on no page."""
SETUP = "setup"
"""Kind of the unit: the program's own step, which Ctrl+Z leaves alone (the next opening would bring it back)."""


def _said(made: NetworkFile) -> dict[str, Any]:
    """A file's words as they are kept."""
    return {
        "version": made.version,
        "title": made.title,
        "rank": made.rank,
        "levels": {str(one.level): one.title for one in made.levels},
        "roles": {role.key: {k: v for k, v in asdict(role).items() if k != "key"} for role in made.roles},
    }


def _kept(session: Session) -> dict[str, Any]:
    text = settings.get(session, KEPT)
    found = json.loads(text) if text else {}
    return found if isinstance(found, dict) else {}


def _waiting(session: Session, files: tuple[NetworkFile, ...]) -> list[NetworkFile]:
    """The files that say something newer than what was taken in."""
    kept = _kept(session)
    return [made for made in files if made.version > kept.get(made.key, {}).get("version", 0)]


def _renew(record: Any, said: dict[str, Any], before: dict[str, Any]) -> None:
    """Set what the office left as the file said; without knowing what it said, fill only what is empty."""
    for key, value in said.items():
        now = getattr(record, key)
        if now != value and (now == before[key] if key in before else now == ""):
            setattr(record, key, value)


def _network(session: Session, made: NetworkFile, before: dict[str, Any]) -> None:
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


def bring_in(session: Session, files: tuple[NetworkFile, ...]) -> list[str]:
    """Take in every file that is newer than what is there, in the unit at hand; the titles of those taken in."""
    waiting = _waiting(session, files)
    if not waiting:
        return []
    kept = _kept(session)
    for made in waiting:
        _network(session, made, kept.get(made.key, {}))
        kept[made.key] = _said(made)
    session.flush()
    settings.put(session, KEPT, json.dumps(kept, ensure_ascii=False, sort_keys=True))
    return [made.title for made in waiting]


def update(office: Office) -> list[str]:
    """Bring an office that was just opened up to the networks of this program; the titles of those taken in.

    A second call finds nothing to do. A broken file of the office's own is left out and told in the log.
    """
    files, problems = all_networks()
    for problem in problems:
        log.warning(problem)
    with office.read() as session:
        has_any = session.scalars(select(Network.id).limit(1)).first() is not None
        if not has_any or not _waiting(session, files):
            return []
    with office.unit("更新责任网", kind=SETUP) as session:
        return bring_in(session, files)
