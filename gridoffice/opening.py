"""Which office a command means, and its key."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.db import store
from gridoffice.db.office import Office
from gridoffice.domain import network_update


def target(args: argparse.Namespace) -> str:
    """The office named on the line or by GRIDOFFICE_OFFICE, else the one kept in this machine's data folder."""
    named = args.office or os.environ.get("GRIDOFFICE_OFFICE")
    return str(named) if named else str(default())


def default() -> Path:
    """The office file opened when none is named."""
    return paths.data() / "网格办.office"


def first_line(file: Path | None) -> str | None:
    """A secret kept in the first line of a file; raises OfficeError when it cannot be read."""
    if file is None:
        return None
    try:
        return file.read_text("utf-8").splitlines()[0].strip()
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise OfficeError(
            f"读不到“{file.name}”里的内容", do="请检查文件是否存在、第一行是否写有口令或恢复字"
        ) from error


def open_named(args: argparse.Namespace) -> Office:
    """Open the office a command means; asks for the passphrase where there is somebody to ask."""
    where = target(args)
    passphrase = first_line(args.passphrase_file) or os.environ.get("GRIDOFFICE_PASSPHRASE")
    words = first_line(args.words_file) or os.environ.get("GRIDOFFICE_WORDS")
    try:
        office = store.open_office(where, passphrase=passphrase, words=words)
    except store.Locked:
        if not sys.stdin.isatty():
            raise
        office = store.open_office(where, passphrase=getpass.getpass("请输入口令："))
    return ready(office, args)


def ready(office: Office, args: argparse.Namespace) -> Office:
    """An office that was just opened, with the day and user of the command, brought up to this program's networks."""
    office.on = args.on
    office.user = args.user or office.user
    try:
        network_update.update(office)
    except BaseException:
        office.close()
        raise
    return office
