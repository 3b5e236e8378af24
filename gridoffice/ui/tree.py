"""The grid tree: names, responsible person or count, a gap mark; search jumps to the unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from gridoffice.core.text import narrow, pinyin
from gridoffice.ui.theme import theme


@dataclass(frozen=True)
class Node:
    """One unit of the tree; `beside` is shown behind the name, `gap` names what is missing (red)."""

    id: int
    parent: int | None
    name: str
    beside: str = ""
    gap: str = ""


class UnitTree(QWidget):
    """A tree of nodes with a search box; `chosen` tells the id of the current unit."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.search.setPlaceholderText("找网格：名称、拼音首字母")
        self.search.setClearButtonEnabled(True)
        self.search.textEdited.connect(self._jump)
        self.search.returnPressed.connect(lambda: self._jump(self.search.text(), after=True))
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        self.tree.setIndentation(theme.px(16))
        self.tree.setAccessibleName("网格树")
        self.tree.currentItemChanged.connect(self._tell)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(8))
        body.addWidget(self.search)
        body.addWidget(self.tree, 1)
        self._items: dict[int, QTreeWidgetItem] = {}
        self._keys: list[tuple[str, int]] = []

    def fill(self, nodes: Sequence[Node]) -> None:
        """Show nodes (parents before children), keeping what is open and chosen."""
        kept = self.current()
        opened = {number for number, item in self._items.items() if item.isExpanded()}
        self.tree.blockSignals(True)
        self.tree.clear()
        self._items.clear()
        self._keys.clear()
        for node in nodes:
            self._add(node)
        for number, item in self._items.items():
            item.setExpanded(number in opened or (not opened and item.parent() is None))
        self.tree.blockSignals(False)
        if kept in self._items:
            self.choose(kept)
        elif nodes:
            self.choose(nodes[0].id)

    def _add(self, node: Node) -> None:
        beside = node.gap or node.beside
        item = QTreeWidgetItem([f"{node.name}  {beside}" if beside else node.name])
        item.setData(0, Qt.ItemDataRole.UserRole, node.id)
        item.setToolTip(0, f"{node.name} {beside}".strip())
        if node.gap:
            item.setForeground(0, QBrush(QColor(theme.colours.late)))
        parent = self._items.get(node.parent) if node.parent is not None else None
        if parent is None:
            self.tree.addTopLevelItem(item)
        else:
            parent.addChild(item)
        self._items[node.id] = item
        self._keys.append((f"{node.name} {' '.join(pinyin(node.name))} {beside}".lower(), node.id))

    def current(self) -> int | None:
        """The id of the current unit."""
        item = self.tree.currentItem()
        return int(item.data(0, Qt.ItemDataRole.UserRole)) if item else None

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

    def _jump(self, text: str, after: bool = False) -> None:
        wanted = narrow(text).lower()
        if not wanted:
            return
        hits = [number for key, number in self._keys if wanted in key]
        if hits:
            current = self.current()
            place = hits.index(current) + 1 if after and current in hits else 0
            self.choose(hits[place % len(hits)])
