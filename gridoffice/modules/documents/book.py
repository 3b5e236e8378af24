"""The work handbook made of the office's data: which chapters, for whom, and what stands in each (reference 10.3)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import shipped_years
from gridoffice.core.text import count_of
from gridoffice.db.office import Office
from gridoffice.domain import networks, workdays
from gridoffice.domain.grids import GRID, GridUnit
from gridoffice.domain.organisations import Organisation
from gridoffice.domain.premises import Premises
from gridoffice.domain.staff import Staff
from gridoffice.forms import load as forms
from gridoffice.modules.documents import book_ledgers, public, public_map
from gridoffice.modules.documents.roll import Roll, Seat
from gridoffice.modules.documents.texts import TextChapter, Texts
from gridoffice.papers.drawing import grouped
from gridoffice.papers.handbook_view import (
    BlankPages,
    BookView,
    ChapterView,
    Figures,
    Heading,
    Listed,
    MapPart,
    OwnerView,
    Part,
    TableLine,
    Words,
    YearPart,
)
from gridoffice.papers.views import PersonView

ABOUT, DUTIES, LEDGERS, FIRE, SERVICES, PHONES, YEAR = (
    "about", "duties", "ledgers", "fire", "services", "phones", "year",
)  # fmt: skip
GROUPS = (
    (ABOUT, "网格概况"),
    (DUTIES, "职责、流程和制度"),
    (LEDGERS, "台账"),
    (FIRE, "消防检查"),
    (SERVICES, "便民服务和法规"),
    (PHONES, "AB岗对照表和通讯录"),
    (YEAR, "年历"),
)
"""Groups of chapters that are chosen or left out together."""
GROUP_OF = {
    "duties": DUTIES, "four": DUTIES, "flow": DUTIES, "rules": DUTIES, "fire": FIRE, "services": SERVICES,
    "law": SERVICES,
}  # fmt: skip
"""The group of each chapter of text; 使用说明 and the office's own chapters are always in."""
AWAY = "本周请假和代班"
CHECKLISTS = ("fire_small", "fire_rental")
HANDED = ("G1", "G2", "G3")


@dataclass(frozen=True)
class Wanted:
    """What is asked for: whose book or of which units, the groups, the pages to write on, size and look."""

    units: tuple[GridUnit, ...]  # none: the whole office
    seat: Seat | None = None
    groups: frozenset[str] = frozenset(key for key, _title in GROUPS)
    pages: dict[str, int] = field(default_factory=dict)
    year: int = 0
    size: str = "A5"
    design: str = "red"
    has_maps: bool = True
    bleed: float = 0.0


@dataclass(frozen=True)
class _Source:
    """Everything a chapter is made from."""

    office: Office
    roll: Roll
    texts: Texts
    wanted: Wanted

    @property
    def villages(self) -> list[GridUnit]:
        """The villages the book speaks of."""
        if not self.wanted.units:
            return self.roll.villages()
        found = [self.roll.village_of(unit) or unit for unit in self.wanted.units]
        return list({unit.id: unit for unit in found}.values())

    def grids(self, village: GridUnit) -> list[GridUnit]:
        """The grids of a village the book speaks of: all, or those asked for."""
        grids = self.roll.grids(village.id)
        asked = {unit.id for unit in self.wanted.units if unit.level >= GRID}
        return [one for one in grids if one.id in asked] if asked else grids


def view(office: Office, roll: Roll, texts: Texts, wanted: Wanted) -> BookView:
    """The handbook without its number."""
    name = roll.office["name"]
    source = _Source(office, roll, texts, wanted)
    scope = _scope(roll, wanted.units)
    today = office.today()
    owner = _owner(office, roll, wanted) if wanted.seat is not None else None
    title = f"{scope}网格工作手册" if scope and not scope.endswith("网格") else f"{scope or f'{name}网格'}工作手册"
    return BookView(
        office=name,
        title=f"{title}（{wanted.seat.name}）" if wanted.seat else title,
        year=wanted.year or today.year,
        edition=f"{today.year}年{today.month}月",
        number="",
        made_on=today,
        chapters=tuple(_chapters(source)),
        owner=owner,
        scope=scope,
        hotlines=(*public.hotlines(roll, wanted.units[0] if wanted.units else None), *texts.emergency),
        size=wanted.size,
        design=wanted.design,
        bleed=wanted.bleed,
    )


