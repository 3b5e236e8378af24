"""The real pages of a template being written, with samples filled in, drawn beside the window."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.modules.documents import merge
from gridoffice.modules.documents.templates import Template
from gridoffice.ui import dialogs
from gridoffice.ui.panel import Panel, label
from gridoffice.ui.paper_view import PaperView
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

WAIT = 350  # milliseconds from the last change to the pages


class Sample(Panel):
    """The pages; `draw_soon` after each change, one drawing at a time, only the last one shown."""

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__()
        self.office, self.main = office, window
        self._folder = tempfile.TemporaryDirectory(prefix="gridoffice-")
        self.destroyed.connect(self._folder.cleanup)
        self._asked = self._shown = 0
        self._template: Template | None = None
        self._file: Path | None = None
        self.body.setContentsMargins(*[theme.px(8)] * 4)
        self.title = label("样张", "heading")
        self.view = PaperView()
        for spare in (self.view.thumbs, self.view.paper_size):
            spare.hide()  # a letter is A4, and there is little room
        self.body.addWidget(self.title)
        self.body.addWidget(self.view, 1)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT)
        self._timer.timeout.connect(self.draw)

    def draw_soon(self, template: Template) -> None:
        """Draw a template when nothing more is typed for a moment."""
        self._template = template
        self._timer.start()

    def draw(self) -> None:
        """Draw it now."""
        self._timer.stop()
        template, office = self._template, self.office
        if template is None:
            return
        self._asked += 1
        asked = self._asked
        out = Path(self._folder.name) / f"样张-{asked}.pdf"
        self.main.worker.do(
            lambda: merge.sample(office, template, out),
            lambda _path: self._drawn(asked, out),
            lambda bad: self._failed(asked, bad),
        )

    def _drawn(self, asked: int, out: Path) -> None:
        if not isValid(self) or asked != self._asked:
            return
        self._shown = asked
        old, self._file = self._file, out
        self.view.show_file(out, keep_place=old is not None)
        if old is not None:
            old.unlink(missing_ok=True)
        self.title.setText("样张（填的是样例）")

    def _failed(self, asked: int, problem: Exception) -> None:
        if not isValid(self) or asked != self._asked:
            return
        self._shown = asked
        if isinstance(problem, OfficeError):
            self.title.setText(problem.what)
            return
        self.title.setText("样张现在画不出来")
        dialogs.error(problem, self)

    def is_ready(self) -> bool:
        """Whether the pages show what is written."""
        return not self._timer.isActive() and self._shown == self._asked and self.view.is_ready()
