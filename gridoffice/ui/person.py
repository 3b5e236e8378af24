"""A person: photo, name, post, phone, side by side."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from gridoffice.ui.icons import pixmap
from gridoffice.ui.panel import label, row
from gridoffice.ui.pill import pill
from gridoffice.ui.theme import theme


def photo(data: bytes | None, wide: int = 54) -> QLabel:
    """A 25×35 photo of `wide` pixels at 100 %, cut alike with round corners; a neutral figure when there is none."""
    made = QLabel()
    width, height = theme.px(wide), theme.px(wide * 7 / 5)
    made.setFixedSize(width, height)
    picture = QPixmap()
    if data is None or not picture.loadFromData(data):
        made.setPixmap(pixmap("personnel", theme.colours.quiet, theme.px(wide * 0.55)))
        made.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made.setStyleSheet(f"background: {theme.colours.window}; border-radius: 6px")
        made.setAccessibleName("没有照片")
        return made
    made.setPixmap(_cut(picture, width, height))
    made.setAccessibleName("照片")
    return made


def _cut(picture: QPixmap, width: int, height: int) -> QPixmap:
    whole = picture.scaled(
        width * 2,
        height * 2,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    out = QPixmap(width * 2, height * 2)
    out.fill(Qt.GlobalColor.transparent)
    painter = QPainter(out)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, width * 2, height * 2), 10, 10)
    painter.setClipPath(path)
    painter.drawPixmap((width * 2 - whole.width()) // 2, min(0, (height * 2 - whole.height()) // 3), whole)
    painter.end()
    out.setDevicePixelRatio(2)
    return out


class Person(QWidget):
    """A row: photo at the left, then name, post, phone and perhaps a state."""

    def __init__(self, name: str, post: str, phone: str, data: bytes | None = None, state: str = "") -> None:
        super().__init__()
        words = QVBoxLayout()
        words.setSpacing(theme.px(1))
        words.addStretch(1)
        words.addWidget(label(name, "heading"))
        words.addWidget(label(post, "quiet", wrap=True))
        words.addWidget(label(phone or "没有电话", "" if phone else "late"))
        if state:
            words.addLayout(row(pill(state), 1))
        words.addStretch(1)
        self.setLayout(row(photo(data), words, spacing=12))
        layout = self.layout()
        assert layout is not None
        layout.setContentsMargins(0, theme.px(4), 0, theme.px(4))
