"""Kinds of points on a map, from `resources/lists/map_points.toml`; the office's own file in its data folder wins."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError

FILE = "map_points.toml"
FIELDS = ("#BBD6F2", "#FBDDA8", "#D9C8EC", "#C9E5C2", "#F3C3BF")
LINES = ("#1F5C9E", "#8F5A00", "#62458F", "#2F6B2F", "#9C332B")
"""Tints of outlines and their lines, the same on screen and paper; names stand inside, so that nobody needs them."""
SIGNS = ("circle", "square", "diamond", "triangle", "house", "drop", "north")
WATER, PLACE, OTHER, NORTH = "water", "place", "other", "north"
"""The group of fire water (reference 1.3 §6), and kinds that the program itself asks for."""


@dataclass(frozen=True)
class PointKind:
    """A kind of point: its sign is a shape with a letter in it, so that nobody has to tell colours apart.

    `is_public`: drawn on boards and printed maps; `is_named`: its name may stand there too.
    """

    key: str
    title: str
    group: str
    sign: str
    letter: str
    colour: str
    is_public: bool
    is_named: bool
    premises: tuple[str, ...] = ()


def kinds() -> dict[str, PointKind]:
    """All kinds by key, in their order; raises OfficeError naming file, kind and key when one is not as it must be."""
    own = paths.data() / "lists" / FILE
    place = own if own.is_file() else paths.resources() / "lists" / FILE
    return dict(_read(place, place.stat().st_mtime_ns))


def kind(key: str) -> PointKind:
    """A kind; one that the office has taken out of its list is shown as 其他."""
    found = kinds()
    return found.get(key) or found[OTHER]


def of_premises(premises_kind: str) -> PointKind:
    """The kind of point that stands for a kind of premises."""
    found = kinds()
    return next((one for one in found.values() if premises_kind in one.premises), found[PLACE])


@lru_cache(maxsize=4)
def _read(place: Path, _changed: int) -> tuple[tuple[str, PointKind], ...]:
    try:
        found = tomllib.loads(place.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise OfficeError(f"点位种类文件“{place.name}”读不出来", do=f"请改正或删掉它再试（{error}）") from error
    made = [_kind(place, number, one) for number, one in enumerate(found.get("kind", []), 1)]
    keys = [one.key for one in made]
    lacking = [key for key in (PLACE, OTHER, NORTH) if key not in keys]
    if lacking or len(set(keys)) != len(keys):
        which = f"缺少 {'、'.join(lacking)}" if lacking else "有两个种类的 key 相同"
        raise OfficeError(f"点位种类文件“{place.name}”{which}", do="请照自带的文件改正")
    return tuple((one.key, one) for one in made)


TYPES = {
    "key": str, "title": str, "group": str, "sign": str, "letter": str, "colour": str, "public": bool, "named": bool,
    "premises": list,
}  # fmt: skip


def _kind(place: Path, number: int, found: Any) -> PointKind:
    where = f"点位种类文件“{place.name}”第 {number} 种"
    if not isinstance(found, dict):
        raise OfficeError(f"{where}写法不对", do="请照自带的文件改正")
    wrong = sorted((set(TYPES) - {"premises"} - set(found)) | (set(found) - set(TYPES)))
    wrong += [key for key, kind in TYPES.items() if key in found and not isinstance(found[key], kind)]
    if not wrong:
        wrong += ["sign"] if found["sign"] not in SIGNS else []
        wrong += ["letter"] if len(found["letter"]) != 1 else []
        wrong += ["colour"] if not _is_colour(found["colour"]) else []
        wrong += ["key"] if not 0 < len(found["key"]) <= 20 else []
    if wrong:
        raise OfficeError(f"{where}的 {'、'.join(wrong)} 缺少、多出或不对", do="请照自带的文件改正")
    return PointKind(
        found["key"], found["title"], found["group"], found["sign"], found["letter"], found["colour"],
        found["public"], found["named"], tuple(found.get("premises", ())),
    )  # fmt: skip


def _is_colour(text: str) -> bool:
    return len(text) == 7 and text[0] == "#" and all(letter in "0123456789abcdefABCDEF" for letter in text[1:])


def has_number(text: str) -> bool:
    """Whether a telephone or ID number stands in a title: seven digits or more, perhaps with blanks and dashes."""
    digits = 0
    for letter in text:
        digits = digits + 1 if letter.isdigit() else digits if letter in " -" else 0
        if digits >= 7:
            return True
    return False


def corners(sign: str) -> tuple[tuple[float, float], ...]:
    """The outline of a sign within (-1, -1) and (1, 1), y downwards; its letter stands in the middle."""
    turns = [place * math.pi / 16 for place in range(32)]
    circle = tuple((math.cos(turn), math.sin(turn)) for turn in turns)
    shapes = {
        "circle": circle,
        "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
        "diamond": ((0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)),
        "triangle": ((0.0, -1.5), (1.4, 0.95), (-1.4, 0.95)),
        "house": ((0.0, -1.45), (1.05, -0.65), (1.05, 0.95), (-1.05, 0.95), (-1.05, -0.65)),
        "drop": ((0.0, -1.7), *(circle[place] for place in (*range(28, 32), *range(0, 21)))),
        "north": ((0.0, -2.0), (1.0, 1.0), (0.0, 0.45), (-1.0, 1.0)),
    }
    return shapes[sign]
