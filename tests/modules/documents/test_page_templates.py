"""The template editor and the letters' options, by clicks and keys in a real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from gridoffice.db import drafts
from gridoffice.db.office import Office
from gridoffice.domain.listing import Query
from gridoffice.modules.documents import service, template_store
from gridoffice.modules.documents.page import DocumentsPage
from gridoffice.modules.documents.page_option_letters import LetterField
from gridoffice.modules.documents.page_recipients import Recipients
from gridoffice.modules.documents.page_templates import Templates
from gridoffice.ui import dialogs, window
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press


@pytest.fixture
def main(qtbot: QtBot, office: Office, make: Make, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window on an office with two grids, households and a shop."""
    village = make.village("石桥村")
    first, second = make.grid(village), make.grid(village)
    make.assign(make.staff("王芳"), first)
    for unit, name in ((first, "张建国"), (first, "𬱖䶮"), (second, "陈远")):
        home = make.household(unit, address="3组1号")
        make.resident(name, home, relation="户主")
    make.premises("石桥便民超市", first, owner="赵敏", address="3组1号")
    monkeypatch.setattr(window, "counts", lambda *_: [])
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


def editor(qtbot: QtBot, main: MainWindow, key: str = "tell_premises") -> Templates:
    page = main.open("documents", view="templates")
    assert isinstance(page, DocumentsPage)
    page.show_template(key)
    qtbot.waitUntil(page.templates.is_ready, timeout=20000)
    return page.templates


def body(templates: Templates) -> QPlainTextEdit:
    found = templates.form.inputs["text"].texts["text"]
    assert isinstance(found, QPlainTextEdit)
    return found


def line(templates: Templates, part: str, key: str) -> QLineEdit:
    found = templates.form.inputs[part].texts[key]
    assert isinstance(found, QLineEdit)
    return found


def at_end(text: QPlainTextEdit) -> None:
    text.setFocus()
    text.moveCursor(QTextCursor.MoveOperation.End)


def test_the_search_goes_to_the_templates(main: MainWindow) -> None:
    from gridoffice.core.module import load, modules

    module = next(one for one in modules() if one.key == "documents")
    assert "文书模板" in [title for _view, title, _words in load(module.places)]


def test_looking_at_every_template_changes_none(qtbot: QtBot, main: MainWindow, office: Office) -> None:
    templates = editor(qtbot, main)
    before = office.undo_text()
    for entry in list(templates.templates.entries):
        templates.open(entry.template.key)
        assert templates.form.base.key == entry.template.key
        assert not templates.is_changed(), entry.template.key
        assert templates.form.template().text == entry.template.text.strip("\n")
    assert office.undo_text() == before and not drafts.of(office, "letter_template:")


