"""What can be done with staff: enter, change, photograph, let go, appoint to grids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.module import Count
from gridoffice.db.office import Office
from gridoffice.domain import attachments, networks, person
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.listing import Query
from gridoffice.domain.networks import Assignment, Holder, Role
from gridoffice.domain.staff import Staff
from gridoffice.modules.personnel.lists import STAFF

LISTINGS = (STAFF,)
FIELDS = ("name", "sex", "born", "id_number", "phone", "post", "unit_id", "education", "since", "note")
POSTS = ("专职网格员", "兼职网格员", "村党支部书记", "村委会主任", "网格长", "协管员", "信息员", "镇综治中心主任")


@dataclass(frozen=True)
class PersonnelCard:
    """A person's card: the record's values, posts today and before, partner, photo."""

    id: int
    version: int
    name: str
    values: Mapping[str, Any]
    posts: tuple[Holder, ...]
    former: tuple[tuple[str, str, date | None, date | None], ...]  # unit, role, from, to
    partners: tuple[str, ...]
    photo: bytes | None
    is_active: bool


def counts(office: Office, on: date) -> list[Count]:
    """Staff without a photo (no card can be printed well without one)."""
    number = STAFF.count(office, Query(on=on, view="no_photo"))
    return [Count("staff-no-photo", "人员缺照片", number, "soon", "personnel", "no_photo")]


def card(office: Office, staff_id: int) -> PersonnelCard | None:
    """The card of a person; None when gone."""
    with office.read() as session:
        who = session.get(Staff, staff_id)
        if who is None:
            return None
        posts = tuple(networks.holders(session, office.today(), staff_id=staff_id))
        former = (
            select(Assignment, Role.title)
            .join(Role, Role.id == Assignment.role_id)
            .where(Assignment.staff_id == staff_id, Assignment.end < office.today())
            .order_by(Assignment.end.desc())
        )
        past = [(held, title) for held, title in session.execute(former)]
        names = {held.unit_id: session.get_one(GridUnit, held.unit_id).name for held, _ in past}
        return PersonnelCard(
            id=who.id,
            version=who.version,
            name=who.name,
            values={key: getattr(who, key) for key in FIELDS},
            posts=posts,
            former=tuple((names[held.unit_id], title, held.start, held.end) for held, title in past),
            partners=_partners(session, posts, staff_id, office.today()),
            photo=attachments.data_of(session, who.photo_id, thumb=True),
            is_active=who.is_active,
        )


def _partners(session: Session, posts: tuple[Holder, ...], staff_id: int, on: date) -> tuple[str, ...]:
    """Who else is A or B worker of the same grids: 李秀兰（B岗，138…）."""
    both = {networks.WORKER: "A岗", networks.STAND_IN: "B岗"}
    units = [post.unit_id for post in posts if post.role in both]
    if not units:
        return ()
    others = [holder for holder in networks.holders(session, on, unit_ids=units) if holder.role in both]
    return tuple(
        f"{other.name}（{'，'.join(filter(None, (both[other.role], other.phone)))}）"
        for other in others
        if other.staff_id != staff_id
    )


def _check(session: Session, values: Mapping[str, Any], own: int | None) -> None:
    person.check(values)
    number = person.clean_number(values.get("id_number"))
    other = session.scalars(select(Staff).where(Staff.id_number == number, Staff.id != (own or 0))).first()
    if number and other is not None:
        raise OfficeError(f"这个身份证号码已经登记在“{other.name}”名下", safe="没有保存", do="请核对，或直接打开那张卡")


def _fill(record: Staff, values: Mapping[str, Any]) -> None:
    person.fill(record, values, FIELDS)
    record.post, record.education = record.post or "", record.education or ""


def create(office: Office, values: Mapping[str, Any]) -> int:
    """Enter a person; the id. Raises OfficeError."""
    with office.unit(f"新建人员：{str(values.get('name') or '').strip()}") as session:
        _check(session, values, None)
        who = Staff(name="")
        _fill(who, values)
        session.add(who)
        session.flush()
        return who.id


def update(office: Office, staff_id: int, values: Mapping[str, Any], version: int | None = None) -> None:
    """Change a person. Raises OfficeError, also when somebody else changed it since `version`."""
    with office.unit("修改人员") as session:
        who = session.get_one(Staff, staff_id)
        session.info["unit"].record.name = f"修改人员：{values.get('name') or who.name}"
        _check(session, {"name": who.name, **values}, staff_id)
        if version is not None and who.version != version:
            raise OfficeError(f"“{who.name}”刚被别处改过", safe="您的修改还没有写入", do="请关闭后重新打开，再改一次")
        _fill(who, values)


def set_photo(office: Office, staff_id: int, path: Path) -> None:
    """Take a photo file in for a person. Raises OfficeError when it is missing or no picture."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OfficeError(f"读不到照片“{path.name}”", safe="原来的照片没有改动", do="请检查文件是否还在") from error
    with office.unit("更换照片") as session:
        who = session.get_one(Staff, staff_id)
        session.info["unit"].record.name = f"更换照片：{who.name}"
        who.photo_id = attachments.attach(session, "staff", staff_id, path.name, data).id


def leave(office: Office, staff_id: int) -> None:
    """A person leaves: the card stays, all posts end today. One undo brings everything back."""
    with office.unit("人员离岗") as session:
        who = session.get_one(Staff, staff_id)
        session.info["unit"].record.name = f"人员离岗：{who.name}"
        who.is_active = False
        today = office.today()
        still = or_(Assignment.end.is_(None), Assignment.end >= today)
        for held in session.scalars(select(Assignment).where(Assignment.staff_id == staff_id, still)):
            held.end = today - timedelta(days=1)
            if held.start is not None and held.end < held.start:
                session.delete(held)


def come_back(office: Office, staff_id: int) -> None:
    """Somebody who left works again; posts are given anew."""
    with office.unit("人员返岗") as session:
        who = session.get_one(Staff, staff_id)
        session.info["unit"].record.name = f"人员返岗：{who.name}"
        who.is_active = True


def delete(office: Office, staff_id: int) -> str:
    """Delete a card entered by mistake, with its posts; refused when patrols or cases name the person. The name."""
    with office.unit("删除人员") as session:
        who = session.get_one(Staff, staff_id)
        name = who.name
        session.info["unit"].record.name = f"删除人员：{name}"
        for held in session.scalars(select(Assignment).where(Assignment.staff_id == staff_id)):
            session.delete(held)
        session.flush()
        session.delete(who)
    return name


def units(office: Office) -> list[tuple[int, str]]:
    """Units a person may belong to: id and name."""
    from gridoffice.domain import choices

    with office.read() as session:
        return [(choice.id, choice.text) for choice in choices.units(session, 1)]
