"""Categories, sources, phrases and the 督办 ladder changed on the settings page; cases, forms and views follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import categories as tree
from gridoffice.domain import phrases, sources, supervise, work
from gridoffice.domain.listing import Query
from gridoffice.domain.loop import Given
from gridoffice.domain.work import Case
from gridoffice.modules.cases import page_entry, service
from gridoffice.modules.cases.lists import CASES
from gridoffice.modules.cases.service import Entry
from gridoffice.modules.office import categories, ladder, wording
from gridoffice.modules.office.ladder import Step
from gridoffice.modules.office.page import OfficePage
from gridoffice.ui.window import MainWindow
from tests.make import Make
from tests.modules.cases.hands import DAY, refused, saved, texts
from tests.press import meanwhile, press


@pytest.fixture
def window(office: Office, qtbot: QtBot) -> Iterator[MainWindow]:
    office.on = DAY
    made = MainWindow(office)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    yield made
    made.close()


def section(window: MainWindow, key: str) -> Any:
    page = window.open("office", key)
    assert isinstance(page, OfficePage)
    return page.section()


def lamp(office: Office, sub: str = "路灯", *, closed: bool = False) -> int:
    """A case of 市政设施."""
    office.on = DAY
    case = service.create(office, Entry("三组路灯不亮", DAY, "市政设施", "K2", subcategory=sub))
    if closed:
        service.step(office, case, "decline", Given("王主任", office.now(), "不属本级"))
    return case


def words_of(office: Office, case: int) -> tuple[str, str]:
    entry = service.view(office, case).entry
    return entry.category, entry.subcategory


def test_a_category_is_added_and_offered_but_no_forbidden_register(window: MainWindow) -> None:
    office, page = window.office, section(window, "categories")
    saved(page, "增加类别…", "保存", title="景区秩序")
    page.choose("景区秩序")
    saved(page, "增加小类…", "保存", sub="占道经营")
    assert tree.of_office(office)["景区秩序"] == ("占道经营",)
    told = refused(page, "增加类别…", "保存", title="上访人员")
    assert "不得登记“上访”这类人员" in told and "可以这样做" in told
    assert "已经有" in refused(page, "增加类别…", "保存", title="景区秩序")
    editor = page_entry.new_case(window, office, None, {})
    assert "景区秩序" in [word for _value, word in editor.form.inputs["category"].options]  # type: ignore[attr-defined]
    editor.deleteLater()
    window.undo()
    window.undo()
    assert "景区秩序" not in tree.of_office(office)


def test_a_renamed_category_takes_its_cases_and_phrases_along(window: MainWindow) -> None:
    office = window.office
    now, done = lamp(office), lamp(office, closed=True)
    page = section(window, "categories")
    page.choose("市政设施")
    saved(page, "改名…", "保存", new="公共设施", follow="all")
    assert words_of(office, now) == words_of(office, done) == ("公共设施", "路灯")
    assert phrases.of_office(office, "handle", "公共设施")[0] == "已更换损坏部件，恢复正常"
    assert page.chosen().title == "公共设施" and page.chosen().use.words == "未办结 1 件、已结案 1 件"
    window.undo()
    assert words_of(office, now) == ("市政设施", "路灯") and "市政设施" in tree.of_office(office)
    page.choose("市政设施")
    saved(page, "改名…", "保存", new="公共设施", follow="open")
    assert (words_of(office, now)[0], words_of(office, done)[0]) == ("公共设施", "市政设施")


def test_two_categories_become_one_after_a_question(window: MainWindow) -> None:
    office, case = window.office, lamp(window.office)
    page = section(window, "categories")
    page.choose("市政设施")
    said: list[str] = []

    def fill(dialog: Any) -> None:
        dialog.form.inputs["new"].put("安全隐患")

        def answer(question: Any) -> None:
            said.append(texts(question))
            press(question, "合成一类")

        meanwhile(answer)
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page, "改名…")
    assert failed == [] and "合成一类以后" in said[0]
    assert words_of(office, case) == ("安全隐患", "路灯")
    assert {"路灯", "用电"} <= set(tree.of_office(office)["安全隐患"]) and "市政设施" not in tree.of_office(office)
    window.undo()
    assert words_of(office, case)[0] == "市政设施"


def test_a_subcategory_goes_below_another_category(window: MainWindow) -> None:
    office, case, other = window.office, lamp(window.office), lamp(window.office, "井盖")
    page = section(window, "categories")
    page.choose("市政设施", "路灯")
    saved(page, "移到别的类…", "保存", to="安全隐患")
    assert words_of(office, case) == ("安全隐患", "路灯") and words_of(office, other) == ("市政设施", "井盖")
    assert "路灯" in tree.of_office(office)["安全隐患"] and "路灯" not in tree.of_office(office)["市政设施"]


def test_what_is_not_offered_any_more_keeps_its_cases(window: MainWindow) -> None:
    office, case = window.office, lamp(window.office)
    page = section(window, "categories")
    page.choose("市政设施")
    press(page, "停用")
    assert "市政设施" not in tree.of_office(office) and words_of(office, case)[0] == "市政设施"
    assert page.off_button.text() == "启用" and "（停用）" in page.tree.currentItem().text(0)
    press(page, "启用")
    assert "市政设施" in tree.of_office(office)
    page.choose("其他")
    said: list[str] = []

    def read(dialog: Any) -> None:
        said.append(texts(dialog))
        press(dialog, "知道了")

    meanwhile(read)
    press(page, "停用")
    assert "“其他”不能停用" in said[0]


def test_keys_put_a_line_higher(window: MainWindow) -> None:
    page = section(window, "categories")
    window.activateWindow()
    page.choose("矛盾纠纷")
    page.tree.setFocus()
    QTest.keyClick(page.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert next(iter(tree.of_office(window.office))) == "矛盾纠纷" and page.chosen().title == "矛盾纠纷"
    QTest.keyClick(page.tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    window.undo()
    assert next(iter(tree.of_office(window.office))) == "民生服务", "moving it past the end is no step"


def test_a_newer_programs_categories_join_the_offices_own(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    categories.rename(office, "市政设施", "", "公共设施")
    categories.switch(office, "违建", "", True)
    newer = {**tree.shipped(), "数字治理": ("网络",), "民生服务": (*tree.shipped()["民生服务"], "养老")}
    monkeypatch.setattr(tree, "shipped", lambda: newer)
    tree._kept.cache_clear()
    now = tree.of_office(office)
    tree._kept.cache_clear()
    assert now["数字治理"] == ("网络",) and now["民生服务"][-1] == "养老"
    assert "市政设施" not in now and "违建" not in now and "公共设施" in now


def test_categories_kept_before_the_tree_could_be_changed_are_read(office: Office) -> None:
    from gridoffice.domain import settings

    with office.unit("旧的写法") as session:
        settings.put(session, tree.OWN, '{"市政设施": ["公交站"], "景区秩序": []}')
    now = tree.of_office(office)
    assert "公交站" in now["市政设施"] and now["景区秩序"] == () and tuple(now)[:12] == work.CATEGORIES
    categories.add(office, "景区秩序", "停车")
    assert tree.of_office(office)["景区秩序"] == ("停车",)


def test_a_typed_category_is_no_forbidden_register(window: MainWindow) -> None:
    page: Any = window.open("cases")
    told = refused(page, "登记事项", "保存", title="有人反映", category="吸毒人员")
    assert "不得登记“吸毒”这类人员" in told and "可以这样做" in told
    assert CASES.ids(window.office, Query(DAY)) == []


def test_a_source_of_its_own_is_offered_counted_and_renamed(window: MainWindow) -> None:
    office, page = window.office, section(window, "categories").sources
    saved(page, "增加来源…", "保存", title="村民代表会")
    assert "不得登记" in refused(page, "增加来源…", "保存", title="信访件")
    office.on = DAY
    case = service.create(office, Entry("三组路灯不亮", DAY, source="村民代表会"))
    assert service.view(office, case).source == "村民代表会"
    page.refresh()
    page.list.setCurrentRow(page.list.count() - 1)
    assert page.list.currentItem().text() == "村民代表会  1 件"
    saved(page, "改名…", "保存", title="村民代表会议")
    assert service.view(office, case).source == "村民代表会议"
    press(page, "停用")
    assert ("村民代表会", "村民代表会议") not in service.source_choices(office)
    assert ("村民代表会", "村民代表会议") in service.source_choices(office, "村民代表会")
    with pytest.raises(OfficeError, match="由程序自己登记"):
        wording.switch_source(office, "patrol", True)
    with office.read() as session:
        assert sources.title(session, "12345") == "12345 热线"


def test_phrases_are_the_offices_own_and_go_back(window: MainWindow) -> None:
    office, page = window.office, section(window, "phrases")
    page.steps.setCurrentRow(list(phrases.STEPS).index("dispatch"))
    page.category.setCurrentIndex(page.category.findData("环境卫生"))
    assert page.lines.toPlainText() == ""
    page.lines.setPlainText("请保洁公司当日清运\n\n请村里安排人手\n请保洁公司当日清运")
    press(page, "保存")
    assert phrases.of_office(office, "dispatch", "环境卫生")[:3] == (
        "请保洁公司当日清运", "请村里安排人手", "请到现场核实并按时限办结",
    )  # fmt: skip
    assert "办公室自己的" in page.told.text()
    page.lines.setPlainText("\n".join(str(n) for n in range(10)))
    press(page, "保存")
    assert "最多 9 句，现在有 10 句" in page.problem.text()
    page.lines.setPlainText("请核实是否信教")
    press(page, "保存")
    assert "不得登记“信教”" in page.problem.text()

    def stay(dialog: Any) -> None:
        press(dialog, "继续填写")

    failed = meanwhile(stay)
    page.steps.setCurrentRow(0)
    assert failed == [] and page.lines.toPlainText() == "请核实是否信教"
    assert page.steps.currentRow() == list(phrases.STEPS).index("dispatch")
    press(page, "用自带的")
    assert phrases.of_office(office, "dispatch", "环境卫生")[0] == "请到现场核实并按时限办结"
    window.undo()
    assert phrases.of_office(office, "dispatch", "环境卫生")[0] == "请保洁公司当日清运"


def late_case(office: Office, make: Make) -> int:
    """Ten working days late on 2026-12-11."""
    case = lamp(office)
    service.step(office, case, "accept", Given("王主任", office.now()))
    office.on = date(2026, 12, 11)
    return case


def test_the_ladder_is_rehearsed_saved_and_undone(window: MainWindow, make: Make) -> None:
    office, case = window.office, late_case(window.office, make)
    leader = make.staff("李镇长").id
    page = section(window, "ladder")
    page.lines[2][2].setText("20")
    press(page, "先看看会怎样")
    assert page.told.text().startswith(
        "逾期的 1 件里，今天会建议督办 1 件：普通督办 0 件、黄牌督办 1 件、红牌督办 0 件"
    )
    page.lines[1][2].setText("1")
    press(page, "保存")
    assert "“黄牌督办”的天数要比“普通督办”多" in page.told.text()
    page.lines[1][2].setText("4")
    press(page, "增加一级")
    page.lines[3][1].setText("挂牌督办")
    press(page, "保存")
    assert [(one.title, one.late) for one in ladder.rungs(office)] == [
        ("普通督办", 1), ("黄牌督办", 4), ("红牌督办", 20), ("挂牌督办", 22),
    ]  # fmt: skip
    with office.read() as session:
        proposed = supervise.proposed(session, session.get_one(Case, case), office.now())
    assert proposed is not None and proposed.title == "黄牌督办"
    with office.unit("督办") as session:
        supervise.supervise(session, session.get_one(Case, case), 2, leader, who="王主任", now=office.now())
    page.refresh()
    press(page, "删除")
    press(page, "保存")
    with office.read() as session:
        kept = session.get_one(Case, case)
        assert (kept.supervision, supervise.title_of(session, kept.supervision)) == (1, "黄牌督办")
    page.refresh()
    page.drop(0)
    press(page, "保存")
    assert "还有 1 件事项在“黄牌督办”" in page.told.text()
    window.undo()
    window.undo()
    window.undo()
    assert [one.title for one in ladder.rungs(office)] == ["普通督办", "黄牌督办", "红牌督办"]


def test_the_view_of_proposals_follows_the_ladder(window: MainWindow, make: Make) -> None:
    office, case = window.office, late_case(window.office, make)
    page: Any = window.open("cases", "proposed")
    assert page.list.model.ids == [case]
    ladder.save(office, [Step(1, "普通督办", 30)])
    page.show_view("proposed")
    assert page.list.model.ids == []
    ladder.save(office, [Step(1, "普通督办", 10)])
    page.show_view("proposed")
    assert page.list.model.ids == [case]


def test_limits_keep_the_ladder(office: Office) -> None:
    from gridoffice.modules.office import limits

    ladder.save(office, [Step(1, "督办", 2)])
    limits.save_limits(office, {row.key: row.limits for row in limits.kinds(office)}, "18:00", running=False)
    assert [one.title for one in ladder.rungs(office)] == ["督办"] and limits.day_end(office) == "18:00"


def test_data_files_are_loaded_strictly() -> None:
    with pytest.raises(OfficeError, match="subs"):
        tree.read('version = 1\n[[category]]\ntitle = "路"\nsubs = []\n')
    for step, category, told in (("accept", "河", "没有类别“河”"), ("jump", "", "不认识步骤")):
        text = f'version = 1\n[[phrases]]\nverb = "{step}"\ncategory = "{category}"\ntexts = ["好"]\n'
        with pytest.raises(OfficeError, match=told):
            phrases.read(text, tree.shipped())
    assert tuple(tree.shipped()) == work.CATEGORIES
