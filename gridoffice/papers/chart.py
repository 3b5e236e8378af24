"""Draws a map on a paper: base cropped, tinted outlines with names, signs with letters, a north mark, a legend."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gridoffice.domain import map_points, outline
from gridoffice.domain.map_points import FIELDS, LINES
from gridoffice.domain.outline import Point, Rings
from gridoffice.papers import fonts, shapes
from gridoffice.papers.drawing import INK, MM, Sheet
from gridoffice.papers.fonts import BOLD, HEI
from gridoffice.papers.views import AreaView, ChartView, SignView

FRAME = "#3A4654"
NORTH = map_points.NORTH

Place = Callable[[Point], Point]
"""Where a fraction of the base lies on the paper, in millimetres."""
Box = tuple[float, float, float, float]


def fitted(view: ChartView, x: float, y: float, wide: float, high: float) -> Box:
    """The largest box of the shown part's ratio in the middle of a place: left, top, width, height in mm."""
    left, top, right, bottom = view.frame
    ratio = (right - left) * view.width / ((bottom - top) * view.height)
    across, down = (wide, wide / ratio) if wide / ratio <= high else (high * ratio, high)
    return x + (wide - across) / 2, y + (high - down) / 2, across, down


def draw(sheet: Sheet, view: ChartView, box: Box, *, size: float, round: float = 2) -> None:
    """The map in a box; `size` is that of the names in points, everything else goes with it."""
    x, y, wide, high = box
    left, top, right, bottom = view.frame
    across, down = wide / (right - left), high / (bottom - top)

    def place(point: Point) -> Point:
        return x + (point[0] - left) * across, y + (point[1] - top) * down

    sheet.box(x, y, wide, high, fill="#FFFFFF", round=round)
    with sheet.state(clip=shapes.rounded(x * MM, (sheet.high - y - high) * MM, wide * MM, high * MM, round * MM)):
        if view.picture:
            sheet.picture(view.picture, *place((0, 0)), across, down)
        _fields(sheet, view.areas, place)
        for area in view.areas:
            _border(sheet, area, place, size)
    taken = [_sign_box(sign, place, size) for sign in view.signs]
    for sign in view.signs:
        _sign(sheet, sign, place((sign.x, sign.y)), size * 0.165)
    ratio = view.width / view.height
    for area in view.areas:
        if not area.is_frame:
            taken.append(_name(sheet, area, place, size, ratio, taken))
    _titles(sheet, view.signs, place, size, taken)
    if view.is_north_up:
        _north(sheet, x + wide - size * 0.5, y + size * 0.75, size * 0.2)
    sheet.box(x, y, wide, high, stroke="#C9D1DA", round=round, line=0.3)


def _path(sheet: Sheet, rings: Rings, place: Place) -> str:
    parts = []
    for ring in rings:
        spots = [place(corner) for corner in ring]
        steps = [f"{a * MM:.2f} {(sheet.high - b) * MM:.2f} {'l' if n else 'm'}" for n, (a, b) in enumerate(spots)]
        parts.append(f"{' '.join(steps)} h")
    return " ".join(parts)


def _fields(sheet: Sheet, areas: Iterable[AreaView], place: Place) -> None:
    """Fields as with a marker pen: the base shows through."""
    with sheet.state(blend="Multiply"):
        for area in areas:
            if not area.is_frame:
                sheet.code.append(f"{shapes.fill(FIELDS[area.tint])} {_path(sheet, area.rings, place)} f*")


def _border(sheet: Sheet, area: AreaView, place: Place, size: float) -> None:
    ink = shapes.stroke(FRAME if area.is_frame else LINES[area.tint])
    wide = size * (0.13 if area.is_frame else 0.09)
    dashes = " ".join(f"{size * share:.2f}" for share in (0.5, 0.18, 0.1, 0.18)) if area.is_frame else ""
    with sheet.state():
        sheet.code.append(f"{ink} {wide:.2f} w 1 j [{dashes}] 0 d {_path(sheet, area.rings, place)} S")


def _name(sheet: Sheet, area: AreaView, place: Place, size: float, ratio: float, taken: list[Box]) -> Box:
    """The name on a slip of paper well inside its field, made smaller where the field is narrow."""
    middle = place(outline.middle(area.rings, ratio))
    left, top, right, bottom = outline.box(area.rings)
    room = abs(place((right, bottom))[0] - place((left, top))[0]) * 0.8
    used = max(size * 0.45, min(size, size * room * MM / max(fonts.width(BOLD, area.name, size), 1)))
    wide, high = fonts.width(BOLD, area.name, used) / MM + used * 0.2, used * 0.46
    box = _free((middle[0] - wide / 2, middle[1] - high / 2, wide, high), taken)
    _slip(sheet, box)
    sheet.text(box[0] + wide / 2, box[1] + high * 0.77, area.name, used, face=BOLD, align="centre")
    return box


