"""What a paper is made from: its maker, what that may be asked for, and what it answers before there is a number."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from gridoffice.core.progress import Progress
from gridoffice.db.office import Office

Options = Mapping[str, Any]
"""What the office chose for a paper, by the keys of its maker's options; plain values that JSON can keep."""

ONLY = "only"
"""The option that every maker with items understands: the keys of the items to print, all when it is left out."""


@dataclass(frozen=True)
class Option:
    """One thing a paper can be asked for.

    `kind`: unit (id of a unit or None for the whole office), choice, number, tick, text, staff (id of a worker or
    None for all), day, list, view; the page knows a field for each. `levels`: of a unit, which levels are offered.
    """

    key: str
    title: str
    kind: str
    choices: tuple[tuple[Any, str], ...] = ()
    default: Any = None
    levels: tuple[int, ...] = ()
    is_required: bool = False  # a unit must be chosen
    low: int = 0
    high: int = 100
    about: str = ""
    # Its values are different things that stand beside each other (A4, 600×900): one does not replace the other.
    is_variant: bool = False


VARIANTS = frozenset({"size", "format", "edition", "form"})
"""Options of these keys tell variants apart without saying so."""


@dataclass(frozen=True)
class Item:
    """A part of a paper that is handed out, hung up and printed anew by itself: one card, one board, one chapter.

    `key` says whose it is and holds over years ("staff:12", "unit:7"); `view` is everything that stands on it. Fields
    of the view that hold the paper's own number and day are not compared (`facts.SKIPPED`).
    """

    key: str
    title: str
    view: Any


@dataclass(frozen=True)
class Prepared:
    """A paper known but for its number: `draw` gives the bytes for a number; `notes` are told before printing.

    `seal`: where the visible signature stands (points: left, bottom, right, top) when its kind is signed.
    `sign`: of its numbers, where it is not the kind's own. `is_numbered_each`: every item has a number of its own, from
    the one `draw` gets upwards, and a line of its own in the register. `draw_telling` draws as `draw` does and tells
    how far it is.
    """

    title: str
    draw: Callable[[str], bytes]
    items: tuple[Item, ...] = ()
    notes: tuple[str, ...] = ()
    unit_id: int | None = None
    seal: tuple[float, float, float, float] | None = None
    sign: str = ""
    is_numbered_each: bool = False
    draw_telling: Callable[[str, Progress], bytes] | None = None


@dataclass(frozen=True)
class Maker:
    """A kind of paper that the page, the command line, the batch, the register and the reprint check are made from.

    `kind` is a key of `domain.papers.KINDS`, `key` that of the maker (the kind, where one maker makes it all).
    `prepare` raises OfficeError when the paper cannot be made. `each`: the files of a batch, as titles and options.
    `is_tracked`: what stands on it is kept when it is issued, and compared when one asks what must be printed anew.
    `is_secret`: it is not shown before somebody asks for it.
    """

    kind: str
    title: str
    group: str
    icon: str
    about: str
    prepare: Callable[[Office, Options], Prepared]
    options: tuple[Option, ...] = ()
    each: Callable[[Office, Options], list[tuple[str, dict[str, Any]]]] | None = None
    each_title: str = ""  # of the batch: 每人一份
    is_tracked: bool = False
    is_secret: bool = False
    key: str = ""
    order: int = 50
    tables: frozenset[str] = field(default_factory=frozenset)

    @property
    def name(self) -> str:
        """Its own key."""
        return self.key or self.kind

    def variant(self, options: Options) -> str:
        """What tells a paper from others of the same thing: A3, 600×900."""
        told = [options.get(one.key, one.default) for one in self.options if one.is_variant or one.key in VARIANTS]
        return " ".join(str(value) for value in told if value not in (None, ""))

    def scope(self, options: Options) -> str:
        """Whose a paper is, for parts whose key does not say it: the phone list of one worker's book."""
        told = [(one.key, options.get(one.key)) for one in self.options if one.kind in ("unit", "staff")]
        return " ".join(f"{key}={value}" for key, value in told if value)

    def defaults(self) -> dict[str, Any]:
        """What it is asked for before anybody chose."""
        return {option.key: option.default for option in self.options}


@lru_cache(maxsize=1)
def makers() -> tuple[Maker, ...]:
    """Every maker found in `documents/makers`, in the order of the page."""
    package = importlib.import_module("gridoffice.modules.documents.makers")
    found: list[Maker] = []
    for info in pkgutil.iter_modules(package.__path__):
        found += importlib.import_module(f"{package.__name__}.{info.name}").MAKERS
    return tuple(sorted(found, key=lambda maker: (maker.order, maker.name)))


def maker(name: str) -> Maker:
    """A maker by its key; raises KeyError."""
    return {one.name: one for one in makers()}[name]


def chosen(items: tuple[Item, ...], options: Options) -> tuple[Item, ...]:
    """The items asked for."""
    only = options.get(ONLY)
    return items if only is None else tuple(item for item in items if item.key in set(only))
