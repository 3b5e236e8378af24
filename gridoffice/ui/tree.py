"""The grid tree: names, who is responsible, a gap mark; searched by typing, put in order by dragging or by keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDropEvent, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridoffice.core.text import narrow, pinyin
from gridoffice.ui.mask import mask
from gridoffice.ui.panel import label
from gridoffice.ui.theme import theme

ID = Qt.ItemDataRole.UserRole
PARTS = Qt.ItemDataRole.UserRole + 1
MARKS = {"late": "▲", "soon": "◆"}
"""Shapes before the word of a gap, so that it is not told by colour alone."""
ROW = 30


@dataclass(frozen=True)
class Node:
    """One unit of the tree; `beside` is shown behind the name, `gap` names what is missing (`tone` late or soon).

    `words` find it too (code, whole name); `old` are names and codes it had before.
    """

    id: int
    parent: int | None
    name: str
    beside: str = ""
    gap: str = ""
    tone: str = "late"
    words: str = ""
    old: str = ""


class _Painter(QStyledItemDelegate):
    """Draws a unit: its name, the person quiet behind it, the gap mark in its colour at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """A row as high as a finger, the text as wide as it is."""
        wanted = super().sizeHint(option, index)
        return QSize(wanted.width() + theme.px(12), max(wanted.height(), theme.px(ROW)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Background by the style, then the three parts."""
        parts: Any = index.data(PARTS)
        whole: Any = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        whole.text = ""
        style = whole.widget.style() if whole.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, whole, painter, whole.widget)
        name, beside, gap, tone = parts
        room = QRect(whole.rect).adjusted(theme.px(4), 0, -theme.px(4), 0)
        painter.save()
        painter.setFont(whole.font)
        metrics = whole.fontMetrics
        if gap:
            mark = f"{MARKS.get(tone, MARKS['late'])} {gap}"
            # The name comes first: a long word of a gap gives way, its shape stays.
            left = room.width() - metrics.horizontalAdvance(name) - theme.px(8)
            left = max(left, metrics.horizontalAdvance(f"{mark[:3]}…"))
            mark = metrics.elidedText(mark, Qt.TextElideMode.ElideRight, left)
            wide = metrics.horizontalAdvance(mark)
            painter.setPen(QColor(theme.colours.tone(tone)[0]))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, mark)
            room.setRight(room.right() - wide - theme.px(8))
        short = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(whole.palette.color(QPalette.ColorRole.Text))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, short)
        room.setLeft(room.left() + metrics.horizontalAdvance(short) + theme.px(8))
        if beside and room.width() > metrics.horizontalAdvance(beside[:1]):
            painter.setPen(QColor(theme.colours.quiet))
            person = metrics.elidedText(mask.shown(beside), Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, person)
        painter.restore()


class _Tree(QTreeWidget):
    """The tree itself: a drop or a key tells where a unit is wanted, and the office decides."""

    dropped = Signal(int, object, object)  # unit, parent or None, sibling it goes before or None
    stepped = Signal(int, int)  # unit, -1 up or +1 down among its siblings
    shifted = Signal(int, int)  # unit, -1 to the parent before or +1 to the one after

    KEYS = {
        Qt.Key.Key_Up: ("stepped", -1),
        Qt.Key.Key_Down: ("stepped", 1),
        Qt.Key.Key_Left: ("shifted", -1),
        Qt.Key.Key_Right: ("shifted", 1),
    }

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt with an arrow moves the current unit; nothing while units may not be moved."""
        found = self.KEYS.get(Qt.Key(event.key())) if event.modifiers() & Qt.KeyboardModifier.AltModifier else None
        item = self.currentItem()
        if found is None or item is None:
            super().keyPressEvent(event)
            return
        if self.dragEnabled():
            getattr(self, found[0]).emit(item.data(0, ID), found[1])

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell where the dragged unit was let go; the tree is filled anew when the office agreed."""
        dragged = self.selectedItems()
        target = self.itemAt(event.position().toPoint())
        event.setDropAction(Qt.DropAction.IgnoreAction)  # or Qt would take the dragged row out
        event.accept()
        self.setState(QAbstractItemView.State.NoState)
        self.viewport().update()
        if not dragged or target is None or target is dragged[0] or event.source() not in (None, self):
            return
        place = self.dropIndicatorPosition()
        if place == QAbstractItemView.DropIndicatorPosition.OnItem:
            self.dropped.emit(dragged[0].data(0, ID), target.data(0, ID), None)
            return
        above = target.parent()
        before: QTreeWidgetItem | None = target
        if place == QAbstractItemView.DropIndicatorPosition.BelowItem:
            before = self._after(target)
        self.dropped.emit(
            dragged[0].data(0, ID), above.data(0, ID) if above else None, before.data(0, ID) if before else None
        )

    def _after(self, item: QTreeWidgetItem) -> QTreeWidgetItem | None:
        above: Any = item.parent() or self.invisibleRootItem()
        return above.child(above.indexOfChild(item) + 1)  # type: ignore[no-any-return]


class UnitTree(QWidget):
    """A tree of nodes with a search box; `chosen` tells the id of the current unit."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.search.setPlaceholderText("找网格：名称、拼音、编码、责任人")
        self.search.setAccessibleName("找网格")
        self.search.setClearButtonEnabled(True)
        self.search.textEdited.connect(self._jump)
        self.search.returnPressed.connect(lambda: self._jump(self.search.text(), after=True))
        self.hint = label("", "quiet", wrap=True)
        self.hint.hide()
        self.tree = _Tree()
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(theme.px(16))
        self.tree.setItemDelegate(_Painter(self.tree))
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName("网格树")
        self.tree.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.tree.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.tree.setAutoExpandDelay(600)
        self.tree.currentItemChanged.connect(self._tell)
        self.dropped, self.stepped, self.shifted = self.tree.dropped, self.tree.stepped, self.tree.shifted
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(8))
        body.addWidget(self.search)
        body.addWidget(self.hint)
        body.addWidget(self.tree, 1)
        self._items: dict[int, QTreeWidgetItem] = {}
        self._nodes: dict[int, Node] = {}
        self._keys: list[tuple[str, str, int]] = []  # what finds a unit: words of today, words of before, id

    def fill(self, nodes: Sequence[Node]) -> None:
        """Show nodes (parents before children), keeping what is open and chosen."""
        kept = self.current()
        opened = {number for number, item in self._items.items() if item.isExpanded()}
        self.tree.blockSignals(True)
        self.tree.clear()
        self._items.clear()
        self._keys.clear()
        self._nodes = {node.id: node for node in nodes}
        for node in nodes:
            self._add(node)
        for number, item in self._items.items():
            item.setExpanded(number in opened or (not opened and item.parent() is None))
        self.tree.blockSignals(False)
        if kept in self._items:
            self.choose(kept)
        elif nodes:
            self.choose(nodes[0].id)

    def allow_moves(self, is_allowed: bool) -> None:
        """Whether units may be dragged or moved by keys: not while a past day is looked at."""
        self.tree.setDragEnabled(is_allowed)
        self.tree.setToolTip("按住拖动，或用 Alt 加方向键移动" if is_allowed else "正在看过去的情形，不能移动")

    def _add(self, node: Node) -> None:
        said = " ".join(part for part in (node.name, node.beside, node.gap) if part)
        item = QTreeWidgetItem([said])
        item.setData(0, ID, node.id)
        item.setData(0, PARTS, (node.name, node.beside, node.gap, node.tone))
        item.setToolTip(0, said)
        parent = self._items.get(node.parent) if node.parent is not None else None
        if parent is None:
            self.tree.addTopLevelItem(item)
        else:
            parent.addChild(item)
        self._items[node.id] = item

    def current(self) -> int | None:
        """The id of the current unit."""
        item = self.tree.currentItem()
        return int(item.data(0, ID)) if item else None

    def item(self, unit: int) -> QTreeWidgetItem | None:
        """The row of a unit."""
        return self._items.get(unit)

    def choose(self, unit: int) -> None:
        """Make a unit current, opening what is above it."""
        item = self._items.get(unit)
        if item is None:
            return
        above: QTreeWidgetItem | None = item.parent()
        while above is not None:
            above.setExpanded(True)
            above = above.parent()
        self.tree.setCurrentItem(item)
        self.tree.scrollToItem(item)

    def _tell(self) -> None:
        current = self.current()
        if current is not None:
            self.chosen.emit(current)

    def _found_by(self) -> list[tuple[str, str, int]]:
        if not self._keys:
            for node in self._nodes.values():
                spelt = " ".join([*pinyin(node.words or node.name), *(pinyin(node.beside) if node.beside else ())])
                words = f"{node.name} {node.beside} {node.gap} {spelt} {node.words}"
                self._keys.append((words.lower(), node.old.lower(), node.id))
        return self._keys

    def _jump(self, text: str, after: bool = False) -> None:
        wanted = narrow(text).lower().split()
        self.hint.hide()
        if not wanted:
            return
        hits = [number for words, _old, number in self._found_by() if all(word in words for word in wanted)]
        is_old = not hits
        if is_old:
            hits = [number for _words, old, number in self._found_by() if all(word in old for word in wanted)]
        if not hits:
            self._say(f"没有找到“{text.strip()}”")
            return
        current = self.current()
        place = hits.index(current) + 1 if after and current in hits else 0
        found = hits[place % len(hits)]
        self.choose(found)
        if is_old:
            node = self._nodes[found]
            whole = (node.words.split() or [node.name])[0]
            self._say(f"“{text.strip()}”是以前的名称或编码，现在是“{whole}”")

    def _say(self, text: str) -> None:
        self.hint.setText(text)
        self.hint.show()
