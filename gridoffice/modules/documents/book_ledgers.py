"""The ledgers of the handbook (reference 10.3, 12.3), taken from the program's own lists and masked as these are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select

from gridoffice.core.module import load, modules
from gridoffice.db.office import Office
from gridoffice.domain import map_points
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.listing import Listing, Query, word_of
from gridoffice.domain.maps import MapBase, MapPoint
from gridoffice.papers.handbook_view import Heading, Listed, TableLine

HELP_NOTE = "本人自愿并同意；只写编号和称呼，不写病情。同意到期或撤回的不再走访。"
Columns = tuple[tuple[str, float], ...]
"""Keys of a list's columns with their widths in mm, 0: by what stands in them."""
SPARE = 6
"""Empty lines under a ledger, for what comes after the printing."""


def parts(office: Office, units: Sequence[GridUnit]) -> Iterable[Listed]:
    """Ledgers of some units; those of the whole office leave the help list out: it is for whoever visits (12.3)."""
    known = {one.key: one for module in modules() if module.listings for one in load(module.listings)}
    if units:
        columns: Columns = (("code", 16), ("who", 0), ("unit", 0), ("last_on", 22))
        blank = tuple(Heading(title, "走访", "left", 17) for title in ("日期", "日期", "日期"))
        yield _ledger(office, known["help"], units, "帮扶名单（自愿）", "active", columns, blank, HELP_NOTE)
    columns = (("name", 0), ("kind", 0), ("unit", 0), ("contact", 17), ("people", 13))
    yield _ledger(office, known["organisations"], units, "驻区单位", "", columns)
    places = (("name", 0), ("unit", 0), ("owner", 17), ("extinguishers", 13), ("checked", 0))
    yield _ledger(office, known["premises"], units, "小场所", "small", places)
    yield _ledger(office, known["premises"], units, "出租房", "rental", places)
    yield _equipment(office, known["premises"], units)


def _rows(
    office: Office, listing: Listing, units: Sequence[GridUnit], view: str, keys: Sequence[str]
) -> list[TableLine]:
    places = [next(n for n, column in enumerate(listing.columns) if column.key == key) for key in keys]
    found: list[TableLine] = []
    for unit in units or (None,):
        filters = (("unit", unit.id),) if unit is not None else ()
        query = Query(office.today(), view=view, filters=filters)
        ids = listing.ids(office, query)
        cells = listing.rows(office, ids, query.on)
        for one in ids:
            words = tuple(word_of(listing.columns[place], cells[one][place]) for place in places)
            found.append(TableLine(words[0], words))
    return found


def _ledger(
    office: Office, listing: Listing, units: Sequence[GridUnit], title: str, view: str,
    columns: Columns, blank: tuple[Heading, ...] = (), note: str = "",
) -> Listed:  # fmt: skip
    keys = [key for key, _width in columns]
    titles = {column.key: column for column in listing.columns}
    heads = tuple(Heading(titles[key].title, "", titles[key].align, width) for key, width in columns)
    lines = _rows(office, listing, units, view, keys)
    lines = [TableLine(line.name, (*line.cells, *("" for _ in blank))) for line in lines]
    return Listed(title, (*heads, *blank), tuple(lines), note, SPARE)


def _equipment(office: Office, premises: Listing, units: Sequence[GridUnit]) -> Listed:
    """Extinguishers of the places, and hydrants and other fire water of the maps."""
    lines = [line for line in _rows(office, premises, units, "", ("name", "unit", "extinguishers")) if line.cells[2]]
    made = [TableLine(one.name, (one.name, one.cells[1], f"灭火器 {one.cells[2]} 具", "", "")) for one in lines]
    kinds = {key: one.title for key, one in map_points.kinds().items() if one.group == map_points.WATER}
    with office.read() as session:
        wanted = select(MapPoint, MapBase.unit_id).join(MapBase, MapPoint.map_id == MapBase.id)
        names = {unit.id: unit.name for unit in units}
        for point, unit_id in session.execute(wanted.where(MapPoint.kind.in_(kinds)).order_by(MapPoint.id)):
            if not units or unit_id in names:
                where = names.get(unit_id, "")
                made.append(TableLine(point.title, (point.title or "（图上有）", where, kinds[point.kind], "", "")))
    heads = (
        Heading("位置"), Heading("网格"), Heading("器材"), Heading("日期", "检查", "left", 17),
        Heading("结果", "检查", "left", 17),
    )  # fmt: skip
    return Listed("消防器材和水源", heads, tuple(made), "", SPARE)
