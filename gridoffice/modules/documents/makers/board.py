"""公示牌: notice boards of a village, of its grids, of its buildings, and of its responsibility networks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import network_files
from gridoffice.domain.grids import GRID, MICRO, VILLAGE, GridUnit
from gridoffice.domain.networks import GENERAL
from gridoffice.modules.documents import (
    board_limits,
    boards,
    naming,
    other_networks,
    portraits,
    public,
    public_map,
    roll,
)
from gridoffice.modules.documents.boards import BUILDINGS, GRIDS, VILLAGES, Place
from gridoffice.modules.documents.recipe import Item, Maker, Option, Options, Prepared, chosen
from gridoffice.papers.board_view import BoardView

SIZES = (
    ("600x900", "600×900 毫米"), ("900x1200", "900×1200 毫米"), ("400x600", "400×600 毫米"),
    ("600x400", "600×400 毫米（横）"), ("300x400", "300×400 毫米"), ("1200x2400", "1200×2400 毫米（竖）"),
    ("2400x1200", "2400×1200 毫米（横）"), ("A3", "A3"), ("A3-across", "A3（横）"), ("A4", "A4"),
)  # fmt: skip
EDITIONS = ((VILLAGES, "村（社区）公示牌"), (GRIDS, "网格公示牌"), (BUILDINGS, "楼栋（微网格）公示牌"))
SIZE = Option("size", "尺寸", "choice", choices=SIZES, default="600x900")
BLEED = Option("bleed", "3 毫米出血（交印刷厂）", "tick", default=False)


def prepare(office: Office, options: Options) -> Prepared:
    """Boards of an edition: of the village, of each grid, or of each building under the chosen unit."""
    naming.office_name(office)
    found = roll.read(office, large=True)
    unit = naming.unit_of(found, options.get("unit"))
    if unit is None:
        raise OfficeError("还没有选村（社区）", do="公示牌一村一块，请选一个村")
    edition = str(options.get("edition") or VILLAGES)
    made = [
        Item(f"unit:{one.id}:{edition}", f"{one.name}公示牌", _view(office, found, one, edition))
        for one in _units(found, unit, edition)
    ]
    village = found.village_of(unit) or unit
    return finished(office, options, found, tuple(made), unit, village)


def _units(found: roll.Roll, unit: GridUnit, edition: str) -> list[GridUnit]:
    """The units that get a board; raises OfficeError when there is none."""
    if edition == VILLAGES:
        village = found.village_of(unit) or unit
        if not found.grids(village.id):
            raise OfficeError(f"“{village.name}”还没有网格", do="请先在“网格”里新建，或导入网格划分表")
        return [village]
    within = found.within(unit.id)
    level = GRID if edition == GRIDS else MICRO
    units = [one for one in found.units.values() if one.level == level and one.id in within]
    if not units:
        what = "网格" if edition == GRIDS else "楼栋（微网格）"
        raise OfficeError(f"“{unit.name}”下面还没有{what}", do="请先在“网格”里新建，或另选一种公示牌")
    return units


def _view(office: Office, found: roll.Roll, unit: GridUnit, edition: str) -> BoardView:
    chart = public_map.chart(office, unit.id)
    if edition == VILLAGES:
        if chart is not None and not any(not area.is_frame for area in chart.areas):
            chart = None  # a base without grids tells less than what the workers do
        return boards.of_village(found, Place(unit, office.today(), chart))
    if edition == GRIDS:
        others = other_networks.posts(office, found, unit)
        return boards.of_grid(found, Place(unit, office.today(), chart), others)
    return boards.of_building(found, Place(unit, office.today(), chart))


def finished(
    office: Office, options: Options, found: roll.Roll, made: tuple[Item, ...], unit: GridUnit, village: GridUnit
) -> Prepared:  # fmt: skip
    """Boards that are known, ready to be drawn: size, bleed, what to tell before printing."""
    from gridoffice.papers import board

    items = chosen(made, options)
    if not items:
        raise OfficeError("没有选中要印的公示牌", do="请至少选一块")
    size, bleed = str(options.get("size") or "600x900"), bool(options.get("bleed"))

    def draw(number: str) -> bytes:
        return board.draw([replace(item.view, number=number) for item in items], size, bleed=bleed)

    people = [one for item in items for one in boards.people(item.view)]
    most = max(len(item.view.posts) for item in items)
    told = [*public.unset(found), *public.gaps(people), *portraits.notes(people, board.face_width(size, most))]
    empty = [item.view.title for item in items if item.view.head is None]
    if empty:
        told.append(f"还没有安排负责人，印成“待定”：{portraits.names(empty)}")
    told.append(board_limits.note(office, village))
    title = items[0].title if len(items) == 1 else f"{unit.name}公示牌 {len(items)} 块"
    return Prepared(title, draw, items, tuple(told), unit.id, board.seal(size))


def each(office: Office, options: Options) -> list[tuple[str, dict[str, Any]]]:
    """One file for each village that has grids."""
    found = roll.read(office, photos=False)
    return [(f"{unit.name}公示牌", {**options, "unit": unit.id}) for unit in found.villages() if found.grids(unit.id)]


def prepare_network(office: Office, options: Options) -> Prepared:
    """The board of a responsibility network in a village."""
    naming.office_name(office)
    key = str(options.get("network") or NETWORKS[0][0])
    network = other_networks.used(office, key)
    found = roll.read(office, large=True, network=key)
    unit = naming.unit_of(found, options.get("unit"))
    if unit is None:
        raise OfficeError("还没有选村（社区）", do="公示牌一村一块，请选一个村")
    village = found.village_of(unit) or unit
    view = boards.of_network(found, Place(village, office.today()), key, network.title)
    if view.head is None and not view.posts:
        raise OfficeError(f"{village.name}的“{network.title}”还没有安排人", do="请先在“网格”页选这张责任网，安排任职")
    item = Item(f"unit:{village.id}:{key}", view.title, view)
    return finished(office, options, found, (item,), village, village)


def each_network(office: Office, options: Options) -> list[tuple[str, dict[str, Any]]]:
    """One file for each village where somebody holds a role of the network."""
    key = str(options.get("network") or NETWORKS[0][0])
    title = other_networks.used(office, key).title
    found = roll.read(office, photos=False, network=key)
    held = [unit for unit in found.villages() if any(found.seats.get(one) for one in found.within(unit.id))]
    return [(f"{unit.name}{title}公示牌", {**options, "unit": unit.id}) for unit in held]


NETWORKS = tuple((one.key, one.title) for one in network_files.all_networks()[0] if one.key != GENERAL)

MAKERS = (
    Maker(
        kind="board",
        title="公示牌",
        group="公示",
        icon="grids",
        about="A4 到 1200×2400 毫米；村、网格、楼栋三种。只印公开内容，带签章。",
        prepare=prepare,
        options=(
            Option("unit", "村（社区）", "unit", levels=(VILLAGE, GRID), is_required=True),
            Option("edition", "哪一种", "choice", choices=EDITIONS, default=VILLAGES),
            SIZE,
            BLEED,
        ),
        each=each,
        each_title="每村一块",
        is_tracked=True,
        order=30,
    ),
    Maker(
        kind="board",
        key="network_board",
        title="责任网公示牌",
        group="公示",
        icon="grids",
        about="林长、党小组、消防、健康等责任网，一村一块：谁负责，看到什么打电话。",
        prepare=prepare_network,
        options=(
            Option("network", "责任网", "choice", choices=NETWORKS, default=NETWORKS[0][0]),
            Option("unit", "村（社区）", "unit", levels=(VILLAGE,), is_required=True),
            SIZE,
            BLEED,
        ),
        each=each_network,
        each_title="每村一块",
        is_tracked=True,
        order=32,
    ),
)
