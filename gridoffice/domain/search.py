"""Search over everything: one text asked of every declared list, best hits first, in groups (F100, F101).

Three tiers: what equals the text (a name, its whole pinyin or initials, a number, a tail), what begins with it, what
holds it anywhere. The first two are asked through indexes, so that the best hits of 450,000 residents come first
without sorting all; the rest comes from the list's own search. Numbers are masked, health is named as an appointment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session

from gridoffice.core.module import Module, load, modules
from gridoffice.core.spelling import respelt
from gridoffice.core.text import narrow
from gridoffice.db.office import Office
from gridoffice.domain import facts
from gridoffice.domain.finding import LETTERS, begins, escaped, readings
from gridoffice.domain.grids import GridPast
from gridoffice.domain.lean import clause
from gridoffice.domain.listing import Column, Listing, Query, word_of

LIMIT = 50  # hits over all groups
FEW = 4  # hits of a list that only holds the text somewhere
AT_MOST = 1000  # where counting stops
RANK = ("staff", "residents", "grids", "households", "organisations", "premises", "help", "cases", "followup")
"""Kinds in the order people ask for them; the others follow in the order of their tabs."""

UNSEARCHED = frozenset({"coverage"})  # the grids once more, with other figures
TITLES = ("name", "head", "title", "place", "topic")
BESIDE = ("sex", "age", "relation", "role", "post", "kind", "category", "number", "day", "level")
WHERE = ("unit", "address", "village")
HIDDEN = frozenset({"household", "sha256"})
STATES = frozenset({"state", "standing"})
EXACT, BEGINS, HOLDS = 0, 1, 2
_LETTERS_FIRST = re.compile(r"[a-z]+[\u3400-\u9fff]+")  # z伟
TAIL = 4  # figures of a phone or ID number people know by heart
PEOPLE = frozenset({"residents", "staff", "followup"})


@dataclass(frozen=True)
class Hit:
    """A found record: its name, what stands beside it, a second line, its state ("tone|word")."""

    module: str
    listing: str
    id: int
    title: str
    beside: str
    under: str
    state: str
    tier: int


@dataclass(frozen=True)
class Group:
    """The hits of one list, best first; `total` counts up to AT_MOST."""

    module: str
    listing: str
    title: str
    icon: str
    hits: tuple[Hit, ...]
    total: int

    @property
    def count(self) -> str:
        """The total as people read it: 1,000 以上 where counting stopped."""
        return f"{AT_MOST:,} 以上" if self.total > AT_MOST else f"{self.total:,}"


def search(office: Office, text: str, limit: int = LIMIT) -> list[Group]:
    """The groups of hits for a text, the best group first; [] for an empty text."""
    if not narrow(text):
        return []
    asked = [(module, found) for module in modules() for found in _searched(module)]
    asked.sort(key=lambda pair: RANK.index(pair[1].key) if pair[1].key in RANK else len(RANK))
    with office.read() as session:
        ids = [_ids(session, found, text, found.day(office), limit) for _, found in asked]
        with_hits = sum(1 for one in ids if one)
        each = max(4, limit // max(1, with_hits))
        groups = [
            _group(session, office, module, found, text, some, each)
            for (module, found), some in zip(asked, ids, strict=True)
            if some
        ]
    # A group stands where its best hit belongs; among equals the order of kinds holds.
    groups.sort(key=lambda group: min(hit.tier for hit in group.hits))
    return groups


@lru_cache(maxsize=64)
def _searched(module: Module) -> tuple[Listing, ...]:
    known = load(module.listings) if module.listings and module.page else ()
    return tuple(found for found in known if found.names and found.key not in UNSEARCHED)


def _ids(session: Session, listing: Listing, text: str, on: date, limit: int) -> list[tuple[int, int]]:
    """Pairs of id and tier, best first."""
    words = narrow(text).split()
    word = words[0] if len(words) == 1 else ""
    found: dict[int, int] = {}
    by_code_point = session.get_bind().dialect.name == "sqlite"
    asks: list[tuple[int, Callable[[], Sequence[int]]]] = [
        (EXACT, lambda: _picked(session, listing, _equal(listing, word), on, limit)),
        (EXACT, lambda: _former(session, word) if listing.key == "grids" else []),
        (BEGINS, lambda: _picked(session, listing, _beginning(listing, word, by_code_point), on, limit)),
        (HOLDS, lambda: listing.first(session, text, limit, on).ids),
        (BEGINS, lambda: _picked(session, listing, _otherwise(listing, word), on, limit)),
    ]
    for tier, ask in asks:
        if len(found) < limit and (word or tier == HOLDS):
            for number in ask():
                found.setdefault(number, tier)
    return sorted(found.items(), key=lambda pair: pair[1])[:limit]


def _picked(
    session: Session, listing: Listing, condition: ColumnElement[bool] | None, on: date, limit: int
) -> list[int]:
    """Ids for which a condition on the list's own table holds, within the scope."""
    if condition is None:
        return []
    own = listing.condition(Query(on), session.info.get("scope"))
    wanted = listing.joins.select([listing.id], condition, own).where(condition, own).limit(limit)
    return list(session.scalars(wanted, {"on": on}))


def _own(listing: Listing, columns: Sequence[Any]) -> list[Any]:
    """The searched columns of the list's own table."""
    own = clause(listing.id).table
    return [column for column in columns if getattr(clause(column), "table", None) is own]


