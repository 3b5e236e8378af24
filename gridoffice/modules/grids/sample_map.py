"""The map of one village of the sample township: an invented sketch with river, roads, fields and houses."""

from __future__ import annotations

import itertools
import math
import random
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from gridoffice.core import paths
from gridoffice.domain import map_points, outline
from gridoffice.domain.maps import MapBase, MapPoint, MapShape
from gridoffice.domain.outline import Point, Ring
from gridoffice.domain.sample import VILLAGES, Township
from gridoffice.modules.grids import map_picture, maps

if TYPE_CHECKING:
    from PIL.Image import Image

VILLAGE = "石桥村"
SIZE = (1800, 1240)
NORTH, BRIDGE, SOUTH = (0.315, 0.045), (0.345, 0.45), (0.57, 0.93)  # of the river
WEST, CROSSING, EAST = (0.035, 0.468), (0.665, 0.41), (0.958, 0.385)  # of the county road
GATE = (0.655, 0.052)  # of the lane to the north
RIVER = ((0.27, -0.05), NORTH, (0.34, 0.18), (0.30, 0.36), BRIDGE, (0.38, 0.52), (0.47, 0.66), (0.52, 0.82), SOUTH,
         (0.61, 1.05))  # fmt: skip
ROAD = ((-0.05, 0.475), WEST, (0.2, 0.45), BRIDGE, (0.55, 0.40), CROSSING, (0.78, 0.42), EAST, (1.05, 0.37))
LANES = (
    ((0.66, -0.05), GATE, (0.64, 0.2), CROSSING, (0.72, 0.62), (0.70, 0.8), (0.75, 1.05)),
    ((0.2, 0.45), (0.17, 0.28), (0.19, 0.12)),
    ((0.2, 0.45), (0.22, 0.64), (0.30, 0.82)),
    ((0.55, 0.40), (0.50, 0.24), (0.48, 0.08)),
)
GRIDS: tuple[Ring, ...] = (
    ((0.05, 0.08), (0.18, 0.055), NORTH, (0.34, 0.18), (0.30, 0.36), BRIDGE, (0.2, 0.45), WEST, (0.03, 0.3)),
    (NORTH, (0.5, 0.06), GATE, (0.64, 0.2), CROSSING, (0.55, 0.40), BRIDGE, (0.30, 0.36), (0.34, 0.18)),
    (GATE, (0.92, 0.10), (0.95, 0.25), EAST, (0.78, 0.42), CROSSING, (0.64, 0.2)),
    (WEST, (0.2, 0.45), BRIDGE, (0.38, 0.52), (0.47, 0.66), (0.52, 0.82), SOUTH, (0.3, 0.95), (0.1, 0.88),
     (0.04, 0.6)),
    (BRIDGE, (0.55, 0.40), CROSSING, (0.78, 0.42), EAST, (0.945, 0.6), (0.93, 0.7), (0.88, 0.92), (0.7, 0.95), SOUTH,
     (0.52, 0.82), (0.47, 0.66), (0.38, 0.52)),
)  # fmt: skip
WHOLE: Ring = (
    (0.05, 0.08), (0.18, 0.055), NORTH, (0.5, 0.06), GATE, (0.92, 0.10), (0.95, 0.25), EAST, (0.945, 0.6), (0.93, 0.7),
    (0.88, 0.92), (0.7, 0.95), SOUTH, (0.3, 0.95), (0.1, 0.88), (0.04, 0.6), WEST, (0.03, 0.3),
)  # fmt: skip
POINTS = (
    ("committee", "石桥村村委会", (0.445, 0.365)),
    ("service", "", (0.395, 0.475)),
    ("clinic", "石桥村卫生室", (0.56, 0.475)),
    ("school", "石桥小学", (0.76, 0.335)),
    ("hydrant", "", (0.225, 0.415)),
    ("hydrant", "", (0.60, 0.345)),
    ("hydrant", "", (0.73, 0.545)),
    ("hydrant", "", (0.25, 0.62)),
    ("water", "", (0.455, 0.585)),
    ("station", "", (0.50, 0.345)),
    ("north", "", (0.965, 0.075)),
)


def sample(session: Session, town: Township) -> None:
    """Put the map into the sample township; inside its unit of work."""
    village = town.villages[VILLAGES.index(VILLAGE)]
    grids = [grid["id"] for grid in town.grids if grid["village"] == village]
    base = maps.base_of(session, village)
    maps.put_picture(session, base, _picture(), "石桥村示意图.jpg")
    rows = [
        {"map_id": base.id, "unit_id": unit_id, "points": [[list(corner) for corner in ring]]}
        for unit_id, ring in zip([*grids, village], [*GRIDS, WHOLE], strict=True)
    ]
    town.put(MapShape, rows)
    town.put(MapPoint, [*_points(base), *_premises(town, base, grids)])


def _points(base: MapBase) -> list[dict[str, Any]]:
    return [{"map_id": base.id, "kind": kind, "title": title, "x": x, "y": y} for kind, title, (x, y) in POINTS]


def _premises(town: Township, base: MapBase, grids: list[int]) -> list[dict[str, Any]]:
    """Some premises of the village's ledger, around the middle of their grid."""
    chance = random.Random(7)
    rows = []
    for place in [one for one in town.premises if one["unit_id"] in grids][:7]:
        x, y = outline.middle((GRIDS[grids.index(place["unit_id"])],), SIZE[0] / SIZE[1])
        turn = chance.uniform(0, 2 * math.pi)
        x, y = round(x + 0.07 * math.cos(turn), 4), round(y + 0.07 * math.sin(turn), 4)
        kind = map_points.of_premises(place["kind"]).key
        rows.append({"map_id": base.id, "kind": kind, "premises_id": place["id"], "x": x, "y": y})
    return rows