def _scope(roll: Roll, units: Sequence[GridUnit]) -> str:
    """石桥村第2网格、第3网格: a village is named once."""
    if not units:
        return ""
    names = [units[0].name]
    for before, unit in itertools.pairwise(units):
        names.append(roll.short(unit) if unit.parent_id == before.parent_id else unit.name)
    return "、".join(names)


def _owner(office: Office, roll: Roll, wanted: Wanted) -> OwnerView | None:
    seat = wanted.seat
    holder = public.person(roll, seat)
    if seat is None or holder is None:
        return None
    village = roll.village_of(roll.units[seat.unit_id])
    head = roll.seat(village.id, networks.HEAD) if village is not None else None
    with office.read() as session:
        badge = session.scalar(select(Staff.badge_number).where(Staff.id == seat.staff_id)) or ""
    return OwnerView(
        holder,
        _scope(roll, wanted.units),
        badge,
        partner=_plain(roll, roll.partner(seat)),
        head=_plain(roll, head if head is not None and head.staff_id != seat.staff_id else None),
    )


def _plain(roll: Roll, seat: Seat | None) -> PersonView | None:
    """A person without the photo, which is not shown."""
    found = public.person(roll, seat)
    return PersonView(found.name, found.post, found.phone) if found else None


# -- chapters


def _chapters(source: _Source) -> Iterable[ChapterView]:
    groups, left = source.wanted.groups, list(source.texts.chapters)

    def text(key: str, *more: Part) -> Iterable[ChapterView]:
        for chapter in [one for one in left if one.key == key and GROUP_OF.get(key, "") in (*groups, "")]:
            yield ChapterView(f"chapter:{key}", chapter.title, (Words(chapter.paragraphs), *more), key != "guide")

    yield from text("guide")
    if ABOUT in groups:
        yield ChapterView("about", "网格概况", tuple(_about(source)))
    four = tuple(Words(one.paragraphs, one.title) for one in left if one.key == "four")
    yield from text("duties", *(_duties(source) if DUTIES in groups else ()), *four)
    yield from text("flow")
    yield from text("rules")
    if LEDGERS in groups:
        yield ChapterView("ledgers", "台账", tuple(_ledgers(source)))
    yield from _records(source.wanted.pages)
    yield from text("fire", *(_checks() if FIRE in groups else ()), *_blank(source.wanted, "check"))
    yield from text("services")
    yield from text("law")
    yield from _own(left)
    if PHONES in groups:
        yield ChapterView("pairs", "AB岗对照表", tuple(_pairs(source)), is_numbered=False)
        yield ChapterView("phones", "通讯录", tuple(_phones(source)), is_numbered=False)
    if YEAR in groups:
        yield ChapterView("year", "年历", (_year(source),), is_numbered=False)


def _own(chapters: Iterable[TextChapter]) -> Iterable[ChapterView]:
    known = ("guide", *GROUP_OF)
    for chapter in chapters:
        if chapter.key not in known:
            yield ChapterView(f"chapter:{chapter.title}", chapter.title, (Words(chapter.paragraphs),))


def _blank(wanted: Wanted, kind: str, title: str = "") -> tuple[BlankPages, ...]:
    count = wanted.pages.get(kind, 0)
    return (BlankPages(kind, count, title),) if count else ()


def _records(pages: dict[str, int]) -> Iterable[ChapterView]:
    logs = (("day", ""), ("week", "周小结"), ("month", "月小结"))
    parts = tuple(BlankPages(kind, pages[kind], title) for kind, title in logs if pages.get(kind))
    if parts:
        yield ChapterView("logs", "工作日志", parts)
    if pages.get("meeting"):
        yield ChapterView("meetings", "例会记录", (BlankPages("meeting", pages["meeting"]),))


