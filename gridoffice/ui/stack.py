"""Views one at a time, as narrow and low as the shown one can be, not as the largest of all."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class Shown(QStackedWidget):
    """A stack whose size is that of what it shows."""

    def minimumSizeHint(self) -> QSize:
        """That of the shown view."""
        shown = self.currentWidget()
        return shown.minimumSizeHint() if shown is not None else super().minimumSizeHint()

    def sizeHint(self) -> QSize:
        """That of the shown view."""
        shown = self.currentWidget()
        return shown.sizeHint() if shown is not None else super().sizeHint()
