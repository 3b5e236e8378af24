"""表格录入 of residents: rows typed or pasted, judged cell by cell, the right ones written in one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.text import mask_id, mask_phone
from gridoffice.db.office import Office
from gridoffice.domain import choices, forbidden, person
from gridoffice.domain.entering import CHANGED, NEW, SAME, WRONG, EntrySheet, Judged, SheetColumn, TypedRow, is_blank
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.people import Household, Resident
from gridoffice.exchange import typed
from gridoffice.exchange.values import squeezed, tags_of
from gridoffice.modules.residents import households, service

CHUNK = 400
MASKS = {"id_number": mask_id, "phone": mask_phone}
"""Numbers of people who are there already stand masked in the grid; left as they are they stay as they are."""

COLUMNS = (
    SheetColumn("name", "姓名", 90),
    SheetColumn("id_number", "证件号", 170, is_private=True),
    SheetColumn("sex", "性别", 56, options=lambda _office: ("男", "女")),
    SheetColumn("birth", "出生日期", 104),
    SheetColumn("phone", "电话", 124, is_private=True),
    SheetColumn("household_no", "户编号", 90),
    SheetColumn("relation", "与户主关系", 96, options=lambda _office: households.relations()),
    SheetColumn("grid", "网格", 140, options=lambda office: [word for _id, word in service.units(office)]),
    SheetColumn("address", "住址", 160),
    SheetColumn("tags", "人员类别", 120, options=lambda _office: service.tags()),
    SheetColumn("note", "备注", 140),
)


@dataclass
class _Known:
    """What the rows are judged against, read once for all of them."""

    today: date
    units: dict[str, list[int]]
    unit_names: dict[int, str]
    by_id: dict[str, Resident] = field(default_factory=dict)
    by_record: dict[int, Resident] = field(default_factory=dict)
    houses: dict[str, Household] = field(default_factory=dict)
    house_of: dict[int, Household] = field(default_factory=dict)
    namesakes: dict[tuple[str, str], list[Resident]] = field(default_factory=dict)


def judge(office: Office, rows: Sequence[TypedRow]) -> list[Judged]:
    """Judge every row; blank ones are `same` without a record."""
    with office.read() as session:
        known = _known(session, office.today(), rows)
    seen: dict[str, int] = {}
    return [_judge(row, known, seen, number) for number, row in enumerate(rows, 1)]


def _known(session: Session, today: date, rows: Sequence[TypedRow]) -> _Known:
    units: dict[str, list[int]] = {}
    names: dict[int, str] = {}
    for unit in session.execute(select(GridUnit.id, GridUnit.name, GridUnit.code).where(GridUnit.end.is_(None))):
        names[unit.id] = unit.name
        for word in {unit.name, unit.code} - {None}:
            units.setdefault(squeezed(word), []).append(unit.id)
    known = _Known(today, units, names)
    numbers = {person.clean_number(row.cells.get("id_number")) for row in rows} - {""}
    for one in _in(session, Resident, Resident.id_number, numbers):
        known.by_id[one.id_number] = one
    for one in _in(session, Resident, Resident.id, {row.record for row in rows if row.record is not None}):
        known.by_record[one.id] = one
    wanted = {squeezed(row.cells.get("household_no", "")) for row in rows} - {""}
    for house in _in(session, Household, Household.number, wanted):
        known.houses[house.number] = house
    for one in _in(session, Resident, Resident.household_id, {house.id for house in known.houses.values()}):
        number = next(house.number for house in known.houses.values() if house.id == one.household_id)
        known.namesakes.setdefault((number, one.name), []).append(one)
    people = [
        *known.by_id.values(),
        *known.by_record.values(),
        *(one for some in known.namesakes.values() for one in some),
    ]
    for house in _in(session, Household, Household.id, {one.household_id for one in people if one.household_id}):
        known.house_of[house.id] = house
    return known


def _in(session: Session, record: Any, column: Any, values: set[Any]) -> list[Any]:
    listed = sorted(values)
    found: list[Any] = []
    for start in range(0, len(listed), CHUNK):
        found += session.scalars(select(record).where(column.in_(listed[start : start + CHUNK])))
    return found


def _judge(row: TypedRow, known: _Known, seen: dict[str, int], number: int) -> Judged:
    if is_blank(row):
        return Judged(SAME)
    opened = known.by_record.get(row.record) if row.record is not None else None
    cells = _unmasked(row.cells, opened)
    values, faults = typed.person(cells, known.today)
    record = _record(cells, values, faults, known, opened)
    house = squeezed(cells.get("household_no", ""))
    own = values["id_number"] or (f"{house}/{values['name']}" if house and values["name"] else "")
    if own and seen.setdefault(own, number) != number:
        faults["id_number" if values["id_number"] else "name"] = f"与第 {seen[own]} 行是同一个人"
    _read_place(cells, values, faults, known)
    _read_words(cells, values, faults)
    if faults:
        return Judged(WRONG, faults, record.id if record else None)
    if record is None:
        return Judged(NEW, values=values)
    return _compared(record, cells, values, known, is_opened=opened is not None)


def _unmasked(cells: Mapping[str, str], opened: Resident | None) -> dict[str, str]:
    """The cells with the numbers that stand masked put back."""
    found = {key: text.strip() for key, text in cells.items()}
    if opened is not None:
        for key, mask in MASKS.items():
            kept = getattr(opened, key) or ""
            if kept and found.get(key) == mask(kept):
                found[key] = kept
    return found


def _record(
    cells: Mapping[str, str], values: Mapping[str, Any], faults: dict[str, str], known: _Known, opened: Resident | None
) -> Resident | None:
    """Who the row is about: the record it was opened from, the holder of the number, the namesake in the household."""
    holder = known.by_id.get(values["id_number"] or "")
    if opened is not None:
        if holder is not None and holder.id != opened.id:
            faults["id_number"] = f"这个号码已经登记在“{holder.name}”名下"
        return opened
    if holder is not None:
        if values["name"] and holder.name != values["name"]:
            faults["name"] = f"这个证件号登记在“{holder.name}”名下，姓名不同，请核对"
        return holder
    same = known.namesakes.get((squeezed(cells.get("household_no", "")), values["name"]), [])
    free = [one for one in same if not (one.id_number and values["id_number"])]
    return free[0] if len(free) == 1 else None


def _read_place(cells: Mapping[str, str], values: dict[str, Any], faults: dict[str, str], known: _Known) -> None:
    grid = squeezed(cells.get("grid", ""))
    found = known.units.get(grid, [])
    if grid and len(found) != 1:
        faults["grid"] = f"没有叫“{grid}”的网格" if not found else f"有 {len(found)} 个网格叫“{grid}”，请填编码"
    values["unit_id"] = found[0] if len(found) == 1 else None
    number = squeezed(cells.get("household_no", ""))
    if len(number) > 20:
        faults["household_no"] = "户编号超过 20 个字"
    values["household_no"], values["address"] = number, cells.get("address", "")[:120]


def _read_words(cells: Mapping[str, str], values: dict[str, Any], faults: dict[str, str]) -> None:
    tags = tags_of(cells.get("tags", ""))
    strange = [tag for tag in tags if tag not in service.tags()]
    if strange:
        kept_out = forbidden.find("、".join(strange))
        reason = "按规定不登记这类内容" if kept_out else f"人员类别里没有“{'、'.join(strange)}”"
        faults["tags"] = reason
    note = cells.get("note", "")
    if forbidden.find(note):
        faults["note"] = "备注里有按规定不登记的内容"
    values["relation"], values["tags"], values["note"] = cells.get("relation", "")[:20], "、".join(tags), note


def _compared(
    record: Resident, cells: Mapping[str, str], values: dict[str, Any], known: _Known, *, is_opened: bool
) -> Judged:
    """What changes in a record that is there; a cell left empty changes nothing unless the row shows the record."""
    old = texts(record, known.house_of.get(record.household_id or 0), known.unit_names)
    places = {"household_no": "household_no", "grid": "unit_id", "address": "address", "birth": "born"}
    changed: dict[str, str] = {}
    kept = dict(values)
    for column in COLUMNS:
        key = column.key
        field_key = places.get(key, key)
        new = _text(key, values, known)
        if not cells.get(key) and not is_opened:
            kept.pop(field_key, None)
        elif new != old[key]:
            changed[key] = MASKS[key](old[key]) if key in MASKS else old[key]
        else:
            kept.pop(field_key, None)
    # Sex and birth that only follow from the number are no change somebody typed.
    changed = {key: text for key, text in changed.items() if cells.get(key) or text}
    return Judged(CHANGED if changed else SAME, record=record.id, old=changed, values=kept)


def _text(key: str, values: Mapping[str, Any], known: _Known) -> str:
    if key == "birth":
        return values["born"].isoformat() if values["born"] else ""
    if key == "grid":
        return known.unit_names.get(values["unit_id"] or 0, "")
    return str(values.get(key) or "")


def texts(record: Resident, house: Household | None, units: Mapping[int, str]) -> dict[str, str]:
    """A resident's cells in full."""
    return {
        "name": record.name,
        "id_number": record.id_number or "",
        "sex": record.sex,
        "birth": record.born.isoformat() if record.born else "",
        "phone": record.phone,
        "household_no": house.number if house else "",
        "relation": record.relation,
        "grid": units.get(record.unit_id or 0, ""),
        "address": house.address if house else "",
        "tags": record.tags,
        "note": record.note,
    }


