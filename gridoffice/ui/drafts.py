"""A draft behind an editor: kept every few seconds while one types, offered (never forced) when it opens again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QWidget

from gridoffice.db import drafts
from gridoffice.db.office import Office
from gridoffice.ui.panel import button
from gridoffice.ui.theme import theme

EVERY = 3000
"""Milliseconds between two looks whether something was typed."""

Values = dict[str, Any]


def office_of(widget: QWidget | None) -> Office | None:
    """The office a widget works on: its own, or that of what it stands in."""
    while widget is not None:
        found = getattr(widget, "office", None)
        if isinstance(found, Office):
            return found
        widget = widget.parentWidget()
    return None


def key_of(dialog: QDialog, title: str, clean: Mapping[str, Any]) -> str:
    """The same for the same editor on the same record as long as nobody else changed that; days do not count.

    A dialog that begins differently each time (a new record from the last one) names itself by `draft_key`.
    """
    own = getattr(dialog, "draft_key", "")
    kept = ((name, repr(value)) for name, value in clean.items() if value and not isinstance(value, date))
    told: object = own or sorted(kept)
    digest = hashlib.sha256(f"{type(dialog).__name__}|{title}|{told}".encode()).hexdigest()
    return digest[:48]


class DraftKeeper(QObject):
    """Keeps a dialog's draft; `bar` offers an older one and is to be put at the top of the dialog.

    `read` gives what stands in the dialog now, `put` fills some of it in, `clean` is what stood there at first.
    """

    def __init__(
        self,
        dialog: QDialog,
        office: Office | None,
        title: str,
        read: Callable[[], Values],
        put: Callable[[Values], None],
    ) -> None:
        super().__init__(dialog)
        self.office, self.title = office, title
        self._read, self._put = read, put
        self._clean = read()
        self._last = self._clean
        self._base = key_of(dialog, title, self._clean)
        self._offered: drafts.Kept | None = None
        self.bar = QWidget()
        self.bar.hide()
        self._key = f"{self._base}#0"
        self._is_kept = False
        if office is None:
            return
        self._offer(drafts.of(office, f"{self._base}#"))
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self.keep)
        self._timer.start()
        dialog.finished.connect(self.end)

    def _offer(self, found: list[drafts.Kept]) -> None:
        """Show the newest draft; what is typed now goes under a key of its own."""
        used = {one.key for one in found}
        number = 0
        while f"{self._base}#{number}" in used:
            number += 1
        self._key = f"{self._base}#{number}"
        if not found:
            return
        self._offered = found[0]
        line = QHBoxLayout(self.bar)
        line.setContentsMargins(theme.px(10), theme.px(4), theme.px(6), theme.px(4))
        self.told = QLabel(f"{found[0].at:%m月%d日 %H:%M} 填到一半、没有保存的内容还在。")
        self.told.setWordWrap(True)
        self.restore_button = button("恢复", self.restore)
        self.discard_button = button("不要了", self.discard)
        line.addWidget(self.told, 1)
        line.addWidget(self.restore_button)
        line.addWidget(self.discard_button)
        self.bar.setObjectName("notice")
        self.bar.show()

    def restore(self) -> None:
        """Fill in what was typed then, where it differs from the record."""
        if self._offered is None or self.office is None:
            return
        kept, self._offered = self._offered, None
        self._put({name: value for name, value in kept.values.items() if value != self._clean.get(name)})
        self._key = kept.key
        self._is_kept = True
        self.bar.hide()

    def discard(self) -> None:
        """Throw the offered draft away."""
        if self._offered is not None and self.office is not None:
            drafts.drop(self.office, self._offered.key)
            self._offered = None
            self.bar.hide()

    def keep(self) -> None:
        """Keep what stands there now, when something was typed since."""
        now = self._read()
        if self.office is None or now == self._last:
            return
        if now == self._clean:
            self._last = now
            if self._is_kept:
                drafts.drop(self.office, self._key)
                self._is_kept = False
        elif drafts.keep(self.office, self._key, self.title, now):
            self._last = now
            self._is_kept = True

    @property
    def begun(self) -> Values:
        """What stood there when the record was begun."""
        return self._clean

    def hold(self) -> bool:
        """Keep what stands there beyond the end of the dialog; False when it could not be kept."""
        self.keep()
        is_held, self._is_kept = self._is_kept, False
        return is_held

    def anew(self) -> None:
        """What stood there was saved, and the next record begins: its draft goes."""
        if self.office is not None and self._is_kept:
            drafts.drop(self.office, self._key)
        self._is_kept = False
        self._clean = self._last = self._read()

    def end(self, _result: int = 0) -> None:
        """The dialog was left, saved or on purpose without: its draft goes."""
        if self.office is not None:
            self._timer.stop()
            if self._is_kept:
                drafts.drop(self.office, self._key)


def left_over(office: Office) -> str:
    """What was being typed when the program last ended, in a sentence; empty when nothing was."""
    found = drafts.of(office, "")
    if not found:
        return ""
    titles = "、".join(dict.fromkeys(f"“{one.title}”" for one in found[:3]))
    more = f"等 {len(found)} 处" if len(found) > 3 else ""
    return f"上次{titles}{more}填到一半没有保存，内容还在：打开同一处，点“恢复”。"
