"""What can be done with a map: give it a base, draw outlines and join them; each step can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import attachments, outline, union
from gridoffice.domain.grids import GridUnit, Relocation, ancestors, short_name, standing
from gridoffice.domain.maps import MapBase, MapShape, MapView, get, is_above, remove, rings_of
from gridoffice.domain.outline import Point, Ring, Rings
from gridoffice.modules.grids import map_picture, map_world

__all__ = ["MapView", "get", "is_above"]

EXACT = 6  # decimals kept: a three-hundredth of a pixel of the largest base
BLANK = 1600  # pixels of the longer side of blank paper
LEAST = 1e-5  # of the picture: what is smaller is a slip of the hand


@dataclass(frozen=True)
class Target:
    """A unit whose outline can be drawn on a map."""

    id: int
    name: str
    has_outline: bool
    is_own: bool  # the unit the map is shown for


@dataclass(frozen=True)
class Source:
    """A unit whose outline can be joined into another's; `is_meant` where its records went there."""

    id: int
    name: str
    is_ended: bool
    is_meant: bool


# -- the base


def set_base(office: Office, unit_id: int, path: Path, page: int = 0) -> int:
    """Give a unit's map a picture (or a page of a PDF, from 0) as base; outlines and points keep their fractions.

    A world file beside the picture gives its bounds. Returns the map's id; raises OfficeError for what is no picture.
    """
    return set_picture(office, unit_id, map_picture.read(path, page), path.name, map_world.bounds(path))


def set_picture(
    office: Office,
    unit_id: int,
    picture: map_picture.Picture,
    name: str,
    bounds: tuple[float, float, float, float] | None = None,
    *,
    step: str = "换底图",
) -> int:
    """As `set_base`, with a picture already read."""
    with office.unit(f"网格图{step}：{unit_name(office, unit_id)}") as session:
        base = base_of(session, unit_id)
        put_picture(session, base, picture, name)
        has_shapes = session.scalars(select(MapShape.id).where(MapShape.map_id == base.id)).first() is not None
        if bounds or not has_shapes:
            base.bounds = list(bounds) if bounds else []
        return base.id


def put_picture(session: Session, base: MapBase, picture: map_picture.Picture, name: str) -> None:
    """Keep a picture as the base of a map, in the place of the one before; inside a unit of work."""
    before = session.get(attachments.Attachment, base.picture_id) if base.picture_id else None
    made = attachments.Attachment(
        owner=MapBase.__tablename__,
        owner_id=base.id,
        kind="file",
        name=name[:200],
        mime="image/jpeg",
        size=len(picture.data),
        sha256=attachments.keep_bytes(session, picture.data),
        thumb_sha256=attachments.keep_bytes(session, picture.small),
    )
    session.add(made)
    session.flush()
    base.picture_id, base.width, base.height = made.id, picture.width, picture.height
    session.flush()
    if before is not None:
        session.delete(before)


def base_of(session: Session, unit_id: int) -> MapBase:
    """The unit's own map, made when there is none; inside a unit of work."""
    base = session.scalars(select(MapBase).where(MapBase.unit_id == unit_id)).first()
    if base is None:
        base = MapBase(unit_id=unit_id)
        session.add(base)
        session.flush()
    return base


def set_blank(office: Office, unit_id: int, ratio: float) -> int:
    """Give a unit's map blank paper of a ratio (width to height, 0.25 to 4) as base; the map's id."""
    if not 0.25 <= ratio <= 4:
        raise OfficeError("纸的长宽相差太大", safe="底图没有改动", do="请在 1:4 到 4:1 之间选")
    with office.unit(f"网格图用空白图纸：{unit_name(office, unit_id)}") as session:
        base = base_of(session, unit_id)
        lay_blank(session, base, ratio)
        return base.id


def lay_blank(session: Session, base: MapBase, ratio: float) -> None:
    """Make blank paper of a ratio the base; inside a unit of work."""
    before = session.get(attachments.Attachment, base.picture_id) if base.picture_id else None
    base.picture_id = None
    base.width, base.height = (BLANK, round(BLANK / ratio)) if ratio >= 1 else (round(BLANK * ratio), BLANK)
    session.flush()
    if before is not None:
        session.delete(before)


def remove_map(office: Office, unit_id: int) -> None:
    """Take a unit's own map away with its outlines and points; what is above it is used again. Undo brings it back."""
    with office.unit(f"去掉网格图：{unit_name(office, unit_id)}") as session:
        base = session.scalars(select(MapBase).where(MapBase.unit_id == unit_id)).first()
        if base is None:
            raise OfficeError("这里没有自己的网格图", safe="没有改动")
        remove(session, base)


