"""Splitting and merging: what is wanted, what is wrong with it, and doing it with everything that belongs to the units.

A split has one old unit and several parts, a merge several old units and one part. What goes writes a `Relocation`,
old units end, new ones begin, terms follow; all of it is one step that undo takes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from sqlalchemy import Table, null, select
from sqlalchemy.orm import Session

from gridoffice.core.text import narrow, pinyin
from gridoffice.db.office import Office
from gridoffice.db.unit import Unit
from gridoffice.domain.belongings import Belonging, always, belongings
from gridoffice.domain.grids import GridUnit, Relocation, children
from gridoffice.domain.listing import ON
from gridoffice.domain.tree import UNIT, keep_past
from gridoffice.modules.grids import redraw_checks, redraw_terms
from gridoffice.modules.grids.placing import recode

UNITS = "units"
"""The key under which `where` says which part the units below go to."""


@dataclass(frozen=True)
class Part:
    """A unit that stands afterwards. `unit_id`: one of the old that goes on, None: a new one.

    `holders_of`: the old unit whose responsible persons are responsible here; None: nobody yet (of one that goes on:
    its own stay).
    """

    name: str
    code: str = ""
    unit_id: int | None = None
    kind: str = "base"
    holders_of: int | None = None


@dataclass(frozen=True)
class Redrawing:
    """What is wanted. `where`: by kind of record and id the place of its part; what is not named goes to `rest`.

    `day`: the first day of the new tree, None: today. `codes`: new ones of units below. `is_across`: old units of
    different parents may be merged.
    """

    olds: tuple[int, ...]
    parts: tuple[Part, ...]
    where: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    rest: int = 0
    day: date | None = None
    codes: Mapping[int, str] = field(default_factory=dict)
    is_across: bool = False

    @property
    def is_split(self) -> bool:
        """Whether one unit becomes several."""
        return len(self.olds) == 1

    def goes_on(self) -> set[int]:
        """The old units that stand on as a part."""
        return {part.unit_id for part in self.parts if part.unit_id is not None}


@dataclass(frozen=True)
class Moves:
    """Which part each record of one kind goes to: (id, old unit, place of the part)."""

    kind: Belonging
    rows: tuple[tuple[int, int, int], ...]


def name_of(session: Session, wanted: Redrawing) -> str:
    """What is done, in the office's words."""
    names = [session.get_one(GridUnit, old).name for old in wanted.olds]
    if wanted.is_split:
        return f"拆分 {names[0]} 为 {len(wanted.parts)} 个网格"
    part = wanted.parts[0]
    if part.unit_id is None:
        return f"合并 {'、'.join(names)} 为 {part.name.strip()}"
    gone = [session.get_one(GridUnit, old).name for old in wanted.olds if old != part.unit_id]
    return f"合并 {'、'.join(gone)} 到 {session.get_one(GridUnit, part.unit_id).name}"


def work_out(session: Session, wanted: Redrawing, on: date) -> list[Moves]:
    """Where every record that goes along goes; one that follows another goes where that goes."""
    placed: dict[str, dict[int, int]] = {}
    made = []
    for kind in belongings():
        if kind.goes is None:
            continue
        rows = _rows(session, kind, wanted, placed, on)
        placed[kind.key] = {record: place for record, _old, place in rows}
        made.append(Moves(kind, rows))
    return made


def _rows(
    session: Session, kind: Belonging, wanted: Redrawing, placed: Mapping[str, Mapping[int, int]], on: date
) -> tuple[tuple[int, int, int], ...]:
    leader, column = kind.follows or ("", null())
    table: Any = kind.record
    asked = kind.base.with_only_columns(table.id, kind.unit, column.label("leader"))
    found = asked.where(kind.unit.in_(wanted.olds), (kind.goes or always)(ON)).order_by(table.id)
    named, led = wanted.where.get(kind.key, {}), placed.get(leader, {})
    return tuple(
        (record, old, named.get(record, led.get(leading, wanted.rest) if leading is not None else wanted.rest))
        for record, old, leading in session.execute(found, {"on": on})
    )


def carry_out(office: Office, wanted: Redrawing) -> list[int]:
    """Do it as one step; the ids of the units that stand afterwards, in the order of the parts. Raises OfficeError."""
    today = office.today()
    with office.unit("调整网格") as session:
        redraw_checks.refuse_wrong(session, wanted, today)
        work: Unit = session.info["unit"]
        work.record.name = name_of(session, wanted)[:200]
        day = wanted.day or today
        moves = work_out(session, wanted, today)
        redraw_checks.refuse_empty(session, wanted, moves)
        return _do(session, work, wanted, moves, day)


def _do(session: Session, work: Unit, wanted: Redrawing, moves: list[Moves], day: date) -> list[int]:
    olds = [session.get_one(GridUnit, old) for old in wanted.olds]
    reported = figures(session, wanted, moves)
    below = [(one, _part_of_child(wanted, one)) for old in olds for one in children(session, old.id)]
    for old in olds:
        keep_past(session, old, day) if old.id not in wanted.goes_on() else None
    units = _parts(session, wanted, olds, day)
    for unit, numbers in zip(units, reported, strict=True):
        for key, number in numbers.items():
            setattr(unit, key, number)
    session.flush()
    until = day - timedelta(days=1)
    for child, place in below:
        if child.parent_id != units[place].id:
            keep_past(session, child, day)
            child.parent_id = units[place].id
    session.flush()
    recode(session, wanted.codes, day)
    redraw_terms.follow(session, wanted, [unit.id for unit in units], day)
    _relocate(session, work, wanted, [unit.id for unit in units], moves, until)
    return [unit.id for unit in units]


