"""At the left of the template editor: the templates by kind, and the placeholders with what each one is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from gridoffice.domain.papers import KINDS
from gridoffice.modules.documents import placeholders
from gridoffice.modules.documents.template_store import Entry
from gridoffice.modules.documents.templates import Template
from gridoffice.ui.panel import label, own_key
from gridoffice.ui.theme import theme

KEY = Qt.ItemDataRole.UserRole


class TemplateList(QWidget):
    """Every template under its kind, found by typing; `chosen` tells the key."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(6))
        self.search = QLineEdit()
        self.search.setPlaceholderText("找模板")
        self.search.setAccessibleName("找模板")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda _text: self._filter())
        self.list = QListWidget()
        self.list.setAccessibleName("信件模板")
        self.list.currentItemChanged.connect(self._moved)
        body.addWidget(self.search)
        body.addWidget(self.list, 1)
        self.entries: list[Entry] = []

    def show_entries(self, entries: Sequence[Entry], key: str) -> None:
        """Show the templates there are now, one of them chosen."""
        self.entries = list(entries)
        with QSignalBlocker(self.list):
            self.list.clear()
            kind = ""
            for one in entries:
                if one.template.kind != kind:
                    kind = one.template.kind
                    self._heading(KINDS[kind].title)
                self._add(one)
        self.choose(key)
        self._filter()

    def _heading(self, title: str) -> None:
        item = QListWidgetItem(title)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setSizeHint(QSize(0, theme.px(28)))
        font = QFont(self.list.font())
        font.setBold(True)
        item.setFont(font)
        self.list.addItem(item)

    def _add(self, one: Entry) -> None:
        word = "自带的有新版" if one.is_newer else "已改" if one.is_changed else "本办" if one.is_own else ""
        item = QListWidgetItem(f"　{one.template.name}{f'（{word}）' if word else ''}")
        item.setData(KEY, one.template.key)
        item.setToolTip(f"{one.template.name}：{one.template.about or one.template.title}")
        item.setSizeHint(QSize(0, theme.px(32)))
        self.list.addItem(item)

    def choose(self, key: str) -> None:
        """Mark a template, quietly."""
        with QSignalBlocker(self.list):
            for place in range(self.list.count()):
                if self.list.item(place).data(KEY) == key:
                    self.list.setCurrentRow(place)
                    return
            self.list.setCurrentRow(-1)

    def _moved(self, item: QListWidgetItem | None, _before: object) -> None:
        key = item.data(KEY) if item is not None else None
        if key:
            self.chosen.emit(str(key))

    def _filter(self) -> None:
        word = self.search.text().strip()
        names = {one.template.key: f"{one.template.name}{KINDS[one.template.kind].title}" for one in self.entries}
        for place in range(self.list.count()):
            key = self.list.item(place).data(KEY)
            self.list.item(place).setHidden(bool(word) and (key is None or word not in names.get(key, "")))


class PlaceholderList(QWidget):
    """The placeholders of a letter, each with what it is and a sample; double click or Enter puts it into the text."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(4))
        self.list = QListWidget()
        self.list.setAccessibleName("可填入的内容")
        self.list.setWordWrap(True)
        self.list.itemDoubleClicked.connect(lambda _item: self.take())
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            own_key(self.list, QKeySequence(key), self.take)
        body.addWidget(label("双击（或按回车）填到光标处", "quiet"))
        body.addWidget(self.list, 1)
        self._shown: tuple[object, ...] = ()

    def show_for(self, template: Template) -> None:
        """Show what a template can have filled in."""
        wanted = (template.audience, tuple(template.asks.items()))
        if wanted == self._shown:
            return
        self._shown = wanted
        self.list.clear()
        for name, sample in template.asks.items():
            self._add(name, "制作时填写", sample)
        for one in placeholders.of_audience(template.audience):
            self._add(one.name, one.about, one.sample)

    def _add(self, name: str, about: str, sample: str) -> None:
        item = QListWidgetItem(f"{{{name}}}\n{about}，如“{sample}”")
        item.setData(KEY, name)
        item.setToolTip(f"{about}，例如 {sample}")
        self.list.addItem(item)

    def take(self) -> None:
        """Ask for the chosen one to be put into the text."""
        item = self.list.currentItem()
        if item is not None:
            self.wanted.emit(f"{{{item.data(KEY)}}}")
