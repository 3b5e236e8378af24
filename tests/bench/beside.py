"""Measures a piece of the program beside the bare SQL of the same answer: one run, turn about, processor time."""

from __future__ import annotations

import gc
import os
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROUNDS = 9
LIMIT = 1.5
WIDTH = 34


def turn_about(*runs: Callable[[], object], rounds: int = ROUNDS) -> list[list[float]]:
    """Milliseconds of processor time of each, round by round; the first call of each only warms up."""
    for run in runs:
        run()
    gc.collect()
    times: list[list[float]] = [[] for _ in runs]
    for _ in range(rounds):
        for place, run in enumerate(runs):
            begun = time.process_time()
            run()
            times[place].append((time.process_time() - begun) * 1000)
    return times


class Beside:
    """Prints a line for each measure; `connection` is the driver's own, on the same file.

    What is asked is seen in the end: allowed is 1.5 times the bare SQL and one paint of the window (`paint`).
    """

    def __init__(self, connection: Any, paint: float = 0) -> None:
        self.connection, self.paint = connection, paint
        print(f"画一次窗口 {paint:.1f} 毫秒")
        self.over: list[str] = []

    def bare(self, sql: str, **given: Any) -> Callable[[], list[Any]]:
        """A call that asks bare SQL and fetches every row."""
        return lambda: list(self.connection.execute(sql, given).fetchall())

    def told(
        self, word: str, ours: Callable[[], object], bare: Callable[[], object], rounds: int = ROUNDS, note: str = ""
    ) -> float:
        """Measure and print: the median of the rounds' ratios is what counts."""
        mine, theirs = turn_about(ours, bare, rounds=rounds)
        ratio = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
        is_seen = statistics.median(mine) <= LIMIT * statistics.median(theirs) + self.paint
        verdict = "达到" if ratio <= LIMIT else "达到（连绘制）" if is_seen else "没有达到"
        if not is_seen and ratio > LIMIT:
            self.over.append(word)
        wide = WIDTH - sum(ord(sign) > 0x2E80 for sign in word)
        print(
            f"{word:<{wide}} {statistics.median(mine):9.2f} 毫秒  裸查询 {statistics.median(theirs):9.2f}"
            f"  {ratio:6.2f} 倍  {verdict} {note}",
            flush=True,
        )
        return ratio


def connected(path: Path, key: bytes) -> Any:
    """The driver's own connection to an office file, as the program sets it up."""
    from gridoffice.db import keys
    from gridoffice.db.engine import _connect

    connection = _connect(path, key, keys.salt_of(path))
    connection.isolation_level = None
    return connection


def painted(office: Any, module: str) -> float:
    """Milliseconds of processor time of one paint of the window with a tab."""
    from gridoffice.ui import theme as looks
    from gridoffice.ui.screen import application
    from gridoffice.ui.window import MainWindow

    looks.apply(application(), "light", 100)
    window = MainWindow(office)
    window.resize(1366, 768)
    window.show()
    window.show_tab(module)
    [times] = turn_about(window.grab)
    window.close()
    return statistics.median(times)


def at_home(folder: Path) -> None:
    """Keep this machine's own settings out of a measurement."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["GRIDOFFICE_HOME"] = str(folder / "home")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
