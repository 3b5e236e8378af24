"""Long work beside the window: one serial worker, progress with count and time left, cancel, results posted back."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QProgressBar, QVBoxLayout, QWidget

from gridoffice.core.errors import Cancelled
from gridoffice.core.progress import Progress
from gridoffice.ui import dialogs
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme


class Worker(QObject):
    """One thread for all work on the database, in the order it was asked for; `stop` ends it."""

    _posted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work: queue.Queue[Callable[[], None] | None] = queue.Queue()
        self._posted.connect(self._run_here, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._loop, name="gridoffice-worker", daemon=True)
        self._thread.start()

    def post(self, run: Callable[[], Any]) -> None:
        """Run something on the main thread soon; may be called from any thread."""
        self._posted.emit(run)

    def do(self, work: Callable[[], Any], then: Callable[[Any], Any], failed: Callable[[Exception], Any]) -> None:
        """Do work in the thread, then call one of the two on the main thread."""

        def step() -> None:
            try:
                result = work()
            except Exception as problem:
                caught = problem
                self.post(lambda: failed(caught))
            else:
                self.post(lambda: then(result))

        self._work.put(step)

    def stop(self) -> None:
        """Finish what is under way and end the thread."""
        self._work.put(None)
        self._thread.join(timeout=30)

    def _loop(self) -> None:
        while (step := self._work.get()) is not None:
            step()

    @staticmethod
    def _run_here(run: Callable[[], Any]) -> None:
        run()


class ProgressDialog(QDialog):
    """How far a long piece of work is: what, count, time left, cancel."""

    def __init__(self, parent: QWidget | None, title: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(theme.px(420))
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(20)] * 4)
        self.what = label(title, "heading")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.left = label("", "quiet")
        self.cancel = button("取消", self._cancel)
        for widget in (self.what, self.bar, self.left):
            body.addWidget(widget)
        body.addLayout(row(1, self.cancel))
        self.cancelled = threading.Event()
        self._begun = time.monotonic()

    def show_step(self, done: int, total: int, text: str) -> None:
        """Show one step; called on the main thread."""
        if text:
            self.what.setText(text)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        spent = time.monotonic() - self._begun
        if total and done and spent > 1:
            rest = max(1, round(spent * (total - done) / done))
            self.left.setText(f"{done:,} / {total:,}，大约还要 {rest} 秒")
        elif total:
            self.left.setText(f"{done:,} / {total:,}")

    def _cancel(self) -> None:
        self.cancelled.set()
        self.cancel.setEnabled(False)
        self.left.setText("正在停下……")

    def reject(self) -> None:
        """Esc cancels; the dialog goes when the work has stopped."""
        self._cancel()


def run(
    worker: Worker,
    parent: QWidget,
    title: str,
    work: Callable[[Progress], Any],
    then: Callable[[Any], Any],
) -> ProgressDialog:
    """Do long work with a progress dialog; `work` gets the progress to call and stops where it raises Cancelled."""
    dialog = ProgressDialog(parent, title)
    last = [0.0]

    def progress(done: int, total: int, text: str) -> None:
        if dialog.cancelled.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - last[0] > 0.05 or done == total:
            last[0] = now
            worker.post(lambda: dialog.show_step(done, total, text))

    def finish(result: Any) -> None:
        dialog.accept()
        then(result)

    def fail(problem: Exception) -> None:
        dialog.accept()
        dialogs.error(problem, parent)

    dialog.show()
    worker.do(lambda: work(progress), finish, fail)
    return dialog
