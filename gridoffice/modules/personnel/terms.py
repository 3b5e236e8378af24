"""What was chosen for a leaver, and what is the leaver's: posts, cases, contacts, things; what cannot be is refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.domain import duty, work
from gridoffice.domain.help import ACTIVE, HelpEntry
from gridoffice.domain.networks import Assignment, Network, Role
from gridoffice.domain.staff import HandedOut, Staff

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


def terms_of(session: Session, staff_id: int, on: date) -> list[tuple[Assignment, Role]]:
    """A person's posts in every network that do not end before a day."""
    wanted = (
        select(Assignment, Role)
        .join(Role, Role.id == Assignment.role_id)
        .join(Network, Network.id == Role.network_id)
        .where(Assignment.staff_id == staff_id, or_(Assignment.end.is_(None), Assignment.end > on))
        .order_by(Network.rank, Role.rank, Assignment.id)
    )
    return [(term, role) for term, role in session.execute(wanted)]


def follower_of(session: Session, term: Assignment, role: Role, chosen: Choices) -> str | None:
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


def as_second(session: Session, term: Assignment, role: Role, number: int, last: date) -> list[Assignment]:
    """The successor's own stand-in terms at the same unit and network: nobody stands in for himself."""
    wanted = (
        select(Assignment)
        .join(Role, Role.id == Assignment.role_id)
        .where(Assignment.staff_id == number, Assignment.unit_id == term.unit_id, Role.is_stand_in)
        .where(Role.network_id == role.network_id, or_(Assignment.end.is_(None), Assignment.end > last))
    )
    return list(session.scalars(wanted))


def refuse(session: Session, chosen: Choices) -> None:
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
    return bool(cases_of(session, chosen) or contacts_of(session, chosen) or things_of(session, chosen))


def cases_of(session: Session, chosen: Choices) -> list[work.Case]:
    own = work.Case.handler.in_(duty.own_names(chosen.staff_id))
    wanted = select(work.Case).where(work.Case.state.in_(work.BEING_HANDLED), own).order_by(work.Case.id)
    return list(session.scalars(wanted, {"on": chosen.last_day}))


def contacts_of(session: Session, chosen: Choices) -> list[HelpEntry]:
    wanted = select(HelpEntry).where(HelpEntry.contact_id == chosen.staff_id, HelpEntry.state == ACTIVE)
    return list(session.scalars(wanted.order_by(HelpEntry.id)))


def things_of(session: Session, chosen: Choices) -> list[HandedOut]:
    wanted = select(HandedOut).where(HandedOut.staff_id == chosen.staff_id, HandedOut.back_on.is_(None))
    return [one for one in session.scalars(wanted.order_by(HandedOut.id)) if one.id not in chosen.back]
