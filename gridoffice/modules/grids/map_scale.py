"""Coordinates of a file as fractions of a base, and what a base must cover to hold them."""

from __future__ import annotations

import math

from gridoffice.domain import outline
from gridoffice.domain.outline import Point, Rings
from gridoffice.modules.grids import geojson

MARGIN = 0.05  # of the outlines' extent, left free around them on fresh paper
SLIP = 0.01  # of the base: so far outside a corner is still put on the edge
FINE = 0.0004  # of the base: corners nearer to a line than this are not kept


class Scale:
    """Turns a file's coordinates into fractions of a base with given bounds."""

    def __init__(self, bounds: geojson.Bounds) -> None:
        self.west, self.south, self.east, self.north = bounds

    def place(self, point: Point) -> Point:
        """A point as fractions, y from the top; just outside is put on the edge. Raises ValueError far outside."""
        x = (point[0] - self.west) / (self.east - self.west)
        y = (self.north - point[1]) / (self.north - self.south)
        if not (-SLIP <= x <= 1 + SLIP and -SLIP <= y <= 1 + SLIP):
            raise ValueError("在底图的范围外面")
        return min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)

    def rings(self, rings: Rings) -> Rings:
        """Rings as fractions, without corners nobody would see, as long as that makes no sides cross."""
        whole = tuple(tuple(self.place(corner) for corner in ring) for ring in rings)
        thin = tuple(outline.simplified(ring, FINE) for ring in whole)
        return whole if outline.crossing(thin) else thin


def wide(bounds: geojson.Bounds, is_plane: bool) -> float:
    """Width to height on the ground: a degree to the east is shorter by the cosine of the latitude."""
    west, south, east, north = bounds
    shrunk = 1.0 if is_plane else math.cos(math.radians((south + north) / 2))
    return max(east - west, 1e-9) * shrunk / max(north - south, 1e-9)


def around(found: geojson.Found, ratio: float | None = None) -> geojson.Bounds:
    """The bounds of a base that holds all outlines with a margin: of a ratio, or of their own (1:2.5 to 2.5:1)."""
    west, south, east, north = found.bounds
    least = 1.0 if found.is_plane else 1e-5  # a lone point has no extent
    across, down = max(east - west, least) * (1 + 2 * MARGIN), max(north - south, least) * (1 + 2 * MARGIN)
    middle = (west + east) / 2, (south + north) / 2
    here = wide((0, middle[1] - down / 2, across, middle[1] + down / 2), found.is_plane)
    wanted = ratio or min(max(here, 0.4), 2.5)
    if here < wanted:
        across *= wanted / here
    else:
        down *= here / wanted
    return middle[0] - across / 2, middle[1] - down / 2, middle[0] + across / 2, middle[1] + down / 2
