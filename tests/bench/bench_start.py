"""Start to a shown window on the sample, against a bare PySide6 window with one table; whole processes, offscreen.

python tests/bench/bench_start.py [rounds]

The ratios are those of processor time, turn about in one run: on a shared machine seconds say nothing.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

BARE = """
import os
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication([])
window, table, model = QMainWindow(), QTableView(), QStandardItemModel()
for n in range(100):
    model.appendRow([QStandardItem(f"{n}-{m}") for m in range(8)])
table.setModel(model)
window.setCentralWidget(table)
window.resize(1366, 768)
window.show()
app.processEvents()
window.grab()
os._exit(0)
"""

OURS = """
import os, sys
sys.path.insert(0, sys.argv[1])
import gridoffice.__main__ as start
from gridoffice.db import store
from gridoffice import app
from PySide6.QtWidgets import QApplication
def shown():
    window = next(one for one in QApplication.topLevelWidgets() if one.inherits("QMainWindow"))
    while sys.argv[3] == "filled" and not window.pages:
        QApplication.processEvents()
    window.grab()
    os._exit(0)
QApplication.exec = staticmethod(shown)
start.main(["--office", sys.argv[2]])
"""


def timed(code: str, *words: str, home: str) -> tuple[float, float]:
    """Seconds of one whole process up to its painted window: by the clock, and of the processor."""
    begun, before = time.perf_counter(), os.times()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "GRIDOFFICE_HOME": home}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its byte code
    subprocess.run([sys.executable, "-c", code, *words], check=True, env=environment, stderr=subprocess.DEVNULL)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - begun, spent


def main(rounds: int = 7) -> None:
    """Print both medians of interleaved rounds and the ratio."""
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as name:
        os.environ["GRIDOFFICE_HOME"] = name
        from gridoffice.db import store
        from gridoffice.domain import sample

        office = store.create(Path(name) / "示例.office")
        sample.fill(office)
        office.close()
        words = (str(ROOT), str(Path(name) / "示例.office"))
        timed(BARE, home=name), timed(OURS, *words, "filled", home=name)
        rows = []
        for _ in range(rounds):
            rows.append(
                [timed(OURS, *words, what, home=name) for what in ("frame", "filled")] + [timed(BARE, home=name)]
            )
    ratios = [statistics.median(row[place][1] / row[2][1] for row in rows) for place in (0, 1)]
    words_of = []
    for one in zip(*rows, strict=True):
        clock, spent = (statistics.median(pair[place] for pair in one) for place in (0, 1))
        words_of.append(f"{clock:.2f} 秒（处理器 {spent:.2f} 秒）")
    print(f"空的 PySide6 窗口加一张表：{words_of[2]}")
    print(f"本程序到窗口显示：{words_of[0]}，{ratios[0]:.2f} 倍（要求不超过 4）")
    print(f"本程序到今日页填好：{words_of[1]}，{ratios[1]:.2f} 倍")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