def _about(source: _Source) -> Iterable[Part]:
    roll, villages = source.roll, source.villages
    grids = [grid for village in villages for grid in source.grids(village)]
    yield Words(("户数、人口为网格上报数；人员和电话以印制日期为准。",))
    yield _figures(source, villages, grids)
    for village in villages:
        head = roll.seat(village.id, networks.HEAD)
        led = f"村级网格长：{head.name}（{grouped(head.phone) or '电话待补'}）。" if head else "村级网格长：待定。"
        yield Words((led,), title=village.name, is_lead=True)
        yield Listed("", ABOUT_HEADS, tuple(_grid_line(roll, grid) for grid in source.grids(village)), is_listed=False)
        chart = public_map.chart(source.office, village.id) if source.wanted.has_maps else None
        if chart is not None:
            yield MapPart("", chart)


ABOUT_HEADS = (
    Heading("网格"), Heading("范围"), Heading("户数", "规模", "right", 11), Heading("人口", "规模", "right", 11),
    Heading("姓名", "网格员", "left", 17), Heading("电话", "网格员", "left", 27),
)  # fmt: skip


def _grid_line(roll: Roll, unit: GridUnit) -> TableLine:
    one = public.grid(roll, unit)
    figures = ["" if number is None else str(number) for number in (one.households, one.persons)]
    worker = (one.worker.name, grouped(one.worker.phone)) if one.worker else ("待定", "")
    return TableLine(unit.name, (one.name, one.groups, *figures, *worker))


def _figures(source: _Source, villages: Sequence[GridUnit], grids: Sequence[GridUnit]) -> Figures:
    with source.office.read() as session:
        within = [grid.id for grid in grids] + [village.id for village in villages]
        places = _number(session, Premises, within)
        firms = _number(session, Organisation, within)
    shown = (
        ("个网格", len(grids)),
        ("户", sum(grid.households or 0 for grid in grids)),
        ("人", sum(grid.persons or 0 for grid in grids)),
        ("名党员", sum(grid.party_members or 0 for grid in grids)),
        ("家单位", firms),
        ("处场所", places),
    )
    return Figures(tuple((word, count_of(number)) for word, number in shown if number))


def _number(session: Session, table: type[Premises] | type[Organisation], units: Sequence[int]) -> int:
    found = 0
    for start in range(0, len(units), 500):
        wanted = select(func.count()).select_from(table).where(table.unit_id.in_(units[start : start + 500]))
        found += session.scalar(wanted) or 0
    return found


def _duties(source: _Source) -> Iterable[Words]:
    """What each role has to do, by network; in a worker's book those of the roles the worker holds."""
    with source.office.read() as session:
        used = {network.id: network.title for network in networks.used(session)}
        held: set[int] | None = None
        if source.wanted.seat is not None:
            on = source.office.today()
            held = {one.role_id for one in networks.holders(session, on, staff_id=source.wanted.seat.staff_id)}
        by_network: dict[int, list[str]] = {}
        for role in networks.roles(session):
            lines = [line.strip() for line in role.duties.splitlines() if line.strip()]
            if lines and (held is None or role.id in held):
                by_network.setdefault(role.network_id, []).extend([f"# {role.title}", *(f"- {one}" for one in lines)])
    return [Words(tuple(lines), title=f"{used[key]}岗位职责") for key, lines in by_network.items()]


def _ledgers(source: _Source) -> Iterable[Part]:
    wanted = source.wanted
    yield Words(
        ("只登记工作需要的内容。帮扶名单须本人同意，只写编号和称呼；不登记信仰、病情、生育和信访情况。",),
    )
    yield from book_ledgers.parts(source.office, wanted.units)
    yield from _blank(wanted, "visit", "走访登记")


