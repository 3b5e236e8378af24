"""The step of a split in which everything in the grid is given to a part: by lane, by search, by ticking, by key."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gridoffice.core.text import narrow
from gridoffice.modules.grids.shares import Share
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme

ROLE = Qt.ItemDataRole.UserRole
TITLES = {"households": "户", "premises": "场所", "cases": "未办结事项", "units": "下级网格"}


class _Shares(QTreeWidget):
    """The list; a figure key gives what is marked to that part."""

    def __init__(self, table: ShareTable) -> None:
        super().__init__()
        self.table = table

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 to 9: to that part."""
        number = event.key() - Qt.Key.Key_1
        if 0 <= number < self.table.part.count() and event.modifiers() in (
            Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier,
        ):  # fmt: skip
            self.table.give(number)
            return
        super().keyPressEvent(event)


def _below(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    """The rows under a group."""
    return [one for place in range(item.childCount()) if (one := item.child(place)) is not None]


def _key(item: QTreeWidgetItem) -> tuple[str, int]:
    """Kind and id of a row."""
    kind, number = item.data(0, ROLE)
    return str(kind), int(number)


def _place(order: list[str], kind: str, group: str) -> tuple[int, int, str]:
    """Where a group stands: 2组 before 10组, those without a number behind."""
    figures = re.match(r"\d+", group)
    return order.index(kind), int(figures[0]) if figures else 10_000, group


class ShareTable(QWidget):
    """Everything in the grid under lanes and groups, each with the part it goes to; "" stands for the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.search.setPlaceholderText("找户、门牌、户主（拼音也可以）")
        self.search.setAccessibleName("找户")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.part, self.rest = QComboBox(), QComboBox()
        self.part.setAccessibleName("归到哪个")
        self.rest.setAccessibleName("剩下的都归")
        self.rest.currentIndexChanged.connect(self._sum)
        self.tree = _Shares(self)
        self.tree.setColumnCount(3)
        self.tree.setHeaderLabels(["内容", "说明", "归到"])
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.tree.setUniformRowHeights(True)
        self.tree.setAccessibleName("要分的内容")
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.total = label("", "quiet", wrap=True)
        self.give_button = button("归过去", self.give)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(8))
        self.search.setMinimumWidth(theme.px(220))
        body.addLayout(row(self.search, 1, label("打勾的、选中的归到"), self.part, self.give_button))
        body.addWidget(label("整条巷、整个组点前面的方框；也可以选中几行后按数字键。", "quiet", wrap=True))
        body.addWidget(self.tree, 1)
        body.addLayout(row(label("剩下的都归"), self.rest, 1))
        body.addWidget(self.total)
        self.names: list[str] = []
        self.given: dict[tuple[str, int], int] = {}
        self.items: dict[tuple[str, int], QTreeWidgetItem] = {}
        self._words: dict[tuple[str, int], str] = {}
        self._groups: list[QTreeWidgetItem] = []

    def show_shares(self, found: Sequence[Share], names: Sequence[str]) -> None:
        """Show what there is; what was given before stays where its part is still there."""
        self.names = list(names)
        for box in (self.part, self.rest):
            kept = max(box.currentIndex(), 0)
            box.blockSignals(True)
            box.clear()
            box.addItems(self.names)
            box.setCurrentIndex(min(kept, len(names) - 1))
            box.blockSignals(False)
        if self.part.currentIndex() == 0 and not self.given:
            self.part.setCurrentIndex(1)
        known = {(one.kind, one.id) for one in found}
        self.given = {key: place for key, place in self.given.items() if key in known and place < len(names)}
        self._fill(found)
        self._sum()

    def _fill(self, found: Sequence[Share]) -> None:
        self.tree.clear()
        self.items.clear()
        self._groups = []
        groups: dict[tuple[str, str], list[Share]] = {}
        for one in found:
            groups.setdefault((one.kind, one.group), []).append(one)
        order = list(TITLES)
        for (kind, group), members in sorted(groups.items(), key=lambda pair: _place(order, *pair[0])):
            word = TITLES[kind]
            top = QTreeWidgetItem([f"{word} · {group}" if group != word else word, f"{len(members):,}", ""])
            top.setFlags(top.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
            top.setCheckState(0, Qt.CheckState.Unchecked)
            for one in members:
                item = QTreeWidgetItem([one.text, one.detail, self._word((one.kind, one.id))])
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(0, Qt.CheckState.Unchecked)
                item.setData(0, ROLE, (one.kind, one.id))
                self.items[(one.kind, one.id)] = item
                self._words[(one.kind, one.id)] = f"{one.text} {one.detail} {one.words}".lower()
                top.addChild(item)
            self.tree.addTopLevelItem(top)
            self._groups.append(top)
        if len(found) <= 60:
            self.tree.expandAll()
        for column in (1, 2):
            self.tree.setColumnWidth(column, theme.px(200))
        self._filter(self.search.text())

    def _word(self, key: tuple[str, int]) -> str:
        if key in self.given:
            return self.names[self.given[key]]
        return f"{self.names[max(self.rest.currentIndex(), 0)]}（剩下的）"

    def _filter(self, text: str) -> None:
        wanted = narrow(text).lower().split()
        for top in self._groups:
            seen = 0
            for item in _below(top):
                words = self._words[_key(item)]
                is_hit = all(one in words for one in wanted)
                item.setHidden(not is_hit)
                seen += is_hit
            top.setHidden(not seen)
            if wanted:
                top.setExpanded(bool(seen))

    def _marked(self) -> list[tuple[str, int]]:
        """What is ticked; when nothing is, what is selected (a group: all that is seen in it)."""
        ticked = [key for key, item in self.items.items() if item.checkState(0) == Qt.CheckState.Checked]
        if ticked:
            return [key for key in ticked if not self.items[key].isHidden()]
        found: dict[tuple[str, int], None] = {}
        for item in self.tree.selectedItems():
            for one in _below(item) or [item]:
                if not one.isHidden():
                    found[_key(one)] = None
        return list(found)

    def give(self, place: int | None = None) -> None:
        """Give what is marked to a part (default: the one in the box)."""
        number = self.part.currentIndex() if place is None else place
        self.tree.blockSignals(True)
        for key in self._marked():
            self.given[key] = number
            self.items[key].setText(2, self.names[number])
        for top in self._groups:
            top.setCheckState(0, Qt.CheckState.Unchecked)
        self.tree.blockSignals(False)
        self.tree.viewport().update()
        self._sum()

    def _sum(self) -> None:
        numbers: dict[str, list[int]] = {}
        for kind, number in self.items:
            place = self.given.get((kind, number), max(self.rest.currentIndex(), 0))
            numbers.setdefault(kind, [0] * len(self.names))[place] += 1
            if (kind, number) not in self.given:
                self.items[(kind, number)].setText(2, self._word((kind, number)))
        for top in self._groups:
            words = {one.text(2) for one in _below(top)}
            top.setText(2, words.pop() if len(words) == 1 else "分到几个")
        told = []
        for place, name in enumerate(self.names):
            parts = [f"{numbers[kind][place]:,} {TITLES[kind]}" for kind in TITLES if kind in numbers]
            told.append(f"{name}：{'、'.join(parts) or '没有内容'}")
        self.total.setText("；".join(told))

    def where(self) -> dict[str, dict[int, int]]:
        """By kind and id the place of the part of what was given by hand."""
        found: dict[str, dict[int, int]] = {}
        for (kind, number), place in self.given.items():
            found.setdefault(kind, {})[number] = place
        return found
