"""The order in which doors are walked: by lane and house number as they are read, 3组6号 before 3组12号."""

from __future__ import annotations

import re

from gridoffice.core.text import narrow

_FIGURES = {letter: value for value, letter in enumerate("一二三四五六七八九", 1)}
_WRITTEN = re.compile(r"[一二三四五六七八九十]+(?=[组队号栋幢巷弄社单层])")
Part = tuple[int, int, str]


def _number(written: re.Match[str]) -> str:
    """十二 as 12; up to 99, as groups and lanes are counted."""
    tens, ten, ones = written.group().partition("十")
    if not ten:
        return str(_FIGURES[tens]) if len(tens) == 1 else written.group()
    return str(10 * _FIGURES.get(tens, 1) + _FIGURES.get(ones, 0))


def lane_key(address: str) -> tuple[Part, ...]:
    """What an address is sorted by; an empty one comes last."""
    text = _WRITTEN.sub(_number, narrow(address).strip())
    if not text:
        return ((2, 0, ""),)
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"(\d+)", text) if part)
