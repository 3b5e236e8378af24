"""The small picture of a unit's map beside its card; a click opens the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QPushButton, QSizePolicy

from gridoffice.domain.maps import AROUND, OWN, MapView
from gridoffice.domain.outline import Point
from gridoffice.modules.grids import maps
from gridoffice.ui import canvas_paint as paint
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.modules.grids.page import GridsPage

HIGH = 150
"""Pixels (at 100 %) the picture is high at most."""


class MapCard(QPushButton):
    """The map in small, the unit marked where it is one of a larger map; hidden where there is none."""

    def __init__(self, page: GridsPage) -> None:
        super().__init__()
        self.page = page
        self.view: MapView | None = None
        self._picture = QPixmap()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip("打开网格图")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open)
        self.hide()

    def show_unit(self, unit_id: int) -> None:
        """Show the map of a unit, if there is one."""
        self.view = view = maps.get(self.page.office, unit_id, small=True)
        self.setVisible(view is not None)
        if view is None:
            return
        self._picture = QPixmap()
        if view.picture:
            self._picture.loadFromData(view.picture)
        drawn = len(view.of_role("below"))
        self.setAccessibleName(f"网格图：{view.shown_name}，{drawn} 个轮廓，打开")
        self.setFixedHeight(self._size().height())
        self.update()

    def _size(self) -> QSize:
        assert self.view is not None
        wide = max(self.width(), theme.px(180))
        return QSize(wide, min(round(wide / self.view.ratio), theme.px(HIGH)))

    def resizeEvent(self, event: Any) -> None:
        """Keep the ratio."""
        super().resizeEvent(event)
        if self.view is not None and event.size().width() != event.oldSize().width():
            self.setFixedHeight(self._size().height())

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(theme.px(200), theme.px(HIGH))

    def paintEvent(self, _event: Any) -> None:
        """The base with the fields on it, names where there is room."""
        view = self.view
        if view is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        clip = QPainterPath()
        clip.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
        painter.setClipPath(clip)
        painter.fillRect(self.rect(), QColor(theme.colours.window))
        scale = min(self.width() / view.width, self.height() / view.height)
        start = QPointF((self.width() - view.width * scale) / 2, (self.height() - view.height * scale) / 2)

        def place(point: Point) -> QPointF:
            return start + QPointF(point[0] * view.width, point[1] * view.height) * scale

        area = QRectF(place((0, 0)), place((1, 1)))
        painter.fillRect(area, QColor(paint.PAPER))
        if not self._picture.isNull():
            painter.drawPixmap(area, self._picture, QRectF(self._picture.rect()))
        for one in view.shapes:
            is_here = one.role == OWN and not view.is_own
            is_frame = one.role == OWN and view.is_own
            shown = paint.Outline(one.unit_id, one.name, one.rings, one.tint, one.role == AROUND, is_frame)
            paint.field(painter, shown, one.rings, place, is_chosen=is_here)
        painter.setClipping(False)
        is_held = self.hasFocus() or self.underMouse()
        painter.setPen(QPen(QColor(theme.colours.brand if is_held else theme.colours.line), 2 if is_held else 1))
        painter.drawPath(clip)
        painter.end()

    def open(self) -> None:
        """Open the map of the page's unit."""
        from gridoffice.modules.grids.page_map import open_map

        if self.page.unit is not None:
            open_map(self.page, self.page.office, self.page.unit.id, self.page.main)
