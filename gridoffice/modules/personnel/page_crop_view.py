"""A photo under its frame of 25×35 mm: moved, zoomed and turned by mouse or keys; what lies in the frame is cut out."""

from __future__ import annotations

import math
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QTransform
from PySide6.QtWidgets import QWidget

from gridoffice.ui.theme import theme

SIZE = (295, 413)
"""Pixels of 25×35 mm at 300 dpi (reference 10.1)."""

DOTS = round(300 / 0.0254)  # dots a metre

MOST = 6.0  # times the smallest zoom

FACE = (0.50, 0.47, 0.29, 0.27)  # middle and half axes of the face guide, in parts of the frame


class CropView(QWidget):
    """The photo under its frame; what lies in the frame is the result."""

    moved = Signal()

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.image = QImage.fromData(data)
        self.angle = 0.0
        self.scale = 1.0
        self.centre = QPointF()
        self._last: QPointF | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setMinimumSize(theme.px(320), theme.px(420))
        self.setAccessibleName("照片裁剪框：方向键移动，加减号缩放，左右方括号微转")
        self.reset()

    def sizeHint(self) -> QSize:
        """Room for frame and surroundings."""
        return QSize(theme.px(480), theme.px(540))

    def reset(self) -> None:
        """As much of the photo as fits, the upper part of a high one: heads are above."""
        self.angle = 0.0
        self.scale = self.least()
        wide, high = self.image.width(), self.image.height()
        self.centre = QPointF(wide / 2, min(high / 2, SIZE[1] / self.scale / 2 + high * 0.04))
        self._hold()

    # -- where it is: `centre` is the photo's point in the middle of the frame, `scale` result pixels a photo pixel

    def _needs(self) -> tuple[float, float]:
        """The frame's extent along the photo's own axes, in result pixels."""
        turn = math.radians(self.angle)
        cos, sin = abs(math.cos(turn)), abs(math.sin(turn))
        return SIZE[0] * cos + SIZE[1] * sin, SIZE[0] * sin + SIZE[1] * cos

    def least(self) -> float:
        """The smallest zoom at which the photo fills the frame."""
        across, down = self._needs()
        return max(across / max(1, self.image.width()), down / max(1, self.image.height()))

    def _hold(self) -> None:
        """Keep the frame inside the photo, so that no corner stays empty."""
        least = self.least()
        self.scale = min(max(self.scale, least), least * MOST)
        across, down = (need / self.scale / 2 for need in self._needs())
        wide, high = self.image.width(), self.image.height()
        x = min(max(self.centre.x(), across), max(across, wide - across))
        y = min(max(self.centre.y(), down), max(down, high - down))
        self.centre = QPointF(x, y)
        self.moved.emit()
        self.update()

    def move_by(self, x: float, y: float) -> None:
        """Move the photo by result pixels."""
        turned = QTransform().rotate(-self.angle).map(QPointF(x, y))
        self.centre -= turned / self.scale
        self._hold()

    def zoom(self, factor: float) -> None:
        """Larger (above 1) or smaller."""
        self.scale *= factor
        self._hold()

    def zoom_to(self, part: float) -> None:
        """Zoom to a part (0 to 1) of what is possible."""
        self.scale = self.least() * MOST**part
        self._hold()

    def zoom_part(self) -> float:
        """The zoom as a part of what is possible."""
        return math.log(max(1.0, self.scale / self.least())) / math.log(MOST)

    def turn(self, degrees: float) -> None:
        """Turn clockwise."""
        part = self.scale / self.least()
        self.angle = (self.angle + degrees) % 360
        self.scale = self.least() * part
        self._hold()

    def result(self) -> bytes:
        """What lies in the frame: a JPEG of 295×413 pixels at 300 dpi."""
        out = QImage(*SIZE, QImage.Format.Format_RGB32)
        out.fill(Qt.GlobalColor.white)
        painter = QPainter(out)
        self._draw(painter, QPointF(SIZE[0] / 2, SIZE[1] / 2), 1.0)
        painter.end()
        out.setDotsPerMeterX(DOTS)
        out.setDotsPerMeterY(DOTS)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        out.save(buffer, "JPEG", 92)  # type: ignore[call-overload]
        return bytes(buffer.data().data())

    def _draw(self, painter: QPainter, middle: QPointF, factor: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.save()
        painter.translate(middle)
        painter.rotate(self.angle)
        # Halving in steps first: one large step down would leave the face rough.
        shown, scale = self.image, self.scale * factor
        if scale < 0.5:
            shown = self.image.scaled(
                max(1, round(self.image.width() * scale * 2)),
                max(1, round(self.image.height() * scale * 2)),
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        part = shown.width() / max(1, self.image.width())
        painter.scale(scale / part, scale / part)
        painter.drawImage(-self.centre * part, shown)
        painter.restore()

    # -- seen

    def frame(self) -> QRectF:
        """The frame on the widget."""
        high = min(self.height() * 0.86, self.width() * 0.8 * SIZE[1] / SIZE[0])
        wide = high * SIZE[0] / SIZE[1]
        return QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)

    def paintEvent(self, _event: Any) -> None:
        """Photo, dimmed surroundings, frame, guide."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor("#20262D"))
        frame = self.frame()
        self._draw(painter, frame.center(), frame.width() / SIZE[0])
        outside = QPainterPath()
        outside.addRect(QRectF(self.rect()))
        outside.addRect(frame)
        painter.fillPath(outside, QColor(20, 24, 29, 165))
        painter.setPen(QPen(QColor("#FFFFFF"), 2))
        painter.drawRect(frame)
        painter.setPen(QPen(QColor(255, 255, 255, 190), 1.5, Qt.PenStyle.DashLine))
        x, y, across, down = FACE
        middle = QPointF(frame.left() + frame.width() * x, frame.top() + frame.height() * y)
        painter.drawEllipse(middle, frame.width() * across, frame.height() * down)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.colours.brand), 3))
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))

    # -- hands

    def mousePressEvent(self, event: Any) -> None:
        """Begin to drag."""
        self._last = event.position()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: Any) -> None:
        """Drag."""
        if self._last is not None:
            step = (event.position() - self._last) * (SIZE[0] / self.frame().width())
            self._last = event.position()
            self.move_by(step.x(), step.y())

    def mouseReleaseEvent(self, _event: Any) -> None:
        """Let go."""
        self._last = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def wheelEvent(self, event: Any) -> None:
        """Zoom."""
        self.zoom(1.0015 ** event.angleDelta().y())

    def keyPressEvent(self, event: Any) -> None:
        """Arrows move (with Shift in larger steps), + and - zoom, [ and ] turn a little, R a quarter."""
        step = 20 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 4
        moves = {Qt.Key.Key_Left: (-step, 0), Qt.Key.Key_Right: (step, 0), Qt.Key.Key_Up: (0, -step),
                 Qt.Key.Key_Down: (0, step)}  # fmt: skip
        if event.key() in moves:
            self.move_by(*moves[event.key()])
        elif event.text() in ("+", "="):
            self.zoom(1.05)
        elif event.text() in ("-", "_"):
            self.zoom(1 / 1.05)
        elif event.text() in ("[", "]"):
            self.turn(-1 if event.text() == "[" else 1)
        elif event.key() == Qt.Key.Key_R:
            self.turn(90)
        else:
            super().keyPressEvent(event)
