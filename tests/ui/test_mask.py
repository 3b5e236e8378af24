"""Numbers on the screen: hidden by default, all of them on F11, one record for a reason and a while."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from gridoffice.db.audit import Look
from gridoffice.db.office import Office
from gridoffice.domain import settings
from gridoffice.modules.residents import service as residents
from gridoffice.ui import dialogs, output
from gridoffice.ui.entry import Entry
from gridoffice.ui.hit_list import HitList
from gridoffice.ui.mask import mask
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press

OPEN = Callable[[Office], MainWindow]
ID, PHONE, WORK = "990102196001010046", "13911112222", "13800002211"


@pytest.fixture(autouse=True)
def _bare() -> Iterator[None]:
    """Nothing is projected or revealed before and after."""
    mask.project(False)
    mask.conceal()
    yield
    mask.project(False)
    mask.conceal()


@pytest.fixture
def window(office: Office, make: Make, opened: OPEN) -> MainWindow:
    house = make.household(make.grid())
    worker = make.staff("张建国", phone=WORK)
    make.assign(worker, make.grid())
    make.resident("李秀兰", house, relation="户主", id_number=ID, phone=PHONE, note=f"女儿 {PHONE}")
    make.resident("王小河", house, relation="子", phone="13933334444")
    return opened(office)


def seen(widget: QWidget) -> str:
    """All words shown in labels, and the cells of the page's list."""
    QApplication.processEvents()
    words = [made.text() for made in widget.findChildren(QLabel) if made.isVisible()]
    listed: Any = getattr(widget, "list", None)
    for place in range(len(listed.model.ids) if listed is not None else 0):
        words += [str(listed.model.index(place, n).data()) for n in range(listed.model.columnCount())]
    return "|".join(words)


def looks(office: Office) -> list[tuple[str, str, str]]:
    with office.read() as session:
        return [(one.kind, one.subject, one.reason) for one in session.scalars(select(Look).order_by(Look.id))]


def choose(page: Any, name: str) -> None:
    rows = page.list.listing.rows(page.office, page.list.model.ids, page.office.today())
    page.list.choose(next(number for number, cells in rows.items() if name in cells))


def front(dialog: QWidget) -> None:
    """Give a dialog the keys, as a desktop does."""
    dialog.activateWindow()
    for _ in range(100):
        QApplication.processEvents()
        if dialog.isActiveWindow():
            return
        QTest.qWait(5)


def f11(window: MainWindow) -> None:
    front(window)
    QTest.keyClick(window, Qt.Key.Key_F11)
    QApplication.processEvents()


def test_f11_hides_work_phones_too_and_brings_them_back(window: MainWindow) -> None:
    page: Any = window.open("personnel")
    assert seen(page).count(WORK) >= 2  # in the list and on the card
    assert not window.projected.isVisible()
    f11(window)
    assert WORK not in seen(page) and seen(page).count("138****2211") >= 2
    assert window.projected.isVisible() and "F11" in window.projected.text()
    f11(window)
    assert seen(page).count(WORK) >= 2 and not window.projected.isVisible()


def test_what_is_seen_is_what_is_copied_printed_and_saved(window: MainWindow, tmp_path: Path) -> None:
    from python_calamine import load_workbook

    page: Any = window.open("personnel")
    page.list.choose_first()
    page.list.copy()
    assert WORK in QApplication.clipboard().text()
    f11(window)
    page.list.copy()
    assert WORK not in QApplication.clipboard().text() and "138****2211" in QApplication.clipboard().text()
    output.save_xlsx(page.list, page.list.listing, page.list.query(), tmp_path / "人员.xlsx")
    rows = str(load_workbook(str(tmp_path / "人员.xlsx")).get_sheet_by_index(0).to_python())
    assert WORK not in rows and "138****2211" in rows and "制表 内勤 2" in rows


