"""The bar on top: the office's name, the tabs with their counts, the search box; beside the menus the day, the scope
and who is at work.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QLineEdit, QMenu, QPushButton, QWidget

from gridoffice.core.module import Module
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme


class Tabs(QWidget):
    """Tabs beside each other; those there is no room for stand in the menu of 更多, the open one never does."""

    shown = Signal(str)

    def __init__(self, modules: tuple[Module, ...]) -> None:
        super().__init__()
        self.buttons: dict[str, QPushButton] = {}
        self.hints: list[QLabel] = []
        group = QButtonGroup(self)
        group.setExclusive(True)
        for place, module in enumerate(modules, 1):
            tab = button(module.title, kind="tab")
            tab.setParent(self)
            tab.setCheckable(True)
            tab.setToolTip(f"{module.title}（Ctrl+{place}）" if place < 10 else module.title)
            tab.clicked.connect(lambda _checked=False, key=module.key: self.shown.emit(key))
            group.addButton(tab)
            self.buttons[module.key] = tab
            hint = QLabel(str(place) if place < 10 else "", self)
            hint.setObjectName("keyhint")
            hint.hide()
            self.hints.append(hint)
        self.more = button("更多 ▾", kind="tab")
        self.more.setParent(self)
        self.menu = QMenu(self.more)
        self.menu.aboutToShow.connect(self._fill)
        self.more.setMenu(self.menu)
        self.more.hide()

    def sizeHint(self) -> QSize:
        """All tabs in one line."""
        hints = [tab.sizeHint() for tab in self.buttons.values()]
        return QSize(sum(hint.width() for hint in hints), max(hint.height() for hint in hints))

    def minimumSizeHint(self) -> QSize:
        """The widest tab and 更多."""
        wide = max(tab.sizeHint().width() for tab in self.buttons.values())
        return QSize(wide + self.more.sizeHint().width(), self.sizeHint().height())

    def resizeEvent(self, event: Any) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        self.share()

    def event(self, event: QEvent) -> bool:
        """A tab's number or letters changed its width."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self.share()
        return super().event(event)

    def share(self) -> None:
        """Place what fits, in order; the open tab takes the last place when it would be left out."""
        widths = {key: tab.sizeHint().width() for key, tab in self.buttons.items()}
        fits = list(widths)
        if sum(widths.values()) > self.width():
            fits = self._fitting(widths, self.width() - self.more.sizeHint().width())
        left = 0
        for key, tab in self.buttons.items():
            tab.setVisible(key in fits)
            if key in fits:
                tab.setGeometry(left, 0, widths[key], self.height())
                left += widths[key]
        self.more.setVisible(len(fits) < len(widths))
        self.more.setGeometry(left, 0, self.more.sizeHint().width(), self.height())

    def _fitting(self, widths: dict[str, int], room: int) -> list[str]:
        current = next((key for key, tab in self.buttons.items() if tab.isChecked()), "")
        fits: list[str] = []
        for key in widths:
            if sum(widths[known] for known in fits) + widths[key] > room:
                break
            fits.append(key)
        if current and current not in fits:
            while fits and sum(widths[known] for known in fits) + widths[current] > room:
                fits.pop()
            fits.append(current)
        return fits

    def _fill(self) -> None:
        self.menu.clear()
        for place, (key, tab) in enumerate(self.buttons.items(), 1):
            if not tab.isVisible():
                keys = f"\tCtrl+{place}" if place < 10 else ""
                self.menu.addAction(f"{tab.text()}{keys}", partial(self.shown.emit, key))

    def hint(self, is_shown: bool) -> None:
        """Show the figures that go with Ctrl on the tabs, while Alt is held."""
        for hint, tab in zip(self.hints, self.buttons.values(), strict=True):
            hint.setVisible(is_shown and tab.isVisible() and bool(hint.text()))
            hint.adjustSize()
            hint.move(tab.x() + tab.width() - hint.width() - theme.px(1), theme.px(2))
            hint.raise_()


class Corner(QWidget):
    """Beside the menus: scope, day, who is at work; each opens its choice."""

    def __init__(self) -> None:
        super().__init__()
        self.scope = button("范围：全部 ▾", kind="corner")
        self.day = button("今天 ▾", kind="corner")
        self.user = button("内勤 ▾", kind="corner")
        self.setLayout(row(self.scope, self.day, self.user, spacing=4))
        self.layout().setContentsMargins(0, 0, theme.px(12), 0)  # type: ignore[union-attr]

    def tell(self, scope: str, is_limited: bool, day: str, is_past: bool, user: str) -> None:
        """Show what holds now; what is not as usual is coloured."""
        for made, text, tip, is_on in (
            (self.scope, f"范围：{scope}", "名单、数字和搜索只看哪一片（Ctrl+G；Ctrl+Shift+G 看全部）", is_limited),
            (self.day, day, "看过去某一天的网格和责任人（Ctrl+D）", is_past),
            (self.user, user, "现在是谁在用，改动记在谁名下（Ctrl+U）", False),
        ):
            shown = made.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, theme.px(190))
            made.setText(f"{shown} ▾")
            made.setAccessibleName(text)
            made.setToolTip(f"{text}\n{tip}" if shown != text else tip)
            made.setProperty("on", is_on)
            made.style().unpolish(made)
            made.style().polish(made)


class TopBar(QFrame):
    """Tabs and search; `shown` tells the key of a pressed tab."""

    shown = Signal(str)

    def __init__(self, name: str, modules: tuple[Module, ...]) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.name = label(name, "brand")
        self.tabs = Tabs(modules)
        self.tabs.shown.connect(self.shown)
        self.buttons = self.tabs.buttons
        self._titles = {module.key: module.title for module in modules}
        self.search = QLineEdit()
        self.search.setPlaceholderText("搜人、户、网格、事项…  Ctrl+K")
        self.search.setFixedWidth(self._wide())
        self.search.setAccessibleName("全部搜索")
        line = row(self.name, self.tabs, self.search, spacing=0)
        line.setStretch(1, 1)
        line.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        self.setLayout(line)

    @staticmethod
    def _wide() -> int:
        return min(theme.px(240), 280)

    def mark(self, key: str) -> None:
        """Show which tab is open."""
        self.buttons[key].setChecked(True)
        self.tabs.share()

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

    def looks_changed(self) -> None:
        """Letters or colours changed: measure anew."""
        self.search.setFixedWidth(self._wide())
        self.tabs.share()


class AltWatch(QObject):
    """Tells the tabs while Alt alone is held."""

    def __init__(self, window: QWidget, tabs: Tabs) -> None:
        super().__init__(window)
        self._tabs = tabs
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Alt down: figures on; any release or leaving the window: off."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Alt:  # type: ignore[attr-defined]
            self._tabs.hint(True)
        elif kind in (QEvent.Type.KeyRelease, QEvent.Type.WindowDeactivate):
            self._tabs.hint(False)
        return False
