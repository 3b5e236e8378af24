"""Search over everything: one box, hits of every list in groups, Enter opens the record in its tab."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from gridoffice.core.module import load, modules
from gridoffice.domain.listing import Query, word_of
from gridoffice.ui.mask import MaskedDelegate
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow

EACH = 5
WAIT = 160


class Finder(QFrame):
    """The list of hits under the search box."""

    def __init__(self, window: MainWindow, box: QLineEdit) -> None:
        super().__init__(window)
        self.main, self.box = window, box
        self.setObjectName("panel")
        self.list = QListWidget()
        self.list.setItemDelegate(MaskedDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(self._open)
        body = QVBoxLayout(self)
        body.setContentsMargins(*[theme.px(6)] * 4)
        body.addWidget(self.list)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look_up)
        box.textEdited.connect(lambda _text: self._timer.start(WAIT))
        box.installEventFilter(self)
        self.hide()

    def start(self) -> None:
        """Ctrl+K: to the box, its text chosen."""
        self.box.setFocus()
        self.box.selectAll()

    def look_up(self) -> None:
        """Look the text up in every list and show the hits."""
        text = self.box.text().strip()
        self.list.clear()
        if not text:
            self.hide()
            return
        for module in modules():
            for listing in load(module.listings) if module.listings else ():
                if listing.names and module.page:
                    self._hits(module, listing, text)
        if not self.list.count():
            self._head(f"没有找到“{text}”；可以输姓名、拼音首字母、电话尾号")
        self._place()

    def _hits(self, module: Any, listing: Any, text: str) -> None:
        on = self.main.office.today()
        ids = listing.ids(self.main.office, Query(on=on, text=text))
        if not ids:
            return
        more = f"（共 {len(ids)}，列出前 {EACH}）" if len(ids) > EACH else ""
        self._head(f"{module.title} · {listing.title}{more}")
        rows = listing.rows(self.main.office, ids[:EACH], on)
        for number in ids[:EACH]:
            shown = zip(listing.columns, rows[number], strict=True)
            words = [word_of(column, cell) for column, cell in shown if not column.is_private]
            item = QListWidgetItem("   " + "　".join(word for word in words if word)[:80])
            item.setData(Qt.ItemDataRole.UserRole, (module.key, listing.key, number))
            self.list.addItem(item)
            if self.list.currentRow() < 0:
                self.list.setCurrentItem(item)

    def _head(self, text: str) -> None:
        item = QListWidgetItem(text)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        self.list.addItem(item)

    def _place(self) -> None:
        wide = theme.px(560)
        right = self.box.mapTo(self.main, self.box.rect().bottomRight())
        high = min(theme.px(30) * self.list.count() + theme.px(24), theme.px(480))
        self.setGeometry(right.x() - wide, right.y() + theme.px(4), wide, high)
        self.show()
        self.raise_()

    def _open(self, item: QListWidgetItem | None = None) -> None:
        item = item or self.list.currentItem()
        target = item.data(Qt.ItemDataRole.UserRole) if item else None
        if target:
            self.hide()
            module, listing, number = target
            self.main.open(module, record=number, filters=(("list", listing),))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the hits, Enter opens, Esc closes."""
        if watched is self.box and event.type() == QEvent.Type.KeyPress:
            return self._key(event.key())  # type: ignore[attr-defined]
        if watched is self.box and event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(150, self.hide)
        return False

    def _key(self, key: int) -> bool:
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._timer.isActive() or self.isHidden():
                self._timer.stop()
                self.look_up()
            self._open()
        elif key == Qt.Key.Key_Escape and self.isVisible():
            self.hide()
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        place = self.list.currentRow() + by
        while 0 <= place < self.list.count():
            if self.list.item(place).flags() & Qt.ItemFlag.ItemIsEnabled:
                self.list.setCurrentRow(place)
                return
            place += by
