"""Outlines as rings of corners: size, crossing, inside or outside, a place for the name, joining of neighbours."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

Point = tuple[float, float]
Ring = tuple[Point, ...]
Rings = tuple[Ring, ...]
"""Corners without the first one repeated at the end; several rings are read even-odd (a ring inside one is a hole)."""

SEARCH = 18
"""So many places across and down are tried for a name."""
ROUGH = 0.004
"""For the place of a name, corners nearer to a line than this do not count."""


def edges(ring: Ring) -> Iterator[tuple[Point, Point]]:
    """The sides of a ring, the last one back to the first corner."""
    return zip(ring, (*ring[1:], *ring[:1]), strict=True)


def area(ring: Ring) -> float:
    """The signed area of a ring: turning the ring round turns the sign."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in edges(ring)) / 2


def box(rings: Iterable[Ring]) -> tuple[float, float, float, float]:
    """Left, upper, right and lower end of some rings; raises ValueError when there is no corner."""
    corners = [corner for ring in rings for corner in ring]
    if not corners:
        raise ValueError("no corner")
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(down), max(across), max(down)


def contains(rings: Rings, point: Point) -> bool:
    """Whether a point lies inside, even-odd."""
    x, y = point
    is_inside = False
    for ring in rings:
        for (ax, ay), (bx, by) in edges(ring):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                is_inside = not is_inside
    return is_inside


def foot(point: Point, start: Point, end: Point) -> tuple[float, Point]:
    """How far along a side (0 to 1) its nearest place to a point is, and that place."""
    across, down = end[0] - start[0], end[1] - start[1]
    long = across * across + down * down
    along = ((point[0] - start[0]) * across + (point[1] - start[1]) * down) / long if long else 0.0
    along = max(0.0, min(1.0, along))
    return along, (start[0] + along * across, start[1] + along * down)


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cut(a: Point, b: Point, c: Point, d: Point) -> Point | None:
    """Where two sides truly cross (not where they only touch at an end), or None."""
    first, second = _turn(c, d, a), _turn(c, d, b)
    third, fourth = _turn(a, b, c), _turn(a, b, d)
    if (first > 0) == (second > 0) or (third > 0) == (fourth > 0) or 0 in (first, second, third, fourth):
        return None
    along = first / (first - second)
    return a[0] + along * (b[0] - a[0]), a[1] + along * (b[1] - a[1])


def _overlap(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Whether two sides on one line share more than a point."""
    if _turn(a, b, c) != 0 or _turn(a, b, d) != 0:
        return False
    axis = 0 if abs(b[0] - a[0]) >= abs(b[1] - a[1]) else 1
    low, high = sorted((a[axis], b[axis]))
    other = sorted((c[axis], d[axis]))
    return min(high, other[1]) - max(low, other[0]) > 0


def crossing(rings: Rings) -> tuple[int, int] | None:
    """The first two sides that cross or lie on each other, counted from 1 over all rings; None when none do."""
    sides = [(number, *side) for number, side in enumerate((s for ring in rings for s in edges(ring)), 1)]
    sides.sort(key=lambda side: min(side[1][0], side[2][0]))
    for place, (number, a, b) in enumerate(sides):
        reach = max(a[0], b[0])
        for other, c, d in itertools.islice(sides, place + 1, None):
            if min(c[0], d[0]) > reach:
                break
            if cut(a, b, c, d) is not None or _overlap(a, b, c, d):
                return min(number, other), max(number, other)
    return None


@lru_cache(maxsize=2000)  # asked again at every change of a neighbour
def middle(rings: Rings, ratio: float = 1.0) -> Point:
    """A place well inside for the name: the tried one farthest from every side; `ratio` is width to height."""
    rings = tuple(simplified(ring, ROUGH) for ring in rings)
    left, top, right, bottom = box(rings)
    best, most = ((left + right) / 2, (top + bottom) / 2), -1.0
    for row, column in itertools.product(range(1, SEARCH), range(1, SEARCH)):
        tried = (left + (right - left) * column / SEARCH, top + (bottom - top) * row / SEARCH)
        if contains(rings, tried):
            # A name is wider than high: room to the sides counts for less.
            room = min(_distance(tried, side, ratio) for ring in rings for side in edges(ring))
            if room > most * 1.0001:
                best, most = tried, room
    return best


def _distance(point: Point, side: tuple[Point, Point], ratio: float = 1.0) -> float:
    _, (x, y) = foot(point, *side)
    return math.hypot((x - point[0]) * ratio, y - point[1])


def room(rings: Rings, point: Point, ratio: float = 1.0) -> float:
    """How far a point is from the nearest side, in heights of the picture."""
    return min(_distance(point, side, ratio) for ring in rings for side in edges(ring))


def simplified(ring: Ring, tolerance: float) -> Ring:
    """The ring without corners that lie within a tolerance of the line between others (Douglas and Peucker)."""
    if len(ring) < 5:
        return ring
    far = max(range(len(ring)), key=lambda place: math.dist(ring[0], ring[place]))
    first, second = _thin(ring[: far + 1], tolerance), _thin((*ring[far:], ring[0]), tolerance)
    found = (*first[:-1], *second[:-1])
    return found if len(found) >= 3 else ring


def _thin(line: Sequence[Point], tolerance: float) -> list[Point]:
    kept = {0, len(line) - 1}
    todo = [(0, len(line) - 1)]
    while todo:
        start, end = todo.pop()
        worst, place = tolerance, 0
        for between in range(start + 1, end):
            away = _distance(line[between], (line[start], line[end]))
            if away > worst:
                worst, place = away, between
        if place:
            kept.add(place)
            todo += [(start, place), (place, end)]
    return [line[place] for place in sorted(kept)]


def adjoining(first: Rings, second: Rings, tolerance: float) -> bool:
    """Whether two outlines touch or overlap within a tolerance."""
    for these, others in ((first, second), (second, first)):
        for corner in (corner for ring in these for corner in ring):
            if contains(others, corner):
                return True
            if any(_distance(corner, side) <= tolerance for ring in others for side in edges(ring)):
                return True
    return any(cut(*one, *two) for one in _sides(first) for two in _sides(second))


def _sides(rings: Rings) -> list[tuple[Point, Point]]:
    return [side for ring in rings for side in edges(ring)]
