"""The base of a section of the settings page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.page import Page


class Section(QWidget):
    """One section: `key` for navigation, `title` and `icon` for the list at the left."""

    key = ""
    title = ""
    icon = "office"

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.office = page.office
        self.main = page.main
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(12))

    def refresh(self) -> None:
        """Show what is in the office now."""

    def show_record(self, record: int | None) -> None:
        """Show one record of the section's list."""

    def print_list(self) -> None:
        """Print the section's list."""

    def to_filter(self) -> None:
        """To the section's filter box."""
