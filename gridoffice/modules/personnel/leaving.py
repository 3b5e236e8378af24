"""Leaving for good: what everything moves to whom, rehearsed; then done in one step that can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import duty, networks, work
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.help import ACTIVE, HelpEntry
from gridoffice.domain.networks import Assignment, Network, Role
from gridoffice.domain.people import Resident
from gridoffice.domain.staff import HandedOut, Leave, Staff, serving
from gridoffice.modules.personnel import handover
from gridoffice.modules.personnel.handover import Rehearsal, Term

DAY = timedelta(days=1)
SAFE = "没有改动任何内容"


@dataclass(frozen=True)
class Choices:
    """What was chosen: last day, who takes over (`main_id`; by term where another: None leaves it vacant), and which
    things handed out go back to the office instead of on to the successor."""

    staff_id: int
    last_day: date
    main_id: int | None
    by_term: tuple[tuple[int, int | None], ...] = ()
    back: frozenset[int] = frozenset()

    def successor(self, term: int) -> int | None:
        """Who takes a term over."""
        return dict(self.by_term).get(term, self.main_id)


def proposal(office: Office, staff_id: int) -> Choices:
    """Last day today; the B of each grid takes over, another B's post falls vacant unless chosen otherwise."""
    on = office.today()
    with office.read() as session:
        held = _terms(session, staff_id, on)
        seconds = {unit: number for unit, number in _seconds(session, [term.unit_id for term, _ in held], on)}
        by_term = {}
        for term, role in held:
            by_term[term.id] = None if role.is_stand_in else seconds.get(term.unit_id)
        things = select(HandedOut.id, HandedOut.kind).where(HandedOut.staff_id == staff_id, HandedOut.back_on.is_(None))
        back = frozenset(number for number, kind in session.execute(things) if kind == "工作证")
    first = next((number for number in by_term.values() if number), None)
    return Choices(staff_id, on, first, tuple(by_term.items()), back)


def _terms(session: Session, staff_id: int, on: date) -> list[tuple[Assignment, Role]]:
    """A person's posts in every network that do not end before a day."""
    wanted = (
        select(Assignment, Role)
        .join(Role, Role.id == Assignment.role_id)
        .join(Network, Network.id == Role.network_id)
        .where(Assignment.staff_id == staff_id, or_(Assignment.end.is_(None), Assignment.end > on))
        .order_by(Network.rank, Role.rank, Assignment.id)
    )
    return [(term, role) for term, role in session.execute(wanted)]


def _seconds(session: Session, unit_ids: list[int], on: date) -> list[tuple[int, int]]:
    held = networks.holders(session, on, unit_ids=unit_ids, network=networks.GENERAL)
    return [(one.unit_id, one.staff_id) for one in reversed(held) if one.is_stand_in]


def rehearse(office: Office, chosen: Choices) -> Rehearsal:
    """Everything that would move, with names and counts; nothing is changed. Raises OfficeError as `leave`."""
    with office.read() as session:
        _refuse(session, chosen)
        return handover.rehearsal(
            session,
            office.today(),
            chosen.staff_id,
            chosen.last_day,
            [
                _told(session, term, role, chosen)
                for term, role in _terms(session, chosen.staff_id, chosen.last_day)
                if not (term.start and term.start > chosen.last_day)
            ],
            chosen.main_id,
            chosen.back,
        )


def _told(session: Session, term: Assignment, role: Role, chosen: Choices) -> Term:
    unit = session.get_one(GridUnit, term.unit_id)
    network = session.get_one(Network, role.network_id)
    number = chosen.successor(term.id)
    follower = _follower(session, term, role, chosen)
    note = ""
    if follower is not None:
        note = f"{follower} 已定为接任，不再另派"
    elif number is None:
        note = "岗位将空缺" if role.is_needed else "不再派人"
    elif not role.is_stand_in and _as_second(session, term, role, number, chosen.last_day):
        note = "由B岗转任，B岗将空缺"
    name = duty.name_of(session, number) if number else ""
    return Term(term.id, unit.id, unit.name, network.title, role.title, term.start, number, name, note)


