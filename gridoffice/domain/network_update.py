"""Bringing networks from files into an office: what is new comes in, what the office changed stays as it is.

What each file said when it was last taken in is kept with the office; a value is renewed only where the office still
has what the file said then.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.core.log import log
from gridoffice.db.office import Office
from gridoffice.domain import settings
from gridoffice.domain.network_files import NetworkFile, all_networks

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


def bring_in(session: Session, files: tuple[NetworkFile, ...]) -> list[str]:
    """Take in every file that is newer than what is there, in the unit at hand; the titles of those taken in."""
    waiting = _waiting(session, files)
    if not waiting:
        return []
    from gridoffice.domain import network_renewal

    kept = _kept(session)
    for made in waiting:
        network_renewal.renew(session, made, kept.get(made.key, {}))
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
        if not _waiting(session, files):
            return []
        from gridoffice.domain import network_renewal  # the networks' tables: seldom, and not while the window opens

        if not network_renewal.has_any(session):
            return []
    with office.unit("更新责任网", kind=SETUP) as session:
        return bring_in(session, files)
