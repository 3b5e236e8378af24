"""What is missing on a paper before it is printed, with the person whose card mends it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from gridoffice.db.office import Office
from gridoffice.domain.staff import Staff
from gridoffice.modules.documents.recipe import Prepared

MOST = 60


@dataclass(frozen=True)
class Lack:
    """One thing to know before printing; `staff_id` is whose card mends it, where there is one."""

    text: str
    staff_id: int | None = None


def of(office: Office, prepared: Prepared) -> tuple[Lack, ...]:
    """The maker's own notes, each followed by those they are about."""
    people = _once([item.view for item in prepared.items])
    known = _ids(office, {name for name, _phone, _photo in people})
    found: list[Lack] = []
    for note in prepared.notes:
        found.append(Lack(note))
        for name, phone, has_photo in people:
            wants_photo = "没有照片" in note and not has_photo
            is_meant = wants_photo or ("没有电话" in note and not phone) or f"“{name}”" in note
            staff_id = known.get((name, phone)) or known.get((name, ""))
            if is_meant and staff_id is not None:
                found.append(Lack(name, staff_id))
    return tuple(dict.fromkeys(found))[:MOST]


def _once(views: Any) -> list[tuple[str, str, bool]]:
    """Everybody once; a stand-in is named without a photo, so one photo anywhere on the paper is enough."""
    found: dict[tuple[str, str], bool] = {}
    for name, phone, has_photo in _people(views):
        found[name, phone] = has_photo or found.get((name, phone), False)
    return [(name, phone, has_photo) for (name, phone), has_photo in found.items()]


def _people(value: Any) -> Iterator[tuple[str, str, bool]]:
    """Name, phone and whether there is a photo, of every person on some views."""
    if isinstance(value, tuple | list):
        for one in value:
            yield from _people(one)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = {one.name for one in dataclasses.fields(value)}
        if {"name", "photo"} <= names:
            yield str(value.name), str(getattr(value, "phone", "") or ""), bool(value.photo)  # type: ignore[attr-defined]
        for one in dataclasses.fields(value):
            yield from _people(getattr(value, one.name))


def _ids(office: Office, names: set[str]) -> dict[tuple[str, str], int]:
    """Workers by name and phone; by the name alone where only one has it."""
    found: dict[tuple[str, str], int] = {}
    with office.read() as session:
        rows = session.execute(select(Staff.id, Staff.name, Staff.phone)).all()
    seen: dict[str, list[int]] = {}
    for number, name, phone in rows:
        if name in names:
            found[(name, phone)] = number
            seen.setdefault(name, []).append(number)
    return found | {(name, ""): numbers[0] for name, numbers in seen.items() if len(numbers) == 1}