def _follower(session: Session, term: Assignment, role: Role, chosen: Choices) -> str | None:
    """Who holds a single role of the unit after the last day already."""
    if not role.is_single:
        return None
    others = (
        select(Staff.name)
        .join(Assignment, Assignment.staff_id == Staff.id)
        .where(
            Assignment.unit_id == term.unit_id,
            Assignment.role_id == term.role_id,
            Assignment.id != term.id,
            Assignment.staff_id != chosen.staff_id,
            or_(Assignment.end.is_(None), Assignment.end > chosen.last_day),
        )
    )
    return session.scalars(others.limit(1)).first()


def _as_second(session: Session, term: Assignment, role: Role, number: int, last: date) -> list[Assignment]:
    """The successor's own stand-in terms at the same unit and network: nobody stands in for himself."""
    wanted = (
        select(Assignment)
        .join(Role, Role.id == Assignment.role_id)
        .where(Assignment.staff_id == number, Assignment.unit_id == term.unit_id, Role.is_stand_in)
        .where(Role.network_id == role.network_id, or_(Assignment.end.is_(None), Assignment.end > last))
    )
    return list(session.scalars(wanted))


def _refuse(session: Session, chosen: Choices) -> None:
    who = session.get(Staff, chosen.staff_id)
    if who is None:
        raise OfficeError("这张人员卡已经不在了", safe=SAFE)
    if not who.is_active:
        raise OfficeError(f"{who.name} {f'{who.left_on} ' if who.left_on else ''}已经离岗", safe=SAFE)
    if who.since and chosen.last_day < who.since:
        raise OfficeError(
            f"最后一天 {chosen.last_day} 早于任职日期 {who.since}", safe=SAFE, do="请改正日期，或先改任职时间"
        )
    takers = {chosen.main_id, *(number for _, number in chosen.by_term)} - {None}
    for number in takers:
        taker = session.get(Staff, number)
        if taker is None or taker.id == who.id:
            raise OfficeError("接交人不能是离岗的人自己", safe=SAFE, do="请另选一位")
        if not taker.is_active and (taker.left_on is None or taker.left_on <= chosen.last_day):
            raise OfficeError(f"{taker.name} 那时也已离岗，不能接交", safe=SAFE, do="请另选一位")
    if chosen.main_id is None and _needs_taker(session, chosen):
        raise OfficeError(
            f"{who.name} 名下还有没办完的事，要有人接", safe=SAFE, do="请选一位接交人；没有B岗时可以选村级网格长"
        )


def _needs_taker(session: Session, chosen: Choices) -> bool:
    """Whether something was given to the person by name, which a vacant post cannot keep."""
    return bool(_cases(session, chosen) or _contacts(session, chosen) or _things(session, chosen))


def _cases(session: Session, chosen: Choices) -> list[work.Case]:
    own = work.Case.handler.in_(duty.own_names(chosen.staff_id))
    wanted = select(work.Case).where(work.Case.state.in_(work.BEING_HANDLED), own).order_by(work.Case.id)
    return list(session.scalars(wanted, {"on": chosen.last_day}))


def _contacts(session: Session, chosen: Choices) -> list[HelpEntry]:
    wanted = select(HelpEntry).where(HelpEntry.contact_id == chosen.staff_id, HelpEntry.state == ACTIVE)
    return list(session.scalars(wanted.order_by(HelpEntry.id)))


def _things(session: Session, chosen: Choices) -> list[HandedOut]:
    wanted = select(HandedOut).where(HandedOut.staff_id == chosen.staff_id, HandedOut.back_on.is_(None))
    return [one for one in session.scalars(wanted.order_by(HandedOut.id)) if one.id not in chosen.back]


def leave(office: Office, chosen: Choices) -> Rehearsal:
    """Do it: posts end with the last day and go on, what bears the person's name goes to who takes over.

    One step, undone as one. Gives what was rehearsed, for the list that both sign. Raises OfficeError when the person
    has left, the last day is before the first, or the successor is the person or has left too.
    """
    told = rehearse(office, chosen)
    with office.unit(told.title) as session:
        _refuse(session, chosen)
        taker_of_unit = _move_posts(session, chosen)
        _move_cases(session, office, chosen, taker_of_unit)
        _move_contacts(session, chosen, taker_of_unit)
        _move_things(session, chosen)
        _end_leaves(session, chosen)
        who = session.get_one(Staff, chosen.staff_id)
        who.is_active, who.left_on = False, chosen.last_day
    return told


