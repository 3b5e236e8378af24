"""Search over everything by real keys: records of all kinds, actions, commands, settings, help, input methods."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gridoffice.core import settings as machine
from gridoffice.db.office import Office
from gridoffice.domain.help import HelpEntry
from gridoffice.ui.finder import Finder
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press
from tests.ui.test_window import active, key

OPEN = Callable[[Office], MainWindow]


def ask(qtbot: QtBot, window: MainWindow, text: str) -> Finder:
    """Ctrl+K, type, and wait for the answer."""
    active(qtbot, window)  # a dialog closed before has left no window active
    key(qtbot, window, Qt.Key.Key_K)
    finder = window.finder
    assert finder.box.hasFocus()
    if text.isascii():
        qtbot.keyClicks(finder.box, text)
    else:  # QTest types no Chinese
        finder.box.insert(text)
        finder.box.textEdited.emit(text)
    qtbot.waitUntil(lambda: finder.shown == text.strip() and not finder._timer.isActive() and not finder._asking)
    return finder


def front(window: MainWindow) -> tuple[str, int | None]:
    """The list in front and its current record."""
    page: Any = window.page()
    return page.list.listing.key, page.list.current()


def titles(finder: Finder) -> list[str]:
    return [entry.title for entry in finder.list.entries()]


def test_enter_opens_the_record_even_before_the_answer_came(
    office: Office, opened: OPEN, make: Make, qtbot: QtBot
) -> None:
    wanted = make.resident("仇春花")
    make.resident("李秀兰")
    window = opened(office)
    window.show_tab("today")
    active(qtbot, window)
    key(qtbot, window, Qt.Key.Key_K)
    qtbot.keyClicks(window.finder.box, "qch")
    qtbot.keyClick(window.finder.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current == "residents")
    assert front(window) == ("residents", wanted.id)
    assert window.finder.isHidden()


def test_groups_arrows_page_keys_masks_and_escape(office: Office, opened: OPEN, make: Make, qtbot: QtBot) -> None:
    make.resident("唐琪", phone="13900001234")
    worker = make.staff("唐琪")
    window = opened(office)
    page = window.show_tab("residents")
    active(qtbot, window)
    page.setFocus()
    before = QApplication.focusWidget()
    finder = ask(qtbot, window, "唐琪")
    assert titles(finder)[0] == "人员"
    assert "居民" in titles(finder)
    assert "13900001234" not in " ".join(entry.text for entry in finder.list.entries())
    first = finder.list.currentRow()
    qtbot.keyClick(finder.box, Qt.Key.Key_PageDown)
    assert finder.list.currentRow() > first + 1, "over the heading of the next group"
    assert (finder.list.current() or finder).record[0] == "residents"  # type: ignore[union-attr,index]
    qtbot.keyClick(finder.box, Qt.Key.Key_PageUp)
    qtbot.keyClick(finder.box, Qt.Key.Key_Down)
    qtbot.keyClick(finder.box, Qt.Key.Key_Up)
    assert finder.list.currentRow() == first
    qtbot.keyClick(finder.box, Qt.Key.Key_Escape)
    assert finder.isHidden()
    assert QApplication.focusWidget() is before
    finder = ask(qtbot, window, "唐琪")
    qtbot.keyClick(finder.box, Qt.Key.Key_Return)
    assert (window.current, window.page().card.id) == ("personnel", worker.id)  # type: ignore[union-attr]


def test_the_phone_call_is_answered_on_the_first_screen(office: Office, opened: OPEN, make: Make, qtbot: QtBot) -> None:
    office.on = date(2026, 11, 20)
    house = make.household(make.grid(), address="3组8号")
    person = make.resident("李树祥", house, phone="13900004567")
    entry = HelpEntry(resident_id=person.id, kind="独居老人", consent_on=date(2026, 1, 5), until=date(2027, 1, 4))
    entry.last_on, entry.next_on = date(2026, 11, 2), date(2026, 11, 16)
    make.add(entry)
    window = opened(office)
    window.show_tab("today")
    active(qtbot, window)
    for text in ("lsx", "4567", "lsx 3组"):
        finder = ask(qtbot, window, text)
        hit = finder.list.current()
        assert hit is not None
        assert hit.title == "李树祥", text
        assert hit.under.startswith("帮扶走访 上次11月2日，下次11月16日（逾期4天）"), hit.under
        assert "3组8号" in hit.under
        qtbot.keyClick(finder.box, Qt.Key.Key_Escape)


def test_tab_offers_what_can_be_done_with_a_hit(office: Office, opened: OPEN, make: Make, qtbot: QtBot) -> None:
    house = make.household(make.grid())
    make.resident("仇春花", house)
    window = opened(office)
    window.show_tab("today")
    active(qtbot, window)
    finder = ask(qtbot, window, "qch")
    qtbot.keyClick(finder.box, Qt.Key.Key_Tab)
    assert titles(finder)[0] == "仇春花：可以做什么"
    assert {"打开", "看这一户", "登记事项…", "登记走访…"} <= set(titles(finder))
    qtbot.keyClick(finder.box, Qt.Key.Key_Left)
    assert "居民" in titles(finder)
    qtbot.keyClick(finder.box, Qt.Key.Key_Right)
    place = titles(finder).index("登记事项…")
    for _ in range(place - 1):
        qtbot.keyClick(finder.box, Qt.Key.Key_Down)
    unit: list[Any] = []

    def look(dialog: Any) -> None:
        unit.append(dialog.form.inputs["unit_id"].value())
        dialog.done(0)

    failed = meanwhile(look)
    qtbot.keyClick(finder.box, Qt.Key.Key_Return)
    assert failed == []
    assert (window.current, unit) == ("cases", [house.unit_id])
    finder = ask(qtbot, window, "qch")
    qtbot.keyClick(finder.box, Qt.Key.Key_Tab)
    for _ in range(titles(finder).index("看这一户") - 1):
        qtbot.keyClick(finder.box, Qt.Key.Key_Down)
    qtbot.keyClick(finder.box, Qt.Key.Key_Return)
    assert window.current == "residents"
    assert front(window) == ("households", house.id)


def test_all_hits_of_a_kind_open_as_the_list(office: Office, opened: OPEN, make: Make, qtbot: QtBot) -> None:
    for n in range(60):
        make.resident(f"王小{'甲乙丙丁'[n % 4]}")
    make.resident("李秀兰")
    window = opened(office)
    window.show_tab("today")
    active(qtbot, window)
    finder = ask(qtbot, window, "wang")
    assert next(entry.beside for entry in finder.list.entries() if entry.title == "居民") == "共 60"
    place = next(n for n, title in enumerate(titles(finder)) if title == "看全部 60 条")
    finder.list.setCurrentRow(place)
    qtbot.keyClick(finder.box, Qt.Key.Key_Return)
    page: Any = window.page()
    assert window.current == "residents"
    table = page.list
    assert (table.search.text(), len(table.model.ids)) == ("wang", 60)


def test_commands_say_their_keys_and_why_they_cannot_act(office: Office, opened: OPEN, qtbot: QtBot) -> None:
    window = opened(office)
    window.show_tab("residents")
    active(qtbot, window)
    finder = ask(qtbot, window, ">cz")
    redo = next(entry for entry in finder.list.entries() if entry.title == "重做")
    assert (redo.keys, redo.refused) == ("Ctrl+Shift+Z", "没有撤销过的可以重做")
    qtbot.keyClick(finder.box, Qt.Key.Key_Escape)
    finder = ask(qtbot, window, ">xinjianjumin")
    assert titles(finder)[1] == "新建居民", "a button of the page in front"
    failed = meanwhile(lambda dialog: dialog.done(0))
    qtbot.keyClick(finder.box, Qt.Key.Key_Return)
    assert failed == []
    finder = ask(qtbot, window, ">dwsy")
    assert titles(finder) == ["命令", "到“文书”页"]
    qtbot.keyClick(finder.box, Qt.Key.Key_Return)
    assert window.current == "documents"


def test_settings_and_help_are_found_too(office: Office, opened: OPEN, qtbot: QtBot) -> None:
    window = opened(office)
    window.show_tab("today")
    active(qtbot, window)
    finder = ask(qtbot, window, "监督电话")
    assert "设置" in titles(finder)
    qtbot.keyClick(finder.box, Qt.Key.Key_Return)
    assert window.current == "office"
    finder = ask(qtbot, window, "?cfwg")
    assert "没有讲" in titles(finder)[0]
    qtbot.keyClick(finder.box, Qt.Key.Key_Escape)
    finder = ask(qtbot, window, "?撤并")
    said: list[str] = []

    def read(dialog: Any) -> None:
        said.append(dialog.view.toPlainText())
        press(dialog, "关闭")

    failed = meanwhile(read)
    qtbot.keyClick(finder.box, Qt.Key.Key_Return)
    assert failed == []
    assert said[0].startswith("拆分、合并、移动网格")


def test_an_empty_box_shows_what_was_opened_and_looked_for(
    office: Office, opened: OPEN, make: Make, qtbot: QtBot
) -> None:
    person = make.resident("仇春花")
    window = opened(office)
    window.show_tab("today")
    active(qtbot, window)
    finder = ask(qtbot, window, "qch")
    qtbot.keyClick(finder.box, Qt.Key.Key_Return)
    assert "仇" not in str(machine.get("recent")), "this machine keeps no names"
    assert str(machine.get("recent")).endswith(f"|residents:{person.id}")
    window.show_tab("today")
    window.setFocus()
    key(qtbot, window, Qt.Key.Key_K)
    qtbot.keyClick(finder.box, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: finder.shown == "")
    assert titles(finder) == ["最近打开", "仇春花", "最近搜索", "qch"]
    qtbot.keyClick(finder.box, Qt.Key.Key_Return)
    assert window.current == "residents"


def test_an_older_answer_never_replaces_a_newer_one(office: Office, opened: OPEN, make: Make, qtbot: QtBot) -> None:
    make.resident("仇春花")
    make.resident("李秀兰")
    window = opened(office)
    window.show_tab("today")
    active(qtbot, window)
    key(qtbot, window, Qt.Key.Key_K)
    finder = window.finder
    finder.box.setText("qch")
    finder.look_up()
    finder.box.setText("lxl")
    finder.look_up()
    qtbot.waitUntil(lambda: finder.shown == "lxl")
    qtbot.wait(50)
    assert "李秀兰" in titles(finder)
    assert "仇春花" not in titles(finder)


def test_enter_in_the_candidate_window_opens_nothing(office: Office, opened: OPEN, make: Make, qtbot: QtBot) -> None:
    make.resident("仇春花")
    window = opened(office)
    window.show_tab("today")
    active(qtbot, window)
    finder = ask(qtbot, window, "qch")
    QApplication.sendEvent(finder.box, QInputMethodEvent("chunhua", []))
    qtbot.keyClick(finder.box, Qt.Key.Key_Return)
    assert window.current == "today", "the word is still being composed"
    taken = QInputMethodEvent("", [])
    taken.setCommitString("春花")
    QApplication.sendEvent(finder.box, taken)
    qtbot.keyClick(finder.box, Qt.Key.Key_Return)
    assert window.current == "today", "this Enter took the word"
    finder.box.setText("qch")
    finder.look_up()
    qtbot.wait(120)
    qtbot.waitUntil(lambda: finder.shown == "qch")
    qtbot.keyClick(finder.box, Qt.Key.Key_Return)
    assert window.current == "residents"


def test_escape_leaves_the_search_first_and_the_past_day_after(office: Office, opened: OPEN, qtbot: QtBot) -> None:
    window = opened(office)
    window.show_tab("grids")
    active(qtbot, window)
    window.standpoint.look_at(date(2026, 1, 1))
    finder = ask(qtbot, window, "qch")
    qtbot.keyClick(finder.box, Qt.Key.Key_Escape)
    assert finder.isHidden()
    assert office.as_of == date(2026, 1, 1)
    window.page().setFocus()  # type: ignore[union-attr]
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert office.as_of is None


def test_what_is_not_found_is_told_with_the_scope(office: Office, opened: OPEN, make: Make, qtbot: QtBot) -> None:
    village = make.village()
    window = opened(office)
    window.show_tab("today")
    window.standpoint.limit(village.id)
    active(qtbot, window)
    finder = ask(qtbot, window, "xqzz")
    assert "没有找到“xqzz”" in titles(finder)[0]
    assert "现在只看一片" in titles(finder)[0]


def test_every_key_stands_on_the_sheet_and_the_card(office: Office, opened: OPEN) -> None:
    window = opened(office)
    said: list[str] = []

    def read(dialog: Any) -> None:
        said.append(" ".join(made.text() for made in dialog.findChildren(QLabel)))
        press(dialog, "关闭")

    failed = meanwhile(read)
    window.actions_by_key["keys"].trigger()
    assert failed == []
    assert all(command.shortcut in said[0] for command in window.commands if command.shortcut)
    from io import BytesIO

    from pypdf import PdfReader

    from gridoffice.ui.keys import KeySheet

    card = PdfReader(BytesIO(KeySheet(window).paper()))
    text = card.pages[0].extract_text()
    assert len(card.pages) == 1
    assert "云溪镇" in text
    assert all(command.shortcut in text for command in window.commands if command.shortcut)


def test_a_view_of_a_list_is_found_and_opened(office: Office, opened: OPEN, make: Make, qtbot: QtBot) -> None:
    make.grid(make.village("石桥村"))
    window = opened(office)
    window.show_tab("today")
    finder = ask(qtbot, window, "督办")
    entry = next(one for one in finder.list.entries() if one.title == "建议督办")
    assert entry.beside == "事项" and entry.run is not None
    entry.run()
    page: Any = window.page()
    assert window.current == "cases" and page.list.view_key == "proposed"
