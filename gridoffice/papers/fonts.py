"""The bundled faces: each character is drawn in the first face that has it, and every paper holds one part of each."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reportlab.pdfbase.ttfonts import TTFontFile

from gridoffice.core import paths

HEI, BOLD, SONG, KAI, FANG, RARE = "Hei", "HeiBold", "Song", "Kai", "Fang", "Rare"
FILES = {
    HEI: "NotoSansSC-Regular.ttf",
    BOLD: "NotoSansSC-Bold.ttf",
    SONG: "NotoSerifSC-Regular.ttf",
    KAI: "GridKai-Regular.ttf",
    FANG: "FandolFang-Regular.ttf",
    RARE: "HanaMinB.ttf",
}
FALLBACK = {
    HEI: (HEI, RARE),
    BOLD: (BOLD, RARE),
    SONG: (SONG, HEI, RARE),
    KAI: (KAI, SONG, HEI, RARE),
    FANG: (FANG, SONG, HEI, RARE),
}
"""The faces of each face, best first. 楷体 and 仿宋 hold GB 2312 and some common names; the rest stands in Song."""

UNKNOWN = "〓"
"""Drawn for a character that no face has; the paper's maker tells which these were."""

ASTRAL = 0xD800
"""First number in a paper for a character above U+FFFF: no character of the first plane stands there."""


_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]"
)


def seen(text: str) -> str:
    """A text without what has no look of its own: controls, joiners, marks that choose a variant of a character."""
    return _UNSEEN.sub("", text).replace("\t", " ").replace("\n", " ")


class Face:
    """A font file with the number each of its characters has in a paper.

    Up to U+FFFF that number is the character's own, so that a text is written as its UTF-16. The rare face has none of
    these: there the number is what lies above U+20000. In the others rare characters are counted from ASTRAL on.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.file = TTFontFile(str(paths.resources() / "fonts" / FILES[name]))
        self.postscript = FILES[name].removesuffix(".ttf")
        self._advances: dict[str, float] = {}
        self._numbers: dict[str, int] | None = None

    def has(self, char: str) -> bool:
        """Whether the face has a character."""
        return self.glyph(char) > 0

    def glyph(self, char: str) -> int:
        """The number of a character's glyph in the font file, 0 when there is none."""
        return int(self.file.charToGlyph.get(ord(char), 0))

    def advance(self, char: str) -> float:
        """A character's width in thousandths of its size."""
        if char not in self._advances:
            self._advances[char] = float(self.file.charWidths.get(ord(char), self.file.defaultWidth))
        return self._advances[char]

    def number(self, char: str) -> int:
        """What stands for a character in the text of a paper."""
        code = ord(char)
        if code <= 0xFFFF:
            return code
        if self.name == RARE:
            return code & 0xFFFF
        if self._numbers is None:
            rare = sorted(code for code in self.file.charToGlyph if code > 0xFFFF)
            self._numbers = {chr(code): ASTRAL + place for place, code in enumerate(rare)}
        return self._numbers[char]

    def encoded(self, text: str) -> str:
        """A text as hex digits, four for each character."""
        if text.isascii() or max(text) <= "\uffff":
            return text.encode("utf-16-be").hex()
        return "".join(f"{self.number(char):04x}" for char in text)


@lru_cache(maxsize=16)
def face(name: str) -> Face:
    """A face by its name; raises KeyError for a name that is none of ours."""
    return Face(name)


class _Places(dict[str, tuple[str, str, float]]):
    """For each character the face that has it, what is drawn for it, and how wide that is."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def __missing__(self, char: str) -> tuple[str, str, float]:
        found, drawn = self.name, UNKNOWN
        for option in FALLBACK[self.name]:
            if face(option).has(char):
                found, drawn = option, char
                break
        self[char] = (found, drawn, face(found).advance(drawn))
        return self[char]


_PLACES = {name: _Places(name) for name in FALLBACK}


class Run(NamedTuple):
    """Characters that stand in one face, and how they are written."""

    face: str
    text: str
    code: str


@lru_cache(maxsize=4_096)
def encoded(name: str, text: str) -> tuple[Run, ...]:
    """A text as runs of one face each, ready to be written."""
    places, found, start = _PLACES[name], [], 0
    drawn = [places[char] for char in seen(text)]
    for end in range(1, len(drawn) + 1):
        if end == len(drawn) or drawn[end][0] != drawn[start][0]:
            part = "".join(one[1] for one in drawn[start:end])
            found.append(Run(drawn[start][0], part, face(drawn[start][0]).encoded(part)))
            start = end
    return tuple(found)


def runs(name: str, text: str) -> tuple[tuple[str, str], ...]:
    """A text as pairs of face and characters."""
    return tuple((run.face, run.text) for run in encoded(name, text))


def missing(text: str) -> str:
    """The characters of a text that no face has."""
    places = _PLACES[HEI]
    return "".join(dict.fromkeys(c for c in seen(text) if c.isprintable() and places[c][1] == UNKNOWN != c))


@lru_cache(maxsize=16_384)
def units(name: str, text: str) -> float:
    """How wide a text is, in thousandths of its size."""
    places = _PLACES[name]
    return sum([places[char][2] for char in seen(text)])


def width(name: str, text: str, size: float) -> float:
    """How wide a text is, in points."""
    return units(name, text) * size / 1000
