"""Maps without a network: a picture of a unit as base, outlines of grids and points drawn over it (F8).

Places are fractions of the base picture: (0, 0) its upper left, (1, 1) its lower right corner.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from gridoffice.db.base import Record


class MapBase(Record):
    """The base of a unit's map: a picture (photo, sketch, scan), or none (blank paper of a ratio)."""

    __tablename__ = "map_base"

    unit_id: Mapped[int] = mapped_column(ForeignKey("grid_unit.id"), unique=True)
    picture_id: Mapped[int | None] = mapped_column(ForeignKey("attachment.id"))
    width: Mapped[int] = mapped_column(Integer, default=1600)  # pixels, for the ratio
    height: Mapped[int] = mapped_column(Integer, default=1200)
    bounds: Mapped[Any] = mapped_column(JSON, default=None)  # [west, south, east, north] where a GeoJSON gave it


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
