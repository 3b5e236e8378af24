"""Starts the program: a command runs on the command line, no command opens the window."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module

from gridoffice.cli.parser import build
from gridoffice.core import log


def main(argv: Sequence[str] | None = None) -> int:
    """The program's one entry; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    args = build().parse_args(argv)
    log.start()
    if args.command is None:
        # Nothing made while starting is garbage: collecting only begins when the window stands (`app.run`).
        gc.disable()
        import_module("gridoffice.ui.binding").spare()
        from gridoffice import app

        return app.run(args)
    if args.command == "tour":
        from gridoffice import tour

        return tour.run(args)
    from gridoffice.cli.run import run

    return run(args)


if __name__ == "__main__":
    sys.exit(main())
