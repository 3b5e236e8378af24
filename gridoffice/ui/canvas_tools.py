"""Tools for the drawing surface: what every tool can be asked, drawing an outline, placing a point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from gridoffice.domain.outline import Point, Ring
from gridoffice.ui import canvas_paint as paint
from gridoffice.ui.canvas_view import arrow, long
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.canvas import MapCanvas

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def is_free(keys: Any) -> bool:
    """Whether Alt or Ctrl is held with the mouse: then nothing is caught (some desktops keep Alt to themselves)."""
    return bool(keys & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier))


class Tool:
    """What every tool can be asked; places are in pixels of the viewport."""

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, canvas: MapCanvas) -> None:
        self.canvas = canvas

    def hint(self) -> str:
        """What can be done now, in words."""
        return ""

    def own(self) -> int:
        """The key of the outline that is changed, 0 for none."""
        return 0

    def held(self) -> int:
        """The key of the sign the tool itself paints, 0 for none."""
        return 0

    def corners(self) -> list[Point]:
        """Corners of the tool that catch others."""
        return []

    def shown(self) -> None:
        """Other outlines are shown: what is gone is no longer chosen."""

    def settle(self) -> None:
        """Give away what keys have moved."""

    def press(self, _at: QPointF, _keys: Any) -> bool:
        """Whether something was taken that can be dragged."""
        return False

    def drag(self, at: QPointF, keys: Any) -> None:
        """What was taken is moved."""

    def drop(self, at: QPointF, keys: Any) -> None:
        """What was taken is let go."""

    def hover(self, at: QPointF, keys: Any) -> None:
        """The pointer moves with nothing taken."""

    def click(self, at: QPointF, keys: Any) -> None:
        """A click."""

    def double(self, at: QPointF, keys: Any) -> None:
        """A double click; its first click came as a click before."""

    def right(self, at: QPointF) -> None:
        """A click with the right button."""

    def space(self) -> None:
        """The space bar, as a click where the keys' pointer is."""

    def key(self, _event: Any) -> bool:
        """Whether a key was taken."""
        return False

    def paint(self, painter: QPainter) -> None:
        """What the tool shows over everything."""


class Pointing(Tool):
    """A tool that clicks: arrows move a pointer of its own, space clicks there."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, canvas: MapCanvas) -> None:
        super().__init__(canvas)
        self.pointer: Point | None = None
        self.over: QPointF | None = None
        self.catches = True
        self._is_free = False

    def hover(self, at: QPointF, keys: Any) -> None:
        """Show what would be caught."""
        self.over, self._is_free, self.pointer = at, is_free(keys), None

    def where(self) -> Point | None:
        """Where a click would go: at the keys' pointer or under the mouse."""
        at = self.canvas.pixel(self.pointer) if self.pointer is not None else self.over
        return None if at is None else self.canvas.caught(at, is_free=self._is_free or not self.catches)

    def space(self) -> None:
        """Click at the keys' pointer."""
        if self.pointer is not None:
            self.click(self.canvas.pixel(self.pointer), Qt.KeyboardModifier.NoModifier)

    def key(self, event: Any) -> bool:
        """Arrows move the pointer, Esc gives the tool up."""
        if event.key() == Qt.Key.Key_Escape:
            self.canvas.left.emit()
            return True
        step = arrow(event)
        if step is None:
            return False
        start = self.canvas.pixel(self.pointer) if self.pointer else QPointF(self.canvas.viewport().rect().center())
        self._is_free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)  # Ctrl makes longer steps
        self.pointer = self.canvas.fraction(start + step)
        self.canvas.reveal(self.pointer)
        return True

    def paint(self, painter: QPainter) -> None:
        """The keys' pointer, and what it would be caught by."""
        where = self.where()
        if where is not None:
            raw = self.canvas.pixel(self.pointer) if self.pointer is not None else self.over
            assert raw is not None
            if self.catches and long(self.canvas.pixel(where) - raw) > 0.01:
                paint.halo(painter, self.canvas.pixel(where))
        if self.pointer is not None:
            paint.cross(painter, self.canvas.pixel(self.pointer))


