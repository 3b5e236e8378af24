"""The program's own log on this machine: errors for whoever mends them, never personal data on purpose."""

from __future__ import annotations

import logging

from gridoffice.core import paths

log = logging.getLogger("gridoffice")


class _Late(logging.Handler):
    """Opens the log file when there is something to write: the file handlers cost a start ten milliseconds."""

    def emit(self, record: logging.LogRecord) -> None:
        """Put the real handler in this one's place and hand the record on."""
        from logging.handlers import RotatingFileHandler

        real = RotatingFileHandler(
            paths.private("log") / "gridoffice.log", maxBytes=500_000, backupCount=3, encoding="utf-8"
        )
        real.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        log.removeHandler(self)
        log.addHandler(real)
        real.handle(record)


def start() -> None:
    """Write warnings and errors to this machine's log file, half a megabyte at most, three kept."""
    if not log.handlers:
        log.addHandler(_Late())
        log.setLevel(logging.INFO)
