"""Undo and redo from the log: looks first, then turns each row back, parents before children."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Column, String, Table, bindparam, cast, delete, insert, literal, null, select, update
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.audit import AuditChange, AuditUnit
from gridoffice.db.unit import CHUNK, Unit, plain, tables_by_name, typed

DRAFT = "draft"
"""Kind of a unit that keeps what is half typed: what can be undone is the step it becomes a part of."""
NOT_TAKEN_BACK = ("undo", "setup", DRAFT)


def last_done(session: Session) -> AuditUnit | None:
    """The unit that undo would undo; the program's own steps after an update (`setup`) are nobody's to take back."""
    wanted = AuditUnit.kind.not_in(NOT_TAKEN_BACK) & (AuditUnit.state == "done")
    return session.scalars(select(AuditUnit).where(wanted).order_by(AuditUnit.id.desc()).limit(1)).first()


def last_undone(session: Session) -> AuditUnit | None:
    """The undo that redo would take back: the newest one still standing."""
    wanted = (AuditUnit.kind == "undo") & (AuditUnit.state == "done")
    return session.scalars(select(AuditUnit).where(wanted).order_by(AuditUnit.id.desc()).limit(1)).first()


def drop_redo(session: Session) -> None:
    """New work was done: what was undone before it can no longer be redone."""
    for undo in session.scalars(select(AuditUnit).where(AuditUnit.kind == "undo", AuditUnit.state == "done")):
        undo.state = "dropped"


def _unequal(
    now: dict[str, Any] | None, then: dict[str, Any] | None, but: frozenset[str] = frozenset({"version"})
) -> bool:
    if now is None or then is None:
        return now is not then
    return any(now.get(key) != value for key, value in then.items() if key not in but and key in now)


def _drafted(session: Session, change: AuditChange) -> frozenset[str]:
    """The columns of a row in which something half typed was kept after a change: no later work stands on that."""
    wanted = (
        select(AuditChange)
        .join(AuditUnit, AuditUnit.id == AuditChange.unit_id)
        .where(
            AuditChange.table_name == change.table_name,
            AuditChange.row_id == change.row_id,
            AuditChange.unit_id > change.unit_id,
            AuditUnit.kind == DRAFT,
        )
    )
    found = {"version"}
    for draft in session.scalars(wanted):
        before, after = draft.before or {}, draft.after or {}
        found |= {key for key in after if before.get(key) != after[key]}
    return frozenset(found)


def _collision(unit: AuditUnit, count: int, example: str) -> OfficeError:
    return OfficeError(
        f"“{unit.name}”不能撤销：其中 {count} 条后来又改过（{example}）",
        safe="没有改动任何内容",
        do="请先撤销后来的修改，或直接改正这几条",
    )


def _label(row: dict[str, Any] | None, table: str, row_id: int) -> str:
    row = row or {}
    return str(row.get("name") or row.get("title") or row.get("number") or f"{table} {row_id}")


def check(session: Session, unit: AuditUnit, changes: list[AuditChange]) -> None:
    """Raise OfficeError when a row no longer is as the unit left it."""
    tables = tables_by_name()
    now = _rows_of(session, [change for change in changes if change.op != "bulk"])
    mended = {(change.table_name, change.row_id) for change in changes if change.op == "update"}
    bad: list[str] = []
    for change in changes:
        table = tables[change.table_name]
        if change.op == "bulk":
            later = [one for one in _touched(session, table, change) if (table.name, one["id"]) not in mended]
            bad += [_label(one, table.name, one["id"]) for one in later]
            continue
        row = now.get((table.name, change.row_id))
        if _unequal(row, change.after) and _unequal(row, change.after, _drafted(session, change)):
            bad.append(_label(row or change.before, table.name, change.row_id))
    if bad:
        raise _collision(unit, len(bad), "、".join(bad[:3]))


def _touched(session: Session, table: Table, bulk: AuditChange) -> list[dict[str, Any]]:
    """Rows of a batch that no longer stand as it put them in; what was changed and undone again stands as before."""
    span = table.c.id.between(bulk.row_id, bulk.last_id)
    later = session.connection().execute(select(table).where(span, table.c.version != 1)).mappings()
    rows = {row["id"]: {key: plain(value) for key, value in row.items()} for row in later}
    first: dict[int, dict[str, Any]] = {}  # each column as it stood before it was first changed
    ids = sorted(rows)
    for start in range(0, len(ids), CHUNK):
        wanted = AuditChange.row_id.in_(ids[start : start + CHUNK]) & (AuditChange.op == "update")
        own = (AuditChange.table_name == table.name) & (AuditChange.unit_id >= bulk.unit_id)
        for change in session.scalars(select(AuditChange).where(own, wanted).order_by(AuditChange.id)):
            stood = first.setdefault(change.row_id, {})
            for key, value in (change.before or {}).items():
                stood.setdefault(key, value)
    return [row for number, row in rows.items() if number not in first or _unequal(row, first[number])]


def _values(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {key: typed(table, key, value) for key, value in row.items() if key in table.c}


def _put_back(unit: Unit, table: Table, changes: list[AuditChange]) -> None:
    for start in range(0, len(changes), CHUNK):
        rows = [_values(table, change.before) for change in changes[start : start + CHUNK]]
        unit.session.connection().execute(insert(table), rows)
    for change in changes:
        unit.note(table.name, change.row_id, None, change.before)


def _rows_of(session: Session, changes: Iterable[AuditChange]) -> dict[tuple[str, int], dict[str, Any]]:
    """The rows of some changes as they stand now, by table and id; many at a time."""
    wanted: dict[str, set[int]] = {}
    for change in changes:
        wanted.setdefault(change.table_name, set()).add(change.row_id)
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for name, numbers in wanted.items():
        table, ids = tables_by_name()[name], sorted(numbers)
        for start in range(0, len(ids), CHUNK):
            some = select(table).where(table.c.id.in_(ids[start : start + CHUNK]))
            for row in session.connection().execute(some).mappings():
                found[(name, row["id"])] = {key: plain(value) for key, value in row.items()}
    return found


def _turn_back(unit: Unit, table: Table, changes: list[AuditChange], now: dict[tuple[str, int], Any]) -> None:
    """Give rows their values of before, all that have the same columns at once."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for change in changes:
        row = now.get((table.name, change.row_id))
        if row is None:  # made and changed in the same unit: it went with what was made
            continue
        values = _values(table, change.before)
        if "version" in values:
            values["version"] = row["version"] + 1
        unit.note(table.name, change.row_id, row, {key: plain(value) for key, value in values.items()})
        groups.setdefault(tuple(values), []).append({f"b_{key}": value for key, value in values.items()})
    for columns, rows in groups.items():
        changed: dict[str, Any] = {key: bindparam(f"b_{key}") for key in columns if key != "id"}
        unit.session.connection().execute(update(table).where(table.c.id == bindparam("b_id")).values(changed), rows)


