"""Leaving for good: what everything moves to whom, rehearsed; then done in one step that can be undone."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.db.office import Office
from gridoffice.domain import duty, networks
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.networks import Assignment, Network, Role
from gridoffice.domain.staff import HandedOut, Staff, serving
from gridoffice.modules.personnel.handover import Rehearsal, Term
from gridoffice.modules.personnel.handover_parts import rehearsal
from gridoffice.modules.personnel.moves import end_leaves, move_cases, move_contacts, move_posts, move_things
from gridoffice.modules.personnel.terms import Choices, as_second, follower_of, refuse, terms_of


def proposal(office: Office, staff_id: int) -> Choices:
    """Last day today; the B of each grid takes over, another B's post falls vacant unless chosen otherwise."""
    on = office.today()
    with office.read() as session:
        held = terms_of(session, staff_id, on)
        seconds = {unit: number for unit, number in _seconds(session, [term.unit_id for term, _ in held], on)}
        by_term = {}
        for term, role in held:
            by_term[term.id] = None if role.is_stand_in else seconds.get(term.unit_id)
        things = select(HandedOut.id, HandedOut.kind).where(HandedOut.staff_id == staff_id, HandedOut.back_on.is_(None))
        back = frozenset(number for number, kind in session.execute(things) if kind == "工作证")
    first = next((number for number in by_term.values() if number), None)
    return Choices(staff_id, on, first, tuple(by_term.items()), back)


def _seconds(session: Session, unit_ids: list[int], on: date) -> list[tuple[int, int]]:
    held = networks.holders(session, on, unit_ids=unit_ids, network=networks.GENERAL)
    return [(one.unit_id, one.staff_id) for one in reversed(held) if one.is_stand_in]


def rehearse(office: Office, chosen: Choices) -> Rehearsal:
    """Everything that would move, with names and counts; nothing is changed. Raises OfficeError as `leave`."""
    with office.read() as session:
        refuse(session, chosen)
        return rehearsal(
            session,
            office.today(),
            chosen.staff_id,
            chosen.last_day,
            [
                _told(session, term, role, chosen)
                for term, role in terms_of(session, chosen.staff_id, chosen.last_day)
                if not (term.start and term.start > chosen.last_day)
            ],
            chosen.main_id,
            chosen.back,
        )


def _told(session: Session, term: Assignment, role: Role, chosen: Choices) -> Term:
    unit = session.get_one(GridUnit, term.unit_id)
    network = session.get_one(Network, role.network_id)
    number = chosen.successor(term.id)
    follower = follower_of(session, term, role, chosen)
    note = ""
    if follower is not None:
        note = f"{follower} 已定为接任，不再另派"
    elif number is None:
        note = "岗位将空缺" if role.is_needed else "不再派人"
    elif not role.is_stand_in and as_second(session, term, role, number, chosen.last_day):
        note = "由B岗转任，B岗将空缺"
    name = duty.name_of(session, number) if number else ""
    return Term(term.id, unit.id, unit.name, network.title, role.title, term.start, number, name, note)


def leave(office: Office, chosen: Choices) -> Rehearsal:
    """Do it: posts end with the last day and go on, what bears the person's name goes to who takes over.

    One step, undone as one. Gives what was rehearsed, for the list that both sign. Raises OfficeError when the person
    has left, the last day is before the first, or the successor is the person or has left too.
    """
    told = rehearse(office, chosen)
    with office.unit(told.title) as session:
        refuse(session, chosen)
        taker_of_unit = move_posts(session, chosen)
        move_cases(session, office, chosen, taker_of_unit)
        move_contacts(session, chosen, taker_of_unit)
        move_things(session, chosen)
        end_leaves(session, chosen)
        who = session.get_one(Staff, chosen.staff_id)
        who.is_active, who.left_on = False, chosen.last_day
    return told


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
