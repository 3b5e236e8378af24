"""How long work tells how far it is, without knowing who listens."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[int, int, str], None]
"""Called with done, total (0 = unknown) and a Chinese phrase; may raise `Cancelled`."""


def silent(done: int, total: int, text: str) -> None:
    """Listen to nothing."""