def _equal(listing: Listing, word: str) -> ColumnElement[bool] | None:
    """What equals the word: a name, its spelling, a number; for four figures and more the tail of one."""
    low = word.lower()
    if not low.isascii():
        return _any([column == word for column in _own(listing, listing.names[:1])])
    tests = [column == low for column in _own(listing, listing.pinyin)] if low.isalpha() else []
    if any(char.isdigit() for char in low):
        tests += [column == word.upper() for column in _own(listing, listing.codes)]
        if len(word) >= TAIL:
            tests += [test for given in listing.tails for test in _tail(listing, given, word.upper())]
    return _any(tests)


def _tail(listing: Listing, given: Any, word: str) -> list[ColumnElement[bool]]:
    tail, whole = given if isinstance(given, tuple) else (given, None)
    if not _own(listing, [tail]):
        return []
    same = tail == word[-TAIL:]
    if len(word) == TAIL:
        return [same]
    return [and_(same, whole.like(f"%{word}"))] if whole is not None and word[:-1].isdigit() else []


def _beginning(listing: Listing, word: str, by_code_point: bool) -> ColumnElement[bool] | None:
    """What begins with the word: a name, or a spelling."""
    low = word.lower()
    names = _own(listing, listing.names[:1])
    if _LETTERS_FIRST.fullmatch(low):
        shape = low.lstrip(LETTERS)
        known = [begins(column, reading) for column in _own(listing, listing.pinyin) for reading in readings(low)]
        return _any([and_(*test, name.like(f"%{shape}%")) for test in known for name in names])
    if not low.isascii():
        return _any([_from(column, word, by_code_point) for column in names])
    if not low.isalnum():
        return None
    return _any([and_(*begins(column, low)) for column in _own(listing, listing.pinyin)])


def _otherwise(listing: Listing, word: str) -> ColumnElement[bool] | None:
    """The word under other readings of surnames and of characters with two, in lists of names of people."""
    names, spellings = _own(listing, listing.names[:1]), _own(listing, listing.pinyin)
    if listing.key not in PEOPLE or not names or not spellings:
        return None
    return _any(
        [
            and_(*begins(column, spelling), names[0].like(pattern))
            for spelling, pattern in respelt(word.lower())
            for column in spellings
        ]
    )


def _from(column: Any, word: str, by_code_point: bool) -> ColumnElement[bool]:
    """That a name begins with characters; a database that sorts by code point serves the range by an index."""
    like: ColumnElement[bool] = column.like(f"{escaped(word)}%", escape="\\")
    return and_(column >= word, column < word[:-1] + chr(ord(word[-1]) + 1), like) if by_code_point else like


def _any(tests: list[Any]) -> ColumnElement[bool] | None:
    return or_(false(), *tests) if tests else None


def _former(session: Session, code: str) -> list[int]:
    """The units that once had a code."""
    if len(code) < TAIL or not code.isascii():
        return []
    return list(session.scalars(select(GridPast.unit_id).where(GridPast.code == code).distinct()))


# -- hits


def _group(
    session: Session, office: Office, module: Module, listing: Listing, text: str, ids: list[tuple[int, int]], each: int
) -> Group:
    on = listing.day(office)
    shown = [number for number, _ in ids[: each if ids[0][1] < HOLDS else min(each, FEW)]]
    tiers = dict(ids)
    rows = listing.rows_in(session, shown, on)
    known = facts.facts(session, shown, office.today()) if listing.key == "residents" else {}
    hits = []
    for number in shown:
        if number in rows:
            hits.append(_hit(module, listing, number, rows[number], tiers[number], known.get(number, "")))
    total = len(ids) if len(ids) < LIMIT else max(len(ids), listing.count_in(session, Query(on, text), AT_MOST + 1))
    is_private = any(column.is_private for column in listing.columns)
    title = "健康服务预约" if is_private else listing.title
    return Group(module.key, listing.key, title, module.icon, tuple(hits), total)


def _hit(module: Module, listing: Listing, number: int, texts: Sequence[str], tier: int, fact: str) -> Hit:
    cells = {
        column.key: (column, text)
        for column, text in zip(listing.columns, texts, strict=True)
        if text and not column.is_private and not column.is_extra and column.key not in HIDDEN
    }
    # Beside a record's own state only what stands out is worth the room: 照片 无, not 照片 有.
    states = [
        text if column.key in STATES else text.replace("|", f"|{column.title} ", 1)
        for column, text in cells.values()
        if column.kind == "state" and (column.key in STATES or not text.startswith(("quiet", "plain")))
    ]
    words = {key: _said(column, text) for key, (column, text) in cells.items() if column.kind != "state"}
    title = next((words.pop(key) for key in TITLES if key in words), "")
    beside = [words.pop(key) for key in BESIDE if key in words]
    title = title or (beside.pop(0) if beside else f"{listing.title} {number}")
    where = [words.pop(key) for key in WHERE if key in words]
    under = "　".join([*([fact] if fact else []), *where, *words.values()])
    return Hit(module.key, listing.key, number, title, "　".join(beside), under, states[-1] if states else "", tier)


def _said(column: Column, text: str) -> str:
    """A cell without its heading: bare figures are told with it."""
    word = word_of(column, text)
    if column.key == "age":
        return f"{word}岁"
    return f"{column.title}{word}" if column.kind in ("number", "date") and column.key != "day" else word


def recall(office: Office, records: Sequence[tuple[str, int]]) -> list[Hit]:
    """Records by list and id, in that order; those that are no more are left out."""
    found: list[Hit] = []
    known = {listing.key: (module, listing) for module in modules() for listing in _searched(module)}
    with office.read() as session:
        for key, number in records:
            if key in known:
                module, listing = known[key]
                rows = listing.rows_in(session, [number], listing.day(office))
                found += [_hit(module, listing, number, rows[number], HOLDS, "")] if number in rows else []
    return found