def unit_name(office: Office, unit_id: int) -> str:
    """A unit's name; raises OfficeError when it is gone."""
    with office.read() as session:
        return _unit(session, unit_id).name


def _unit(session: Session, unit_id: int) -> GridUnit:
    unit = session.get(GridUnit, unit_id)
    if unit is None:
        raise OfficeError("这个网格已经不在了", safe="没有改动", do="请刷新后再试")
    return unit


def of_id(session: Session, map_id: int) -> MapBase:
    base = session.get(MapBase, map_id)
    if base is None:
        raise OfficeError("这张网格图已经不在了", safe="没有改动", do="可能刚被去掉；可用“撤销”找回")
    return base


def drawn(office: Office) -> list[MapView]:
    """The maps of the units that have one of their own, without their pictures' full size."""
    with office.read() as session:
        ids = list(session.scalars(select(MapBase.unit_id).order_by(MapBase.id)))
    return [found for unit_id in ids if (found := get(office, unit_id, small=True)) is not None]


# -- outlines


def targets(office: Office, unit_id: int, map_id: int | None) -> list[Target]:
    """The unit and those straight below it that stand, in the order of the tree, with ✓ where an outline exists."""
    with office.read() as session:
        shown = _unit(session, unit_id)
        drawn = set(session.scalars(select(MapShape.unit_id).where(MapShape.map_id == map_id)))
        below = select(GridUnit).where(GridUnit.parent_id == unit_id, standing(office.day()))
        units = session.scalars(below.order_by(GridUnit.sort, GridUnit.code, GridUnit.id)).all()
    found = [Target(one.id, short_name(one.name, shown.name), one.id in drawn, False) for one in units]
    return [*found, Target(shown.id, shown.name, shown.id in drawn, True)]


def checked(rings: Iterable[Iterable[Point]]) -> Rings:
    """Rings rounded and checked; raises OfficeError for too few corners, a crossing, corners outside the picture."""
    found: Rings = tuple(_distinct(ring) for ring in rings)
    if not found:
        raise OfficeError("轮廓还没有画", safe="没有保存")
    for ring in found:
        if len(ring) < 3:
            raise OfficeError(f"轮廓至少要有 3 个角，现在只有 {len(ring)} 个", safe="没有保存", do="请接着点下一个角")
        for place, (x, y) in enumerate(ring, 1):
            if not (0 <= x <= 1 and 0 <= y <= 1):
                raise OfficeError(f"第 {place} 个角在图的外面", safe="没有保存", do="请把它放到图里")
    crossed = outline.crossing(found)
    if crossed:
        raise OfficeError(
            f"轮廓的第 {crossed[0]} 条边和第 {crossed[1]} 条边交叉了",
            safe="没有保存，原来的轮廓还在",
            do="请沿着边界顺一个方向点角，或把交叉的角拖开",
        )
    if any(abs(outline.area(ring)) < LEAST for ring in found):
        raise OfficeError("轮廓太小或几个角在一条线上", safe="没有保存", do="请放大后再画")
    return found


def _distinct(ring: Iterable[Point]) -> Ring:
    corners = [(round(float(x), EXACT) + 0.0, round(float(y), EXACT) + 0.0) for x, y in ring]
    return tuple(corner for place, corner in enumerate(corners) if len(corners) < 2 or corner != corners[place - 1])


def put_shape(office: Office, map_id: int, unit_id: int, rings: Iterable[Iterable[Point]]) -> None:
    """Draw a unit's outline on a map, in the place of the one before. Raises OfficeError."""
    put_shapes(office, map_id, {unit_id: rings})


def put_shapes(
    office: Office, map_id: int, rings_by_unit: Mapping[int, Iterable[Iterable[Point]]], step: str = "画网格图轮廓"
) -> None:
    """Draw the outlines of several units in one step: a corner that neighbours share is moved in all of them."""
    with office.unit(step) as session:
        names = [put_outline(session, map_id, unit_id, rings) for unit_id, rings in rings_by_unit.items()]
        session.info["unit"].record.name = f"{step}：{'、'.join(names)}"[:200]


def put_outline(session: Session, map_id: int, unit_id: int, rings: Iterable[Iterable[Point]]) -> str:
    """As `put_shape`, inside a unit of work; the unit's name."""
    found = checked(rings)
    base, unit = of_id(session, map_id), _unit(session, unit_id)
    if base.unit_id not in {unit.id, *(above.id for above in ancestors(session, unit))}:
        raise OfficeError(f"“{unit.name}”不在这张图的范围里", safe="没有保存")
    shape = _shape(session, map_id, unit_id)
    if shape is None:
        shape = MapShape(map_id=map_id, unit_id=unit_id)
        session.add(shape)
    shape.points = [[list(corner) for corner in ring] for ring in found]
    return unit.name


