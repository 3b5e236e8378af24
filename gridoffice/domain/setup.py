"""What a new office starts with: levels, responsibility networks, the township, its name."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.text import pinyin
from gridoffice.db.office import Office
from gridoffice.domain import network_files, network_update, settings
from gridoffice.domain.grids import LEVELS, TOWN, GridLevel, GridUnit


def prepare(office: Office, *, name: str = "", code: str = "") -> None:
    """Make levels, networks and the township of a new office; what is there already is left as it is.

    Without a name there is no township yet: the first import brings it.
    """
    with office.unit(f"建立办公室：{name}" if name else "建立办公室") as session:
        _levels(session)
        network_update.bring_in(session, network_files.all_networks()[0])
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


def township(session: Session, name: str, code: str = "") -> GridUnit:
    """The root of the tree; made when there is none."""
    root = session.scalars(select(GridUnit).where(GridUnit.level == TOWN).order_by(GridUnit.id)).first()
    if root is None:
        full, initials = pinyin(name)
        root = GridUnit(level=TOWN, name=name, code=code or None, pinyin=full, initials=initials)
        session.add(root)
        session.flush()
    return root
