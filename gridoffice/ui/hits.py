"""How the entries under the search box are painted: a heading, or one or two lines with state and key."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gridoffice.ui.entry import Entry
from gridoffice.ui.icons import pixmap
from gridoffice.ui.mask import mask
from gridoffice.ui.pill import parts
from gridoffice.ui.theme import theme

ENTRY = Qt.ItemDataRole.UserRole
HEAD, LINE, TWO = 30, 38, 56  # heights at 100 %


class EntryDelegate(QStyledItemDelegate):
    """Paints entries."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """By kind: heading, one line, two lines."""
        entry: Entry = index.data(ENTRY)
        high = HEAD if entry.run is None else TWO if entry.under or entry.refused else LINE
        return QSize(0, theme.px(high))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the entry."""
        entry: Entry = index.data(ENTRY)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect
        if entry.run is None:
            _heading(painter, rect, entry)
        else:
            if is_chosen:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.colours.brand_tint))
                painter.drawRoundedRect(rect.adjusted(2, 1, -2, -1), theme.px(6), theme.px(6))
            _lines(painter, rect, entry, is_chosen)
        painter.restore()


def _font(painter: QPainter, pixels: int, *, bold: bool = False) -> None:
    font = QFont(theme.family)
    font.setPixelSize(theme.px(pixels))
    font.setBold(bold)
    painter.setFont(font)


def _heading(painter: QPainter, rect: QRect, entry: Entry) -> None:
    _font(painter, 12, bold=True)
    painter.setPen(QColor(theme.colours.quiet))
    room = rect.adjusted(theme.px(10), theme.px(6), -theme.px(10), 0)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, mask.shown(entry.title))
    if entry.beside:
        _font(painter, 12)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, entry.beside)


def _lines(painter: QPainter, rect: QRect, entry: Entry, is_chosen: bool) -> None:
    colours = theme.colours
    pad = theme.px(12)
    room = rect.adjusted(pad, 0, -pad, 0)
    if entry.icon:
        size = theme.px(18)
        painter.drawPixmap(room.left(), room.center().y() - size // 2, pixmap(entry.icon, colours.quiet, size))
        room = room.adjusted(size + theme.px(10), 0, 0, 0)
    under = entry.refused or entry.under
    first = QRect(room.left(), room.top() + theme.px(5), room.width(), theme.px(24)) if under else room
    first = _right(painter, first, entry)
    _font(painter, 14, bold=True)
    painter.setPen(QColor(colours.quiet if entry.refused else colours.brand if is_chosen else colours.text))
    left = _text(painter, first, entry.title)
    _font(painter, 13)
    painter.setPen(QColor(colours.quiet))
    beside = first.adjusted(left + theme.px(10), 0, 0, 0)
    if entry.beside and beside.width() > theme.px(30):
        _text(painter, beside, entry.beside)
    if under:
        painter.setPen(QColor(colours.soon if entry.refused else colours.quiet))
        _text(painter, QRect(room.left(), room.top() + theme.px(28), room.width(), theme.px(22)), under)


def _right(painter: QPainter, room: QRect, entry: Entry) -> QRect:
    """State or keys at the right end; the room that is left."""
    text = entry.keys
    colour = theme.colours.quiet
    has_dot = False
    if entry.state:
        tone, text = parts(entry.state)
        has_dot = tone in ("done", "soon", "late")
        colour = theme.colours.tone(tone)[0] if has_dot else colour
    if not text:
        return room
    _font(painter, 13)
    painter.setPen(QColor(colour))
    wide = painter.fontMetrics().horizontalAdvance(text)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, text)
    if has_dot:
        dot = theme.px(7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        painter.drawEllipse(room.right() - wide - dot - theme.px(5), room.center().y() - dot // 2, dot, dot)
        wide += dot + theme.px(5)
    return room.adjusted(0, 0, -wide - theme.px(10), 0)


def _text(painter: QPainter, room: QRect, text: str) -> int:
    """Draw a text, cut short where there is no room; its width."""
    metrics = painter.fontMetrics()
    text = mask.shown(text)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    return int(metrics.horizontalAdvance(shown))
