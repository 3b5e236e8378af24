"""Long work beside the window: progress, cancel, what goes wrong, and the order of the one worker."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gridoffice.core.errors import Cancelled, OfficeError
from gridoffice.ui import dialogs, jobs
from gridoffice.ui.jobs import Worker


@pytest.fixture
def worker(qtbot: QtBot) -> Iterator[Worker]:
    made = Worker()
    yield made
    made.stop()


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def errors(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    seen: list[BaseException] = []
    monkeypatch.setattr(dialogs, "error", lambda problem, _parent=None: seen.append(problem))
    return seen


def test_work_runs_in_one_thread_in_its_order_and_answers_on_the_main_one(worker: Worker, qtbot: QtBot) -> None:
    done: list[Any] = []
    main = threading.current_thread()

    def fail(problem: Exception) -> None:
        done.append(type(problem))

    for number in range(3):
        worker.do(lambda number=number: (number, threading.current_thread()), done.append, fail)  # type: ignore[misc]
    worker.do(lambda: 1 / 0, done.append, fail)
    worker.do(lambda: None, lambda _result: done.append(threading.current_thread()), fail)
    qtbot.waitUntil(lambda: len(done) == 5)
    assert [entry[0] for entry in done[:3]] == [0, 1, 2]
    assert len({entry[1] for entry in done[:3]} - {main}) == 1
    assert done[3:] == [ZeroDivisionError, main]


def test_progress_is_shown_and_the_result_handed_over(worker: Worker, parent: QWidget, qtbot: QtBot) -> None:
    go = threading.Event()
    done: list[str] = []

    def work(progress: Callable[[int, int, str], None]) -> str:
        progress(500, 2000, "写入居民")
        go.wait(5)
        progress(2000, 2000, "写入居民")
        return "好"

    dialog = jobs.run(worker, parent, "导入", work, done.append)
    qtbot.waitUntil(lambda: dialog.bar.value() == 500)
    assert dialog.what.text() == "写入居民"
    assert dialog.left.text().startswith("500 / 2,000"), "how long it takes yet is added on a slow computer"
    go.set()
    qtbot.waitUntil(lambda: done == ["好"])
    assert not dialog.isVisible()


def test_cancel_stops_at_the_next_step_and_shows_no_error(
    worker: Worker, parent: QWidget, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(dialogs.Message, "exec", lambda self: told.append(self))
    steps: list[int] = []
    go = threading.Event()

    def work(progress: Callable[[int, int, str], None]) -> None:
        for step in range(1000):
            progress(step, 1000, "")
            steps.append(step)
            go.wait(5)

    dialog = jobs.run(worker, parent, "导入", work, told.append)
    qtbot.waitUntil(lambda: bool(steps))
    qtbot.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    assert dialog.left.text() == "正在停下……"
    assert not dialog.cancel.isEnabled()
    go.set()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert (told, len(steps)) == ([], 1)


def test_esc_cancels_too(worker: Worker, parent: QWidget, qtbot: QtBot, errors: list[BaseException]) -> None:
    go = threading.Event()

    def work(progress: Callable[[int, int, str], None]) -> None:
        go.wait(5)
        progress(1, 1, "")

    dialog = jobs.run(worker, parent, "导入", work, lambda _result: None)
    dialog.reject()
    assert dialog.isVisible(), "it goes when the work has stopped"
    go.set()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert [type(problem) for problem in errors] == [Cancelled]


def test_what_goes_wrong_is_told(worker: Worker, parent: QWidget, qtbot: QtBot, errors: list[BaseException]) -> None:
    def work(_progress: object) -> None:
        raise OfficeError("磁盘已满", safe="办公文件完好")

    dialog = jobs.run(worker, parent, "导入", work, lambda _result: None)
    qtbot.waitUntil(lambda: bool(errors))
    assert str(errors[0]) == "磁盘已满。办公文件完好。"
    assert not dialog.isVisible()


def test_time_left_is_told_after_a_second(worker: Worker, parent: QWidget, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = jobs.ProgressDialog(parent, "导入")
    dialog._begun -= 10
    dialog.show_step(250, 1000, "")
    assert dialog.left.text() == "250 / 1,000，大约还要 30 秒"
