"""The scope: which part of the tree lists, counts and search are limited to (F6)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from gridoffice.core.text import narrow
from gridoffice.db.office import Office
from gridoffice.domain.grids import GridUnit, standing

WHOLE = {"镇": "全镇", "乡": "全乡", "街道": "全街道", "县": "全县", "区": "全区"}


@dataclass(frozen=True)
class Line:
    """A unit in the order of the tree; `keys` is what typing finds it by."""

    id: int
    name: str
    code: str
    depth: int
    keys: str


def units(office: Office) -> list[Line]:
    """Every unit that stands on the office's day, parents before children."""
    with office.read() as session:
        wanted = select(
            GridUnit.id, GridUnit.parent_id, GridUnit.name, GridUnit.code, GridUnit.pinyin, GridUnit.initials
        ).where(standing(office.day()))
        rows = session.execute(wanted.order_by(GridUnit.level, GridUnit.sort, GridUnit.code, GridUnit.id)).all()
    known = {row.id for row in rows}
    below = defaultdict(list)
    for row in rows:
        below[row.parent_id if row.parent_id in known else None].append(row)
    found: list[Line] = []
    waiting = [(row, 0) for row in reversed(below[None])]
    while waiting:
        row, depth = waiting.pop()
        keys = f"{row.name} {row.pinyin} {row.initials} {row.code or ''}".lower()
        found.append(Line(row.id, row.name, row.code or "", depth, keys))
        waiting += [(child, depth + 1) for child in reversed(below[row.id])]
    return found


def matching(lines: list[Line], text: str) -> list[Line]:
    """The lines in which every typed word stands: name, pinyin, initials or code."""
    words = narrow(text).lower().split()
    return [line for line in lines if all(word in line.keys for word in words)]


def whole(tops: list[str]) -> str:
    """What all of it is called: 全镇, 全街道 … by the name of the one unit at the top."""
    top = tops[0].partition("（")[0] if len(tops) == 1 else ""
    ending = next((word for end, word in WHOLE.items() if top.endswith(end)), "")
    return ending or "全部"


def name(office: Office, unit: int | None) -> str:
    """The name of a scope; of none, what all of it is called."""
    with office.read() as session:
        if unit is not None:
            return session.scalar(select(GridUnit.name).where(GridUnit.id == unit)) or "全部"
        tops = session.scalars(select(GridUnit.name).where(GridUnit.parent_id.is_(None), standing(office.day())))
        return whole(list(tops))


def workers(office: Office) -> list[str]:
    """The names of the staff, for whoever says who is at work."""
    from gridoffice.domain.staff import Staff  # asked for when somebody chooses, not when the window opens

    with office.read() as session:
        return list(session.scalars(select(Staff.name).where(Staff.is_active).distinct().order_by(Staff.name)))


def kept(office: Office, note: str) -> int | None:
    """The unit of a note "office|id" kept on this machine, when it is of this office and the unit still is there."""
    where, _, number = note.rpartition("|")
    if where != name_of(office) or not number.isdigit():
        return None
    with office.read() as session:
        return session.scalar(select(GridUnit.id).where(GridUnit.id == int(number)))


def name_of(office: Office) -> str:
    """What this office is called in the notes of this machine."""
    return (
        str(office.path.resolve())
        if office.path is not None
        else office.engine.url.render_as_string(hide_password=True)
    )
