"""Slides drawn as pictures: the finding on top, one chart with direct labels, period and sum in the corners."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridoffice.core.figures import Series, Slide
from gridoffice.ui.mask import mask
from gridoffice.ui.screen import application
from gridoffice.ui.theme import THEMES, Colours, theme

PAPER = THEMES["light"]
"""Slides keep their own light palette, also on a dark screen: they go to a projector and to paper."""

TONES = {"brand": "#1C5FA8", "done": "#3F9A66", "soon": "#E0A030", "late": "#C4362D", "quiet": "#A9B4C0"}
HEIGHT = 1080.0  # the height all sizes are given for
MOST_ROWS = 11


def render(slide: Slide, width: int, height: int, *, dark: bool = False) -> bytes:
    """A slide as PNG of exactly width×height pixels."""
    application()
    picture = QImage(QSize(width, height), QImage.Format.Format_RGB32)
    colours = THEMES["dark"] if dark else PAPER
    picture.fill(QColor(colours.panel))
    painter = QPainter(picture)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    scale = height / HEIGHT
    _frame(painter, slide, width, height, scale, colours)
    room = QRectF(90 * scale, 200 * scale, width - 180 * scale, height - 330 * scale)
    if slide.kind == "table" or not slide.series:
        _table(painter, slide, room, scale, colours)
    else:
        _legend(painter, slide.series, width - 90 * scale, 168 * scale, scale, colours)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(Qt.PenStyle.NoPen)
        chart = _plot(slide, room, scale, colours)
        chart.render(painter, room.topLeft().toPoint())
        chart.deleteLater()
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())


def _font(size: float, scale: float, *, bold: bool = False) -> QFont:
    font = QFont(theme.family)
    font.setPixelSize(max(8, round(size * scale)))
    font.setBold(bold)
    return font


def _frame(painter: QPainter, slide: Slide, width: int, height: int, scale: float, colours: Colours) -> None:
    painter.fillRect(QRectF(0, 0, width, 12 * scale), QColor("#B3261E"))
    left, room = 90 * scale, width - 180 * scale
    size = 58.0
    while size > 34 and QFontMetricsF(_font(size, scale, bold=True)).horizontalAdvance(slide.title) > room:
        size -= 2
    painter.setFont(_font(size, scale, bold=True))
    painter.setPen(QColor(colours.text))
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRectF(left, 42 * scale, room, 90 * scale), middle | Qt.AlignmentFlag.AlignLeft, slide.title)
    painter.setPen(QColor(colours.quiet))
    painter.setFont(_font(28, scale))
    foot = QRectF(left, height - 84 * scale, room, 50 * scale)
    painter.drawText(foot, middle | Qt.AlignmentFlag.AlignLeft, "　".join(filter(None, (slide.period, slide.note))))
    painter.setFont(_font(32, scale, bold=True))
    painter.setPen(QColor(colours.text))
    painter.drawText(foot, middle | Qt.AlignmentFlag.AlignRight, slide.total)


def _legend(
    painter: QPainter, series: tuple[Series, ...], right: float, y: float, scale: float, colours: Colours
) -> None:
    if len(series) < 2:
        return
    painter.setFont(_font(28, scale))
    metrics = QFontMetricsF(painter.font())
    x = right
    for one in reversed(series):
        x -= metrics.horizontalAdvance(one.name)
        painter.setPen(QColor(colours.text))
        painter.drawText(QRectF(x, y - 20 * scale, 900 * scale, 40 * scale), Qt.AlignmentFlag.AlignVCenter, one.name)
        x -= 34 * scale
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(TONES.get(one.tone, TONES["brand"])))
        painter.drawRoundedRect(QRectF(x, y - 12 * scale, 24 * scale, 24 * scale), 4 * scale, 4 * scale)
        x -= 36 * scale


def _plot(slide: Slide, room: QRectF, scale: float, colours: Colours) -> QWidget:
    """The chart itself as a widget of the room's size."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    plot: Any = pg.PlotWidget(background=colours.panel)
    layout.addWidget(plot)
    item = plot.getPlotItem()
    item.hideButtons()
    item.setMenuEnabled(False)
    item.showGrid(y=True, alpha=0.12)
    axis = item.getAxis("bottom")
    small = len(slide.labels) > 13
    axis.setTicks([list(enumerate(slide.labels))])
    axis.setStyle(tickFont=_font(22 if small else 27, scale), tickLength=0, tickTextOffset=round(12 * scale))
    axis.setHeight(round(64 * scale))
    side = item.getAxis("left")
    side.setStyle(tickFont=_font(24, scale), tickLength=0, tickTextOffset=round(10 * scale))
    side.setWidth(round(92 * scale))
    for one in (axis, side):
        one.setPen(QPen(QColor(colours.line)))
        one.setTextPen(QColor(colours.quiet))
    draw = {"stacked": _stacked, "bars": _bars, "trend": _trend}[slide.kind]
    top = draw(item, slide, scale, colours)
    item.setYRange(0, max(top, 1) * 1.12, padding=0)
    item.setXRange(-0.6, max(len(slide.labels), 1) - 0.4, padding=0)
    holder.resize(room.size().toSize())
    holder.ensurePolished()
    layout.activate()
    plot.resize(room.size().toSize())
    return holder


