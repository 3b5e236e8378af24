"""One database table during an import: its rows as they stand and as the plan would leave them."""

from collections.abc import Callable, Hashable
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.schema import CallableColumnDefault, ScalarElementColumnDefault

from gridoffice.db.base import Record
from gridoffice.db.unit import Unit
from gridoffice.exchange.report import CHANGED, NEW, SAME

Values = dict[str, Any]
Key = Hashable


class Store:
    """Rows of one table by id; planned rows have negative ids until they are written."""

    def __init__(self, session: Session, model: type[Record]) -> None:
        table = model.__table__
        assert isinstance(table, Table)
        self.table = table
        self.defaults = _defaults(table)
        self.parents = {
            column.name: next(iter(column.foreign_keys)).column.table.name
            for column in table.columns
            if column.foreign_keys
        }
        self.rows: dict[int, Values] = {}
        self.new: list[Values] = []
        self.changes: dict[int, Values] = {}
        self._indexes: list[tuple[Callable[[Values], Key | None], dict[Key, int]]] = []
        for found in session.connection().execute(select(table)).mappings():
            self.rows[found["id"]] = dict(found)

    def index(self, key: Callable[[Values], Key | None]) -> dict[Key, int]:
        """Make a dictionary key -> id over all rows that stays right when rows are added; the first row wins."""
        found: dict[Key, int] = {}
        for row_id, row in self.rows.items():
            value = key(row)
            if value is not None:
                found.setdefault(value, row_id)
        self._indexes.append((key, found))
        return found

    def add(self, values: Values) -> int:
        """Plan a new row and return its negative id; the plan keeps `values` as the row."""
        row_id = -len(self.new) - 1
        row = {**self.defaults, **values}
        self.new.append(row)
        self.rows[row_id] = row
        for key, found in self._indexes:
            value = key(row)
            if value is not None:
                found.setdefault(value, row_id)
        return row_id

    def differs(self, row_id: int, values: Values) -> list[tuple[str, Any, Any]]:
        """Say which filled values differ from the row: (column, old, new). Empty values never overwrite."""
        row = self.rows[row_id]
        return [
            (name, row[name], value)
            for name, value in values.items()
            if value is not None and value != "" and row[name] != value
        ]

    def change(self, row_id: int, values: Values) -> list[tuple[str, Any, Any]]:
        """Plan the filled values that differ and return them as (column, old, new)."""
        found = self.differs(row_id, values)
        if found:
            new = {name: value for name, _old, value in found}
            row = self.rows[row_id]
            row.update(new)
            if row_id > 0:
                self.changes.setdefault(row_id, {}).update(new)
            for key, index in self._indexes:
                value = key(row)
                if value is not None:
                    index.setdefault(value, row_id)
        return found

    def put(self, row_id: int | None, values: Values) -> tuple[int, str, list[tuple[str, Any, Any]]]:
        """Add a row, or change the one there is; gives its id, new/changed/same, and the differences."""
        if row_id is None:
            return self.add(values), NEW, []
        found = self.change(row_id, values)
        return row_id, (CHANGED if found else SAME), found

    def write(self, unit: Unit, made: dict[str, list[int]]) -> None:
        """Write planned rows through the bulk door; `made` maps tables to the ids their planned rows got."""
        rows = self.new
        own = [column for column, parent in self.parents.items() if parent == self.table.name]
        waves = _waves(rows, own[0]) if own and rows else [list(range(len(rows)))]
        ids: dict[int, int] = {}
        for wave in waves:
            batch = [self._pointed(rows[place], made, ids) for place in wave]
            for place, row_id in zip(wave, unit.bulk_insert(self.table, batch), strict=True):
                ids[place] = row_id
        made[self.table.name] = [ids[place] for place in range(len(ids))]
        self._write_changes(unit, made)

    def _pointed(self, row: Values, made: dict[str, list[int]], ids: dict[int, int]) -> Values:
        for column, parent in self.parents.items():
            target = row[column]
            if target is not None and target < 0:
                place = -target - 1
                row[column] = ids[place] if parent == self.table.name else made[parent][place]
        return row

    def _write_changes(self, unit: Unit, made: dict[str, list[int]]) -> None:
        groups: dict[frozenset[str], list[Values]] = {}
        for row_id, values in self.changes.items():
            pointed = {
                name: made[self.parents[name]][-value - 1] if name in self.parents and value < 0 else value
                for name, value in values.items()
            }
            groups.setdefault(frozenset(values), []).append({"id": row_id, **pointed})
        for rows in groups.values():
            unit.bulk_update(self.table, rows)


def _waves(rows: list[Values], parent: str) -> list[list[int]]:
    """Order rows of a tree so that parents are written before their children."""
    waves: list[list[int]] = []
    done: set[int] = set()
    left = list(range(len(rows)))
    while left:
        ready = [n for n in left if rows[n][parent] is None or rows[n][parent] > 0 or -rows[n][parent] - 1 in done]
        waves.append(ready)
        done.update(ready)
        left = [n for n in left if n not in done]
    return waves


def _defaults(table: Table) -> Values:
    defaults: Values = {}
    for column in table.columns:
        if column.name in ("id", "version"):
            continue
        default = column.default
        if isinstance(default, CallableColumnDefault):
            defaults[column.name] = {}
        else:
            defaults[column.name] = default.arg if isinstance(default, ScalarElementColumnDefault) else None
    return defaults
