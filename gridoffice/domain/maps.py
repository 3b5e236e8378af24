"""Maps without a network: a picture of a unit as base, outlines of grids and points drawn over it (F8).

Places are fractions of the base picture: (0, 0) its upper left, (1, 1) its lower right corner.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, Integer, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gridoffice.db.base import Record
from gridoffice.db.office import Office
from gridoffice.domain import attachments, outline
from gridoffice.domain.grids import GridUnit, ancestors, short_name, standing
from gridoffice.domain.map_points import FIELDS
from gridoffice.domain.outline import Rings
from gridoffice.domain.premises import Premises


class MapBase(Record):
    """The base of a unit's map: a picture (photo, sketch, scan), or none (blank paper of a ratio)."""

    __tablename__ = "map_base"

    unit_id: Mapped[int] = mapped_column(ForeignKey("grid_unit.id"), unique=True)
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    width: Mapped[int] = mapped_column(Integer, default=1600)  # pixels, for the ratio
    height: Mapped[int] = mapped_column(Integer, default=1200)
    bounds: Mapped[Any] = mapped_column(JSON, default=list)  # [west, south, east, north], empty where not known


class MapShape(Record):
    """The outline of a unit on the map of a unit above it (or its own): rings of [x, y]."""

    __tablename__ = "map_shape"

    map_id: Mapped[int] = mapped_column(ForeignKey("map_base.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("grid_unit.id"), index=True)
    points: Mapped[Any] = mapped_column(JSON, default=list)


class MapPoint(Record):
    """A point on a map: a place that is inspected, a hydrant, a post; `premises_id` where it is one of the ledger."""

    __tablename__ = "map_point"

    map_id: Mapped[int] = mapped_column(ForeignKey("map_base.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20), default="")
    title: Mapped[str] = mapped_column(String(60), default="")
    premises_id: Mapped[int | None] = mapped_column(ForeignKey("premises.id"), index=True)
    x: Mapped[float] = mapped_column(Float)
    y: Mapped[float] = mapped_column(Float)


OWN, BELOW, AROUND = "own", "below", "around"
"""An outline is that of the unit shown, of one straight below it, or of a neighbour."""
TINTS = len(FIELDS)
WHOLE = (0.0, 0.0, 1.0, 1.0)
MARGIN = 0.06
"""Of a unit shown on a map of one above it: so much of its size is shown around it."""


@dataclass(frozen=True)
class Shape:
    """An outline: `name` without the village's, `tint` a number below TINTS that differs from its neighbours'."""

    id: int
    unit_id: int
    name: str
    role: str
    rings: Rings
    tint: int = 0


@dataclass(frozen=True)
class Mark:
    """A point; `title` is its own or its premises' name."""

    id: int
    kind: str
    title: str
    x: float
    y: float
    premises_id: int | None = None


@dataclass(frozen=True)
class MapView:
    """What is seen of a unit's map: its own, or the part of one above it in `frame` (left, upper, right, lower end)."""

    id: int
    unit_id: int  # whose map it is
    unit_name: str
    shown_id: int
    shown_name: str
    width: int
    height: int
    bounds: tuple[float, float, float, float] | None
    picture: bytes | None
    frame: tuple[float, float, float, float]
    shapes: tuple[Shape, ...]
    marks: tuple[Mark, ...]

    @property
    def is_own(self) -> bool:
        """Whether the shown unit has this map for itself."""
        return self.unit_id == self.shown_id

    @property
    def ratio(self) -> float:
        """Width to height of the base."""
        return self.width / self.height

    def of_role(self, role: str) -> tuple[Shape, ...]:
        """The outlines of a role."""
        return tuple(shape for shape in self.shapes if shape.role == role)

    def outline_of(self, unit_id: int) -> Shape | None:
        """The outline of a unit."""
        return next((shape for shape in self.shapes if shape.unit_id == unit_id), None)


def rings_of(points: Any) -> Rings:
    """Kept JSON as rings."""
    return tuple(tuple((float(x), float(y)) for x, y in ring) for ring in points or ())


def get(office: Office, unit_id: int, *, small: bool = False, borrow: bool = False) -> MapView | None:
    """The map of a unit on the office's day; None when it has none and none above it shows its outline.

    `small`: the base as a small picture, for a card. `borrow`: without an outline, the whole map above it.
    """
    with office.read() as session:
        unit = session.get(GridUnit, unit_id)
        return view(session, unit, office.day(), small=small, borrow=borrow) if unit is not None else None


def view(session: Session, unit: GridUnit, day: date, *, small: bool = False, borrow: bool = False) -> MapView | None:
    """As `get`, inside a session."""
    found = _found(session, unit, borrow)
    if found is None:
        return None
    base, owner = found
    shapes = _shapes(session, base, unit, day)
    own = next((shape for shape in shapes if shape.role == OWN), None)
    return MapView(
        id=base.id,
        unit_id=owner.id,
        unit_name=owner.name,
        shown_id=unit.id,
        shown_name=unit.name,
        width=base.width,
        height=base.height,
        bounds=tuple(base.bounds) if base.bounds else None,
        picture=attachments.data_of(session, base.picture_id, thumb=small),
        frame=WHOLE if base.unit_id == unit.id or own is None else _frame(own.rings),
        shapes=shapes,
        marks=_marks(session, base),
    )


def _found(session: Session, unit: GridUnit, borrow: bool) -> tuple[MapBase, GridUnit] | None:
    """The unit's own map, else the nearest above that has its outline, else (borrowed) the nearest above."""
    above = None
    for owner in (unit, *reversed(ancestors(session, unit))):
        base = session.scalars(select(MapBase).where(MapBase.unit_id == owner.id)).first()
        if base is None:
            continue
        has = select(MapShape.id).where(MapShape.map_id == base.id, MapShape.unit_id == unit.id)
        if owner.id == unit.id or session.scalars(has).first() is not None:
            return base, owner
        above = above or (base, owner)
    return above if borrow else None


def is_above(office: Office, unit_id: int) -> bool:
    """Whether a unit above this one has a map that could be used."""
    with office.read() as session:
        unit = session.get(GridUnit, unit_id)
        ids = [one.id for one in ancestors(session, unit)] if unit is not None else []
        return session.scalars(select(MapBase.id).where(MapBase.unit_id.in_(ids))).first() is not None


def _frame(rings: Rings) -> tuple[float, float, float, float]:
    left, top, right, bottom = outline.box(rings)
    across, down = (right - left) * MARGIN, (bottom - top) * MARGIN
    return max(0.0, left - across), max(0.0, top - down), min(1.0, right + across), min(1.0, bottom + down)


def _shapes(session: Session, base: MapBase, unit: GridUnit, day: date) -> tuple[Shape, ...]:
    parent = GridUnit.__table__.alias("parent")
    wanted = (
        select(MapShape, GridUnit, parent.c.name)
        .join(GridUnit, GridUnit.id == MapShape.unit_id)
        .outerjoin(parent, parent.c.id == GridUnit.parent_id)
        .where(MapShape.map_id == base.id, standing(day))
        .order_by(GridUnit.level, GridUnit.sort, GridUnit.code, GridUnit.id)
    )
    found = []
    for shape, one, above in session.execute(wanted):
        role = _role(one, unit)
        if role:
            found.append(Shape(shape.id, one.id, short_name(one.name, above or ""), role, rings_of(shape.points)))
    return _tinted(found)


def _role(one: GridUnit, shown: GridUnit) -> str:
    if one.id == shown.id:
        return OWN
    if one.parent_id == shown.id:
        return BELOW
    return AROUND if one.parent_id == shown.parent_id and one.level == shown.level else ""


def _tinted(shapes: list[Shape]) -> tuple[Shape, ...]:
    """Outlines with tints: each the least used one that no neighbour drawn before has."""
    boxes = [outline.box(shape.rings) for shape in shapes]
    tints: list[int] = []
    for place, here in enumerate(boxes):
        beside = {tints[n] for n in range(place) if shapes[n].role == shapes[place].role and _near(boxes[n], here)}
        free = [tint for tint in range(TINTS) if tint not in beside] or list(range(TINTS))
        tints.append(min(free, key=lambda tint: (tints.count(tint), tint)))
    return tuple(
        Shape(one.id, one.unit_id, one.name, one.role, one.rings, tint) for one, tint in zip(shapes, tints, strict=True)
    )


def _near(first: tuple[float, float, float, float], second: tuple[float, float, float, float]) -> bool:
    apart = 0.02
    return (
        first[0] <= second[2] + apart and second[0] <= first[2] + apart
        and first[1] <= second[3] + apart and second[1] <= first[3] + apart
    )  # fmt: skip


def _marks(session: Session, base: MapBase) -> tuple[Mark, ...]:
    wanted = (
        select(MapPoint, Premises.name)
        .outerjoin(Premises, Premises.id == MapPoint.premises_id)
        .where(MapPoint.map_id == base.id)
        .order_by(MapPoint.id)
    )
    return tuple(
        Mark(one.id, one.kind, one.title or name or "", one.x, one.y, one.premises_id)
        for one, name in session.execute(wanted)
    )


def forget_units(session: Session, unit_ids: Iterable[int]) -> None:
    """Take the maps and outlines of units out, before the units themselves are deleted; inside a unit of work."""
    ids = list(unit_ids)
    for base in session.scalars(select(MapBase).where(MapBase.unit_id.in_(ids))).all():
        remove(session, base)
    for shape in session.scalars(select(MapShape).where(MapShape.unit_id.in_(ids))).all():
        session.delete(shape)
    session.flush()


def forget_premises(session: Session, premises_ids: Iterable[int]) -> None:
    """Take the points of premises out, before the premises themselves are deleted; inside a unit of work."""
    for point in session.scalars(select(MapPoint).where(MapPoint.premises_id.in_(list(premises_ids)))).all():
        session.delete(point)
    session.flush()


def remove(session: Session, base: MapBase) -> None:
    """Take a map out with its outlines, points and picture; inside a unit of work."""
    for record in (MapShape, MapPoint):
        for one in session.scalars(select(record).where(record.map_id == base.id)).all():
            session.delete(one)
    session.flush()
    picture = session.get(attachments.Attachment, base.picture_id) if base.picture_id else None
    session.delete(base)
    session.flush()
    if picture is not None:
        session.delete(picture)
