"""核验: drop or choose a PDF, and read in one big sentence whether it is whole, by whom and when."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from gridoffice.db.office import Office
from gridoffice.modules.documents import paper
from gridoffice.ui import dialogs
from gridoffice.ui.icons import pixmap
from gridoffice.ui.panel import Panel, button, clear, label, row
from gridoffice.ui.theme import theme


class Verify(Panel):
    """The verifying panel; `verdict` is the last one given."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.verdict: paper.Verdict | None = None
        self.setAcceptDrops(True)
        self.body.addStretch(1)
        self.picture = QLabel()
        self.big = label("", "title", wrap=True)
        self.lines = label("", wrap=True)
        for one in (self.picture, self.big, self.lines):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.body.addWidget(one)
        self.foot = row()
        self.body.addSpacing(theme.px(10))
        self.body.addLayout(self.foot)
        self.body.addStretch(2)
        self.ask()

    def ask(self) -> None:
        """Before a file is chosen."""
        self._say("quiet", "把要核验的 PDF 拖到这里", ["看它签章后有没有被改过、是谁签的、什么时候签的。"], "verify")

    def check(self, path: Path) -> None:
        """Verify a file and say it."""
        self.verdict = paper.verify(self.office, path)
        icon = {"done": "verify", "late": "delete", "soon": "sign"}.get(self.verdict.tone, "verify")
        self._say(self.verdict.tone, self.verdict.headline, [path.name, *self.verdict.lines], icon)

    def _say(self, tone: str, headline: str, lines: list[str], icon: str) -> None:
        colour = theme.colours.tone(tone)[0]
        self.picture.setPixmap(pixmap(icon, colour, theme.px(72)))
        self.big.setText(headline)
        self.big.setStyleSheet(
            f"color: {colour if tone != 'quiet' else theme.colours.text}; font-size: {theme.px(24)}px"
        )
        self.lines.setText("\n".join(lines))
        clear(self.foot)
        items: list[QWidget | int] = [1, button("选择 PDF…", self.choose, kind="primary"), 1]
        for item in items:
            if isinstance(item, int):
                self.foot.addStretch(item)
            else:
                self.foot.addWidget(item)

    def choose(self) -> None:
        """Choose a file in a dialog."""
        chosen = dialogs.open_files(self, "选择要核验的 PDF", "PDF (*.pdf);;所有文件 (*)")
        if chosen:
            self.check(chosen[0])

    def dragEnterEvent(self, event: Any) -> None:
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: Any) -> None:
        """Verify the first dropped file."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            dialogs.guarded(self, lambda: self.check(paths[0]))
