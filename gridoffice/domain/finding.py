"""What is typed into a list's box, as conditions that indexes can serve.

Each word must be found (in any order). A word is looked up as part of a name or address, as the beginning of full
pinyin or of initials, mixed (张w, 张wei), as the tail of a phone or ID number (four figures and more), as a code.
Every look-up is a select of its own on one table, so that a joined list is never read through for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, select, union_all
from sqlalchemy.sql.elements import ColumnClause

from gridoffice.core.text import narrow, pinyin
from gridoffice.domain.lean import Joins, clause, tables_in

LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
TAIL = 4  # figures of a phone or ID number people know by heart
_TAIL = re.compile(r"\d{3,}[\dXx]", re.ASCII)
_SPELT = re.compile(r"[0-9a-z]+", re.ASCII)
_MIXED = re.compile(r"[\u3400-\u9fff]+[a-z]+[\u3400-\u9fffa-z]*")
_RUNS = re.compile(r"[a-z]+|[^a-z]+")
PADDED = range(2, 13)  # figures a number with leading noughts may have


@dataclass(frozen=True)
class Also:
    """Texts of another table that find a row: the row's `own` column is among `there` of those that match."""

    own: Any
    there: Any
    names: tuple[Any, ...] = ()
    pinyin: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Typed:
    """What a text asks (nothing or one condition), and the tables it speaks of."""

    conditions: tuple[ColumnElement[bool], ...] = ()
    tables: frozenset[Any] = frozenset()


@dataclass(frozen=True)
class Index:
    """What of a list is searched, and how: see `Listing` for the parts."""

    joins: Joins
    id: Any
    names: tuple[Any, ...]
    pinyin: tuple[Any, ...]
    codes: tuple[Any, ...]
    tails: tuple[Any, ...]
    also: tuple[Also, ...]
    is_vast: bool

    @cached_property
    def _last(self) -> list[tuple[str, Typed]]:
        return []

    def typed(self, text: str) -> Typed:
        """As `condition`, kept from one question to the next: a list that is shown asks several with one text."""
        if not text:
            return Typed()
        for known, made in tuple(self._last):
            if known == text:
                return made
        condition = self.condition(text)
        made = Typed() if condition is None else Typed((condition,), frozenset(tables_in([condition])))
        self._last[:] = [(text, made)]
        return made

    def condition(self, text: str) -> ColumnElement[bool] | None:
        """The condition for a whole text; None when nothing was typed."""
        words = narrow(text).split()
        if not words:
            return None
        is_place = any(not word.isascii() for word in words)
        return and_(*(self._word(word, is_place) for word in words))

    def _word(self, word: str, is_place: bool) -> ColumnElement[bool]:
        found = [self._rows(test) for test in self._tests(word, is_place)]
        for also in self.also:
            found += self._through(also, word)
        if not found:
            return false()
        whole: Any = union_all(*found) if len(found) > 1 else found[0]
        return clause(self.id).in_(whole)  # type: ignore[no-any-return]

    def _tests(self, word: str, is_place: bool) -> Iterator[tuple[Any, ColumnElement[bool]]]:
        """Pairs of a searched column and the condition on it."""
        # A number or letters alone mean a tail, a code or a spelling; beside the name of a place also a door.
        # What is mixed is a person's name: no address holds 张w.
        if not self.is_vast or (is_place and not _MIXED.fullmatch(word.lower())):
            for column in self.names:
                yield column, contains(column, word)
        if not self.is_vast or not _TAIL.fullmatch(word):  # nobody's name is spelt with four figures
            for column, test in spelt(self.names, self.pinyin, word):
                yield column, test
        for column in self.codes:
            for test in self._code(column, word):
                yield column, test
        for given in self.tails:
            if _TAIL.fullmatch(word):
                yield from _tail(given, word)

    def _code(self, column: Any, word: str) -> Iterator[ColumnElement[bool]]:
        if not self.is_vast:
            if word.isascii():
                yield contains(column, word)
        elif not any(char.isdigit() for char in word):
            return
        elif not word.isascii() or (word.isdigit() and len(word) < TAIL):
            yield contains(column, word)
        else:
            yield and_(*begins(column, word))
            if word.isdigit():
                yield column.in_([word.zfill(size) for size in PADDED if size >= len(word)] or [word])

    def _rows(self, test: tuple[Any, ColumnElement[bool]]) -> Select[Any]:
        """The list's ids for which a condition on one column holds, without joining where one table is enough."""
        column, condition = clause(test[0]), test[1]
        table = column.table if isinstance(column, ColumnClause) else None
        own = clause(self.id)
        if table == self.joins.root:
            return select(own).where(condition).correlate(None)
        link = next((link for link in self.joins.links if link.table == table), None)
        if link is None or link.ends is None:
            return self.joins.select([own], condition).where(condition).correlate(None)
        there, here = link.ends
        inner = select(there).where(condition).correlate(None)
        return self._rows((here, here.in_(inner)))

    def _through(self, also: Also, word: str) -> list[Select[Any]]:
        own, there = clause(also.own), clause(also.there)
        tests = [test for _column, test in spelt(also.names, also.pinyin, word)]
        if not self.is_vast or not word.isascii():
            key = there.table.c.id  # first the ids, from the index on the name alone
            inner = [select(key).where(contains(column, word)).correlate(None) for column in also.names]
            tests += [key.in_(one) for one in inner]
        return [self._rows((own, own.in_(select(there).where(test).correlate(None)))) for test in tests]


