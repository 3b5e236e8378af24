"""Finding again what an earlier import wrote: the n-th row with the same key, and the worker a name means."""

import re
from collections.abc import Callable
from typing import Any

from gridoffice.domain.grids import GridUnit
from gridoffice.domain.networks import Assignment
from gridoffice.domain.staff import Staff
from gridoffice.exchange.store import Key, Store, Values
from gridoffice.exchange.values import name_of
from gridoffice.exchange.work import Work

_BETWEEN = re.compile(r"[、,，;；/\s\u3000]+")


class Matcher:
    """Matches rows with records by a key that may repeat: the n-th row of a key is the n-th record of that key."""

    def __init__(self, store: Store, key: Callable[[Values], Key]) -> None:
        self.store, self.key = store, key
        self.known: dict[Key, list[int]] = {}
        self.used: dict[Key, int] = {}
        for row_id, row in store.rows.items():
            self.known.setdefault(key(row), []).append(row_id)

    def peek(self, values: Values) -> int | None:
        """The record the next row with this key will be matched with, None when it will be a new one."""
        key = self.key(values)
        known, place = self.known.get(key, ()), self.used.get(key, 0)
        return known[place] if place < len(known) else None

    def take(self, key: Key) -> int | None:
        """The record the next row with this key means; it is then used up."""
        place = self.used.get(key, 0)
        self.used[key] = place + 1
        known = self.known.get(key, ())
        return known[place] if place < len(known) else None

    def put(self, values: Values) -> tuple[int, str, list[tuple[str, Any, Any]]]:
        """Add or change the record of a row; gives its id, new/changed/same, and the differences."""
        return self.store.put(self.take(self.key(values)), values)


class Workers:
    """Finds the member of staff a sheet names beside a grid."""

    def __init__(self, work: Work) -> None:
        self.units = work.store(GridUnit).rows
        self.by_name: dict[str, list[int]] = {}
        for row_id, row in work.store(Staff).rows.items():
            self.by_name.setdefault(row["name"], []).append(row_id)
        self.posts: dict[int, set[int]] = {}
        for row in work.store(Assignment).rows.values():
            self.posts.setdefault(row["staff_id"], set()).add(row["unit_id"])
        self._found: dict[tuple[str, int | None], tuple[int | None, str]] = {}

    def find(self, text: str, unit_id: int | None) -> tuple[int | None, str]:
        """The first named person who is known (of several so named the one of this grid or village), and all names."""
        asked = (text, unit_id)
        if asked not in self._found:
            self._found[asked] = self._find(text, unit_id)
        return self._found[asked]

    def _find(self, text: str, unit_id: int | None) -> tuple[int | None, str]:
        whole, _mended = name_of(text)
        if not whole:
            return None, ""
        if whole in self.by_name:
            return self._nearest(self.by_name[whole], unit_id), whole
        names = [name for name in (name_of(part)[0] for part in _BETWEEN.split(text)) if name]
        for name in names:
            if name in self.by_name:
                return self._nearest(self.by_name[name], unit_id), "、".join(names)
        return None, "、".join(names) if len(names) > 1 and all(len(name) > 1 for name in names) else whole

    def _nearest(self, people: list[int], unit_id: int | None) -> int:
        if len(people) == 1 or unit_id is None:
            return people[0]
        village = self.units[unit_id]["parent_id"]
        here = [one for one in people if unit_id in self.posts.get(one, ())]
        near = [one for one in people if self.posts.get(one, set()) & {village}]
        return (here or near or people)[0]


def workers_of(work: Work) -> Workers:
    """The staff of this import by name."""
    return work.shared("workers", lambda: Workers(work))
