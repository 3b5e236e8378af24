"""Declared lists: one declaration gives the table on screen, the command line's list, the print and the export."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, func, or_, select, true
from sqlalchemy.orm import Session

from gridoffice.core.text import mask_id, mask_phone, narrow
from gridoffice.db.office import Office

Condition = ColumnElement[bool]
TONES = ("plain", "done", "soon", "late", "quiet")
BLOCK = 500
ON = bindparam("on", type_=Date)
"""The day that counts as today, for conditions inside a declared list (the database's own day is UTC's)."""


@dataclass(frozen=True)
class Query:
    """What is asked of a list: typed text, a named view, filters, order and the day that counts as today."""

    on: date
    text: str = ""
    view: str = ""
    filters: tuple[tuple[str, Any], ...] = ()
    sort: str = ""
    descending: bool = False


@dataclass(frozen=True)
class Column:
    """A column: width in pixels at 100 %; kind text, number, date, phone, id or state (texts "tone|word")."""

    key: str
    title: str
    expr: Any
    width: int = 120
    kind: str = "text"
    show: Callable[[Any, date], str] | None = None
    is_masked: bool = False  # personal phones and ID numbers: hidden in the middle on every list
    is_private: bool = False  # health: stands in its own tab only, not in the search over everything (reference 4.8)

    @property
    def align(self) -> str:
        """Numbers stand right, everything else left."""
        return "right" if self.kind == "number" else "left"


@dataclass(frozen=True)
class View:
    """A named filter of a list, shown as a chip with its count."""

    key: str
    title: str
    where: Callable[[date], Condition] = field(default=lambda _on: true())


@dataclass(frozen=True)
class Listing:
    """A list of records. `base` selects from the joined tables; `order` is what holds when nobody sorts."""

    key: str
    title: str
    base: Select[Any]
    id: Any
    columns: tuple[Column, ...]
    views: tuple[View, ...] = (View("", "全部"),)
    filters: Mapping[str, Callable[[Any], Condition]] = field(default_factory=dict)
    names: tuple[Any, ...] = ()  # columns searched as text anywhere
    pinyin: tuple[Any, ...] = ()  # full pinyin and initials, searched from the front
    codes: tuple[Any, ...] = ()  # numbers and phones, searched by part or tail
    tails: tuple[Any, ...] = ()  # last four figures
    order: tuple[Any, ...] = ()
    due_view: str = ""  # the view that `--due` means
    main_view: str = ""  # the view the command line lists when nothing else is asked
    tables: frozenset[str] = frozenset()  # what makes it stale
    module: str = ""
    is_dated: bool = False  # tells of tree and people: shown for the past day when one is looked at

    def day(self, office: Office) -> date:
        """The day the list is asked for: today, or the past day looked at when the list tells of past days."""
        return office.day() if self.is_dated else office.today()

    def ids(self, office: Office, query: Query) -> list[int]:
        """The ids of all records the query wants, in order."""
        with office.read() as session:
            return self.ids_in(session, query)

    def ids_in(self, session: Session, query: Query) -> list[int]:
        """As `ids`, in a session at hand."""
        wanted = self.base.with_only_columns(self.id).where(self.condition(query)).order_by(*self._order(query))
        return list(session.scalars(wanted, {"on": query.on}))

    def count(self, office: Office, query: Query) -> int:
        """How many records the query wants."""
        wanted = self.base.with_only_columns(func.count()).where(self.condition(query)).order_by(None)
        with office.read() as session:
            return session.scalar(wanted, {"on": query.on}) or 0

    def rows(self, office: Office, ids: Sequence[int], on: date, *, masked: bool = True) -> dict[int, tuple[str, ...]]:
        """The texts of some records by id, in column order; state columns read "tone|word"."""
        with office.read() as session:
            return self.rows_in(session, ids, on, masked=masked)

    def rows_in(
        self, session: Session, ids: Sequence[int], on: date, *, masked: bool = True
    ) -> dict[int, tuple[str, ...]]:
        """As `rows`, in a session at hand."""
        found: dict[int, tuple[str, ...]] = {}
        fetched = self.base.with_only_columns(self.id, *(column.expr for column in self.columns)).order_by(None)
        for start in range(0, len(ids), BLOCK):
            for row in session.execute(fetched.where(self.id.in_(ids[start : start + BLOCK])), {"on": on}):
                texts = (_text(column, value, on, masked) for column, value in zip(self.columns, row[1:], strict=True))
                found[row[0]] = tuple(texts)
        return found

    def condition(self, query: Query) -> Condition:
        """Everything the query asks, as one SQL condition."""
        view = next((view for view in self.views if view.key == query.view), None)
        parts = [view.where(query.on) if view else true()]
        parts += [self.filters[key](value) for key, value in query.filters if key in self.filters]
        parts += [self._word(word) for word in narrow(query.text).split()]
        return and_(*parts)

    def _word(self, word: str) -> Condition:
        escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        hits: list[Any] = [column.like(f"%{escaped}%", escape="\\") for column in self.names]
        if word.isascii():
            low = escaped.lower()
            hits += [column.like(f"{low}%", escape="\\") for column in self.pinyin]
            hits += [column.like(f"%{escaped}%", escape="\\") for column in self.codes]
            if word.isdigit() and len(word) == 4:
                hits += [column == word for column in self.tails]
        return or_(*hits) if hits else true()

    def _order(self, query: Query) -> tuple[Any, ...]:
        column = next((column for column in self.columns if column.key == query.sort), None)
        if column is None:
            return (*self.order, self.id)
        expr = column.expr.desc() if query.descending else column.expr.asc()
        return (expr.nulls_last(), self.id)


def _text(column: Column, value: Any, on: date, masked: bool) -> str:
    if column.show is not None:
        return column.show(value, on)
    if value is None:
        return ""
    if column.is_masked and masked:
        return mask_id(str(value)) if column.kind == "id" else mask_phone(str(value))
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def word_of(column: Column, text: str) -> str:
    """The text of a cell for paper and command line: a state's word without its tone."""
    return text.partition("|")[2] if column.kind == "state" and "|" in text else text


def chosen(table: Any) -> Select[Any]:
    """A select to start a list's `base` from."""
    return select(table.id).select_from(table)
