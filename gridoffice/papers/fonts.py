"""The bundled faces, text cut into runs so that each character is drawn in the first face that has it."""

from __future__ import annotations

from functools import lru_cache

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts

from gridoffice.core import paths

rl_config.useA85 = 0  # binary streams: smaller and quicker

HEI, BOLD, SONG, RARE = "Hei", "HeiBold", "Song", "Rare"
FILES = {
    HEI: "NotoSansSC-Regular.ttf",
    BOLD: "NotoSansSC-Bold.ttf",
    SONG: "NotoSerifSC-Regular.ttf",
    RARE: "HanaMinB.ttf",
}
FALLBACK = {HEI: (HEI, RARE), BOLD: (BOLD, RARE), SONG: (SONG, HEI, RARE)}
UNKNOWN = "〓"
"""Drawn for a character that no face has; the paper's maker tells which these were."""


def _unicode_map(name: str, subset: list[int]) -> str:
    """A ToUnicode map as PDF 32000-1, 9.10.3 wants it: characters above U+FFFF as UTF-16 pairs.

    ReportLab writes them as five hex digits, so that 𬱖 comes back as another character; this takes its place.
    """
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(subset) - 1:02X}>",
        "endcodespacerange",
    ]
    pairs = [f"<{place:02X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for place, code in enumerate(subset)]
    for start in range(0, len(pairs), 100):  # a block holds a hundred at most
        block = pairs[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


ttfonts.makeToUnicodeCMap = _unicode_map


@lru_cache(maxsize=8)
def face(name: str) -> ttfonts.TTFont:
    """A registered face; raises KeyError for a name that is none of ours."""
    font = ttfonts.TTFont(name, str(paths.resources() / "fonts" / FILES[name]))
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=100_000)
def _place(name: str, char: str) -> tuple[str, str]:
    """The face for a character and what is drawn for it."""
    for option in FALLBACK[name]:
        if ord(char) in face(option).face.charToGlyph:
            return option, char
    return name, UNKNOWN


@lru_cache(maxsize=20_000)
def runs(name: str, text: str) -> tuple[tuple[str, str], ...]:
    """A text as pairs of face and characters."""
    found: list[tuple[str, str]] = []
    for char in text:
        where, drawn = _place(name, char)
        if found and found[-1][0] == where:
            found[-1] = (where, found[-1][1] + drawn)
        else:
            found.append((where, drawn))
    return tuple(found)


def missing(text: str) -> str:
    """The characters of a text that no face has."""
    return "".join(dict.fromkeys(c for c in text if c.isprintable() and _place(HEI, c)[1] == UNKNOWN != c))


@lru_cache(maxsize=100_000)
def _advance(name: str, char: str) -> float:
    where, drawn = _place(name, char)
    metrics = face(where).face
    return float(metrics.charWidths.get(ord(drawn), metrics.defaultWidth)) / 1000


@lru_cache(maxsize=50_000)
def width(name: str, text: str, size: float) -> float:
    """How wide a text is, in points."""
    return sum(_advance(name, char) for char in text) * size