# -- the sketch


@lru_cache(maxsize=1)
def _picture() -> map_picture.Picture:
    return map_picture.of_image(draw())


def draw() -> Image:
    """The sketch; the same every time."""
    from PIL import Image as images
    from PIL import ImageDraw

    chance = random.Random(20260101)
    scale = 2  # drawn larger and scaled down: smooth edges
    wide, high = SIZE[0] * scale, SIZE[1] * scale
    picture = images.new("RGB", (wide, high), "#F6F2E6")
    pen = ImageDraw.Draw(picture)

    def at(point: Point) -> tuple[float, float]:
        return point[0] * wide, point[1] * high

    _fields(pen, chance, wide, high)
    _line(pen, [at(p) for p in _bent(RIVER)], "#8FBFE3", 40)
    _line(pen, [at(p) for p in _bent(RIVER)], "#A9D1EE", 30)
    for lane in LANES:
        _line(pen, [at(p) for p in _bent(lane)], "#CBBFA8", 20)
        _line(pen, [at(p) for p in _bent(lane)], "#FBF7EC", 13)
    _line(pen, [at(p) for p in _bent(ROAD)], "#C9A66A", 34)
    _line(pen, [at(p) for p in _bent(ROAD)], "#F7DFA6", 24)
    _houses(pen, chance, wide, high)
    picture = picture.resize(SIZE, images.Resampling.LANCZOS)
    _words(picture)
    return picture


def _bent(points: tuple[Point, ...]) -> list[Point]:
    """A polyline rounded by cutting its corners twice (Chaikin); it still passes near every corner."""
    line = list(points)
    for _ in range(2):
        fresh = [line[0]]
        for (ax, ay), (bx, by) in itertools.pairwise(line):
            fresh += [(ax * 0.85 + bx * 0.15, ay * 0.85 + by * 0.15), (ax * 0.15 + bx * 0.85, ay * 0.15 + by * 0.85)]
        line = [*fresh, line[-1]]
    return line


def _line(pen: Any, places: list[tuple[float, float]], colour: str, width: int) -> None:
    pen.line(places, fill=colour, width=width, joint="curve")


def _fields(pen: Any, chance: random.Random, wide: int, high: int) -> None:
    """Fields as crooked strips, some with furrows; woods as tufts along the northern border."""
    colours = ("#E3EBC8", "#DCE8C6", "#EFE8C4", "#E8E4C2", "#D6E6CB")
    for row in range(7):
        for column in range(9):
            x, y = (column + chance.uniform(0.02, 0.2)) / 9 * wide, (row + chance.uniform(0.02, 0.2)) / 7 * high
            across, down = wide / 9 * chance.uniform(0.7, 0.95), high / 7 * chance.uniform(0.65, 0.92)
            lean = chance.uniform(-30, 30)
            corners = [(x, y), (x + across, y + lean), (x + across + lean, y + down), (x + lean, y + down - lean)]
            pen.polygon(corners, fill=chance.choice(colours))
            if chance.random() < 0.45:
                for n in range(1, 7):
                    start = (x + across * n / 7, y + lean * n / 7)
                    pen.line((*start, start[0] + lean, start[1] + down - lean), fill="#CFD8AE", width=4)
    for _ in range(230):
        x, y = chance.uniform(0.7, 0.96) * wide, abs(chance.gauss(0.03, 0.06)) * high
        size = chance.uniform(14, 30)
        pen.ellipse((x - size, y - size, x + size, y + size), fill=chance.choice(("#B9D3A6", "#AECB9B", "#C4DBB2")))


def _houses(pen: Any, chance: random.Random, wide: int, high: int) -> None:
    """Houses along the lanes and the road, clear of the river."""
    for way in (*LANES, ROAD, ROAD):
        line = _bent(way)
        for _ in range(46):
            place = chance.randrange(len(line) - 1)
            share = chance.random()
            x = line[place][0] + (line[place + 1][0] - line[place][0]) * share + chance.choice((-1, 1)) * 0.02
            y = line[place][1] + (line[place + 1][1] - line[place][1]) * share + chance.choice((-1, 1)) * 0.032
            if not 0.03 < x < 0.97 or not 0.03 < y < 0.97 or _is_wet((x, y)):
                continue
            size = chance.uniform(15, 25)
            left, top = x * wide, y * high
            box = (left - size * 1.35, top - size, left + size * 1.35, top + size)
            pen.rectangle(box, fill=chance.choice(("#C9B7A6", "#BFAFA3", "#CFBBAA")), outline="#8F8278", width=3)
            pen.line((box[0], top, box[2], top), fill="#8F8278", width=3)


def _is_wet(point: Point) -> bool:
    line = _bent(RIVER)
    near = min(math.dist(point, outline.foot(point, a, b)[1]) for a, b in itertools.pairwise(line))
    return near < 0.022


def _words(picture: Image) -> None:
    from PIL import ImageDraw, ImageFont

    font = ImageFont.truetype(str(paths.resources() / "fonts" / "NotoSansSC-Regular.ttf"), 26)
    pen = ImageDraw.Draw(picture)
    for text, (x, y), ink in (
        ("清溪支渠", (0.335, 0.245), "#3E7CAB"),
        ("县道", (0.855, 0.425), "#8A6A2F"),
        ("石桥", (0.30, 0.485), "#6B5E4E"),
    ):
        pen.text((x * SIZE[0], y * SIZE[1]), text, fill=ink, font=font, anchor="mm", stroke_width=3, stroke_fill="#FFF")
    small = font.font_variant(size=22)
    pen.text((SIZE[0] - 20, SIZE[1] - 16), "示意图（虚构）", fill="#7A7468", font=small, anchor="rs")
