"""What a module says of itself, and the finder that collects all modules from their folders."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

Ref = str
"""A place in the code as "package.module:name", loaded on first use so that start stays quick."""


@dataclass(frozen=True)
class Count:
    """A number on 今日 that opens its list: the module's tab with a named filter."""

    key: str
    title: str
    number: int
    tone: str = "plain"  # plain | soon | late | done
    module: str = ""
    view: str = ""  # the named view of that module's list
    hint: str = ""


@dataclass(frozen=True)
class Command:
    """Something a person can start from menu, toolbar, shortcut or the search over everything; `run` gets the window.

    `refused` gets the window too and says why it cannot be done just now ("" when it can); `is_writing` commands are
    refused while a past day is looked at.
    """

    key: str
    text: str
    run: Callable[[Any], None]
    icon: str = ""
    shortcut: str = ""
    menu: str = ""  # 文件 | 编辑 | 查看 | 帮助; "": found by the search only
    refused: Callable[[Any], str] | None = None
    is_writing: bool = False


@dataclass(frozen=True)
class Action:
    """Something that can be done with one record of a list from the search; `run` gets the window and the id.

    With `run_many` it stands in the list's context menu too and gets the ids of all selected rows.
    """

    key: str
    listing: str
    text: str
    run: Callable[[Any, int], None]
    icon: str = ""
    is_writing: bool = False
    run_many: Callable[[Any, list[int]], None] | None = None


@dataclass(frozen=True)
class Module:
    """One tab: its title, where its page, tables and services are, and what it gives to the others."""

    key: str
    title: str
    order: int
    icon: str
    page: Ref = ""  # ":Page", a gridoffice.ui.page.Page
    listings: Ref = ""  # ":LISTINGS", tuple[gridoffice.domain.listing.Listing, ...] for tables, CLI, print, export
    counts: Ref = ""  # ":counts", (Office, on: date) -> list[Count]
    slides: Ref = ""  # ":slides", (Office, on: date) -> list[gridoffice.core.figures.Slide]
    sheets: Ref = ""  # ":SHEETS", tuple[gridoffice.exchange.kinds.SheetKind, ...]
    commands: Ref = ""  # ":COMMANDS", tuple[Command, ...]; may import Qt (ui only)
    sample: Ref = ""  # ":sample", (Session, gridoffice.domain.sample.Township) -> None
    belongings: Ref = ""  # ":BELONGINGS", tuple[gridoffice.domain.belongings.Belonging, ...]
    places: Ref = ""  # ":PLACES", tuple[(view, title, other words), ...]: parts of the page the search can go to
    actions: Ref = ""  # ":ACTIONS", tuple[Action, ...]: what can be done with a found record besides opening it
    facts: Ref = ""  # ":facts", (Session, resident ids, on: date) -> {id: text}: last and next visit; no diagnosis
    tour: Ref = ""  # ":tour", (MainWindow, grab: (QWidget, str) -> None) -> None: pictures beside that of the tab
    doors: Ref = ""  # ":DOORS", tuple[gridoffice.domain.doors.DoorKind, ...]: what waits behind a household's door
    contacts: Ref = ""  # ":PREMISES_SEEN", a select of premises_id and day: when somebody was at premises
    starts: Ref = ""  # ":start", (MainWindow) -> None: what goes on beside the window from its start
    endings: Ref = ""  # ":ENDINGS", gridoffice.domain.endings.Plans: what ends when a resident leaves


def load(ref: Ref) -> Any:
    """The object a reference names."""
    module, _, name = ref.partition(":")
    return getattr(importlib.import_module(module), name)


@lru_cache(maxsize=1)
def modules() -> tuple[Module, ...]:
    """Every module found in `gridoffice.modules`, in tab order; nothing but their `__init__` is imported."""
    package = importlib.import_module("gridoffice.modules")
    found = []
    for info in pkgutil.iter_modules(package.__path__):
        if info.ispkg:
            found.append(importlib.import_module(f"gridoffice.modules.{info.name}").MODULE)
    return tuple(sorted(found, key=lambda module: module.order))


def counts(office: Any, on: date) -> list[Count]:
    """All numbers for 今日, in tab order."""
    return [count for module in modules() if module.counts for count in load(module.counts)(office, on)]
