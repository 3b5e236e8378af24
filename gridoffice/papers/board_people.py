"""The people on a board: portraits in rows while they can be read, else a table of names and phones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from gridoffice.papers import fonts
from gridoffice.papers.board_view import PostView
from gridoffice.papers.drawing import BLUE, LINE, MM, QUIET, grouped
from gridoffice.papers.fonts import BOLD
from gridoffice.papers.scaled import Scaled
from gridoffice.papers.views import PersonView

GAP = 9.0
LEAST = 24.0  # points of a phone below which portraits give way to a table
MOST = 1.3  # scale of a card: nobody is larger than the one who heads the board
NOBODY = "待定"
TALL, WIDE, TABLE = "tall", "wide", "table"


Box = tuple[float, float, float, float]


class Way(NamedTuple):
    """How some people are laid out: kind of card, columns, rows, scale of a card (of a table: size of its letters)."""

    kind: str
    columns: int
    rows: int
    scale: float


def phone_of(person: PersonView | None) -> str:
    """A phone as people read it; "" where there is none."""
    return grouped(person.phone) if person else ""


def way(count: int, wide: float, high: float) -> Way:
    """The way in which phones are largest in a place of so many units; rows are as full as can be among equals."""
    best = Way(TALL, 1, 1, 0)
    for columns in range(1, min(count, 9) + 1):
        rows = math.ceil(count / columns)
        if (columns - 1) * rows >= count:
            continue  # a whole column would be empty
        across = (wide - GAP * (columns - 1)) / columns
        down = (high - GAP * (rows - 1)) / rows
        if down <= 0:
            continue
        for kind, size, most in (
            (TALL, min(across / 99, down / 134), MOST),
            (WIDE, min(across / 212, down / 86), MOST),
        ):
            scale = min(size, most)
            natural = (99 * 134 if kind == TALL else 212 * 86) * scale * scale
            filled = min(natural / (across * down), 1) ** 0.2  # a card as its cell is shaped looks better
            worth = (
                scale
                * (42 if kind == TALL else 44)
                * filled
                * (1 - 0.04 * (rows * columns - count) / count - 0.03 * rows)
            )
            if worth > best.scale * 42:
                best = Way(kind, columns, rows, worth / 42)
    if best.scale * 42 >= LEAST:
        scale = _scale(best, wide, high)
        return best._replace(scale=scale)
    return _table(count, wide, high)


def _scale(found: Way, wide: float, high: float) -> float:
    across = (wide - GAP * (found.columns - 1)) / found.columns
    down = (high - GAP * (found.rows - 1)) / found.rows
    tall = found.kind == TALL
    return min(across / (99 if tall else 212), down / (134 if tall else 86), MOST)


def _table(count: int, wide: float, high: float) -> Way:
    """As many columns as let the letters be largest; a line is some twenty characters wide."""
    ways = []
    for columns in range(1, 7):
        rows = math.ceil(count / columns)
        across, down = (wide - GAP * (columns - 1)) / columns, high / rows
        ways.append(Way(TABLE, columns, rows, min(across * MM / 20.5, down * MM * 0.55, 44)))
    return max(ways, key=lambda one: one.scale)


def wanted(count: int, wide: float) -> float:
    """How high a place people want before the rest of the board gets more."""
    if count <= 1:
        return 120 if count else 64
    if count <= 4:
        return 128 if count <= 2 else 150
    rows = math.ceil(count / (6 if count <= 18 else 7))
    return rows * 138 + (rows - 1) * GAP if rows <= 4 else 420


def draw(pen: Scaled, posts: Sequence[PostView], x: float, y: float, wide: float, high: float) -> float:
    """Draw the people into a place; the y below the last of them."""
    if not posts:
        high = min(high, 84)
        pen.box(x, y, wide, high, fill="#FFFFFF", round=4)
        pen.put(x + wide / 2, y + high / 2 + 6, "人员正在安排，有事请先打下面的电话", 38, wide - 40, align="centre")
        return y + high
    found = way(len(posts), wide, high)
    if found.kind == TABLE:
        return _draw_table(pen, posts, found, x, y, wide, high)
    across = (wide - GAP * (found.columns - 1)) / found.columns
    down = (high - GAP * (found.rows - 1)) / found.rows
    down = min(down, (158 if found.kind == TALL else 104) * max(found.scale, 1))
    if found.kind == TALL:
        across = min(across, 150 * found.scale)
    card = _tall if found.kind == TALL else _wide
    pairs = any(post.stand_in is not None for post in posts)  # then all leave the room for a B: cards stay alike
    for place, post in enumerate(posts):
        left = x + place % found.columns * (across + GAP)
        top = y + place // found.columns * (down + GAP)
        card(pen, post, (left, top, across, down), found.scale, pairs=pairs)
    return y + found.rows * (down + GAP) - GAP


def _where(post: PostView) -> str:
    return f"{post.name} · {post.groups}" if post.groups else post.name


def _phone(pen: Scaled, post: PostView, x: float, y: float, size: float, room: float, align: str) -> None:
    """The number, or a rule to write it on."""
    words = phone_of(post.holder)
    if words or post.holder is None:
        pen.put(x, y, words, size, room, face=BOLD, ink=BLUE, align=align, most=2, high=size * 1.1 / MM, least=0.5)
        return
    left = x - room * 0.4 if align == "centre" else x
    pen.line(left, y + 1, left + room * 0.8, y + 1, ink=QUIET, line=0.4)


def _tall(pen: Scaled, post: PostView, box: Box, k: float, *, pairs: bool) -> None:
    """Photo above; grid, name, phone below it."""
    x, y, wide, high = box
    pen.box(x, y, wide, high, fill="#FFFFFF", round=4 * min(k, 1))
    holder = post.holder
    words = (66 if pairs else 58) * k
    tall = high - words - 10 * k
    across = min(tall * 25 / 35, wide - 12 * k)
    tall = across * 35 / 25
    middle, base = x + wide / 2, y + high
    spare = max(high - words - 10 * k - tall, 0) * 0.5
    pen.photo(holder.photo if holder else None, middle - across / 2, y + 6 * k + spare, across, tall, round=3 * k)
    if post.stand_in is not None:
        told = f"B岗 {post.stand_in.name} {phone_of(post.stand_in)}"
        pen.put(middle, base - 4.5 * k, told, 22 * k, wide - 5 * k, ink=QUIET, align="centre", most=1)
    base -= 8.5 * k if pairs else 0
    pen.put(middle, base - 43.5 * k, _where(post), 27 * k, wide - 6 * k, ink=QUIET, align="centre", high=12 * k)
    name = holder.name if holder else NOBODY
    pen.put(middle, base - 25 * k, name, 52 * k, wide - 8 * k, face=BOLD, align="centre", high=18 * k, least=0.6)
    _phone(pen, post, middle, base - 7.5 * k, 42 * k, wide - 6 * k, "centre")


def _wide(pen: Scaled, post: PostView, box: Box, k: float, *, pairs: bool) -> None:
    """Photo at the left; grid, name, phone at its right."""
    x, y, wide, high = box
    pen.box(x, y, wide, high, fill="#FFFFFF", round=4 * min(k, 1))
    holder = post.holder
    tall = min(high - 12 * k, (wide * 0.36) * 35 / 25)
    across = tall * 25 / 35
    pen.photo(holder.photo if holder else None, x + 6 * k, y + (high - tall) / 2, across, tall, round=3 * k)
    left = x + across + 14 * k
    room = x + wide - left - 6 * k
    middle = y + high / 2
    lift = 5 * k if pairs else 0
    pen.put(left, middle - 19 * k - lift, _where(post), 29 * k, room, ink=QUIET, high=14 * k)
    name = holder.name if holder else NOBODY
    pen.put(left, middle + 6 * k - lift, name, 62 * k, room, face=BOLD, high=21 * k, least=0.6)
    _phone(pen, post, left, middle + 28 * k - lift, 52 * k, room, "left")
    if post.stand_in is not None:
        told = f"B岗 {post.stand_in.name} {phone_of(post.stand_in)}"
        pen.put(left, middle + 37 * k, told, 25 * k, room, ink=QUIET, most=1)


def _draw_table(
    pen: Scaled, posts: Sequence[PostView], found: Way, x: float, y: float, wide: float, high: float
) -> float:
    """Columns of lines: grid, name, phone."""
    across = (wide - GAP * (found.columns - 1)) / found.columns
    pitch = min(high / found.rows, found.scale * 2.4 / MM)
    em = found.scale / MM
    longest = max(fonts.width(BOLD, grouped(post.holder.phone), found.scale) / MM for post in posts if post.holder)
    number = min(longest + 0.3 * em, across * 0.42)
    for column in range(found.columns):
        left = x + column * (across + GAP)
        shown = posts[column * found.rows : (column + 1) * found.rows]
        if shown:
            pen.box(left, y, across, pitch * len(shown), fill="#FFFFFF", round=3)
        for row, post in enumerate(shown):
            top = y + row * pitch
            base = top + pitch / 2 + em * 0.36
            if row:
                pen.line(left + em / 2, top, left + across - em / 2, top, ink=LINE, line=0.3)
            where = (across - number - em) * 0.52
            pen.put(left + em * 0.5, base, _where(post), found.scale * 0.72, where, ink=QUIET, high=pitch * 0.9)
            name = post.holder.name if post.holder else NOBODY
            room = across - number - where - em * 1.3
            pen.put(left + em * 0.8 + where, base, name, found.scale, room, face=BOLD, high=pitch * 0.9)
            pen.put(
                left + across - em * 0.5, base, phone_of(post.holder), found.scale, number, face=BOLD, ink=BLUE,
                align="right", high=pitch * 0.9,
            )  # fmt: skip
    return y + pitch * found.rows
