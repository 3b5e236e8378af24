"""Search over everything: one text asked of every declared list, best hits first, in groups (F100, F101).

Three tiers: what equals the text (a name, its whole pinyin or initials, a number, a tail), what begins with it, what
holds it anywhere. The first two are asked through indexes, so that the best hits of 450,000 residents come first
without sorting all; the rest comes from the list's own search. Numbers are masked, health is named as an appointment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.orm import Session

from gridoffice.core.module import Module, load, modules
from gridoffice.core.text import narrow
from gridoffice.db.office import Office
from gridoffice.domain import facts
from gridoffice.domain.fitting import AT_MOST, HOLDS, Fits, fit
from gridoffice.domain.listing import Column, Listing, word_of

LIMIT = 50  # hits over all groups
FEW = 4  # hits of a list that only holds the text somewhere
RANK = ("staff", "residents", "grids", "households", "organisations", "premises", "help", "cases", "followup")
"""Kinds in the order people ask for them; the others follow in the order of their tabs."""

UNSEARCHED = frozenset({"coverage"})  # the grids once more, with other figures
TITLES = ("name", "head", "title", "place", "topic")
BESIDE = ("sex", "age", "relation", "role", "post", "kind", "category", "number", "day", "level")
WHERE = ("unit", "address", "village")
HIDDEN = frozenset({"household", "sha256"})
STATES = frozenset({"state", "standing"})


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
    has_more: bool = False

    @property
    def count(self) -> str:
        """The total as people read it: 1,000 以上 where counting stopped, 86 以上 where not all were looked for."""
        return f"{min(self.total, AT_MOST):,}{' 以上' if self.has_more or self.total > AT_MOST else ''}"


def search(office: Office, text: str, limit: int = LIMIT) -> list[Group]:
    """The groups of hits for a text, the best group first; [] for an empty text."""
    if not narrow(text):
        return []
    asked = [(module, found) for module in modules() for found in _searched(module)]
    asked.sort(key=lambda pair: RANK.index(pair[1].key) if pair[1].key in RANK else len(RANK))
    with office.read() as session:
        found = [fit(session, listing, text, listing.day(office), limit) for _, listing in asked]
        each = max(4, limit // max(1, sum(1 for one in found if one.ids)))
        groups = [
            _group(session, office, module, listing, fits, each)
            for (module, listing), fits in zip(asked, found, strict=True)
            if fits.ids
        ]
    # A group stands where its best hit belongs; among equals the order of kinds holds.
    groups.sort(key=lambda group: min(hit.tier for hit in group.hits))
    return groups


@lru_cache(maxsize=64)
def _searched(module: Module) -> tuple[Listing, ...]:
    known = load(module.listings) if module.listings and module.page else ()
    return tuple(found for found in known if found.names and found.key not in UNSEARCHED)


# -- hits


def _group(session: Session, office: Office, module: Module, listing: Listing, fits: Fits, each: int) -> Group:
    shown = [number for number, _ in fits.ids[: each if fits.ids[0][1] < HOLDS else min(each, FEW)]]
    tiers = dict(fits.ids)
    rows = listing.rows_in(session, shown, listing.day(office))
    known = facts.facts(session, shown, office.today()) if listing.key == "residents" else {}
    hits = [
        _hit(module, listing, number, rows[number], tiers[number], known.get(number, ""))
        for number in shown
        if number in rows
    ]
    is_private = any(column.is_private for column in listing.columns)
    title = "健康服务预约" if is_private else listing.title
    return Group(module.key, listing.key, title, module.icon, tuple(hits), fits.total, fits.has_more)


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
    return f"{column.title} {word}" if column.kind in ("number", "date") and column.key != "day" else word


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
