"""What hides ID numbers and telephones on the screen: the projector's mask (F11), the one record that is revealed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QPushButton, QStyledItemDelegate, QToolTip, QWidget

from gridoffice.core.text import mask_id, mask_numbers, mask_phone

if TYPE_CHECKING:
    from gridoffice.domain.listing import Column, Listing

Record = tuple[str, int]
"""A record by the name of its table and its id."""

MASKS = {"id": mask_id, "phone": mask_phone}


class Mask(QObject):
    """Personal numbers are hidden until their record is revealed; while projected, every number is, work phones too."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_projected = False
        self.revealed: Record | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.conceal)
        self._tips: Tips | None = None

    def project(self, on: bool) -> None:
        """Hide every number everywhere, or go back to what is usual; what was revealed is hidden again."""
        if on == self.is_projected:
            return
        self.is_projected = on
        self.revealed = None
        self._timer.stop()
        app = QApplication.instance()
        if app is not None:
            self._tips = self._tips or Tips()
            app.installEventFilter(self._tips) if on else app.removeEventFilter(self._tips)
        self._tell()

    def reveal(self, record: Record, seconds: float) -> None:
        """Show one record's numbers in full for some time, and hide those of the one before."""
        self.revealed = record
        self._timer.start(int(seconds * 1000))
        self._tell()

    def conceal(self) -> None:
        """Hide what was revealed."""
        self._timer.stop()
        if self.revealed is not None:
            self.revealed = None
            self._tell()

    def looked_at(self, record: Record) -> None:
        """Another record of the same kind came to the front: what was revealed before is hidden."""
        if self.revealed is not None and self.revealed[0] == record[0] and self.revealed != record:
            self.conceal()

    def is_revealed(self, record: Record | None) -> bool:
        """Whether the numbers of a record are shown in full now."""
        return record is not None and record == self.revealed and not self.is_projected

    def _tell(self) -> None:
        for widget in QApplication.allWidgets():
            if isinstance(widget, Masked):
                widget.remask()
        self.changed.emit()

    # -- texts

    def shown(self, text: str) -> str:
        """A text as it may be seen: while projected without any number in full."""
        return mask_numbers(text) if self.is_projected else text

    def phone(self, text: str | None, record: Record | None = None) -> str:
        """A personal telephone: hidden in the middle unless its record is revealed."""
        return (text or "") if self.is_revealed(record) else mask_phone(text or "")

    def id_number(self, text: str | None, record: Record | None = None) -> str:
        """An ID number: hidden in the middle unless its record is revealed."""
        return (text or "") if self.is_revealed(record) else mask_id(text or "")

    def note(self, text: str | None, record: Record | None = None) -> str:
        """Free words about a person: the numbers in them are hidden unless the record is revealed."""
        return (text or "") if self.is_revealed(record) else mask_numbers(text or "")

    def cells(self, columns: Sequence[Column], texts: tuple[str, ...]) -> tuple[str, ...]:
        """A row of a declared list as it may be seen, copied, printed and saved."""
        if not self.is_projected:
            return texts
        return tuple(
            MASKS[column.kind](text) if column.kind in MASKS and "*" not in text else mask_numbers(text)
            for column, text in zip(columns, texts, strict=True)
        )


mask = Mask()
"""The one mask of this program; widgets follow `mask.changed`."""


def record_of(listing: Listing, number: int) -> Record:
    """A row of a declared list as a record."""
    return (str(listing.id.class_.__tablename__), number)


class Masked:
    """What shows texts that may hold numbers: `remask` is called whenever the mask changed."""

    def remask(self) -> None:
        """Show the same anew."""
        if isinstance(self, QWidget):
            self.update()


class Words(QLabel, Masked):
    """A label that hides numbers while projected; `words` is what was put in."""

    def __init__(self, text: str = "") -> None:
        super().__init__(mask.shown(text))
        self.words = text

    def setText(self, text: str) -> None:
        """Put a text in."""
        self.words = text
        super().setText(mask.shown(text))

    def remask(self) -> None:
        """Show the same text anew."""
        super().setText(mask.shown(self.words))


class Push(QPushButton, Masked):
    """A push button that hides numbers while projected."""

    def __init__(self, text: str = "") -> None:
        super().__init__(mask.shown(text))
        self.words = text

    def setText(self, text: str) -> None:
        """Put a text in."""
        self.words = text
        super().setText(mask.shown(text))

    def remask(self) -> None:
        """Show the same text anew; the text a button has got elsewhere (an action's) is left alone."""
        super().setText(mask.shown(self.words))


class MaskedDelegate(QStyledItemDelegate):
    """Paints items of a list or tree, numbers hidden while projected."""

    def displayText(self, value: Any, locale: Any) -> str:
        """What is painted."""
        return mask.shown(super().displayText(value, locale))


def project_in_dialogs() -> None:
    """From now on F11 works in every dialog and the meeting's show too: a window's own keys end at its dialogs."""
    app = QApplication.instance()
    if isinstance(app, QApplication) and not app.property("f11"):
        app.setProperty("f11", True)
        app.focusChanged.connect(_give_key)


def _give_key(_old: QWidget | None, new: QWidget | None) -> None:
    window = new.window() if new is not None else None
    if window is None or isinstance(window, QMainWindow) or window.property("f11"):
        return
    window.setProperty("f11", True)
    QShortcut(QKeySequence("F11"), window, lambda: mask.project(not mask.is_projected))


class Tips(QObject):
    """Hides the numbers in tool tips; it watches only while projected."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show a tip that holds a number without it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(watched, QWidget):
            tip = watched.toolTip()
            if tip and mask.shown(tip) != tip:
                QToolTip.showText(event.globalPos(), mask.shown(tip), watched)  # type: ignore[attr-defined]
                return True
        return False
