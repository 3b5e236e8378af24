"""The editor: what is missing or wrong is marked where it stands; nothing typed is lost without a question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from gridoffice.core.errors import OfficeError
from gridoffice.ui import dialogs, editor
from gridoffice.ui.editor import Editor
from gridoffice.ui.fields import Field
from tests.press import meanwhile, press

FIELDS = (
    Field("name", "姓名", required=True, section="基本"),
    Field("born", "出生日期", "date"),
    Field("note", "备注", "multiline", section="其他"),
)


@pytest.fixture
def kept() -> list[dict[str, Any]]:
    return []


@pytest.fixture
def dialog(qtbot: QtBot, kept: list[dict[str, Any]]) -> Iterator[Editor]:
    made = Editor(None, "新建人员", FIELDS, {"note": "旧"}, kept.append)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    yield made
    made.form.fill({})
    made.reject()


def test_missing_and_wrong_fields_are_marked_and_named(dialog: Editor, kept: list[dict[str, Any]]) -> None:
    dialog.form.inputs["born"].put(None)
    dialog.form.inputs["born"].inner.setText("13月")  # type: ignore[attr-defined]
    press(dialog, "保存")
    assert dialog.isVisible()
    assert "“姓名”还没有填" in dialog.problem.text()
    assert [key for key, made in dialog.form.inputs.items() if made.inner.property("wrong")] == ["name", "born"]
    dialog.form.inputs["name"].put("唐琪")
    press(dialog, "保存")
    assert "不是日期" in dialog.problem.text()
    dialog.form.inputs["born"].put(None)
    press(dialog, "保存")
    assert kept == [{"name": "唐琪", "born": None, "note": "旧"}]
    assert not dialog.isVisible()


def test_ctrl_s_saves(dialog: Editor, kept: list[dict[str, Any]], qtbot: QtBot) -> None:
    dialog.form.inputs["name"].put("唐琪")
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert len(kept) == 1


def test_a_refusal_of_the_service_keeps_everything_typed(qtbot: QtBot) -> None:
    def refuse(_values: dict[str, Any]) -> None:
        raise OfficeError("这个号码已经有了", safe="没有保存")

    made = Editor(None, "新建", FIELDS, {"name": "唐琪"}, refuse)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    press(made, "保存")
    assert made.problem.text() == "这个号码已经有了。没有保存。"
    assert made.form.values()["name"] == "唐琪"
    made.reject()


def test_a_fault_of_the_program_is_told_and_the_form_stays(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[BaseException] = []
    monkeypatch.setattr(dialogs, "error", lambda problem, _parent=None: seen.append(problem))

    def fail(_values: dict[str, Any]) -> None:
        raise ZeroDivisionError

    made = Editor(None, "新建", FIELDS, {"name": "唐琪"}, fail)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    press(made, "保存")
    assert [type(problem) for problem in seen] == [ZeroDivisionError]
    assert made.isVisible()
    made.reject()


def test_unchanged_it_closes_without_a_question(dialog: Editor) -> None:
    press(dialog, "取消")
    assert not dialog.isVisible()


@pytest.mark.parametrize(
    ("answer", "is_open", "count"), [("继续填写", True, 0), ("不保存", False, 0), ("保存", False, 1)]
)
def test_changed_it_asks(dialog: Editor, kept: list[dict[str, Any]], answer: str, is_open: bool, count: int) -> None:
    dialog.form.inputs["name"].put("唐琪")
    failed = meanwhile(lambda question: press(question, answer))
    press(dialog, "取消")
    assert failed == []
    assert (dialog.isVisible(), len(kept)) == (is_open, count)
    dialog.form.fill({})


def test_edit_tells_whether_it_was_saved(qtbot: QtBot) -> None:
    failed = meanwhile(lambda shown: press(shown, "保存"))
    assert editor.edit(None, "改", FIELDS, {"name": "唐琪"}, lambda _values: None)  # type: ignore[arg-type]
    assert failed == []
    failed = meanwhile(lambda shown: press(shown, "取消"))
    assert not editor.edit(None, "改", FIELDS, {"name": "唐琪"}, lambda _values: None)  # type: ignore[arg-type]
    assert failed == []


def test_what_is_wrong_is_read_whole_without_hiding_a_field(qtbot: QtBot) -> None:
    """A narrow window of one field grows by the lines that the sentence takes, and not again when it changes."""

    def refuse(_values: dict[str, Any]) -> None:
        raise OfficeError(
            "这个网格在这一天已经有一位网格员了", safe="没有保存", do="请先结束前一位的任职，再来指定这一位"
        )

    made = Editor(None, "换网格", FIELDS[:1], {"name": "唐琪"}, refuse, columns=1)  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.show()
    field, was = made.form.inputs["name"], made.form_area.height()
    made.save()
    qtbot.waitUntil(lambda: made.problem.height() >= made.problem.heightForWidth(made.problem.width()))
    assert made.form_area.height() >= min(was, field.height())
    high = made.height()
    made.save()
    assert made.height() == high
