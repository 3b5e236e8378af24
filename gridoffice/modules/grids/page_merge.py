"""The assistant that merges grids: which ones, into what, who is responsible, the rehearsal, and one step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLineEdit, QListWidget, QListWidgetItem, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.modules.grids import neighbours, service
from gridoffice.modules.grids.page_assistant import Assistant, day_input
from gridoffice.modules.grids.redraw import Part, Redrawing
from gridoffice.ui.panel import label
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.modules.grids.page import GridsPage

ROLE = Qt.ItemDataRole.UserRole
ALL_NEW = "合并成一个新网格"


class MergeDialog(Assistant):
    """Merges the chosen unit with others of its level."""

    verb = "合并"

    def __init__(self, page: GridsPage, unit_id: int, with_: Sequence[int] = ()) -> None:
        self.unit = service.get(page.office, unit_id)
        super().__init__(page, f"合并 {self.unit.name} 和别的网格", ("合并哪些",))
        self.known: dict[int, neighbours.Neighbour] = {}
        self._build()
        self._list({unit_id, *with_})
        self.begin()

    def _build(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName("要合并的网格")
        self.list.setMinimumHeight(theme.px(200))
        self.list.itemChanged.connect(lambda _item: self._chosen())
        self.across = QCheckBox("允许跨村合并（列出其他村的）")
        self.across.toggled.connect(lambda _on: self._list(set(self.olds())))
        self.into, self.holders = QComboBox(), QComboBox()
        self.into.setAccessibleName("合并成")
        self.holders.setAccessibleName("责任人")
        self.into.currentIndexChanged.connect(lambda _place: self._name())
        self.name, self.code = QLineEdit(), QLineEdit()
        self.name.setAccessibleName("合并后的名称")
        self.code.setAccessibleName("合并后的编码")
        self.renumber = QCheckBox("下级网格按新的村代码重新编码")
        self.renumber.setChecked(True)
        self.renumber.setVisible(self.unit.level == 2)
        self.day = day_input(self.office.today())
        form = QGridLayout()
        form.setHorizontalSpacing(theme.px(14))
        form.setVerticalSpacing(theme.px(10))
        form.addWidget(label("合并哪些"), 0, 0, Qt.AlignmentFlag.AlignTop)
        form.addWidget(self.list, 0, 1)
        form.addWidget(self.across, 1, 1)
        pairs: list[tuple[str, QWidget]] = [
            ("合并成", self.into), ("名称", self.name), ("编码", self.code), ("责任人", self.holders),
            ("从哪天起", self.day),
        ]  # fmt: skip
        for place, (title, widget) in enumerate(pairs, 2):
            form.addWidget(label(title), place, 0)
            form.addWidget(widget, place, 1)
        form.addWidget(self.renumber, 7, 1)
        form.setColumnStretch(1, 1)
        form.setRowStretch(8, 1)
        holder = QWidget()
        holder.setLayout(form)
        self.add_step(holder)

    def _list(self, ticked: set[int]) -> None:
        found = neighbours.of(self.office, self.unit.id, across=self.across.isChecked())
        self.known = {one.id: one for one in found}
        self.list.blockSignals(True)
        self.list.clear()
        for one in found:
            item = QListWidgetItem(one.text)
            item.setData(ROLE, one.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if one.id in ticked else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.blockSignals(False)
        self._chosen()

    def olds(self) -> list[int]:
        """The ticked units, in the order of the list."""
        items = [self.list.item(place) for place in range(self.list.count())]
        return [int(item.data(ROLE)) for item in items if item.checkState() == Qt.CheckState.Checked]

    def _chosen(self) -> None:
        """Other units are ticked: offer what they can become and who can go on."""
        olds = self.olds()
        largest = max(olds, key=lambda one: self.known[one].size, default=None)
        for box, first in ((self.into, ALL_NEW), (self.holders, "先空着，以后再指定")):
            kept = box.currentData()
            box.blockSignals(True)
            box.clear()
            box.addItem(first, None)
            for one in olds:
                unit = self.known[one]
                text = f"并入 {unit.name}" if box is self.into else f"{unit.name} 的：{unit.holders or '没有责任人'}"
                box.addItem(text, one)
            wanted = kept if kept in olds else largest if box is self.holders else None
            box.setCurrentIndex(max(box.findData(wanted), 0) if wanted is not None else 0)
            box.blockSignals(False)
        self._name()

    def _name(self) -> None:
        """Propose name and code of what will stand afterwards."""
        olds = self.olds()
        into = self.into.currentData()
        first = self.known.get(into if into is not None else (olds[0] if olds else -1))
        self.name.setText(first.name if first else "")
        self.code.setText(neighbours.merged_code(self.office, olds, into) if olds else "")

    def first(self, place: int) -> QWidget | None:
        """The list of units."""
        return self.list

    def leave(self, place: int) -> None:
        """There must be two."""
        if len(self.olds()) < 2:
            raise OfficeError("请至少勾选两个网格", do="在名单里再勾一个")
        self.day.value()

    def wanted(self) -> Redrawing:
        """What is wanted."""
        olds, into = self.olds(), self.into.currentData()
        part = Part(
            self.name.text().strip(), self.code.text().strip(), into, self.unit.kind, self.holders.currentData()
        )
        codes = {}
        if self.renumber.isChecked() and self.unit.level == 2:
            codes = neighbours.renumbered(self.office, olds, part.code)
        return Redrawing(tuple(olds), (part,), day=self.day.value(), codes=codes, is_across=self.across.isChecked())
