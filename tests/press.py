"""Hands for GUI tests: press a button by its word, and act in the dialog that the next press opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget

PAUSE = 30  # milliseconds
TRIES = 300


def press(parent: QWidget, word: str) -> None:
    """Click the visible button with this word."""
    QApplication.processEvents()
    found = [made for made in parent.findChildren(QPushButton) if made.text() == word and made.isVisible()]
    assert found, f"no button “{word}”"
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def meanwhile(run: Callable[[Any], None]) -> list[str]:
    """Do something in the next dialog; it is closed if that fails, and what failed stands in the list returned."""
    failed: list[str] = []
    before = QApplication.activeModalWidget()
    tries = [0]

    def step() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or dialog is before:
            tries[0] += 1
            if tries[0] < TRIES:
                QTimer.singleShot(PAUSE, step)
            else:
                failed.append("no dialog opened")
            return
        try:
            run(dialog)
        except BaseException as problem:
            failed.append(repr(problem))
        finally:
            if failed:
                dialog.done(0)

    QTimer.singleShot(PAUSE, step)
    return failed


def words(parent: QWidget) -> list[str]:
    """The words of all visible buttons."""
    QApplication.processEvents()
    return [made.text() for made in parent.findChildren(QPushButton) if made.isVisible() and made.text()]


def save_paper(run: Callable[[], Any]) -> None:
    """Do what shows a paper, and save it there."""
    failed = meanwhile(lambda dialog: press(dialog, "存成 PDF…"))
    run()
    assert failed == []
