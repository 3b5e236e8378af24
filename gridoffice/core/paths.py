"""Where the program's own files and this machine's files lie."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def root() -> Path:
    """The folder that holds `resources/` and `forms/` (the checkout, or the frozen program)."""
    frozen = getattr(sys, "_MEIPASS", None)
    return Path(frozen) if frozen else Path(__file__).resolve().parents[2]


def resources() -> Path:
    """Icons, fonts, styles, sample and import synonyms shipped with the program."""
    return root() / "resources"


def forms() -> Path:
    """Checklists, programmes, papers and networks shipped with the program."""
    return root() / "forms"


def data() -> Path:
    """This machine's folder for offices, keys, drafts and logs; `GRIDOFFICE_HOME` moves it."""
    moved = os.environ.get("GRIDOFFICE_HOME")
    if moved:
        folder = Path(moved)
    else:
        import platformdirs

        folder = Path(platformdirs.user_data_dir("gridoffice", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def private(name: str) -> Path:
    """A sub-folder of `data()` that only this account may read."""
    folder = data() / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
