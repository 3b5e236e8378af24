"""网格图: the map of a unit as a paper."""

from __future__ import annotations

from dataclasses import replace

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.grids import GRID, VILLAGE
from gridoffice.modules.documents import naming, public_map, roll, service
from gridoffice.modules.documents.recipe import Item, Maker, Option, Options, Prepared


def prepare(office: Office, options: Options) -> Prepared:
    """The map of a unit, A4 or A3 across, with the points asked for (`public_map.ALL` …)."""
    from gridoffice.papers import map_paper

    naming.office_name(office)
    found = roll.read(office, photos=False)
    unit_id = options.get("unit") or next((one.id for one in service.towns(office)), 0)
    place = found.units.get(int(unit_id))
    if place is None:
        raise OfficeError("这个网格已经不在了", do="请刷新后再选")
    points, size = str(options.get("points", public_map.ALL)), str(options.get("size", "A4"))
    view = public_map.paper(office, place, found.office, "", office.today(), points)
    if view is None:
        raise OfficeError(f"“{place.name}”还没有网格图", do="请先在“网格”页点“网格图”，选底图、画出轮廓")

    def draw(number: str) -> bytes:
        return map_paper.draw(replace(view, number=number), size)

    return Prepared(view.title, draw, (Item(f"unit:{place.id}:{points}", view.title, view),), (), place.id)


MAKERS = (
    Maker(
        kind="map",
        title="网格图",
        group="公示",
        icon="grids",
        about="A4 或 A3 横放：底图、网格轮廓、公开的点位和图例。",
        prepare=prepare,
        options=(
            Option("unit", "范围", "unit", levels=(VILLAGE, GRID)),
            Option("size", "纸张", "choice", choices=(("A4", "A4"), ("A3", "A3")), default="A4"),
            Option(
                "points",
                "点位",
                "choice",
                choices=(
                    (public_map.ALL, "公开的点位"),
                    (public_map.WATER, "只印消防水源"),
                    (public_map.NONE, "不印点位"),
                ),
                default=public_map.ALL,
            ),
        ),
        is_tracked=True,
        order=35,
    ),
)
