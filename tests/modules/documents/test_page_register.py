"""The register by clicks: copies given, hung, signed for, taken back; recalls, photos, codes; what to print anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.domain import paper_code, paper_copies, reprints
from gridoffice.domain.listing import Query
from gridoffice.domain.staff import Staff
from gridoffice.modules.documents import issued, page_watch, paper, reprint, service
from gridoffice.modules.documents.page import DocumentsPage
from gridoffice.ui import dialogs, window
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press


@pytest.fixture
def main(qtbot: QtBot, office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window; what goes wrong in a slot fails the test instead of waiting for an answer."""

    def fail(problem: BaseException, _parent: object = None) -> None:
        raise problem

    monkeypatch.setattr(dialogs, "error", fail)
    monkeypatch.setattr(window, "counts", lambda *_: [])
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


@pytest.fixture
def worker(make: Make) -> Staff:
    """A village with one grid and its worker."""
    grid = make.grid(make.village("石桥村"))
    person = make.staff("张建国", phone="13800002210")
    make.assign(person, grid)
    return person


@pytest.fixture
def board(office: Office, worker: Staff, tmp_path: Path) -> int:
    """The village's board is out."""
    return service.id_of(office, paper.board(office, "石桥村", tmp_path / "牌.pdf").number)


def opened(main: MainWindow, record: int) -> DocumentsPage:
    page = main.open("documents", record=record)
    assert isinstance(page, DocumentsPage)
    QApplication.processEvents()
    return page


def states(office: Office) -> list[str]:
    ids = service.PAPERS.ids(office, Query(office.today()))
    rows = service.PAPERS.rows(office, ids, office.today())
    return [rows[one][3] for one in ids]


def told(page: DocumentsPage) -> str:
    return "\n".join(one.text() for one in page.register.panel.findChildren(QLabel))


