"""Who may stand on public papers: the holders of public roles in the tree, with work phone and photo, read at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import not_, select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import week_of
from gridoffice.core.errors import OfficeError
from gridoffice.db.audit import Blob
from gridoffice.db.office import Office
from gridoffice.domain import covers, duty, networks, settings
from gridoffice.domain.attachments import Attachment
from gridoffice.domain.grids import GRID, VILLAGE, GridUnit, current, short_name
from gridoffice.domain.staff import Staff, serving
from gridoffice.modules.documents import bare

LARGE = 90_000
"""Bytes from which a photo is printed from its small picture (200×280) on small papers."""


@dataclass(frozen=True)
class Seat:
    """A person in a public role at a unit; nothing private is read."""

    staff_id: int
    name: str
    phone: str
    post: str
    role: str
    role_title: str
    unit_id: int
    is_stand_in: bool


@dataclass(frozen=True)
class Away:
    """Somebody on leave this week and who does the work of one unit meanwhile; why, no paper says."""

    name: str
    start: date
    end: date
    cover: covers.Cover

    @property
    def words(self) -> str:
        """张建国 11月20日至22日请假，石桥村第2网格由李秀兰代，电话13800001234."""
        one = self.cover
        tail = (
            f"由{one.name}代{f'，电话{one.phone}' if one.phone else ''}" if not one.gap else "暂无人代，请找村级网格长"
        )
        part = "" if (one.first, one.last) == (self.start, self.end) else f"{covers.days(one.first, one.last)}"
        return f"{self.name} {covers.days(self.start, self.end)}请假，{one.unit}{part}{tail}"


@dataclass
class Roll:
    """The tree and its public seats on one day, with what the office says of itself."""

    units: dict[int, GridUnit] = field(default_factory=dict)
    under: dict[int | None, list[int]] = field(default_factory=dict)
    seats: dict[int, list[Seat]] = field(default_factory=dict)
    photos: dict[int, bytes] = field(default_factory=dict)
    office: dict[str, str] = field(default_factory=dict)
    away: list[Away] = field(default_factory=list)

    def villages(self) -> list[GridUnit]:
        """Villages in their order."""
        return [unit for unit in self.units.values() if unit.level == VILLAGE]

    def grids(self, unit_id: int | None = None) -> list[GridUnit]:
        """Grids in their order, of the whole office or under a unit (itself, when it is a grid)."""
        within = self.within(unit_id) if unit_id else None
        return [u for u in self.units.values() if u.level == GRID and (within is None or u.id in within)]

    def within(self, unit_id: int) -> set[int]:
        """Ids of a unit and of all under it."""
        found, todo = {unit_id}, [unit_id]
        while todo:
            new = self.under.get(todo.pop(), [])
            found.update(new)
            todo += new
        return found

    def village_of(self, unit: GridUnit) -> GridUnit | None:
        """The village a unit is or stands in; None for one above."""
        found: GridUnit | None = unit
        while found is not None and found.level > VILLAGE:
            found = self.units.get(found.parent_id) if found.parent_id else None
        return found if found is not None and found.level == VILLAGE else None

    def seat(self, unit_id: int, *roles: str) -> Seat | None:
        """The first holder of one of the roles at a unit."""
        return next((seat for seat in self.seats.get(unit_id, []) if seat.role in roles), None)

    def partner(self, seat: Seat) -> Seat | None:
        """The stand-in of a grid worker, or for a stand-in the one they stand in for."""
        others = [one for one in self.seats.get(seat.unit_id, []) if one.staff_id != seat.staff_id]
        return next((one for one in others if one.is_stand_in != seat.is_stand_in and one.role in WORKING), None)

    def short(self, unit: GridUnit) -> str:
        """A grid's name without its village's."""
        above = self.units.get(unit.parent_id) if unit.parent_id else None
        return short_name(unit.name, above.name) if above else unit.name

    def workers(self, unit_id: int | None = None, *, heads: bool = False) -> list[tuple[Seat, list[GridUnit]]]:
        """Each grid worker once, in the order of the grids, with all their grids; with `heads` village heads first."""
        wanted = (*WORKING, networks.HEAD) if heads else WORKING
        within = self.within(unit_id) if unit_id else None
        found: dict[int, tuple[Seat, list[GridUnit]]] = {}
        for unit in self.units.values():
            if within is not None and unit.id not in within:
                continue
            for seat in self.seats.get(unit.id, []):
                if seat.role in wanted:
                    found.setdefault(seat.staff_id, (seat, []))[1].append(unit)
        return list(found.values())


WORKING = (networks.WORKER, networks.STAND_IN, networks.ASSISTANT)


def read(
    office: Office, *, photos: bool = True, large: bool = False, network: str | None = networks.GENERAL
) -> Roll:  # fmt: skip
    """Everything public papers are made from, on the office's today; `large`: photos as big as they are kept.

    `network`: whose seats are read, None: those of all networks in use.

    Raises OfficeError when there is no grid yet.
    """
    kept = _ONCE.get()
    key = (id(office), photos, large, network)
    if kept is not None and key in kept:
        return kept[key]
    found = _read(office, photos=photos, large=large, network=network)
    if kept is not None:
        kept[key] = found
    return found


_ONCE: ContextVar[dict[tuple[int, bool, bool, str | None], Roll] | None] = ContextVar("once", default=None)


@contextmanager
def once() -> Iterator[None]:
    """While this lasts, the roll is read once in this thread, however many papers are made from it; nothing may change
    it meanwhile.
    """
    token = _ONCE.set({})
    try:
        yield
    finally:
        _ONCE.reset(token)


def _read(office: Office, *, photos: bool, large: bool, network: str | None) -> Roll:
    roll = Roll()
    with office.read() as session:
        _tree(session, roll)
        if not roll.grids():
            raise OfficeError("还没有网格，做不了文书", do="请先导入网格划分表，或在“网格”里新建")
        roll.seats = seats_of(session, office, network)
        roll.away = _away(session, office)
        if photos:
            roll.photos = photos_of(session, (s.staff_id for seats in roll.seats.values() for s in seats), large=large)
        roll.office = {setting.key: settings.get(session, setting.key) for setting in settings.SETTINGS}
    return roll


def _tree(session: Session, roll: Roll) -> None:
    """Units from the top down, each village followed by its own, so that papers run in the tree's order."""
    known: dict[int | None, list[GridUnit]] = {}
    for unit in session.scalars(select(GridUnit).where(current()).order_by(GridUnit.sort, GridUnit.code, GridUnit.id)):
        known.setdefault(unit.parent_id, []).append(unit)
    todo = list(reversed(known.get(None, [])))
    while todo:
        unit = todo.pop()
        roll.units[unit.id] = unit
        roll.under[unit.id] = [one.id for one in known.get(unit.id, [])]
        todo += reversed(known.get(unit.id, []))


