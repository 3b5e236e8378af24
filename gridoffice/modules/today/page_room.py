"""How things share the room there is: tiles in even lines, words cut where the room ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from gridoffice.ui.mask import Masked, mask
from gridoffice.ui.theme import theme

GAP = 12

T = TypeVar("T")


def shared_out(things: Sequence[T], widths: Sequence[int], room: int) -> list[list[T]]:
    """Things in as few lines as they need, the lines as even as can be: no last one left alone."""

    def broken(limit: int) -> list[list[T]]:
        lines: list[list[T]] = [[]]
        used = 0
        for thing, width in zip(things, widths, strict=True):
            if lines[-1] and used + width > limit:
                lines.append([])
                used = 0
            lines[-1].append(thing)
            used += width + theme.px(GAP)
        return lines

    fewest = len(broken(room))
    return next(lines for limit in range(room // fewest, room + 21, 20) if len(lines := broken(limit)) == fewest)


class Elided(QLabel, Masked):
    """A line of text that ends in … where the room ends, whole in its tip."""

    def __init__(self, text: str, kind: str = "") -> None:
        super().__init__()
        self.whole = text
        self.setObjectName(kind)
        self.setToolTip(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setText(mask.shown(text))

    def resizeEvent(self, event: Any) -> None:
        """Cut the text to the room there is."""
        super().resizeEvent(event)
        self.remask()

    def remask(self) -> None:
        """Show the same text anew, numbers hidden while projected."""
        text = mask.shown(self.whole)
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self.width()))