def _number(value: float, unit: str) -> str:
    text = f"{value:.0f}" if float(value).is_integer() or value >= 10 else f"{value:.1f}"
    return f"{text}{unit}" if unit == "%" else text


def _say(
    item: Any, text: str, x: float, y: float, size: float, scale: float, colour: str, anchor: tuple[float, float]
) -> None:
    words = pg.TextItem(text, color=colour, anchor=anchor)
    words.setFont(_font(size, scale, bold=True))
    words.setPos(x, y)
    item.addItem(words)


def _stacked(item: Any, slide: Slide, scale: float, colours: Colours) -> float:
    """Bars on top of each other; each sum stands above its bar."""
    count = len(slide.labels)
    bottom = [0.0] * count
    for one in slide.series:
        brush = TONES.get(one.tone, TONES["brand"])
        bars = pg.BarGraphItem(
            x=list(range(count)), height=list(one.values), y0=list(bottom), width=0.62, brush=brush, pen=None
        )
        item.addItem(bars)
        bottom = [below + value for below, value in zip(bottom, one.values, strict=True)]
    for place, total in enumerate(bottom):
        if total:
            _say(item, _number(total, slide.unit), place, total, 28, scale, colours.text, (0.5, 1.0))
    return max(bottom, default=0)


def _bars(item: Any, slide: Slide, scale: float, colours: Colours) -> float:
    """Bars beside each other, each with its number."""
    count, many = len(slide.labels), len(slide.series)
    wide = 0.74 / max(many, 1)
    for step, one in enumerate(slide.series):
        places = [place + (step - (many - 1) / 2) * wide for place in range(count)]
        brush = TONES.get(one.tone, TONES["brand"])
        item.addItem(pg.BarGraphItem(x=places, height=list(one.values), width=wide * 0.92, brush=brush, pen=None))
        size = 28 if count * many <= 26 else 20
        for x, value in zip(places, one.values, strict=True):
            if value:
                _say(item, _number(value, slide.unit), x, value, size, scale, colours.text, (0.5, 1.0))
    return max((value for one in slide.series for value in one.values), default=0)


def _trend(item: Any, slide: Slide, scale: float, colours: Colours) -> float:
    """Lines over time; the last value of each stands at its end."""
    for one in slide.series:
        colour = TONES.get(one.tone, TONES["brand"])
        places = list(range(len(one.values)))
        item.plot(
            places, list(one.values), pen=pg.mkPen(colour, width=6 * scale), symbol="o", symbolSize=15 * scale,
            symbolBrush=colour, symbolPen=None,
        )  # fmt: skip
        if places:
            _say(item, _number(one.values[-1], slide.unit), places[-1], one.values[-1], 32, scale, colour, (0.5, 1.15))
    return max((value for one in slide.series for value in one.values), default=0)


def _table(painter: QPainter, slide: Slide, room: QRectF, scale: float, colours: Colours) -> None:
    """A table readable from the back row; what does not fit is told as a number."""
    rows = slide.rows
    if not rows:
        painter.setFont(_font(44, scale))
        painter.setPen(QColor(colours.done))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, "没有需要列出的内容")
        return
    shown = rows[:MOST_ROWS]
    widths = _widths((slide.header, *shown), room.width(), scale)
    high = min(room.height() / (len(shown) + (2 if len(rows) > len(shown) else 1)), 76 * scale)
    y = room.top()
    if slide.header:
        _row(painter, slide.header, widths, room.left(), y, high, _font(28, scale, bold=True), colours.quiet)
        y += high
    for cells in shown:
        painter.setPen(QColor(colours.line))
        painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
        _row(painter, cells, widths, room.left(), y, high, _font(31, scale), colours.text)
        y += high
    if len(rows) > len(shown):
        painter.setFont(_font(28, scale))
        painter.setPen(QColor(colours.quiet))
        rest = QRectF(room.left(), y, room.width(), high)
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, f"另有 {len(rows) - len(shown)} 条，见名单")


def _widths(rows: tuple[tuple[str, ...], ...], room: float, scale: float) -> list[float]:
    metrics = QFontMetricsF(_font(31, scale))
    columns = max(len(row) for row in rows)
    wanted = [
        max((metrics.horizontalAdvance(row[place]) for row in rows if place < len(row)), default=0) + 40 * scale
        for place in range(columns)
    ]
    total = sum(wanted)
    if total <= room:
        return [width * room / total for width in wanted]
    limit = room / columns * 1.6
    wanted = [min(width, limit) for width in wanted]
    return [width * room / sum(wanted) for width in wanted]


def _row(
    painter: QPainter,
    cells: tuple[str, ...],
    widths: list[float],
    x: float,
    y: float,
    high: float,
    font: QFont,
    ink: str,
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(ink))
    metrics = QFontMetricsF(font)
    for cell, width in zip(cells, widths, strict=False):
        text = metrics.elidedText(mask.shown(cell), Qt.TextElideMode.ElideRight, width - 12)
        painter.drawText(QRectF(x, y, width, high), Qt.AlignmentFlag.AlignVCenter, text)
        x += width
