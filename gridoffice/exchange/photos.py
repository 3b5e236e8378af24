"""Photos beside the sheets: whose they are by their file name (姓名_尾号.jpg), and keeping them with the person."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.unit import Unit
from gridoffice.domain import attachments
from gridoffice.domain.attachments import Attachment
from gridoffice.domain.staff import Staff
from gridoffice.exchange.report import PhotoResult
from gridoffice.exchange.store import Store, Values
from gridoffice.exchange.work import Work

PICTURES = frozenset([".jpg", ".jpeg", ".png", ".bmp", ".webp", ".gif", ".tif", ".tiff"])

_DIGITS = re.compile(r"\d{4,18}[Xx]?")
_HANZI = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·]{2,}")
_WORDS = re.compile(r"工作证|编号|序号|照片|相片|头像|证件照|登记照|一寸|二寸|网格员|网格长")


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo that will be kept with a person of the staff store (its id there may be a planned, negative one)."""

    path: Path
    staff_id: int


def plan_photos(work: Work, paths: list[Path], result: PhotoResult) -> list[Photo]:
    """Match photos with staff by name and the tail of telephone or ID number; the same photo again changes nothing."""
    if not paths:
        return []
    staff = work.store(Staff)
    names: dict[str, list[int]] = {}
    for row_id, row in staff.rows.items():
        names.setdefault(row["name"], []).append(row_id)
    kept = _kept(work.session)
    photos = []
    for path in paths:
        person = _whose(path.stem, names, staff)
        if person is None:
            result.unmatched.append(path.name)
        elif not _is_picture(path):
            result.refused.append(path.name)
        elif _is_same(path, staff.rows[person], kept):
            result.same += 1
        else:
            result.matched += 1
            photos.append(Photo(path, person))
    return photos


def _kept(session: Session) -> dict[int, str]:
    found = session.execute(select(Attachment.id, Attachment.sha256).where(Attachment.owner == Staff.__tablename__))
    return {row_id: digest for row_id, digest in found}


def names_in(stem: str) -> list[str]:
    """What may be names in a file's name, the longest first; words like 照片 are none."""
    return sorted(_HANZI.findall(_WORDS.sub(" ", stem)), key=len, reverse=True)


def numbers_in(stem: str) -> list[str]:
    """Runs of four to eighteen figures (X at the end too) in a file's name: tails or whole numbers."""
    return [found.upper() for found in _DIGITS.findall(stem)]


def _whose(stem: str, names: dict[str, list[int]], staff: Store) -> int | None:
    numbers = numbers_in(stem)
    for part in names_in(stem):
        people = names.get(part, [])
        if numbers:
            people = [one for one in people if _has_tail(staff.rows[one], numbers[0])]
        if len(people) == 1:
            return people[0]
    return None


def _has_tail(row: Values, digits: str) -> bool:
    phones = row["phone"].split("、")
    return any(phone.endswith(digits) for phone in phones if phone) or str(row["id_number"] or "").endswith(
        digits.upper()
    )


def _is_picture(path: Path) -> bool:
    from PIL import Image

    try:
        with Image.open(path) as opened:
            return min(opened.size) >= 40
    except Exception:  # Pillow raises many kinds for damaged files; each means the same here
        return False


def _is_same(path: Path, row: Values, kept: dict[int, str]) -> bool:
    digest = kept.get(row["photo_id"] or 0)
    if digest is None:
        return False
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() == digest:
        return True
    try:
        return hashlib.sha256(attachments.prepared(data, path.name)[0]).hexdigest() == digest
    except OfficeError:
        return False


def write_photos(unit: Unit, photos: list[Photo], ids: dict[int, int], result: PhotoResult) -> None:
    """Keep the matched photos in the office; one that cannot be read is refused and holds back no other."""
    rows = []
    for photo in photos:
        staff_id = ids.get(photo.staff_id, photo.staff_id)
        try:
            data = photo.path.read_bytes()
            kept = attachments.attach(unit.session, Staff.__tablename__, staff_id, photo.path.name, data)
        except (OfficeError, OSError):
            result.matched -= 1
            result.refused.append(photo.path.name)
            continue
        rows.append({"id": staff_id, "photo_id": kept.id})
    assert hasattr(Staff, "__table__")
    unit.bulk_update(Staff.__table__, rows)  # type: ignore[arg-type]
