"""The first of the four ledgers: who looks after which area; kept in 人员 and 网格, listed here."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from gridoffice.modules.residents.lists_assistants import ASSISTANTS
from gridoffice.modules.residents.page_ledger import Ledger
from gridoffice.ui.panel import button, label, line, row


class Assistants(Ledger):
    """协理员: opened in 人员, where they are entered and changed."""

    title = "协理员"
    listing = ASSISTANTS
    prompt = "协理员在“人员”里登记、在“网格”里任职，这里按台账的样子列出来，可以打印和导出。"
    hint = "先在“人员”里登记网格员，再在“网格”里安排任职，这里就会列出来。"

    def show(self, body: QVBoxLayout) -> None:
        """Who it is, where this person is changed, and the map of the area."""
        if self.record is None:
            super().show(body)
            return
        told = self.listing.rows(self.office, [self.record], self.office.today()).get(self.record)
        if told is not None:
            cells = dict(zip((column.key for column in self.listing.columns), told, strict=True))
            body.addWidget(label(cells["name"], "title"))
            body.addWidget(
                label(" · ".join(part for part in (cells["role"], cells["post"]) if part), "quiet", wrap=True)
            )
            body.addWidget(label(cells["area"].replace("、", "\n"), wrap=True))
            body.addWidget(label(cells["phone"] or "没有电话", "heading" if cells["phone"] else "late"))
            body.addWidget(line())
            body.addWidget(label(self.prompt, "quiet", wrap=True))
            body.addLayout(row(button("在“人员”里打开", self.edit, kind="primary", shortcut="F2"), 1))
            body.addWidget(label("网格管理区域分布图在“网格”页的地图里画和打印。", "quiet", wrap=True))

    def edit(self) -> None:
        """Open the person in 人员."""
        if self.record is not None:
            self.main.open("personnel", record=self.record)
