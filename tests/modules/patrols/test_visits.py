"""When a household is due: vectors of the rules, the list that uses them, the dialog that changes them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gridoffice.core.errors import OfficeError
from gridoffice.db import store
from gridoffice.db.office import Office
from gridoffice.domain import setup
from gridoffice.domain.listing import Query
from gridoffice.domain.people import DEAD, MOVED, Household
from gridoffice.modules.patrols import house, visit_list, visit_rules, visits
from gridoffice.modules.patrols.model import HouseVisit
from gridoffice.modules.patrols.page import PatrolsPage
from gridoffice.modules.patrols.page_visits import RulesDialog
from gridoffice.modules.patrols.visit_list import VISITS
from gridoffice.modules.today import worker
from gridoffice.ui.window import MainWindow
from tests.db.test_schema import server
from tests.make import Make
from tests.modules.residents.ground import helped
from tests.press import meanwhile, press

__all__ = ["server"]

DAY = date(2026, 11, 25)

VECTORS: tuple[tuple[str, dict[str, Any], str, int | None, int | None], ...] = (
    # what stands in the household, the rule, days since the last visit, days until the next (None: at once)
    ("plain, never", {}, "every", None, None),
    ("plain, yesterday", {}, "every", 1, 364),
    ("plain, a year to the day", {}, "every", 365, 0),
    ("plain, longer", {}, "every", 366, -1),
    ("tagged, a quarter to the day", {"tags": "党员、低保"}, "special", 90, 0),
    ("tagged, longer", {"tags": "残疾"}, "special", 100, -10),
    ("a word that only contains a tag", {"tags": "非低保"}, "every", 100, 265),
    ("a party member is no kind of help", {"tags": "党员"}, "every", 100, 265),
    ("the dead wear no tags", {"tags": "低保", "state": DEAD}, "", 100, None),
)


@pytest.mark.parametrize(("told", "person", "rule", "ago", "ahead"), VECTORS, ids=[one[0] for one in VECTORS])
def test_vectors_of_the_rules(
    office: Office, make: Make, told: str, person: dict[str, Any], rule: str, ago: int | None, ahead: int | None
) -> None:
    office.on = DAY
    home = make.household(make.grid())
    make.resident(household=home, **person)
    if ago is not None:
        make.add(HouseVisit(household_id=home.id, day=DAY - timedelta(days=ago), result="fine"))
    with office.read() as session:
        due = visits.due_of(session, [home.id], DAY)[home.id]
    listed = [view.key for view in VISITS.views if home.id in VISITS.ids(office, Query(DAY, view=view.key))]
    if not rule:
        assert (due.is_lived_in, due.is_due, listed) == (False, False, [])
        return
    assert due.rule == rule
    assert due.next == (None if ahead is None else DAY + timedelta(days=ahead))
    assert due.is_due == (ahead is None or ahead <= 0) == ("due" in listed)
    assert ("late" in listed) == (ahead is not None and ahead < 0)
    assert ("unvisited" in listed) == (ago is None)
    assert ("year" in listed) == (ago is None or ago > 365)


def test_an_empty_door_and_a_removal_do_not_count_but_a_refusal_does(office: Office, make: Make) -> None:
    home = make.household(make.grid())
    make.resident(household=home)
    for result, last in (("away", None), ("moved", None), ("refused", DAY), ("", DAY)):
        visit = make.add(HouseVisit(household_id=home.id, day=DAY, result=result))
        with office.read() as session:
            assert visits.due_of(session, [home.id], DAY)[home.id].last == last, result
        with office.unit("删除走访") as session:
            session.delete(session.get_one(HouseVisit, visit.id))


def test_the_help_list_is_monthly_and_its_own_plan_comes_first(office: Office, make: Make) -> None:
    office.on = DAY
    home = make.household(make.grid())
    entry = helped(make, make.resident(household=home), next_on=DAY + timedelta(days=3), last_on=date(2026, 11, 1))

    def due() -> visits.VisitDue:
        with office.read() as session:
            return visits.due_of(session, [home.id], DAY)[home.id]

    assert (due().rule, due().last, due().next) == ("help", date(2026, 11, 1), DAY + timedelta(days=3))
    assert due().why == "上次走访11月1日；自愿帮扶户每 30 天走访一次，应于11月28日走访。"
    with office.unit("推后帮扶走访") as session:
        session.get_one(type(entry), entry.id).next_on = date(2027, 1, 10)
    assert due().next == date(2026, 12, 1)
    with office.unit("同意到期") as session:
        session.get_one(type(entry), entry.id).until = DAY - timedelta(days=1)
    assert due().rule == "every"


def test_the_list_its_order_search_worker_and_sentence(office: Office, make: Make) -> None:
    office.on = DAY
    grid, other = make.grid(), make.grid()
    first, second = make.staff("张建国"), make.staff("白雯颖")
    make.assign(first, grid)
    make.assign(second, other)
    never = make.household(grid, number="00001", address="1组2号")
    make.resident("王小河", never, relation="户主")
    late, week = make.household(other, number="00002"), make.household(other, number="00003")
    for home, ago in ((late, 400), (week, 363)):
        make.resident("李秀兰", home, relation="户主", phone="13912345678")
        make.add(HouseVisit(household_id=home.id, day=DAY - timedelta(days=ago), result="fine", note="电话13912345678"))
    gone = make.household(grid)
    make.resident(household=gone, state=MOVED)

    def ids(view: str = "due", **asked: Any) -> list[int]:
        return VISITS.ids(office, Query(DAY, view=view, **asked))

    assert ids() == [never.id, late.id]
    assert ids("households") == [never.id, late.id, week.id]
    assert ids("due_week") == [week.id]
    assert ids("households", filters=(("staff", second.id),)) == [late.id, week.id]
    assert ids("households", filters=(("unit", grid.id),)) == [never.id]
    assert ids("households", text="wxh") == [never.id]
    rows = VISITS.rows(office, [never.id, late.id], DAY)
    assert rows[never.id] == (
        "00001", "王小河", "1组2号", grid.name, "张建国", "", "一般住户", "soon|从未走访",
    )  # fmt: skip
    assert rows[late.id][4:] == ("白雯颖", "2025-10-21", "一般住户", "late|逾期 35 天")
    assert [count.number for count in visit_list.counts(office, DAY)] == [2, 1, 1]
    mine = {group.listing: group for group in worker.groups(office, second.id, DAY)}
    assert mine["visits"].counts[0].number == 1
    shown = house.view(office, late.id)
    assert shown is not None and shown.last[0][1:] == ("一切正常", "", "电话139****5678")
    assert shown.why == "上次走访2025年10月21日；一般住户每 365 天走访一次，应于10月21日走访，逾期 35 天。"
    with office.read() as session:
        [fact] = visits.facts(session, [1], DAY).values()
    assert fact == "入户走访 还没有走访过"


def test_other_intervals_are_reckoned_before_they_hold(office: Office, make: Make) -> None:
    office.on = DAY
    home = make.household(make.grid())
    make.resident(household=home)
    make.add(HouseVisit(household_id=home.id, day=date(2026, 10, 1), result="fine"))
    assert visits.what_if(office, {"every": 30}) == (0, 1)
    with pytest.raises(OfficeError, match="1 到 3650 天"):
        visits.set_intervals(office, {"every": 0})
    visits.set_intervals(office, {"help": 30, "special": 90, "every": 30})
    assert VISITS.ids(office, Query(DAY, view="late")) == [home.id]
    with office.read() as session:
        assert "每 30 天" in visits.due_of(session, [home.id], DAY)[home.id].why
    assert office.undo() == "修改走访规则"
    assert VISITS.ids(office, Query(DAY, view="due")) == []


def test_shipped_rules_name_lawful_kinds_only() -> None:
    assert [(rule.key, rule.days) for rule in visit_rules.shipped()] == [("help", 30), ("special", 90), ("every", 365)]
    assert [one.key for one in visit_rules.results()] == ["1", "2", "3", "4", "5"]


def test_the_rules_hold_on_postgresql(server: str) -> None:
    office = store.open_office(server)
    try:
        setup.prepare(office, name="云溪镇")
        office.on = DAY
        make = Make(office)
        grid = make.grid()
        make.assign(make.staff(), grid)
        homes: list[Household] = []
        for ago, tags in ((None, ""), (100, "低保"), (100, ""), (366, "")):
            home = make.household(grid)
            make.resident("王小河", home, tags=tags)
            if ago is not None:
                make.add(HouseVisit(household_id=home.id, day=DAY - timedelta(days=ago), result="fine"))
            homes.append(home)
        never, tagged, plain, late = (home.id for home in homes)
        assert VISITS.ids(office, Query(DAY, view="due")) == [never, tagged, late]
        assert VISITS.ids(office, Query(DAY, view="late")) == [tagged, late]
        assert VISITS.ids(office, Query(DAY, view="households", text="wxh")) == [never, tagged, late, plain]
        assert visits.what_if(office, {"every": 90}) == (3, 4)
        visits.set_intervals(office, {"every": 90})
        assert len(VISITS.rows(office, VISITS.ids(office, Query(DAY, view="due")), DAY)) == 4
        office.undo()
        assert VISITS.count(office, Query(DAY, view="due")) == 3
    finally:
        office.close()


def test_the_page_shows_whom_to_visit_and_changes_the_rules(office: Office, make: Make, qtbot: QtBot) -> None:
    office.on = DAY
    grid = make.grid()
    for number, ago in enumerate((366, 100)):
        home = make.household(grid, number=f"{number:05d}")
        make.resident(f"王小{'河山'[number]}", home, relation="户主")
        make.add(HouseVisit(household_id=home.id, day=DAY - timedelta(days=ago), result="fine"))
    window = MainWindow(office)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    page = window.open("patrols", "late")
    assert isinstance(page, PatrolsPage) and page.key == VISITS.key
    assert len(page.list.model.ids) == 1
    assert "逾期 1 天" in " ".join(one.text() for one in page.side.findChildren(QLabel))

    def change(dialog: RulesDialog) -> None:
        dialog.fields.inputs["every"].put(30)
        dialog.reckon()
        assert dialog.told.text() == "这样今天应访 2 户，比现在多 1 户。现在应访 1 户。"
        press(dialog, "保存")

    failed = meanwhile(change)
    press(page, "走访规则…")
    assert failed == []
    assert len(page.list.model.ids) == 2
    window.actions_by_key["undo"].trigger()
    assert len(page.list.model.ids) == 1
    window.close()