def _shape(session: Session, map_id: int, unit_id: int) -> MapShape | None:
    return session.scalars(select(MapShape).where(MapShape.map_id == map_id, MapShape.unit_id == unit_id)).first()


def _drawn(session: Session, map_id: int, unit_id: int) -> MapShape:
    shape = _shape(session, map_id, unit_id)
    if shape is None:
        raise OfficeError(f"“{_unit(session, unit_id).name}”在这张图上还没有轮廓", safe="没有改动")
    return shape


def _corners(session: Session, map_id: int, unit_id: int, ring: int) -> tuple[list[list[Point]], list[Point]]:
    rings = [list(one) for one in rings_of(_drawn(session, map_id, unit_id).points)]
    if not 0 <= ring < len(rings):
        raise OfficeError("这块轮廓已经不在了", safe="没有改动", do="请刷新后再试")
    return rings, rings[ring]


def move_corner(office: Office, map_id: int, unit_id: int, ring: int, place: int, to: Point) -> None:
    """Put a corner (from 0) of an outline's ring (from 0) somewhere else."""
    with office.read() as session:
        rings, corners = _corners(session, map_id, unit_id, ring)
    corners[place] = to
    put_shapes(office, map_id, {unit_id: rings}, "移动轮廓的角")


def insert_corner(office: Office, map_id: int, unit_id: int, ring: int, place: int, to: Point) -> None:
    """Put a new corner before another."""
    with office.read() as session:
        rings, corners = _corners(session, map_id, unit_id, ring)
    corners.insert(place, to)
    put_shapes(office, map_id, {unit_id: rings}, "轮廓加一个角")


def remove_corner(office: Office, map_id: int, unit_id: int, ring: int, place: int) -> None:
    """Take a corner out; the last three stay."""
    with office.read() as session:
        rings, corners = _corners(session, map_id, unit_id, ring)
    if len(corners) <= 3:
        raise OfficeError("轮廓只剩 3 个角，不能再去掉", safe="没有改动", do="要去掉整个轮廓，请用“删除轮廓”")
    corners.pop(place)
    put_shapes(office, map_id, {unit_id: rings}, "轮廓去掉一个角")


def remove_shape(office: Office, map_id: int, unit_id: int) -> None:
    """Take a unit's outline away."""
    with office.unit(f"删除网格图轮廓：{unit_name(office, unit_id)}") as session:
        session.delete(_drawn(session, map_id, unit_id))


def sources(office: Office, map_id: int, unit_id: int) -> list[Source]:
    """Whose outlines can be joined into a unit's: of the same level on this map, ended ones too."""
    with office.read() as session:
        into = _unit(session, unit_id)
        moved = set(session.scalars(select(Relocation.old_unit_id).where(Relocation.new_unit_id == unit_id).distinct()))
        wanted = (
            select(GridUnit)
            .join(MapShape, MapShape.unit_id == GridUnit.id)
            .where(MapShape.map_id == map_id, GridUnit.level == into.level, GridUnit.parent_id == into.parent_id)
            .order_by(GridUnit.sort, GridUnit.code, GridUnit.id)
        )
        day = office.day()
        return [
            Source(one.id, one.name, one.end is not None and one.end < day, one.id in moved or one.id == unit_id)
            for one in session.scalars(wanted)
        ]


def join(office: Office, map_id: int, unit_ids: Iterable[int], into: int) -> None:
    """Make the outline around several units' outlines that of one unit; outlines of units that ended stay as they were.

    Outlines of other units that still stand stay too. Raises OfficeError when they do not adjoin.
    """
    with office.unit("合并轮廓") as session:
        wanted = list(dict.fromkeys(unit_ids))
        if len(wanted) < 2:
            raise OfficeError("合并要选两个以上的轮廓", safe="没有改动")
        outlines = [rings_of(_drawn(session, map_id, unit_id).points) for unit_id in wanted]
        names = "、".join(_unit(session, unit_id).name for unit_id in wanted)
        found = union.joined(outlines)
        try:
            whole = checked(found)
        except OfficeError as error:
            raise OfficeError("这几个轮廓合并不起来", safe="没有改动", do="请照着原来的轮廓重新画一个") from error
        outer = [ring for ring in whole if not any(r != ring and outline.contains((r,), ring[0]) for r in whole)]
        if len(outer) > max(len(rings) for rings in outlines):
            raise OfficeError("这几个轮廓不相邻", safe="没有改动", do="请先把共同的边界拖到一起，或重新画一个")
        put_outline(session, map_id, into, whole)
        session.info["unit"].record.name = f"合并轮廓：{names} → {_unit(session, into).name}"[:200]
