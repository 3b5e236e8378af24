"""The papers the office can make, in groups, found by typing."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from gridoffice.core.text import narrow
from gridoffice.modules.documents.recipe import Maker, makers
from gridoffice.ui.icons import icon
from gridoffice.ui.offers import tier
from gridoffice.ui.panel import Panel
from gridoffice.ui.theme import theme

GROUPS = ("卡证", "公示", "手册", "函件", "告知", "标签", "内部")
KEY = Qt.ItemDataRole.UserRole


class MakerList(Panel):
    """The list with its search box; `chosen` tells a maker."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__("做什么文书")
        self.search = QLineEdit()
        self.search.setPlaceholderText("找文书，可输拼音首字母")
        self.search.setAccessibleName("找文书")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._fill())
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("文书")
        self.list.setIconSize(QSize(theme.px(18), theme.px(18)))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.body.addWidget(self.search)
        self.body.addWidget(self.list, 1)
        self._current = ""
        self.list.currentItemChanged.connect(lambda now, _was: self._took(now))
        self._fill()

    def _fill(self) -> None:
        words = narrow(self.search.text()).lower().split()
        groups: dict[str, list[Maker]] = {name: [] for name in GROUPS}
        for one in makers():
            if tier(one.title, words, f"{one.group} {one.about}") is not None:
                groups.setdefault(one.group, []).append(one)
        self.list.blockSignals(True)
        self.list.clear()
        for name, some in groups.items():
            if not some:
                continue
            head = QListWidgetItem(name)
            head.setFlags(Qt.ItemFlag.NoItemFlags)
            font = head.font()
            font.setPixelSize(theme.px(12))
            head.setFont(font)
            head.setSizeHint(QSize(0, theme.px(26)))
            self.list.addItem(head)
            for one in some:
                item = QListWidgetItem(icon(one.icon), one.title)
                item.setData(KEY, one.name)
                item.setToolTip(f"{one.title}：{one.about}")
                item.setSizeHint(QSize(0, theme.px(34)))
                self.list.addItem(item)
                if one.name == self._current:
                    self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def _took(self, item: QListWidgetItem | None) -> None:
        name = item.data(KEY) if item is not None else None
        if name and name != self._current:
            self._current = name
            self.chosen.emit(self.maker())

    def maker(self) -> Maker:
        """The chosen maker."""
        known = {one.name: one for one in makers()}
        return known.get(self._current) or makers()[0]

    def choose(self, name: str) -> None:
        """Choose a maker by its key."""
        self.search.clear()
        for place in range(self.list.count()):
            item = self.list.item(place)
            if item.data(KEY) == name:
                self.list.setCurrentItem(item)
                self.list.scrollToItem(item)
                return

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search box the arrows go into the list; Enter takes the first hit."""
        is_key = watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_key and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self._into()
            return True
        return super().eventFilter(watched, event)

    def _into(self) -> None:
        hits: list[Any] = [
            self.list.item(place) for place in range(self.list.count()) if self.list.item(place).data(KEY)
        ]
        if hits and (self.search.text() or self.list.currentItem() is None):
            self.list.setCurrentItem(hits[0])
        self.list.setFocus()
