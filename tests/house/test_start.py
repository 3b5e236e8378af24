"""What opening the window must not import: each stands for time that somebody with an old computer waits."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from gridoffice.db import store
from gridoffice.domain import sample

LATER = frozenset({
    "PIL", "alembic", "argon2", "cryptography", "email.mime", "http", "mnemonic", "numpy", "openpyxl", "pandas",
    "pikepdf", "psycopg", "pyhanko", "pypdfium2", "pyqtgraph", "python_calamine", "reportlab", "statistics",
    "xlsxwriter", "xml", "zxingcpp", "PySide6.QtPrintSupport", "PySide6.QtTest", "gridoffice.exchange",
    "gridoffice.tour", "gridoffice.domain.sample",
})  # fmt: skip
"""Neither for the window nor for 今日, but those a number of 今日 needs."""
FOR_NUMBERS = frozenset({"statistics", "gridoffice.domain.sample"})
NOT_FOR_THE_FIRST_TAB = frozenset({"pypinyin", "gridoffice.ui.table", "gridoffice.domain.search"})
WITH_THE_FIRST_TAB = frozenset({
    "pypinyin", "gridoffice.papers", "gridoffice.forms", "gridoffice.ui.table", "gridoffice.ui.fields",
    "gridoffice.ui.editor",
    "gridoffice.domain.search", "gridoffice.domain.listing", "gridoffice.domain.people", "gridoffice.domain.staff",
    "gridoffice.domain.networks", "gridoffice.domain.work",
})  # fmt: skip
"""Not for the window itself: it is there first, then the tab is filled."""

OPENED = """
import json, os, sys
import gridoffice.__main__ as start
from PySide6.QtWidgets import QApplication
def shown():
    window = next(one for one in QApplication.topLevelWidgets() if one.inherits("QMainWindow"))
    while sys.argv[2] == "filled" and not window.pages:
        QApplication.processEvents()
    window.grab()
    print(json.dumps(sorted(sys.modules)), flush=True)
    os._exit(0)
QApplication.exec = staticmethod(shown)
start.main(["--office", sys.argv[1]])
"""

WATCH = """
import inspect
read, old = [], inspect.getsource
def noting(one):
    read.append(one)
    return old(one)
inspect.getsource = noting
"""


def _imported(office: Path, what: str) -> set[str]:
    words = [sys.executable, "-c", OPENED, str(office), what]
    told = subprocess.run(words, check=True, capture_output=True, text=True)
    return set(json.loads(told.stdout.splitlines()[-1]))


def _found(modules: set[str], unwanted: frozenset[str]) -> set[str]:
    return {one for one in unwanted if one in modules or any(name.startswith(f"{one}.") for name in modules)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The sample's file, closed."""
    made = store.create(tmp_path / "示例.office")
    sample.fill(made)
    made.close()
    return tmp_path / "示例.office"


def test_the_window_opens_with_the_least(path: Path) -> None:
    modules = _imported(path, "frame")
    assert "gridoffice.ui.window" in modules
    assert _found(modules, LATER | WITH_THE_FIRST_TAB) == set()
    inside = {name for name in modules if name.startswith("gridoffice.modules.") and name.count(".") > 2}
    assert {name.rpartition(".")[2] for name in inside} <= {"commands", "page_watch"}, (
        "menu entries and what a module starts"
    )


def test_the_binding_does_not_read_sources(path: Path) -> None:
    code = OPENED.replace("import json, os, sys", f"import json, os, sys{WATCH}")
    code = code.replace("sorted(sys.modules)", "len(read)")
    told = subprocess.run(
        [sys.executable, "-c", code, str(path), "frame"], check=True, capture_output=True, text=True
    ).stdout.splitlines()[-1]
    assert int(told) < 40, "only what is imported before the window's own modules"


def test_the_first_tab_is_filled_without_what_it_does_not_show(path: Path) -> None:
    modules = _imported(path, "filled")
    assert "gridoffice.modules.today.page" in modules
    assert _found(modules, (LATER | NOT_FOR_THE_FIRST_TAB) - FOR_NUMBERS) == set()
