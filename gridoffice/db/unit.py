"""The one write path: a named unit is the transaction, the audit log, undo and the announcement in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, func, insert, select, text, update
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlalchemy.sql.compiler import SQLCompiler

from gridoffice.db import schema
from gridoffice.db.audit import AuditChange, AuditUnit, Blob, Look, Secret
from gridoffice.db.base import Base

UNLOGGED = {table.__tablename__ for table in (AuditUnit, AuditChange, Blob, Look, Secret)}
CHUNK = 500


def plain(value: Any) -> Any:
    """A column value as JSON keeps it."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def typed(table: Table, column: str, value: Any) -> Any:
    """A JSON value with the type of its column again."""
    if value is None or column not in table.c:
        return value
    kind = getattr(table.c[column].type, "python_type", str)
    if kind in (datetime, date, time):
        return kind.fromisoformat(value)
    return Decimal(value) if kind is Decimal else value


def row_of(session: Session, table: Table, row_id: int) -> dict[str, Any] | None:
    """A row as it stands in the database now, as JSON keeps it."""
    found = session.connection().execute(select(table).where(table.c.id == row_id)).mappings().first()
    return {key: plain(value) for key, value in found.items()} if found else None


class Unit:
    """What one unit has changed so far; lives in its session's `info["unit"]`."""

    def __init__(self, session: Session, name: str, who: str, kind: str, at: datetime) -> None:
        self.session = session
        self.record = AuditUnit(name=name[:200], who=who, kind=kind, state="done", at=at, info=None)
        self.rows: dict[tuple[str, int], list[Any]] = {}  # (table, id) -> [before, after]
        self.bulks: list[tuple[str, int, int]] = []
        self.door_open = False
        self.after_commit: list[str] = []

    @property
    def tables(self) -> set[str]:
        """Names of the touched tables."""
        return {table for table, _ in self.rows} | {table for table, _, _ in self.bulks}

    def note(self, table: str, row_id: int, before: Any, after: Any) -> None:
        """Remember a row's first before and last after."""
        entry = self.rows.setdefault((table, row_id), [before, after])
        entry[1] = after

    def bulk_insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> range:
        """Put many new rows in at once; ids are given here and returned, `version` is 1.

        A column left out takes its declared default; rows may leave out different ones.
        """
        if not rows:
            return range(0)
        first = reserve(self.session, table, len(rows))
        blank = {column.name: _default(column) for column in table.c}
        numbered = [{**blank, **row, "id": first + n, "version": 1} for n, row in enumerate(rows)]
        put_in(self.session.connection(), table, numbered)
        self.bulks.append((table.name, first, first + len(rows) - 1))
        return range(first, first + len(rows))

    def bulk_update(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Change many rows at once; each mapping holds `id` and the same set of changed columns."""
        if not rows:
            return
        columns = [key for key in rows[0] if key != "id"]
        old: dict[int, dict[str, Any]] = {}
        ids = [row["id"] for row in rows]
        for start in range(0, len(ids), CHUNK):
            some = select(table).where(table.c.id.in_(ids[start : start + CHUNK]))
            for found in self.session.connection().execute(some).mappings():
                old[found["id"]] = {key: plain(value) for key, value in found.items()}
        values: dict[str, Any] = {key: bindparam(f"b_{key}") for key in columns}
        values["version"] = table.c.version + 1
        statement = update(table).where(table.c.id == bindparam("b_id")).values(values)
        self._through_door(statement, [{f"b_{key}": value for key, value in row.items()} for row in rows])
        for row in rows:
            before = old[row["id"]]
            after = {**before, **{key: plain(row[key]) for key in columns}, "version": before["version"] + 1}
            self.note(table.name, row["id"], before, after)

    def _through_door(self, statement: Any, rows: Sequence[Mapping[str, Any]]) -> None:
        self.door_open = True
        try:
            self.session.connection().execute(statement, rows)
        finally:
            self.door_open = False

    def write_log(self) -> bool:
        """Write the unit and its changes; an untouched unit leaves no trace (False)."""
        changed = {key: pair for key, pair in self.rows.items() if pair[0] != pair[1]}
        if not changed and not self.bulks and not self.record.info:
            return False
        self.record.tables = ",".join(sorted(self.tables))
        self.session.add(self.record)
        self.session.flush()
        log: list[dict[str, Any]] = [
            {
                "table_name": table,
                "row_id": first,
                "last_id": last,
                "op": "bulk",
                "before": None,
                "after": None,
            }
            for table, first, last in self.bulks
        ]
        for (table, row_id), (before, after) in changed.items():
            op = "insert" if before is None else "delete" if after is None else "update"
            log.append(
                {
                    "table_name": table,
                    "row_id": row_id,
                    "last_id": None,
                    "op": op,
                    "before": before,
                    "after": after,
                }
            )
        for line in log:
            line["unit_id"] = self.record.id
        if log:
            self._through_door(insert(AuditChange), log)
        return True


def _default(column: Column[Any]) -> Any:
    """What a column holds when a bulk row leaves it out."""
    default = column.default
    if default is None:
        return None
    value = getattr(default, "arg", None)
    return {} if callable(value) else value


def put_in(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows with equal keys; where the driver counts parameters they are laid out here, in half the time."""
    statement = insert(table)
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(rows[0]))
    order = compiled.positiontup if isinstance(compiled, SQLCompiler) else None
    if order is None or set(order) != set(rows[0]):
        connection.execute(statement, rows)
        return
    processors = [table.c[name].type.dialect_impl(connection.dialect) for name in order]
    made = [kind.bind_processor(connection.dialect) for kind in processors]
    lists = [
        [row[name] for row in rows] if process is None else [process(row[name]) for row in rows]
        for name, process in zip(order, made, strict=True)
    ]
    connection.exec_driver_sql(str(compiled), list(zip(*lists, strict=True)))


