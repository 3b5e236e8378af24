"""查看记录 and 销毁记录: seen, filtered, printed and saved; changed, deleted or undone by nobody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from gridoffice.__main__ import main
from gridoffice.db import store
from gridoffice.db.audit import Look
from gridoffice.db.office import Office
from gridoffice.domain import reasons
from gridoffice.domain.listing import Query
from gridoffice.modules.office.looks import DESTRUCTIONS, LOOKS
from gridoffice.modules.residents import destroying, help
from gridoffice.ui import dialogs
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press, save_paper, words


@pytest.fixture
def window(office: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    office.note_look("reveal", "居民 李秀兰", "打电话联系本人")
    office.user = "王芳"
    office.note_look("print", "名单 居民，2 条", "上级部门要求报送")
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


def rows(page: Any) -> list[tuple[str, ...]]:
    table = page.section().table
    return [table.model.texts(place)[1:] for place in range(table.model.rowCount())]


def test_who_when_what_why_filtered_printed_and_saved(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page: Any = window.open("office", "looks_log")
    assert rows(page) == [
        ("王芳", "打印", "名单 居民，2 条", "上级部门要求报送"),
        ("内勤", "看", "居民 李秀兰", "打电话联系本人"),
    ]
    table = page.section().table
    press(page, "打印")  # the chip 打印
    assert [one[0] for one in rows(page)] == ["王芳"]
    table.show_view("", "李秀兰")
    assert [one[0] for one in rows(page)] == ["内勤"]
    path = tmp_path / "查看记录.pdf"
    monkeypatch.setattr(dialogs, "save_file", lambda *_args: path)
    save_paper(lambda: window.on_page("print_page"))
    text = PdfReader(path).pages[0].extract_text()
    assert "打电话联系本人" in text and "上级部门要求报送" not in text
    assert not {"删除", "撤销", "编辑"} & set(words(page))


def test_nothing_undoes_a_look(window: MainWindow, office: Office, make: Make) -> None:
    make.resident("李秀兰")
    while office.undo():
        pass
    with office.read() as session:
        assert session.scalar(select(func.count()).select_from(Look)) == 2


def test_the_time_a_record_stays_open_is_the_offices(window: MainWindow, office: Office) -> None:
    page: Any = window.open("office", "looks_log")
    section = page.section()
    section.minutes.setText("2")
    press(section, "保存")
    assert reasons.open_seconds(office) == 120 and "2 分钟" in str(office.undo_text())
    section.minutes.setText("九十")
    failed = meanwhile(lambda dialog: press(dialog, "知道了"))
    press(section, "保存")
    assert failed == [] and section.minutes.text() == "2"
    office.undo()
    assert reasons.open_seconds(office) == 300


def test_a_destruction_is_listed_and_its_steps_are_told_as_gone(window: MainWindow, office: Office, make: Make) -> None:
    person = make.resident("李秀兰", make.household(make.grid()), tags="独居老人")
    number = help.enter(office, help.proposal(office, person.id))
    help.withdraw(office, number)
    destroying.destroy_ended(office, [number])
    page: Any = window.open("office", "destructions")
    on = office.today().isoformat()
    table = page.section().table
    assert table.model.texts(0) == (on, "自愿帮扶名单", "1", "本人撤回同意", "王芳")
    assert DESTRUCTIONS.count(office, Query(on=office.today())) == 1
    page = window.open("office", "log")
    log = page.section()
    states = {texts[1]: texts[3] for texts in rows(page)}
    assert states["登记帮扶：（已销毁）"] == "quiet|不可撤销"
    log.table.show_view("", "登记帮扶")
    log.table.choose_first()
    assert not log.undo_button.isVisible()
    assert {texts[0] for texts in log.changes.texts.rows} == {"已销毁"}


def test_the_command_line_wants_a_reason_too_and_lists_the_looks(
    office_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened = store.open_office(office_file)
    Make(opened).resident("李秀兰", phone="13911112222")
    opened.close()
    typed = ["--office", str(office_file)]
    assert main([*typed, "list", "residents", "--full"]) == 1
    assert "要说明用途" in capsys.readouterr().err
    assert main([*typed, "list", "residents", "--full", "--reason", "核对低保"]) == 0
    assert "13911112222" in capsys.readouterr().out
    assert main([*typed, "list", "looks"]) == 0
    told = capsys.readouterr().out
    assert "名单 居民，1 条（命令行）" in told and "核对低保" in told
    assert LOOKS.views[0].key == ""