def _part_of_child(wanted: Redrawing, child: GridUnit) -> int:
    return wanted.where.get(UNITS, {}).get(child.id, wanted.rest)


def _parts(session: Session, wanted: Redrawing, olds: list[GridUnit], day: date) -> list[GridUnit]:
    """End the old units that do not go on, then make or change the parts; a code freed may be taken at once."""
    until = day - timedelta(days=1)
    for old in olds:
        if old.id not in wanted.goes_on():
            old.end, old.code = until, None
    session.flush()
    first = olds[0]
    last = max((one.sort for one in children(session, first.parent_id)), default=first.sort)
    made = []
    for place, part in enumerate(wanted.parts):
        code = narrow(part.code) or None
        if part.unit_id is not None:
            unit = session.get_one(GridUnit, part.unit_id)
            if (unit.name, unit.code) != (part.name.strip(), code):
                keep_past(session, unit, day)
        else:
            sort = last + place if wanted.is_split else first.sort
            unit = GridUnit(level=first.level, parent_id=first.parent_id, start=day, sort=sort, name="")
            unit.groups = "" if wanted.is_split else "、".join(old.groups for old in olds if old.groups)[:100]
            unit.phone = first.phone if not wanted.is_split else ""
            session.add(unit)
        unit.name, unit.kind = part.name.strip(), part.kind
        unit.pinyin, unit.initials = pinyin(unit.name)
        unit.code = None if part.unit_id is not None and unit.code != code else unit.code
        made.append(unit)
    session.flush()  # before the codes are given: two parts may change theirs
    for unit, part in zip(made, wanted.parts, strict=True):
        unit.code = narrow(part.code) or None
    session.flush()
    return made


MEASURES = {
    "households": ("households",),
    "persons": ("residents", "households"),
    "party_members": ("residents", "households"),
    "organisations": ("organisations", "premises", "households"),
}
"""By which ledger a reported figure is shared out, the first that holds anything."""


def figures(session: Session, wanted: Redrawing, moves: list[Moves]) -> list[dict[str, int | None]]:
    """The reported figures of the parts: of a merge the sums; a split shares them out by the ledgers, sums unchanged.

    Where no ledger tells, the first part keeps the figure and those of the others stay unknown.
    """
    olds = [session.get_one(GridUnit, old) for old in wanted.olds]
    if not wanted.is_split:
        sums: dict[str, int | None] = {}
        for key in MEASURES:
            known = [number for old in olds if (number := getattr(old, key)) is not None]
            sums[key] = sum(known) if known else None
        return [sums]
    placed = {one.kind.key: [place for _id, _old, place in one.rows] for one in moves}
    found: list[dict[str, int | None]] = [{} for _part in wanted.parts]
    for key, ledgers in MEASURES.items():
        whole = getattr(olds[0], key)
        if whole is None:
            continue
        places = next((placed[one] for one in ledgers if placed.get(one)), [])
        for place, share in enumerate(_shared(whole, [places.count(n) for n in range(len(wanted.parts))])):
            found[place][key] = share
    return found


def _shared(whole: int, weights: list[int]) -> list[int | None]:
    """A figure in parts by weight, whole numbers whose sum is the figure; all for the first where nothing weighs."""
    total = sum(weights)
    if not total:
        return [whole, *[None] * (len(weights) - 1)]
    marks = [round(whole * sum(weights[:place]) / total) for place in range(len(weights) + 1)]
    return [after - before for before, after in pairwise(marks)]


def _relocate(
    session: Session, work: Unit, wanted: Redrawing, units: list[int], moves: list[Moves], until: date
) -> None:
    """Give every record that goes its new unit, and note where it stood."""
    notes: list[dict[str, Any]] = []
    for one in moves:
        going = [(record, old, units[place]) for record, old, place in one.rows if units[place] != old]
        table = one.kind.record.__table__
        assert isinstance(table, Table)
        work.bulk_update(table, [{"id": record, one.kind.unit.key: new} for record, _old, new in going])
        notes += [_note(table.name, record, old, new, until) for record, old, new in going]
    notes += _succession(session, wanted, units, until)
    relocations = Relocation.__table__
    assert isinstance(relocations, Table)
    work.bulk_insert(relocations, notes)


def _note(owner: str, owner_id: int, old: int, new: int, until: date) -> dict[str, Any]:
    return {"owner": owner, "owner_id": owner_id, "old_unit_id": old, "new_unit_id": new, "until": until}


def _succession(session: Session, wanted: Redrawing, units: list[int], until: date) -> list[dict[str, Any]]:
    """What stands where the old units stood; also for units that had become part of an old one that ends now."""
    notes = []
    for old in wanted.olds:
        new = [unit for unit in units if unit != old]
        notes += [_note(UNIT, old, old, unit, until) for unit in new]
        if old in wanted.goes_on():
            continue
        before = select(Relocation.owner_id).where(Relocation.owner == UNIT, Relocation.new_unit_id == old)
        for origin in dict.fromkeys(session.scalars(before.order_by(Relocation.id))):
            notes += [_note(UNIT, origin, old, unit, until) for unit in new if origin not in wanted.olds]
    return notes
