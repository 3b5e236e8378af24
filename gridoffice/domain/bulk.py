"""Changing many records at once (F21): what may be changed so is declared, rehearsed row by row, done in one step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.progress import Progress, silent
from gridoffice.db.base import Record
from gridoffice.db.office import Office
from gridoffice.db.unit import Unit

CHUNK = 500
MOST = 50_000
"""Records in one step: the log keeps each of them before and after."""

Row = Mapping[str, Any]
Change = Callable[[Session, Row, Any], Mapping[str, Any]]
"""Gives the columns of a row that change, with their new values; raises OfficeError when this row may not."""


@dataclass(frozen=True)
class BulkField:
    """Something that may be changed in many records; `kind` and `choices` as in an editor's field."""

    key: str
    title: str
    kind: str
    change: Change
    choices: Callable[[Office], Sequence[tuple[Any, str]]] = lambda _office: ()
    is_open: bool = False
    is_required: bool = True
    help: str = ""


@dataclass(frozen=True)
class Bulk:
    """What may be changed in many records of a list; `label` is the column that names one, `noun` counts them."""

    record: type[Record]
    noun: str
    label: str
    fields: tuple[BulkField, ...]

    @property
    def table(self) -> Table:
        """The records' table."""
        return self.record.__table__  # type: ignore[return-value]


@dataclass(frozen=True)
class Changed:
    """A record that would change: its old and new values by column."""

    id: int
    label: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True)
class Refused:
    """A record that may not be changed, and why."""

    id: int
    label: str
    reason: str


@dataclass(frozen=True)
class Rehearsal:
    """What a change would do: which records change, how many have it already, which may not and why."""

    changed: tuple[Changed, ...]
    same: int
    refused: tuple[Refused, ...]


def rehearse(
    office: Office, bulk: Bulk, field: BulkField, value: Any, ids: Sequence[int], progress: Progress = silent
) -> Rehearsal:
    """Look what a change would do to each record; nothing is written. Raises OfficeError for too many, Cancelled."""
    with office.read() as session:
        return _look(session, bulk, field, value, ids, progress)


def apply(
    office: Office,
    bulk: Bulk,
    field: BulkField,
    value: Any,
    ids: Sequence[int],
    words: str,
    progress: Progress = silent,
) -> Rehearsal:
    """Change all that may be changed as one undoable step; what became of each. Raises OfficeError, Cancelled.

    Every record is looked at again: what was changed since the rehearsal is judged as it stands now.
    """
    with office.unit(f"批量修改{field.title}") as session:
        found = _look(session, bulk, field, value, ids, progress)
        work: Unit = session.info["unit"]
        work.record.name = f"批量修改{field.title}：{words}，{len(found.changed)} {bulk.noun}"[:200]
        for rows in _alike(found.changed):
            for start in range(0, len(rows), CHUNK):
                work.bulk_update(bulk.table, rows[start : start + CHUNK])
        return found


def _look(
    session: Session, bulk: Bulk, field: BulkField, value: Any, ids: Sequence[int], progress: Progress
) -> Rehearsal:
    if len(ids) > MOST:
        told = f"一次最多改 {MOST:,} {bulk.noun}，现在选了 {len(ids):,} {bulk.noun}"
        raise OfficeError(told, safe="没有改动任何内容", do="请按网格或村分几次改")
    changed: list[Changed] = []
    refused: list[Refused] = []
    same = 0
    for done, row in enumerate(_rows(session, bulk.table, ids), 1):
        if done % CHUNK == 0 or done == len(ids):
            progress(done, len(ids), "")
        label = str(row[bulk.label] or row["id"])
        try:
            new = {key: kept for key, kept in field.change(session, row, value).items() if row[key] != kept}
        except OfficeError as error:
            refused.append(Refused(row["id"], label, error.what))
            continue
        if new:
            changed.append(Changed(row["id"], label, {key: row[key] for key in new}, new))
        else:
            same += 1
    return Rehearsal(tuple(changed), same, tuple(refused))


def _rows(session: Session, table: Table, ids: Sequence[int]) -> Iterator[Row]:
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        found = session.connection().execute(select(table).where(table.c.id.in_(some))).mappings()
        known: dict[int, Row] = {row["id"]: dict(row) for row in found}
        yield from (known[number] for number in some if number in known)


def _alike(changed: Sequence[Changed]) -> list[list[dict[str, Any]]]:
    """The changes in groups that touch the same columns, as a bulk update wants them."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for one in changed:
        groups.setdefault(tuple(sorted(one.after)), []).append({"id": one.id, **one.after})
    return list(groups.values())


def words_of(field: BulkField, value: Any, options: Sequence[tuple[Any, str]]) -> str:
    """A value as people read it: the word of a choice, several parted by 、, 空 for nothing."""
    known = dict(options)
    values = value if isinstance(value, list) else [value]
    words = [str(known.get(one, one)) for one in values if one not in (None, "")]
    return "、".join(words) or "空"


def put(column: str) -> Change:
    """A change that puts the value into a column."""
    return lambda _session, _row, value: {column: value}
