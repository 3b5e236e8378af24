"""Declared lists: one declaration gives the table on screen, the command line's list, the print and the export."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, case, func, select, true
from sqlalchemy.orm import Session

from gridoffice.core.text import mask_id, mask_numbers, mask_phone
from gridoffice.db.office import Office
from gridoffice.domain.finding import Also, Index
from gridoffice.domain.lean import Joins, clause, joins, numbers, swapped, tables_in
from gridoffice.domain.ordering import Term, before, term, turned

MASKS = {"id": mask_id, "phone": mask_phone}
Condition = ColumnElement[bool]
Made = TypeVar("Made")
TONES = ("plain", "done", "soon", "late", "quiet")
BLOCK = 500
KEPT = 100  # questions of a list
COUNT = func.count()
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
    columns: tuple[str, ...] = ()  # what is seen, printed and saved, in order; (): as the list starts
    name: str = ""  # of the saved filter this is


@dataclass(frozen=True)
class First:
    """The first hits of a text: their ids, and whether there are more."""

    ids: tuple[int, ...]
    has_more: bool


@dataclass(frozen=True)
class Column:
    """A column: width in pixels at 100 %; kind text, number, date, phone, id or state (texts "tone|word")."""

    key: str
    title: str
    expr: Any
    width: int = 120
    kind: str = "text"
    show: Callable[[Any, date], str] | None = None
    is_masked: bool = False  # personal phones, ID numbers, numbers in notes: hidden in the middle
    is_private: bool = False  # health: stands in its own tab only, not in the search over everything (reference 4.8)
    by: Any = None  # what the column is sorted by where that is not `expr`: names by their pinyin
    is_extra: bool = False  # not shown until somebody chooses it

    @property
    def align(self) -> str:
        """Numbers stand right, everything else left."""
        return "right" if self.kind == "number" else "left"


@dataclass(frozen=True)
class View:
    """A named filter of a list, shown as a chip with its count.

    `told` asks for a day what the office itself has set (its days off, its ladder); `where` gets that after the day.
    """

    key: str
    title: str
    where: Callable[..., Condition] = field(default=lambda _on: true())
    told: Callable[[Session, date], Hashable] | None = None


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
    codes: tuple[Any, ...] = ()  # numbers and phones, searched by part (in a vast list from the front, or whole)
    tails: tuple[Any, ...] = ()  # last four figures; with (tail, whole number) also longer tails are found
    also: tuple[Also, ...] = ()  # texts of other tables that find a row
    is_vast: bool = False  # hundreds of thousands: letters and figures are looked up in indexes only
    order: tuple[Any, ...] = ()
    due_view: str = ""  # the view that `--due` means
    main_view: str = ""  # the view the command line lists when nothing else is asked
    tables: frozenset[str] = frozenset()  # what makes it stale
    module: str = ""
    paper: str = ""  # what the whole list is called on paper and in files: 居民台账
    is_dated: bool = False  # tells of tree and people: shown for the past day when one is looked at
    shown: tuple[Any, Any] | None = None  # a costly joined table, and the same of the records `:ids` only

    def day(self, office: Office) -> date:
        """The day the list is asked for: today, or the past day looked at when the list tells of past days."""
        return office.day() if self.is_dated else office.today()

    @cached_property
    def joins(self) -> Joins:
        """The list's tables."""
        return joins(self.base)

    @cached_property
    def _index(self) -> Index:
        own = clause(self.id)
        return Index(self.joins, own, self.names, self.pinyin, self.codes, self.tails, self.also, self.is_vast)

    def ids(self, office: Office, query: Query) -> list[int]:
        """The ids of all records the query wants, in order."""
        with office.read() as session:
            return self.ids_in(session, query)

    def ids_in(self, session: Session, query: Query) -> list[int]:
        """As `ids`, in a session at hand."""
        return numbers(session, self._asked(session, query, self.terms(query)), query.on)

    def walk_in(self, session: Session, query: Query) -> Iterator[int]:
        """As `ids_in`, one after the other, so that a county's ids need not lie in memory at once."""
        wanted = self._asked(session, query, self.terms(query)).execution_options(yield_per=2000)
        return iter(session.scalars(wanted, {"on": query.on}))

    def slice_in(self, session: Session, query: Query, start: int, size: int, total: int | None = None) -> list[int]:
        """The ids at places `start` to `start + size`; with the total known, read from the nearer end."""
        if total is not None and start + size > total - start:
            size = max(0, min(size, total - start))
            wanted = (
                self._asked(session, query, self.terms(query, from_end=True)).limit(size).offset(total - start - size)
            )
            return numbers(session, wanted, query.on)[::-1]
        wanted = self._asked(session, query, self.terms(query)).limit(size)
        return numbers(session, wanted.offset(start) if start else wanted, query.on)

    def first(self, session: Session, text: str, limit: int, on: date, **asked: Any) -> First:
        """The first hits of a text in the list's order (`asked`: view, filters as in `Query`)."""
        found = self.slice_in(session, Query(on, text, **asked), 0, limit + 1)
        return First(tuple(found[:limit]), len(found) > limit)

    def count(self, office: Office, query: Query) -> int:
        """How many records the query wants."""
        with office.read() as session:
            return self.count_in(session, query)

    def count_in(self, session: Session, query: Query, at_most: int = 0) -> int:
        """As `count`; with `at_most` the counting stops there, so that it costs no more in a long list."""
        if at_most:
            some = self._asked(session, query, (), self.id).limit(at_most).subquery()
            return session.scalar(select(func.count()).select_from(some), {"on": query.on}) or 0
        return session.scalar(self._asked(session, query, (), COUNT), {"on": query.on}) or 0

    def tally_in(self, session: Session, on: date, keys: Sequence[str], *, together: bool = False) -> dict[str, int]:
        """How many records some views hold, in one question: each by its own index, or all in one pass (`together`)."""
        known: dict[Any, Hashable] = {}
        parts = [self._asked(session, Query(on, view=key), (), known=known) for key in keys]
        # The parts are kept beside the question, so that no other object can take their identity.
        made, _ = self._keep(
            ("tally", together, *map(id, parts)), lambda: ((self._passed if together else _beside)(parts), parts)
        )
        row = session.execute(made, {"on": on}).one()
        return {key: number or 0 for key, number in zip(keys, row, strict=True)}

    def _passed(self, parts: Sequence[Select[Any]]) -> Select[Any]:
        """One pass over the list that counts what holds for each of some selects of it."""
        wheres = [true() if part.whereclause is None else part.whereclause for part in parts]
        return self.joins.select_from([func.sum(case((where, 1), else_=0)) for where in wheres], tables_in(wheres))

    def place_in(self, session: Session, query: Query, record: int) -> int | None:
        """The place of a record in the list, counted in the database; None when it is not in it."""
        terms = self.terms(query)
        own = self._asked(session, query, (), *(one.expr for one in terms)).where(clause(self.id) == record)
        values = session.execute(own, {"on": query.on}).first()
        if values is None:
            return None
        ahead = before(terms, values)
        counted = self._asked(session, query, (), COUNT, spoken=(ahead,)).where(ahead)
        return session.scalar(counted, {"on": query.on}) or 0

    def rows(self, office: Office, ids: Sequence[int], on: date, *, masked: bool = True) -> dict[int, tuple[str, ...]]:
        """The texts of some records by id, in column order; state columns read "tone|word"."""
        with office.read() as session:
            return self.rows_in(session, ids, on, masked=masked)

    @cached_property
    def _fetched(self) -> Select[Any]:
        own = clause(self.id)
        made = self.joins.select([own, *(column.expr for column in self.columns)])
        made = made.where(own.in_(bindparam("ids", expanding=True)))
        return made if self.shown is None else swapped(made, *self.shown)

    def rows_in(
        self, session: Session, ids: Sequence[int], on: date, *, masked: bool = True
    ) -> dict[int, tuple[str, ...]]:
        """As `rows`, in a session at hand."""
        found: dict[int, tuple[str, ...]] = {}
        for start in range(0, len(ids), BLOCK):
            for row in session.execute(self._fetched, {"on": on, "ids": list(ids[start : start + BLOCK])}):
                texts = (_text(column, value, on, masked) for column, value in zip(self.columns, row[1:], strict=True))
                found[row[0]] = tuple(texts)
        return found

    def places(self, query: Query) -> list[int]:
        """The places, as declared, of the columns a query shows, in their order."""
        declared = {column.key: place for place, column in enumerate(self.columns)}
        usual = [column.key for column in self.columns if not column.is_extra]
        return [declared[key] for key in query.columns if key in declared] or [declared[key] for key in usual]

    def _view(self, key: str) -> View | None:
        return next((view for view in self.views if view.key == key), None)

    def _told(self, session: Session, query: Query, known: dict[Any, Hashable]) -> Hashable:
        """What the office tells a view, asked once for all views that are told the same."""
        view = self._view(query.view)
        if view is None or view.told is None:
            return None
        if view.told not in known:
            known[view.told] = view.told(session, query.on)
        return known[view.told]

    def condition(self, query: Query, scope: int | None = None, told: Hashable = None) -> Condition:
        """Everything the query asks, as one SQL condition; a scope limits lists that know units to its subtree."""
        view = self._view(query.view)
        filters = query.filters
        if scope is not None and "unit" in self.filters:
            filters = (*filters, ("unit", scope))
        parts = [view.where(query.on) if view.told is None else view.where(query.on, told)] if view else []
        parts += [self.filters[key](value) for key, value in filters if key in self.filters]
        typed = self._index.condition(query.text)
        return and_(true(), *parts) if typed is None else and_(*parts, typed)

    @cached_property
    def _kept(self) -> dict[Any, Any]:
        return {}

    def _keep(self, key: Any, make: Callable[[], Made]) -> Made:
        """What was put together for a question, kept for the next: putting it together costs more than asking it."""
        known = self._kept.get(key)
        if known is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            known = self._kept[key] = make()
        return known

    def terms(self, query: Query, *, from_end: bool = False) -> tuple[Term, ...]:
        """The order as terms, the id last so that it is always the same."""
        if from_end:
            return self._keep((query.sort, query.descending, "turned"), lambda: turned(self.terms(query)))
        return self._keep((query.sort, query.descending), lambda: self._terms(query))

    def _terms(self, query: Query) -> tuple[Term, ...]:
        column = next((column for column in self.columns if column.key == query.sort), None)
        if column is None:
            terms = [term(given, self.joins.root) for given in self.order]
        else:
            found = term(column.expr if column.by is None else column.by, self.joins.root)
            terms = [Term(found.expr, query.descending, True, found.may_miss)]
        own = clause(self.id)
        if any(one.expr is own for one in terms):
            return tuple(terms)
        return (*terms, Term(own, bool(terms) and all(one.descending for one in terms), True, False))

    def _asked(
        self, session: Session, query: Query, terms: Sequence[Term], *columns: Any, spoken: tuple[Any, ...] = (),
        known: dict[Any, Hashable] | None = None,
    ) -> Select[Any]:  # fmt: skip
        """The one place where a list is asked: the least tables, the query's condition, the office's scope, order."""
        scope = session.info.get("scope")
        told = self._told(session, query, {} if known is None else known)
        typed = self._index.typed(query.text)
        tables = typed.tables | tables_in(spoken)
        columns = columns or (self.id,)
        # Terms and columns are kept beside the select, so that no other object can take their identity.
        asked = repr((query.on, query.view, query.filters, scope, told)), id(terms), tuple(map(id, columns)), tables
        made, _, _ = self._keep(
            asked, lambda: (self._plain(query, (scope, told), terms, columns, tables), terms, columns)
        )
        return made.where(*typed.conditions) if typed.conditions else made

    def _plain(
        self, query: Query, known: tuple[int | None, Hashable], terms: Sequence[Term], columns: Sequence[Any],
        tables: Set[Any],
    ) -> Select[Any]:  # fmt: skip
        """What is asked apart from what was typed; `known`: the office's scope, and what its view is told."""
        where = self.condition(replace(query, text=""), *known)
        said = tables | tables_in([where, *(one.expr for one in terms)])
        made = self.joins.select_from(columns, said).where(where)
        return made.order_by(*(one.sql for one in terms)) if terms else made

    def picked(self, session: Session, on: date, condition: Condition) -> Select[Any]:
        """The ids for which a condition holds, within the office's scope."""
        return self._asked(session, Query(on), (), spoken=(condition,)).where(condition)


def _beside(parts: Sequence[Select[Any]]) -> Select[Any]:
    return select(*(part.with_only_columns(COUNT).scalar_subquery() for part in parts))


def _text(column: Column, value: Any, on: date, masked: bool) -> str:
    if column.show is not None:
        return column.show(value, on)
    if value is None:
        return ""
    if column.is_masked and masked:
        return MASKS.get(column.kind, mask_numbers)(str(value))
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def word_of(column: Column, text: str) -> str:
    """The text of a cell for paper and command line: a state's word without its tone."""
    return text.partition("|")[2] if column.kind == "state" and "|" in text else text


def chosen(table: Any) -> Select[Any]:
    """A select to start a list's `base` from."""
    return select(table.id).select_from(table)