def _free_numbers(unit: Unit, changes: list[AuditChange]) -> None:
    """Empty unique columns of rows that change or go: a number may be needed by another row before this one is done."""
    for table in tables_by_name().values():
        mine = [change for change in changes if change.table_name == table.name and change.op != "delete"]
        for column in _unique(table) if mine else ():
            ids = [c.row_id for c in mine if c.op != "update" or _differs(c, column.name)]
            value = null() if column.nullable else literal("~") + cast(table.c.id, String)
            for start in range(0, len(ids), CHUNK):
                some = table.c.id.in_(ids[start : start + CHUNK])
                unit.session.connection().execute(update(table).where(some).values({column.name: value}))
            for change in mine:
                if change.op == "bulk":
                    span = table.c.id.between(change.row_id, change.last_id)
                    unit.session.connection().execute(update(table).where(span).values({column.name: value}))


def _differs(change: AuditChange, column: str) -> bool:
    return bool(change.before.get(column) != change.after.get(column))


def _unique(table: Table) -> list[Column[Any]]:
    """Text columns in which a value may stand once."""
    return [column for column in table.c if column.unique and isinstance(column.type, String)]


def _note_span(unit: Unit, table: Table, first: int, last: int) -> None:
    for row in unit.session.connection().execute(select(table).where(table.c.id.between(first, last))).mappings():
        unit.note(table.name, row["id"], {key: plain(value) for key, value in row.items()}, None)


def _take_out(unit: Unit, table: Table, first: int, last: int) -> None:
    _note_span(unit, table, first, last)
    unit.session.connection().execute(delete(table).where(table.c.id.between(first, last)))


def reverse(unit: Unit, undone: AuditUnit) -> None:
    """Turn back every change of `undone` inside `unit`; raises OfficeError when later work stands on it."""
    session = unit.session
    changes = list(session.scalars(select(AuditChange).where(AuditChange.unit_id == undone.id)))
    check(session, undone, changes)
    now = _rows_of(session, [change for change in changes if change.op == "update"])
    if session.connection().dialect.name == "sqlite":
        # Rows of one tree refer to each other; SQLite then looks at references once, at the end, and so what is
        # new can go first: a number freed in this unit may be needed by what comes back.
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        _take_all_out(unit, changes)
        now = _rows_of(session, [change for change in changes if change.op == "update"])
        _free_numbers(unit, [change for change in changes if change.op == "update"])
        _put_all_back(unit, changes)
        _turn_all_back(unit, changes, now)
    else:
        _note_new(unit, changes)
        _free_numbers(unit, changes)
        _put_all_back(unit, changes)
        _turn_all_back(unit, changes, now)
        _take_all_out(unit, changes)
    session.expire_all()


def _put_all_back(unit: Unit, changes: list[AuditChange]) -> None:
    for table in tables_by_name().values():
        _put_back(unit, table, [c for c in changes if c.table_name == table.name and c.op == "delete"])


def _turn_all_back(unit: Unit, changes: list[AuditChange], now: dict[tuple[str, int], Any]) -> None:
    updates = [change for change in changes if change.op == "update"]
    for table in tables_by_name().values():
        _turn_back(unit, table, [change for change in updates if change.table_name == table.name], now)


def _note_new(unit: Unit, changes: list[AuditChange]) -> None:
    """Remember what is new as it stands, before its numbers are freed."""
    for change in changes:
        if change.op in ("insert", "bulk"):
            _note_span(unit, tables_by_name()[change.table_name], change.row_id, change.last_id or change.row_id)


def _take_all_out(unit: Unit, changes: list[AuditChange]) -> None:
    for table in reversed(list(tables_by_name().values())):
        new = [c for c in changes if c.table_name == table.name and c.op in ("insert", "bulk")]
        for change in sorted(new, key=lambda c: c.row_id, reverse=True):
            _take_out(unit, table, change.row_id, change.last_id or change.row_id)
