"""The order of a list as terms that can be asked from either end and counted up to one record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, bindparam, false, or_
from sqlalchemy.sql import operators
from sqlalchemy.sql.elements import UnaryExpression


@dataclass(frozen=True)
class Term:
    """One term of an order; what may be missing says so, because only then its place has to be spelled out in SQL."""

    expr: Any
    descending: bool = False
    nulls_last: bool = True
    may_miss: bool = True

    @property
    def sql(self) -> Any:
        """The term for ORDER BY, the same on every database."""
        made = self.expr.desc() if self.descending else self.expr.asc()
        if not self.may_miss:
            return made
        return made.nulls_last() if self.nulls_last else made.nulls_first()

    def turned(self) -> Term:
        """The term read from the other end."""
        return Term(self.expr, not self.descending, not self.nulls_last, self.may_miss)

    def before(self, value: Any) -> ColumnElement[bool]:
        """Whether a row stands before one that has this value here."""
        if value is None:
            return self.expr.is_not(None) if self.nulls_last else false()
        bound = bindparam(None, value, type_=self.expr.type, unique=True)
        ahead = self.expr > bound if self.descending else self.expr < bound
        if self.may_miss and not self.nulls_last:
            return or_(ahead, self.expr.is_(None))
        return ahead  # type: ignore[no-any-return]

    def same(self, value: Any) -> ColumnElement[bool]:
        """Whether a row has this value here."""
        if value is None:
            return self.expr.is_(None)  # type: ignore[no-any-return]
        return self.expr == bindparam(None, value, type_=self.expr.type, unique=True)  # type: ignore[no-any-return]


def term(given: Any, root: Any) -> Term:
    """A declared term (a column, an expression, with asc, desc, nulls_first, nulls_last around it) taken apart.

    What is missing counts as smallest where nothing else is said: first when rising, last when falling.
    """
    expr, descending = given, False
    nulls_last: bool | None = None
    if hasattr(expr, "__clause_element__"):
        expr = expr.__clause_element__()
    while isinstance(expr, UnaryExpression) and expr.modifier is not None:
        descending = descending or expr.modifier is operators.desc_op
        if expr.modifier in (operators.nulls_first_op, operators.nulls_last_op):
            nulls_last = expr.modifier is operators.nulls_last_op
        expr = expr.element
    if hasattr(expr, "self_group"):
        expr = expr.self_group(against=operators.lt)
    return Term(expr, descending, descending if nulls_last is None else nulls_last, _may_miss(expr, root))


def _may_miss(expr: Any, root: Any) -> bool:
    """A column of the list's own table that the schema always fills is never missing."""
    table = getattr(expr, "table", None)
    is_own = isinstance(table, Table) and table == root
    return not (is_own and getattr(expr, "nullable", True) is False)


def before(terms: Sequence[Term], values: Sequence[Any]) -> ColumnElement[bool]:
    """Whether a row stands before the one that has these values, term by term."""
    cases = []
    same: list[ColumnElement[bool]] = []
    for one, value in zip(terms, values, strict=True):
        cases.append(and_(*same, one.before(value)))
        same.append(one.same(value))
    return or_(*cases)


def turned(terms: Iterable[Term]) -> tuple[Term, ...]:
    """An order read from its end."""
    return tuple(one.turned() for one in terms)
