"""What hangs on a log: its lines, the households visited, the photos with their place and time."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.text import narrow
from gridoffice.db.office import Office
from gridoffice.domain import attachments, same
from gridoffice.domain.attachments import Attachment
from gridoffice.domain.people import Household, Resident
from gridoffice.modules.patrols.entry import Entry, Line, Photo
from gridoffice.modules.patrols.model import HouseVisit, LogEntry, Patrol, RouteRow, Supplement

OWNER = Patrol.__tablename__
MOST = 12


def lines_of(session: Session, patrol_id: int) -> tuple[Line, ...]:
    """The lines of a log in order."""
    wanted = select(LogEntry).where(LogEntry.patrol_id == patrol_id).order_by(LogEntry.at, LogEntry.id)
    return tuple(
        Line(one.at, one.kind, one.whom, one.text, one.measures, one.result, one.follow_on)
        for one in session.scalars(wanted)
    )


def houses_of(session: Session, patrol_id: int) -> tuple[int, ...]:
    """The households visited on a log, in the order they were entered."""
    wanted = select(HouseVisit.household_id).where(HouseVisit.patrol_id == patrol_id).order_by(HouseVisit.id)
    return tuple(session.scalars(wanted))


def entry_of(session: Session, patrol: Patrol) -> Entry:
    """A log as it was entered."""
    keys = (
        "day", "start", "end", "unit_id", "staff_id", "kind", "households", "text", "start2", "end2", "companions",
        "weather", "route",
    )  # fmt: skip
    return Entry(
        **{key: getattr(patrol, key) for key in keys},
        answers=dict(patrol.answers or {}),
        lines=lines_of(session, patrol.id),
        houses=houses_of(session, patrol.id),
    )


def keep(session: Session, patrol: Patrol, entry: Entry) -> None:
    """Keep lines, visits and photos of an entry: lines are written anew when they differ, visits come and go."""
    attach(session, patrol.id, entry.photos)
    if lines_of(session, patrol.id) != entry.lines:
        for old in session.scalars(select(LogEntry).where(LogEntry.patrol_id == patrol.id)):
            session.delete(old)
        for line in entry.lines:
            session.add(LogEntry(patrol_id=patrol.id, **vars(line)))
    known = {
        one.household_id: one for one in session.scalars(select(HouseVisit).where(HouseVisit.patrol_id == patrol.id))
    }
    wanted = dict.fromkeys(entry.houses)
    for house, visit in known.items():
        if house not in wanted:
            _unlink(session, visit)
            session.delete(visit)
        else:
            visit.day, visit.staff_id = entry.day, entry.staff_id
    for house in wanted:
        if house not in known:
            session.add(
                HouseVisit(
                    household_id=house, day=entry.day, staff_id=entry.staff_id, patrol_id=patrol.id, result="", note=""
                )
            )


def _unlink(session: Session, visit: HouseVisit) -> None:
    for row in session.scalars(select(RouteRow).where(RouteRow.visit_id == visit.id)):
        row.visit_id = None


def drop(session: Session, patrol: Patrol) -> None:
    """Take away what hangs on a log that is deleted."""
    for visit in session.scalars(select(HouseVisit).where(HouseVisit.patrol_id == patrol.id)):
        _unlink(session, visit)
        session.delete(visit)
    for kind in (LogEntry, Supplement):
        for record in session.scalars(select(kind).where(kind.patrol_id == patrol.id)):
            session.delete(record)
    for photo in session.scalars(select(Attachment).where(Attachment.owner == OWNER, Attachment.owner_id == patrol.id)):
        session.delete(photo)


def find_households(office: Office, text: str, unit_id: int | None) -> list[tuple[int, str]]:
    """A few households by number, address, or a member's name, pinyin or initials; those of the unit first."""
    plain = narrow(text).lower()
    if not plain:
        return []
    member = select(Resident.household_id).where(
        or_(Resident.name.contains(plain), Resident.pinyin.startswith(plain), Resident.initials.startswith(plain))
    )
    wanted = (
        select(Household.id)
        .where(or_(Household.number.endswith(plain), Household.address.contains(plain), Household.id.in_(member)))
        .order_by((Household.unit_id == unit_id).desc(), Household.number)
        .limit(MOST)
    )
    with office.read() as session:
        ids = list(session.scalars(wanted))
        names = house_names(session, ids)
    return [(one, names[one]) for one in ids]


