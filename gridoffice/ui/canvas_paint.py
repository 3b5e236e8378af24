"""How a map looks on the screen: tinted outlines with their names, signs with letters, corners that can be held."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from gridoffice.domain import map_points, outline
from gridoffice.domain.map_points import FIELDS, LINES
from gridoffice.domain.outline import Point, Rings
from gridoffice.ui.theme import theme

PAPER, INK, MARK = "#FFFFFF", "#1B2430", "#1C5FA8"
"""The map is paper: it stays light in every theme, so its colours are its own."""

Place = Callable[[Point], QPointF]
"""Where a fraction of the base lies in the viewport."""


@dataclass(frozen=True)
class Outline:
    """An outline on the canvas; `is_quiet` ones are for orientation and are not changed here."""

    key: int
    name: str
    rings: Rings
    tint: int = 0
    is_quiet: bool = False
    is_frame: bool = False  # of the whole unit: a line around the others, no field


@dataclass(frozen=True)
class Sign:
    """A point on the canvas."""

    key: int
    sign: str
    letter: str
    colour: str
    title: str
    x: float
    y: float


def path_of(rings: Rings, place: Place) -> QPainterPath:
    """Rings as a path, even-odd."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in rings:
        path.addPolygon(QPolygonF([place(corner) for corner in ring]))
        path.closeSubpath()
    return path


def field(painter: QPainter, shown: Outline, rings: Rings, place: Place, *, is_chosen: bool) -> None:
    """An outline's field and line; the base shows through like under a marker pen."""
    path = path_of(rings, place)
    if not shown.is_frame and not shown.is_quiet:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillPath(path, QColor(FIELDS[shown.tint]))
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    colour = QColor(INK if shown.is_frame else "#5C6775" if shown.is_quiet else LINES[shown.tint])
    width = theme.px(3.4 if is_chosen else 1.2 if shown.is_quiet else 2.2)
    pen = QPen(QColor(MARK) if is_chosen else colour, width)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if shown.is_frame and not is_chosen:
        pen.setStyle(Qt.PenStyle.DashDotLine)
    elif shown.is_quiet:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)


def letters(text: str, at: QPointF, *, size: float = 15, is_bold: bool = True) -> QPainterPath:
    """A name as a path with its middle at a place."""
    font = QFont(theme.family)
    font.setPixelSize(theme.px(size))
    font.setBold(is_bold)
    path = QPainterPath()
    path.addText(QPointF(0, 0), font, text)
    path.setFillRule(Qt.FillRule.WindingFill)  # strokes of a letter overlap
    bounds = path.boundingRect()
    path.translate(at.x() - bounds.center().x(), at.y() - bounds.center().y())
    return path


def name(painter: QPainter, path: QPainterPath, ink: str = INK) -> None:
    """A name with paper around its letters."""
    painter.strokePath(path, _halo_pen())
    painter.fillPath(path, QColor(ink))


def titles(painter: QPainter, signs: Iterable[Sign], place: Place, taken: list[QRectF]) -> None:
    """The titles of signs below them, as far as there is room; what does not fit is seen when zoomed in."""
    for shown in signs:
        if not shown.title:
            continue
        at = place((shown.x, shown.y)) + QPointF(0, theme.px(20))
        path = letters(shown.title, at, size=12, is_bold=False)
        box = path.boundingRect()
        if not any(box.intersects(other) for other in taken):
            taken.append(box)
            name(painter, path)


def box_of(shown: Sign, place: Place) -> QRectF:
    """Where a sign stands."""
    at, radius = place((shown.x, shown.y)), theme.px(11)
    return QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)


def _halo_pen() -> QPen:
    pen = QPen(QColor(255, 255, 255, 220), theme.px(4))
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def sign(painter: QPainter, shown: Sign, at: QPointF, *, is_chosen: bool = False) -> None:
    """A sign with its letter."""
    radius = theme.px(10)
    if is_chosen:
        painter.setPen(QPen(QColor(MARK), theme.px(2.4)))
        painter.setBrush(QColor(255, 255, 255, 200))
        painter.drawEllipse(at, radius * 1.9, radius * 1.9)
    shape = QPolygonF([QPointF(at.x() + x * radius, at.y() + y * radius) for x, y in map_points.corners(shown.sign)])
    painter.setPen(QPen(QColor(PAPER), theme.px(1.6)))
    painter.setBrush(QColor(shown.colour))
    painter.drawPolygon(shape)
    if shown.sign == "north":
        name(painter, letters(shown.letter, QPointF(at.x(), at.y() - radius * 2.9), size=13))
        return
    font = QFont(theme.family)
    font.setPixelSize(theme.px(12))
    font.setBold(True)
    painter.setFont(font)
    painter.setPen(QColor(PAPER))
    box = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown.letter)


def picture_of(kind: map_points.PointKind, size: int) -> QPixmap:
    """A kind's sign as a picture for lists, at twice the size for sharp screens."""
    made = QPixmap(size * 2, size * 2)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scale = size * 2 / theme.px(36)
    painter.scale(scale, scale)
    down = 22 if kind.sign in ("north", "drop", "triangle") else 18
    sign(painter, Sign(0, kind.sign, kind.letter, kind.colour, "", 0, 0), QPointF(theme.px(18), theme.px(down)))
    painter.end()
    made.setDevicePixelRatio(2)
    return made


def grips(painter: QPainter, places: Iterable[tuple[QPointF, bool]]) -> None:
    """The corners of the outline that is changed; the chosen one is filled and larger."""
    for at, is_chosen in places:
        size = theme.px(6.5 if is_chosen else 4.5)
        painter.setPen(QPen(QColor(MARK), theme.px(2)))
        painter.setBrush(QColor(MARK) if is_chosen else QColor(PAPER))
        painter.drawRect(QRectF(at.x() - size, at.y() - size, 2 * size, 2 * size))


def cross(painter: QPainter, at: QPointF) -> None:
    """The pointer that is moved by keys."""
    for pen in (QPen(QColor(PAPER), theme.px(4)), QPen(QColor("#B3261E"), theme.px(1.6))):
        painter.setPen(pen)
        long = theme.px(14)
        painter.drawLine(QPointF(at.x() - long, at.y()), QPointF(at.x() + long, at.y()))
        painter.drawLine(QPointF(at.x(), at.y() - long), QPointF(at.x(), at.y() + long))


def halo(painter: QPainter, at: QPointF) -> None:
    """Where a corner would be caught by a neighbour's."""
    painter.setPen(QPen(QColor("#B3261E"), theme.px(2)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, theme.px(8), theme.px(8))


def middle(rings: Rings, ratio: float) -> Point:
    """Where the name of an outline stands."""
    return outline.middle(rings, ratio)