def test_a_mistake_is_led_to_mended_and_saved_as_the_offices_own(
    qtbot: QtBot, main: MainWindow, office: Office
) -> None:
    templates = editor(qtbot, main)
    assert not templates.save_button.isEnabled() and not templates.findings.findings
    at_end(body(templates))
    QTest.keyClick(body(templates), Qt.Key.Key_Return)
    body(templates).insertPlainText("请找{网络员}。")
    assert templates.findings.list.item(0).text().startswith("✕ 正文第 10 行：“{网络员}”不认识")
    assert "1 处改好才能印" in templates.findings.state.text()
    at_start = body(templates).textCursor()
    at_start.setPosition(0)
    body(templates).setTextCursor(at_start)
    rect = templates.findings.list.visualItemRect(templates.findings.list.item(0))
    qtbot.mouseClick(templates.findings.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert body(templates).textCursor().selectedText() == "{网络员}"
    press(templates, "改成 {网格员}")
    assert "{网格员}。" in body(templates).toPlainText() and not templates.findings.findings
    qtbot.waitUntil(templates.is_ready, timeout=20000)
    press(templates, "保存")
    assert template_store.get(office, "tell_premises").text.endswith("请找{网格员}。")
    assert "本办的模板" in templates.findings.state.text() and templates.remove_button.text() == "恢复自带的"
    main.undo()
    assert template_store.get(office, "tell_premises").origin == "shipped"
    assert "请找" not in body(templates).toPlainText()


def test_an_unknown_placeholder_becomes_a_blank_that_is_filled_in_at_making(
    qtbot: QtBot, main: MainWindow, office: Office
) -> None:
    templates = editor(qtbot, main, "open_winter")
    body(templates).setPlainText("定于{集合时间}见面。")
    press(templates, "设为制作时填写")
    assert templates.form.template().asks == {"集合时间": ""}
    press(templates, "保存")
    press(templates, "用它制作")
    page = main.page()
    assert isinstance(page, DocumentsPage)
    field = page.options.fields["template"]
    assert isinstance(field, LetterField) and list(field.asked) == ["集合时间"]
    qtbot.keyClicks(field.asked["集合时间"], "9")
    qtbot.waitUntil(lambda: page.is_ready() and not field._later.isActive(), timeout=20000)
    assert field.values()["asked"] == {"集合时间": "9"} and "没有填" not in page.make.notes.text()
    page.options.fill()
    assert field.asked["集合时间"].text() == "9"


def test_placeholders_go_where_one_writes(qtbot: QtBot, main: MainWindow) -> None:
    templates = editor(qtbot, main)
    listed = templates.placeholders.list
    words = [listed.item(place).text() for place in range(listed.count())]
    assert any("{场所}" in word and "如“石桥便民超市”" in word for word in words)
    assert not any("{户主}" in word for word in words)
    at_end(body(templates))
    place = next(place for place, word in enumerate(words) if word.startswith("{场所}"))
    listed.setCurrentRow(place)
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_Return)
    assert body(templates).toPlainText().endswith("{场所}")
    line(templates, "text", "addressee").setFocus()
    listed.itemDoubleClicked.emit(listed.item(place))
    assert "{场所}" in line(templates, "text", "addressee").text()
    choice = templates.form.inputs["text"].choices["audience"]
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(choice.findData("households"))
    assert any("{户主}" in listed.item(place).text() for place in range(listed.count()))
    assert any("没有" in one.what for one in templates.findings.findings)


