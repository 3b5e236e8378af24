"""How well the records of a list fit what was typed: what equals a word, what begins with it, what holds it.

The first two are asked through indexes, so that the best of 450,000 records come first without sorting all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from gridoffice.core.spelling import respelt
from gridoffice.core.text import narrow
from gridoffice.domain.finding import LETTERS, TAIL, begins, escaped, readings
from gridoffice.domain.grids import GridPast
from gridoffice.domain.lean import clause, numbers
from gridoffice.domain.listing import Listing, Query

EXACT, BEGINS, HOLDS = 0, 1, 2
AT_MOST = 1000  # where counting stops
PEOPLE = frozenset({"residents", "staff", "followup"})
_LETTERS_FIRST = re.compile(r"[a-z]+[\u3400-\u9fff]+")  # z伟
_MIXED = re.compile(r"(?=.*[a-z])(?=.*[\u3400-\u9fff]).*")

Condition = ColumnElement[bool]


@dataclass(frozen=True)
class Fits:
    """Pairs of id and tier, best first; how many there are (counted to AT_MOST); whether more were not sought."""

    ids: tuple[tuple[int, int], ...] = ()
    total: int = 0
    has_more: bool = False


def fit(session: Session, listing: Listing, text: str, on: date, limit: int) -> Fits:
    """The best records of a list for a text."""
    words = narrow(text).split()
    if len(words) == 1 and listing.is_vast:
        return _among_many(session, listing, words[0], on, limit)
    word = words[0] if len(words) == 1 else ""
    first = listing.first(session, text, limit, on)
    found: dict[int, int] = {}
    if word and first.has_more:
        for tier, condition in ((EXACT, _equal(session, listing, word)), (BEGINS, _beginning(session, listing, word))):
            for number in _picked(session, listing, condition, on, limit):
                found.setdefault(number, tier)
    elif word and first.ids:
        found = _tiers(session, listing, word, first.ids)
    for number in first.ids:
        found.setdefault(number, HOLDS)
    if word and len(found) < limit:
        _add_readings(session, listing, word, on, limit, found)
    total = listing.count_in(session, Query(on, text), AT_MOST + 1) if first.has_more else len(found)
    return Fits(_ordered(found, limit), max(total, len(found)))


def _among_many(session: Session, listing: Listing, word: str, on: date, limit: int) -> Fits:
    """Through indexes first; the whole list is looked through only where they give too little."""
    conditions = [(EXACT, _equal(session, listing, word)), (BEGINS, _beginning(session, listing, word))]
    found: dict[int, int] = {}
    for tier, condition in conditions:
        if len(found) < limit:
            for number in _picked(session, listing, condition, on, limit):
                found.setdefault(number, tier)
    if len(found) >= limit:
        either = or_(false(), *(condition for _, condition in conditions if condition is not None))
        return Fits(_ordered(found, limit), _count(session, listing, either, on), has_more=not word.isascii())
    # Somebody's whole name was typed and is there: those whose names hold it somewhere are not worth a look at all.
    is_named = len(word) > 1 and not word.isascii() and EXACT in found.values()
    if not is_named and not (word.isalpha() and word.isascii() and found):
        for number in listing.first(session, word, limit, on).ids:
            found.setdefault(number, HOLDS)
    _add_readings(session, listing, word, on, limit, found)
    return Fits(_ordered(found, limit), len(found), has_more=is_named or len(found) >= limit)


def _add_readings(session: Session, listing: Listing, word: str, on: date, limit: int, found: dict[int, int]) -> None:
    """Former codes of grids; people whose names are read otherwise."""
    for number in _formerly(session, listing, word):
        found[number] = EXACT
    if len(found) < limit:
        for number in _picked(session, listing, _otherwise(listing, word), on, limit):
            found.setdefault(number, BEGINS)


def _ordered(found: dict[int, int], limit: int) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(found.items(), key=lambda pair: pair[1])[:limit])


def _tiers(session: Session, listing: Listing, word: str, ids: Sequence[int]) -> dict[int, int]:
    """How well some records fit: by what stands in the searched columns of their own table."""
    words = [*_own(listing, listing.names[:1]), *_own(listing, listing.pinyin)]
    whole = [one[1] if isinstance(one, tuple) else one for one in listing.tails]
    numbers = _own(listing, [*listing.codes, *whole])
    if not words and not numbers:
        return {}
    own, low = clause(listing.id), word.lower()
    found: dict[int, int] = {}
    wanted = select(own, *(clause(column) for column in (*words, *numbers))).where(own.in_(ids))
    for number, *texts in session.connection().execute(wanted):
        texts = [str(text or "").lower() for text in texts]
        is_tail = len(low) >= TAIL and any(text.endswith(low) for text in texts[len(words) :])
        if low in texts or is_tail:
            found[number] = EXACT
        elif any(text.startswith(low) for text in texts[: len(words)]) or _MIXED.fullmatch(low):
            found[number] = BEGINS
    return found


# -- conditions


def _picked(session: Session, listing: Listing, condition: Condition | None, on: date, limit: int) -> list[int]:
    if condition is None:
        return []
    return numbers(session, listing.picked(session, on, condition).limit(limit), on)


def _count(session: Session, listing: Listing, condition: Condition, on: date) -> int:
    some = listing.picked(session, on, condition).limit(AT_MOST + 1).subquery()
    return session.scalar(select(func.count()).select_from(some), {"on": on}) or 0


def _own(listing: Listing, columns: Sequence[Any]) -> list[Any]:
    """The searched columns of the list's own table."""
    own = clause(listing.id).table
    return [column for column in map(clause, columns) if getattr(column, "table", None) is own]