class Draw(Pointing):
    """Draws an outline corner by corner."""

    def __init__(self, canvas: MapCanvas, key: int, name: str, corners: Ring = ()) -> None:
        super().__init__(canvas)
        self.key_, self.name = key, name
        self.drawn: list[Point] = list(corners)

    def hint(self) -> str:
        """How to go on."""
        said = f"正在画“{self.name}”"
        if not self.drawn:
            return f"{said}：沿边界点第一个角（键盘：方向键移动十字，空格点下） · Esc 不画了"
        ways = "双击或 Enter 画完 · Backspace 退一个角 · 按住 Alt 或 Ctrl 不吸附 · Esc 不画了"
        return f"{said}：已点 {len(self.drawn)} 个角 · {ways}"

    def own(self) -> int:
        """The outline that will be replaced."""
        return self.key_

    def corners(self) -> list[Point]:
        """The first corner catches the last."""
        return self.drawn[:1]

    def click(self, at: QPointF, keys: Any) -> None:
        """Put a corner; on the first one the outline is closed."""
        point = self.canvas.caught(at, is_free=is_free(keys))
        if len(self.drawn) >= 3 and point == self.drawn[0]:
            self.finish()
        elif not self.drawn or point != self.drawn[-1]:
            self.drawn.append(point)

    def double(self, at: QPointF, keys: Any) -> None:
        """The first of the two clicks put the last corner."""
        self.finish()

    def finish(self) -> None:
        """Give the outline away; when it is refused, drawing goes on."""
        self.canvas.closed.emit(tuple(self.drawn))

    def take_back(self) -> bool:
        """Take the last corner back; False when there is none."""
        if not self.drawn:
            return False
        self.drawn.pop()
        self.canvas.tell()
        self.canvas.viewport().update()
        return True

    def key(self, event: Any) -> bool:
        """Enter closes, Backspace takes the last corner back."""
        if event.key() in ENTER:
            self.finish()
            return True
        if event.key() == Qt.Key.Key_Backspace:
            self.take_back()
            return True
        return super().key(event)

    def paint(self, painter: QPainter) -> None:
        """The sides so far, and the one that would come."""
        places = [self.canvas.pixel(corner) for corner in self.drawn]
        where = self.where()
        line = [*places, self.canvas.pixel(where)] if where is not None and places else places
        painter.setPen(QPen(QColor(paint.MARK), theme.px(2.4)))
        painter.setBrush(QColor(28, 95, 168, 40))
        if len(line) > 2:
            painter.drawPolygon(QPolygonF(line))
        else:
            painter.drawPolyline(QPolygonF(line))
        paint.grips(painter, ((at, number == 0 and len(places) > 2) for number, at in enumerate(places)))
        super().paint(painter)


class Place(Pointing):
    """Places points of one kind, one click each."""

    def __init__(self, canvas: MapCanvas, shown: paint.Sign, word: str) -> None:
        super().__init__(canvas)
        self.sign, self.word = shown, word
        self.catches = False

    def hint(self) -> str:
        """What a click does."""
        return f"点图上的位置放“{self.word}”（键盘：方向键移动十字，空格放下） · Esc 不放了"

    def click(self, at: QPointF, keys: Any) -> None:
        """Place it."""
        self.canvas.placed.emit(*self.canvas.fraction(at))

    def key(self, event: Any) -> bool:
        """Enter places it too."""
        if event.key() in ENTER:
            self.space()
            return True
        return super().key(event)

    def paint(self, painter: QPainter) -> None:
        """The sign where it would be placed."""
        where = self.where()
        if where is not None:
            painter.setOpacity(0.7)
            paint.sign(painter, self.sign, self.canvas.pixel(where))
            painter.setOpacity(1)
        super().paint(painter)
