"""The assistant that puts a unit under another parent: where to, what goes along, new codes, and one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from gridoffice.core.errors import OfficeError
from gridoffice.modules.grids import neighbours, rehearsal, service
from gridoffice.modules.grids.page_assistant import Assistant
from gridoffice.ui.fields import ChoiceInput, Field
from gridoffice.ui.panel import label

if TYPE_CHECKING:
    from gridoffice.modules.grids.page import GridsPage


class MoveDialog(Assistant):
    """Moves one unit with everything below it."""

    verb = "移动"

    def __init__(self, page: GridsPage, unit_id: int) -> None:
        self.unit = service.get(page.office, unit_id)
        super().__init__(page, f"移动 {self.unit.name}", ("移到哪里",))
        options = neighbours.parents(self.office, unit_id)
        if not options:
            raise OfficeError("没有别的地方可以移动到", safe="没有移动", do="请先新建上一级的单位")
        self.parent_input = ChoiceInput(Field("parent", "移动到", "pick", required=True, choices=options))
        self.recodes = QCheckBox("编码按新的上级重新编")
        self.recodes.setChecked(True)
        holder = QWidget()
        body = QVBoxLayout(holder)
        body.addWidget(label("移动到哪个单位下面"))
        body.addWidget(self.parent_input)
        body.addWidget(self.recodes)
        body.addWidget(
            label("下级网格、户、居民、场所和没有办完的事都跟着走；以前的统计仍按原来的归属。", "quiet", wrap=True)
        )
        body.addStretch(1)
        self.add_step(holder)
        self.found: rehearsal.MoveRehearsal | None = None
        self.begin()

    def first(self, place: int) -> QWidget | None:
        """Where to."""
        return self.parent_input

    def _target(self) -> int:
        target = self.parent_input.value()
        if target is None:
            raise OfficeError("还没有选移动到哪里", do="请从列表里选")
        return int(target)

    def rehearse(self) -> None:
        """Show what would go along."""
        self.found = rehearsal.rehearse_move(self.office, self.unit.id, self._target())
        self.view.show_move(self.found, self.recodes.isChecked())

    def do(self) -> list[int]:
        """Move it."""
        assert self.found is not None
        codes = {one: new for one, _name, _old, new in self.found.codes} if self.recodes.isChecked() else {}
        service.move(self.office, self.unit.id, self._target(), codes=codes)
        return [self.unit.id]