def test_a_board_is_hung_photographed_and_found_in_its_views(
    main: MainWindow, office: Office, board: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(main, board)
    assert "村（社区）：石桥村" in told(page) and "还没有登记发给谁、挂在哪里" in told(page)

    def hang(dialog: Any) -> None:
        dialog.list.item(0).setText("村委会东墙")
        press(dialog, "登记")

    failed = meanwhile(hang)
    press(page.register.panel, "登记发放…")
    assert failed == [] and "挂在 村委会东墙" in told(page)
    picture = tmp_path / "墙.jpg"
    Image.new("RGB", (400, 300), "#AABBCC").save(picture)
    monkeypatch.setattr(dialogs, "open_files", lambda *_: [picture])
    press(page.register.panel, "加照片…")
    assert len(issued.read(office, board).photos) == 1 and "挂在墙上的样子" in told(page)
    page.register.table.show_view("hung")
    assert page.register.table.model.ids[:] == [board]
    main.undo()
    main.undo()
    assert issued.read(office, board).copies == ()


def test_copies_are_signed_for_and_taken_back_many_at_once(
    main: MainWindow, office: Office, board: int, worker: Staff
) -> None:
    paper_copies.hand_out(
        office, board, [paper_copies.Handing("张建国", worker.id), paper_copies.Handing("李秀兰"),
                        paper_copies.Handing(place="村口")]
    )  # fmt: skip
    page = main.open("documents", view="copies:unsigned")
    assert isinstance(page, DocumentsPage)
    table = page.copies.table
    assert len(table.model.ids) == 2
    table.choose_first()
    table.table.selectAll()
    press(page.copies, "签收")
    assert len(table.model.ids) == 0
    table.show_view("out")
    table.choose_first()
    table.table.selectAll()
    press(page.copies, "收回")
    assert len(table.model.ids) == 0
    main.undo()
    assert len(table.model.ids) == 3


def test_a_recall_asks_why_and_the_paper_waits_to_be_taken_back(main: MainWindow, office: Office, board: int) -> None:
    paper_copies.hand_out(office, board, [paper_copies.Handing(place="村口")])
    page = opened(main, board)
    failed = meanwhile(lambda dialog: press(dialog, "保存"))
    press(page.register.panel, "作废…")
    assert failed == [] and states(office) == ["soon|待收回"]
    assert "作废：内容印错了" in told(page)
    press(page.register.panel, "收回")
    assert states(office) == ["quiet|已作废"]


def test_a_scanned_code_opens_the_paper_in_the_register_and_from_the_search(
    main: MainWindow, office: Office, board: int, qtbot: QtBot
) -> None:
    [(_title, facts)] = issued.facts(office, board)
    number = issued.read(office, board).number
    code = paper_code.code(number, facts)
    page = opened(main, board)
    page.register.table.choose_first()
    page.show_part("register")
    page.register.table.search.setFocus()
    QTest.keyClicks(page.register.table.search, code.lower())
    QTest.keyClick(page.register.table.search, Qt.Key.Key_Return)
    assert page.register.table.search.text() == "" and page.register.table.current() == board
    said = main.findChildren(dialogs.Toast)[-1].findChildren(QLabel)[0].text()
    assert said == f"{number} 在登记里，校验码对得上"
    main.show_tab("today")
    main.finder.box.setText(code)
    main.finder.start()
    QTest.keyClick(main.finder.box, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: main.current == "documents")
    assert page.register.table.current() == board


def test_a_code_that_does_not_fit_is_told(main: MainWindow, office: Office, board: int) -> None:
    from gridoffice.core.errors import OfficeError
    from gridoffice.modules.documents import looking_up

    number = issued.read(office, board).number
    with pytest.raises(OfficeError, match="对不上"):
        looking_up.look_up(office, paper_code.code(number, {"姓名": "别人"}))


def test_what_changed_is_listed_with_words_and_only_that_is_printed(
    main: MainWindow, office: Office, board: int, worker: Staff, tmp_path: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    watch = page_watch.of(main)
    assert watch is not None
    watch.ask()
    qtbot.waitUntil(watch.is_current, timeout=20_000)
    paper_copies.hand_out(office, board, [paper_copies.Handing(place="村口")])
    with office.unit("修改人员 张建国：电话") as session:
        session.get_one(Staff, worker.id).phone = "13911112222"
    page = main.open("documents", view="reprint")
    assert isinstance(page, DocumentsPage)
    qtbot.waitUntil(lambda: page.reprint.chips["changed"].text() == "要重印 1", timeout=20_000)
    assert page.parts["reprint"].text() == "要重印 1"
    words = [one.text() for one in page.reprint.side.findChildren(QLabel)] if page.reprint.side else []
    assert any("13800002210 → 13911112222" in one for one in words) and "挂在 村口" in words
    assert any(one.endswith("内勤：修改人员 张建国：电话") for one in words)
    monkeypatch.setattr(dialogs, "open_folder", lambda *_: tmp_path)
    told: list[str] = []

    def make(dialog: Any) -> None:
        press(dialog, "存到文件夹…（1 份）")
        qtbot.waitUntil(lambda: bool(dialog.results), timeout=20_000)
        told.append(dialog.heading.text())
        press(dialog, "都登记为已发出、已挂出")
        press(dialog, "关闭")

    failed = meanwhile(make)
    press(page.reprint, "只印这些…")
    assert failed == [] and told == ["做好 1 份"]
    assert len(list(tmp_path.glob("*_石桥村_公示牌.pdf"))) == 1
    qtbot.waitUntil(lambda: page.parts["reprint"].text() == "要重印", timeout=20_000)
    assert states(office) == ["done|在用", "soon|待收回"]
    page.show_view("copies:old")
    assert page.copies.table.model.rowCount() == 1
    page.show_view("copies:hung")
    assert page.copies.table.model.rowCount() == 2, "the old one at the village's edge and the new one"


def test_what_is_no_longer_needed_is_taken_back_and_not_printed(
    main: MainWindow, office: Office, worker: Staff, tmp_path: Path, qtbot: QtBot, make: Make
) -> None:
    other = make.staff("王芳")
    make.assign(other, make.grid(make.village("大塘村")))
    paper.cards(office, tmp_path / "卡.pdf")
    with office.unit("离岗") as session:
        from sqlalchemy import select

        from gridoffice.domain.networks import Assignment

        for term in session.scalars(select(Assignment).where(Assignment.staff_id == other.id)):
            session.delete(term)
    answer = reprint.check(office)
    page = main.open("documents", view="reprint:gone")
    assert isinstance(page, DocumentsPage)
    page.reprint.answer(answer)
    page.reprint.show_state("gone")
    assert [one.title for one in page.reprint.model.parts] == ["王芳联系卡"]
    press(page.reprint, "登记收回")
    assert reprint.check(office).parts == ()
    assert reprints.known(office) is not None
    main.undo()
    assert [one.title for one in reprint.check(office).parts] == ["王芳联系卡"]
