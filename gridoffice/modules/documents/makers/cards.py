"""便民服务联系卡: the contact cards of grid workers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.grids import GRID, VILLAGE
from gridoffice.modules.documents import naming, portraits, public, roll, texts
from gridoffice.modules.documents.recipe import Item, Maker, Option, Options, Prepared, chosen

DESIGNS = (
    ("red", "红色横条"), ("blue", "蓝色竖条"), ("green", "素白细线（省墨）"), ("large", "大字（不印照片）"),
)  # fmt: skip
SIZES = (("90x54", "90×54 毫米"), ("85.5x54", "85.5×54 毫米"))
SHEETS = (
    ("long", "A4 双面，长边翻转"),
    ("short", "A4 双面，短边翻转"),
    ("single", "A4 只印正面"),
    ("shop", "交印刷厂，带出血"),
)
CODES = (("tel", "扫码拨号"), ("vcard", "扫码存进通讯录"), ("none", "不印二维码"))


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
    design, size = str(options.get("design") or "red"), str(options.get("cut") or "90x54")
    sheet, code = str(options.get("sheet") or "long"), str(options.get("code") or "tel")

    def draw(number: str) -> bytes:
        made = [replace(item.view, number=f"{number}-{place:03d}") for place, item in enumerate(items, 1)]
        return cards.draw(made, design=design, size=size, code=code, turn=sheet, single=sheet == "shop", coded=True)

    title = f"{under.name if under else name}联系卡 {len(items)} 张"
    people = [item.view.person for item in items]
    told = (
        *public.unset(found),
        *public.gaps(people, photos=design != "large"),
        *(portraits.notes(people) if design != "large" else ()),
    )
    return Prepared(title, draw, items, told, under.id if under else None)


def each(office: Office, options: Options) -> list[tuple[str, dict[str, Any]]]:
    """The cards of each village that has somebody."""
    found = roll.read(office, photos=False)
    heads = bool(options.get("heads"))
    return [
        (village.name, {**options, "unit": village.id})
        for village in found.villages()
        if found.workers(village.id, heads=heads)
    ]


MAKERS = (
    Maker(
        kind="cards",
        title="联系卡",
        group="卡证",
        icon="personnel",
        about="90×54 毫米，A4 每页十张，正反面对好，带裁切线。发给居民。",
        prepare=prepare,
        each=each,
        each_title="每村一份",
        options=(
            Option("unit", "范围", "unit", levels=(VILLAGE, GRID)),
            Option("heads", "也印村级网格长", "tick", default=False),
            Option("design", "样式", "choice", choices=DESIGNS, default="red"),
            Option("sheet", "纸张", "choice", choices=SHEETS, default="long"),
            Option("cut", "尺寸", "choice", choices=SIZES, default="90x54"),
            Option("code", "二维码", "choice", choices=CODES, default="tel"),
        ),
        is_tracked=True,
        order=10,
    ),
)
