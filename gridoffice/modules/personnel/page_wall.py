"""The card wall: a card for each person of the roster as it is filtered, drawn only when it comes into sight."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gridoffice.db.office import Office
from gridoffice.modules.personnel import wall
from gridoffice.modules.personnel.wall import Face
from gridoffice.ui.icons import pixmap
from gridoffice.ui.pill import parts
from gridoffice.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
BLOCK = 40
CARD = (286, 132)  # pixels at 100 %
PHOTO = (72, 101)


class Faces(QAbstractListModel):
    """The people of the wall; faces are fetched in blocks when they are drawn."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.ids: list[int] = []
        self.asked = 0
        self._faces: dict[int, Face] = {}
        self._sums: wall.Tally | None = None
        self._pictures: dict[int, QPixmap | None] = {}

    def show_ids(self, ids: list[int]) -> None:
        """Show other people; what was known of them is asked anew."""
        self.beginResetModel()
        self.ids = ids
        self._faces.clear()
        self._pictures.clear()
        self._sums = None
        self.endResetModel()

    def face(self, place: int) -> Face | None:
        """The face at a place."""
        number = self.ids[place]
        if number not in self._faces:
            if self._sums is None:
                self._sums = wall.tally(self.office)
            start = place // BLOCK * BLOCK
            self.asked += 1
            self._faces |= wall.faces(self.office, self.ids[start : start + BLOCK], self._sums)
        return self._faces.get(number)

    def picture(self, face: Face) -> QPixmap | None:
        """The photo cut to its frame, None when there is none."""
        if face.id not in self._pictures:
            whole = QPixmap()
            found = face.photo is not None and whole.loadFromData(face.photo)
            self._pictures[face.id] = _cut(whole) if found else None
        return self._pictures[face.id]

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """How many people."""
        return 0 if parent.isValid() else len(self.ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a card, for the eye's helpers and for typing a name."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        face = self.face(index.row())
        if face is None:
            return ""
        words = (face.name, face.unit, face.phone, parts(face.state)[1], parts(face.light)[1])
        return " ".join(word for word in words if word)


def _cut(whole: QPixmap) -> QPixmap:
    wide, high = theme.px(PHOTO[0]) * 2, theme.px(PHOTO[1]) * 2
    scaled = whole.scaled(
        wide, high, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    return scaled.copy((scaled.width() - wide) // 2, max(0, (scaled.height() - high) // 3), wide, high)


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


class Wall(QListView):
    """The wall. `chosen` tells whose card has the focus, `opened` a double click or Enter."""

    chosen = Signal(int)
    opened = Signal(int)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.faces = Faces(office)
        self.setModel(self.faces)
        self.setItemDelegate(CardDelegate(self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSpacing(0)
        self.setAccessibleName("卡片墙")
        self.selectionModel().currentChanged.connect(self._moved)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.faces.ids[index.row()]))

    def show_ids(self, ids: list[int], current: int | None) -> None:
        """Show these people, one of them chosen."""
        self.faces.show_ids(ids)
        if current in ids:
            self.choose(current)

    def choose(self, staff_id: int | None) -> None:
        """Put the focus on a person and show the card."""
        if staff_id not in self.faces.ids or staff_id == self.current():
            return
        index = self.faces.index(self.faces.ids.index(staff_id), 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def current(self) -> int | None:
        """Whose card has the focus."""
        index = self.currentIndex()
        return self.faces.ids[index.row()] if index.isValid() else None

    def resizeEvent(self, event: Any) -> None:
        """As many cards side by side as fit, the room shared out."""
        super().resizeEvent(event)
        room = self.viewport().width() - 1
        each = room // max(1, room // theme.px(CARD[0] - 20))
        if self.gridSize().width() != each:
            self.setGridSize(QSize(each, theme.px(CARD[1])))

    def _moved(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self.faces.ids[index.row()])

    def keyPressEvent(self, event: Any) -> None:
        """Enter opens."""
        current = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self.opened.emit(current)
            return
        super().keyPressEvent(event)
