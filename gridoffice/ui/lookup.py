"""From the search to a page's own list, filtered by the same text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QWidget

from gridoffice.ui.table import ListTable

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


def show_all(window: MainWindow, module: str, listing: str, text: str) -> None:
    """Show all records of a list that fit a text, in their tab."""
    page = window.open(module, view="", filters=(("list", listing),))
    table = next((one for one in page.findChildren(ListTable) if one.listing.key == listing), None)
    if table is None:
        return
    child: QWidget | None = table
    while child is not None and child is not page:
        above = child.parentWidget()
        if isinstance(above, QStackedWidget):
            above.setCurrentWidget(child)
        child = above
    table.show()
    table.show_view("", text=text, filters=())
    table.choose_first()
    table.table.setFocus()
