"""Leave, leaving for good, training, things and the card wall: real windows pressed as a clerk presses them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from gridoffice.db.office import Office
from gridoffice.domain import duty
from gridoffice.domain.listing import Query
from gridoffice.domain.networks import STAND_IN
from gridoffice.domain.staff import HandedOut, Staff
from gridoffice.modules.personnel import leaves, service
from gridoffice.modules.personnel.lists_training import TRAININGS
from gridoffice.modules.personnel.page import PersonnelPage
from gridoffice.ui import dialogs, output
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.press import meanwhile, press, save_paper

DAY = date(2026, 11, 20)
NEXT = timedelta(days=1)


class Pair:
    """A grid with A and B, a late case, a key."""

    def __init__(self, make: Make) -> None:
        self.grid = make.grid(name="石桥村第2网格")
        self.a, self.b = make.staff("张建国", sort=1), make.staff("李秀兰", sort=2)
        make.assign(self.a, self.grid, start=date(2024, 1, 1))
        make.assign(self.b, self.grid, STAND_IN)
        self.case = make.case("三组路灯不亮", unit_id=self.grid.id, found_on=DAY - 9 * NEXT, due_on=DAY - 2 * NEXT)
        self.key = make.add(HandedOut(staff_id=self.a.id, kind="钥匙", title="活动室钥匙 1 把"))


@pytest.fixture
def pair(office: Office, make: Make) -> Pair:
    office.on = DAY
    return Pair(make)


@pytest.fixture
def page(office: Office, pair: Pair, qtbot: QtBot) -> Iterator[PersonnelPage]:
    window = MainWindow(office)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    opened = window.open("personnel", record=pair.a.id)
    assert isinstance(opened, PersonnelPage)
    QApplication.processEvents()
    yield opened
    window.close()


def texts(widget: Any) -> str:
    QApplication.processEvents()
    return " ".join(made.text() for made in widget.findChildren(QLabel) if made.isVisible())


def test_a_leave_tells_while_it_is_typed_and_warns_when_nobody_is_left(
    office: Office, pair: Pair, page: PersonnelPage, qtbot: QtBot
) -> None:
    said: list[str] = []

    def first(dialog: Any) -> None:
        end = dialog.form.inputs["end"].inner
        end.selectAll()
        qtbot.keyClicks(end, "20261122")
        qtbot.waitUntil(lambda: "11月20日至22日由李秀兰代" in texts(dialog), timeout=3000)
        said.append(texts(dialog))
        press(dialog, "保存")

    failed = meanwhile(first)
    press(page, "请假…")
    assert failed == []
    assert f"石桥村第2网格 11月20日至22日由李秀兰代（{pair.b.phone}）" in said[0]
    assert office.undo_text() == "登记请假：张建国 11月20日至22日"
    assert "请假至 11-22" in texts(page.right)
    page.main.open("personnel", record=pair.b.id)
    assert "代 张建国 石桥村第2网格，到 11月22日" in texts(page.right)

    def second(dialog: Any) -> None:
        press(dialog, "保存")
        said.append(dialog.problem.text())
        dialog.form.inputs["keep"].inner.click()
        dialog.form.inputs["note"].put("村主任看着")
        press(dialog, "保存")

    failed = meanwhile(second)
    press(page, "请假…")
    assert failed == []
    assert "没有人顶上" in said[1]
    assert "勾选“没有人顶上也登记”" in said[1]
    assert [one.note for one in leaves.of_person(office, pair.b.id)] == ["村主任看着"]


def test_a_leave_is_listed_and_ended_early(office: Office, pair: Pair, page: PersonnelPage) -> None:
    leaves.enter(office, {"staff_id": pair.a.id, "start": DAY - NEXT, "end": DAY + 5 * NEXT})
    page.main.open("personnel", record=pair.b.id)
    press(page, "请假")
    table = page.others["leaves"]
    assert table.model.rowCount() == 1
    table.choose_first()
    assert page.card is not None
    assert page.card.id == pair.a.id, "the card beside is that of who is away"
    failed = meanwhile(lambda dialog: press(dialog, "保存"))
    page._on_current("leaves", page.end_leave)
    assert failed == []
    assert leaves.of_person(office, pair.a.id)[0].end == DAY - NEXT
    with office.read() as session:
        assert duty.on_duty(session, DAY)[pair.grid.id].name == "张建国"


def test_leaving_is_rehearsed_done_printed_and_undone(
    office: Office, pair: Pair, page: PersonnelPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Path] = []
    said: list[str] = []
    monkeypatch.setattr(dialogs, "save_file", lambda _parent, _title, name, _kinds: tmp_path / name)
    monkeypatch.setattr(output, "show", seen.append)

    def act(dialog: Any) -> None:
        said.append(texts(dialog))
        dialog.main.put(pair.a.id)
        dialog.main.put(None)
        dialog.rehearse()
        said.append(dialog.problem.text())
        assert not dialog.do_button.isEnabled()
        dialog.main.put(pair.b.id)
        dialog.rehearse()
        save_paper(lambda: press(dialog, "打印草稿…"))
        press(dialog, "办理离岗")
        said.append(texts(dialog))
        press(dialog, "打印移交清单…")

    failed = meanwhile(act)
    press(page, "离岗移交…")
    assert failed == []
    assert "试排：张建国 离岗，移交 李秀兰" in said[0]
    assert "三组路灯不亮" in said[0]
    assert "活动室钥匙 1 把" in said[0]
    assert "要有人接" in said[1]
    assert "已办理" in said[2]
    assert (tmp_path / "移交清单草稿_张建国.pdf").exists()
    assert [path.name for path in seen] == ["移交清单_张建国.pdf"]
    text = "".join(one.extract_text() for one in PdfReader(seen[0]).pages)
    assert "交2026-001" in text
    page.main.undo()
    page.main.undo()
    card = service.card(office, pair.a.id)
    assert card is not None
    assert (card.is_active, [post.unit for post in card.posts]) == (True, ["石桥村第2网格"])


def test_one_training_is_entered_for_many_by_keys(
    office: Office, pair: Pair, page: PersonnelPage, qtbot: QtBot
) -> None:
    page.right.show_section("training")

    def act(dialog: Any) -> None:
        dialog.form.inputs["title"].put("消防巡查")
        press(dialog, "全部参加")
        dialog.table.selectRow(1)
        dialog.activateWindow()
        dialog.table.setFocus()
        qtbot.waitUntil(dialog.table.hasFocus)
        qtbot.keyClick(dialog.table, Qt.Key.Key_3)
        assert "参加 1 人，请假 0 人，缺席 1 人" in texts(dialog)
        press(dialog, "保存")

    failed = meanwhile(act)
    press(page.right, "登记培训…")
    assert failed == []
    assert office.undo_text() == "登记培训：消防巡查，2 人"
    assert "今年 2 学时；共参加 1 次" in texts(page.right)
    assert TRAININGS.count(office, Query(on=DAY, view="year")) == 1
    other = service.card(office, pair.b.id)
    assert other is not None
    assert (other.hours, [one.state for one in other.trainings]) == (0, ["absent"])


def test_things_are_handed_out_and_given_back(office: Office, pair: Pair, page: PersonnelPage) -> None:
    page.right.show_section("things")

    def act(dialog: Any) -> None:
        dialog.form.inputs["title"].put("手电筒 1 把")
        press(dialog, "保存")

    failed = meanwhile(act)
    press(page.right, "登记领用…")
    assert failed == []
    assert "手电筒 1 把" in " ".join(one.title for one in page.right.card.things)  # type: ignore[union-attr]
    press(page, "领用")
    table = page.others["handed_out"]
    table.table.selectAll()
    page._on_selected(page.give_back)
    assert table.model.rowCount() == 0
    assert office.undo_text() == "交回物品：手电筒 1 把、活动室钥匙 1 把"


def test_the_wall_shows_the_same_people_and_asks_only_for_those_in_sight(
    office: Office, make: Make, pair: Pair, page: PersonnelPage, qtbot: QtBot
) -> None:
    with office.unit("许多人") as session:
        rows = [{"name": f"人{n}", "pinyin": "ren", "initials": "r", "sort": 10 + n} for n in range(1200)]
        session.info["unit"].bulk_insert(Staff.__table__, rows)
    press(page, "全部")
    press(page, "卡片墙")
    wall = page.list.wall
    assert wall is not None
    QApplication.processEvents()
    wall.grab()
    assert wall.isVisible()
    assert wall.faces.rowCount() == 1202
    assert wall.faces.asked <= 3, "faces out of sight are not fetched"
    wall.choose(pair.a.id)
    assert page.card is not None
    assert page.card.id == pair.a.id
    face = wall.faces.face(wall.faces.ids.index(pair.a.id))
    assert face is not None
    assert (face.name, face.unit, face.state, face.light) == (
        "张建国", "石桥村第2网格", "done|在岗", "late|逾期 1，未办 1",
    )  # fmt: skip
    page.find_in_list()
    qtbot.keyClicks(page.list.search, "lxl")
    qtbot.keyClick(page.list.search, Qt.Key.Key_Return)
    assert wall.faces.ids == [pair.b.id]
    page.main.activateWindow()
    wall.setFocus()
    wall.choose(pair.b.id)
    failed = meanwhile(lambda dialog: press(dialog, "取消"))
    qtbot.keyClick(wall, Qt.Key.Key_Return)
    assert failed == []
    press(page, "名册")
    assert page.list.table.isVisible()


def test_the_load_of_a_worker_opens_its_list(pair: Pair, page: PersonnelPage) -> None:
    page.right.show_section("work")
    QApplication.processEvents()
    go = [made for made in page.right.findChildren(type(page.list.save_button)) if "未办结事项 1 件" in made.text()]
    QTest.mouseClick(go[0], Qt.MouseButton.LeftButton)
    assert page.main.current == "cases"
    assert page.main.pages["cases"].list.model.ids[0] == pair.case.id  # type: ignore[attr-defined]
