"""What is pasted from a spreadsheet: the block of cells, and its headings when the first row holds them."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence

from gridoffice.exchange.synonyms import bare, synonyms

HALF = 0.5  # of the filled cells of a first row must be headings


def block(text: str) -> list[list[str]]:
    """The cells of a clipboard text: tabs and lines part them, cells in quotes may hold both."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if not text:
        return []
    rows = list(csv.reader(io.StringIO(text), delimiter="\t", quotechar='"'))
    return [[" ".join(cell.split("\n")).strip() for cell in row] for row in rows]


def headings(row: Sequence[str], kind: str, titles: dict[str, str]) -> list[str | None] | None:
    """The columns (keys of `titles`) that a first row names, None for a heading nobody knows; None: no headings."""
    known = synonyms().kinds[kind].wordings if kind in synonyms().kinds else {}
    own = {bare(title): key for key, title in titles.items()}
    found: list[str | None] = []
    for cell in row:
        likely = [own[bare(cell)]] if bare(cell) in own else list(known.get(bare(cell), ()))
        found.append(next((key for key in likely if key in titles and key not in found), None))
    filled = [cell for cell in row if cell.strip()]
    named = [key for key in found if key is not None]
    is_heading = len(named) >= min(2, len(filled)) and len(named) >= HALF * len(filled) and bool(named)
    return found if is_heading and not _has_figures(row) else None


def _has_figures(row: Collection[str]) -> bool:
    """A row with an ID or phone number is a person, not the headings."""
    return any(sum(char.isdigit() for char in cell) >= 7 for cell in row)
