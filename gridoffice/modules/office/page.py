"""设置: sections at the left, the chosen one in the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QStackedWidget

from gridoffice.db.office import Office
from gridoffice.domain.settings import SETTINGS
from gridoffice.modules.office.page_calendar import CalendarSection
from gridoffice.modules.office.page_categories import CategoriesSection
from gridoffice.modules.office.page_checks import ChecksSection
from gridoffice.modules.office.page_history import ImportsSection, LogSection
from gridoffice.modules.office.page_info import InfoSection, LevelsSection, LooksSection, SampleSection
from gridoffice.modules.office.page_ladder import LadderSection
from gridoffice.modules.office.page_limits import LimitsSection
from gridoffice.modules.office.page_looks import DestructionsSection, LooksLogSection
from gridoffice.modules.office.page_networks import NetworksSection
from gridoffice.modules.office.page_phrases import PhrasesSection
from gridoffice.modules.office.page_safety import BackupSection, KeySection
from gridoffice.modules.office.page_section import Section
from gridoffice.ui.icons import icon
from gridoffice.ui.page import Page
from gridoffice.ui.panel import Panel
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

SECTIONS: tuple[type[Section], ...] = (
    InfoSection,
    LevelsSection,
    NetworksSection,
    ChecksSection,
    LimitsSection,
    LadderSection,
    CategoriesSection,
    PhrasesSection,
    CalendarSection,
    LooksSection,
    BackupSection,
    KeySection,
    ImportsSection,
    LogSection,
    LooksLogSection,
    DestructionsSection,
    SampleSection,
)

PLACES = tuple(
    (
        section.key,
        section.title,
        "、".join(one.title for one in SETTINGS if one.key != "sample") if section is InfoSection else "",
    )
    for section in SECTIONS
)
"""The sections, for the search over everything; the office's own settings are found by their titles."""


class OfficePage(Page):
    """The office's settings, its safety, and what was done in it."""

    last = "info"  # kept over a rebuild after the letters were changed

    def __init__(self, office: Office, window: MainWindow) -> None:
        super().__init__(office, window)
        self.built: dict[str, Section] = {}
        self.nav = QListWidget()
        self.nav.setAccessibleName("设置")
        self.nav.setIconSize(QSize(theme.px(18), theme.px(18)))
        for section in SECTIONS:
            item = QListWidgetItem(icon(section.icon), section.title)
            item.setSizeHint(QSize(0, theme.px(40)))
            self.nav.addItem(item)
        self.stack = QStackedWidget()
        panel = Panel("设置")
        panel.body.addWidget(self.nav, 1)
        panel.setFixedWidth(theme.px(200))
        self.line.addWidget(panel)
        self.line.addWidget(self.stack, 1)
        self.nav.currentRowChanged.connect(self._show)
        self.go(OfficePage.last)

    def go(self, key: str) -> None:
        """Show a section by its key."""
        keys = [section.key for section in SECTIONS]
        self.nav.setCurrentRow(keys.index(key) if key in keys else 0)

    def _show(self, place: int) -> None:
        kind = SECTIONS[place]
        OfficePage.last = kind.key
        if kind.key not in self.built:
            self.built[kind.key] = kind(self)
            self.stack.addWidget(self.built[kind.key])
        shown = self.built[kind.key]
        for section in self.built.values():  # the page is as high as the shown section wants, not as the highest
            policy = QSizePolicy.Policy.Preferred if section is shown else QSizePolicy.Policy.Ignored
            section.setSizePolicy(policy, policy)
        self.stack.setCurrentWidget(shown)
        shown.refresh()

    def section(self) -> Section:
        """The section that is shown."""
        return self.built[SECTIONS[self.nav.currentRow()].key]

    def refresh(self) -> None:
        """Show the section's state anew."""
        self.section().refresh()

    def show_view(self, view: str, record: int | None = None, filters: tuple[tuple[str, Any], ...] = ()) -> None:
        """Show a section by its key, or one entry of the log."""
        named = dict(filters).get("list")
        if named in ("looks", "destructions"):
            self.go("looks_log" if named == "looks" else "destructions")
            self.section().show_record(record)
        elif record is not None or named == "log":
            self.go("log")
            self.section().show_record(record)
        else:
            self.go(view or "info")

    def print_page(self) -> None:
        """Print what the section lists."""
        self.section().print_list()

    def find_in_list(self) -> None:
        """To the section's filter box."""
        self.section().to_filter()