def seats_of(session: Session, office: Office, network: str | None) -> dict[int, list[Seat]]:
    """The public seats of a network (None: of all in use) by unit, of those who serve on the office's today."""
    roles = select(networks.Role.id).where(networks.Role.is_public.is_(False))
    hidden = set(session.scalars(roles))
    left = set(session.scalars(select(Staff.id).where(not_(serving(office.today())))))
    found: dict[int, list[Seat]] = {}
    for held in networks.holders(session, office.today(), network=network):
        if held.role_id in hidden or held.staff_id in left:
            continue
        seat = Seat(
            held.staff_id, held.name, held.phone, held.post, held.role, held.role_title, held.unit_id, held.is_stand_in
        )
        found.setdefault(held.unit_id, []).append(seat)
    return found


def _away(session: Session, office: Office) -> list[Away]:
    """Leaves with a day from today to the end of the week, and who does the work of each unit on which days."""
    today = office.today()
    last = week_of(today)[1]
    found = []
    for one in duty.absences(session, today, last):
        for cover in covers.covers(session, one.staff_id, one.start, one.end):
            found.append(Away(one.name, one.start, one.end, cover))
    return found


def photos_of(session: Session, staff_ids: Iterable[int], *, large: bool) -> dict[int, bytes]:
    """The photos of some workers; the small pictures where they are not printed large."""
    wanted = set(staff_ids)
    of_staff = (
        select(Staff.id, Attachment.size, Attachment.sha256, Attachment.thumb_sha256)
        .join(Attachment, Staff.photo_id == Attachment.id)
        .where(Staff.photo_id.is_not(None))
    )
    digests = {
        staff_id: thumb if thumb and size > LARGE and not large else whole
        for staff_id, size, whole, thumb in session.execute(of_staff)
        if staff_id in wanted
    }
    blobs: dict[str, bytes] = {}
    need = sorted(set(digests.values()))
    for start in range(0, len(need), 500):
        for sha, data in session.execute(
            select(Blob.sha256, Blob.data).where(Blob.sha256.in_(need[start : start + 500]))
        ):
            blobs[sha] = bare.jpeg(data)
    return {staff_id: blobs[sha] for staff_id, sha in digests.items() if sha in blobs}