def test_f11_works_over_an_open_editor_and_loses_nothing(window: MainWindow) -> None:
    page: Any = window.open("personnel")
    page.list.choose_first()

    def act(dialog: Any) -> None:
        phone = dialog.form.inputs["phone"]
        front(dialog)
        assert phone.inner.text() == WORK
        QTest.keyClick(phone.inner, Qt.Key.Key_F11)
        QApplication.processEvents()
        assert mask.is_projected and phone.inner.text() == "138****2211" and phone.inner.isReadOnly()
        QTest.keyClicks(phone.inner, "9")
        assert phone.value() == WORK and not dialog.form.is_changed()
        press(dialog, "保存")

    failed = meanwhile(act)
    press(page, "编辑")
    assert failed == []
    f11(window)
    assert WORK in seen(page)


@pytest.mark.qt_log_ignore("raise", extend=True)
def test_tips_and_hits_are_hidden_too(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    from PySide6.QtCore import QEvent, QPoint
    from PySide6.QtGui import QHelpEvent
    from PySide6.QtWidgets import QToolTip

    page: Any = window.open("personnel")
    f11(window)
    button = QLabel("甲", page)
    button.setToolTip(f"拨打 {WORK}")
    button.show()
    QApplication.sendEvent(button, QHelpEvent(QEvent.Type.ToolTip, QPoint(1, 1), button.mapToGlobal(QPoint(1, 1))))
    qtbot.waitUntil(lambda: bool(QToolTip.text()))
    assert QToolTip.text() == "拨打 138****2211"
    drawn: list[str] = []
    shown = mask.shown

    def told(text: str) -> str:
        drawn.append(shown(text))
        return drawn[-1]

    monkeypatch.setattr(mask, "shown", told)
    pile = HitList()
    qtbot.addWidget(pile)
    pile.fill([Entry("张建国", f"专职网格员　{WORK}", f"电话 {WORK}", run=lambda: None)])
    pile.resize(700, 120)
    pile.grab()
    assert "电话 138****2211" in drawn and WORK not in "".join(drawn)


def test_a_resident_is_shown_in_full_for_a_reason_until_another_is_looked_at(window: MainWindow) -> None:
    page: Any = window.open("residents")
    choose(page, "李秀兰")
    assert PHONE not in seen(page) and ID not in seen(page)

    def act(dialog: Any) -> None:
        front(dialog)
        assert not dialog.go_button.isEnabled()
        QTest.keyClick(dialog, Qt.Key.Key_2)
        press(dialog, "查看")

    failed = meanwhile(act)
    front(window)
    page.list.table.setFocus()
    QTest.keyClick(page.list.table, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert failed == []
    assert ID in seen(page) and seen(page).count(PHONE) >= 2  # list and household
    assert "13933334444" not in seen(page)
    assert looks(window.office) == [("reveal", "居民 李秀兰", "核对证件或台账")]
    choose(page, "王小河")
    assert PHONE not in seen(page) and "13933334444" not in seen(page)
    assert window.office.undo_text() is not None and "查看" not in str(window.office.undo_text())


def test_what_was_revealed_hides_itself(window: MainWindow, qtbot: QtBot) -> None:
    with window.office.unit("改时长") as session:
        settings.put(session, "reveal_minutes", "0.01")
    page: Any = window.open("residents")
    choose(page, "李秀兰")

    def act(dialog: Any) -> None:
        spoken = QInputMethodEvent()
        spoken.setCommitString("核对低保")
        QApplication.sendEvent(dialog.other, spoken)
        press(dialog, "查看")

    failed = meanwhile(act)
    press(page, "看完整号码")
    assert failed == [] and PHONE in seen(page)
    qtbot.waitUntil(lambda: PHONE not in seen(page), timeout=3000)
    assert looks(window.office)[-1] == ("reveal", "居民 李秀兰", "核对低保")


def test_no_reason_no_number(window: MainWindow) -> None:
    page: Any = window.open("residents")
    choose(page, "李秀兰")
    failed = meanwhile(lambda dialog: press(dialog, "取消"))
    press(page, "看完整号码")
    assert failed == [] and PHONE not in seen(page) and looks(window.office) == []
    f11(window)
    press(page, "看完整号码")  # while projected it is only told that F11 comes first
    assert PHONE not in seen(page) and looks(window.office) == []


def test_the_editor_hides_saves_untouched_and_takes_a_new_number(window: MainWindow) -> None:
    page: Any = window.open("residents")
    choose(page, "李秀兰")
    number = page.list.current()

    def untouched(dialog: Any) -> None:
        inputs = dialog.form.inputs
        assert inputs["id_number"].inner.text() == "990102********0046"
        assert inputs["phone"].inner.text() == "139****2222" and PHONE not in inputs["note"].inner.toPlainText()
        inputs["relation"].put("配偶")
        press(dialog, "保存")

    failed = meanwhile(untouched)
    press(page, "编辑")
    kept = residents.get(window.office, number)
    assert failed == [] and (kept.id_number, kept.phone, kept.note) == (ID, PHONE, f"女儿 {PHONE}")
    assert kept.relation == "配偶"

    def typed(dialog: Any) -> None:
        line: QLineEdit = dialog.form.inputs["phone"].inner
        QTest.keyClicks(line, "13955556666")
        assert line.text() == "13955556666"
        press(dialog, "保存")

    failed = meanwhile(typed)
    press(page, "编辑")
    assert failed == [] and residents.get(window.office, number).phone == "13955556666"

    def reason(dialog: Any) -> None:
        front(dialog)
        QTest.keyClick(dialog, Qt.Key.Key_1)
        press(dialog, "查看")

    def shown(dialog: Any) -> None:
        front(dialog)
        inner = meanwhile(reason)
        QTest.keyClick(dialog, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        assert inner == [] and dialog.form.inputs["id_number"].inner.text() == ID
        press(dialog, "取消")

    failed = meanwhile(shown)
    press(page, "编辑")
    assert failed == [] and looks(window.office)[-1] == ("reveal", "居民 李秀兰", "打电话联系本人")


def test_a_wrong_number_is_not_told_by_the_sentence(window: MainWindow, make: Make) -> None:
    make.resident("赵老三", phone="139000056")
    page: Any = window.open("residents")
    choose(page, "赵老三")

    def act(dialog: Any) -> None:
        dialog.form.inputs["relation"].put("配偶")
        press(dialog, "保存")
        assert "电话“" in dialog.problem.text() and "139000056" not in dialog.problem.text()
        dialog.form.inputs["relation"].put("")
        press(dialog, "取消")

    failed = meanwhile(act)
    press(page, "编辑")
    assert failed == []


def test_full_lists_leave_only_with_a_reason_and_a_name(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pypdf import PdfReader
    from python_calamine import load_workbook

    made = {"xlsx": tmp_path / "单.xlsx", "pdf": tmp_path / "单.pdf"}
    monkeypatch.setattr(dialogs, "save_file", lambda _p, _t, name, _k: made[name.rpartition(".")[2]])
    page: Any = window.open("residents")
    page.list.save_out()
    assert ID not in str(load_workbook(str(made["xlsx"])).get_sheet_by_index(0).to_python())
    assert looks(window.office) == []
    for run, word in ((page.list.save_full, "导出"), (page.list.print_full, "打印")):

        def take(dialog: Any, word: str = word) -> None:
            front(dialog)
            QTest.keyClick(dialog, Qt.Key.Key_1)
            if word == "打印":
                meanwhile(lambda paper: press(paper, "存成 PDF…"))
            press(dialog, word)

        failed = meanwhile(take)
        run()
        assert failed == []
    rows = str(load_workbook(str(made["xlsx"])).get_sheet_by_index(0).to_python())
    assert ID in rows and "制表 内勤 2" in rows and "用途：上级部门要求报送" in rows
    text = PdfReader(made["pdf"]).pages[0].extract_text()
    assert ID in text and "制表 内勤 2" in text and "用途：上级部门要求报送" in text
    assert looks(window.office) == [
        ("export", "名单 居民台账，2 条", "上级部门要求报送"),
        ("print", "名单 居民台账，2 条", "上级部门要求报送"),
    ]