def _tail(given: Any, word: str) -> Iterator[tuple[Any, ColumnElement[bool]]]:
    """A column of last four figures, or (it, the whole number): the tail, a longer tail, the beginning."""
    tail, whole = given if isinstance(given, tuple) else (given, None)
    same = tail == word[-TAIL:].upper()
    if len(word) == TAIL:
        yield tail, same
    elif whole is not None:
        yield tail, and_(same, contains(whole, word))
    if whole is not None and word.isdigit():
        yield whole, and_(*begins(whole, word))


def spelt(names: Sequence[Any], spellings: Sequence[Any], word: str) -> Iterator[tuple[Any, ColumnElement[bool]]]:
    """Look-ups by spelling: from the front of pinyin or initials, or mixed with characters (张w, 张wei明)."""
    low = word.lower()
    if _SPELT.fullmatch(low):
        for column in spellings:
            yield column, and_(*begins(column, low))
    elif _MIXED.fullmatch(low):
        shape = "%".join(run for run in _RUNS.findall(low) if not run.isascii())
        for column in spellings:
            same = [name for name in names if getattr(clause(name), "table", 0) == getattr(clause(column), "table", 1)]
            for name in same:
                for reading in readings(low):
                    yield column, and_(*begins(column, reading), name.like(f"{shape}%"))


def readings(mixed: str) -> tuple[str, str]:
    """Full pinyin and initials of a word in which some characters are spelt: 张wei明 -> zhangweiming, zweim."""
    parts = []
    for place, run in enumerate(_RUNS.findall(mixed)):
        if run.isascii():
            parts.append((run, run))
        else:  # only at the very front is a character read as a surname
            full, initials = pinyin(run if place == 0 else f"0{run}")
            parts.append((full.lstrip("0"), initials.lstrip("0")))
    return "".join(full for full, _ in parts), "".join(initials for _, initials in parts)


def begins(column: Any, word: str) -> list[ColumnElement[bool]]:
    """That a column of small letters and figures begins with a word, as a range an index serves.

    The last letter is counted up for the upper end: any sorting of the database puts letters in that order. What a
    sorting by language slips in between is kept out by comparing the beginning itself.
    """
    column = clause(column)
    found = [column >= word, column.like(f"{escaped(word)}%", escape="\\")]
    end = after(word)
    return [*found, column < end] if end else found


def after(word: str) -> str:
    """The first spelling behind all that begin with a word; "" when there is none."""
    head = word.rstrip("zZ")
    if not head or head[-1].lower() not in LETTERS:
        return ""
    following = LETTERS[LETTERS.index(head[-1].lower()) + 1]
    return head[:-1] + (following.upper() if head[-1].isupper() else following)


def contains(column: Any, word: str) -> ColumnElement[bool]:
    """That a text holds a word anywhere, letters large or small."""
    column, pattern = clause(column), f"%{escaped(word)}%"
    has_letters = any(char.isascii() and char.isalpha() for char in word)
    found = column.ilike(pattern, escape="\\") if has_letters else column.like(pattern, escape="\\")
    return found  # type: ignore[no-any-return]


def escaped(word: str) -> str:
    """A word whose percent signs and underlines stand for themselves."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
