"""Keeps the answer to “what must be printed anew” up to date beside the window, and says when it grew."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from shiboken6 import isValid

from gridoffice.core.errors import Cancelled
from gridoffice.core.log import log
from gridoffice.domain import reprints
from gridoffice.domain.reprints import CHANGED, GONE, Answer
from gridoffice.ui.dialogs import Toast
from gridoffice.ui.jobs import Worker

if TYPE_CHECKING:
    from gridoffice.modules.documents.reprint import Check
    from gridoffice.ui.window import MainWindow

FIRST = 2500  # milliseconds after the window was opened
WAIT = 1200  # milliseconds after the last change: a paste of many rows is asked about once
QUIET = 1000  # milliseconds between two looks whether the note on the screen is gone
EVERYTHING = "*"
"""As a touched table: nothing was asked yet."""


class Watch(QObject):
    """Asks on the window's worker after changes; `answered` tells each answer on the main thread."""

    answered = Signal(object)

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.main = window
        self.is_asking = False
        self.is_stopped = False
        self.worker = Worker(self)  # its own: with a book for each worker it may take a while
        self._touched: set[str] = {EVERYTHING}
        self._is_first = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.ask)
        window.committed.connect(self._changed)
        window.installEventFilter(self)
        self._timer.start(FIRST)

    @cached_property
    def check(self) -> Check:
        """What makes every paper again; imported with all makers when it is first asked, not when the window opens."""
        from gridoffice.modules.documents.reprint import Check

        return Check(self.main.office)

    def _changed(self, tables: set[str]) -> None:
        from gridoffice.modules.documents import reprint

        if tables & (reprint.TABLES | reprint.REGISTER | self.check.own_tables()):
            self._touched |= tables
            if not self.is_asking:
                self._timer.start(WAIT)

    def is_current(self) -> bool:
        """Whether nothing has changed since the last answer."""
        return not self._touched and not self.is_asking

    def ask(self) -> None:
        """Ask now; what is changed meanwhile is asked about afterwards."""
        self._timer.stop()
        if self.is_asking or self.is_stopped or self.main.office.as_of is not None:
            return
        self.is_asking = True
        touched, self._touched = self._touched - {EVERYTHING}, set()
        before = reprints.known(self.main.office)

        def work() -> Answer:
            self.check.forget(touched)
            return self.check.answer(self._go_on)

        self.worker.do(work, lambda answer: self._answered(before, answer), self._failed)

    def _go_on(self, _done: int, _total: int, _text: str) -> None:
        if self.is_stopped:
            raise Cancelled

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The thread ends with the window."""
        if event.type() == QEvent.Type.Close and watched is self.main:
            self.stop()
        return False

    def stop(self) -> None:
        """End the asking; what is under way stops at the next paper."""
        if not self.is_stopped:
            self.is_stopped = True
            self._timer.stop()
            self.worker.stop()

    def _answered(self, before: Answer | None, answer: Answer) -> None:
        if not isValid(self):
            return
        self.is_asking = False
        self.main.update_counts()
        self.answered.emit(answer)
        new = {one.item_id for one in answer.parts} - {one.item_id for one in (before or answer).parts}
        if new and not self._is_first:
            self._say(answer.number(CHANGED, GONE))
        self._is_first = False
        if self._touched:
            self._timer.start(WAIT)

    def _failed(self, problem: Exception) -> None:
        if isValid(self):
            self.is_asking = False
            if isinstance(problem, Cancelled):
                return
            log.warning("the check of issued papers failed", exc_info=problem)

    def _say(self, number: int) -> None:
        """Say it when the note of the step itself, which offers 撤销, has gone."""
        if not isValid(self):
            return
        if self.main.findChildren(Toast):
            QTimer.singleShot(QUIET, self, lambda: self._say(number))
        else:
            self.main.say(f"有 {number} 份文书要重印或收回，在“文书 → 要重印”里")


def start(window: MainWindow) -> None:
    """Begin to watch for a window."""
    Watch(window)


def of(window: MainWindow) -> Watch | None:
    """The watch of a window."""
    found = window.findChildren(Watch)
    return found[0] if found else None
