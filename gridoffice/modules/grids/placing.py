"""Where a unit stands in the tree: put below another one, put before or behind a sibling; with its new codes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.text import narrow, pinyin
from gridoffice.db.office import Office
from gridoffice.domain.grids import GridUnit, children, subtree
from gridoffice.domain.tree import keep_past
from gridoffice.modules.grids.codes import refuse_taken


def put_under(session: Session, unit: GridUnit, parent: GridUnit, day: date) -> None:
    """Put a unit with everything under it below another one from a day on. Raises OfficeError.

    Refused: a cycle, an ended unit, another level, a name that stands there already.
    """
    _refuse_wrong_place(session, unit, parent)
    if unit.parent_id != parent.id:
        keep_past(session, unit, day)
        unit.parent_id = parent.id


def _refuse_wrong_place(session: Session, unit: GridUnit, parent: GridUnit) -> None:
    safe = "没有移动"
    if parent.id in set(session.scalars(select(subtree(unit.id).c.id))):
        raise OfficeError(f"“{unit.name}”不能放到自己或自己的下级“{parent.name}”下面", safe=safe, do="请选上一层的单位")
    for one in (unit, parent):
        if one.end is not None:
            raise OfficeError(f"“{one.name}”到 {one.end.isoformat()} 已经撤并", safe=safe, do="请选现在的网格")
    if parent.level != unit.level - 1:
        raise OfficeError(f"“{unit.name}”不能放到“{parent.name}”下面", safe=safe, do="请选上一层的单位")
    names = {one.name for one in children(session, parent.id) if one.id != unit.id}
    if unit.name in names:
        raise OfficeError(f"“{parent.name}”下面已经有“{unit.name}”了", safe=safe, do="请先给其中一个改名")


def recode(session: Session, codes: Mapping[int, str], day: date) -> None:
    """Give units other codes from a day on, all at once: two may change places. Raises OfficeError for a taken one."""
    wanted = {unit_id: narrow(code) or None for unit_id, code in codes.items()}
    refuse_taken(session, wanted)
    units = [session.get_one(GridUnit, unit_id) for unit_id in wanted]
    changed = [unit for unit in units if unit.code != wanted[unit.id]]
    for unit in changed:
        keep_past(session, unit, day)
        unit.code = None
    session.flush()
    for unit in changed:
        unit.code = wanted[unit.id]


def rename(session: Session, unit: GridUnit, name: str, day: date) -> None:
    """Give a unit another name from a day on."""
    name = name.strip()
    if name and name != unit.name:
        keep_past(session, unit, day)
        unit.name = name
        unit.pinyin, unit.initials = pinyin(name)


def move(
    office: Office, unit_id: int, parent_id: int, *, before: int | None = None, codes: Mapping[int, str] | None = None
) -> str:
    """Put a unit with all below it under another of the level above, before a sibling or last; what was done in words.

    `codes`: new ones by unit id. Under the same parent it is only put in another place. Raises OfficeError.
    """
    with office.unit("移动网格") as session:
        unit, parent = _both(session, unit_id, parent_id)
        is_same = unit.parent_id == parent_id
        done = f"调整 {unit.name} 的位置" if is_same else f"移动 {unit.name} 到 {parent.name}"
        session.info["unit"].record.name = done
        put_under(session, unit, parent, office.today())
        session.flush()
        _line_up(session, unit, before)
        recode(session, codes or {}, office.today())
    return done


def _both(session: Session, unit_id: int, parent_id: int) -> tuple[GridUnit, GridUnit]:
    unit, parent = session.get(GridUnit, unit_id), session.get(GridUnit, parent_id)
    if unit is None or parent is None:
        raise OfficeError("这个网格已经不在了", safe="没有移动", do="请刷新后再试")
    return unit, parent


def _line_up(session: Session, unit: GridUnit, before: int | None) -> None:
    """Number a unit and its siblings anew, the unit before one of them (None: last)."""
    line = [one for one in children(session, unit.parent_id) if one.id != unit.id]
    place = next((n for n, one in enumerate(line) if one.id == before), len(line))
    line.insert(place, unit)
    for number, one in enumerate(line, 1):
        if one.sort != number:
            one.sort = number


def step(office: Office, unit_id: int, by: int) -> str:
    """Put a unit one place up (-1) or down (+1) among its siblings; "" when it stands at the end already."""
    with office.read() as session:
        unit = session.get(GridUnit, unit_id)
        if unit is None or unit.parent_id is None:
            return ""
        line = [one.id for one in children(session, unit.parent_id)]
        parent_id = unit.parent_id
    place = line.index(unit_id) + by if unit_id in line else -1
    if not 0 <= place < len(line):
        return ""
    line.remove(unit_id)
    before = line[place] if place < len(line) else None
    return move(office, unit_id, parent_id, before=before)


def shift(office: Office, unit_id: int, by: int) -> str:
    """Put a unit below the next (+1) or previous (-1) possible parent; "" when there is no other one."""
    with office.read() as session:
        unit = session.get(GridUnit, unit_id)
        if unit is None or unit.parent_id is None:
            return ""
        grandparent = session.get_one(GridUnit, unit.parent_id).parent_id
        line = [one.id for one in children(session, grandparent)] if grandparent is not None else []
        place = line.index(unit.parent_id) + by if unit.parent_id in line else -1
    return move(office, unit_id, line[place]) if 0 <= place < len(line) else ""
