"""Points on a map: places of the ledger, hydrants, posts; each step can be undone."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.text import narrow
from gridoffice.db.office import Office
from gridoffice.domain import map_points
from gridoffice.domain.grids import subtree
from gridoffice.domain.maps import MapPoint
from gridoffice.domain.premises import Premises
from gridoffice.modules.grids import maps


@dataclass(frozen=True)
class Place:
    """Premises that can be put on the map."""

    id: int
    name: str
    detail: str
    is_placed: bool


def _inside(x: float, y: float) -> None:
    if not (0 <= x <= 1 and 0 <= y <= 1):
        raise OfficeError("这个点在图的外面", safe="没有保存", do="请点在图里")


def titled(text: str) -> str:
    """A point's name: no telephone or ID number, because maps hang in public."""
    title = narrow(text)[:60]
    if map_points.has_number(title):
        raise OfficeError("点位名称里不要写电话或证件号码", safe="没有保存", do="图会张贴出去，请只写地名")
    return title


def put(
    office: Office, map_id: int, kind: str, x: float, y: float, *, title: str = "", premises_id: int | None = None
) -> int:
    """Place a point; premises that stand on the map already are moved there. The point's id; raises OfficeError."""
    _inside(x, y)
    known = map_points.kind(kind)
    with office.unit("网格图放点位") as session:
        maps.of_id(session, map_id)
        place = session.get(Premises, premises_id) if premises_id else None
        if premises_id and place is None:
            raise OfficeError("这个场所已经不在了", safe="没有放点位", do="请刷新后再试")
        point = None
        if place is not None:
            known = map_points.of_premises(place.kind)
            same = select(MapPoint).where(MapPoint.map_id == map_id, MapPoint.premises_id == place.id)
            point = session.scalars(same).first()
        if point is None:
            point = MapPoint(map_id=map_id, premises_id=premises_id)
            session.add(point)
        point.kind, point.title, point.x, point.y = known.key, titled(title), round(x, maps.EXACT), round(y, maps.EXACT)
        session.flush()
        word = place.name if place is not None else point.title or known.title
        session.info["unit"].record.name = f"网格图放点位：{word}"
        return point.id


def _point(session: Session, point_id: int) -> MapPoint:
    point = session.get(MapPoint, point_id)
    if point is None:
        raise OfficeError("这个点位已经不在了", safe="没有改动", do="可能刚被删除；可用“撤销”找回")
    return point


def move(office: Office, point_id: int, x: float, y: float) -> None:
    """Put a point somewhere else."""
    _inside(x, y)
    with office.unit("移动网格图点位") as session:
        point = _point(session, point_id)
        point.x, point.y = round(x, maps.EXACT), round(y, maps.EXACT)
        session.info["unit"].record.name = f"移动网格图点位：{_word(session, point)}"


def change(office: Office, point_id: int, kind: str, title: str) -> None:
    """Give a point another kind and name; premises keep their own name."""
    with office.unit("修改网格图点位") as session:
        point = _point(session, point_id)
        point.kind, point.title = map_points.kind(kind).key, titled(title)
        session.info["unit"].record.name = f"修改网格图点位：{_word(session, point)}"


def remove(office: Office, point_id: int) -> None:
    """Take a point off the map; premises stay in their ledger."""
    with office.unit("删除网格图点位") as session:
        point = _point(session, point_id)
        session.info["unit"].record.name = f"删除网格图点位：{_word(session, point)}"
        session.delete(point)


def _word(session: Session, point: MapPoint) -> str:
    place = session.get(Premises, point.premises_id) if point.premises_id else None
    return point.title or (place.name if place is not None else map_points.kind(point.kind).title)


def places(office: Office, unit_id: int, map_id: int, text: str = "", most: int = 300) -> list[Place]:
    """The premises in a unit and below, found by name, pinyin, initials or number; those not yet placed first."""
    wanted = narrow(text).lower()
    with office.read() as session:
        placed = set(session.scalars(select(MapPoint.premises_id).where(MapPoint.map_id == map_id)))
        found = select(Premises).where(Premises.unit_id.in_(select(subtree(unit_id).c.id)))
        if wanted:
            keys = (Premises.name, Premises.pinyin, Premises.initials, Premises.number)
            found = found.where(or_(*(key.icontains(wanted, autoescape=True) for key in keys)))
        rows = session.scalars(found.order_by(Premises.number, Premises.id).limit(most)).all()
    made = [Place(one.id, one.name, f"{one.number} {one.kind}", one.id in placed) for one in rows]
    return sorted(made, key=lambda place: place.is_placed)
