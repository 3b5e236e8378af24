"""The settings page and the import window, by real clicks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from gridoffice.core import settings as machine
from gridoffice.db.office import Office
from gridoffice.domain import sample
from gridoffice.modules.office import history, safekeeping, service
from gridoffice.modules.office.page import OfficePage
from gridoffice.modules.office.page_history import ImportsSection, LogSection
from gridoffice.modules.office.page_import import ImportDialog
from gridoffice.modules.office.page_import_rows import error_copies
from gridoffice.modules.office.page_info import InfoSection, LevelsSection, LooksSection, SampleSection
from gridoffice.modules.office.page_safety import BackupSection, KeySection, RestoreDialog
from gridoffice.ui import dialogs, editor, window
from gridoffice.ui.window import MainWindow
from tests.make import Make


@pytest.fixture
def main(qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window; what goes wrong in a slot fails the test instead of waiting for an answer."""

    def fail(problem: BaseException, _parent: object = None) -> None:
        raise problem

    monkeypatch.setattr(dialogs, "error", fail)
    monkeypatch.setattr(window, "counts", lambda *_: [])
    monkeypatch.setattr(safekeeping, "modules", lambda: ())
    OfficePage.last = "info"
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


@pytest.fixture
def page(main: MainWindow) -> OfficePage:
    """The settings page, shown."""
    shown = main.open("office")
    assert isinstance(shown, OfficePage)
    return shown


def section(page: OfficePage, key: str, kind: type[Any]) -> Any:
    page.go(key)
    shown = page.section()
    assert isinstance(shown, kind)
    return shown


def click(qtbot: QtBot, widget: Any) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def composed(text: str) -> QInputMethodEvent:
    event = QInputMethodEvent()
    event.setCommitString(text)
    return event


def typed(qtbot: QtBot, box: QLineEdit, text: str) -> None:
    box.setText(text[:-1])
    box.setCursorPosition(len(text) - 1)
    if text[-1:].isascii():
        qtbot.keyClicks(box, text[-1:])
    else:  # QTest types narrow letters only; wide ones come from an input method
        QApplication.sendEvent(box, composed(text[-1:]))


def test_office_information_is_saved_by_click_and_undone_by_key(qtbot: QtBot, office: Office, page: OfficePage) -> None:
    info = section(page, "info", InfoSection)
    assert not info.save_button.isEnabled()
    typed(qtbot, info.inputs["supervise_phone"], "0592-1234567")
    click(qtbot, info.save_button)
    assert dict((row.key, row.value) for row in service.info(office))["supervise_phone"] == "0592-1234567"
    page.main.undo()
    qtbot.waitUntil(lambda: info.inputs["supervise_phone"].text() == "")


def test_a_wrong_number_is_told_where_it_was_typed(qtbot: QtBot, office: Office, page: OfficePage) -> None:
    info = section(page, "info", InfoSection)
    typed(qtbot, info.inputs["clinic_phone"], "12")
    click(qtbot, info.save_button)
    assert "不像电话号码" in info.problem.text() and info.problem.isVisible()
    assert dict((row.key, row.value) for row in service.info(office))["clinic_phone"] == ""


def test_levels_are_added_renamed_and_removed(qtbot: QtBot, office: Office, page: OfficePage) -> None:
    levels = section(page, "levels", LevelsSection)
    typed(qtbot, levels.new, "楼栋")
    qtbot.keyClick(levels.new, Qt.Key.Key_Return)
    typed(qtbot, levels.boxes[2], "社区")
    qtbot.keyClick(levels.boxes[2], Qt.Key.Key_Return)
    assert [row.title for row in service.levels(office)] == ["乡镇", "社区", "网格", "微网格", "楼栋"]
    levels.remove(5)
    assert len(service.levels(office)) == 4


def test_looks_change_at_once_and_the_page_stays(qtbot: QtBot, page: OfficePage) -> None:
    main = page.main
    looks = section(page, "looks", LooksSection)
    click(qtbot, looks.themes["dark"])
    click(qtbot, looks.zooms[100])
    assert machine.get("theme") == "dark"
    again = main.page()
    assert isinstance(again, OfficePage)
    section(again, "looks", LooksSection).themes["light"].click()
    assert machine.get("theme") == "light"


