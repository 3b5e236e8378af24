"""Undo and redo from the log: looks first, then turns each row back, parents before children."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.audit import AuditChange, AuditUnit
from gridoffice.db.unit import CHUNK, Unit, plain, row_of, tables_by_name, typed


def last_done(session: Session) -> AuditUnit | None:
    """The unit that undo would undo; the program's own steps after an update (`setup`) are nobody's to take back."""
    wanted = AuditUnit.kind.not_in(("undo", "setup")) & (AuditUnit.state == "done")
    return session.scalars(select(AuditUnit).where(wanted).order_by(AuditUnit.id.desc()).limit(1)).first()


def last_undone(session: Session) -> AuditUnit | None:
    """The undo that redo would take back: the newest one still standing."""
    wanted = (AuditUnit.kind == "undo") & (AuditUnit.state == "done")
    return session.scalars(select(AuditUnit).where(wanted).order_by(AuditUnit.id.desc()).limit(1)).first()


def drop_redo(session: Session) -> None:
    """New work was done: what was undone before it can no longer be redone."""
    for undo in session.scalars(select(AuditUnit).where(AuditUnit.kind == "undo", AuditUnit.state == "done")):
        undo.state = "dropped"


def _unequal(now: dict[str, Any] | None, then: dict[str, Any] | None) -> bool:
    if now is None or then is None:
        return now is not then
    return any(now.get(key) != value for key, value in then.items() if key != "version" and key in now)


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
    mended = {(change.table_name, change.row_id) for change in changes if change.op == "update"}
    bad: list[str] = []
    for change in changes:
        table = tables[change.table_name]
        if change.op == "bulk":
            found = session.connection().execute(
                select(table).where(table.c.id.between(change.row_id, change.last_id), table.c.version != 1)
            )
            later = [row for row in found.mappings() if (table.name, row["id"]) not in mended]
            bad += [_label(dict(row), table.name, row["id"]) for row in later]
            continue
        now = row_of(session, table, change.row_id)
        if _unequal(now, change.after):
            bad.append(_label(now or change.before, table.name, change.row_id))
    if bad:
        raise _collision(unit, len(bad), "、".join(bad[:3]))


def _values(table: Table, row: dict[str, Any]) -> dict[str, Any]:
    return {key: typed(table, key, value) for key, value in row.items() if key in table.c}


def _put_back(unit: Unit, table: Table, changes: list[AuditChange]) -> None:
    for start in range(0, len(changes), CHUNK):
        rows = [_values(table, change.before) for change in changes[start : start + CHUNK]]
        unit.session.connection().execute(insert(table), rows)
    for change in changes:
        unit.note(table.name, change.row_id, None, change.before)


def _turn_back(unit: Unit, table: Table, change: AuditChange) -> None:
    now = row_of(unit.session, table, change.row_id)
    if now is None:  # made and changed in the same unit: it went with what was made
        return
    values = _values(table, change.before)
    if "version" in values:
        values["version"] = now["version"] + 1
    unit.session.connection().execute(update(table).where(table.c.id == change.row_id).values(values))
    unit.note(table.name, change.row_id, now, {key: plain(value) for key, value in values.items()})


def _take_out(unit: Unit, table: Table, first: int, last: int) -> None:
    connection = unit.session.connection()
    span = table.c.id.between(first, last)
    for row in connection.execute(select(table).where(span)).mappings():
        unit.note(table.name, row["id"], {key: plain(value) for key, value in row.items()}, None)
    connection.execute(delete(table).where(span))


def reverse(unit: Unit, undone: AuditUnit) -> None:
    """Turn back every change of `undone` inside `unit`; raises OfficeError when later work stands on it."""
    session = unit.session
    changes = list(session.scalars(select(AuditChange).where(AuditChange.unit_id == undone.id)))
    check(session, undone, changes)
    steps = [_put_all_back, _turn_all_back, _take_all_out]
    if session.connection().dialect.name == "sqlite":
        # Rows of one tree refer to each other; SQLite then looks at references once, at the end, and so what is
        # new can go first: a number freed in this unit may be needed by what comes back.
        session.connection().exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        steps = [_take_all_out, _put_all_back, _turn_all_back]
    for step in steps:
        step(unit, changes)
    session.expire_all()


def _put_all_back(unit: Unit, changes: list[AuditChange]) -> None:
    for table in tables_by_name().values():
        _put_back(unit, table, [c for c in changes if c.table_name == table.name and c.op == "delete"])


def _turn_all_back(unit: Unit, changes: list[AuditChange]) -> None:
    for change in [c for c in changes if c.op == "update"]:
        _turn_back(unit, tables_by_name()[change.table_name], change)


def _take_all_out(unit: Unit, changes: list[AuditChange]) -> None:
    for table in reversed(list(tables_by_name().values())):
        new = [c for c in changes if c.table_name == table.name and c.op in ("insert", "bulk")]
        for change in sorted(new, key=lambda c: c.row_id, reverse=True):
            _take_out(unit, table, change.row_id, change.last_id or change.row_id)
