"""A map as the public may see it: outlines, public kinds of points, no names of persons or of small premises."""

from __future__ import annotations

from datetime import date

from gridoffice.db.office import Office
from gridoffice.domain import map_points, maps, outline
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.maps import BELOW, OWN, MapView, Mark
from gridoffice.modules.documents import bare
from gridoffice.papers.views import AreaView, ChartView, MapPaperView, SignView

ALL, WATER, NONE = "all", "water", "none"
"""Which points are drawn: the public ones, those of fire water only (辖区消防水源图, reference 1.3 §6), none."""
Frame = tuple[float, float, float, float]
MARGIN = 0.05  # of the outlines' extent, shown around them


def chart(office: Office, unit_id: int, points: str = ALL) -> ChartView | None:
    """The map of a unit as papers show it; None where there is none, or nothing on it to show."""
    view = maps.get(office, unit_id)
    if view is None:
        return None
    areas = tuple(
        AreaView(shape.name, shape.rings, shape.tint, shape.role == OWN)
        for shape in (*view.of_role(BELOW), *view.of_role(OWN))
    )
    frame = _frame(areas) or view.frame
    marks = [mark for mark in view.marks if _is_shown(view, mark) and _is_in(frame, mark)]
    signs = tuple(sign for mark in marks if (sign := _sign(mark, points)) is not None)
    if not areas and not signs and view.picture is None:
        return None
    north = view.bounds is not None or any(mark.kind == map_points.NORTH for mark in view.marks)
    return ChartView(
        bare.jpeg(view.picture) if view.picture else None, view.width, view.height, frame, areas, signs, north
    )


def _frame(areas: tuple[AreaView, ...]) -> Frame | None:
    """The part of the base that the outlines take, with a margin; None without outlines."""
    if not areas:
        return None
    left, top, right, bottom = outline.box(ring for area in areas for ring in area.rings)
    across, down = (right - left) * MARGIN, (bottom - top) * MARGIN
    return max(0.0, left - across), max(0.0, top - down), min(1.0, right + across), min(1.0, bottom + down)


def _is_in(frame: Frame, mark: Mark) -> bool:
    return frame[0] <= mark.x <= frame[2] and frame[1] <= mark.y <= frame[3]


def _is_shown(view: MapView, mark: Mark) -> bool:
    """Whether a point stands in the part shown: on a map above, inside the unit's own outline."""
    own = view.outline_of(view.shown_id)
    return view.is_own or own is None or outline.contains(own.rings, (mark.x, mark.y))


def _sign(mark: Mark, points: str) -> SignView | None:
    kind = map_points.kind(mark.kind)
    is_asked = points == ALL or (points == WATER and kind.group == map_points.WATER)
    if not kind.is_public or kind.key == map_points.NORTH or not is_asked:
        return None
    is_named = kind.is_named and not map_points.has_number(mark.title)
    return SignView(kind.title, kind.sign, kind.letter, kind.colour, mark.title if is_named else "", mark.x, mark.y)


def paper(
    office: Office, unit: GridUnit, facts: dict[str, str], number: str, made_on: date, points: str
) -> MapPaperView | None:
    """The paper 网格图 of a unit; None where it has no map. `facts` are the office's own settings."""
    found = chart(office, unit.id, points)
    if found is None:
        return None
    title = f"{unit.name}消防水源图" if points == WATER else f"{unit.name.removesuffix('网格')}网格图"
    return MapPaperView(facts["name"], unit.name, title, found, facts.get("supervise_phone", ""), number, made_on)
