"""Every button and box of the tab's views, of a whole case and of its settings is reached by Tab alone."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gridoffice.ui.window import MainWindow
from tests.modules.cases.hands import opened
from tests.ui.test_keyboard import walked
from tests.ui.test_window import active


def missed(window: MainWindow, page: QWidget, qtbot: QtBot) -> list[str]:
    """The words of what Tab does not come by."""
    active(qtbot, window)
    seen = walked(window, qtbot)
    found = []
    for kind in (QPushButton, QLineEdit):
        for made in page.findChildren(kind):
            in_group = isinstance(made, QPushButton) and made.group() is not None
            inside = made.parentWidget()
            is_part = (inside is not None and inside.focusProxy() is not None) or inside in seen
            if made.isVisible() and made.isEnabled() and made not in seen and not in_group and not is_part:
                found.append(str(made.property("text") or made.accessibleName()))
    return found


@pytest.mark.parametrize("mode", ["list", "board", "month", "figures", "whole"])
def test_tab_comes_by_everything_of_a_view(window: MainWindow, case: int, mode: str, qtbot: QtBot) -> None:
    page = opened(window, "list" if mode == "whole" else mode)
    if mode == "whole":
        page.open_case(case)
    assert missed(window, page, qtbot) == []


@pytest.mark.parametrize("key", ["categories", "phrases", "ladder"])
def test_tab_comes_by_everything_of_a_setting(window: MainWindow, key: str, qtbot: QtBot) -> None:
    page = window.open("office", key)
    assert page is not None
    assert missed(window, page, qtbot) == []
    unnamed = [made for made in page.findChildren(QLineEdit) if made.isVisible() and not made.accessibleName()]
    assert unnamed == []