def _checks() -> Iterable[Listed]:
    """The items of the checklists of small places and rented homes, with what counts as failed."""
    subject = forms.subject("fire")
    for key in CHECKLISTS:
        form = forms.checklist("fire", key)
        lines: list[TableLine] = []
        for section in form.sections:
            lines.append(TableLine(section.title, (section.title,)))
            for item in section.items:
                words = "、".join(subject.grades.get(grade, grade) for grade in item.grades or (item.grade,) if grade)
                lines.append(TableLine(item.title, (item.title, item.fail_when, words)))
        heads = (Heading("检查项", width=32), Heading("不合格的情形"), Heading("怎样处理", width=19))
        yield Listed(form.title, heads, tuple(lines))


def _pairs(source: _Source) -> Iterable[Part]:
    yield Words(("A岗不在时，请找同一网格的B岗。标“缺”的，由村级网格长代管，并尽快补齐。",))
    lines: list[TableLine] = []
    for village in source.villages:
        lines.append(TableLine(f"{village.name}AB岗", (village.name,)))
        for unit in source.grids(village):
            one = public.grid(source.roll, unit)
            pair = [(who.name, grouped(who.phone)) if who else ("缺", "") for who in (one.worker, one.stand_in)]
            lines.append(TableLine(f"{unit.name}AB岗", (one.name, *pair[0], *pair[1])))
    heads = (
        Heading("网格"), Heading("姓名", "A岗", "left", 18), Heading("电话", "A岗", "left", 27),
        Heading("姓名", "B岗", "left", 18), Heading("电话", "B岗", "left", 27),
    )  # fmt: skip
    yield Listed("", heads, tuple(lines), is_listed=False)
    away = tuple(f"- {one.words}。" for one in source.roll.away if _is_in(source, one.cover.unit_id))
    if away:
        yield Words(away, title=AWAY)


def _is_in(source: _Source, unit_id: int) -> bool:
    units = source.wanted.units
    return unit_id in source.roll.units and (not units or any(unit_id in source.roll.within(one.id) for one in units))


def _phones(source: _Source) -> Iterable[Part]:
    roll = source.roll
    first = source.wanted.units[0] if source.wanted.units else None
    lines = (*public.hotlines(roll, first), *source.texts.emergency)
    if lines:
        told = tuple(TableLine(name, (name, grouped(number))) for name, number in lines)
        yield Listed("应急和服务电话", (Heading("名称"), Heading("电话")), told)
    rows: list[TableLine] = []
    root = next((unit for unit in roll.units.values() if unit.parent_id is None), None)
    chief = roll.seat(root.id, networks.CHIEF) if root is not None else None
    if root is not None and chief is not None:
        rows.append(TableLine(root.name, (root.name, chief.name, chief.post or chief.role_title, grouped(chief.phone))))
    for village in source.villages:
        rows.append(TableLine(village.name, (village.name,)))
        for unit in (village, *source.grids(village)):
            rows += _seats(roll, unit, village)
    heads = (Heading("网格"), Heading("姓名", width=20), Heading("岗位"), Heading("电话", width=28))
    yield Listed("网格长和网格员", heads, tuple(rows))


def _seats(roll: Roll, unit: GridUnit, village: GridUnit) -> Iterable[TableLine]:
    where = "村级" if unit is village else roll.short(unit)
    for seat in roll.seats.get(unit.id, []):
        yield TableLine(
            f"{unit.name}{seat.name}", (where, seat.name, seat.post or seat.role_title, grouped(seat.phone))
        )


def _year(source: _Source) -> YearPart:
    year = source.wanted.year or source.office.today().year
    with source.office.read() as session:
        kept = workdays.of(session)
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    working = tuple(sum(kept.is_working(day) for day in days if day.month == month) for month in range(1, 13))
    off = tuple((day, kept.holidays[day]) for day in days if day in kept.holidays and day not in kept.workdays)
    on = tuple((day, kept.workdays[day]) for day in days if day in kept.workdays)
    known = shipped_years().get(year)
    if known is None:
        told = f"程序里还没有 {year} 年的放假安排，按周一至周五算；通知公布后请更新重印。"
    else:
        told = f"依据：{known[0]}。" if known[1] else f"{known[0]}；调休安排待国务院办公厅通知公布后更新。"
    return YearPart(year, off, on, working, told)
