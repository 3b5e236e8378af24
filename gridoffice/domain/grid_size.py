"""How large a grid should be and how many posts one person may hold: the office's choice among named presets."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from gridoffice.domain import settings

SIZE, MOST = "grid_size", "most_posts"
"""Keys of the office settings."""
MOST_POSTS = 4
"""[design]: reference 1.2 §3 wants 一员多岗 and names no number; more than four are worth a look."""


@dataclass(frozen=True)
class Preset:
    """Least and most households and persons of a grid (None: no bound)."""

    key: str
    title: str
    households: tuple[int | None, int | None] = (None, None)
    persons: tuple[int | None, int | None] = (None, None)


PRESETS = (
    Preset("default", "50–500户，不超过1500人（通用）", (50, 500), (None, 1500)),  # reference 3, suggested default
    Preset("tiexi", "50–100户（铁西街）", (50, 100)),  # reference 3: 003 §3
    Preset("about300", "≈300户", (200, 400)),  # reference 3: 001 §2; a third more or less is [design]
    Preset("tangxi", "150–300户 500–1000人", (150, 300), (500, 1000)),  # reference 3: 001 §3
    Preset("rural", "≥700人（农村）", persons=(700, None)),  # reference 3: 002 §2
    Preset("none", "不检查规模"),
)


def preset(session: Session) -> Preset:
    """The office's preset."""
    key = settings.get(session, SIZE)
    return next((one for one in PRESETS if one.key == key), PRESETS[0])


def most_posts(session: Session) -> int:
    """How many posts one person may hold before it counts as a finding."""
    text = settings.get(session, MOST)
    return int(text) if text.isdigit() and int(text) > 0 else MOST_POSTS
