"""The lock beside an office file: one at a time, of the process, freed by release and by a crash."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from gridoffice.db.lock import FileLock, Held

HOLD = """
import sys
from pathlib import Path
from gridoffice.db.lock import FileLock
lock = FileLock(Path(sys.argv[1]))
lock.acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_one_at_a_time_and_freed_from_another_thread(tmp_path: Path) -> None:
    path = tmp_path / "云溪.office.lock"
    first, second = FileLock(path), FileLock(path)
    first.acquire()
    with pytest.raises(Held):
        second.acquire()
    freeing = Thread(target=first.release)  # a restore works beside the window and frees what the window locked
    freeing.start()
    freeing.join()
    second.acquire()
    second.release()
    second.release()


def test_another_process_holds_it_until_it_is_killed(tmp_path: Path) -> None:
    path = tmp_path / "云溪.office.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == "held\n"
        lock = FileLock(path)
        with pytest.raises(Held):
            lock.acquire()
        other.kill()
        other.wait()
        lock.acquire()
        lock.release()
