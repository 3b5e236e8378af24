"""The one door by which records go for good: rows, what hangs on them, what the log kept of them, bytes of their files.

PIPL 19, 47 and 突发事件应对法 85 (reference 12.1, 0.3): what is no longer needed is destroyed, with a record of it that
holds no content. Nothing that goes through here can be undone; backups made before keep the old content.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, delete, or_, select, update

from gridoffice.core.log import log
from gridoffice.db.audit import AuditChange, AuditUnit, Blob, Draft, Look
from gridoffice.db.office import Office
from gridoffice.db.unit import CHUNK, Unit, tables_by_name

OP = "destroyed"
"""What a change whose content was destroyed is marked with in the log."""
GONE = "（已销毁）"
FILES = "attachment"

Rows = dict[str, set[int]]


@dataclass(frozen=True)
class Destroyed:
    """What went: rows of the asked table, other rows that hung on them, entries of the log emptied, files' bytes."""

    rows: int
    others: int
    changes: int
    blobs: int


def destroy(unit: Unit, table: str, ids: Iterable[int], names: Sequence[str] = (), about: str = "") -> Destroyed:
    """Destroy records by id inside `unit`, which from then on cannot be undone.

    What cannot be without them (a column that must point to them) goes too, what merely points to them is loosened.
    `names` are put out of the names of the units that touched them, and of the access log where its subject has
    `about` in it. Call `sweep` after the unit was committed.
    """
    wanted = set(ids)
    rows = _hanging(unit, table, wanted)
    digests = _digests(unit, rows.get(FILES, set()))
    _loosen(unit, rows)
    for name in reversed(list(tables_by_name())):
        for some in _chunks(rows.get(name, set())):
            kept = tables_by_name()[name]
            unit.session.connection().execute(delete(kept).where(kept.c.id.in_(some)))
    for name, gone in rows.items():
        for number in gone:
            unit.note(name, number, None, None)  # nothing is logged of it, but everybody is told that the table changed
    changes = _empty_log(unit, rows, list(filter(None, names)))
    _rename_looks(unit, list(filter(None, names)), about)
    blobs = _drop_bytes(unit, digests)
    unit.session.connection().execute(delete(Draft))  # something half typed may hold what goes
    unit.record.state = "dropped"
    unit.session.expire_all()
    others = sum(map(len, rows.values())) - len(wanted)
    return Destroyed(len(wanted), others, changes, blobs)


def _chunks(ids: Iterable[Any]) -> Iterator[list[Any]]:
    found = list(ids)
    for start in range(0, len(found), CHUNK):
        yield found[start : start + CHUNK]


def _links(to: str) -> list[tuple[Table, str, bool]]:
    """Columns that point to a table: where they stand, their name, whether they may be empty."""
    return [
        (table, column.name, bool(column.nullable))
        for table in tables_by_name().values()
        for column in table.c
        for key in column.foreign_keys
        if key.column.table.name == to and table.name != "audit_change"
    ]


def _hanging(unit: Unit, table: str, ids: set[int]) -> Rows:
    """The records with all that cannot be without them, those too that were deleted before and live in the log."""
    rows: Rows = {table: set(ids)}
    todo = [(table, set(ids))]
    while todo:
        name, new = todo.pop()
        found: Rows = {}
        for child, column, is_loose in _links(name):
            if not is_loose:
                found.setdefault(child.name, set()).update(_pointing(unit, child, column, new))
        if name != FILES:
            found.setdefault(FILES, set()).update(_files(unit, name, new))
        for child_name, numbers in found.items():
            fresh = numbers - rows.setdefault(child_name, set())
            rows[child_name] |= fresh
            if fresh:
                todo.append((child_name, fresh))
    return {name: numbers for name, numbers in rows.items() if numbers}


def _pointing(unit: Unit, child: Table, column: str, ids: set[int]) -> set[int]:
    connection = unit.session.connection()
    found: set[int] = set()
    for some in _chunks(ids):
        found.update(connection.scalars(select(child.c.id).where(child.c[column].in_(some))))
        logged = or_(*(side[column].as_integer().in_(some) for side in (AuditChange.before, AuditChange.after)))
        was = select(AuditChange.row_id).where(AuditChange.table_name == child.name, logged)
        found.update(connection.scalars(was))
    return found


def _files(unit: Unit, owner: str, ids: set[int]) -> set[int]:
    files = tables_by_name().get(FILES)
    if files is None:
        return set()
    connection = unit.session.connection()
    found: set[int] = set()
    for some in _chunks(ids):
        now = select(files.c.id).where(files.c.owner == owner, files.c.owner_id.in_(some))
        found.update(connection.scalars(now))
        logged = or_(
            *(
                (side["owner"].as_string() == owner) & side["owner_id"].as_integer().in_(some)
                for side in (AuditChange.before, AuditChange.after)
            )
        )
        was = select(AuditChange.row_id).where(AuditChange.table_name == FILES, logged)
        found.update(connection.scalars(was))
    return found


