"""The assistant that splits a grid: how many parts, who goes where, the rehearsal, and one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.modules.grids import service, shares
from gridoffice.modules.grids.page_assistant import Assistant, day_input
from gridoffice.modules.grids.page_shares import ShareTable
from gridoffice.modules.grids.redraw import Part, Redrawing
from gridoffice.ui.panel import clear, label
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.modules.grids.page import GridsPage

MOST = 9
KINDS = (("base", "基础网格"), ("special", "专属网格"))


class SplitDialog(Assistant):
    """Splits one unit."""

    verb = "拆分"

    def __init__(self, page: GridsPage, unit_id: int) -> None:
        self.unit = service.get(page.office, unit_id)
        super().__init__(page, f"拆分 {self.unit.name}", ("分成几个", "谁归哪个"))
        self.parts: list[Part] = []
        self.lines: list[tuple[QLineEdit, QLineEdit, QComboBox]] = []
        self._first_step()
        self.table = ShareTable()
        self.add_step(self.table, scrolls=False)
        self.propose()
        self.begin()

    def _first_step(self) -> None:
        self.number = QComboBox()
        for number in range(2, MOST + 1):
            self.number.addItem(f"{number} 个", number)
        self.number.setAccessibleName("分成几个")
        self.number.currentIndexChanged.connect(self.propose)
        self.keeps = QComboBox()
        self.keeps.addItems(["原网格保留，作为第一个", "原网格撤销，全部新设"])
        self.keeps.setAccessibleName("原网格")
        self.keeps.currentIndexChanged.connect(self.propose)
        self.carries = QComboBox()
        self.carries.addItems(["原来的责任人继续负责", "先空着，以后再指定"])
        self.carries.setAccessibleName("新网格的责任人")
        self.day = day_input(self.office.today())
        top = QGridLayout()
        top.setHorizontalSpacing(theme.px(14))
        top.setVerticalSpacing(theme.px(10))
        pairs: list[tuple[str, QWidget]] = [
            ("分成几个", self.number), ("原网格", self.keeps), ("新网格的责任人", self.carries), ("从哪天起", self.day),
        ]  # fmt: skip
        for place, (title, widget) in enumerate(pairs):
            top.addWidget(label(title), place, 0)
            top.addWidget(widget, place, 1)
        top.setColumnStretch(2, 1)
        self.names = QGridLayout()
        self.names.setHorizontalSpacing(theme.px(10))
        self.names.setVerticalSpacing(theme.px(8))
        holder = QWidget()
        body = QVBoxLayout(holder)
        body.setContentsMargins(0, 0, theme.px(8), 0)
        body.addLayout(top)
        body.addSpacing(theme.px(12))
        body.addLayout(self.names)
        body.addWidget(
            label("编码按“村代码加两位序号”建议，专属网格（市场、校园、厂区）从 51 起，都可以改。", "quiet", wrap=True)
        )
        body.addStretch(1)
        self.add_step(holder)

    def propose(self) -> None:
        """Names and codes anew for so many parts."""
        self.parts = shares.propose_parts(
            self.office, self.unit.id, self.number.currentData(), keeps=self.keeps.currentIndex() == 0, carries=True
        )
        clear(self.names)
        self.lines = []
        for place, title in enumerate(("", "名称", "编码", "类型")):
            self.names.addWidget(label(title, "quiet"), 0, place)
        for place, part in enumerate(self.parts, 1):
            name, code, kind = QLineEdit(part.name), QLineEdit(part.code), QComboBox()
            for key, word in KINDS:
                kind.addItem(word, key)
            kind.setCurrentIndex(next(n for n, (key, _) in enumerate(KINDS) if key == part.kind))
            kind.currentIndexChanged.connect(lambda _index, place=place - 1: self._recode(place))
            for widget, title in ((name, "名称"), (code, "编码"), (kind, "类型")):
                widget.setAccessibleName(f"第 {place} 个的{title}")
            name.setMinimumWidth(theme.px(240))
            code.setMinimumWidth(theme.px(170))
            self.names.addWidget(label(f"第 {place} 个"), place, 0)
            self.names.addWidget(name, place, 1)
            self.names.addWidget(code, place, 2)
            self.names.addWidget(kind, place, 3)
            self.lines.append((name, code, kind))
        self.names.setColumnStretch(4, 1)

    def _recode(self, place: int) -> None:
        """A special grid is numbered from 51 (reference 8.2)."""
        part = self.parts[place]
        if part.unit_id is not None or self.unit.parent_id is None:
            return
        _name, code, kind = self.lines[place]
        others = [line[1].text().strip() for n, line in enumerate(self.lines) if n != place]
        code.setText(service.next_code(self.office, self.unit.parent_id, kind.currentData(), others))

    def _parts(self) -> tuple[Part, ...]:
        carries = self.carries.currentIndex() == 0
        return tuple(
            Part(
                name.text().strip(),
                code.text().strip(),
                part.unit_id,
                kind.currentData(),
                self.unit.id if carries and part.unit_id is None else None,
            )
            for part, (name, code, kind) in zip(self.parts, self.lines, strict=True)
        )

    def first(self, place: int) -> QWidget | None:
        """The number of parts; then the search."""
        return self.number if place == 0 else self.table.search

    def leave(self, place: int) -> None:
        """After the names: what there is to share out; after the shares nothing."""
        if place == 0:
            names = [part.name for part in self._parts()]
            if not all(names):
                raise OfficeError("有的网格还没有名称", do="请给每个网格写上名称")
            self.day.value()
            self.table.show_shares(shares.shares(self.office, self.unit.id), names)

    def wanted(self) -> Redrawing:
        """What is wanted."""
        return Redrawing(
            (self.unit.id,), self._parts(), self.table.where(), self.table.rest.currentIndex(), self.day.value()
        )
