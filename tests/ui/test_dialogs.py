"""What goes wrong is told in a sentence; a fault of the program itself with a text that can be handed on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gridoffice.core.errors import Cancelled, OfficeError
from gridoffice.ui import dialogs
from gridoffice.ui.dialogs import Message, Toast
from tests.press import meanwhile, press


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    return made


@pytest.fixture
def hook() -> Iterator[None]:
    before = sys.excepthook
    yield
    sys.excepthook = before


def texts(dialog: Any) -> list[str]:
    return [made.text() for made in dialog.findChildren(QLabel)]


def test_an_office_error_is_told_in_its_three_parts(parent: QWidget) -> None:
    said: list[str] = []

    def read(dialog: Message) -> None:
        said.extend(texts(dialog))
        assert not dialog.findChildren(QPlainTextEdit), "no program text for the office"
        press(dialog, "知道了")

    failed = meanwhile(read)
    problem = OfficeError("磁盘已满，没有写进去", safe="办公文件完好", do="请腾出空间后再试一次")
    dialogs.error(problem, parent)
    assert failed == []
    assert said == [problem.what, problem.safe, problem.do]


@pytest.mark.faults
def test_a_fault_of_the_program_is_told_with_a_text_to_copy(parent: QWidget) -> None:
    def read(dialog: Message) -> None:
        assert "已经保存的内容完好" in " ".join(texts(dialog))
        details = dialog.findChildren(QPlainTextEdit)[0].toPlainText()
        assert "ZeroDivisionError" in details
        press(dialog, "复制")
        assert QApplication.clipboard().text() == details
        press(dialog, "关闭")

    failed = meanwhile(read)
    assert not dialogs.guarded(parent, lambda: 1 / 0)
    assert failed == []


def test_what_was_cancelled_is_no_error(parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Message, "exec", lambda self: pytest.fail("told"))
    dialogs.error(Cancelled(), parent)
    assert dialogs.guarded(parent, lambda: None)


def test_nothing_that_goes_wrong_in_a_slot_is_lost(
    parent: QWidget, hook: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[BaseException] = []
    monkeypatch.setattr(dialogs, "error", lambda problem, _parent=None: seen.append(problem))
    dialogs.catch_all()
    sys.excepthook(ValueError, ValueError("x"), None)
    assert [type(problem) for problem in seen] == [ValueError]


@pytest.mark.parametrize(("word", "place"), [("备份", 0), ("不备份", 1)])
def test_a_question_gives_the_place_of_the_button(parent: QWidget, word: str, place: int) -> None:
    failed = meanwhile(lambda dialog: press(dialog, word))
    assert dialogs.ask(parent, "先备份吗", "要不要备份？", ["备份", "不备份"]) == place
    assert failed == []


def test_a_question_left_by_esc_gives_none(parent: QWidget) -> None:
    failed = meanwhile(lambda dialog: dialog.reject())
    assert dialogs.ask(parent, "先备份吗", "要不要备份？", ["备份", "不备份"]) == -1
    assert failed == []


def test_a_note_offers_undo_once_and_the_next_takes_its_place(parent: QWidget, qtbot: QtBot) -> None:
    undone: list[int] = []
    first = dialogs.toast(parent, "已删除", lambda: undone.append(1))
    press(first, "撤销")
    assert undone == [1]
    dialogs.toast(parent, "已保存")
    shown = dialogs.toast(parent, "又已保存")
    QApplication.processEvents()
    assert [texts(note) for note in parent.findChildren(Toast) if note.isVisible()] == [["又已保存"]]
    assert not shown.findChildren(QPushButton)
    assert parent.rect().contains(shown.geometry())


def test_a_file_to_save_gets_its_ending(parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def choose(dialog: QFileDialog) -> int:
        assert dialog.labelText(QFileDialog.DialogLabel.Accept) == "确定"
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile("名单")
        return 1

    monkeypatch.setattr(QFileDialog, "exec", choose)
    assert dialogs.save_file(parent, "导出", "名单.xlsx", "Excel 表格 (*.xlsx)") == tmp_path / "名单.xlsx"
