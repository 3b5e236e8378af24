"""The levels of an official text: 一、 （一） 1. （1）, each with its face, told from how a paragraph begins."""

from __future__ import annotations

import re

from gridoffice.papers.fonts import FANG, HEI, KAI

PATTERNS = (
    re.compile(r"^[一二三四五六七八九十百]+、"),
    re.compile(r"^（[一二三四五六七八九十百]+）"),
    re.compile(r"^\d{1,3}[.．](?!\d)"),
    re.compile(r"^（\d{1,3}）"),
)
"""How a paragraph of the first to the fourth level begins (reference 9)."""
FACES = (HEI, KAI, FANG, FANG)
SHORT, LONG = 26, 60
"""Characters up to which a first sentence, and a line without an end mark, is a heading."""
STOPS = "。；：，、！？,;:."
LEVELS = ("一、", "（一）", "1.", "（1）")
FIGURES = "零一二三四五六七八九十"


def level(paragraph: str) -> int:
    """0 to 3 for a numbered paragraph, -1 for plain text."""
    return next((place for place, pattern in enumerate(PATTERNS) if pattern.match(paragraph)), -1)


def bare(paragraph: str) -> str:
    """A paragraph without its number."""
    found = level(paragraph)
    return paragraph if found < 0 else PATTERNS[found].sub("", paragraph, count=1).lstrip()


def parted(paragraph: str) -> tuple[str, str, str]:
    """What stands in the level's own face, that face, and the rest that stands in the body's.

    A heading alone on its line is set whole; a short one that runs on is set to its first 。; a clause that is one
    sentence is no heading.
    """
    found = level(paragraph)
    if found not in (0, 1):
        return "", FANG, paragraph
    end = paragraph.find("。")
    if 0 < end < min(SHORT, len(paragraph) - 1):
        return paragraph[: end + 1], FACES[found], paragraph[end + 1 :]
    if paragraph[-1] in STOPS or len(paragraph) > LONG:
        return "", FANG, paragraph
    return paragraph, FACES[found], ""


def is_heading(paragraph: str) -> bool:
    """Whether a paragraph is a heading by itself, which must not be the last line of a page."""
    return level(paragraph) in (0, 1) and bool(parted(paragraph)[0]) and not parted(paragraph)[2]


def chinese(number: int) -> str:
    """1 … 99 as 一 … 九十九."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return FIGURES[ones]
    return f"{FIGURES[tens] if tens > 1 else ''}十{FIGURES[ones] if ones else ''}"


def sign(found: int, number: int) -> str:
    """The number of a paragraph as it is written at its level."""
    word = chinese(number) if found < 2 else str(number)
    return (f"{word}、", f"（{word}）", f"{word}.", f"（{word}）")[found]


def numbered(paragraphs: list[str]) -> list[str]:
    """The paragraphs with their numbers set right: each level counts under the one above it."""
    counts, made = [0, 0, 0, 0], []
    for text in paragraphs:
        found = level(text)
        if found >= 0:
            counts[found] += 1
            counts[found + 1 :] = [0] * (3 - found)
            text = sign(found, counts[found]) + bare(text)
        made.append(text)
    return made