def _free(box: Box, taken: list[Box]) -> Box:
    """The box moved up or down a little where it would cover a sign."""
    x, y, wide, high = box
    for step in (0, -1, 1, -2, 2, -3, 3):
        moved = (x, y + step * high * 0.8, wide, high)
        if not any(_meet(moved, other) for other in taken):
            return moved
    return box


def _meet(first: Box, second: Box) -> bool:
    return (
        first[0] < second[0] + second[2]
        and second[0] < first[0] + first[2]
        and first[1] < second[1] + second[3]
        and second[1] < first[1] + first[3]
    )


def _slip(sheet: Sheet, box: Box) -> None:
    with sheet.state(alpha=0.8):
        sheet.box(*box, fill="#FFFFFF", round=box[3] * 0.3)


def _sign_box(sign: SignView, place: Place, size: float) -> Box:
    x, y = place((sign.x, sign.y))
    radius = size * 0.19
    return x - radius, y - radius, 2 * radius, 2 * radius


def _sign(sheet: Sheet, sign: SignView, at: Point, radius: float) -> None:
    """A sign with its letter; `radius` in mm."""
    corners = tuple((at[0] + x * radius, at[1] + y * radius) for x, y in map_points.corners(sign.sign))
    _edged(sheet, corners, sign.colour, radius)
    letter = radius * 1.15 * MM
    sheet.text(at[0], at[1] + radius * 0.43, sign.letter, letter, face=BOLD, ink="#FFFFFF", align="centre")


def _edged(sheet: Sheet, corners: tuple[Point, ...], ink: str, radius: float) -> None:
    """A filled shape with a white edge; corners in mm."""
    with sheet.state():
        colours = f"{shapes.fill(ink)} {shapes.stroke('#FFFFFF')} {radius * 0.35:.2f} w 1 j"
        sheet.code.append(f"{colours} {_path(sheet, (corners,), lambda point: point)} B")


def _titles(sheet: Sheet, signs: Iterable[SignView], place: Place, size: float, taken: list[Box]) -> None:
    """Titles below their signs, as far as there is room; the legend tells the kinds of the others."""
    used = size * 0.55
    for sign in signs:
        if not sign.title:
            continue
        x, y = place((sign.x, sign.y))
        wide, high = fonts.width(HEI, sign.title, used) / MM + used * 0.15, used * 0.44
        box = (x - wide / 2, y + size * 0.24, wide, high)
        if not any(_meet(box, other) for other in taken):
            taken.append(box)
            _slip(sheet, box)
            sheet.text(x, box[1] + high * 0.78, sign.title, used, align="centre")


def _north(sheet: Sheet, x: float, y: float, radius: float) -> None:
    corners = tuple((x + a * radius, y + b * radius) for a, b in map_points.corners("north"))
    _edged(sheet, corners, INK, radius)
    sheet.text(x, y + radius * 2.9, "北", radius * 1.5 * MM, face=BOLD, align="centre")


# -- the legend


def kinds(view: ChartView) -> list[tuple[SignView, int]]:
    """A sign of each kind on the map, in their order there, and how many there are."""
    counted: dict[str, int] = {}
    first: dict[str, SignView] = {}
    for sign in view.signs:
        counted[sign.kind] = counted.get(sign.kind, 0) + 1
        first.setdefault(sign.kind, sign)
    return [(first[kind], number) for kind, number in counted.items()]


def legend(
    sheet: Sheet, view: ChartView, x: float, y: float, wide: float, *, size: float, columns: int = 1, most: float = 0
) -> float:
    """Sign, kind and number in columns; as far as `most` mm are enough. The y below."""
    pitch = size * 0.62
    shown = kinds(view)
    rows = -(-len(shown) // columns)
    if most:
        rows = min(rows, max(int(most / pitch), 1))
    across = wide / columns
    for place, (sign, number) in enumerate(shown[: rows * columns]):
        left, top = x + place % columns * across, y + place // columns * pitch
        _sign(sheet, sign, (left + size * 0.24, top + pitch / 2), size * 0.16)
        base = top + pitch / 2 + size * 0.12
        count = f"{number} 处"
        room = across - size * 0.6 - fonts.width(HEI, count, size * 0.8) / MM - size * 0.3
        used = sheet.fit(left + size * 0.56, base, sign.kind, size, room)
        after = left + size * 0.56 + fonts.width(HEI, sign.kind, used) / MM + size * 0.14
        sheet.text(min(after, left + across - size * 0.9), base, count, size * 0.8, ink="#5C6775")
    return y + rows * pitch
