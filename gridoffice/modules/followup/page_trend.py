"""The little chart of a person's readings over the last visits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridoffice.ui.theme import theme

Reading = tuple[date, float]


class Trend(QWidget):
    """Lines of readings, oldest at the left, with the day under each and the last figure beside its line.

    `limit` is drawn as a broken line: what a reading should stay below.
    """

    def __init__(self, unit: str, lines: Sequence[Sequence[Reading]], limit: float | None = None) -> None:
        super().__init__()
        self.unit, self.limit = unit, limit
        self.lines = [list(line) for line in lines if line]
        self.days = sorted({day for line in self.lines for day, _ in line})
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        told = "；".join("、".join(f"{day.month}月{day.day}日 {value:g}" for day, value in line) for line in self.lines)
        self.setAccessibleName(f"走势（{unit}）：{told}")

    def sizeHint(self) -> QSize:
        """Wide as there is room, low."""
        return QSize(theme.px(240), theme.px(112))

    def minimumSizeHint(self) -> QSize:
        """The same: the chart does not shrink."""
        return QSize(theme.px(160), theme.px(112))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw limit, lines, points and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = painter.font()
        font.setPixelSize(theme.px(11))
        painter.setFont(font)
        box = QRectF(self.rect()).adjusted(theme.px(10), theme.px(18), -theme.px(46), -theme.px(20))
        self._frame(painter, box)
        for number, line in enumerate(self.lines):
            self._line(painter, box, line, theme.colours.brand if number == 0 else theme.colours.quiet)
        painter.end()

    def _span(self) -> tuple[float, float]:
        values = [value for line in self.lines for _, value in line]
        if self.limit is not None:
            values.append(self.limit)
        low, high = min(values), max(values)
        room = max((high - low) * 0.12, 0.5)
        return low - room, high + room

    def _at(self, box: QRectF, day: date, value: float) -> QPointF:
        low, high = self._span()
        place = self.days.index(day)
        x = box.left() + box.width() * (place / (len(self.days) - 1) if len(self.days) > 1 else 0.5)
        return QPointF(x, box.bottom() - box.height() * (value - low) / (high - low))

    def _frame(self, painter: QPainter, box: QRectF) -> None:
        colours = theme.colours
        painter.setPen(QColor(colours.quiet))
        painter.drawText(QPointF(box.left() - theme.px(8), theme.px(11)), self.unit)
        for place, day in enumerate(self.days):
            if place in (0, len(self.days) - 1):
                middle = self._at(box, day, self._span()[0]).x()
                room = QRectF(middle - theme.px(40), box.bottom() + theme.px(3), theme.px(80), theme.px(16))
                painter.drawText(room, Qt.AlignmentFlag.AlignCenter, f"{day.month}-{day.day}")
        if self.limit is None:
            return
        y = self._at(box, self.days[0], self.limit).y()
        painter.setPen(QPen(QColor(colours.late), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))

    def _line(self, painter: QPainter, box: QRectF, line: list[Reading], colour: str) -> None:
        points = [self._at(box, day, value) for day, value in line]
        painter.setPen(QPen(QColor(colour), theme.px(2)))
        painter.drawPolyline(points)
        painter.setBrush(QColor(theme.colours.panel))
        for point in points:
            painter.drawEllipse(point, theme.px(3), theme.px(3))
        painter.setPen(QColor(colour))
        painter.drawText(points[-1] + QPointF(theme.px(8), theme.px(4)), f"{line[-1][1]:g}")
