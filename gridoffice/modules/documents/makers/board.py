"""公示牌: the notice board of a village."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.grids import VILLAGE
from gridoffice.modules.documents import naming, public, public_map, roll, texts
from gridoffice.modules.documents.recipe import Item, Maker, Option, Options, Prepared


def prepare(office: Office, options: Options) -> Prepared:
    """A village's notice board of 600×900 mm."""
    from gridoffice.papers import board

    naming.office_name(office)
    found = roll.read(office, large=True)
    place = naming.unit_of(found, options.get("unit"))
    if place is None:
        raise OfficeError("还没有选村（社区）", do="公示牌一村一块，请选一个村")
    if not found.grids(place.id):
        raise OfficeError(f"“{place.name}”还没有网格", do="请先在“网格”里新建，或导入网格划分表")
    chart = public_map.chart(office, place.id)
    if chart is not None and not any(not area.is_frame for area in chart.areas):
        chart = None  # a base without grids tells less than the list of their numbers
    view = public.board(found, texts.load(), place, "", office.today(), chart)
    title = f"{place.name}公示牌"
    return Prepared(
        title,
        lambda number: board.draw(replace(view, number=number)),
        (Item(f"unit:{place.id}", title, view),),
        public.gaps(public.working(found, place.id)),
        place.id,
    )


def each(office: Office, options: Options) -> list[tuple[str, dict[str, Any]]]:
    """One board for each village that has grids."""
    found = roll.read(office, photos=False)
    return [(f"{unit.name}公示牌", {**options, "unit": unit.id}) for unit in found.villages() if found.grids(unit.id)]


MAKERS = (
    Maker(
        kind="board",
        title="公示牌",
        group="公示",
        icon="grids",
        about="600×900 毫米，一村一块，只印公开内容，带签章。",
        prepare=prepare,
        options=(Option("unit", "村（社区）", "unit", levels=(VILLAGE,), is_required=True),),
        each=each,
        each_title="每村一块",
        is_tracked=True,
        order=30,
    ),
)
