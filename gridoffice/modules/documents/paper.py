"""The office's papers: drawn from public views, signed where they must be, numbered and put into the register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gridoffice.core.errors import OfficeError
from gridoffice.db import keys
from gridoffice.db.office import Office
from gridoffice.domain import settings
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.listing import Listing, Query, word_of
from gridoffice.domain.papers import save
from gridoffice.modules.documents import public, public_map, roll, service, texts
from gridoffice.papers.views import TableColumn, TableView

SAMPLE = "样张"
"""Stands where the number goes on a paper that is only looked at."""

CERTIFICATE = "certificate"

MM = 72 / 25.4
SEALS = {"board": (275 * MM, 7 * MM, 450 * MM, 31 * MM)}
"""Where a kind's visible signature stands (points: left, bottom, right, top) when it is not the foot at the right."""


@dataclass(frozen=True)
class Made:
    """A paper that was made: where, under which number, how many pages, and what the office should know of it."""

    path: Path
    number: str
    title: str
    pages: int
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Drawn:
    """A paper drawn but not yet signed, numbered or kept."""

    data: bytes
    title: str
    notes: tuple[str, ...] = ()
    unit_id: int | None = None  # of the unit it is made for, None: the whole office


Draw = Callable[[str], Drawn]
"""Draws a paper with the number it is given."""


def identity(office: Office) -> bytes:
    """The office's signing certificate with its key, made on first use and kept inside the encrypted file."""
    from gridoffice.papers import sign

    kept = office.secret(CERTIFICATE)
    if kept is None:
        kept = sign.make_identity(_name(office))
        office.keep_secret(CERTIFICATE, kept)
    return kept


def _name(office: Office) -> str:
    with office.read() as session:
        name = settings.get(session, "name")
    if not name:
        raise OfficeError("办公室还没有名称，印不了抬头", do="请先在“设置 → 办公室信息”里填写名称")
    return name


def issue(office: Office, kind: str, out: Path, draw: Draw) -> Made:
    """Draw a paper under its next number, sign it where its kind is signed, save it, and register it."""
    number = service.number_for(office, kind)
    drawn = draw(number)
    data = drawn.data
    if service.KINDS[kind].is_signed:
        from gridoffice.papers import sign

        data = sign.sign(data, identity(office), who=office.user, place=SEALS.get(kind))
    save(out, data)
    pages = _pages(out)
    service.register(office, kind, number, drawn.title, out, pages, drawn.unit_id)
    return Made(out, number, drawn.title, pages, drawn.notes)


def draft(out: Path, draw: Draw) -> Made:
    """Draw a paper only to look at it: no number, no signature, no line in the register."""
    drawn = draw(SAMPLE)
    save(out, drawn.data)
    return Made(out, SAMPLE, drawn.title, _pages(out), drawn.notes)


def _pages(path: Path) -> int:
    from gridoffice.papers import preview

    return len(preview.sizes(path))


def village_of(office: Office, found: roll.Roll, name: str | None) -> GridUnit | None:
    """The village of a name, None for no name; raises OfficeError with proposals."""
    return found.units[service.village(office, name).id] if name else None


def draw_cards(office: Office, *, village: str | None = None, unit: int | None = None, heads: bool = False) -> Draw:
    """Contact cards of the grid workers: all, of a village, or under a unit."""
    from gridoffice.papers import cards

    name = _name(office)
    found = roll.read(office)
    place = village_of(office, found, village)
    under = place.id if place else unit

    def draw(number: str) -> Drawn:
        views = public.cards(found, texts.load(), number, office.today(), unit_id=under, heads=heads)
        if not views:
            raise OfficeError("这里还没有网格员，没有联系卡可印", do="请先导入网格员名册，或在“网格”里安排任职")
        title = f"{found.units[under].name if under else name}联系卡 {len(views)} 张"
        return Drawn(cards.draw(views), title, public.gaps([view.person for view in views]), under)

    return draw


def cards(
    office: Office, out: Path, *, village: str | None = None, unit: int | None = None, heads: bool = False
) -> Made:
    """Issue contact cards as a PDF, ten to an A4 page, backs behind fronts."""
    return issue(office, "cards", out, draw_cards(office, village=village, unit=unit, heads=heads))


def draw_handbook(office: Office, *, village: str | None = None, log_pages: int = 12) -> Draw:
    """The work handbook of the office or of one village."""
    from gridoffice.papers import handbook

    _name(office)
    found = roll.read(office, photos=False)
    place = village_of(office, found, village)
    told = public.gaps(public.working(found, place.id if place else None), photos=False)

    def draw(number: str) -> Drawn:
        view = public.handbook(found, texts.load(), number, office.today(), village=place, log_pages=log_pages)
        return Drawn(handbook.draw(view), view.title, told, place.id if place else None)

    return draw


def handbook(office: Office, out: Path, *, village: str | None = None, log_pages: int = 12) -> Made:
    """Issue the signed work handbook."""
    return issue(office, "handbook", out, draw_handbook(office, village=village, log_pages=log_pages))


def draw_board(office: Office, village: str) -> Draw:
    """A village's notice board of 600×900 mm."""
    from gridoffice.papers import board

    _name(office)
    found = roll.read(office, large=True)
    place = found.units[service.village(office, village).id]
    if not found.grids(place.id):
        raise OfficeError(f"“{place.name}”还没有网格", do="请先在“网格”里新建，或导入网格划分表")
    told = public.gaps(public.working(found, place.id))
    chart = public_map.chart(office, place.id)
    if chart is not None and not any(not area.is_frame for area in chart.areas):
        chart = None  # a base without grids tells less than the list of their numbers

    def draw(number: str) -> Drawn:
        view = public.board(found, texts.load(), place, number, office.today(), chart)
        return Drawn(board.draw(view), f"{place.name}公示牌", told, place.id)

    return draw


