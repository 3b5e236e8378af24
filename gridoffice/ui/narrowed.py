"""What a list is narrowed to besides its chips: a button that names it and, pressed, shows all again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from gridoffice.domain import duty

if TYPE_CHECKING:
    from gridoffice.ui.table import ListTable

KEY = "staff"


class Narrowed(QPushButton):
    """只看 张建国 ✕, while a list shows one worker's records only."""

    def __init__(self, table: ListTable) -> None:
        super().__init__()
        self.setObjectName("link")
        self.setToolTip("不再只看这个人的")
        self._table = table
        self.hide()
        table.model.modelReset.connect(self.tell)
        self.clicked.connect(self.widen)

    def tell(self) -> None:
        """Name the worker, or hide."""
        number = dict(self._table.filters).get(KEY)
        if number is None:
            self.hide()
            return
        with self._table.office.read() as session:
            name = duty.name_of(session, number)
        self.setText(f"只看 {name}（含代班）  ✕")
        self.show()

    def widen(self) -> None:
        """Show everybody's again."""
        self._table.set_filters(*(pair for pair in self._table.filters if pair[0] != KEY))
