"""Finding what a case is linked with: households, other cases, the same problem, who is away, where a grid went."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese
from gridoffice.core.text import narrow
from gridoffice.db.office import Office
from gridoffice.domain import duty, maps, networks, same, work
from gridoffice.domain.absences import absences
from gridoffice.domain.clocks import of as rules_of
from gridoffice.domain.grids import VILLAGE, GridUnit, ancestors
from gridoffice.domain.people import Household, Resident
from gridoffice.domain.staff import Staff
from gridoffice.domain.tree import Tree
from gridoffice.domain.work import Case


def household_words(session: Session, number: int) -> str:
    """The words of a household: number, address, head."""
    house = session.get(Household, number)
    if house is None:
        return "已删除的户"
    head = session.scalars(
        select(Resident.name)
        .where(Resident.household_id == number)
        .order_by((Resident.relation != "户主").asc(), Resident.id)
        .limit(1)
    ).first()
    return " · ".join(filter(None, (f"户 {house.number}", house.address, head or "")))


def find_households(office: Office, text: str, limit: int = 12) -> list[tuple[int, str]]:
    """A few households by parts of number, address or a member's name or initials; ids with words."""
    typed = narrow(text).split()
    if not typed:
        return []
    with office.read() as session:
        wanted = select(Household.id).where(*(_has(word) for word in typed)).order_by(Household.number).limit(limit)
        return [(number, household_words(session, number)) for number in session.scalars(wanted)]


def _has(word: str) -> Any:
    low = word.lower()
    person = [Resident.name.startswith(word, autoescape=True)]
    if low.isascii():
        person += [Resident.initials.startswith(low, autoescape=True), Resident.pinyin.startswith(low, autoescape=True)]
    living = select(Resident.household_id).where(or_(*person), Resident.household_id.is_not(None))
    return or_(
        Household.number.contains(word, autoescape=True),
        Household.address.contains(word, autoescape=True),
        Household.id.in_(living),
    )


def house_words(office: Office, number: int) -> str:
    """The words of a household."""
    with office.read() as session:
        return household_words(session, number)


def find_cases(office: Office, text: str, own: int, limit: int = 12) -> list[tuple[int, str]]:
    """A few open cases by number, title or place, without this one; ids with words."""
    typed = narrow(text).split()
    if not typed:
        return []
    conditions = [
        or_(
            *(column.contains(word, autoescape=True) for column in (Case.number, Case.title, Case.place, Case.initials))
        )
        for word in typed
    ]
    with office.read() as session:
        wanted = select(Case).where(*conditions, Case.id != own, work.is_open()).order_by(Case.id.desc()).limit(limit)
        return [(one.id, f"{one.number} {one.title} · {work.STATES[one.state]}") for one in session.scalars(wanted)]


def case_words(office: Office, case_id: int) -> str:
    """The words of a case."""
    with office.read() as session:
        case = session.get(Case, case_id)
        return f"{case.number} {case.title}" if case else ""


def alike(office: Office, unit_id: int | None, category: str, title: str, place: str) -> list[same.Alike]:
    """Cases that may be the one being typed."""
    with office.read() as session:
        return same.alike(session, unit_id, category, title, place, office.today())


def heirs(office: Office, unit_id: int) -> list[tuple[int, str]]:
    """The units that stand today where one that ended stood."""
    with office.read() as session:
        found = [session.get(GridUnit, number) for number in Tree(session).now_for(unit_id)]
        return [(unit.id, unit.name) for unit in found if unit is not None]


@dataclass(frozen=True)
class Away:
    """Somebody is on leave: the sentence, and who stands in ("" for nobody)."""

    sentence: str
    stand_in: str


def away(office: Office, name: str) -> Away | None:
    """Whether the only person of a name is on leave today, and who stands in; None when not, or when not known."""
    with office.read() as session:
        ids = list(session.scalars(select(Staff.id).where(Staff.name == name.strip(), Staff.is_active)))
        leaves = absences(session, office.today(), office.today(), ids[0]) if len(ids) == 1 else []
        if not leaves:
            return None
        leave = leaves[-1]
        stand_in = leave.stand_in
        if not stand_in:
            found = duty.on_duty(session, office.today()).values()
            stand_in = next((one.name for one in found if one.absent_id == ids[0] and one.staff_id), "")
    tail = f"由{stand_in}代" if stand_in else "没有安排谁代"
    return Away(f"{name.strip()}请假至 {chinese(leave.end)}，{tail}", stand_in)


def checkers(office: Office, case_id: int) -> list[str]:
    """At most three who may check what another handled: the finder, those on duty for the grid and the units above."""
    with office.read() as session:
        case = session.get(Case, case_id)
        if case is None:
            return []
        finder = session.get(Staff, case.finder_id) if case.finder_id else None
        unit = session.get(GridUnit, case.unit_id) if case.unit_id else None
        units = [unit.id, *(one.id for one in reversed(ancestors(session, unit)))] if unit is not None else []
        on_duty = duty.on_duty(session, office.today(), units)
        names = [finder.name if finder is not None and finder.is_active else ""]
        names += [one.name for one in networks.holders(session, office.today(), unit_ids=units[:1])]
        names += [on_duty[number].name for number in units if number in on_duty]
        return [name for name in dict.fromkeys(filter(None, names)) if name != case.handler.strip()][:3]


def rungs(office: Office) -> list[tuple[int, str]]:
    """The 督办 ladder: rank and words."""
    with office.read() as session:
        return [(rung.rank, rung.title) for rung in rules_of(session).ladder]


@dataclass(frozen=True)
class VillageMap:
    """The own map of a case's village, and where the case is marked on it (shares of width and height)."""

    view: maps.MapView
    point: tuple[float, float] | None


def village_map(office: Office, case_id: int) -> VillageMap | None:
    """The map a case can be marked on; None while its village has none of its own."""
    with office.read() as session:
        case = session.get(Case, case_id)
        unit = session.get(GridUnit, case.unit_id) if case is not None and case.unit_id else None
        if case is None or unit is None:
            return None
        village = next((one for one in (*ancestors(session, unit), unit) if one.level == VILLAGE), None)
        view = maps.view(session, village, office.today()) if village is not None else None
        if view is None or not view.is_own:
            return None
        is_marked = case.map_x is not None and case.map_y is not None
        return VillageMap(view, (float(case.map_x or 0), float(case.map_y or 0)) if is_marked else None)
