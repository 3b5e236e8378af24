"""The tool for a sketch by hand: strokes of a few pens, and the sketch as a picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from gridoffice.domain.outline import Point
from gridoffice.ui import canvas_paint as paint
from gridoffice.ui.canvas_tools import Pointing

if TYPE_CHECKING:
    from gridoffice.ui.canvas import MapCanvas


@dataclass(frozen=True)
class Pen:
    """A pen: what it is for, its colour, its width in thousandths of the longer side of the map."""

    title: str
    colour: str
    width: float


PENS = (
    Pen("道路", "#B9A78C", 9),
    Pen("河流、水渠", "#86B9E0", 12),
    Pen("田地、山林", "#C4DDB2", 34),
    Pen("房屋", "#8A8F98", 15),
    Pen("铅笔", "#3A4350", 3),
    Pen("橡皮", "#FFFFFF", 22),
)
"""What a village map shows: houses, roads (reference 1.3 §2), and what borders run along (四至)."""


@dataclass
class Stroke:
    """One stroke of a pen."""

    pen: Pen
    points: list[Point] = field(default_factory=list)


class Sketch(Pointing):
    """Draws strokes while the button is held; by keys, space puts the pen down and lifts it."""

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self.pen = PENS[0]
        self.strokes: list[Stroke] = []
        self.catches = False
        self._is_down = False

    def hint(self) -> str:
        """What the pen does."""
        keys = "键盘：方向键移动，空格落笔、抬笔"
        return f"正在用“{self.pen.title}”画草图：按住左键画（{keys}） · Backspace 退一笔 · 画好后点左边“完成草图”"

    def press(self, at: QPointF, _keys: Any) -> bool:
        """Put the pen down."""
        self.pointer = None
        self.strokes.append(Stroke(self.pen, [self.canvas.fraction(at)]))
        return True

    def drag(self, at: QPointF, keys: Any) -> None:
        """Draw on."""
        self.strokes[-1].points.append(self.canvas.fraction(at))

    def space(self) -> None:
        """Put the pen down where the keys' pointer is, or lift it."""
        if self.pointer is None:
            return
        self._is_down = not self._is_down
        if self._is_down:
            self.strokes.append(Stroke(self.pen, [self.pointer]))

    def key(self, event: Any) -> bool:
        """Backspace takes the last stroke back; arrows draw while the pen is down."""
        if event.key() == Qt.Key.Key_Backspace:
            self.take_back()
            return True
        was_taken = super().key(event)
        if self._is_down and self.pointer is not None and self.strokes:
            self.strokes[-1].points.append(self.pointer)
        return was_taken

    def take_back(self) -> bool:
        """Take the last stroke back; False when there is none."""
        self._is_down = False
        if not self.strokes:
            return False
        self.strokes.pop()
        self.canvas.viewport().update()
        return True

    def paint(self, painter: QPainter) -> None:
        """The strokes so far."""
        left, right = self.canvas.pixel((0, 0)), self.canvas.pixel((1, 1))
        self._draw(painter, QRectF(left, right))
        super().paint(painter)

    def _draw(self, painter: QPainter, area: QRectF) -> None:
        for stroke in self.strokes:
            pen = QPen(QColor(stroke.pen.colour), stroke.pen.width * max(area.width(), area.height()) / 1000)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            places = [QPointF(area.x() + x * area.width(), area.y() + y * area.height()) for x, y in stroke.points]
            path = QPainterPath(places[0])
            for place in places[1:] or [places[0] + QPointF(0.1, 0)]:
                path.lineTo(place)
            painter.drawPath(path)

    def picture(self) -> bytes:
        """The base with the strokes on it, as PNG."""
        image = QImage(self.canvas.wide, self.canvas.high, QImage.Format.Format_RGB32)
        image.fill(QColor(paint.PAPER))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(0, 0, self.canvas.wide, self.canvas.high)
        if self.canvas.picture is not None:
            painter.drawPixmap(area, self.canvas.picture, QRectF(self.canvas.picture.rect()))
        self._draw(painter, area)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(buffer.data().data())