def _equal(session: Session, listing: Listing, word: str) -> Condition | None:
    """What equals the word: a name, its spelling, a number; for four figures and more the tail of one."""
    low = word.lower()
    if not low.isascii():
        tests = [column == word for column in _own(listing, listing.names[:1])]
        through = [[name == word for name in also.names] for also in listing.also]
    elif low.isalpha():
        tests = [column == low for column in _own(listing, listing.pinyin)]
        through = [[column == low for column in also.pinyin] for also in listing.also]
    else:
        tests = [column == word.upper() for column in _own(listing, listing.codes)]
        tests += [test for given in listing.tails for test in _tail(listing, given, word.upper())]
        through = []
    return _any([*tests, *_through(session, listing, through)])


def _through(session: Session, listing: Listing, tests: Sequence[Sequence[Any]]) -> list[Condition]:
    """The rows that are found by texts of another table; of very many (王) the first will do, unless a scope sifts."""
    found = []
    for also, some in zip(listing.also, tests, strict=False):
        if some:
            inner = select(clause(also.there)).where(or_(*some)).correlate(None)
            inner = inner if session.info.get("scope") is not None else inner.limit(4 * AT_MOST)
            found.append(clause(also.own).in_(inner))
    return found


def _tail(listing: Listing, given: Any, word: str) -> list[Condition]:
    tail, whole = given if isinstance(given, tuple) else (given, None)
    if len(word) < TAIL or not _own(listing, [tail]):
        return []
    same = tail == word[-TAIL:]
    if len(word) == TAIL:
        return [same]
    return [and_(same, whole.like(f"%{word}"))] if whole is not None and word[:-1].isdigit() else []


def _beginning(session: Session, listing: Listing, word: str) -> Condition | None:
    """What begins with the word: a name, or a spelling."""
    low = word.lower()
    if not low.isascii():
        by_code_point = session.get_bind().dialect.name == "sqlite"
        tests = [_from(column, word, by_code_point) for column in _own(listing, listing.names[:1])]
        through = [[_from(name, word, by_code_point) for name in also.names] for also in listing.also]
    elif low.isalnum():
        tests = [and_(*begins(column, low)) for column in _own(listing, listing.pinyin)]
        through = [[and_(*begins(column, low)) for column in also.pinyin] for also in listing.also]
    else:
        return None
    return _any([*tests, *_through(session, listing, through)])


def _otherwise(listing: Listing, word: str) -> Condition | None:
    """Letters before characters (z伟); in people's names other readings of surnames and of two-way characters."""
    names, spellings = _own(listing, listing.names[:1]), _own(listing, listing.pinyin)
    low = word.lower()
    if not names or not spellings:
        return None
    pairs = respelt(low) if listing.key in PEOPLE else []
    if _LETTERS_FIRST.fullmatch(low):
        pairs = [(reading, f"%{escaped(low.lstrip(LETTERS))}%") for reading in readings(low)]
    return _any([and_(*begins(one, spelt), names[0].like(shape)) for spelt, shape in pairs for one in spellings])


def _from(column: Any, word: str, by_code_point: bool) -> Condition:
    """That a name begins with characters; a database that sorts by code point serves the range by an index."""
    like: Condition = column.like(f"{escaped(word)}%", escape="\\")
    return and_(column >= word, column < word[:-1] + chr(ord(word[-1]) + 1), like) if by_code_point else like


def _formerly(session: Session, listing: Listing, code: str) -> list[int]:
    """The units that once had a code."""
    if listing.key != "grids" or len(code) < TAIL or not code.isascii():
        return []
    return list(session.scalars(select(GridPast.unit_id).where(GridPast.code == code).distinct()))


def _any(tests: Sequence[Any]) -> Condition | None:
    return or_(false(), *tests) if tests else None
