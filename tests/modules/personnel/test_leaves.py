"""Leave: entered, refused with sentences, ended early, undone; who stands in on which days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.listing import Query
from gridoffice.domain.networks import STAND_IN
from gridoffice.modules.personnel import leaves, service
from gridoffice.modules.personnel.lists import STAFF
from gridoffice.modules.personnel.lists_leave import LEAVES
from tests.make import Make

DAY = date(2026, 11, 20)
NEXT = timedelta(days=1)


@pytest.fixture(autouse=True)
def _today(office: Office) -> None:
    office.on = DAY


class Pair:
    """A grid with its A and B."""

    def __init__(self, make: Make) -> None:
        self.grid = make.grid(name="石桥村第2网格")
        self.a, self.b = make.staff("张建国"), make.staff("李秀兰")
        make.assign(self.a, self.grid)
        make.assign(self.b, self.grid, STAND_IN)


@pytest.fixture
def pair(make: Make) -> Pair:
    return Pair(make)


def entry(staff_id: int, first: date = DAY, last: date = DAY + 2 * NEXT, **more: Any) -> dict[str, Any]:
    return {"staff_id": staff_id, "kind": "事假", "start": first, "end": last, "stand_in_id": None, "note": "", **more}


def test_a_leave_is_entered_changed_ended_early_and_undone_in_words(office: Office, pair: Pair) -> None:
    made = leaves.enter(office, entry(pair.a.id))
    assert office.undo_text() == "登记请假：张建国 11月20日至22日"
    assert LEAVES.ids(office, Query(on=DAY, view="now")) == [made]
    card = service.card(office, pair.a.id)
    assert card is not None
    assert card.state == "soon|请假至 11-22"
    other = service.card(office, pair.b.id)
    assert other is not None
    assert other.taken == ("soon|代 张建国 石桥村第2网格，到 11月22日",)
    leaves.change(office, made, entry(pair.a.id, DAY + NEXT, DAY + 9 * NEXT))
    assert office.undo_text() == "修改请假：张建国 11月21日至29日"
    assert LEAVES.ids(office, Query(on=DAY, view="coming")) == [made]
    office.on = DAY + 3 * NEXT
    leaves.end_early(office, made, DAY + 2 * NEXT)
    assert leaves.get(office, made).end == DAY + 2 * NEXT
    assert [office.undo(), office.undo(), office.undo()] == [
        "提前销假：张建国，休到 11月22日", "修改请假：张建国 11月21日至29日", "登记请假：张建国 11月20日至22日",
    ]  # fmt: skip
    assert leaves.of_person(office, pair.a.id) == []


def test_everything_returns_by_itself_the_day_after(office: Office, pair: Pair) -> None:
    leaves.enter(office, entry(pair.a.id, DAY, DAY))
    states = {}
    for day in (DAY - NEXT, DAY, DAY + NEXT):
        office.on = day
        card = service.card(office, pair.a.id)
        assert card is not None
        states[day] = (card.state, STAFF.count(office, Query(on=day, view="away")))
    assert states == {
        DAY - NEXT: ("done|在岗", 0), DAY: ("soon|请假至 11-20", 1), DAY + NEXT: ("done|在岗", 0),
    }  # fmt: skip


def test_what_cannot_be_is_refused_with_a_sentence(office: Office, make: Make, pair: Pair) -> None:
    leaves.enter(office, entry(pair.a.id))
    far, gone = make.staff("王芳"), make.staff("赵云", is_active=False, left_on=DAY)
    leaves.enter(office, entry(far.id))
    cases: list[tuple[dict[str, Any], str]] = [
        (entry(pair.b.id, DAY, DAY - NEXT), "结束日 2026-11-19 早于开始日 2026-11-20"),
        (entry(pair.a.id, DAY + 2 * NEXT, DAY + 5 * NEXT), "张建国 11月20日至22日已经登记了事假，日期重叠"),
        (entry(pair.b.id, DAY + 9 * NEXT, DAY + 9 * NEXT, stand_in_id=pair.b.id), "代班人不能是本人"),
        (entry(pair.b.id, stand_in_id=far.id), "王芳 11月20日至22日也请假，不能代班"),
        (entry(pair.b.id, stand_in_id=gone.id), "赵云 已离岗，不能代班"),
        (entry(gone.id), "赵云 2026-11-20 已离岗"),
    ]
    for values, words in cases:
        with pytest.raises(OfficeError, match=words):
            leaves.enter(office, values)
    there = make.staff("孙梅")
    with pytest.raises(OfficeError, match=r"可以代班的有：.*孙梅"):
        leaves.enter(office, entry(pair.b.id, stand_in_id=far.id))
    assert leaves.of_person(office, pair.b.id) == []
    leaves.enter(office, entry(pair.b.id, stand_in_id=there.id, keep=True, note="张建国的网格由孙梅看"))


def test_a_and_b_both_away_is_told_and_kept_only_with_a_note(office: Office, pair: Pair) -> None:
    leaves.enter(office, entry(pair.a.id, DAY, DAY + 2 * NEXT))
    wanted = entry(pair.b.id, DAY + NEXT, DAY + NEXT)
    with pytest.raises(leaves.NobodyThere, match=r"11月21日 石桥村第2网格：张建国请假至 2026-11-22，B岗李秀兰也不在"):
        leaves.enter(office, wanted)
    with pytest.raises(leaves.NobodyThere):
        leaves.enter(office, wanted | {"keep": True})
    assert leaves.of_person(office, pair.b.id) == []
    leaves.enter(office, wanted | {"keep": True, "note": "村主任每天去看一次"})
    assert [one.note for one in leaves.of_person(office, pair.b.id)] == ["村主任每天去看一次"]


def test_the_rehearsal_says_who_stands_in_and_keeps_nothing(office: Office, make: Make, pair: Pair) -> None:
    make.staff("王芳")
    leaves.enter(office, entry(pair.b.id, DAY + NEXT, DAY + NEXT, keep=True, note="去县里"))
    before = office.undo_text()
    told = leaves.rehearse(office, entry(pair.a.id))
    assert [(one.first, one.last, one.name, bool(one.gap)) for one in told] == [
        (DAY, DAY, "李秀兰", False),
        (DAY + NEXT, DAY + NEXT, "", True),
        (DAY + 2 * NEXT, DAY + 2 * NEXT, "李秀兰", False),
    ]
    assert told[0].words == f"石桥村第2网格 11月20日由李秀兰代（{pair.b.phone}）"
    assert leaves.of_person(office, pair.a.id) == []
    assert office.undo_text() == before
    assert LEAVES.count(office, Query(on=DAY)) == 1
