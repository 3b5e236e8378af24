"""门贴: stickers for doors and stairways, by grid, by building or by household; never a resident's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.domain.grids import GRID, MICRO, VILLAGE, GridUnit
from gridoffice.modules.documents import addressees, naming, portraits, public, roll, texts
from gridoffice.modules.documents.recipe import Item, Maker, Option, Options, Prepared, chosen
from gridoffice.papers.door import DoorView
from gridoffice.papers.views import PersonView

SIZES = (("95x135", "95×135 毫米，4 张"), ("80x120", "80×120 毫米，4 张"), ("A5", "A5，A4 横放 2 张"))
GRIDS, BUILDINGS, HOUSES = "grid", "building", "household"
PER = ((GRIDS, "按网格（都一样）"), (BUILDINGS, "按楼栋（微网格）"), (HOUSES, "按户（只印户号）"))


def prepare(office: Office, options: Options) -> Prepared:
    """Stickers for the doors under a unit."""
    from gridoffice.papers import door

    name = naming.office_name(office)
    found = roll.read(office)
    under = naming.unit_of(found, options.get("unit"))
    per = str(options.get("per") or GRIDS)
    made = chosen(tuple(_items(office, found, under.id if under else None, per)), options)
    if not made:
        raise OfficeError("这里没有可贴的门", do="请换一个范围或换一种门贴")
    copies = max(int(options.get("copies") or 1), 1) if per != HOUSES else 1
    size, single = str(options.get("size") or "95x135"), bool(options.get("bleed"))

    def draw(number: str) -> bytes:
        views = [item.view for item in made for _copy in range(copies)]
        return door.draw([replace(view, number=number) for view in views], size, single=single)

    people: list[PersonView] = [one for item in made for one in (item.view.person, item.view.stand_in) if one]
    nobody = [item.view.unit for item in made if item.view.person is None]
    told = [
        *public.unset(found),
        *public.gaps(list(dict.fromkeys(people))),
        *portraits.notes(list(dict.fromkeys(people))),
    ]
    if nobody:
        told.append(f"还没有网格员，印成“待定”：{portraits.names(nobody)}")
    title = f"{under.name if under else name}门贴 {len(made) * copies} 张"
    return Prepared(title, draw, made, tuple(told), under.id if under else None)


def _items(office: Office, found: roll.Roll, unit_id: int | None, per: str) -> list[Item]:
    words, today = texts.wording("door"), office.today()
    if per == HOUSES:
        houses = [one for one in addressees.households(office, unit_id) if one.unit_id in found.units]
        return [
            Item(f"household:{one.id}", f"户 {one.number}门贴",
                 _view(found, words, today, found.units[one.unit_id or 0], f"户号 {one.number}"))
            for one in houses
        ]  # fmt: skip
    within = found.within(unit_id) if unit_id else set(found.units)
    level = GRID if per == GRIDS else MICRO
    units = [one for one in found.units.values() if one.level == level and one.id in within]
    return [Item(f"unit:{one.id}", f"{one.name}门贴", _view(found, words, today, one, "")) for one in units]


def _view(found: roll.Roll, words: dict[str, str], today: date, unit: GridUnit, place: str) -> DoorView:
    """A sticker of a unit: its own worker, for a building without one that of its grid."""
    where: GridUnit | None = unit
    while where is not None and found.seat(where.id, networks.WORKER, networks.STAND_IN, networks.ASSISTANT) is None:
        where = found.units.get(where.parent_id or 0) if where.level > GRID else None
    seat = found.seat(where.id, networks.WORKER, networks.STAND_IN, networks.ASSISTANT) if where is not None else None
    stand_in = found.partner(seat) if seat is not None else None
    return DoorView(
        office=found.office["name"],
        unit=unit.name,
        door=place,
        title=words["title"],
        call_for=words["call_for"],
        person=public.person(found, seat),
        stand_in=public.person(found, stand_in),
        away=words["away"],
        supervise_phone=found.office["supervise_phone"],
        keep=words["keep"],
        number="",
        made_on=today,
    )


MAKERS = (
    Maker(
        kind="door",
        title="门贴",
        group="公示",
        icon="personnel",
        about="贴在门后和楼道：有事找哪个网格员，电话最大，扫码拨号。",
        prepare=prepare,
        options=(
            Option("unit", "范围", "unit", levels=(VILLAGE, GRID)),
            Option("per", "一张一个", "choice", choices=PER, default=GRIDS),
            Option("copies", "每种印几张", "number", default=4, low=1, high=400),
            Option("size", "尺寸", "choice", choices=SIZES, default="95x135"),
            Option("bleed", "一页一张，3 毫米出血", "tick", default=False),
        ),
        is_tracked=True,
        order=34,
    ),
)
