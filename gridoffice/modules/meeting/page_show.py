"""The slide show: one slide over the whole screen, by keys, clicks and wheel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from gridoffice.core.figures import Slide
from gridoffice.ui.mask import Masked
from gridoffice.ui.theme import theme

FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_N)
BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace, Qt.Key.Key_P)


def picture(slide: Slide, width: int, height: int) -> QPixmap:
    """A slide drawn at a size in real pixels."""
    from gridoffice.ui import chart

    made = QPixmap()
    made.loadFromData(chart.render(slide, width, height))
    return made


class Show(QWidget, Masked):
    """The show; `closed` tells the number of the slide on which it ended."""

    closed = Signal(int)

    def __init__(self, slides: Sequence[Slide], start: int = 0) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self.slides = list(slides)
        self.place = min(max(start, 0), len(self.slides) - 1)
        self.setWindowTitle("例会")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._drawn: dict[tuple[int, int, int], QPixmap] = {}

    def remask(self) -> None:
        """Numbers are hidden or shown: draw the slides anew."""
        self._drawn.clear()
        self.update()

    def go(self, place: int) -> None:
        """Show a slide by its place; beyond the ends the show stays where it is."""
        place = min(max(place, 0), len(self.slides) - 1)
        if place != self.place:
            self.place = place
            self.update()

    def keyPressEvent(self, event: Any) -> None:
        """Arrows, Page keys, Space, Home, End; Esc ends; a figure goes to that slide."""
        key = event.key()
        if key in FORWARD:
            self.go(self.place + 1)
        elif key in BACK:
            self.go(self.place - 1)
        elif key == Qt.Key.Key_Home:
            self.go(0)
        elif key == Qt.Key.Key_End:
            self.go(len(self.slides) - 1)
        elif key in (Qt.Key.Key_Escape, Qt.Key.Key_F5):
            self.close()
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9:
            self.go(key - Qt.Key.Key_1)

    def mousePressEvent(self, event: Any) -> None:
        """Left goes on, right goes back."""
        self.go(self.place + (-1 if event.button() == Qt.MouseButton.RightButton else 1))

    def wheelEvent(self, event: Any) -> None:
        """Down goes on, up goes back."""
        self.go(self.place + (1 if event.angleDelta().y() < 0 else -1))

    def closeEvent(self, event: Any) -> None:
        """Tell where the show ended."""
        self.closed.emit(self.place)
        super().closeEvent(event)

    def paintEvent(self, _event: Any) -> None:
        """The slide as large as it fits in 16:9, and how far the show is."""
        ratio = self.devicePixelRatioF()
        width, height = self.width(), self.height()
        if width * 9 > height * 16:
            width = height * 16 // 9
        else:
            height = width * 9 // 16
        drawn = self._picture(round(width * ratio), round(height * ratio))
        drawn.setDevicePixelRatio(ratio)
        left, top = (self.width() - width) // 2, (self.height() - height) // 2
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#FFFFFF"))
        painter.drawPixmap(left, top, drawn)
        done = width * (self.place + 1) // len(self.slides)
        painter.fillRect(left, top + height - theme.px(4), done, theme.px(4), QColor("#1C5FA8"))
        painter.setPen(QColor("#66717F"))
        font = painter.font()
        font.setPixelSize(max(13, height // 45))
        painter.setFont(font)
        text = f"{self.place + 1} / {len(self.slides)}"
        painter.drawText(
            left, top, width, height - height // 50,
            Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, text,
        )  # fmt: skip
        painter.end()

    def _picture(self, width: int, height: int) -> QPixmap:
        key = (self.place, width, height)
        if key not in self._drawn:
            self._drawn[key] = picture(self.slides[self.place], width, height)
        return self._drawn[key]
