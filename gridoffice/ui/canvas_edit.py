"""The tool that chooses: outlines, their corners and signs are moved, put in and taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter

from gridoffice.domain import outline
from gridoffice.domain.outline import Point, Rings
from gridoffice.ui import canvas_paint as paint
from gridoffice.ui.canvas import CATCH
from gridoffice.ui.canvas_tools import ENTER, Tool, is_free
from gridoffice.ui.canvas_view import arrow, long
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.canvas import MapCanvas


class Edit(Tool):
    """Chooses outlines and signs; moves, puts in and takes out corners. Corners that neighbours share move together."""

    def __init__(self, canvas: MapCanvas, key: int = 0, sign: int = 0, note: str = "") -> None:
        super().__init__(canvas)
        self.note = note  # said instead of a hint until something is chosen
        self.chosen, self.sign = key, sign
        self.corner: tuple[int, int] | None = None  # ring and place
        self._sign_at: Point | None = None
        self._before: dict[int, Rings] = {}
        self._shared: list[tuple[int, int, int]] = []

    def hint(self) -> str:
        """What can be done with what is chosen."""
        if self.sign:
            return "拖动或按方向键移动点位（Shift 快移） · 双击或 F2 改名 · Delete 删除 · Esc 不选"
        if self.corner is not None:
            ways = "Insert 加角 · Delete 去掉 · PgUp/PgDn 换角 · Esc 不选"
            return f"拖动或按方向键移动这个角（Shift 快移，拖动时按住 Alt 或 Ctrl 只动这一个、不吸附） · {ways}"
        if self.chosen:
            return "拖动角可以改 · 双击边加一个角 · 右键点角去掉 · PgDn 选角 · Delete 删除轮廓 · Esc 不选"
        return self.note or "点一个网格或点位可以改 · 滚轮或 Ctrl+加减号缩放 · 拖动或方向键移动图"

    def own(self) -> int:
        """The chosen outline."""
        return self.chosen

    def held(self) -> int:
        """The chosen sign is painted here, where it is being moved."""
        return self.sign

    def shown(self) -> None:
        """Keep what is still there."""
        rings = self.canvas.rings(self.chosen)
        if not rings:
            self.chosen, self.corner = 0, None
        elif self.corner is not None and not self._has(rings, self.corner):
            self.corner = None
        if not any(one.key == self.sign for one in self.canvas.signs):
            self.sign = 0
        self._sign_at = None

    @staticmethod
    def _has(rings: Rings, corner: tuple[int, int]) -> bool:
        return corner[0] < len(rings) and corner[1] < len(rings[corner[0]])

    def settle(self) -> None:
        """Give away where keys have moved a sign."""
        if self.sign and self._sign_at is not None:
            at, self._sign_at = self._sign_at, None
            self.canvas.sign_moved.emit(self.sign, *at)

    # -- choosing

    def choose(self, key: int) -> None:
        """Choose an outline (0: none)."""
        self.canvas.settle()
        self.corner, self.sign = None, 0
        if key != self.chosen:
            self.chosen = key
            self.canvas.chosen.emit(key)

    def choose_sign(self, key: int) -> None:
        """Choose a sign (0: none)."""
        self.canvas.settle()
        self.corner = None
        self.sign = key
        self.canvas.sign_chosen.emit(key)

    def _sign_near(self, at: QPointF) -> int:
        near = [(long(self.canvas.pixel((one.x, one.y)) - at), one.key) for one in self.canvas.signs]
        return min((pair for pair in near if pair[0] <= theme.px(13)), default=(0.0, 0))[1]

    def _corner_near(self, at: QPointF) -> tuple[int, int] | None:
        found = None
        best = float(theme.px(CATCH))
        for ring, corners in enumerate(self.canvas.rings(self.chosen)):
            for place, corner in enumerate(corners):
                away = long(self.canvas.pixel(corner) - at)
                if away <= best:
                    found, best = (ring, place), away
        return found

    def _outline_at(self, at: QPointF) -> int:
        point = self.canvas.fraction(at, is_held=False)
        hits = [
            (sum(abs(outline.area(ring)) for ring in one.rings), one.key)
            for one in self.canvas.outlines
            if not one.is_quiet and outline.contains(one.rings, point)
        ]
        return min(hits, default=(0.0, 0))[1]

    # -- hand

    def press(self, at: QPointF, _keys: Any) -> bool:
        """Take the sign or corner under the pointer."""
        sign = self._sign_near(at)
        if sign:
            self.choose_sign(sign)
            return True
        corner = self._corner_near(at) if self.chosen else None
        if corner is None:
            return False
        self.sign, self.corner = 0, corner
        self._take(is_alone=False)
        return True

    def _take(self, *, is_alone: bool) -> None:
        """Remember where the corner was, and who shares it."""
        assert self.corner is not None
        here = self.canvas.rings(self.chosen)[self.corner[0]][self.corner[1]]
        self._before = {}
        self._shared = [(self.chosen, *self.corner)]
        for one in self.canvas.outlines:
            for ring, corners in enumerate(self.canvas.rings(one.key)):
                for place, corner in enumerate(corners):
                    is_other = (one.key, ring, place) != self._shared[0]
                    if corner == here and is_other and not one.is_quiet and not is_alone:
                        self._shared.append((one.key, ring, place))
        for key, _, _ in self._shared:
            self._before[key] = self.canvas.rings(key)

    def _moved(self, to: Point, *, is_alone: bool) -> dict[int, Rings]:
        """The outlines with the taken corner somewhere else."""
        found = dict(self._before)
        for number, (key, ring, place) in enumerate(self._shared):
            if number and is_alone:
                continue
            corners = list(found[key][ring])
            corners[place] = to
            found[key] = (*found[key][:ring], tuple(corners), *found[key][ring + 1 :])
        return found

    def drag(self, at: QPointF, keys: Any) -> None:
        """Move what was taken."""
        if self.sign:
            self._sign_at = self.canvas.fraction(at)
        elif self.corner is not None and self._shared:
            here = self._before[self.chosen][self.corner[0]][self.corner[1]]
            but = frozenset((key, here) for key, _, _ in self._shared)
            to = self.canvas.caught(at, but, is_free=is_free(keys))
            self.canvas.live.update(self._moved(to, is_alone=is_free(keys)))

    def drop(self, at: QPointF, keys: Any) -> None:
        """Let go, and give away what was moved."""
        if self.sign:
            self.settle()
        elif self.canvas.live:
            same = [key for key, rings in self.canvas.live.items() if rings == self._before.get(key)]
            for key in same:
                del self.canvas.live[key]
            self.canvas.settle()
        self._shared = []

    def click(self, at: QPointF, keys: Any) -> None:
        """Choose the outline under the pointer."""
        self.choose(self._outline_at(at))

    def double(self, at: QPointF, keys: Any) -> None:
        """Open a sign, or put a corner into a side."""
        sign = self._sign_near(at)
        if sign:
            self.canvas.sign_opened.emit(sign)
            return
        best, where = float(theme.px(CATCH)), None
        for ring, corners in enumerate(self.canvas.rings(self.chosen)):
            for place, (start, end) in enumerate(outline.edges(corners)):
                ends = [self.canvas.pixel(corner) for corner in (start, end)]
                _, foot = outline.foot((at.x(), at.y()), *((end.x(), end.y()) for end in ends))
                away = long(QPointF(*foot) - at)
                if away <= best and all(long(end - at) > theme.px(CATCH) for end in ends):
                    best, where = away, (ring, place + 1)
        if where is not None:
            self._insert(*where, self.canvas.caught(at, is_free=True))

    def right(self, at: QPointF) -> None:
        """Take a corner out."""
        corner = self._corner_near(at) if self.chosen else None
        if corner is not None:
            self.corner = corner
            self._remove()

    # -- keys

    def key(self, event: Any) -> bool:
        """Arrows, Delete, Insert, page keys, F2, Esc."""
        if event.key() == Qt.Key.Key_Escape:
            return self._back()
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            return self._delete()
        if self.sign and event.key() in (Qt.Key.Key_F2, *ENTER):
            self.canvas.sign_opened.emit(self.sign)
            return True
        if self.chosen and event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._next(1 if event.key() == Qt.Key.Key_PageDown else -1)
            return True
        if self.corner is not None and event.key() == Qt.Key.Key_Insert:
            ring, place = self.corner
            corners = self.canvas.rings(self.chosen)[ring]
            here, there = corners[place], corners[(place + 1) % len(corners)]
            self._insert(ring, place + 1, ((here[0] + there[0]) / 2, (here[1] + there[1]) / 2))
            return True
        step = arrow(event)
        return step is not None and self._step(step)

    def _step(self, step: QPointF) -> bool:
        if self.sign:
            known = next(one for one in self.canvas.signs if one.key == self.sign)
            self._sign_at = self.canvas.fraction(self.canvas.pixel(self._sign_at or (known.x, known.y)) + step)
            self.canvas.change({}, is_done=False)
            return True
        if self.corner is None:
            return False
        self._take(is_alone=False)
        here = self.canvas.rings(self.chosen)[self.corner[0]][self.corner[1]]
        to = self.canvas.fraction(self.canvas.pixel(here) + step)
        self.canvas.change(self._moved(to, is_alone=False), is_done=False)
        self.canvas.reveal(to)
        return True

    def _next(self, by: int) -> None:
        places = [
            (ring, place)
            for ring, corners in enumerate(self.canvas.rings(self.chosen))
            for place in range(len(corners))
        ]
        self.canvas.settle()
        now = places.index(self.corner) if self.corner in places else (-1 if by > 0 else 0)
        self.sign = 0
        self.corner = places[(now + by) % len(places)]
        self.canvas.reveal(self.canvas.rings(self.chosen)[self.corner[0]][self.corner[1]])

    def _back(self) -> bool:
        """Esc: first the corner, then the sign or outline is no longer chosen; then it is for others."""
        self.canvas.settle()
        if self.corner is not None:
            self.corner = None
        elif self.sign:
            self.choose_sign(0)
        elif self.chosen:
            self.choose(0)
        else:
            return False
        return True

    def _delete(self) -> bool:
        self.canvas.settle()
        if self.sign:
            self.canvas.sign_removed.emit(self.sign)
        elif self.corner is not None:
            self._remove()
        elif self.chosen:
            self.canvas.outline_removed.emit(self.chosen)
        else:
            return False
        return True

    def _insert(self, ring: int, place: int, to: Point) -> None:
        rings = self.canvas.rings(self.chosen)
        corners = (*rings[ring][:place], to, *rings[ring][place:])
        self.corner = (ring, place)
        self.canvas.change({self.chosen: (*rings[:ring], corners, *rings[ring + 1 :])}, is_done=True)

    def _remove(self) -> None:
        assert self.corner is not None
        ring, place = self.corner
        rings = self.canvas.rings(self.chosen)
        corners = (*rings[ring][:place], *rings[ring][place + 1 :])
        rest = (corners,) if len(corners) >= 3 or len(rings) == 1 else ()
        self.corner = None
        self.canvas.change({self.chosen: (*rings[:ring], *rest, *rings[ring + 1 :])}, is_done=True)

    def paint(self, painter: QPainter) -> None:
        """The corners of the chosen outline, and the chosen sign."""
        rings = self.canvas.rings(self.chosen)
        paint.grips(
            painter,
            (
                (self.canvas.pixel(corner), (ring, place) == self.corner)
                for ring, corners in enumerate(rings)
                for place, corner in enumerate(corners)
            ),
        )
        known = next((one for one in self.canvas.signs if one.key == self.sign), None)
        if known is not None:
            paint.sign(painter, known, self.canvas.pixel(self._sign_at or (known.x, known.y)), is_chosen=True)
