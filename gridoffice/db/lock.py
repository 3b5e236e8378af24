"""The lock beside an office file: one program at a time has it open, and a crash frees it.

Written here because loading the library for it takes longer than opening the file does.
"""

from __future__ import annotations

import os
import sys
from errno import EACCES, EAGAIN, EDEADLK
from pathlib import Path

HELD = frozenset({EACCES, EAGAIN, EDEADLK})
"""What systems answer when somebody else has the lock."""


class Held(Exception):
    """Another window or program has the file."""


class FileLock:
    """A lock on a file of its own; the system frees it when the process ends, however that happens."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None

    def acquire(self) -> None:
        """Take the lock; raises Held, or OSError where no file can be written."""
        file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _take(file)
        except OSError as error:
            os.close(file)
            if error.errno in HELD:
                raise Held from error
            raise
        self._file = file

    def release(self) -> None:
        """Free the lock; nothing when it is free."""
        if self._file is not None:
            _free(self._file)
            os.close(self._file)
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    def _free(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _free(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
