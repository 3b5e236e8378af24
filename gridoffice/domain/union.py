"""Joining outlines that adjoin or overlap: corners drawn near each other become one, inner sides fall away."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from gridoffice.domain.outline import Point, Ring, Rings, area, contains, cut, edges, foot, simplified

NEAR = 0.006
"""Corners of two outlines nearer than this share of the picture were meant to be the same."""
BESIDE = 2e-6
"""So far beside a side it is asked what lies there."""

Side = tuple[Point, Point]


def joined(outlines: Sequence[Rings], near: float = NEAR) -> Rings:
    """The outline around several outlines: one ring when they adjoin, more when they do not; slivers are dropped."""
    met = _crossed(_knotted(_met(outlines, near), near))
    kept = [turned for side in _once(met) if (turned := _outer(side, met)) is not None]
    rings = (simplified(ring, near / 20) for ring in _rings(kept))
    return tuple(ring for ring in rings if len(ring) >= 3 and abs(area(ring)) > near * near)


def _met(outlines: Sequence[Rings], near: float) -> list[Rings]:
    """The outlines with corners that lie near each other made one."""
    known: list[Point] = []

    def meet(corner: Point) -> Point:
        for other in known:
            if math.dist(corner, other) <= near:
                return other
        known.append(corner)
        return corner

    found = []
    for rings in outlines:
        fresh = (_distinct([meet(corner) for corner in ring]) for ring in rings)
        found.append(tuple(ring for ring in fresh if len(ring) >= 3))
    return found


def _distinct(corners: list[Point]) -> Ring:
    return tuple(corner for place, corner in enumerate(corners) if corner != corners[place - 1])


def _knotted(outlines: list[Rings], near: float) -> list[Rings]:
    """Each side bent through the corners of others that lie on it, so that common borders have common corners."""
    corners = sorted({corner for rings in outlines for ring in rings for corner in ring})

    def on(side: Side) -> list[tuple[float, Point]]:
        found = []
        for corner in corners:
            along, place = foot(corner, *side)
            if corner not in side and 0 < along < 1 and math.dist(corner, place) <= near:
                found.append((along, corner))
        return sorted(found)

    return [_with(rings, on) for rings in outlines]


def _crossed(outlines: list[Rings]) -> list[Rings]:
    """Each side with a corner where a side of another outline crosses it."""
    sides = [[side for ring in rings for side in edges(ring)] for rings in outlines]
    met: dict[Side, list[tuple[float, Point]]] = {}
    for place, these in enumerate(sides):
        for one in these:
            for other in (other for others in sides[place + 1 :] for other in others):
                where = cut(*one, *other)
                if where is not None:
                    for side in (one, other):
                        met.setdefault(side, []).append((math.dist(side[0], where), where))
    return [_with(rings, lambda side: sorted(met.get(side, ()))) for rings in outlines]


def _with(rings: Rings, on: Callable[[Side], list[tuple[float, Point]]]) -> Rings:
    """Rings with what lies on each side put between its ends."""
    found = []
    for ring in rings:
        corners: list[Point] = []
        for side in edges(ring):
            corners += [side[0], *(corner for _, corner in on(side))]
        found.append(_distinct(corners))
    return tuple(found)


def _once(outlines: list[Rings]) -> list[Side]:
    """Every side once, whichever way it was drawn."""
    found = {(min(side), max(side)) for rings in outlines for ring in rings for side in edges(ring)}
    return sorted(found)


def _outer(side: Side, outlines: list[Rings]) -> Side | None:
    """The side with the inside at its left, or None when both its sides are inside (or outside)."""
    (ax, ay), (bx, by) = side
    long = math.dist(*side)
    across, down = (bx - ax) / long * BESIDE, (by - ay) / long * BESIDE
    x, y = (ax + bx) / 2, (ay + by) / 2
    left = any(contains(rings, (x - down, y + across)) for rings in outlines)
    right = any(contains(rings, (x + down, y - across)) for rings in outlines)
    if left == right:
        return None
    return side if left else (side[1], side[0])


def _rings(sides: list[Side]) -> list[Ring]:
    """Sides put one behind the other to rings; where several go on, the one that turns most to the left."""
    onward: dict[Point, list[Point]] = {}
    for start, end in sides:
        onward.setdefault(start, []).append(end)
    found = []
    while onward:
        start = next(iter(onward))
        ring = [start]
        before, here = start, _next(onward, start, None)
        while here != start and here in onward:
            ring.append(here)
            before, here = here, _next(onward, here, before)
        if here == start:
            found.append(tuple(ring))
    return found


def _next(onward: dict[Point, list[Point]], here: Point, before: Point | None) -> Point:
    choices = onward[here]
    if before is not None and len(choices) > 1:
        came = math.atan2(here[1] - before[1], here[0] - before[0])

        def turn(to: Point) -> float:
            return (math.atan2(to[1] - here[1], to[0] - here[0]) - came + math.pi) % (2 * math.pi)

        choices.sort(key=turn)
    chosen = choices.pop()
    if not choices:
        del onward[here]
    return chosen
