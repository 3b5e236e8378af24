"""Every tab on an empty and on a full office: it opens, it fits, and every word on it is Chinese."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QWidget,
)

from gridoffice.core import paths
from gridoffice.db.office import Office
from gridoffice.ui import theme as looks
from gridoffice.ui.screen import application
from gridoffice.ui.window import MainWindow

OPEN = Callable[[Office], MainWindow]
KNOWN = {
    "PDF", "PNG", "JPG", "DOCX", "CSV", "xlsx", "xls", "csv", "docx", "pdf", "png", "Excel", "PowerPoint", "WPS",
    "PostgreSQL", "Apache", "NOTICE", "Ctrl", "Shift", "Enter", "Esc", "Alt", "Tab", "Del", "PgUp", "PgDn",
    "Home", "End", "office", "gridoffice",
    "BMI", "mmHg", "mmol", "USB", "SHA", "zip",
}  # fmt: skip
"""File kinds, keys and units of measure that every office writes in Latin letters."""
ENTITY = re.compile(r"<[^>]+>|&\w+;")


@pytest.fixture(params=["empty", "full"])
def either(request: pytest.FixtureRequest) -> Office:
    """The empty office, then the sample township."""
    found: Office = request.getfixturevalue("office" if request.param == "empty" else "full")
    return found


def settle(window: MainWindow, key: str) -> None:
    """Wait until a tab is laid out and its pictures are drawn."""
    page = window.show_tab(key)
    end = time.monotonic() + 20
    QApplication.processEvents()
    while not page.is_ready():
        assert time.monotonic() < end, key
        QApplication.processEvents()
        time.sleep(0.005)
    QApplication.processEvents()


def said(widget: QWidget) -> Iterator[str]:
    """Every word a widget shows or tells."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.windowTitle(), widget.statusTip())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit | QPlainTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QGroupBox):
        yield widget.title()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(place) for place in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(place) for place in range(widget.count()))
    for action in widget.actions() if isinstance(widget, QMenu | QLineEdit) else ():
        yield action.text()
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from cells(widget)


def cells(view: QAbstractItemView) -> Iterator[str]:
    """Titles and the first rows of a list."""
    model: Any = view.model()
    if isinstance(view, QHeaderView):
        return
    wide = view.horizontalHeader().count() if isinstance(view, QTableView) else 1
    for column in range(wide if isinstance(view, QTableView) else 0):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
    for row in range(min(model.rowCount(), 40)):
        for column in range(wide):
            yield str(model.index(row, column).data() or "")


def foreign(text: str) -> list[str]:
    """Runs of three and more Latin letters that no office would write."""
    tones = re.sub(r"^(plain|done|soon|late|quiet)\|", "", ENTITY.sub(" ", text))
    return [word for word in re.findall(r"[A-Za-z]{3,}", tones) if word not in KNOWN]


def test_no_word_on_a_tab_is_foreign(either: Office, opened: OPEN) -> None:
    window = opened(either)
    found = set()
    for module in window.modules:
        settle(window, module.key)
        found |= {
            (module.key, type(widget).__name__, text)
            for widget in [window, *window.findChildren(QWidget)]
            for text in said(widget)
            if foreign(text)
        }
    assert not found


def test_every_tab_fits_a_small_screen_at_large_letters(either: Office, opened: OPEN) -> None:
    looks.apply(application(), "light", 150)
    window = opened(either)
    wide = {}
    for module in window.modules:
        settle(window, module.key)
        wide[module.key] = window.minimumSizeHint().width()
        assert (window.width(), window.height()) == (1366, 768), module.key
    assert max(wide.values()) <= 1366, wide


class Watch(QObject):
    """Keeps the names of widgets that are shown as windows of their own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at what is shown."""
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_nothing_flashes_up_as_a_window_of_its_own(either: Office, opened: OPEN) -> None:
    window = opened(either)
    watch = Watch()
    application().installEventFilter(watch)
    try:
        for module in window.modules:
            settle(window, module.key)
            window.pages[module.key].refresh()
            window.pages[module.key].refresh()
            QApplication.processEvents()
    finally:
        application().removeEventFilter(watch)
    assert watch.seen == []


def test_menus_commands_and_keys_are_distinct_and_their_icons_exist(office: Office, opened: OPEN) -> None:
    window = opened(office)
    keys = [command.key for command in window.commands]
    shortcuts = [command.shortcut for command in window.commands if command.shortcut]
    assert {f"Ctrl+{place}" for place in range(1, 10)} | {"Ctrl+K"} <= set(shortcuts)
    shortcuts += ["Ctrl+=", "F2", "F9"]
    assert len(set(keys)) == len(keys)
    assert len(set(shortcuts)) == len(shortcuts)
    icons = {command.icon for command in window.commands} | {module.icon for module in window.modules}
    assert not [name for name in icons - {""} if not (paths.resources() / "icons" / f"{name}.svg").is_file()]


def test_every_named_icon_in_the_code_exists() -> None:
    known = {file.stem for file in (paths.resources() / "icons").glob("*.svg")}
    named: set[str] = set()
    for file in (paths.resources().parent / "gridoffice").rglob("*.py"):
        text = file.read_text("utf-8")
        named |= set(re.findall(r'\bicon="([a-z_]+)"', text))
        named |= set(re.findall(r'\b(?:pixmap|icon|load|Empty)\(\s*"([a-z_]+)"', text))
    assert named <= known, named - known