def _digests(unit: Unit, files: set[int]) -> set[str]:
    """The digests under which the bytes of some files, there or deleted before, are kept."""
    found: set[str] = set()
    kept = tables_by_name().get(FILES)
    if kept is None:
        return found
    for some in _chunks(files):
        for whole, thumb in unit.session.connection().execute(
            select(kept.c.sha256, kept.c.thumb_sha256).where(kept.c.id.in_(some))
        ):
            found |= {whole, thumb or ""}
        wanted = select(AuditChange.before, AuditChange.after)
        of_files = (AuditChange.table_name == FILES) & AuditChange.row_id.in_(some)
        for pair in unit.session.connection().execute(wanted.where(of_files)):
            for side in filter(None, pair):
                found |= {str(side.get("sha256") or ""), str(side.get("thumb_sha256") or "")}
    return found - {""}


def _loosen(unit: Unit, rows: Rows) -> None:
    """What merely points to the destroyed, and stays, points to nothing from now on."""
    for name, numbers in rows.items():
        for child, column, is_loose in _links(name):
            if not is_loose:
                continue
            for some in _chunks(numbers):
                pointing = set(
                    unit.session.connection().scalars(select(child.c.id).where(child.c[column].in_(some)))
                ) - rows.get(child.name, set())
                unit.bulk_update(child, [{"id": number, column: None} for number in sorted(pointing)])


def _empty_log(unit: Unit, rows: Rows, names: list[str]) -> int:
    """Take the content out of the log, and the names out of the units that touched it; they can be undone no more."""
    connection = unit.session.connection()
    units: set[int] = set()
    emptied = 0
    for name, numbers in rows.items():
        for some in _chunks(numbers):
            touched = (
                (AuditChange.table_name == name) & AuditChange.row_id.in_(some) & AuditChange.op.not_in(("bulk", OP))
            )
            units.update(connection.scalars(select(AuditChange.unit_id).where(touched)))
            change = update(AuditChange).where(touched).values(before=None, after=None, op=OP)
            emptied += connection.execute(change).rowcount
    for some in _chunks(units):
        found = select(AuditUnit.id, AuditUnit.name, AuditUnit.info).where(AuditUnit.id.in_(some))
        for number, told, info in connection.execute(found).all():
            values: dict[str, Any] = {"name": _without(told, names)[:200], "state": "dropped"}
            if info:
                values["info"] = _without(info, names)
            connection.execute(update(AuditUnit).where(AuditUnit.id == number).values(values))
    return emptied


def _without(value: Any, names: list[str]) -> Any:
    """A text, or whatever JSON holds, without some names."""
    if isinstance(value, str):
        for name in names:
            value = value.replace(name, GONE)
        return value
    if isinstance(value, list):
        return [_without(one, names) for one in value]
    if isinstance(value, dict):
        return {key: _without(one, names) for key, one in value.items()}
    return value


def _rename_looks(unit: Unit, names: list[str], about: str) -> None:
    """The access log keeps that somebody looked, and why; whose destroyed record it was it keeps no longer."""
    if not about or not names:
        return
    connection = unit.session.connection()
    wanted = select(Look.id, Look.subject).where(Look.subject.contains(about, autoescape=True))
    for number, subject in connection.execute(wanted).all():
        told = _without(subject, names)
        if told != subject:
            connection.execute(update(Look).where(Look.id == number).values(subject=told[:120]))


def _drop_bytes(unit: Unit, digests: set[str]) -> int:
    """Drop bytes that no file refers to any more, neither one that is there nor one that undo could bring back."""
    files = tables_by_name().get(FILES)
    connection = unit.session.connection()
    dropped = 0
    for digest in sorted(digests):
        if files is None:
            break
        now = select(files.c.id).where(or_(files.c.sha256 == digest, files.c.thumb_sha256 == digest))
        sides = (AuditChange.before, AuditChange.after)
        logged = or_(*(side[key].as_string() == digest for side in sides for key in ("sha256", "thumb_sha256")))
        was = select(AuditChange.id).where(AuditChange.table_name == FILES, logged)
        if connection.scalar(now.limit(1)) is None and connection.scalar(was.limit(1)) is None:
            dropped += connection.execute(delete(Blob).where(Blob.sha256 == digest)).rowcount
    return dropped


def sweep(office: Office) -> None:
    """After a destruction: write the file anew, so that no freed page and no journal holds what went.

    Pages freed since this version overwrite themselves (`secure_delete`); this also reaches those freed before it.
    What stands in the way (another reader) is no error: the content is gone already.
    """
    connection = office.engine.raw_connection()
    try:
        is_file = office.engine.dialect.name == "sqlite"
        if not is_file:
            connection.driver_connection.autocommit = True  # type: ignore[union-attr]
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        if is_file:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.fetchall()
    except Exception:
        log.warning("the file could not be written anew after a destruction", exc_info=True)
    finally:
        if office.engine.dialect.name != "sqlite":
            connection.driver_connection.autocommit = False  # type: ignore[union-attr]
        connection.close()
