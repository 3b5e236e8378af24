"""便民服务联系卡: the contact cards of grid workers."""

from __future__ import annotations

from dataclasses import replace

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.grids import GRID, VILLAGE
from gridoffice.modules.documents import naming, public, roll, texts
from gridoffice.modules.documents.recipe import Item, Maker, Option, Options, Prepared, chosen


def prepare(office: Office, options: Options) -> Prepared:
    """Contact cards of all grid workers, or of those under a unit; with `heads` of village heads too."""
    from gridoffice.papers import cards

    name = naming.office_name(office)
    found = roll.read(office)
    under = naming.unit_of(found, options.get("unit"))
    seats = found.workers(under.id if under else None, heads=bool(options.get("heads")))
    views = public.cards(found, texts.load(), "", office.today(), seats)
    items = chosen(
        tuple(
            Item(f"staff:{seat.staff_id}", f"{view.person.name}联系卡", view)
            for (seat, _units), view in zip(seats, views, strict=True)
        ),
        options,
    )
    if not items:
        raise OfficeError("这里还没有网格员，没有联系卡可印", do="请先导入网格员名册，或在“网格”里安排任职")

    def draw(number: str) -> bytes:
        return cards.draw(
            [replace(item.view, number=f"{number}-{place:03d}") for place, item in enumerate(items, 1)],
        )

    title = f"{under.name if under else name}联系卡 {len(items)} 张"
    told = public.gaps([item.view.person for item in items])
    return Prepared(title, draw, items, told, under.id if under else None)


MAKERS = (
    Maker(
        kind="cards",
        title="联系卡",
        group="卡证",
        icon="personnel",
        about="90×54 毫米，A4 每页十张，正反面对好，带裁切线。发给居民。",
        prepare=prepare,
        options=(
            Option("unit", "范围", "unit", levels=(VILLAGE, GRID)),
            Option("heads", "也印村级网格长", "tick", default=False),
        ),
        is_tracked=True,
        order=10,
    ),
)
