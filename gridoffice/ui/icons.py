"""Line icons from resources/icons, drawn in the theme's colour at any size."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gridoffice.core import paths
from gridoffice.ui.theme import theme


@lru_cache(maxsize=100)
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text("utf-8")


@lru_cache(maxsize=400)
def pixmap(name: str, colour: str, size: int) -> QPixmap:
    """An icon as a picture of `size` pixels in a colour, drawn at twice the size for sharp screens."""
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    picture = QPixmap(size * 2, size * 2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    renderer.render(painter, QRectF(0, 0, size * 2, size * 2))
    painter.end()
    picture.setDevicePixelRatio(2)
    return picture


def icon(name: str, tone: str = "") -> QIcon:
    """A named icon in the quiet colour, or in a tone's."""
    colours = theme.colours
    colour = colours.tone(tone)[0] if tone else colours.quiet
    return QIcon(pixmap(name, colour, theme.px(20)))
