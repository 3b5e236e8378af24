"""Photos of many people by their file names: whose each is, how sure that is, and keeping the chosen ones in one step.

A file's name may hold a name, the tail of a telephone or ID number, a badge number, or the number in the roster, or
several of them at once: 肖怡_1241.jpg, 03 肖英淑.png, 0700.jpg.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.core.progress import Progress, silent
from gridoffice.core.text import narrow
from gridoffice.db.office import Office
from gridoffice.domain import attachments
from gridoffice.domain.attachments import Attachment
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.staff import Staff, serving
from gridoffice.exchange.photos import PICTURES, names_in, numbers_in

SURE, POSSIBLE, NONE, SAME, BROKEN = "sure", "possible", "none", "same", "broken"
STATES = {
    SURE: "done|认准了",
    POSSIBLE: "soon|请核对",
    NONE: "late|没认出",
    SAME: "quiet|已是这张",
    BROKEN: "late|不是照片",
}
SHORT = re.compile(r"(?<![0-9])[0-9]{1,3}(?![0-9])")
LEAST = 40  # pixels of the shorter side of what counts as a photo


@dataclass(frozen=True)
class Person:
    """What a file's name is compared with; `place` is the number in the roster, from 1."""

    id: int
    name: str
    unit: str
    phones: tuple[str, ...]
    id_number: str
    badge: str
    place: int
    photo_sha: str

    @property
    def words(self) -> str:
        """The name with what tells namesakes apart."""
        tail = f"，尾号{self.phones[0][-4:]}" if self.phones and self.phones[0] else ""
        return f"{self.name}（{self.unit or '—'}{tail}）"


@dataclass(frozen=True)
class Match:
    """Whose a file may be: the likeliest first, by what (姓名、电话尾号 …), and how sure."""

    path: Path
    people: tuple[int, ...]
    how: str
    state: str


@dataclass(frozen=True)
class Report:
    """What was kept and what could not be read."""

    written: int
    failed: tuple[str, ...]


def people(office: Office) -> list[Person]:
    """Everybody in service, in the roster's order."""
    wanted = (
        select(Staff, GridUnit.name, Attachment.sha256)
        .outerjoin(GridUnit, GridUnit.id == Staff.unit_id)
        .outerjoin(Attachment, Attachment.id == Staff.photo_id)
        .where(serving(office.today()))
        .order_by(Staff.sort, Staff.id)
    )
    with office.read() as session:
        return [
            Person(
                who.id,
                who.name,
                unit or "",
                tuple(who.phone.split("、")) if who.phone else (),
                who.id_number or "",
                who.badge_number,
                place,
                sha or "",
            )
            for place, (who, unit, sha) in enumerate(session.execute(wanted), 1)
        ]


def files_in(paths: Iterable[Path]) -> list[Path]:
    """The photo files among some files and folders (with the folders in them), by name; hidden ones are left out."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        found += [
            one
            for one in inside
            if one.suffix.lower() in PICTURES and not one.name.startswith(".") and one.is_file() and one not in found
        ]
    return found


def match(paths: Sequence[Path], known: Sequence[Person], progress: Progress = silent) -> list[Match]:
    """Whose each file is; two files of one person are both to be looked at."""
    by_id = {one.id: one for one in known}
    found = []
    for done, path in enumerate(paths, 1):
        progress(done, len(paths), f"正在认 {path.name}")
        found.append(_one(path, known, by_id))
    taken: dict[int, list[int]] = {}
    for place, one in enumerate(found):
        if one.state in (SURE, SAME):
            taken.setdefault(one.people[0], []).append(place)
    for places in taken.values():
        for place in places if len(places) > 1 else ():
            others = "、".join(found[other].path.name for other in places if other != place)
            one = found[place]
            found[place] = Match(one.path, one.people, f"{one.how}；同一人还有 {others}", POSSIBLE)
    return found


def _one(path: Path, known: Sequence[Person], by_id: Mapping[int, Person]) -> Match:
    if not _is_picture(path):
        return Match(path, (), "读不出图像", BROKEN)
    ids, how, state = whose(path.stem, known)
    if state == SURE and _is_same(path, by_id[ids[0]]):
        state = SAME
    return Match(path, ids, how, state)


def whose(stem: str, known: Sequence[Person]) -> tuple[tuple[int, ...], str, str]:
    """Whose a file's name is: ids, the likeliest first; by what; how sure."""
    stem = narrow(stem)
    names, numbers = names_in(stem), numbers_in(stem)
    by_name = _by_name(names, known)
    by_number = {one.id: word for one in known if (word := _by_number(numbers, one))}
    both = [one for one in by_name if one.id in by_number]
    if len(both) == 1:
        return (both[0].id,), f"姓名和{by_number[both[0].id]}", SURE
    if both:
        return tuple(one.id for one in both), "同名，号码也相同", POSSIBLE
    if by_name and numbers:
        return tuple(one.id for one in by_name), "姓名对，号码对不上", POSSIBLE
    if by_name:
        return _named(stem, by_name)
    if by_number:
        words = "、".join(dict.fromkeys(by_number.values()))
        return tuple(by_number), words, SURE if len(by_number) == 1 and not names else POSSIBLE
    return _by_place(stem, names, known)


