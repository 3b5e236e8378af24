"""What can be done with staff: enter, change, photograph, delete; what 今日 counts of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.module import Count
from gridoffice.db.office import Office
from gridoffice.domain import attachments, person
from gridoffice.domain.listing import Query
from gridoffice.domain.networks import Assignment
from gridoffice.domain.staff import Staff
from gridoffice.modules.personnel.card import FIELDS, PersonnelCard, card
from gridoffice.modules.personnel.lists import STAFF
from gridoffice.modules.personnel.lists_kept import KEPT
from gridoffice.modules.personnel.lists_leave import LEAVES
from gridoffice.modules.personnel.lists_training import TRAININGS

LISTINGS = (STAFF, LEAVES, TRAININGS, KEPT)

__all__ = [
    "LISTINGS",
    "PersonnelCard",
    "card",
    "counts",
    "create",
    "delete",
    "keep_photo",
    "original_photo",
    "read_photo",
    "units",
    "update",
]

ORIGINAL = "original"
"""Kind of the attachment that keeps a photo as it was before it was cut."""

POSTS = ("专职网格员", "兼职网格员", "村党支部书记", "村委会主任", "网格长", "协管员", "信息员", "镇综治中心主任")


def counts(office: Office, on: date) -> list[Count]:
    """Who is away today, badges that end, and staff without a photo (no card can be printed well without one)."""
    away = LEAVES.count(office, Query(on=on, view="now"))
    badges = STAFF.count(office, Query(on=on, view="badge"))
    found = [
        Count("staff-away", "今天请假", away, "plain", "personnel", "leaves:now", "由谁代班，打开看"),
        Count("staff-no-photo", "人员缺照片", STAFF.count(office, Query(on=on, view="no_photo")), "soon", "personnel",
              "no_photo"),
    ]  # fmt: skip
    if badges:
        found.append(Count("staff-badge", "工作证将到期", badges, "soon", "personnel", "badge", "含已过期的"))
    return found


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


def read_photo(path: Path) -> tuple[bytes, bytes]:
    """A photo file as it is, and turned upright and held to a sane size (JPEG).

    Raises OfficeError when it is missing or no picture.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise OfficeError(f"读不到照片“{path.name}”", safe="原来的照片没有改动", do="请检查文件是否还在") from error
    return data, attachments.prepared(data, path.name)[0]


def keep_photo(office: Office, staff_id: int, name: str, original: bytes | None, cut: bytes) -> None:
    """Keep a cut photo as the person's; the original stays with the card, so that it can be cut anew."""
    with office.unit("更换照片") as session:
        who = session.get_one(Staff, staff_id)
        session.info["unit"].record.name = f"更换照片：{who.name}"
        if original is not None:
            attachments.attach(session, "staff", staff_id, name, original, kind=ORIGINAL)
        who.photo_id = attachments.attach(session, "staff", staff_id, name, cut).id


def original_photo(office: Office, staff_id: int) -> tuple[str, bytes] | None:
    """Name and upright bytes of the last original a person's photo was cut from; None when there is none."""
    with office.read() as session:
        found = [one for one in attachments.of_record(session, "staff", staff_id) if one.kind == ORIGINAL]
        who = session.get(Staff, staff_id)
        kept = found[-1].id if found else who.photo_id if who else None
        record = session.get(attachments.Attachment, kept) if kept else None
        data = attachments.data_of(session, kept)
    return (record.name, attachments.prepared(data, record.name)[0]) if record and data else None


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
