"""Puts outlines of a GeoJSON file on a map: matched to units, scaled to the base, all in one step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.text import narrow
from gridoffice.db.office import Office
from gridoffice.domain import map_points
from gridoffice.domain.grids import GridUnit, standing, subtree
from gridoffice.domain.maps import MapBase, MapPoint
from gridoffice.domain.outline import Rings
from gridoffice.modules.grids import geojson, map_marks, maps
from gridoffice.modules.grids.map_scale import Scale, around, wide

NUMERALS = str.maketrans("一二三四五六七八九", "123456789")


@dataclass(frozen=True)
class Match:
    """A feature and the unit it seems to be, 0 for none."""

    feature: geojson.Feature
    unit_id: int


@dataclass(frozen=True)
class Draft:
    """What would be imported; `units` are those that can be chosen."""

    file: str
    found: geojson.Found
    matches: tuple[Match, ...]
    points: tuple[geojson.Feature, ...]
    units: tuple[tuple[int, str], ...]
    has_bounds: bool  # the map's base knows its place: the outlines will lie right on it
    is_elsewhere: bool  # the base knows its place, and it is another one
    has_base: bool


def draft(office: Office, unit_id: int, path: Path) -> Draft:
    """Read a file and match its outlines with the units in and under a unit. Raises OfficeError."""
    found = geojson.read(path)
    with office.read() as session:
        ids = select(subtree(unit_id).c.id)
        ordered = select(GridUnit).where(GridUnit.id.in_(ids), standing(office.day()))
        units = session.scalars(ordered.order_by(GridUnit.level, GridUnit.sort, GridUnit.code, GridUnit.id)).all()
        base = session.scalars(select(MapBase).where(MapBase.unit_id == unit_id)).first()
    known = _known(list(units))
    has_bounds = base is not None and bool(base.bounds)
    is_near = has_bounds and base is not None and _is_near(found, tuple(base.bounds))
    areas = [feature for feature in found.features if feature.rings]
    return Draft(
        path.name,
        found,
        tuple(Match(feature, _match(feature, known)) for feature in areas),
        tuple(feature for feature in found.features if feature.point is not None),
        tuple((unit.id, unit.name) for unit in units),
        is_near,
        has_bounds and not is_near,
        base is not None,
    )


def _is_near(found: geojson.Found, bounds: geojson.Bounds) -> bool:
    """Whether the file's outlines lie on a base with these bounds, at least in part."""
    west, south, east, north = bounds
    return found.bounds[0] < east and found.bounds[2] > west and found.bounds[1] < north and found.bounds[3] > south


def _key(name: str) -> str:
    """A name as it is compared: 石桥村第一网格 and 石桥村 第1网格 are the same."""
    return "".join(narrow(name).split()).translate(NUMERALS)


def _known(units: list[GridUnit]) -> dict[str, int]:
    """Units by code, name, and name without the village's; what two units share names none of them."""
    by_id = {unit.id: unit for unit in units}
    found: dict[str, set[int]] = {}
    for unit in units:
        above = by_id.get(unit.parent_id or 0)
        names = {
            unit.name,
            unit.name.removeprefix(above.name) if above else "",
            f"{above.name if above else ''}{unit.name}",
        }
        for key in {_key(name) for name in names} | {unit.code or ""}:
            if key:
                found.setdefault(key, set()).add(unit.id)
    return {key: next(iter(ids)) for key, ids in found.items() if len(ids) == 1}


def _match(feature: geojson.Feature, known: Mapping[str, int]) -> int:
    return known.get(feature.code) or known.get(_key(feature.name)) or 0


def run(
    office: Office, unit_id: int, draft: Draft, chosen: Mapping[int, int], *, fresh: bool = False, points: bool = True
) -> tuple[int, int, tuple[str, ...]]:
    """Import: `chosen` maps a feature's number to a unit (0: leave out); `fresh` takes blank paper as base.

    Without a base, or when it is fresh, paper of the outlines' own ratio is taken; a base with bounds is kept and the
    outlines lie where they belong; a base without is kept and the outlines are laid into its middle. Returns how many
    units got an outline, how many points, and what could not be imported; raises OfficeError when that is everything.
    """
    if draft.is_elsewhere and not fresh:
        raise OfficeError(
            "文件里的轮廓不在这张底图的范围里", safe="网格图没有改动", do="请检查文件，或选“换成空白图纸”"
        )
    told: list[str] = []
    with office.unit(f"导入网格轮廓：{draft.file}") as session:
        base = _base(session, unit_id, draft, fresh)
        scale = Scale(tuple(base.bounds))
        taken: dict[int, Rings] = {}
        for match in draft.matches:
            unit = chosen.get(match.feature.number, 0)
            try:
                if unit:
                    taken[unit] = taken.get(unit, ()) + scale.rings(match.feature.rings)
            except ValueError as error:
                told.append(f"第 {match.feature.number} 个要素{error}，没有导入")
        drawn = sum(_outline(session, base.id, unit, rings, told) for unit, rings in taken.items())
        placed = sum(_mark(session, base.id, scale, one, told) for one in draft.points) if points else 0
        if not drawn and not placed:
            raise OfficeError("没有导入任何轮廓", safe="网格图没有改动", do=told[0] if told else "请给要素选网格")
    return drawn, placed, tuple(told)


def _base(session: Session, unit_id: int, draft: Draft, fresh: bool) -> MapBase:
    base = maps.base_of(session, unit_id)
    if fresh or not draft.has_base:
        bounds = around(draft.found)
        maps.lay_blank(session, base, wide(bounds, draft.found.is_plane))
        base.bounds = list(bounds)
    elif not draft.has_bounds:
        base.bounds = list(around(draft.found, base.width / base.height))
    return base


def _outline(session: Session, map_id: int, unit_id: int, rings: Rings, told: list[str]) -> int:
    try:
        maps.put_outline(session, map_id, unit_id, rings)
    except OfficeError as error:
        unit = session.get(GridUnit, unit_id)
        told.append(f"“{unit.name if unit else unit_id}”没有导入：{error.what}")
        return 0
    return 1


def _mark(session: Session, map_id: int, scale: Scale, feature: geojson.Feature, told: list[str]) -> int:
    assert feature.point is not None
    words = {kind.title: kind.key for kind in map_points.kinds().values()} | {key: key for key in map_points.kinds()}
    kind = words.get(feature.kind) or words.get(feature.name) or map_points.OTHER
    try:
        x, y = scale.place(feature.point)
        title = map_marks.titled("" if feature.name in words else feature.name)
    except (ValueError, OfficeError) as error:
        told.append(f"第 {feature.number} 个要素（点）没有导入：{error}")
        return 0
    session.add(MapPoint(map_id=map_id, kind=kind, title=title, x=round(x, maps.EXACT), y=round(y, maps.EXACT)))
    return 1
