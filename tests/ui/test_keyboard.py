"""Every button of every page can be reached by Tab alone, and every act of a page is found by the search."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.ui import offers
from gridoffice.ui.window import MainWindow
from tests.ui.test_screens import settle
from tests.ui.test_window import active

OPEN = Callable[[Office], MainWindow]
STEPS = 600


def walked(window: MainWindow, qtbot: QtBot) -> set[QWidget]:
    """Everything that Tab comes by until it is where it began, beginning from the search box."""
    window.bar.search.setFocus()
    seen: set[QWidget] = set()
    for _ in range(STEPS):
        current = QApplication.focusWidget()
        assert current is not None
        if current in seen:
            break
        seen.add(current)
        window.finder.hide()  # with hits under it, Tab in the box means something else
        qtbot.keyClick(current, Qt.Key.Key_Tab)
    return seen


def test_tab_comes_by_every_button_and_box(full: Office, opened: OPEN, qtbot: QtBot) -> None:
    window = opened(full)
    missed = set()
    for module in window.modules:
        settle(window, module.key)
        active(qtbot, window)
        seen = walked(window, qtbot)
        page = window.page()
        assert page is not None
        for kind in (QPushButton, QLineEdit):
            for made in page.findChildren(kind):
                in_group = isinstance(made, QPushButton) and made.group() is not None  # arrows move inside a group
                inside = made.parentWidget()
                is_part = (inside is not None and inside.focusProxy() is not None) or inside in seen
                if made.isVisible() and made.isEnabled() and made not in seen and not in_group and not is_part:
                    words = str(made.property("text") or made.accessibleName() or made.objectName())
                    missed.add((module.key, kind.__name__, words))
    assert not missed, sorted(missed)


def test_every_button_of_a_page_is_a_command_of_the_search(full: Office, opened: OPEN) -> None:
    window = opened(full)
    for module in window.modules:
        settle(window, module.key)
        page = window.page()
        assert page is not None
        titles = {entry.title for entry in offers.commands(window, "")}
        buttons = {
            made.text()
            for made in page.findChildren(QPushButton)
            if made.isVisible() and made.text().strip() and made.objectName() not in offers.SKIPPED and not made.menu()
        }
        assert buttons <= titles, module.key
