"""Section of the settings page: the standards by which 查漏补缺 looks at grids and posts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from gridoffice.modules.office import checks
from gridoffice.modules.office.page_section import Section
from gridoffice.ui import dialogs
from gridoffice.ui.panel import Panel, button, label, row
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.page import Page


class ChecksSection(Section):
    """Size of a grid, posts of one person."""

    key, title, icon = "checks", "网格标准", "inspections"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        panel = Panel("网格标准")
        panel.body.addWidget(
            label(
                "“查漏补缺”按这里的标准提醒。各地规定不一样，选县里要求的那一种；只是提醒，不影响登记。",
                "quiet",
                wrap=True,
            )
        )
        self.sizes = QComboBox()
        self.sizes.setAccessibleName("网格规模")
        for key, title in checks.presets():
            self.sizes.addItem(title, key)
        self.sizes.activated.connect(self._sized)
        self.most = QComboBox()
        self.most.setAccessibleName("一人最多几个岗位")
        for number in range(1, checks.MOST + 1):
            self.most.addItem(f"{number} 个岗位", number)
        self.most.activated.connect(self._limited)
        for word, box in (("网格规模", self.sizes), ("一人最多", self.most)):
            box.setFixedWidth(theme.px(320))
            name = label(word)
            name.setMinimumWidth(theme.px(90))
            name.setBuddy(box)
            panel.body.addLayout(row(name, box, 1, spacing=12))
        panel.body.addWidget(label("兼任综治、消防、林长等各个责任网的岗位合在一起算。", "quiet", wrap=True))
        panel.body.addSpacing(theme.px(8))
        look = button("去查漏补缺", lambda: self.main.open("grids", view="gaps"))
        panel.body.addLayout(row(look, 1))
        panel.body.addStretch(1)
        self.body.addWidget(panel)

    def refresh(self) -> None:
        """Show the standards."""
        key, most = checks.standards(self.office)
        self.sizes.setCurrentIndex(self.sizes.findData(key))
        self.most.setCurrentIndex(self.most.findData(most))

    def _sized(self, place: int) -> None:
        key = self.sizes.itemData(place)
        before = checks.standards(self.office)
        if (
            dialogs.guarded(self, lambda: checks.choose_size(self.office, key))
            and checks.standards(self.office) != before
        ):
            self.main.say("网格规模标准已修改", undo=True)

    def _limited(self, place: int) -> None:
        number, before = self.most.itemData(place), checks.standards(self.office)
        done = dialogs.guarded(self, lambda: checks.choose_most(self.office, number))
        if done and checks.standards(self.office) != before:
            self.main.say("一人最多岗位数已修改", undo=True)
