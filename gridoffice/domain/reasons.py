"""Why full numbers are looked at or taken out: the short lists of reasons, and how long a record stays open."""

from __future__ import annotations

import tomllib
from functools import lru_cache

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import settings

LONGEST = 60
"""Minutes a revealed record may stay open at most."""


@lru_cache(maxsize=1)
def _data() -> dict[str, list[str]]:
    with (paths.resources() / "lists" / "reveal_reasons.toml").open("rb") as file:
        return tomllib.load(file)


def reveal_reasons() -> tuple[str, ...]:
    """Reasons for looking at one record's numbers."""
    return tuple(_data()["reveal"])


def output_reasons() -> tuple[str, ...]:
    """Reasons for printing or saving a list with full numbers."""
    return tuple(_data()["output"])


def minutes_of(text: str) -> float:
    """Minutes from a setting's text; raises OfficeError when it is no number above nought and up to an hour."""
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0.0
    if not 0 < minutes <= LONGEST:
        raise OfficeError(f"时长要填 1 到 {LONGEST} 之间的分钟数", safe="设置没有改动", do="例如 5")
    return minutes


def open_seconds(office: Office) -> float:
    """How long a revealed record stays open, in seconds."""
    with office.read() as session:
        text = settings.get(session, "reveal_minutes")
    try:
        return minutes_of(text) * 60
    except OfficeError:
        return 300.0


def set_minutes(office: Office, text: str) -> None:
    """Keep for how many minutes a revealed record stays open; raises OfficeError."""
    minutes_of(text)
    with office.unit(f"修改设置：看完整号码后 {text} 分钟遮住") as session:
        settings.put(session, "reveal_minutes", text)
