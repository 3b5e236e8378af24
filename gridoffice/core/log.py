"""The program's own log on this machine: errors for whoever mends them, never personal data on purpose."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler

from gridoffice.core import paths

log = logging.getLogger("gridoffice")


def start() -> None:
    """Write warnings and errors to this machine's log file, half a megabyte at most, three kept."""
    if log.handlers:
        return
    handler = RotatingFileHandler(
        paths.private("log") / "gridoffice.log", maxBytes=500_000, backupCount=3, encoding="utf-8", delay=True
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
