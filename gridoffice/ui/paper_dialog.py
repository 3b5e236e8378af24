"""A paper in a window of its own before it is printed or saved: what is seen is what is printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gridoffice.core.progress import Progress, silent
from gridoffice.ui import dialogs, jobs, printing
from gridoffice.ui.panel import button, label, row, scrolling
from gridoffice.ui.paper_print import PrintPanel
from gridoffice.ui.paper_view import PaperView
from gridoffice.ui.theme import theme

SIDE = 250


class PaperDialog(QDialog):
    """Pages at the left, the printer at the right. `saved` and `printed` tell what was done with it."""

    def __init__(
        self, parent: QWidget | None, title: str, source: bytes | Path, *, file_name: str, notes: Sequence[str] = ()
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.source, self.file_name = source, file_name
        self.saved: Path | None = None
        self.printed = 0
        self.view = PaperView()
        self.printer = PrintPanel()
        self.view.show_file(source)
        self.printer.show_sizes(self.view.pages.sizes)
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(14)] * 4)
        body.setSpacing(theme.px(10))
        middle = row(spacing=14)
        middle.addWidget(self.view, 1)
        middle.addWidget(self._side(title, notes))
        body.addLayout(middle, 1)
        self.printer.changed.connect(self._able)
        self._able()
        QShortcut(QKeySequence("Ctrl+P"), self, self.print_button.click)
        self.finished.connect(lambda _result: self.view.stop())
        self._size(parent)
        self.view.area.setFocus()

    def _size(self, parent: QWidget | None) -> None:
        """Nearly as large as the window it stands on, and never larger than the screen."""
        base = parent.window().size() if parent is not None else self.screen().availableSize()
        room = self.screen().availableSize()
        wide, high = min(max(base.width() - 80, 760), room.width()), min(max(base.height() - 60, 520), room.height())
        self.resize(wide, high)

    def _side(self, title: str, notes: Sequence[str]) -> QWidget:
        holder = QWidget()
        side = QVBoxLayout(holder)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(theme.px(8))
        choices = QWidget()
        inner = QVBoxLayout(choices)
        inner.setContentsMargins(0, 0, theme.px(4), 0)
        inner.addWidget(label(title, "heading", wrap=True))
        for note in notes:
            inner.addWidget(label(note, "notice", wrap=True))
        inner.addWidget(self.printer)
        inner.addStretch(1)
        side.addWidget(scrolling(choices), 1)
        self.print_button = button("打印", self.send, kind="primary")
        self.print_button.setToolTip("送到打印机（Ctrl+P）")
        self.save_button = button("存成 PDF…", self.save, shortcut="Ctrl+S", icon="export")
        self.close_button = button("关闭", self.reject)
        self.print_button.setDefault(True)
        for one in (self.print_button, self.save_button, self.close_button):
            side.addWidget(one)
        holder.setFixedWidth(max(theme.px(SIDE), choices.minimumSizeHint().width() + theme.px(20)))
        return holder

    def _able(self) -> None:
        self.print_button.setEnabled(not self.printer.problem)

    def showEvent(self, event: Any) -> None:
        """Look for printers again: one may have been switched on meanwhile."""
        super().showEvent(event)
        QTimer.singleShot(0, self.printer.look)

    def send(self) -> None:
        """Print it."""
        dialogs.guarded(self, lambda: print_out(self, self.source, self.printer, self.file_name, self._sent))

    def _sent(self, number: int) -> None:
        self.printed += number
        self.accept()
        parent = self.parentWidget()
        if parent is not None:
            dialogs.toast(parent, f"已送到打印机：{Path(self.file_name).stem}，{number} 页")

    def save(self) -> None:
        """Save it as a file."""
        from gridoffice.domain.papers import save

        path = dialogs.save_file(self, "存成 PDF", self.file_name, "PDF (*.pdf)")
        if path is None:
            return
        data = self.source if isinstance(self.source, bytes) else self.source.read_bytes()
        if dialogs.guarded(self, lambda: save(path, data)):
            self.saved = path
            dialogs.toast(self.parentWidget() or self, f"已存为“{path.name}”")
            self.accept()


def worker_of(widget: QWidget | None) -> jobs.Worker | None:
    """The worker of the window that a widget or dialog belongs to."""
    while widget is not None:
        found = getattr(widget.window(), "worker", None)
        if isinstance(found, jobs.Worker):
            return found
        widget = widget.window().parentWidget()
    return None


def print_out(
    parent: QWidget, source: bytes | Path, panel: PrintPanel, name: str, then: Callable[[int], object]
) -> None:
    """Send a paper to the chosen printer beside the window, with progress and cancel; raises OfficeError."""
    job = panel.job()
    printer = printing.printer_for(job, Path(name).stem)
    worker = worker_of(parent)

    def work(progress: Progress) -> int:
        return printing.send(source, job, printer, progress)

    if worker is None:
        then(work(silent))
    else:
        jobs.run(worker, parent, "正在打印", work, then)


def show_paper(
    parent: QWidget, title: str, source: bytes | Path, *, file_name: str, notes: Sequence[str] = ()
) -> PaperDialog:
    """Show a paper before it is printed, and wait until it was printed, saved or left."""
    dialog = PaperDialog(parent, title, source, file_name=file_name, notes=notes)
    dialog.exec()
    return dialog
