"""A sheet of paper that can be zoomed and moved: the base of a map, and where its fractions lie on the screen."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView

from gridoffice.domain.outline import Point
from gridoffice.ui import canvas_paint as paint
from gridoffice.ui.theme import theme

MOST, STEP = 16.0, 1.25  # of the whole map in sight; of one step of zooming
AIR = 24  # pixels around the map


class PaperView(QGraphicsView):
    """Paper with a picture on it; the wheel zooms around the pointer."""

    def __init__(self) -> None:
        super().__init__()
        self.scene_ = QGraphicsScene(self)
        self.setScene(self.scene_)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheBackground)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.wide, self.high = 1600, 1200
        self.frame = (0.0, 0.0, 1.0, 1.0)
        self.picture: QPixmap | None = None
        self._is_fitted = True
        self._spread()

    def _spread(self) -> None:
        """Leave room around the paper, so that its edges can be brought to the middle."""
        self.scene_.setSceneRect(-self.wide * 0.25, -self.high * 0.25, self.wide * 1.5, self.high * 1.5)

    def show_base(self, picture: bytes | None, wide: int, high: int, frame: tuple[float, float, float, float]) -> None:
        """Show a base of a size in pixels, all of it or fitted to a part (left, upper, right, lower end)."""
        is_other = (wide, high, frame) != (self.wide, self.high, self.frame)
        self.wide, self.high, self.frame = wide, high, frame
        self.picture = None
        if picture:
            self.picture = QPixmap()
            self.picture.loadFromData(picture)
        self._spread()
        self.resetCachedContent()
        if is_other or self._is_fitted:
            self.fit()
        self.viewport().update()

    # -- places

    def pixel(self, point: Point) -> QPointF:
        """Where a fraction of the base lies in the viewport."""
        return self.viewportTransform().map(QPointF(point[0] * self.wide, point[1] * self.high))

    def fraction(self, at: QPointF, *, is_held: bool = True) -> Point:
        """The fraction of the base at a place of the viewport, held inside the base."""
        inverted, _ = self.viewportTransform().inverted()
        where = inverted.map(at)
        x, y = where.x() / self.wide, where.y() / self.high
        return (min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)) if is_held else (x, y)

    # -- zoom and pan

    def fit(self) -> None:
        """Show the whole map, or the part it is for."""
        left, top, right, bottom = self.frame
        area = QRectF(left * self.wide, top * self.high, (right - left) * self.wide, (bottom - top) * self.high)
        room = self.viewport().size()
        scale = min(max(room.width() - 2 * AIR, 50) / area.width(), max(room.height() - 2 * AIR, 50) / area.height())
        self.resetTransform()
        self.scale(scale, scale)
        self.centerOn(area.center())
        self._is_fitted = True
        self.viewport().update()

    def zoom(self, steps: float, at: QPointF | None = None) -> None:
        """Larger (+1) or smaller (-1) by a step, around a place of the viewport (default: its middle)."""
        whole = min(self.viewport().width() / self.wide, self.viewport().height() / self.high)
        now = self.transform().m11()
        wanted = min(max(now * STEP**steps, whole * 0.5), whole * MOST)
        at = at or QPointF(self.viewport().rect().center())
        before = self.mapToScene(at.toPoint())
        self.scale(wanted / now, wanted / now)
        moved = self.mapFromScene(before) - at.toPoint()
        self.pan(moved.x(), moved.y())
        self._is_fitted = False

    def pan(self, across: int, down: int) -> None:
        """Move what is seen by some pixels."""
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + across)
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + down)
        self._is_fitted = False

    def reveal(self, point: Point) -> None:
        """Bring a point into sight."""
        self.ensureVisible(point[0] * self.wide - 1, point[1] * self.high - 1, 2, 2, theme.px(30), theme.px(30))

    def resizeEvent(self, event: Any) -> None:
        """Keep the whole map in sight until somebody zooms."""
        super().resizeEvent(event)
        if self._is_fitted:
            self.fit()

    def wheelEvent(self, event: Any) -> None:
        """The wheel zooms around the pointer."""
        steps = event.angleDelta().y() / 120
        if steps:
            self.zoom(steps, event.position())
        event.accept()

    def drawBackground(self, painter: QPainter, rect: QRectF | Any) -> None:
        """The base: paper, and the picture on it."""
        painter.fillRect(rect, QColor(theme.colours.window))
        paper = QRectF(0, 0, self.wide, self.high)
        painter.fillRect(paper, QColor(paint.PAPER))
        if self.picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(paper, self.picture, QRectF(self.picture.rect()))
        pen = QPen(QColor(theme.colours.quiet), 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawRect(paper)


def long(step: QPointF) -> float:
    return float((step.x() ** 2 + step.y() ** 2) ** 0.5)


def pair(at: QPointF) -> Point:
    return at.x(), at.y()


def arrow(event: Any) -> QPointF | None:
    """The step of an arrow key in pixels: 1, with Shift 10, with Ctrl 50; None for other keys."""
    steps = {
        Qt.Key.Key_Left: (-1, 0),
        Qt.Key.Key_Right: (1, 0),
        Qt.Key.Key_Up: (0, -1),
        Qt.Key.Key_Down: (0, 1),
    }
    step = steps.get(event.key())
    if step is None:
        return None
    keys = event.modifiers()
    times = 50 if keys & Qt.KeyboardModifier.ControlModifier else 10 if keys & Qt.KeyboardModifier.ShiftModifier else 1
    return QPointF(step[0] * times, step[1] * times)
