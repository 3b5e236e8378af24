"""To whom letters go: households, residents, premises, organisations and workers as people to be written to.

Nothing private is read: no ID number, no personal phone, no tag, no note. The voluntary help list and the health lists
are no sources (reference 12.3, 12.4): a letter must not tell who stands on them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import networks
from gridoffice.domain.grids import GRID, VILLAGE
from gridoffice.domain.listing import Listing, Query
from gridoffice.domain.organisations import Organisation
from gridoffice.domain.people import APART, GONE, LIVING, Household, Resident
from gridoffice.domain.premises import Premises
from gridoffice.domain.staff import Staff
from gridoffice.modules.documents import roll
from gridoffice.modules.documents.makers import lists
from gridoffice.modules.documents.roll import Roll
from gridoffice.modules.documents.templates import MERGED, Template
from gridoffice.papers.drawing import grouped
from gridoffice.papers.grid_lines import TIED

CHUNK = 500
HEAD = "户主"
NOBODY = {
    "households": "尊敬的住户",
    "residents": "尊敬的居民",
    "premises": "负责人同志",
    "organisations": "负责同志",
    "staff": "同志",
}
"""How a letter begins where no name is known."""
WORDS = {"households": "户", "residents": "人", "premises": "家", "organisations": "家", "staff": "人"}


@dataclass(frozen=True)
class Asked:
    """Which ones: under a unit, in a named view or saved filter, at addresses with these words, or just these ids."""

    unit: int | None = None
    view: str = ""
    text: str = ""
    ids: tuple[int, ...] | None = None
    left_out: tuple[int, ...] = ()


@dataclass(frozen=True)
class Recipient:
    """One to be written to: id, who it is for the eye, the values of the placeholders, and which are empty."""

    id: int
    title: str
    values: Mapping[str, str] = field(default_factory=dict)

    def lacking(self, names: Iterable[str]) -> tuple[str, ...]:
        """Which of some placeholders have no value."""
        return tuple(dict.fromkeys(name for name in names if not self.values.get(name, "")))


def homes_of(office: Office, ids: Sequence[int]) -> list[int]:
    """The households of some residents, each once, in the order of the residents."""
    found: dict[int, None] = {}
    with office.read() as session:
        for start in range(0, len(ids), CHUNK):
            some = ids[start : start + CHUNK]
            wanted = select(Resident.id, Resident.household_id).where(Resident.id.in_(some))
            homes = {one: home for one, home in session.execute(wanted) if home is not None}
            found.update((homes[one], None) for one in some if one in homes)
    return list(found)


def listing(audience: str) -> Listing:
    """The list an audience is taken from."""
    return lists.listings()[audience]


def views(audience: str) -> list[tuple[str, str]]:
    """The named views of an audience's list that may be written to; views of residents by tag are none."""
    if audience in ("residents", "households"):
        return [("", "全部")]
    return [(view.key, view.title) for view in listing(audience).views]


def find(office: Office, audience: str, asked: Asked) -> list[int]:
    """Ids of those asked for, in the order of the list; those who are gone are no recipients."""
    if audience not in MERGED:
        return []
    known = dict(views(audience))
    view = asked.view if asked.view in known else ""
    filters = (("unit", asked.unit),) if asked.unit and "unit" in listing(audience).filters else ()
    ids = listing(audience).ids(office, Query(office.today(), view=view, text="", filters=filters))
    with office.read() as session:
        ids = _present(session, audience, ids, asked.text.strip())
    wanted = set(asked.ids) if asked.ids is not None else None
    out = set(asked.left_out)
    return [one for one in ids if (wanted is None or one in wanted) and one not in out]


def _present(session: Session, audience: str, ids: Sequence[int], text: str) -> list[int]:
    """Without those who moved out or died, empty homes and workers who left; at addresses with these words only."""
    found: list[int] = []
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        here = set(session.scalars(_wanted(audience, some, text)))
        found += [one for one in some if one in here]
    return found


def _wanted(audience: str, ids: Sequence[int], text: str) -> Any:
    if audience == "households":
        homes = select(Resident.household_id).where(Resident.state.in_((LIVING, APART)))
        wanted = select(Household.id).where(Household.id.in_(ids), Household.id.in_(homes))
        return wanted.where(Household.address.contains(text, autoescape=True)) if text else wanted
    if audience == "residents":
        found = select(Resident.id).where(Resident.id.in_(ids), Resident.state.not_in(GONE))
        homes = select(Household.id).where(Household.address.contains(text, autoescape=True))
        return found.where(Resident.household_id.in_(homes)) if text else found
    kind: Any = {"premises": Premises, "organisations": Organisation, "staff": Staff}[audience]
    wanted = select(kind.id).where(kind.id.in_(ids))
    if audience == "staff" or not text:
        return wanted
    return wanted.where(kind.address.contains(text, autoescape=True) | kind.kind.contains(text, autoescape=True))