def house_names(session: Session, ids: list[int]) -> dict[int, str]:
    """Number, head and address of some households in one line each."""
    first = (
        select(Resident.household_id, Resident.name).where(Resident.household_id.in_(ids)).order_by(Resident.id.desc())
    )
    heads = {house: name for house, name in session.execute(first)}
    found = session.execute(select(Household.id, Household.number, Household.address).where(Household.id.in_(ids)))
    return {one: " ".join(filter(None, (number, heads.get(one, ""), address))) for one, number, address in found}


def house_name(office: Office, house: int) -> str:
    """A household in one line."""
    with office.read() as session:
        return house_names(session, [house]).get(house, "")


def alike(office: Office, entry: Entry, category: str, text: str) -> str:
    """The hint that a problem may be a case already: its number, title and state, or ""."""
    with office.read() as session:
        found = same.alike(session, entry.unit_id, category, text, "", entry.day)
    return f"同一件事？{found[0].number} {found[0].title}（{found[0].state}）" if found else ""


def taken_at(data: bytes) -> datetime | None:
    """When a photo was taken, by the camera's note in it (EXIF 36867, else 306)."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as opened:
            exif = opened.getexif()
            told = exif.get_ifd(0x8769).get(36867) or exif.get(306)
        return datetime.strptime(str(told)[:19], "%Y:%m:%d %H:%M:%S") if told else None
    except (OSError, ValueError):
        return None


def read_photos(files: list[Path], place: str = "") -> tuple[Photo, ...]:
    """Photos named by when (EXIF) and where they were taken, each one tried; raises OfficeError for one that is none.

    Asked before a log is written, so that a bad photo does not leave the log written and the form still open.
    """
    found = []
    for file in files:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise OfficeError(f"读不到照片“{file.name}”", safe="没有写入任何内容", do="请检查文件还在不在") from error
        attachments.prepared(data, file.name)
        when = taken_at(data)
        told = [f"{when:%Y-%m-%d %H:%M}" if when else "", place.strip(), file.name]
        found.append((" ".join(filter(None, told))[:200], data))
    return tuple(found)


def attach(session: Session, patrol_id: int, photos: Sequence[Photo]) -> None:
    """Keep photos with a log, in the unit at hand."""
    for name, data in photos:
        attachments.attach(session, OWNER, patrol_id, name, data)


def add_photos(office: Office, patrol_id: int, files: list[Path], place: str = "") -> int:
    """Put photos to a log that is there, in a step of its own; raises OfficeError for one that is none."""
    read = read_photos(files, place)
    with office.unit(f"添加巡查照片 {len(files)} 张") as session:
        attach(session, patrol_id, read)
    return len(files)


@dataclass(frozen=True)
class Picture:
    """A photo of a log: its id, its name (when, where, file) and the small picture."""

    id: int
    name: str
    small: bytes


def pictures(session: Session, patrol_id: int) -> tuple[Picture, ...]:
    """A log's photos with their small pictures."""
    return tuple(
        Picture(one.id, one.name, attachments.data_of(session, one.id, thumb=True) or b"")
        for one in attachments.of_record(session, OWNER, patrol_id)
    )


def photo(office: Office, attachment_id: int) -> tuple[str, bytes]:
    """A photo's name and bytes; raises OfficeError when it is gone."""
    with office.read() as session:
        record = session.get(Attachment, attachment_id)
        data = attachments.data_of(session, attachment_id)
    if record is None or data is None:
        raise OfficeError("这张照片已经不在了", safe="其他内容没有改动", do="可能刚被删除；可用“撤销”找回")
    return record.name, data


def photos(session: Session, patrol_id: int) -> tuple[str, ...]:
    """The names of a log's photos: when, where, file."""
    return tuple(one.name for one in attachments.of_record(session, OWNER, patrol_id))