def test_levels_by_key_and_numbers_set_right(qtbot: QtBot, main: MainWindow) -> None:
    templates = editor(qtbot, main)
    text = body(templates)
    text.setPlainText("甲\n乙\n丙\n丁")
    cursor = text.textCursor()
    cursor.setPosition(0)
    text.setTextCursor(cursor)
    text.setFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(text, Qt.Key.Key_1, both)
    assert text.toPlainText() == "一、甲\n乙\n丙\n丁"
    cursor = text.textCursor()
    cursor.setPosition(text.document().findBlockByNumber(1).position())
    cursor.setPosition(text.document().findBlockByNumber(2).position() + 1, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    press(templates, "（一）")
    assert text.toPlainText() == "一、甲\n（一）乙\n（二）丙\n丁"
    text.undo()
    assert text.toPlainText() == "一、甲\n乙\n丙\n丁"
    text.setPlainText("五、甲\n九、乙")
    press(templates, "重排序号")
    assert text.toPlainText() == "一、甲\n二、乙"


def test_leaving_what_is_not_saved_asks_first(
    qtbot: QtBot, main: MainWindow, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = editor(qtbot, main)
    at_end(body(templates))
    body(templates).insertPlainText("新")
    answers = [2, 1]
    monkeypatch.setattr(dialogs, "ask", lambda *_: answers.pop(0))
    templates.templates.chosen.emit("open_all")
    assert templates.form.base.key == "tell_premises" and body(templates).toPlainText().endswith("新")
    templates.templates.chosen.emit("open_all")
    assert templates.form.base.key == "open_all" and not answers
    templates.open("tell_premises")
    assert not body(templates).toPlainText().endswith("新")


def test_what_was_typed_is_kept_as_a_draft_and_offered(qtbot: QtBot, main: MainWindow, office: Office) -> None:
    templates = editor(qtbot, main)
    at_end(body(templates))
    body(templates).insertPlainText("没有保存的话")
    templates.keep_draft()
    templates.form.show_template(templates.form.base)  # as after a kill: the text is gone, the draft is not
    templates.show_template(template_store.get(office, "tell_premises"))
    assert templates.offer.isVisible()
    press(templates, "接着改")
    assert body(templates).toPlainText().endswith("没有保存的话") and templates.save_button.isEnabled()
    press(templates, "保存")
    assert not drafts.of(office, "letter_template:") and not templates.offer.isVisible()


def test_new_copy_export_import_and_remove(
    qtbot: QtBot, main: MainWindow, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = editor(qtbot, main)
    templates.new("letter_notice")
    assert templates.form.template().head == "red" and not templates.use_button.isEnabled()
    body(templates).setPlainText("内容。")
    line(templates, "text", "addressee").setText("各村")
    line(templates, "text", "name").setText("我的通知")
    press(templates, "保存")
    assert template_store.of_kind(office, "letter_notice")[-1].name == "我的通知"
    assert templates.remove_button.text() == "删除"

    def fill(dialog: Any) -> None:
        dialog.form.inputs["name"].put("另一个通知")
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(templates, "另存为…")
    assert not failed and line(templates, "text", "name").text() == "另一个通知"
    monkeypatch.setattr(dialogs, "save_file", lambda *_: tmp_path / "带走.toml")
    press(templates, "导出…")
    monkeypatch.setattr(dialogs, "open_files", lambda *_: [tmp_path / "带走.toml"])
    press(templates, "导入…")
    assert line(templates, "text", "name").text() == "另一个通知（2）"
    press(templates, "删除")
    names = [one.name for one in template_store.of_kind(office, "letter_notice")]
    assert "另一个通知（2）" not in names and "另一个通知" in names
    main.undo()
    assert "另一个通知（2）" in [one.name for one in template_store.of_kind(office, "letter_notice")]


def test_words_beyond_the_offices_powers_are_refused_at_saving(
    qtbot: QtBot, main: MainWindow, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = editor(qtbot, main)
    body(templates).setPlainText("责令你店三日内改正。")
    told: list[str] = []
    monkeypatch.setattr(dialogs, "error", lambda problem, _parent=None: told.append(problem.sentence))
    press(templates, "保存")
    assert told and "责令" in told[0] and "没有这项职权" in told[0]
    assert template_store.get(office, "tell_premises").origin == "shipped"
    assert body(templates).toPlainText().startswith("责令")  # what was typed is still there


def test_some_recipients_are_left_out_and_the_letters_issued(
    qtbot: QtBot, main: MainWindow, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = main.open("documents", view="letter_open")
    assert isinstance(page, DocumentsPage)
    page.use_template("letter_open", "open_winter")
    qtbot.waitUntil(
        lambda: page.make.sample is not None and "3 户" in page.make.sample.title and page.is_ready(), timeout=20000
    )
    assert "1 户没有网格员" in page.make.notes.text()
    field = page.options.fields["template"]
    assert isinstance(field, LetterField)

    def skip(dialog: Any) -> None:
        assert isinstance(dialog, Recipients) and dialog.count.text() == "发 3 户"
        assert dialog.model.data(dialog.model.index(2, 3)) == "网格员、网格员电话"
        press(dialog, "跳过这 1 个")
        assert dialog.count.text() == "发 2 户，跳过 1 户"
        dialog.table.selectRow(0)
        dialog.table.setFocus()
        QTest.keyClick(dialog, Qt.Key.Key_Space)
        assert dialog.count.text() == "发 1 户，跳过 2 户"
        QTest.keyClick(dialog, Qt.Key.Key_Space)
        dialog.search.setText("𬱖")
        assert dialog.model.rowCount() == 1
        press(dialog, "确定")

    failed = meanwhile(skip)
    field.check_button.click()
    assert not failed and len(field.left_out) == 1 and field.picked.text() == "跳过 1 个"
    qtbot.waitUntil(
        lambda: page.make.sample is not None and "2 户" in page.make.sample.title and page.is_ready(), timeout=20000
    )
    monkeypatch.setattr(dialogs, "save_file", lambda *_: tmp_path / "信.pdf")
    page.make.issue_button.click()
    qtbot.waitUntil(lambda: page.make.made is not None, timeout=20000)
    assert service.issued_as(office, tmp_path / "信.pdf") is not None


def test_each_letter_is_saved_as_a_file_from_the_dialog(
    qtbot: QtBot, main: MainWindow, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = main.open("documents", view="letter_tell")
    assert isinstance(page, DocumentsPage)
    page.use_template("letter_tell", "tell_premises")
    field = page.options.fields["template"]
    assert isinstance(field, LetterField) and field.template is not None
    told: list[str] = []
    monkeypatch.setattr(dialogs, "tell", lambda _parent, title, text: told.append(f"{title} {text}"))
    from gridoffice.modules.documents import recipients

    values = field.values()
    dialog = Recipients(field, office, field.template, recipients.asked_from(values), [], values)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.to_folder(tmp_path)
    qtbot.waitUntil(lambda: bool(told), timeout=20000)
    assert told[0].startswith("已存成 1 个文件") and "告知〔" in told[0]
    assert [path.name[9:] for path in tmp_path.glob("*.pdf")] == ["石桥便民超市_告知书.pdf"]
    assert service.PAPERS.count(office, Query(office.today())) == 1


def test_narrow_windows_fold_the_pages_away(qtbot: QtBot, main: MainWindow) -> None:
    templates = editor(qtbot, main)
    assert templates.sample.isVisible() and not templates.sample_chip.isVisible()
    main.resize(900, 700)
    qtbot.waitUntil(lambda: templates.sample_chip.isVisible())
    assert not templates.sample.isVisible() and templates.middle.isVisible()
    templates.sample_chip.click()
    assert templates.sample.isVisible() and not templates.middle.isVisible()
    main.resize(1366, 768)
    qtbot.waitUntil(lambda: templates.middle.isVisible() and templates.sample.isVisible())


def test_every_input_has_a_name_for_the_screen_reader(qtbot: QtBot, main: MainWindow) -> None:
    templates = editor(qtbot, main)
    for made in templates.form.inputs.values():
        inputs = [*made.texts.values(), *made.choices.values(), *made.ticks.values()]
        assert all(one.accessibleName() for one in inputs)


def test_a_selection_of_a_list_is_written_to(qtbot: QtBot, main: MainWindow, office: Office) -> None:
    from gridoffice.modules.documents.page_write import Letters
    from gridoffice.ui.table import ListTable

    page = main.open("residents", filters=(("list", "households"),))
    table = next(one for one in page.findChildren(ListTable) if one.isVisible() and one.listing.key == "households")
    qtbot.waitUntil(lambda: table.model.rowCount() == 3)
    table.table.selectRow(0)
    table.table.setFocus()
    QTest.keyClick(table.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert table.selected_count() == 2
    offered = {action.text(): action for action in table._menu().actions()}

    def take(dialog: Any) -> None:
        assert isinstance(dialog, Letters) and dialog.windowTitle() == "给选中的 2 户写什么"
        names = [dialog.list.item(place).text() for place in range(dialog.list.count())]
        dialog.list.setCurrentRow(next(place for place, name in enumerate(names) if "冬春防火一封信" in name))
        press(dialog, "下一步")

    failed = meanwhile(take)
    offered["写信、发通知…"].trigger()
    shown = main.page()
    assert not failed and isinstance(shown, DocumentsPage)
    qtbot.waitUntil(
        lambda: shown.make.sample is not None and "2 户" in shown.make.sample.title and shown.is_ready(), timeout=20000
    )
    field = shown.options.fields["template"]
    assert isinstance(field, LetterField) and field.picked.text() == "只发给选好的 2 个"
    press(shown, "改为全部都发")
    qtbot.waitUntil(
        lambda: shown.make.sample is not None and "3 户" in shown.make.sample.title and shown.is_ready(), timeout=20000
    )


def test_residents_are_written_to_by_household_each_once(office: Office, main: MainWindow, make: Make) -> None:
    from gridoffice.modules.documents import recipients

    home = make.household(None)
    people = [make.resident(name, home).id for name in ("甲一", "乙二")]
    alone = make.resident("丙三").id
    assert recipients.homes_of(office, [alone, *people]) == [home.id]
