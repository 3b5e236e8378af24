"""State pills: a dot and a word on a tint, as a widget and as a table's delegate."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gridoffice.ui.mask import Words
from gridoffice.ui.theme import theme


def parts(text: str) -> tuple[str, str]:
    """Tone and word of "tone|word"; a text without a tone is quiet."""
    tone, bar, word = text.partition("|")
    return (tone, word) if bar else ("quiet", text)


def pill(text: str) -> QLabel:
    """A state "tone|word" as a label."""
    tone, word = parts(text)
    front, back = theme.colours.tone(tone)
    made = Words(f"● {word}")
    made.setStyleSheet(
        f"color: {front}; background: {back}; border-radius: {theme.px(11)}px;"
        f"padding: {theme.px(2)}px {theme.px(9)}px; font-size: {theme.px(13)}px"
    )
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made


class PillDelegate(QStyledItemDelegate):
    """Paints state cells as pills."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the row's background, then the pill."""
        colours = theme.colours
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(colours.brand_tint))
        rect = option.rect
        painter.save()
        painter.setPen(QColor(colours.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        if text:
            _draw(painter, QRectF(rect), str(text))
        painter.restore()


def _draw(painter: QPainter, rect: QRectF, text: str) -> None:
    tone, word = parts(text)
    front, back = theme.colours.tone(tone)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    metrics = painter.fontMetrics()
    high, dot, pad = theme.px(24), theme.px(7), theme.px(9)
    wide = min(metrics.horizontalAdvance(word) + dot + 2 * pad + theme.px(5), rect.width() - theme.px(8))
    box = QRectF(rect.left() + theme.px(4), rect.center().y() - high / 2, wide, high)
    if tone not in ("plain", "quiet"):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(back))
        painter.drawRoundedRect(box, high / 2, high / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(front))
    painter.drawEllipse(QRectF(box.left() + pad, box.center().y() - dot / 2, dot, dot))
    painter.setPen(QColor(front))
    room = box.adjusted(pad + dot + theme.px(5), 0, -theme.px(4), 0)
    shown = metrics.elidedText(word, Qt.TextElideMode.ElideRight, int(room.width()) + 2)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
