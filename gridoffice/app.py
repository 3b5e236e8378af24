"""Opens the window: the office, the looks, the first tab."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QInputDialog, QLineEdit

from gridoffice import opening
from gridoffice.core import settings as machine
from gridoffice.core.errors import OfficeError
from gridoffice.db import drafts, store
from gridoffice.db.office import Office
from gridoffice.ui import dialogs
from gridoffice.ui.drafts import left_over
from gridoffice.ui.screen import application

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


def choose_office(args: argparse.Namespace) -> Office:
    """The office to open: named, last used, kept in the data folder; else a new one with the sample township."""
    named = args.office or os.environ.get("GRIDOFFICE_OFFICE") or str(machine.get("office"))
    if not args.office and named and not store.is_url(named) and not Path(named).exists():
        named = ""
    args.office = named or str(opening.default())
    if not store.is_url(args.office) and not Path(args.office).exists():
        return _with_sample(Path(args.office))
    return _unlocked(args)


def _with_sample(path: Path) -> Office:
    from gridoffice.domain import sample, setup

    office = store.create(path)
    try:
        setup.prepare(office, name=sample.TOWN_NAME)
        sample.fill(office)
    except BaseException:
        office.close()
        path.unlink(missing_ok=True)
        raise
    return office


def _unlocked(args: argparse.Namespace) -> Office:
    """Open; where this machine has no key, ask for the passphrase or the recovery words until it opens."""
    try:
        return opening.open_named(args)
    except store.Locked as locked:
        problem = locked.sentence
    while True:
        text, is_given = QInputDialog.getText(
            None, "打开办公文件", f"{problem}\n\n口令，或恢复单上的 24 个字：", QLineEdit.EchoMode.Password
        )
        if not is_given:
            raise OfficeError("没有打开办公文件", safe="文件没有改动")
        plain = "".join(text.split())
        is_words = len(plain) == 24 and not plain.isascii()
        try:
            office = store.open_office(
                args.office, words=plain if is_words else None, passphrase=None if is_words else text
            )
        except OfficeError as error:
            problem = error.sentence
            continue
        return opening.ready(office, args)


def _begin(window: MainWindow) -> None:
    """Fill 今日; what was made until now stays, so the collector need not look at it again."""
    if not window.current:
        window.show_tab("today")
    told = left_over(window.office)
    if told:
        window.say(told)
        window.saved.setText(told)
    drafts.clear_old(window.office, datetime.now())
    gc.freeze()
    gc.enable()


def run(args: argparse.Namespace) -> int:
    """Open the window and stay until it is closed; the exit code."""
    app = application()
    dialogs.catch_all()
    try:
        office = choose_office(args)
    except OfficeError as error:
        print(error.sentence, file=sys.stderr)
        dialogs.error(error)
        return 1
    office.on = args.on
    office.user = args.user or str(machine.get("user")) or office.user
    from gridoffice.ui.window import MainWindow

    window = MainWindow(office)
    window.show()
    # The frame stands first; what a tab needs is imported when the tab is shown.
    QTimer.singleShot(0, lambda: _begin(window))
    if office.path:
        machine.put("office", str(office.path.resolve()))
    try:
        return app.exec()
    finally:
        office.close()
