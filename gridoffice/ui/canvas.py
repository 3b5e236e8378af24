"""The drawing surface of a map: base picture, outlines and signs; zoom, pan, and a tool that takes clicks and keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPen

from gridoffice.domain import outline
from gridoffice.domain.outline import Point, Rings
from gridoffice.ui import canvas_paint as paint
from gridoffice.ui.canvas_paint import Outline, Sign
from gridoffice.ui.canvas_view import PaperView, arrow, long, pair
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.canvas_tools import Tool

CATCH = 10  # pixels (at 100 %) within which a corner is caught by another
STILL = 4  # pixels a hand may move during a click
PAUSE = 600  # milliseconds after the last key until moved corners are given away


class MapCanvas(PaperView):
    """A map to look at and to draw on; it tells what was drawn and waits to be shown what is kept."""

    closed = Signal(object)  # a ring was drawn: its corners
    reshaped = Signal(object)  # corners were moved, put in or taken out: {key: rings}
    outline_removed = Signal(int)
    chosen = Signal(int)  # an outline by its key, 0: none
    placed = Signal(float, float)  # a point was clicked
    sign_chosen = Signal(int)
    sign_moved = Signal(int, float, float)
    sign_opened = Signal(int)
    sign_removed = Signal(int)
    left = Signal()  # the tool was given up
    hinted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("网格图")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.outlines: tuple[Outline, ...] = ()
        self.signs: tuple[Sign, ...] = ()
        self.live: dict[int, Rings] = {}  # outlines as they are being changed
        self._names: dict[int, Point] = {}
        self.has_space = self._is_panned = False
        self._pressed: QPointF | None = None
        self._panned: QPoint | None = None
        self._is_dragging = False
        self.tool: Tool
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE)
        self._later.timeout.connect(self.settle)
        self.look()

    # -- what is shown

    def show_shapes(self, outlines: Sequence[Outline], signs: Sequence[Sign]) -> None:
        """Show outlines and signs; what was being changed is dropped, what was chosen stays chosen."""
        self._later.stop()
        self.outlines, self.signs = tuple(outlines), tuple(signs)
        self.live.clear()
        self._names = {one.key: paint.middle(one.rings, self.wide / self.high) for one in outlines}
        self.tool.shown()
        self.viewport().update()

    def outline(self, key: int) -> Outline | None:
        """An outline by its key."""
        return next((one for one in self.outlines if one.key == key), None)

    def rings(self, key: int) -> Rings:
        """An outline's corners as they are now, moved ones included."""
        known = self.outline(key)
        return self.live.get(key) or (known.rings if known else ())

    # -- tools

    def take(self, tool: Tool) -> None:
        """Take another tool."""
        self.settle()
        self.tool = tool
        self.viewport().setCursor(tool.cursor)
        self.tell()
        self.viewport().update()

    def look(self) -> None:
        """Take the tool that chooses and moves."""
        from gridoffice.ui.canvas_edit import Edit

        self.take(Edit(self))

    def tell(self) -> None:
        """Tell what can be done now."""
        self.hinted.emit(self.tool.hint())

    def change(self, live: dict[int, Rings], *, is_done: bool) -> None:
        """Show outlines changed; given away at once, or after a pause when keys may follow."""
        self.live.update(live)
        self.viewport().update()
        if is_done:
            self.settle()
        else:
            self._later.start()

    def settle(self) -> None:
        """Give away what was changed by keys and is not given away yet."""
        self._later.stop()
        if hasattr(self, "tool"):
            self.tool.settle()
        if self.live:
            changed, self.live = dict(self.live), {}
            self.reshaped.emit(changed)

    def caught(self, at: QPointF, but: frozenset[tuple[int, Point]] = frozenset(), *, is_free: bool = False) -> Point:
        """The fraction at a place, caught by a corner or else a side near by; `but` are corners that do not catch."""
        point = self.fraction(at)
        if is_free:
            return point
        best, near = point, float(theme.px(CATCH))
        for corner in self._corners(but):
            away = long(self.pixel(corner) - at)
            if away <= near:
                best, near = corner, away
        return best if best != point else self._on_side(at, but) or self._on_edge(at, point)

    def _corners(self, but: frozenset[tuple[int, Point]]) -> list[Point]:
        keys = [one.key for one in self.outlines]
        return [
            corner for key in keys for ring in self.rings(key) for corner in ring if (key, corner) not in but
        ] + self.tool.corners()

    def _on_side(self, at: QPointF, but: frozenset[tuple[int, Point]]) -> Point | None:
        """The nearest place on another outline's side."""
        moving = {key for key, _ in but}
        best, near = None, float(theme.px(CATCH))
        for one in self.outlines:
            if one.key in moving or one.key == self.tool.own():
                continue
            for ring in self.rings(one.key):
                for start, end in outline.edges(ring):
                    along, _ = outline.foot((at.x(), at.y()), *(pair(self.pixel(p)) for p in (start, end)))
                    point = start[0] + along * (end[0] - start[0]), start[1] + along * (end[1] - start[1])
                    away = long(self.pixel(point) - at)
                    if away <= near:
                        best, near = point, away
        return best

    def _on_edge(self, at: QPointF, point: Point) -> Point:
        """The point put on the paper's edge when it is near."""
        catch = theme.px(CATCH)
        left, top, right, bottom = *pair(self.pixel((0, 0))), *pair(self.pixel((1, 1)))
        x = 0.0 if abs(at.x() - left) <= catch else 1.0 if abs(at.x() - right) <= catch else point[0]
        y = 0.0 if abs(at.y() - top) <= catch else 1.0 if abs(at.y() - bottom) <= catch else point[1]
        return x, y

    # -- hand

    def mousePressEvent(self, event: Any) -> None:
        """A corner or sign is taken, or something else begins."""
        self.setFocus()
        at = event.position()
        if event.button() == Qt.MouseButton.RightButton:
            self.tool.right(at)
        elif event.button() == Qt.MouseButton.MiddleButton or self.has_space:
            self._begin_pan(at)
        elif event.button() == Qt.MouseButton.LeftButton:
            self._pressed = at
            self._is_dragging = self.tool.press(at, event.modifiers())
        event.accept()

    def mouseMoveEvent(self, event: Any) -> None:
        """Drag what was taken, else move the map, else show what would be caught."""
        at = event.position()
        if self._panned is not None:
            moved = self._panned - at.toPoint()
            self._panned = at.toPoint()
            self.pan(moved.x(), moved.y())
        elif self._is_dragging:
            self.tool.drag(at, event.modifiers())
        elif self._pressed is not None and long(at - self._pressed) > STILL:
            self._begin_pan(self._pressed)
        else:
            self.tool.hover(at, event.modifiers())
        self.viewport().update()
        event.accept()

    def mouseReleaseEvent(self, event: Any) -> None:
        """Let go: the end of a drag, or a click."""
        at = event.position()
        if self._panned is not None:
            self._panned = None
            self.viewport().setCursor(self.tool.cursor)
        elif self._is_dragging:
            self.tool.drop(at, event.modifiers())
        elif self._pressed is not None and event.button() == Qt.MouseButton.LeftButton:
            self.tool.click(at, event.modifiers())
        self._pressed, self._is_dragging = None, False
        self.tell()
        self.viewport().update()
        event.accept()

    def mouseDoubleClickEvent(self, event: Any) -> None:
        """The second click of two."""
        self._pressed = None
        if event.button() == Qt.MouseButton.LeftButton:
            self.tool.double(event.position(), event.modifiers())
        self.tell()
        self.viewport().update()
        event.accept()

    def _begin_pan(self, at: QPointF) -> None:
        self._panned = at.toPoint()
        self._is_panned = True
        self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    # -- keys

    def keyPressEvent(self, event: Any) -> None:
        """The tool's keys; else arrows move the map."""
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.has_space, self._is_panned = True, False
            event.accept()
            return
        if self.tool.key(event):
            self.tell()
            self.viewport().update()
            event.accept()
            return
        step = arrow(event)
        if step is not None:
            self.pan(round(step.x() * 40), round(step.y() * 40))
            event.accept()
            return
        event.ignore()

    def keyReleaseEvent(self, event: Any) -> None:
        """Space alone clicks where the keys' pointer is; space held while dragging moved the map."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            was_click = self.has_space and not self._is_panned
            self.has_space = False
            if was_click:
                self.tool.space()
                self.tell()
                self.viewport().update()
            event.accept()
            return
        super().keyReleaseEvent(event)

    def focusOutEvent(self, event: Any) -> None:
        """Keys that moved corners are over."""
        self.has_space = False
        super().focusOutEvent(event)
        self.viewport().update()

    # -- painting

    def drawForeground(self, painter: QPainter, _rect: QRectF | Any) -> None:
        """Outlines, names, signs and what the tool shows, in pixels of the viewport."""
        painter.save()
        painter.resetTransform()
        for one in sorted(self.outlines, key=lambda one: (not one.is_quiet, one.is_frame)):
            paint.field(painter, one, self.rings(one.key), self.pixel, is_chosen=one.key == self.tool.own())
        for sign in self.signs:
            if sign.key != self.tool.held():
                paint.sign(painter, sign, self.pixel((sign.x, sign.y)))
        taken = [paint.box_of(sign, self.pixel) for sign in self.signs]
        for one in self.outlines:
            if not one.is_frame:
                path = paint.letters(one.name, self.pixel(self._names[one.key]), is_bold=not one.is_quiet)
                paint.name(painter, path, "#5C6775" if one.is_quiet else paint.INK)
                taken.append(path.boundingRect())
        paint.titles(painter, self.signs, self.pixel, taken)
        self.tool.paint(painter)
        if self.hasFocus():
            painter.setPen(QPen(QColor(theme.colours.brand), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))
        painter.restore()