def _move_posts(session: Session, chosen: Choices) -> dict[int, int]:
    """End the terms and begin the successors'; who now does which unit's work."""
    takers: dict[int, int] = {}
    for term, role in _terms(session, chosen.staff_id, chosen.last_day):
        number = chosen.successor(term.id)
        begun = term.start is None or term.start <= chosen.last_day
        if number is not None and begun and _follower(session, term, role, chosen) is None:
            if not role.is_stand_in:
                for other in _as_second(session, term, role, number, chosen.last_day):
                    _end(session, other, chosen.last_day)
            session.add(
                Assignment(
                    staff_id=number,
                    role_id=term.role_id,
                    unit_id=term.unit_id,
                    start=chosen.last_day + DAY,
                    end=term.end,
                )
            )
        if number is not None and not role.is_stand_in:
            takers.setdefault(term.unit_id, number)
        _end(session, term, chosen.last_day)
    session.flush()
    return takers


def _end(session: Session, term: Assignment, last: date) -> None:
    if term.start is not None and term.start > last:
        session.delete(term)
    else:
        term.end = last


def _taker(chosen: Choices, takers: dict[int, int], unit_id: int | None) -> int | None:
    return takers.get(unit_id or 0) or chosen.main_id or next(iter(takers.values()), None)


def _move_cases(session: Session, office: Office, chosen: Choices, takers: dict[int, int]) -> None:
    who = session.get_one(Staff, chosen.staff_id).name
    for case in _cases(session, chosen):
        number = _taker(chosen, takers, case.unit_id)
        if number is not None:
            name = duty.name_of(session, number)
            work.reassign(session, case, name, who=office.user, note=f"{who} 离岗，改由 {name} 承办")


def _move_contacts(session: Session, chosen: Choices, takers: dict[int, int]) -> None:
    for entry in _contacts(session, chosen):
        resident = session.get_one(Resident, entry.resident_id)
        entry.contact_id = _taker(chosen, takers, resident.unit_id)


def _move_things(session: Session, chosen: Choices) -> None:
    """What goes back is given back on the last day; the rest is given back and handed out to the successor."""
    out = select(HandedOut).where(HandedOut.staff_id == chosen.staff_id, HandedOut.back_on.is_(None))
    for one in list(session.scalars(out)):
        one.back_on = chosen.last_day
        if one.id not in chosen.back and chosen.main_id is not None:
            session.add(
                HandedOut(staff_id=chosen.main_id, kind=one.kind, title=one.title, since=chosen.last_day, note=one.note)
            )


def _end_leaves(session: Session, chosen: Choices) -> None:
    """Leaves after the last day go; where the person was to stand in, the B of each grid does."""
    for one in list(
        session.scalars(select(Leave).where(Leave.staff_id == chosen.staff_id, Leave.end > chosen.last_day))
    ):
        if one.start > chosen.last_day:
            session.delete(one)
        else:
            one.end = chosen.last_day
    stood_in = select(Leave).where(Leave.stand_in_id == chosen.staff_id, Leave.end > chosen.last_day)
    for one in session.scalars(stood_in):
        one.stand_in_id = None


def come_back(office: Office, staff_id: int) -> None:
    """Somebody who left works again; posts are given anew."""
    with office.unit("人员返岗") as session:
        who = session.get_one(Staff, staff_id)
        session.info["unit"].record.name = f"人员返岗：{who.name}"
        who.is_active, who.left_on = True, None


def takers(office: Office, staff_id: int) -> list[tuple[int, str]]:
    """Who may take over: everybody in service but the person, with where they belong."""
    wanted = (
        select(Staff.id, Staff.name, GridUnit.name)
        .outerjoin(GridUnit, GridUnit.id == Staff.unit_id)
        .where(serving(office.today()), Staff.id != staff_id)
        .order_by(Staff.pinyin, Staff.id)
    )
    with office.read() as session:
        return [(number, f"{name}（{unit or '—'}）") for number, name, unit in session.execute(wanted)]
