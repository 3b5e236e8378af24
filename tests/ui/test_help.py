"""F1 opens the paragraph for the tab, the field or the dialog in front; every paragraph loads and is found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridoffice.core.module import modules
from gridoffice.db.office import Office
from gridoffice.domain.guide import topic_for, topics
from gridoffice.ui.window import MainWindow
from tests.press import meanwhile, press
from tests.ui.test_window import active

OPEN = Callable[[Office], MainWindow]


def test_every_tab_has_its_paragraph_and_all_are_short() -> None:
    for module in modules():
        found = topic_for(module.key, [])
        assert found is not None, module.key
        assert module.key in found.pages
    titles = [topic.title for topic in topics()]
    assert len(set(titles)) == len(titles)
    for topic in topics():
        assert 40 < len(topic.text) < 700, topic.key


def test_a_wrong_file_is_named(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from gridoffice.core import paths

    (tmp_path / "help").mkdir()
    (tmp_path / "help" / "x.toml").write_text('title = "x"\ntext = "y"\nwrong = 1\n', "utf-8")
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    topics.cache_clear()
    try:
        with pytest.raises(ValueError, match=r"x\.toml.*wrong"):
            topics()
    finally:
        topics.cache_clear()


def test_f1_tells_of_the_tab_and_in_an_editor_of_the_field(office: Office, opened: OPEN, qtbot: QtBot) -> None:
    window = opened(office)
    page = window.show_tab("personnel")
    active(qtbot, window)
    page.setFocus()
    said: list[str] = []

    def read(dialog: Any) -> None:
        said.append(dialog.list.currentItem().text())
        press(dialog, "关闭")

    failed = meanwhile(read)
    qtbot.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_F1)
    assert failed == []
    assert said == ["人员页"]

    def in_editor(dialog: Any) -> None:
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        dialog.form.inputs["id_number"].setFocus()
        inner = meanwhile(read)
        qtbot.keyClick(dialog.form.inputs["id_number"].inner, Qt.Key.Key_F1)
        assert inner == []
        dialog.done(0)

    failed = meanwhile(in_editor)
    page.new()
    assert failed == []
    assert said[1] == "身份证号码和电话怎么填"


def test_the_paragraphs_are_narrowed_by_typing(office: Office, opened: OPEN, qtbot: QtBot) -> None:
    window = opened(office)
    window.show_tab("today")
    said: list[list[str]] = []

    def look(dialog: Any) -> None:
        qtbot.keyClicks(dialog.box, "lgyj")
        said.append([dialog.list.item(place).text() for place in range(dialog.list.count())])
        said.append([dialog.view.toPlainText().splitlines()[0]])
        press(dialog, "关闭")

    failed = meanwhile(look)
    window.show_help()
    assert failed == []
    assert said == [["离岗移交"], ["离岗移交"]]
