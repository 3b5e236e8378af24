"""The chapters that the program makes: overview, duties, ledgers, checks, AB, phones, year (reference 10.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import shipped_years
from gridoffice.core.text import count_of
from gridoffice.domain import networks, workdays
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.organisations import Organisation
from gridoffice.domain.premises import Premises
from gridoffice.forms import load as forms
from gridoffice.modules.documents import book_ledgers, public, public_map
from gridoffice.modules.documents.book_source import Source, blank
from gridoffice.modules.documents.roll import Roll
from gridoffice.papers.drawing import grouped
from gridoffice.papers.handbook_view import (
    Figures,
    Heading,
    Listed,
    MapPart,
    Part,
    TableLine,
    Words,
    YearPart,
)

AWAY = "本周请假和代班"
CHECKLISTS = ("fire_small", "fire_rental")
HANDED = ("G1", "G2", "G3")


def about(source: Source) -> Iterable[Part]:
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


def _figures(source: Source, villages: Sequence[GridUnit], grids: Sequence[GridUnit]) -> Figures:
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


def duties(source: Source) -> Iterable[Words]:
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


def ledgers(source: Source) -> Iterable[Part]:
    wanted = source.wanted
    yield Words(
        ("只登记工作需要的内容。帮扶名单须本人同意，只写编号和称呼；不登记信仰、病情、生育和信访情况。",),
    )
    yield from book_ledgers.parts(source.office, wanted.units)
    yield from blank(wanted, "visit", "走访登记")


def checks() -> Iterable[Listed]:
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


def pairs(source: Source) -> Iterable[Part]:
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


def _is_in(source: Source, unit_id: int) -> bool:
    units = source.wanted.units
    return unit_id in source.roll.units and (not units or any(unit_id in source.roll.within(one.id) for one in units))


def phones(source: Source) -> Iterable[Part]:
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


def year(source: Source) -> YearPart:
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
