"""The personnel card: the person with posts of every network, leave, training, things handed out, and work on hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.module import modules
from gridoffice.db.office import Office
from gridoffice.domain import attachments, duty, networks, reprints
from gridoffice.domain.belongings import Belonging
from gridoffice.domain.duty import Absence
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.networks import Assignment, Network, Role
from gridoffice.domain.staff import Staff, serving
from gridoffice.modules.personnel import kept, training
from gridoffice.modules.personnel.kept import Thing
from gridoffice.modules.personnel.lists import STAFF, standing
from gridoffice.modules.personnel.training import Attended

FIELDS = (
    "name", "sex", "born", "id_number", "phone", "post", "unit_id", "education", "since", "badge_number", "badge_until",
    "note",
)  # fmt: skip
"""Fields of the card that are typed (reference 2: 人员信息卡)."""


@dataclass(frozen=True)
class Post:
    """A post: where, which network and role, from when to when (None: still)."""

    assignment_id: int
    unit_id: int
    unit: str
    network: str
    role: str
    role_title: str
    start: date | None
    end: date | None


@dataclass(frozen=True)
class Work:
    """One kind of work on hand: how much is open, due and late, and the list that shows it."""

    key: str
    title: str
    word: str
    open: int
    due: int
    late: int
    module: str
    listing: str
    view: str


@dataclass(frozen=True)
class PersonnelCard:
    """A person's card; `state` is "tone|word", `taken` the work done for somebody who is away, `gaps` what nobody does
    while this person is away."""

    id: int
    version: int
    name: str
    values: Mapping[str, Any]
    state: str
    posts: tuple[Post, ...]
    coming: tuple[Post, ...]
    former: tuple[tuple[str, str, date | None, date | None], ...]  # unit, role, from, to
    partners: tuple[str, ...]
    photo: bytes | None
    is_active: bool
    left_on: date | None
    taken: tuple[str, ...]
    work: tuple[Work, ...]
    leaves: tuple[Absence, ...]
    trainings: tuple[Attended, ...]
    hours: float
    things: tuple[Thing, ...]


def card(office: Office, staff_id: int) -> PersonnelCard | None:
    """The card of a person on the day looked at; None when gone."""
    on = office.day()
    with office.read() as session:
        who = session.get(Staff, staff_id)
        if who is None:
            return None
        posts = _posts(session, staff_id)
        now = tuple(post for post in posts if _holds(post, on))
        return PersonnelCard(
            id=who.id,
            version=who.version,
            name=who.name,
            values={key: getattr(who, key) for key in FIELDS},
            state=state(session, staff_id, on),
            posts=now,
            coming=tuple(post for post in posts if post.start and post.start > on),
            former=tuple((post.unit, post.role_title, post.start, post.end) for post in _past(posts, on)),
            partners=_partners(session, now, staff_id, on),
            photo=attachments.data_of(session, who.photo_id, thumb=True),
            is_active=who.is_active,
            left_on=who.left_on,
            taken=(*_taken(session, staff_id, on), *_outdated(office, staff_id)),
            work=workload(session, staff_id, on),
            leaves=tuple(duty.absences(session, date.min, date.max, staff_id)[::-1]),
            trainings=training.of_person(session, staff_id),
            hours=training.hours(session, staff_id, on.year),
            things=kept.of_person(session, staff_id),
        )


def state(session: Session, staff_id: int, on: date) -> str:
    """ "tone|word" of a person, as the roster says it."""
    column = next(column for column in STAFF.columns if column.key == "state")
    found = session.scalar(STAFF.base.with_only_columns(column.expr).where(Staff.id == staff_id), {"on": on})
    return standing(found, on)


def _posts(session: Session, staff_id: int) -> list[Post]:
    wanted = (
        select(Assignment, Role, Network.title, GridUnit.name)
        .join(Role, Role.id == Assignment.role_id)
        .join(Network, Network.id == Role.network_id)
        .join(GridUnit, GridUnit.id == Assignment.unit_id)
        .where(Assignment.staff_id == staff_id)
        .order_by(Network.rank, Network.id, Role.rank, Assignment.id)
    )
    return [
        Post(held.id, held.unit_id, unit, network, role.key, role.title, held.start, held.end)
        for held, role, network, unit in session.execute(wanted)
    ]


def _holds(post: Post, on: date) -> bool:
    return (post.start is None or post.start <= on) and (post.end is None or post.end >= on)


def _past(posts: list[Post], on: date) -> list[Post]:
    return sorted((post for post in posts if post.end and post.end < on), key=lambda post: post.end or on, reverse=True)


def _partners(session: Session, posts: tuple[Post, ...], staff_id: int, on: date) -> tuple[str, ...]:
    """Who else is A or B worker of the same grids: 李秀兰（B岗，138…）."""
    both = {networks.WORKER: "A岗", networks.STAND_IN: "B岗"}
    units = [post.unit_id for post in posts if post.role in both]
    if not units:
        return ()
    others = [holder for holder in networks.holders(session, on, unit_ids=units) if holder.role in both]
    told = [
        f"{other.name}（{'，'.join(filter(None, (both[other.role], other.phone)))}）"
        for other in others
        if other.staff_id != staff_id
    ]
    return tuple(dict.fromkeys(told))


def _outdated(office: Office, staff_id: int) -> tuple[str, ...]:
    """The person's own cards and badges that are no longer as printed, as far as that was asked."""
    found = reprints.concerning(office, staff=[staff_id])
    return (f"soon|要重印或收回：{'、'.join(one.name for one in found[:3])}（文书 → 要重印）",) if found else ()


def _taken(session: Session, staff_id: int, on: date) -> tuple[str, ...]:
    """What the person does for others, and what nobody does while the person is away."""
    told = []
    for unit_id, one in duty.on_duty(session, on).items():
        unit = ""
        if (one.staff_id == staff_id and one.instead_of) or (one.gap and one.absent_id == staff_id):
            unit = session.get_one(GridUnit, unit_id).name
        if unit and one.gap:
            told.append(f"late|{unit}：{one.gap}")
        elif unit and one.until:
            told.append(f"soon|代 {one.instead_of} {unit}，到 {one.until.month}月{one.until.day}日")
    return tuple(told)


def workload(session: Session, staff_id: int, on: date) -> tuple[Work, ...]:
    """A person's work on hand, each kind with the list that opens."""
    return tuple(
        Work(
            load.kind.key,
            load.kind.title,
            load.kind.word,
            len(load.open),
            len(load.due),
            len(load.late),
            *_place(load.kind),
        )
        for load in duty.items_of(session, staff_id, on)
    )


def _place(kind: Belonging) -> tuple[str, str, str]:
    known = {module.key for module in modules()}
    return (kind.module if kind.module in known else "", kind.listing, kind.view)


def in_service(office: Office) -> list[tuple[int, str]]:
    """Everybody in service: id, and name with where they belong."""
    wanted = (
        select(Staff.id, Staff.name, GridUnit.name)
        .outerjoin(GridUnit, GridUnit.id == Staff.unit_id)
        .where(serving(office.today()))
        .order_by(Staff.pinyin, Staff.id)
    )
    with office.read() as session:
        return [(number, f"{name}（{unit or '—'}）") for number, name, unit in session.execute(wanted)]
