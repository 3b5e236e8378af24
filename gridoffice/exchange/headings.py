"""Where the heading of a sheet may stand: its rows, its levels, and the path of names over each column."""

from collections.abc import Sequence
from dataclasses import dataclass

from gridoffice.exchange.contents import shapes_of
from gridoffice.exchange.values import Cell, text_of
from gridoffice.exchange.workbook import Sheet

LOOK_DOWN = 20
"""The heading must begin within so many rows."""
DEEPEST = 3
"""Headings may have so many levels."""


@dataclass(slots=True)
class Heading:
    """A place where the heading may stand: first and last row from 0, and the names over each column."""

    top: int
    bottom: int
    paths: list[tuple[str, ...]]


def headings(sheet: Sheet) -> list[Heading]:
    """Every place and depth at which the heading of a sheet may stand, from the top."""
    covered = _covered(sheet)
    found: list[Heading] = []
    for top in range(min(LOOK_DOWN, len(sheet.rows))):
        if found and _is_data(sheet.rows[top]):
            break  # a heading further down is a repeated one
        if not _may_be_heading(sheet.rows[top]):
            continue
        for depth in range(1, DEEPEST + 1):
            bottom = top + depth - 1
            if bottom >= len(sheet.rows) or (depth > 1 and not _may_be_lower_level(sheet, bottom)):
                break
            found.append(Heading(top, bottom, _paths(sheet, top, bottom, covered)))
    return found


def _may_be_heading(row: list[Cell]) -> bool:
    texts = [cell for cell in row if cell not in ("", None)]
    return len(texts) >= 2 and all(isinstance(cell, str) for cell in texts) and not _looks_like_data(texts)


def _looks_like_data(texts: Sequence[Cell]) -> bool:
    shapes = {"id", "phone", "date", "number", "pressure"}
    if not {"男", "女"} <= set(texts):  # both stand side by side in a heading: 人口数 / 男 / 女
        shapes.add("sex")
    return any(shapes_of(cell) & shapes for cell in texts)


def _is_data(row: list[Cell]) -> bool:
    filled = [cell for cell in row if cell not in ("", None)]
    return len(filled) >= 3 and any(shapes_of(cell) & {"id", "phone", "date", "sex", "number"} for cell in filled)


def _may_be_lower_level(sheet: Sheet, bottom: int) -> bool:
    texts = [cell for cell in sheet.rows[bottom] if cell not in ("", None)]
    if not texts or not all(isinstance(cell, str) and len(cell) <= 20 for cell in texts):
        return False
    return not _looks_like_data(texts)


def _covered(sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
    places = {}
    for first_row, first_column, last_row, last_column in sheet.merged:
        if first_row > LOOK_DOWN + DEEPEST:
            continue
        for row in range(first_row, min(last_row, LOOK_DOWN + DEEPEST) + 1):
            for column in range(first_column, last_column + 1):
                places[row, column] = (first_row, first_column)
    return places


def _paths(
    sheet: Sheet, top: int, bottom: int, covered: dict[tuple[int, int], tuple[int, int]]
) -> list[tuple[str, ...]]:
    width = max(len(sheet.rows[row]) for row in range(top, bottom + 1))
    paths = []
    for column in range(width):
        parts: list[str] = []
        for row in range(top, bottom + 1):
            text = _heading_text(sheet, row, column, bottom, covered, top)
            if text and (not parts or parts[-1] != text):
                parts.append(text)
        paths.append(tuple(parts))
    return paths


def _heading_text(
    sheet: Sheet,
    row: int,
    column: int,
    bottom: int,
    covered: dict[tuple[int, int], tuple[int, int]],
    top: int,
) -> str:
    origin = covered.get((row, column))
    if origin and origin[0] >= top:
        return _cell(sheet, *origin)
    text = _cell(sheet, row, column)
    if text or row == bottom or sheet.merged:
        return text
    # Without merged cells (csv) an upper level is written once and holds until the next one.
    if not any(_cell(sheet, below, column) for below in range(row + 1, bottom + 1)):
        return ""
    for left in range(column - 1, -1, -1):
        text = _cell(sheet, row, left)
        if text:
            return text if any(_cell(sheet, below, left) for below in range(row + 1, bottom + 1)) else ""
    return ""


def _cell(sheet: Sheet, row: int, column: int) -> str:
    cells = sheet.rows[row]
    return text_of(cells[column]).replace("\n", "") if column < len(cells) else ""