def _by_name(names: Sequence[str], known: Sequence[Person]) -> list[Person]:
    """People whose whole name stands in the file's name, alone or within other words (石桥村张建国)."""
    exact = [one for one in known if one.name in names]
    if exact:
        return exact
    inside = [one for one in known if len(one.name) > 1 and any(one.name in part for part in names)]
    longest = max((len(one.name) for one in inside), default=0)
    return [one for one in inside if len(one.name) == longest]


def _by_number(numbers: Sequence[str], one: Person) -> str:
    for number in numbers:
        if number == one.badge:
            return "工作证号"
        if any(phone.endswith(number) for phone in one.phones if phone):
            return "电话" if len(number) == 11 else "电话尾号"
        if one.id_number.endswith(number):
            return "证件号" if len(number) == 18 else "证件尾号"
    return ""


def _named(stem: str, by_name: Sequence[Person]) -> tuple[tuple[int, ...], str, str]:
    if len(by_name) == 1:
        return (by_name[0].id,), "姓名", SURE
    places = {int(number) for number in SHORT.findall(stem)}
    there = [one for one in by_name if one.place in places]
    rest = [one for one in by_name if one not in there]
    how = f"{len(by_name)} 人同名{'，按名册序号排在前' if there else ''}"
    return tuple(one.id for one in [*there, *rest]), how, POSSIBLE


def _by_place(stem: str, names: Sequence[str], known: Sequence[Person]) -> tuple[tuple[int, ...], str, str]:
    """A short number alone is a badge's or the number in the roster; that is never sure."""
    short = SHORT.findall(stem)
    badges = [one for one in known if one.badge and one.badge in short]
    if len(badges) == 1 and not names:
        return (badges[0].id,), "工作证号", SURE
    places = [one for one in known if one.place in {int(number) for number in short}] if not names else []
    if places:
        return tuple(one.id for one in places), f"名册序号 {places[0].place}", POSSIBLE
    return (), "文件名里没有认得的姓名和号码", NONE


def _is_picture(path: Path) -> bool:
    from PIL import Image

    try:
        with Image.open(path) as opened:
            return min(opened.size) >= LEAST
    except Exception:  # Pillow raises many kinds for damaged files; each means the same here
        return False


def _is_same(path: Path, one: Person) -> bool:
    if not one.photo_sha:
        return False
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() == one.photo_sha:
        return True
    try:
        return hashlib.sha256(attachments.prepared(data, path.name)[0]).hexdigest() == one.photo_sha
    except OfficeError:
        return False


def write(office: Office, chosen: Sequence[tuple[Path, int]], progress: Progress = silent) -> Report:
    """Keep the chosen photos, all in one step; one that cannot be read holds back no other.

    Raises OfficeError when one person would get two.
    """
    numbers = [staff_id for _path, staff_id in chosen]
    twice = {number for number in numbers if numbers.count(number) > 1}
    if twice:
        with office.read() as session:
            names = "、".join(session.get_one(Staff, number).name for number in sorted(twice))
        raise OfficeError(f"{names}选了两张照片", safe="还没有写入", do="请留一张，其余的跳过")
    failed: list[str] = []
    with office.unit(f"批量放入照片 {len(chosen)} 张") as session:
        for done, (path, staff_id) in enumerate(chosen, 1):
            progress(done, len(chosen), f"正在放入 {path.name}")
            try:
                kept = attachments.attach(session, Staff.__tablename__, staff_id, path.name, path.read_bytes())
            except (OfficeError, OSError):
                failed.append(path.name)
                continue
            session.get_one(Staff, staff_id).photo_id = kept.id
        written = len(chosen) - len(failed)
        session.info["unit"].record.name = f"批量放入照片 {written} 张"
    return Report(written, tuple(failed))
