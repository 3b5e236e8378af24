"""The bar on top: the office's name, the tabs with their counts, the search box, who is at work."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLineEdit, QPushButton

from gridoffice.core.module import Module
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme


class TopBar(QFrame):
    """Tabs and search; `shown` tells the key of a pressed tab."""

    shown = Signal(str)

    def __init__(self, name: str, modules: tuple[Module, ...]) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.name = label(name, "brand")
        self.buttons: dict[str, QPushButton] = {}
        self._titles = {module.key: module.title for module in modules}
        group = QButtonGroup(self)
        group.setExclusive(True)
        for place, module in enumerate(modules, 1):
            tab = button(module.title, kind="tab")
            tab.setCheckable(True)
            tab.setToolTip(f"{module.title}（Ctrl+{place}）" if place < 10 else module.title)
            tab.clicked.connect(lambda _checked=False, key=module.key: self.shown.emit(key))
            group.addButton(tab)
            self.buttons[module.key] = tab
        self.search = QLineEdit()
        self.search.setPlaceholderText("搜人、户、网格、事项…  Ctrl+K")
        self.search.setMinimumWidth(min(theme.px(190), 200))
        self.search.setMaximumWidth(theme.px(260))
        self.search.setAccessibleName("全部搜索")
        line = row(self.name, *self.buttons.values(), 1, self.search, spacing=0)
        line.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        self.setLayout(line)

    def mark(self, key: str) -> None:
        """Show which tab is open."""
        self.buttons[key].setChecked(True)

    def count(self, key: str, number: int) -> None:
        """Put a number behind a tab's title; nought takes it away."""
        text = f"{self._titles[key]} {number}" if number else self._titles[key]
        if self.buttons[key].text() != text:
            self.buttons[key].setText(text)

    def rename(self, name: str) -> None:
        """Show the office's name, cut short when it is long."""
        metrics = self.name.fontMetrics()
        self.name.setText(metrics.elidedText(name, Qt.TextElideMode.ElideRight, theme.px(150)))
        self.name.setToolTip(name)
