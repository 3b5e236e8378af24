"""What was last asked of each paper, kept on this machine for each office."""

from __future__ import annotations

import json
from typing import Any

from gridoffice.core import settings as machine
from gridoffice.db.office import Office
from gridoffice.domain.scope import name_of

KEY = "paper_options"
LONGEST = 400  # characters of one value; a long choice of recipients is not kept


def read(office: Office) -> dict[str, dict[str, Any]]:
    """The options of each paper by its key."""
    found = _all().get(name_of(office), {})
    return {str(key): dict(value) for key, value in found.items() if isinstance(value, dict)}


def write(office: Office, maker: str, options: dict[str, Any]) -> None:
    """Keep what was asked of a paper; values that are not plain are left out."""
    plain = {key: value for key, value in options.items() if _is_plain(value)}
    every = _all()
    own = every.setdefault(name_of(office), {})
    if own.get(maker) != plain:
        own[maker] = plain
        machine.put(KEY, json.dumps(every, ensure_ascii=False, separators=(",", ":")))


def _is_plain(value: Any) -> bool:
    try:
        return len(json.dumps(value, ensure_ascii=False)) <= LONGEST
    except (TypeError, ValueError):
        return False


def _all() -> dict[str, dict[str, Any]]:
    try:
        found = json.loads(str(machine.get(KEY)) or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
