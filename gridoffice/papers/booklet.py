"""Imposes a paper as a booklet while it is drawn: two pages side by side, printed on both sides, folded and stapled.

It is done in the press itself: a page is written as a part that is placed later, so the booklet has the same fonts once
and the same words to be found; imposing the finished file page by page made one of fifteen megabytes out of a third of
one. Links and bookmarks have no meaning on sheets and are left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

QUIRE = 4
_FOLDS: ContextVar[bool] = ContextVar("folds", default=False)


def is_folding() -> bool:
    """Whether papers drawn now are booklets."""
    return _FOLDS.get()


@contextmanager
def folding() -> Iterator[None]:
    """Every paper drawn inside becomes a booklet, whoever draws it."""
    token = _FOLDS.set(True)
    try:
        yield
    finally:
        _FOLDS.reset(token)


def folded(draw: Callable[[], bytes]) -> bytes:
    """A paper as a booklet: print on both sides, turn on the short edge, fold in the middle, staple."""
    with folding():
        return draw()


def order(pages: int) -> list[tuple[int | None, int | None]]:
    """Left and right page (from 0, None: empty) of each side, front and back by turns: 8 1, 2 7, 6 3, 4 5 of eight."""
    whole = -(-pages // QUIRE) * QUIRE

    def one(number: int) -> int | None:
        return number if number < pages else None

    sides = []
    for sheet in range(whole // QUIRE):
        first, last = 2 * sheet, whole - 1 - 2 * sheet
        sides.append((one(last), one(first)))
        sides.append((one(first + 1), one(last - 1)))
    return sides
