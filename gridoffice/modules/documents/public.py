"""The public views papers are drawn from, made of the public roll; nothing private passes through here."""

from __future__ import annotations

import itertools
from datetime import date

from gridoffice.domain import networks
from gridoffice.domain.grids import GridUnit
from gridoffice.modules.documents.roll import WORKING, Roll, Seat
from gridoffice.modules.documents.texts import Texts
from gridoffice.papers import fonts
from gridoffice.papers.views import (
    CardView,
    GridView,
    Hotline,
    PersonView,
)

SETTING_LINES = (
    ("service_phone", "便民服务"), ("clinic_phone", "卫生院"), ("police_phone", "派出所"), ("power_phone", "供电抢修"),
    ("water_phone", "供水抢修"), ("gas_phone", "燃气抢修"),
)  # fmt: skip


def person(roll: Roll, seat: Seat | None, *, post: str = "") -> PersonView | None:
    """A seat's holder as the public may see them; the post is the person's own, else the role's title."""
    if seat is None:
        return None
    return PersonView(seat.name, post or seat.post or seat.role_title, seat.phone, roll.photos.get(seat.staff_id))


def beside(seat: Seat | None) -> PersonView | None:
    """Whom else to call: a card prints name and phone only, so nothing else of them makes it out of date."""
    return PersonView(seat.name, "", seat.phone, None) if seat is not None else None


def hotlines(roll: Roll, unit: GridUnit | None = None) -> tuple[Hotline, ...]:
    """The number of the unit's village committee and the office's own numbers, as far as they are set."""
    village = roll.village_of(unit) if unit is not None else None
    own = ((committee(village.name), village.phone),) if village is not None and village.phone else ()
    return (*own, *((title, roll.office[key]) for key, title in SETTING_LINES if roll.office.get(key)))


def committee_of(village: str) -> str:
    """What the village's own office is called in full."""
    return "居民委员会" if village.endswith("社区") else "村民委员会"


def committee(village: str) -> str:
    """What the village's own office is called in short."""
    return "居委会" if village.endswith("社区") else "村委会"


def cards(
    roll: Roll, texts: Texts, number: str, made_on: date, seats: list[tuple[Seat, list[GridUnit]]]
) -> list[CardView]:
    """One card for each of the seats (`Roll.workers`), in their order."""
    found = []
    for place, (seat, units) in enumerate(seats, 1):
        holder = person(roll, seat)
        assert holder is not None
        found.append(
            CardView(
                office=roll.office["name"],
                person=holder,
                unit=_units(roll, units),
                stand_in=beside(roll.partner(seat)),
                supervise_phone=roll.office["supervise_phone"],
                services=texts.card_services,
                hotlines=hotlines(roll, units[0]),
                emergency=texts.emergency,
                number=f"{number}-{place:03d}" if number else "",
                made_on=made_on,
            )
        )
    return found


def _units(roll: Roll, units: list[GridUnit]) -> str:
    """石桥村第2网格、第3网格: a village is named once."""
    names = [units[0].name]
    for before, unit in itertools.pairwise(units):
        names.append(roll.short(unit) if unit.parent_id == before.parent_id else unit.name)
    return "、".join(names)


def grid(roll: Roll, unit: GridUnit) -> GridView:
    """One grid with those who are responsible."""
    worker = roll.seat(unit.id, networks.WORKER, networks.ASSISTANT)
    stand_in = roll.seat(unit.id, networks.STAND_IN)
    return GridView(
        roll.short(unit), unit.groups, person(roll, worker), person(roll, stand_in), unit.households, unit.persons
    )


def sum_of(units: list[GridUnit], name: str) -> int | None:
    """A figure over all grids; None when no grid has it."""
    known = [value for unit in units if (value := getattr(unit, name)) is not None]
    return sum(known) if known else None


def gaps(people: list[PersonView], *, photos: bool = True) -> tuple[str, ...]:
    """What the office should know of a paper: who has no photo (where it shows them), no phone, letters no face has."""
    no_photo = sum(1 for one in people if one.photo is None) if photos else 0
    no_phone = [one.name for one in people if not one.phone]
    found = []
    if no_photo:
        found.append(f"{no_photo} 人没有照片，已用空白头像")
    if no_phone:
        names = "、".join(no_phone[:5]) + ("等" if len(no_phone) > 5 else "")
        found.append(f"{len(no_phone)} 人没有电话，号码处留空：{names}")
    for one in people:
        without = fonts.missing(one.name)
        if without:
            found.append(f"“{one.name}”的“{without}”字库里没有，印成了〓，请手写补上")
    return tuple(dict.fromkeys(found))


def unset(roll: Roll) -> tuple[str, ...]:
    """That the office has no supervision phone yet: the place for it stays empty on every public paper."""
    if roll.office.get("supervise_phone"):
        return ()
    return ("监督电话还没有填，没有印（在 设置 → 办公室信息 里填写）",)


def working(roll: Roll, unit_id: int | None) -> list[PersonView]:
    """Everybody in a grid's role under a unit, as views."""
    within = roll.within(unit_id) if unit_id else set(roll.units)
    found = {s.staff_id: s for unit in within for s in roll.seats.get(unit, []) if s.role in (*WORKING, networks.HEAD)}
    return [view for seat in found.values() if (view := person(roll, seat)) is not None]
