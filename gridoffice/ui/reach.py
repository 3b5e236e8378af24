"""The scope of what is shown, and who is at work: the two other choices at the top of the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QWidget

from gridoffice.core.text import narrow, pinyin
from gridoffice.db.office import Office
from gridoffice.domain import scope
from gridoffice.ui.drop import Drop
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.theme import theme

DATA = Qt.ItemDataRole.UserRole


class PickDrop(Drop):
    """A box and under it a list narrowed by what is typed; arrows in the box move in the list, Enter takes."""

    def __init__(self, window: QWidget, anchor: QWidget, title: str, note: str, wide: int, high: int) -> None:
        super().__init__(window, anchor, wide)
        self.body.addWidget(label(title, "heading"))
        if note:
            self.body.addWidget(label(note, "quiet", wrap=True))
        self.box = QLineEdit()
        self.box.textChanged.connect(lambda _text: self.fill())
        self.box.installEventFilter(self)
        self.list = QListWidget()
        self.list.setMinimumHeight(theme.px(high))
        self.list.itemClicked.connect(self.take)
        self.list.itemActivated.connect(self.take)
        self.line = row(self.box)
        self.body.addLayout(self.line)
        self.body.addWidget(self.list, 1)

    def first(self) -> QWidget:
        """The box to type in."""
        return self.box

    def fill(self) -> None:
        """Show what the typed text leaves."""

    def take(self, item: QListWidgetItem | None = None) -> None:
        """Take what was clicked, or what Enter in the box means."""

    def add(self, text: str, data: object) -> None:
        """Put an entry into the list."""
        item = QListWidgetItem(text)
        item.setData(DATA, data)
        item.setSizeHint(QSize(0, theme.px(32)))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, text.strip())
        self.list.addItem(item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows typed in the box move in the list, Enter takes."""
        if watched is self.box and event.type() == QEvent.Type.KeyPress:
            key = event.key()  # type: ignore[attr-defined]
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                place = self.list.currentRow() + (1 if key == Qt.Key.Key_Down else -1)
                self.list.setCurrentRow(min(max(place, 0), self.list.count() - 1))
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take()
                return True
        return super().eventFilter(watched, event)


class ScopeDrop(PickDrop):
    """The tree as a list to type into: the chosen unit's subtree is all that lists, counts and search show."""

    def __init__(self, window: QWidget, anchor: QWidget, office: Office, limit: Callable[[int | None], object]) -> None:
        super().__init__(window, anchor, "名单、数字和搜索只看哪一片", "", 340, 300)
        self.office, self._limit = office, limit
        self.lines: list[scope.Line] = []
        self.box.setPlaceholderText("村、网格的名称、拼音首字母、编码")
        self.box.setAccessibleName("范围")
        self.list.setAccessibleName("范围里的单位")

    def begin(self) -> None:
        """Show the tree as it stands now."""
        self.lines = scope.units(self.office)
        self.box.setText("")
        self.fill()

    def fill(self) -> None:
        """The units that the typed text leaves, the one in force chosen."""
        self.list.clear()
        tops = [line.name for line in self.lines if line.depth == 0]
        is_asked = bool(self.box.text().strip())
        if not is_asked:
            self.add(scope.whole(tops), None)
        for line in scope.matching(self.lines, self.box.text()):
            if is_asked or line.depth or len(tops) > 1:  # the one unit at the top is all of it
                self.add("　" * line.depth + line.name, line.id)
        rows = [place for place in range(self.list.count()) if self.list.item(place).data(DATA) == self.office.scope]
        if self.list.count():
            self.list.setCurrentRow(rows[0] if rows else 0)
            return
        item = QListWidgetItem("没有这个单位；可以输名称、拼音首字母、编码")
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    def take(self, item: QListWidgetItem | None = None) -> None:
        """Limit to the unit."""
        item = item or self.list.currentItem()
        if item is not None and item.flags() & Qt.ItemFlag.ItemIsEnabled:
            self.leave()
            self._limit(item.data(DATA))


class UserDrop(PickDrop):
    """The name under which changes are logged; kept on this machine."""

    def __init__(
        self,
        window: QWidget,
        anchor: QWidget,
        office: Office,
        known: Callable[[], list[str]],
        change: Callable[[str], Any],
    ) -> None:
        note = "改动和查看都记在这个名字下，这台电脑会记住。"
        super().__init__(window, anchor, "现在是谁在用", note, 320, 160)
        self.office, self._known, self._change = office, known, change
        self.names: list[tuple[str, str]] = []
        self.box.setMaxLength(20)
        self.box.setPlaceholderText("姓名，或拼音首字母")
        self.box.setAccessibleName("使用人姓名")
        self.list.setAccessibleName("人员")
        self.line.addWidget(button("换人", self.take, kind="primary"))
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        self.body.addWidget(self.problem)

    def begin(self) -> None:
        """Offer the staff."""
        self.problem.hide()
        self.names = [(name, f"{name} {' '.join(pinyin(name))}") for name in self._known()]
        self.box.setText("")
        self.fill()

    def fill(self) -> None:
        """The staff that the typed text leaves; letters mean the first of them, a name means itself."""
        self.list.clear()
        typed = narrow(self.box.text()).lower()
        for name, keys in self.names:
            if typed in keys:
                self.add(name, name)
        self.list.setCurrentRow(0 if typed and typed.isascii() else -1)

    def take(self, item: QListWidgetItem | None = None) -> None:
        """Work under the name from now on."""
        item = item or self.list.currentItem()
        name = str(item.data(DATA)) if item is not None else self.box.text().strip()
        if not name:
            self.problem.setText("姓名还没有填；记录里还是原来的名字。")
            self.problem.show()
            self.place()
            return
        self.leave()
        self._change(name)
