"""The least a question needs: a list's own table, and of the tables joined to it those that are spoken of.

A database that joins 450,000 residents to households and grids only to count or number them works for nothing. Every
join of a declared list adds at most one row to each of its own, so a joined table nobody speaks of can be left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import CompoundSelect, Select, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import BinaryExpression, ColumnClause
from sqlalchemy.sql.selectable import Join
from sqlalchemy.sql.visitors import replacement_traverse


@dataclass(frozen=True)
class Link:
    """A joined table: on what, whether rows without a partner stay, and the column that leads to it (where simple)."""

    table: Any
    on: Any
    is_outer: bool

    @property
    def ends(self) -> tuple[Any, Any] | None:
        """The column on the joined table's side and the one that leads there; None when joined by more than that."""
        on = self.on
        if not isinstance(on, BinaryExpression):
            return None
        sides = [on.left, on.right]
        there = [side for side in sides if getattr(side, "table", None) == self.table]
        here = [side for side in sides if isinstance(side, ColumnClause) and side not in there]
        return (there[0], here[0]) if len(there) == len(here) == 1 else None


@dataclass(frozen=True)
class Joins:
    """A list's tables: its own, then the joined ones in their order."""

    root: Any
    links: tuple[Link, ...]
    where: Any = None  # what holds for every row of the list

    def select(self, columns: Iterable[Any], *spoken: Any) -> Select[Any]:
        """A select of columns from the least of the tables; `spoken` are conditions and orders that will be added."""
        return self.select_from(columns, tables_in(spoken))

    def select_from(self, columns: Iterable[Any], tables: Set[Any]) -> Select[Any]:
        """As `select`, when the tables that will be spoken of are known."""
        columns = [clause(one) for one in columns]
        always = [] if self.where is None else [self.where]
        needed = tables_in([*columns, *always]) | tables
        kept = [link for link in self.links if not link.is_outer]
        for link in reversed(self.links):
            if link not in kept and link.table in needed | tables_in([one.on for one in kept]):
                kept.append(link)
        made = self.root
        for link in self.links:
            if link in kept:
                made = made.join(link.table, link.on, isouter=link.is_outer)
        return select(*columns).select_from(made).where(*always)


def joins(base: Select[Any]) -> Joins:
    """The tables a declared list selects from."""
    found = base.get_final_froms()[0]
    links: list[Link] = []
    while isinstance(found, Join):
        links.insert(0, Link(found.right, found.onclause, found.isouter))
        found = found.left
    return Joins(found, tuple(links), base.whereclause)


def clause(given: Any) -> Any:
    """A mapped attribute as the table's column it stands for; anything else as it is."""
    return given.__clause_element__()._deannotate(clone=False) if hasattr(given, "__clause_element__") else given


def tables_in(expressions: Iterable[Any]) -> set[Any]:
    """The tables of the list whose columns are spoken of; a select inside speaks of those it is correlated to only."""
    found: set[Any] = set()
    for expression in expressions:
        element = clause(expression)
        if isinstance(element, ColumnClause):
            found |= {element.table} - {None}
        elif isinstance(element, CompoundSelect):
            found |= tables_in(element.selects)
        elif isinstance(element, Select) and not element._auto_correlate and not element._correlate:
            continue  # it stands for itself: most look-ups of a word
        elif isinstance(element, Select):
            inner = tables_in([*element.selected_columns, *_parts(element)])
            found |= inner if element._auto_correlate else inner & set(element._correlate or ())
        else:
            found |= tables_in(element.get_children())
    return found


def swapped(made: Select[Any], old: Any, new: Any) -> Select[Any]:
    """A select with another table of the same columns in one table's place."""

    def put(element: Any, **_: Any) -> Any:
        if element is old:
            return new
        return new.c[element.key] if getattr(element, "table", None) is old else None

    return cast(Select[Any], replacement_traverse(made, {}, put))


def numbers(session: Session, wanted: Select[Any], on: date) -> list[int]:
    """The ids a select finds, for the day that counts as today; read without the work for whole records."""
    if session.autoflush:
        session.flush()
    return list(session.connection().execute(wanted, {"on": on}).scalars())


def _parts(chosen: Select[Any]) -> list[Any]:
    where = chosen.whereclause
    return [*([] if where is None else [where]), *chosen._order_by_clauses, *chosen._group_by_clauses]