def load(office: Office, ids: Sequence[int]) -> list[TypedRow]:
    """The rows of residents that are there, numbers masked."""
    with office.read() as session:
        people = {one.id: one for one in _in(session, Resident, Resident.id, set(ids))}
        homes = {one.household_id for one in people.values() if one.household_id}
        houses = {one.id: one for one in _in(session, Household, Household.id, homes)}
        units = {one.id: one.text for one in choices.units(session)}
    rows = []
    for one in (people[number] for number in ids if number in people):
        cells = texts(one, houses.get(one.household_id or 0), units)
        rows.append(TypedRow({**cells, **{key: mask(cells[key]) for key, mask in MASKS.items()}}, one.id))
    return rows


def write(office: Office, rows: Sequence[Judged]) -> None:
    """Write new and changed rows as one undoable step. Raises OfficeError; then nothing is written."""
    new = [row for row in rows if row.state == NEW]
    changed = [row for row in rows if row.state == CHANGED]
    parts = [f"新增 {len(new)} 人"] * bool(new) + [f"修改 {len(changed)} 人"] * bool(changed)
    with office.unit(f"表格录入居民：{'，'.join(parts)}") as session:
        for row in changed:
            _change(session, row)
        for row in new:
            _enter(session, row.values)


def _enter(session: Session, values: Mapping[str, Any]) -> None:
    record = Resident(name="")
    person.fill(record, {key: values[key] for key in service.FIELDS if key in values}, service.FIELDS)
    _house(session, record, values)
    record.relation = record.relation or ("户主" if not values.get("household_no") else "")
    session.add(record)
    session.flush()


def _change(session: Session, row: Judged) -> None:
    record = session.get_one(Resident, row.record)
    values, before = row.values, record.household_id
    person.fill(record, {key: values[key] for key in service.FIELDS if key in values}, service.FIELDS)
    if "household_no" in row.old:
        _house(session, record, values)
        session.flush()
        households.drop_empty(session, before if before != record.household_id else None)
    elif "address" in row.old and record.household_id is not None:
        session.get_one(Household, record.household_id).address = values["address"]


def _house(session: Session, record: Resident, values: Mapping[str, Any]) -> None:
    """Put a person into the household of a number (a new one when nobody has it) or one of its own."""
    number = values.get("household_no") or ""
    house = session.scalars(select(Household).where(Household.number == number)).first() if number else None
    if house is None:
        record.household_id = households.new_household(session, record.unit_id, values.get("address") or "", number)
        return
    record.household_id = house.id
    record.unit_id = record.unit_id if record.unit_id is not None else house.unit_id
    house.address = values.get("address") or house.address


SHEET = EntrySheet("居民", "人", "residents", COLUMNS, judge, write, load)
