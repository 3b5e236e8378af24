"""The ids of a list as a sequence that fetches what is looked at, so that a county's list opens like a village's."""

from __future__ import annotations

import time
from array import array
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Any, overload

from gridoffice.db.office import Office
from gridoffice.domain.listing import Listing, Query

BLOCK = 50
SURE = 5000
"""Up to so many rows are counted at once; what is longer, or was typed for, is counted after it was first shown."""
KEPT = 128  # blocks
PATIENCE = 0.05
"""Seconds after which a block counts as slow (no index gives its order): the next look reads all ids, 8 bytes each."""


class Ids(Sequence[int]):
    """The ids a query wants, in order. `known` rows are there for sure; `len` counts when they are not counted yet."""

    def __init__(
        self, office: Office | None = None, listing: Listing | None = None, query: Query | None = None
    ) -> None:
        self._office, self._listing, self._query = office, listing, query
        self._blocks: OrderedDict[int, Sequence[int]] = OrderedDict()
        self._all: array[int] | None = None
        self._total: int | None = 0
        self._is_slow = False
        self.known = 0
        if office is not None:
            self._begin()

    @property
    def is_counted(self) -> bool:
        """Whether the number of rows is known."""
        return self._total is not None

    def _begin(self) -> None:
        first = self._timed(0, None)
        self._blocks[0] = first
        self.known, self._total = len(first), len(first) if len(first) < BLOCK else None
        assert self._query is not None
        if self._total is None and not self._is_slow and not self._query.text.strip():
            self.known = self._ask("count_in", self._query, SURE)
            self._total = self.known if self.known < SURE else None

    def _ask(self, what: str, *given: Any) -> Any:
        assert self._office is not None
        with self._office.read() as session:
            return getattr(self._listing, what)(session, *given)

    def _timed(self, number: int, total: int | None) -> Sequence[int]:
        begun = time.perf_counter()
        found: Sequence[int] = self._ask("slice_in", self._query, number * BLOCK, BLOCK, total)
        self._is_slow = self._is_slow or time.perf_counter() - begun > PATIENCE
        return found

    def settle(self) -> int:
        """Count the rows if they are not counted yet; how many there are."""
        if self._total is None:
            if self._is_slow:
                self._read_all()
            else:
                self._total = self._ask("count_in", self._query)
            self.known = self._total or 0
        return self._total or 0

    def _read_all(self) -> array[int]:
        if self._all is None:
            assert self._office is not None and self._listing is not None and self._query is not None
            with self._office.read() as session:
                self._all = array("q", self._listing.walk_in(session, self._query))
            self._total = self.known = len(self._all)
            self._blocks.clear()
        return self._all

    def whole(self) -> Sequence[int]:
        """All ids at once, 8 bytes each: for going through the whole list."""
        return self._read_all()

    def block(self, number: int) -> Sequence[int]:
        """The ids at places `number * BLOCK` and following."""
        if self._all is None and number not in self._blocks and self._is_slow:
            self._read_all()
        if self._all is not None:
            return self._all[number * BLOCK : (number + 1) * BLOCK]
        if number not in self._blocks:
            self._blocks[number] = self._timed(number, self._total)
            if len(self._blocks) > KEPT:
                self._blocks.popitem(last=False)
        self._blocks.move_to_end(number)
        return self._blocks[number]

    def place_of(self, record: int, near: int = 0) -> int | None:
        """The place of a record, looked for around `near` first; None when it is not in the list."""
        if self._all is not None:
            return self._all.index(record) if record in self._all else None
        if 0 <= near < self.known:
            self.block(near // BLOCK)
        for number, block in self._blocks.items():
            if record in block:
                return number * BLOCK + block.index(record)
        if self._office is None or (self._total is not None and self._total <= BLOCK):
            return None
        found: int | None = self._ask("place_in", self._query, record)
        return found

    def index(self, record: int, start: int = 0, stop: int | None = None) -> int:
        """The place of a record; raises ValueError when it is not in the list."""
        place = self.place_of(record)
        if place is None or place < start or (stop is not None and place >= stop):
            raise ValueError(record)
        return place

    def __len__(self) -> int:
        return self.settle()

    def __bool__(self) -> bool:
        return self.known > 0

    @overload
    def __getitem__(self, place: int) -> int: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[int]: ...
    def __getitem__(self, place: int | slice) -> int | Sequence[int]:
        if isinstance(place, slice):
            return self._between(*place.indices(len(self)))
        if place < 0:
            place += len(self)
        block = self.block(place // BLOCK) if place >= 0 else ()
        return block[place % BLOCK]

    def _between(self, start: int, stop: int, step: int) -> list[int]:
        if self._is_slow and stop - start > BLOCK:
            self._read_all()
        if self._all is not None:
            return list(self._all[start:stop:step])
        if step == 1 and stop - start > BLOCK:
            found: list[int] = self._ask("slice_in", self._query, start, stop - start, self._total)
            return found
        return [self[place] for place in range(start, stop, step)]

    def __contains__(self, record: object) -> bool:
        return isinstance(record, int) and self.place_of(record) is not None

    def __iter__(self) -> Iterator[int]:
        if self._total is not None and self._total <= BLOCK and self._all is None:
            return iter(self.block(0) if self._total else ())
        return iter(self._read_all())

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]