def test_backup_and_restore_with_a_look_inside(
    qtbot: QtBot, office: Office, make: Make, page: OfficePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = section(page, "backup", BackupSection)
    monkeypatch.setattr(dialogs, "open_folder", lambda *_: tmp_path)
    click(qtbot, backup.backup_button)
    qtbot.waitUntil(lambda: bool(machine.get("last_backup")))
    (made,) = (path for path in tmp_path.glob("*.office") if path != office.path)
    service.save_info(office, {"name": "改名镇"})
    monkeypatch.setattr(dialogs, "open_files", lambda *_: [made])
    monkeypatch.setattr(RestoreDialog, "exec", lambda self: self.go.isEnabled())
    click(qtbot, backup.restore_button)
    qtbot.waitUntil(lambda: service.info(office)[0].value == "云溪镇")
    qtbot.waitUntil(lambda: page.main.windowTitle().startswith("云溪镇"))


def test_restore_tells_what_would_be_lost(qtbot: QtBot, page: OfficePage) -> None:
    now = safekeeping.Inside(Path("a"), "云溪镇", None, (("居民", 12), ("户", 3)), b"")
    then = safekeeping.Inside(Path("b.office"), "云溪镇", None, (("居民", 10), ("户", 4)), b"")
    dialog = RestoreDialog(page.main, then, now)
    qtbot.addWidget(dialog)
    from gridoffice.ui.rows import RowsTable

    table = dialog.findChild(RowsTable)
    assert isinstance(table, RowsTable)
    assert table.texts.rows == [("居民", "10", "12", "会少 2 条"), ("户", "4", "3", "会多 1 条")]


def test_passphrase_is_set_from_the_page(
    qtbot: QtBot, office: Office, page: OfficePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = section(page, "key", KeySection)

    def fill(_parent: Any, _title: str, _fields: Any, _values: Any, save: Any, **_more: Any) -> bool:
        save({"new": "云溪镇网格办", "again": "云溪镇网格办"})
        return True

    monkeypatch.setattr(editor, "edit", fill)
    click(qtbot, key.set_button)
    assert safekeeping.has_passphrase(office)
    assert key.set_button.text() == "更换口令…"
    click(qtbot, key.keep_button)
    assert not safekeeping.has_passphrase(office)


def test_log_is_told_in_words_and_a_line_is_undone(qtbot: QtBot, office: Office, make: Make, page: OfficePage) -> None:
    make.village("石桥村")
    log = section(page, "log", LogSection)
    assert log.name.text() == "新建 GridUnit"
    assert log.changes.texts.rows[0][1:3] == ("网格", "石桥村")
    click(qtbot, log.undo_button)
    assert office.redo_text() == "新建 GridUnit"
    first = office.today()
    assert service.LOG.rows(office, [log.table.model.ids[0]], first)


def test_sample_goes_out_in_one_step(qtbot: QtBot, office: Office, page: OfficePage) -> None:
    shown = section(page, "sample", SampleSection)
    sample.fill(office)
    shown.refresh()
    assert shown.remove_button.isVisible()
    click(qtbot, shown.remove_button)
    assert not sample.is_present(office)
    assert office.undo_text() == "清除示例乡镇"


CSV = (
    "云溪镇网格员花名册,,,,,\n序号,村,所属网格,姓名,手机号,岗位\n"
    "1,石桥村,石桥村第1网格,张建国,13800001234,专职网格员\n"
    "2,石桥村,石桥村第1网格,李秀兰,1380000,专职网格员\n"
)


@pytest.fixture
def csv(tmp_path: Path, make: Make) -> Path:
    """Two grid workers, the second with a telephone that is too short."""
    make.grid(make.village("石桥村"))
    path = tmp_path / "花名册.csv"
    path.write_text(CSV, "utf-8")
    return path


def test_import_tries_first_writes_when_told_and_undoes(
    qtbot: QtBot, office: Office, csv: Path, page: OfficePage, tmp_path: Path
) -> None:
    dialog = ImportDialog(page.main, office, page.main.worker)
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.next_button.isEnabled()
    dialog.add([csv])
    before = office.undo_text()
    click(qtbot, dialog.next_button)
    qtbot.waitUntil(lambda: dialog.plan is not None)
    assert dialog.plan is not None
    assert (dialog.plan.total("new"), dialog.plan.total("wrong")) == (1, 1)
    assert office.undo_text() == before
    assert dialog.wrong.texts.rows[0][1:4] == ("4", "手机号", "*****00")
    (copy,) = error_copies(dialog.plan, tmp_path)
    assert copy.name == "花名册_花名册_待改正.xlsx"
    click(qtbot, dialog.write_button)
    qtbot.waitUntil(lambda: dialog.title.text() == "导入完成")
    assert [row.stands for row in history.imports(office)] == [True]
    click(qtbot, dialog.undo_button)
    assert [row.stands for row in history.imports(office)] == [False]
    dialog.reject()


def test_imports_are_listed_and_undone_after_a_question(
    qtbot: QtBot, office: Office, csv: Path, page: OfficePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gridoffice.exchange import plan

    made = plan.run(office, [csv])
    assert made.batch is not None
    assert history.imports(office)[0].sheets == ("网格员名册：新增 1，有错 1",)
    imports = section(page, "imports", ImportsSection)
    monkeypatch.setattr(dialogs, "ask", lambda *_: 1)
    click(qtbot, imports.undo_buttons[made.batch])
    assert history.imports(office)[0].stands
    monkeypatch.setattr(dialogs, "ask", lambda *_: 0)
    click(qtbot, imports.undo_buttons[made.batch])
    assert not history.imports(office)[0].stands


def test_menu_has_import_backup_restore(main: MainWindow) -> None:
    assert {"import", "backup", "restore", "settings"} <= set(main.actions_by_key)
    QApplication.processEvents()
    assert main.actions_by_key["import"].text() == "导入…"
    assert date.today() == main.office.today()
