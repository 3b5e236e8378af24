"""The lock beside an office file: one program at a time has it open, and a crash frees it."""

from __future__ import annotations

from pathlib import Path

from filelock import FileLock as Library
from filelock import Timeout


class Held(Exception):
    """Another window or program has the file."""


class FileLock:
    """A lock on a file of its own; the system frees it when the process ends, however that happens.

    Of the process, not of the thread: a restore works beside the window and must free what the window locked.
    """

    def __init__(self, path: Path) -> None:
        self._lock = Library(str(path), thread_local=False)

    def acquire(self) -> None:
        """Take the lock; raises Held, or OSError where no file can be written."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise Held from error

    def release(self) -> None:
        """Free the lock; nothing when it is free."""
        self._lock.release()