class Reader:
    """Reads recipients of one audience by their ids, a few hundred at a time."""

    def __init__(self, office: Office, audience: str) -> None:
        self.office, self.audience = office, audience
        try:
            self.roll: Roll = roll.read(office, photos=False)
        except OfficeError:  # no grids yet: letters are written all the same
            self.roll = Roll()

    def read(self, ids: Sequence[int]) -> list[Recipient]:
        """The recipients of some ids, in their order; those that are gone are left out."""
        found: dict[int, Recipient] = {}
        with self.office.read() as session:
            for start in range(0, len(ids), CHUNK):
                some = ids[start : start + CHUNK]
                found.update({one.id: one for one in getattr(self, f"_{self.audience}")(session, some)})
        return [found[one] for one in ids if one in found]

    def _households(self, session: Session, ids: Sequence[int]) -> Iterable[Recipient]:
        heads: dict[int | None, str] = {}
        people = select(Resident.household_id, Resident.name, Resident.relation, Resident.state)
        here = people.where(Resident.household_id.in_(ids), Resident.state.in_((LIVING, APART))).order_by(Resident.id)
        for house, name, relation, _state in session.execute(here):
            if relation == HEAD:
                heads.setdefault(house, name)
        for home in session.scalars(select(Household).where(Household.id.in_(ids))):
            name = heads.get(home.id, "")
            values = {"户主": name, "住址": self._address(home.unit_id, home.address), **self._place(home.unit_id)}
            yield self._one(home.id, name, name or f"{home.number} 号户", f"{name}同志" if name else "", values)

    def _residents(self, session: Session, ids: Sequence[int]) -> Iterable[Recipient]:
        wanted = select(Resident.id, Resident.name, Resident.unit_id, Household.address, Household.unit_id)
        joined = wanted.outerjoin(Household, Household.id == Resident.household_id).where(Resident.id.in_(ids))
        for one, name, unit, address, home_unit in session.execute(joined):
            at = home_unit or unit
            values = {"姓名": name, "住址": self._address(at, address or ""), **self._place(at)}
            yield self._one(one, name, name, f"{name}同志", values)

    def _premises(self, session: Session, ids: Sequence[int]) -> Iterable[Recipient]:
        for one in session.scalars(select(Premises).where(Premises.id.in_(ids))):
            values = {
                "场所": one.name, "场所类别": one.kind, "负责人": one.owner,
                "住址": self._address(one.unit_id, one.address), **self._place(one.unit_id),
            }  # fmt: skip
            yield self._one(one.id, one.name, one.name, f"{one.name}负责人", values)

    def _organisations(self, session: Session, ids: Sequence[int]) -> Iterable[Recipient]:
        for one in session.scalars(select(Organisation).where(Organisation.id.in_(ids))):
            values = {
                "单位": one.name, "联系人": one.contact,
                "住址": self._address(one.unit_id, one.address), **self._place(one.unit_id),
            }  # fmt: skip
            yield self._one(one.id, one.name, one.name, one.name, values)

    def _staff(self, session: Session, ids: Sequence[int]) -> Iterable[Recipient]:
        units: dict[int, int] = {}
        for unit_id, seats in self.roll.seats.items():
            for seat in seats:
                units.setdefault(seat.staff_id, unit_id)
        for one in session.scalars(select(Staff).where(Staff.id.in_(ids))):
            values = {"姓名": one.name, "岗位": one.post, **self._place(units.get(one.id))}
            yield self._one(one.id, one.name, one.name, f"{one.name}同志", values)

    def _one(self, key: int, name: str, title: str, greeting: str, values: dict[str, str]) -> Recipient:
        told = {**values, "收件人": name, "称呼": greeting or NOBODY[self.audience]}
        return Recipient(key, title, told)

    def _line(self, unit_id: int | None) -> dict[int, Any]:
        """The units above one by their level, itself among them."""
        found: dict[int, Any] = {}
        unit = self.roll.units.get(unit_id) if unit_id else None
        while unit is not None:
            found[unit.level] = unit
            unit = self.roll.units.get(unit.parent_id) if unit.parent_id else None
        return found

    def _place(self, unit_id: int | None) -> dict[str, str]:
        line = self._line(unit_id)
        grid, village = line.get(GRID), line.get(VILLAGE)
        seat = None
        for unit in (grid, village):
            if seat is None and unit is not None:
                seat = self.roll.seat(unit.id, networks.WORKER) or self.roll.seat(unit.id, *roll.WORKING, networks.HEAD)
        return {
            "村": village.name if village else "",
            "网格": grid.name if grid else "",
            "网格员": seat.name if seat else "",
            "网格员电话": grouped(seat.phone).replace(" ", TIED) if seat else "",
        }

    def _address(self, unit_id: int | None, address: str) -> str:
        village = self._line(unit_id).get(VILLAGE)
        is_said = village is None or not address or village.name.rstrip("村社区") in address
        return address if is_said or village is None else f"{village.name}{address}"


def asked_from(options: Mapping[str, Any]) -> Asked:
    """What a maker's options ask for."""
    found = options.get("recipients") or {}
    ids = found.get("ids")
    return Asked(
        found.get("unit"), str(found.get("view", "")), str(found.get("text", "")),
        tuple(ids) if ids is not None else None, tuple(found.get("left_out", ())),
    )  # fmt: skip


def count_words(template: Template, number: int) -> str:
    """214 户."""
    return f"{number:,} {WORDS.get(template.audience, '份')}"
