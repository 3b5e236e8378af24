"""One card of the wall, painted: photo, name, grid, phone, state, light."""

from __future__ import annotations

from PySide6.QtCore import (
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gridoffice.modules.personnel.page_faces import PHOTO, Faces, Index
from gridoffice.modules.personnel.wall import Face
from gridoffice.ui.icons import pixmap
from gridoffice.ui.pill import parts
from gridoffice.ui.theme import theme

CARD = (286, 132)  # pixels at 100 %


class CardDelegate(QStyledItemDelegate):
    """Paints one card."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All cards are alike and fill their place in the wall."""
        wall_ = self.parent()
        size = wall_.gridSize() if isinstance(wall_, QListView) else QSize()
        return size if size.isValid() else QSize(theme.px(CARD[0]), theme.px(CARD[1]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Frame, photo, words, state, light."""
        model = index.model()
        face = model.face(index.row()) if isinstance(model, Faces) else None
        if face is None or not isinstance(model, Faces):
            return
        colours = theme.colours
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        box = QRectF(option.rect).adjusted(4, 4, -4, -4)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setPen(QColor(colours.brand if is_chosen else colours.line))
        painter.setBrush(QColor(colours.brand_tint if is_chosen else colours.panel))
        painter.drawRoundedRect(box, 8, 8)
        frame = QRectF(box.left() + theme.px(10), box.top() + theme.px(11), theme.px(PHOTO[0]), theme.px(PHOTO[1]))
        _photo(painter, frame, model.picture(face))
        left = int(frame.right()) + theme.px(12)
        room = QRect(left, int(box.top()) + theme.px(10), int(box.right()) - left - theme.px(8), theme.px(22))
        _words(painter, room, face)
        painter.restore()


def _photo(painter: QPainter, frame: QRectF, picture: QPixmap | None) -> None:
    path = QPainterPath()
    path.addRoundedRect(frame, 5, 5)
    painter.save()
    painter.setClipPath(path)
    if picture is None:
        painter.fillRect(frame, QColor(theme.colours.window))
        size = theme.px(40)
        middle = QRect(0, 0, size, size)
        middle.moveCenter(frame.center().toPoint())
        painter.drawPixmap(middle, pixmap("personnel", theme.colours.quiet, size))
    else:
        painter.drawPixmap(frame, picture, QRectF(picture.rect()))
    painter.restore()


def _words(painter: QPainter, room: QRect, face: Face) -> None:
    colours, plain = theme.colours, painter.font()
    bold = QFont(plain)
    bold.setBold(True)
    bold.setPixelSize(theme.px(16))
    painter.setFont(bold)
    painter.setPen(QColor(colours.text))
    _line(painter, room, face.name)
    small = QFont(plain)
    small.setPixelSize(theme.px(13))
    painter.setFont(small)
    step = theme.px(21)
    painter.setPen(QColor(colours.quiet))
    _line(painter, room.translated(0, step), face.unit)
    painter.setPen(QColor(colours.text if face.phone else colours.late))
    _line(painter, room.translated(0, 2 * step), face.phone or "没有电话")
    for place, told in ((3, face.state), (4, face.light)):
        tone, word = parts(told)
        painter.setPen(Qt.PenStyle.NoPen)
        colour = QColor(colours.tone(tone)[0])
        painter.setBrush(colour)
        where = room.translated(0, place * step)
        size = theme.px(8)
        painter.drawEllipse(QRectF(where.left(), where.center().y() - size / 2 + 1, size, size))
        painter.setPen(colour)
        _line(painter, where.adjusted(size + theme.px(6), 0, 0, 0), word)


def _line(painter: QPainter, room: QRect, text: str) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
