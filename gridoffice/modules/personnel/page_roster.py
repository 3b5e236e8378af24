"""The roster in the middle of the tab: as a table or as the card wall, under the same chips and search box."""

from __future__ import annotations

from typing import Any

from gridoffice.db.office import Office
from gridoffice.modules.personnel.lists import STAFF
from gridoffice.modules.personnel.page_wall import Wall
from gridoffice.ui.empty import Empty
from gridoffice.ui.table import ListTable

ON_CARD = frozenset({"sex", "education", "since"})
"""Columns that the card beside the table shows; print and export have them."""


class Roster(ListTable):
    """The list of staff; with `is_wall` the same people stand as cards."""

    def __init__(self, office: Office, empty: Empty) -> None:
        self.wall: Wall | None = None
        self.is_wall = False
        super().__init__(office, STAFF, view="workers", empty=empty, hide=ON_CARD)
        self.wall = Wall(office)
        self.stack.addWidget(self.wall)
        self.wall.chosen.connect(self.choose)
        self.wall.opened.connect(self.opened)
        self.chosen.connect(self._follow)

    def show_wall(self, is_wall: bool) -> None:
        """Cards or rows."""
        self.is_wall = is_wall
        self._show()
        if self.wall is not None and is_wall:
            self.wall.setFocus()

    def reload(self) -> None:
        """Ask anew; the wall shows the same people."""
        super().reload()
        self._show()

    def _show(self) -> None:
        if self.wall is None or not self.model.ids:
            return
        if self.is_wall:
            self.wall.show_ids(list(self.model.ids), self.current())
        self.stack.setCurrentWidget(self.wall if self.is_wall else self.table)

    def _follow(self, staff_id: Any) -> None:
        if self.wall is not None and self.is_wall and staff_id is not None:
            self.wall.choose(staff_id)
