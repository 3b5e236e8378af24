"""有事找谁: one sheet for each grid that says whom to call for what (X33)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.domain.grids import GRID, VILLAGE, GridUnit
from gridoffice.modules.documents import naming, other_networks, portraits, public, roll, texts
from gridoffice.modules.documents.recipe import Item, Maker, Option, Options, Prepared, chosen
from gridoffice.papers.help_sheet import HelpSheetView, NeedView

LINE = {"need": texts.TEXT, "who": texts.TEXT, "number": texts.TEXT}


def prepare(office: Office, options: Options) -> Prepared:
    """The sheets of all grids under a unit."""
    from gridoffice.papers import help_sheet

    name = naming.office_name(office)
    found = roll.read(office, large=True)
    under = naming.unit_of(found, options.get("unit"))
    words = texts.wording("help_sheet")
    doctors = other_networks.seats(office)
    grids = found.grids(under.id if under else None)
    if not grids:
        raise OfficeError("这里还没有网格", do="请先在“网格”里新建，或导入网格划分表")
    items = chosen(
        tuple(
            Item(f"unit:{one.id}", f"{one.name}有事找谁", _view(office, found, one, words, doctors)) for one in grids
        ),
        options,
    )
    if not items:
        raise OfficeError("没有选中要印的网格", do="请至少选一个")
    size = str(options.get("size") or "A4")

    def draw(number: str) -> bytes:
        return help_sheet.draw([replace(item.view, number=number) for item in items], size)

    people = [one for item in items for one in (item.view.worker, item.view.stand_in) if one is not None]
    nobody = [item.view.unit for item in items if item.view.worker is None]
    told = [*public.gaps(people), *portraits.notes(people)]
    if nobody:
        told.append(f"还没有网格员，印成“待定”：{portraits.names(nobody)}")
    lacking = [one.title for one in _unset(found)]
    if lacking:
        told.append(f"这些号码还没有填，没有印：{'、'.join(lacking)}（设置 → 办公室信息）")
    title = items[0].title if len(items) == 1 else f"{under.name if under else name}有事找谁 {len(items)} 张"
    return Prepared(title, draw, items, tuple(told), under.id if under else None)


def _unset(found: roll.Roll) -> list[Any]:
    from gridoffice.domain.settings import SETTINGS

    wanted = ("clinic_phone", "police_phone", "water_phone", "supervise_phone")
    return [one for one in SETTINGS if one.key in wanted and not found.office.get(one.key)]


def _view(
    office: Office, found: roll.Roll, unit: GridUnit, words: dict[str, Any], others: dict[int, list[roll.Seat]]
) -> HelpSheetView:  # fmt: skip
    worker = found.seat(unit.id, networks.WORKER, networks.ASSISTANT)
    stand_in = found.seat(unit.id, networks.STAND_IN)
    village = found.village_of(unit)
    known: dict[str, tuple[str, str]] = {}  # key → whom (in place of the wording's), number
    here = [*others.get(unit.id, []), *(others.get(village.id, []) if village is not None else [])]
    head = found.seat(village.id, networks.HEAD) if village is not None else None
    doctor = next((one for one in here if one.role in ("village_doctor", "health_head")), None)
    for key, seat in (("worker", worker), ("stand_in", stand_in), ("head", head), ("doctor", doctor)):
        if seat is not None:
            known[key] = (seat.name, seat.phone)
    if village is not None:
        known["committee"] = (public.committee(village.name), village.phone)
    needs = []
    for one in (texts.table("help_sheet", "line", line, LINE) for line in words["line"]):
        who, phone = known.get(one["number"], ("", found.office.get(one["number"], "")))
        if one["number"].isdigit():
            phone = one["number"]
        if phone:
            needs.append(
                NeedView(one["need"], f"{one['who']} {who}" if who and who != one["who"] else one["who"], phone)
            )
    return HelpSheetView(
        office=found.office["name"],
        title=words["title"],
        unit=unit.name,
        worker=public.person(found, worker),
        stand_in=public.person(found, stand_in),
        needs=tuple(needs),
        emergency=tuple(one for one in texts.load().emergency if one[1] not in {need.phone for need in needs}),
        keep=words["keep"],
        number="",
        made_on=office.today(),
    )


MAKERS = (
    Maker(
        kind="help_sheet",
        title="有事找谁",
        group="公示",
        icon="personnel",
        about="一个网格一张，大字：什么事找谁、打哪个电话。贴在家里。",
        prepare=prepare,
        options=(
            Option("unit", "范围", "unit", levels=(VILLAGE, GRID)),
            Option("size", "纸张", "choice", choices=(("A4", "A4"), ("A3", "A3")), default="A4"),
        ),
        is_tracked=True,
        order=36,
    ),
)
