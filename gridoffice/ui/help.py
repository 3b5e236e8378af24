"""F1: the help paragraph for the field, dialog or tab that is in front, and all paragraphs to look through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from gridoffice.core.text import narrow, pinyin
from gridoffice.domain.guide import Topic, topic_for, topics
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

KEY = Qt.ItemDataRole.UserRole


class Help:
    """Knows what has the focus and opens its paragraph; F1 works in every dialog too."""

    def __init__(self, window: MainWindow) -> None:
        self.main = window
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._moved)
        self._app = app

    def stop(self) -> None:
        """The window is closed."""
        self._app.focusChanged.disconnect(self._moved)

    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        dialog = new.window() if new is not None else None
        if isinstance(dialog, QDialog) and not isinstance(dialog, HelpDialog) and not dialog.property("has_help"):
            dialog.setProperty("has_help", True)
            QShortcut(QKeySequence("F1"), dialog, lambda: self.show_topic(""))

    def show_topic(self, key: str) -> None:
        """Show a named paragraph, or the one for what has the focus."""
        HelpDialog(QApplication.activeModalWidget() or self.main, key or self._key()).exec()

    def _key(self) -> str:
        words: list[str] = []
        widget = QApplication.focusWidget()
        while widget is not None and widget is not self.main:
            words += [widget.accessibleName(), widget.windowTitle()]
            widget = widget.parentWidget()
        found = topic_for(self.main.current, [word for word in words if word])
        return found.key if found is not None else ""


class HelpDialog(QDialog):
    """All paragraphs at the left, narrowed by typing; the chosen one at the right."""

    def __init__(self, parent: QWidget, key: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("帮助")
        self.box = QLineEdit()
        self.box.setPlaceholderText("找帮助：一个词、拼音首字母")
        self.box.setAccessibleName("找帮助")
        self.box.setClearButtonEnabled(True)
        self.box.textChanged.connect(self._fill)
        self.list = QListWidget()
        self.list.setAccessibleName("帮助目录")
        self.list.setFixedWidth(theme.px(210))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._show)
        self.view = QTextBrowser()
        self.view.setAccessibleName("帮助内容")
        self.view.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.box.setFixedWidth(theme.px(210))
        left = QVBoxLayout()
        left.addWidget(self.box)
        left.addWidget(self.list, 1)
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(18)] * 4)
        body.setSpacing(theme.px(12))
        line = row(left, self.view, spacing=14)
        line.setStretch(1, 1)
        body.addLayout(line, 1)
        self.close_button = button("关闭", self.accept, kind="primary")
        body.addLayout(
            row(label("F1 讲眼前这一页、这一栏；Ctrl+K 输 ? 也能找到这里的每一篇。", "quiet"), 1, self.close_button)
        )
        screen = self.screen().availableGeometry()
        self.resize(min(theme.px(860), screen.width() - 60), min(theme.px(560), screen.height() - 80))
        self._fill("")
        self.go(key)
        self.list.setFocus()

    def go(self, key: str) -> None:
        """Show a paragraph by its key."""
        for place in range(self.list.count()):
            if self.list.item(place).data(KEY) == key:
                self.list.setCurrentRow(place)
                return
        self.list.setCurrentRow(0)

    def _fill(self, text: str) -> None:
        words = narrow(text).lower().split()
        self.list.clear()
        for topic in topics():
            heard = f"{topic.title} {' '.join(pinyin(topic.title))} {topic.words} {topic.text}".lower()
            if all(word in heard for word in words):
                item = QListWidgetItem(topic.title)
                item.setData(KEY, topic.key)
                item.setSizeHint(QSize(0, theme.px(32)))
                item.setToolTip(topic.title)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        if not self.list.count():
            self.view.setMarkdown(f"没有讲“{text}”的帮助。换一个词试试，或清空看全部。")

    def _show(self) -> None:
        item = self.list.currentItem()
        topic = next((one for one in topics() if item is not None and one.key == item.data(KEY)), None)
        if topic is not None:
            self.view.setMarkdown(_page(topic))


def _page(topic: Topic) -> str:
    return f"## {topic.title}\n\n{topic.text}"
