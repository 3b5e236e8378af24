"""What stands under a form while one types: records that may be the same, to be opened, merged or passed over."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from gridoffice.ui.panel import button, clear, label, row
from gridoffice.ui.theme import theme

LARGE = 150  # percent


class Similar(QFrame):
    """Never a forced step: `opened` and `merged` tell an id; who was passed over is not shown again."""

    opened = Signal(int)
    merged = Signal(int)

    def __init__(self, *, can_merge: bool) -> None:
        super().__init__()
        self.can_merge = can_merge
        self.passed: set[int] = set()
        self.lines = QVBoxLayout(self)
        self.lines.setContentsMargins(*[theme.px(10)] * 4)
        self.lines.setSpacing(theme.px(4))
        self.hide()

    def tell(self, found: Iterable[tuple[int, str]]) -> None:
        """Show records by id and words; none hides the panel."""
        clear(self.lines)
        most = 2 if theme.zoom >= LARGE else 4  # large letters: the form keeps its room
        shown = [(number, words) for number, words in found if number not in self.passed][:most]
        if shown:
            self.lines.addWidget(label("可能已经登记过，请看一眼：", "heading"))
        for number, words in shown:
            items: list[Any] = [label(words, wrap=True), button("打开那条", partial(self.opened.emit, number))]
            if self.can_merge:
                items.append(button("合并…", partial(self.merged.emit, number)))
            line = row(*items)
            line.setStretch(0, 1)
            self.lines.addLayout(line)
        if shown:
            ids = [number for number, _words in shown]
            self.lines.addLayout(row(button("都不是，继续填", partial(self.pass_over, ids), kind="link"), 1))
        self.setVisible(bool(shown))

    def pass_over(self, ids: list[int]) -> None:
        """These are others: not told again in this form."""
        self.passed |= set(ids)
        self.tell(())