def reserve(session: Session, table: Table, count: int) -> int:
    """The first of `count` ids that no row of the table has had before."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, "id")))
        first = connection.scalar(text("SELECT nextval(:s)"), {"s": sequence})
        connection.execute(text("SELECT setval(:s, :n)"), {"s": sequence, "n": first + count - 1})
        return int(first)
    used = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :t"), {"t": table.name})
    return int(used or 0) + 1


def log_before_flush(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    """Read each row that is about to change as it stands, so that the log knows its before."""
    unit: Unit | None = session.info.get("unit")
    if unit is None:
        if session.dirty or session.new or session.deleted:
            raise RuntimeError("records are written in a unit only")
        return
    for record in [*session.dirty, *session.deleted]:
        table = record.__table__
        if table.name in UNLOGGED or (record in session.dirty and not session.is_modified(record)):
            continue
        if (table.name, record.id) not in unit.rows:
            with session.no_autoflush:
                before = row_of(session, table, record.id)
            unit.rows[(table.name, record.id)] = [before, before]


def log_after_flush(session: Session, _context: UOWTransaction) -> None:
    """Remember what the flush made of each row."""
    unit: Unit | None = session.info.get("unit")
    if unit is None:
        return
    for record in session.deleted:
        if record.__table__.name not in UNLOGGED:
            unit.note(record.__table__.name, record.id, None, None)
    for record in [*session.new, *session.dirty]:
        table = record.__table__
        if table.name in UNLOGGED or record in session.deleted:
            continue
        if record in session.dirty and (table.name, record.id) not in unit.rows:
            continue
        after = row_of(session, table, record.id)
        unit.note(table.name, record.id, None, after)


def refuse_bulk(state: ORMExecuteState) -> None:
    """Bulk SQL fires no flush event and would escape the log: only the named door lets it through."""
    if state.is_select:
        return
    unit: Unit | None = state.session.info.get("unit")
    if unit is None or not unit.door_open:
        raise RuntimeError("bulk SQL would escape the audit log; use Unit.bulk_insert or Unit.bulk_update")


def tables_by_name() -> dict[str, Table]:
    """All known tables, parents before children."""
    schema.load_models()
    return {table.name: table for table in Base.metadata.sorted_tables}
