"""Gathering what a leaver hands over: posts, work of every kind, things, papers, and what else follows.

Health visits are named as 健康服务预约 with name, grid and day only (reference 4.8).
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.core.module import load, modules
from gridoffice.domain import duty
from gridoffice.domain.belongings import Belonging, belongings
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.listing import ON, Listing, word_of
from gridoffice.domain.papers import KINDS, PUBLIC, IssuedPaper
from gridoffice.domain.staff import HandedOut, Leave, Staff
from gridoffice.modules.personnel.handover import Rehearsal, Section, Term, Thing

SHOWN: dict[str, tuple[tuple[str, str], ...]] = {
    "cases": (("number", "编号"), ("title", "事项"), ("unit", "网格"), ("due", "时限"), ("state", "状态")),
    "followup": (("name", "姓名"), ("unit", "网格"), ("next_on", "预约日期"), ("standing", "状态")),
    "hazards": (("place", "场所"), ("text", "隐患"), ("due_on", "整改期限"), ("standing", "状态")),
    "help": (("code", "编号"), ("who", "称呼"), ("unit", "网格"), ("last_on", "上次走访"), ("standing", "走访")),
}
"""Columns of the lists, by key, that stand in the hand-over; nothing private is among them."""

BY_DAY = frozenset({"followup"})
"""Work that goes with the grid by itself: only what is due is written out, the rest is counted."""


def rehearsal(
    session: Session,
    on: date,
    staff_id: int,
    last_day: date,
    terms: list[Term],
    main_id: int | None,
    back: frozenset[int],
) -> Rehearsal:
    """Gather what moves; counts and rows are those of today."""
    who = session.get_one(Staff, staff_id)
    wanted = select(HandedOut).where(HandedOut.staff_id == staff_id, HandedOut.back_on.is_(None))
    things = tuple(
        Thing(one.id, one.kind, one.title, one.since, one.id in back or main_id is None)
        for one in session.scalars(wanted.order_by(HandedOut.since, HandedOut.id))
    )
    main = duty.name_of(session, main_id) if main_id else ""
    sections = [
        _posts(terms),
        *_work(session, on, staff_id, last_day),
        _kept(things, main, who),
        _papers(session, terms),
    ]
    return Rehearsal(
        staff_id,
        who.name,
        who.post,
        last_day,
        main,
        tuple(terms),
        things,
        tuple(section for section in sections if section.rows or section.note),
        _notes(session, on, who, last_day, terms, main_id),
    )


def _posts(terms: list[Term]) -> Section:
    rows = tuple(
        (term.unit, f"{term.network} {term.role}", str(term.start or "—"), term.successor or "空缺", term.note)
        for term in terms
    )
    return Section("posts", "岗位和责任区", ("网格", "岗位", "任职起", "接任人", "说明"), rows)


def _work(session: Session, on: date, staff_id: int, last_day: date) -> list[Section]:
    found = []
    listings = {one.key: one for module in modules() if module.listings for one in load(module.listings)}
    for kind in belongings():
        if kind.is_open is None:
            continue
        # Whose posts they are is asked for the last day; whether something is due, for today.
        own = kind.base.where(kind.is_open(ON), duty.owned(kind, staff_id))
        ids = list(session.scalars(own, {"on": last_day}))
        due = set(session.scalars(kind.base.where(kind.is_due(ON)), {"on": on})) & set(ids) if kind.is_due else set()
        shown = [number for number in ids if number in due] if kind.key in BY_DAY else ids
        listing = listings.get(kind.listing)
        if not ids or listing is None:
            continue
        found.append(_rows(session, on, kind, listing, shown, len(ids), len(due)))
    return found


def _rows(
    session: Session, on: date, kind: Belonging, listing: Listing, shown: list[int], number: int, due: int
) -> Section:
    titles = dict(SHOWN.get(kind.key, ()))
    places = [
        (place, titles.get(column.key, column.title), column)
        for place, column in enumerate(listing.columns)
        if not column.is_private and not column.is_masked and (column.key in titles or not titles)
    ][:5]
    texts = listing.rows_in(session, shown, on)
    rows = tuple(
        tuple(word_of(column, texts[one][place]) for place, _title, column in places) for one in shown if one in texts
    )
    tail = f"，到期 {due} {kind.word}" if due else ""
    note = f"在管 {number} {kind.word}{tail}；没有到期的随网格转给接任人" if kind.key in BY_DAY else ""
    return Section(kind.key, kind.title, tuple(title for _place, title, _column in places), rows, note)


def _kept(things: tuple[Thing, ...], main: str, who: Staff) -> Section:
    rows = [
        (one.title, one.kind, str(one.since or "—"), "交回办公室" if one.goes_back else f"转交 {main}")
        for one in things
    ]
    if who.badge_number and not any(one.kind == "工作证" for one in things):
        rows.append((f"工作证 {who.badge_number}", "工作证", "—", "交回办公室"))
    return Section("things", "钥匙、证件和资料", ("物品", "类别", "领用日期", "去向"), tuple(rows))


def _papers(session: Session, terms: list[Term]) -> Section:
    """The last paper of each kind and unit that shows the leaver: to be taken down and made anew."""
    units = {term.unit_id for term in terms}
    for unit_id in list(units):
        unit = session.get(GridUnit, unit_id)
        while unit is not None and unit.parent_id is not None:
            units.add(unit.parent_id)
            unit = session.get(GridUnit, unit.parent_id)
    here = IssuedPaper.unit_id.is_(None) | IssuedPaper.unit_id.in_(units)
    newest: Any = select(func.max(IssuedPaper.id)).where(IssuedPaper.kind.in_(PUBLIC), here)
    newest = newest.group_by(IssuedPaper.kind, IssuedPaper.unit_id)
    found = session.scalars(select(IssuedPaper).where(IssuedPaper.id.in_(newest)).order_by(IssuedPaper.id))
    rows = tuple((one.number, KINDS[one.kind].title, one.title, str(one.made_on), "收回，重新制作") for one in found)
    return Section("papers", "印有姓名的文书", ("编号", "种类", "名称", "制作日期", "处理"), rows if units else ())


def _notes(
    session: Session, on: date, who: Staff, last_day: date, terms: list[Term], main_id: int | None
) -> tuple[str, ...]:
    notes = [f"{term.unit} {term.role}：{term.note}" for term in terms if term.note and "空缺" in term.note]
    stood_in = select(Leave, Staff.name).join(Staff, Staff.id == Leave.staff_id)
    for leave, name in session.execute(stood_in.where(Leave.stand_in_id == who.id, Leave.end > last_day)):
        notes.append(f"{name} {leave.start} 至 {leave.end} 请假原定由{who.name}代班，离岗后改由各网格B岗代")
    for number in dict.fromkeys([main_id, *(term.successor_id for term in terms)]):
        away = duty.absences(session, last_day, last_day, number) if number else []
        if away:
            notes.append(f"接任人 {away[0].name} 正在请假，到 {away[0].end} 为止")
    if last_day > on and main_id is not None:
        notes.append("责任区从最后一天的次日起转交；指名由本人承办、联系的，现在就转给接任人")
    return tuple(notes)