def board(office: Office, village: str, out: Path) -> Made:
    """Issue a village's signed notice board."""
    return issue(office, "board", out, draw_board(office, village))


def draw_map(office: Office, unit: int, *, size: str = "A4", points: str = public_map.ALL) -> Draw:
    """The map of a unit, A4 or A3 across; `points` are those of public_map. Raises OfficeError when it has none."""
    from gridoffice.papers import map_paper

    _name(office)
    found = roll.read(office, photos=False)
    place = found.units.get(unit)
    if place is None:
        raise OfficeError("这个网格已经不在了", do="请刷新后再选")
    if public_map.chart(office, unit) is None:
        tip = "请先在“网格”页点“网格图”，选底图、画出轮廓"
        raise OfficeError(f"“{place.name}”还没有网格图", do=tip)

    def draw(number: str) -> Drawn:
        view = public_map.paper(office, place, found.office, number, office.today(), points)
        assert view is not None
        return Drawn(map_paper.draw(view, size), view.title, (), place.id)

    return draw


def map_of(office: Office, name: str, out: Path, *, size: str = "A4", points: str = public_map.ALL) -> Made:
    """Issue the map of a unit by its name (村 may be left out of a village's)."""
    return issue(office, "map", out, draw_map(office, service.unit(office, name).id, size=size, points=points))


def draw_list(office: Office, listing: Listing, query: Query) -> Draw:
    """Any list as it is filtered and sorted, masked as on the screen."""
    from gridoffice.papers import table

    name = _name(office)

    def draw(number: str) -> Drawn:
        ids = listing.ids(office, query)
        if not ids:
            raise OfficeError(f"“{listing.title}”里没有符合的记录，没有可印的内容", do="请换一个筛选条件")
        cells = listing.rows(office, ids, query.on)
        seen = listing.places(query)
        rows = tuple(tuple(word_of(listing.columns[place], cells[one][place]) for place in seen) for one in ids)
        view = next((one.title for one in listing.views if one.key == query.view and one.key), "")
        view = "" if view == listing.title else view
        title = f"{name}{listing.paper or listing.title}{f'（{view}）' if view else ''}"
        about = f"{query.on.isoformat()}　共 {len(ids):,} 条　编号 {number}"
        shown = [listing.columns[place] for place in seen]
        columns = tuple(TableColumn(column.title, column.width, column.align) for column in shown)
        return Drawn(table.draw(TableView(title, about, columns, rows, "仅供工作使用")), title)

    return draw


def list_pdf(office: Office, listing: Listing, query: Query, out: Path) -> Made:
    """Issue any list as a table PDF."""
    return issue(office, "list", out, draw_list(office, listing, query))


def draw_recovery(office: Office) -> Draw:
    """The recovery sheet: the file's key as 24 characters and a QR code; raises OfficeError on PostgreSQL."""
    from gridoffice.papers import recovery

    if office.path is None:
        raise OfficeError("PostgreSQL 数据库没有恢复单", do="请按服务器的办法备份")
    name, file = _name(office), office.path.name

    def draw(_number: str) -> Drawn:
        words = keys.to_words(office.key)
        data = recovery.draw(name, office.today(), words, office.key.hex(), file)
        return Drawn(data, f"{name}恢复单")

    return draw


def recovery_sheet(office: Office, out: Path) -> Made:
    """Issue the recovery sheet; it is to be printed, locked away, and the file deleted."""
    return issue(office, "recovery", out, draw_recovery(office))


def sign(office: Office, file: Path, out: Path | None = None) -> Path:
    """Sign any PDF with the office's certificate, in place or as another file; raises OfficeError for what is none."""
    from gridoffice.papers import preview
    from gridoffice.papers import sign as signing

    preview.sizes(file)
    save(out or file, signing.sign(file.read_bytes(), identity(office), who=office.user))
    return out or file


@dataclass(frozen=True)
class Verdict:
    """What is said of a PDF: tone (done, soon, late), one big sentence, and lines under it."""

    tone: str
    headline: str
    lines: tuple[str, ...]


def verify(office: Office, path: Path) -> Verdict:
    """Say whether a PDF is whole, by whom and when it was signed, and whether it stands in this office's register."""
    from gridoffice.papers import sign as signing

    kept = office.secret(CERTIFICATE)
    result = signing.verify(path, [signing.root_of(kept)] if kept else [])
    line = service.issued_as(office, path)
    lines = [
        f"签章人：{one.name}" + (f"，{one.at:%Y-%m-%d %H:%M}（签章电脑的时间）" if one.at else "")
        for one in result.signers
    ]
    if line is not None:
        lines.append(f"本办登记：{line.number}，{line.title}，{line.made_on:%Y-%m-%d} 由 {line.made_by} 制作")
    if not result.valid and line is not None and not result.signers:
        return Verdict("done", "与本办登记的原件一致（这种文书不签章）", tuple(lines))
    if not result.valid:
        headline = "签章后被改动过，不能采信" if result.signers else "不能证明是谁发的、改没改过"
        return Verdict("late" if result.signers else "soon", headline, (*lines, result.message))
    if all(one.is_own for one in result.signers):
        return Verdict("done", "完整：签章后没有改动，是本办签发的", tuple(lines))
    return Verdict("soon", "完整，但不是本办签发的", (*lines, "签章后没有改动；签章人不在本办名单中，请另行确认身份。"))
