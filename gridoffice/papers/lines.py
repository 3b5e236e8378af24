"""Breaks Chinese text into lines: 禁则, marks compressed, Latin words and numbers whole, gaps spread evenly.

The rules are those of GB/T 15834-2011, 5.1 (where marks may stand), and of the usual 标点挤压: two marks side by side
give up the empty half between them, and a line begins and ends with the ink of a mark, not with its empty half.
Lengths inside a line are thousandths of the letter's size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from gridoffice.papers import fonts
from gridoffice.papers.fonts import Run

NOT_FIRST = set("，。、；：？！）》」』】〕〉”’…—·％%‰℃,.;:?!)]}")
NOT_LAST = set("（《「『【〔〈“‘([{")
OPENS, CLOSES = "（《「『【〔〈“‘", "，。、；：）》」』】〕〉”’"  # with an empty half at the left, at the right
UNITS = "年月日时分秒个户人名条件页号位次元万亿岁米栋层级"
HALF = 500
SQUEEZE = 250  # what a mark may give up so that one more sign fits
SPREAD = 90  # most that a gap is widened; beyond it a reader of the PDF would see blanks between signs

_CLASS = {name: f"[{re.escape(''.join(sorted(signs)))}]" for name, signs in (("first", NOT_FIRST), ("last", NOT_LAST))}
_CLUSTER = re.compile(
    rf"{_CLASS['last']}*(?:[!-~\u00c0-\u024f]+(?:(?<=\d)[{UNITS}])?| +|.){_CLASS['first']}*|{_CLASS['last']}+",
    re.DOTALL,
)
_SIDE_BY_SIDE = re.compile(f"[{CLOSES}](?=[{CLOSES}{OPENS}])|[{OPENS}](?=[{OPENS}])")
_LATIN = re.compile(r"(?<=[!-~\u00c0-\u024f])(?=[!-~\u00c0-\u024f])|(?<=—)(?=—)|(?<=…)(?=…)")
_MARKS = re.compile(f"[{CLOSES}{OPENS}]")


class Line(NamedTuple):
    """One line: its words, how far it is moved, what is taken away after some signs, and what is added after each."""

    text: str
    start: float = 0.0
    kerns: tuple[tuple[int, float], ...] = ()
    gap: float = 0.0

    @property
    def is_plain(self) -> bool:
        """Whether the line is drawn as any text."""
        return not self.kerns and not self.gap and not self.start


@lru_cache(maxsize=4_096)
def broken(text: str, face: str, size: float, room: float, indent: float = 0, *, spreads: bool = False) -> list[Line]:
    """A text in lines of `room` points, the first one shorter by `indent`; `spreads` makes full lines equally long.

    A line break in the text stays one. An endless word is cut where it must be; nothing is ever left out.
    """
    found: list[Line] = []
    most = room * 1000 / size
    for place, part in enumerate(text.split("\n")):
        found += _paragraph(fonts.seen(part), face, most, indent * 1000 / size if not place else 0, spreads)
    return found


def _paragraph(text: str, face: str, most: float, indent: float, spreads: bool) -> list[Line]:
    if fonts.units(face, text) <= most - indent and not _SIDE_BY_SIDE.search(text):
        return [Line(text)]
    found: list[Line] = []
    line, wide, room = "", 0.0, most - indent
    for cluster in _clusters(text, face, most):
        own = _width(cluster, face)
        both = wide + own - (HALF if line and _SIDE_BY_SIDE.match(line[-1] + cluster[0]) else 0)
        over = both - _empty_end(cluster) - room
        if not line or over <= 0 or (over <= _squeeze(line) and over < room - wide):
            line, wide = line + cluster, both
            continue
        found.append(_made(line, face, room, spreads, is_first=not found))
        line = cluster.lstrip(" ")
        room = most + (HALF if line[:1] and line[0] in OPENS else 0)
        wide = _width(line, face)
    if line or not found:
        found.append(_made(line, face, room, False, is_first=not found))
    return found


def _clusters(text: str, face: str, most: float) -> Iterator[str]:
    """What must not be parted; an endless one in pieces that fit."""
    for cluster in _CLUSTER.findall(text):
        while len(cluster) > 1 and _width(cluster, face) - _empty_end(cluster) > most:
            cut = len(cluster) - 1
            while cut > 1 and _width(cluster[:cut], face) > most:
                cut -= 1
            yield cluster[:cut]
            cluster = cluster[cut:]
        yield cluster


def _width(text: str, face: str) -> float:
    wide = fonts.units(face, text)
    return wide - HALF * len(_SIDE_BY_SIDE.findall(text)) if len(text) > 1 else wide


def _empty_end(text: str) -> float:
    return HALF if text[-1] in CLOSES else 0


def _squeeze(line: str) -> float:
    """What the marks of a line can give up together."""
    marks, paired = len(_MARKS.findall(line)), len(_SIDE_BY_SIDE.findall(line))
    return SQUEEZE * max(0, marks - 2 * paired)


def _made(line: str, face: str, room: float, spreads: bool, *, is_first: bool) -> Line:
    """The line with its marks compressed, squeezed into `room` or spread over it."""
    line = line.rstrip(" ")
    start = -HALF if line and line[0] in OPENS and not is_first else 0
    kerns: dict[int, float] = {match.start(): HALF for match in _SIDE_BY_SIDE.finditer(line)}
    wide = _width(line, face) - (_empty_end(line) if line else 0)
    over = wide - room
    if over > 0:
        free = [at.start() for at in _MARKS.finditer(line) if at.start() not in kerns and at.start() + 1 < len(line)]
        giving = _giving(line, free, kerns)
        for place in giving:
            kerns[place] = kerns.get(place, 0) + over / len(giving)
        return Line(line, start, tuple(sorted(kerns.items())))
    gap = 0.0
    if spreads and len(line) > 1:
        inside = {match.start() - 1 for match in _LATIN.finditer(line)}
        gap = -over / max(len(line) - 1 - len(inside), 1)
        if gap > SPREAD:
            gap = 0.0
        elif gap:
            for place in inside:
                kerns[place] = kerns.get(place, 0) + gap
    return Line(line, start, tuple(sorted(kerns.items())), gap)


def _giving(line: str, free: list[int], kerns: dict[int, float]) -> list[int]:
    """After which signs something can be taken away: after a closing mark, before an opening one."""
    found = [place if line[place] in CLOSES else place - 1 for place in free if line[place] in CLOSES or place]
    return sorted({place for place in found if kerns.get(place, 0) < HALF})


def shown(face: str, line: Line) -> Iterator[tuple[Run, str]]:
    """The runs of a line with what stands in the brackets of a TJ operator (ISO 32000-1, 9.4.3)."""
    kerns, at = dict(line.kerns), 0
    for run in fonts.encoded(face, line.text):
        parts, begun = [], 0
        for place in range(len(run.text)):
            if at + place in kerns:
                parts.append(f"<{run.code[4 * begun : 4 * place + 4]}>{kerns[at + place]:.0f}")
                begun = place + 1
        if begun < len(run.text):
            parts.append(f"<{run.code[4 * begun :]}>")
        yield run, "".join(parts)
        at += len(run.text)
