"""今日 of one worker: the person's own work and what was taken over; and who is away, told for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import week_of
from gridoffice.core.module import Count, load, modules
from gridoffice.db.office import Office
from gridoffice.domain import duty
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.listing import Listing, Query
from gridoffice.domain.staff import Staff, serving

STAFF = "staff"
"""Key of the filter that limits a list to one worker's records."""

EXTRA = (("premises", "应查场所"), ("visits", "应访户"))
"""Lists that are no work of a kind of their own but come due in a worker's grids, with the word for their due view."""


@dataclass(frozen=True)
class Told:
    """A sentence at the head of 今日, "soon" or "late"."""

    tone: str
    text: str


@dataclass(frozen=True)
class WorkerGroup:
    """One kind of a worker's work: its numbers, and whose list they open."""

    module: str
    title: str
    icon: str
    listing: str
    counts: tuple[Count, ...]


def people(office: Office) -> list[tuple[int, str]]:
    """Whose 今日 can be shown: everybody in service, by name with unit."""
    wanted = (
        select(Staff.id, Staff.name, GridUnit.name)
        .outerjoin(GridUnit, GridUnit.id == Staff.unit_id)
        .where(serving(office.today()))
        .order_by(Staff.pinyin, Staff.id)
    )
    with office.read() as session:
        return [(number, f"{name}（{unit or '—'}）") for number, name, unit in session.execute(wanted)]


def is_known(office: Office, staff_id: int, name: str) -> bool:
    """Whether a remembered worker is one of this office and still in service."""
    wanted = select(Staff.id).where(Staff.id == staff_id, Staff.name == name, serving(office.today()))
    with office.read() as session:
        return session.scalar(wanted) is not None


def absent(office: Office, on: date) -> list[Told]:
    """Who is away today and by whom replaced, whose leave begins this week, and grids that nobody looks after."""
    with office.read() as session:
        now = duty.absences(session, on, on)
        coming = [one for one in duty.absences(session, on + timedelta(days=1), week_of(on)[1]) if one.start > on]
        posts = duty.on_duty(session, on)
        soon, told = [], []
        if now:
            soon.append(f"今天不在：{'；'.join(_words(one, posts) for one in now)}")
        if coming:
            words = "、".join(f"{one.name}（{one.start.month}月{one.start.day}日起）" for one in coming)
            soon.append(f"本周将请假：{words}")
        if soon:
            told.append(Told("soon", "。".join(soon)))
        for unit_id, one in posts.items():
            if one.gap:
                told.append(Told("late", f"{session.get_one(GridUnit, unit_id).name}：{one.gap}"))
    return told


def _words(one: duty.Absence, posts: dict[int, duty.Duty]) -> str:
    names = dict.fromkeys(post.name for post in posts.values() if post.absent_id == one.staff_id and post.staff_id)
    if one.stand_in and not names:
        names[one.stand_in] = None
    deputies = f"，由{'、'.join(names)}代" if names else ""
    return f"{one.name}（到 {one.end.month}月{one.end.day}日{deputies}）"


def heading(office: Office, staff_id: int, on: date) -> list[Told]:
    """What a worker must know first: own leave, and whose grids are to be looked after too."""
    told = []
    with office.read() as session:
        own = duty.absences(session, on, on, staff_id)
        if own:
            told.append(
                Told("soon", f"{own[0].name} 请假到 {own[0].end.month}月{own[0].end.day}日，他的活在代班人名下")
            )
        taken: dict[tuple[str, date | None], list[str]] = {}
        for one in duty.replaces(session, staff_id, on):
            unit = session.get_one(GridUnit, one.unit_id).name
            taken.setdefault((one.instead_of, one.until), []).append(unit)
    for (name, until), units in taken.items():
        day = f"，到 {until.month}月{until.day}日" if until else ""
        told.append(Told("soon", f"代 {name}：{'、'.join(units)}{day}"))
    return told


def groups(office: Office, staff_id: int, on: date) -> list[WorkerGroup]:
    """A worker's numbers: open, due and late of each kind, and what comes due in the worker's grids."""
    icons = {module.key: module.icon for module in modules()}
    with office.read() as session:
        found = [
            WorkerGroup(
                one.kind.module,
                one.kind.title,
                icons.get(one.kind.module, "today"),
                one.kind.listing,
                (
                    Count(f"{one.kind.key}-open", "手上", len(one.open), "plain", one.kind.module, one.kind.view),
                    Count(f"{one.kind.key}-due", "到期", len(one.due), "soon", one.kind.module, one.kind.view),
                    Count(
                        f"{one.kind.key}-late", "逾期", len(one.late), "late", one.kind.module, _late(one.kind.listing)
                    ),
                ),
            )
            for one in duty.items_of(session, staff_id, on)
            if one.kind.module in icons
        ]
        return found + _extra(session, staff_id, on, icons)


def _extra(session: Session, staff_id: int, on: date, icons: dict[str, str]) -> list[WorkerGroup]:
    found = []
    for key, word in EXTRA:
        listing = listing_of(key)
        if listing is not None:
            ids = listing.ids_in(session, Query(on=on, view=listing.due_view, filters=((STAFF, staff_id),)))
            count = Count(f"{key}-due", word, len(ids), "soon", listing.module, listing.due_view)
            found.append(WorkerGroup(listing.module, listing.title, icons[listing.module], key, (count,)))
    return found


def listing_of(key: str) -> Listing | None:
    """A declared list by its key."""
    for module in modules():
        for one in load(module.listings) if module.listings else ():
            if one.key == key:
                return one  # type: ignore[no-any-return]
    return None


def _late(key: str) -> str:
    """The view that shows what is late of a list, else its due view."""
    listing = listing_of(key)
    views = {view.key for view in listing.views} if listing else set()
    return "late" if "late" in views else listing.due_view if listing else ""
