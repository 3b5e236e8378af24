"""What a new office starts with: levels, responsibility networks, the township, its name."""

from __future__ import annotations

import tomllib
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.core.text import pinyin
from gridoffice.db.office import Office
from gridoffice.domain import settings
from gridoffice.domain.grids import LEVELS, TOWN, GridLevel, GridUnit
from gridoffice.domain.networks import Network, Role

ROLE_KEYS = {"key", "title", "level", "rank", "is_stand_in", "is_public", "is_single", "is_needed"}


def networks() -> list[dict[str, Any]]:
    """The shipped responsibility networks; raises OfficeError naming a file and an unknown key."""
    found = []
    for file in sorted((paths.forms() / "networks").glob("*.toml")):
        with file.open("rb") as opened:
            network = tomllib.load(opened)
        strange = set(network) - {"key", "title", "role"}
        strange |= {key for role in network["role"] for key in role} - ROLE_KEYS
        if strange:
            raise OfficeError(f"责任网文件“{file.name}”里有不认识的项：{'、'.join(sorted(strange))}")
        found.append(network)
    return found


def prepare(office: Office, *, name: str = "", code: str = "") -> None:
    """Make levels, networks and the township of a new office; what is there already is left as it is.

    Without a name there is no township yet: the first import brings it.
    """
    with office.unit(f"建立办公室：{name}" if name else "建立办公室") as session:
        _levels(session)
        _networks(session)
        if name:
            township(session, name, code)
            settings.put(session, "name", name)
            settings.put(session, "code", code)


def take_name(session: Session) -> None:
    """Let an office that has no name yet take its township's, in the unit at hand."""
    root = session.scalars(select(GridUnit).where(GridUnit.level == TOWN).order_by(GridUnit.id)).first()
    if root is not None and not settings.get(session, "name"):
        settings.put(session, "name", root.name)


def is_prepared(office: Office) -> bool:
    """Whether the office has its levels, that is, whether `prepare` ran."""
    with office.read() as session:
        return session.scalars(select(GridLevel.id).limit(1)).first() is not None


def _levels(session: Session) -> None:
    if session.scalars(select(GridLevel.id).limit(1)).first() is None:
        session.add_all(GridLevel(rank=rank, title=title) for rank, title in LEVELS.items())


def _networks(session: Session) -> None:
    known = set(session.scalars(select(Network.key)))
    for shipped in networks():
        if shipped["key"] in known:
            continue
        network = Network(key=shipped["key"], title=shipped["title"])
        session.add(network)
        session.flush()
        session.add_all(Role(network_id=network.id, **role) for role in shipped["role"])
    session.flush()


def township(session: Session, name: str, code: str = "") -> GridUnit:
    """The root of the tree; made when there is none."""
    root = session.scalars(select(GridUnit).where(GridUnit.level == TOWN).order_by(GridUnit.id)).first()
    if root is None:
        full, initials = pinyin(name)
        root = GridUnit(level=TOWN, name=name, code=code or None, pinyin=full, initials=initials)
        session.add(root)
        session.flush()
    return root
