"""The import contracts run, hold, and catch a violation that is planted."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"

PLANTED = [
    ("layers", "gridoffice/core/text.py", "import gridoffice.domain.work"),
    ("independence", "gridoffice/modules/cases/service.py", "import gridoffice.modules.patrols.model"),
    ("inside", "gridoffice/modules/patrols/model.py", "import gridoffice.modules.patrols.service"),
    ("qt", "gridoffice/domain/work.py", "import PySide6.QtCore"),
    ("seen", "gridoffice/modules/cases/page.py", "import sqlalchemy"),
    ("spreadsheets", "gridoffice/domain/people.py", "import pandas"),
    ("pdf", "gridoffice/modules/documents/service.py", "import reportlab"),
]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", LINT], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(ROOT / "gridoffice", folder / "gridoffice", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_the_contracts_hold(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("contract", "file", "line"), PLANTED, ids=[planted[0] for planted in PLANTED])
def test_a_planted_violation_is_caught(copy: Path, contract: str, file: str, line: str) -> None:
    place = copy / file
    before = place.read_text("utf-8")
    place.write_text(f"{before}\n{line}\n", "utf-8")
    try:
        done = lint(copy)
    finally:
        place.write_text(before, "utf-8")
    assert done.returncode != 0
    assert "BROKEN" in done.stdout
