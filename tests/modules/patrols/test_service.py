"""Patrols: recorded with their problems as cases, changed, deleted together, counted, and shown at the meeting."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import networks, work
from gridoffice.domain.listing import Query
from gridoffice.domain.work import Case
from gridoffice.modules.patrols import service
from gridoffice.modules.patrols.coverage import COVERAGE, _finding
from gridoffice.modules.patrols.entry import read_time
from gridoffice.modules.patrols.model import Patrol
from gridoffice.modules.patrols.service import Entry, Problem
from tests.make import Make

DAY = date(2026, 11, 20)  # a Friday
RUBBISH = Problem("环境卫生", "K1", "三组河边堆放垃圾。需要清运", is_settled=True, measures="当场清运")
LAMP = Problem("市政设施", "K2", "路灯不亮")


@pytest.fixture
def entry(office: Office, make: Make) -> Entry:
    """A sound entry of DAY in 石桥村第1网格 by 唐琪."""
    office.on = DAY
    grid = make.grid(make.village("石桥村"), "石桥村第1网格")
    worker = make.staff("唐琪")
    make.assign(worker, grid)
    return Entry(DAY, time(8, 30), time(10, 5), grid.id, worker.id, "日常巡查", 4, "沿1组巡查")


def cases(office: Office) -> list[Case]:
    """All cases, oldest first."""
    with office.read() as session:
        return list(session.scalars(select(Case).order_by(Case.id)))


def patrols(office: Office) -> list[Patrol]:
    """All patrols."""
    with office.read() as session:
        return list(session.scalars(select(Patrol)))


def test_problems_become_cases_in_the_same_unit(office: Office, entry: Entry) -> None:
    patrol = service.record(office, replace(entry, problems=(RUBBISH, LAMP)))
    settled, open_one = cases(office)
    assert (settled.title, settled.state, settled.handler, settled.measures) == (
        "三组河边堆放垃圾",
        work.HANDLED,
        "唐琪",
        "当场清运",
    )
    assert (open_one.state, open_one.due_on, open_one.unit_id) == (
        work.COLLECTED,
        date(2026, 11, 27),
        entry.unit_id,
    )
    assert (open_one.source, open_one.source_id, open_one.finder_id) == ("patrol", patrol, entry.staff_id)
    shown = service.view(office, patrol)
    assert (shown.unit, shown.worker, shown.minutes, shown.found) == ("石桥村第1网格", "唐琪", 95, 2)
    assert [line.standing for line in shown.cases] == ["plain|待核查", "plain|待受理"]
    office.undo()
    assert (patrols(office), cases(office)) == ([], [])


def test_a_problem_without_words_is_named_by_grid_and_category(office: Office, entry: Entry) -> None:
    service.record(office, replace(entry, problems=(Problem("违建"),)))
    assert cases(office)[0].title == "石桥村第1网格违建问题"


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"unit_id": None}, "没有选网格"),
        ({"staff_id": None}, "没有选网格员"),
        ({"day": DAY + timedelta(days=1)}, "在今天之后"),
        ({"start": None}, "起止时间"),
        ({"end": time(8, 30)}, "结束时间不晚于开始时间"),
        ({"households": -1}, "户数"),
        ({"problems": (replace(RUBBISH, measures=" "),)}, "怎么处理"),
    ],
)
def test_unsound_entries_are_refused_whole(office: Office, entry: Entry, wrong: dict[str, object], match: str) -> None:
    with pytest.raises(OfficeError, match=match):
        service.record(office, replace(entry, **wrong))  # type: ignore[arg-type]
    assert (patrols(office), cases(office)) == ([], [])


def test_a_patrol_that_has_not_begun_is_refused(office: Office, entry: Entry) -> None:
    office.on = None
    late = datetime.now() + timedelta(minutes=30)
    if late.date() != date.today() or late.time() >= time(23, 58):
        late = datetime.combine(date.today(), time(23, 58))
    with pytest.raises(OfficeError, match="还没有到"):
        service.record(office, replace(entry, day=late.date(), start=late.time(), end=time(23, 59, 59)))


def test_change_keeps_cases_adds_new_ones_and_sees_a_second_writer(office: Office, entry: Entry) -> None:
    patrol = service.record(office, replace(entry, problems=(LAMP,)))
    version = service.view(office, patrol).version
    service.change(office, patrol, replace(entry, households=9, problems=(RUBBISH,)), version)
    assert (service.view(office, patrol).entry.households, service.view(office, patrol).found) == (9, 2)
    assert len(cases(office)) == 2
    with pytest.raises(OfficeError, match="刚被别人改过"):
        service.change(office, patrol, entry, version)


def test_deletion_asks_for_the_cases_and_undo_restores_both(office: Office, entry: Entry) -> None:
    patrol = service.record(office, replace(entry, problems=(LAMP, RUBBISH)))
    with pytest.raises(OfficeError, match="2 件事项，其中 2 件未办结"):
        service.remove(office, [patrol])
    assert service.cases_of(office, [patrol]) == 2
    service.remove(office, [patrol], with_cases=True)
    assert (patrols(office), cases(office)) == ([], [])
    office.undo()
    assert ([p.id for p in patrols(office)], len(cases(office))) == ([patrol], 2)
    with office.read() as session:
        assert len(work.steps_of(session, cases(office)[1].id)) == 2


def test_a_patrol_that_is_gone_is_a_sentence(office: Office, entry: Entry) -> None:
    with pytest.raises(OfficeError, match="已经不在了"):
        service.view(office, 77)


def test_the_next_entry_starts_from_the_last(office: Office, entry: Entry) -> None:
    service.record(office, replace(entry, kind="走访"))
    office.on = DAY + timedelta(days=3)
    begun = service.proposal(office)
    assert (begun.day, begun.unit_id, begun.staff_id, begun.kind) == (
        office.on,
        entry.unit_id,
        entry.staff_id,
        "走访",
    )
    assert (begun.start, begun.households, begun.text) == (None, 0, "")


def test_the_worker_in_charge_and_the_choices(office: Office, make: Make, entry: Entry) -> None:
    assert entry.unit_id is not None
    assert service.worker_of(office, entry.unit_id) == entry.staff_id
    other = make.grid(name="东河村第1网格")
    make.assign(make.staff("白雯颖"), other, networks.STAND_IN)
    assert service.worker_of(office, other.id) is None
    assert [c.text for c in service.unit_choices(office)] == ["石桥村第1网格", "东河村第1网格"]
    assert [c.text for c in service.staff_choices(office)] == ["白雯颖", "唐琪"]


def test_list_views_search_and_texts(office: Office, make: Make, entry: Entry) -> None:
    today = service.record(office, replace(entry, problems=(LAMP,)))
    monday = service.record(office, replace(entry, day=date(2026, 11, 16)))
    before = service.record(office, replace(entry, day=date(2026, 11, 2)))
    earlier = service.record(office, replace(entry, day=date(2026, 10, 30)))
    listing = service.LISTINGS[0]

    def ids(**asked: object) -> list[int]:
        return listing.ids(office, Query(on=DAY, **asked))  # type: ignore[arg-type]

    assert ids() == [today, monday, before, earlier]
    assert ids(view="today") == [today]
    assert ids(view="week") == [today, monday]
    assert ids(view="month") == [today, monday, before]
    assert ids(view="problems") == [today]
    assert ids(text="tq") == ids(text="唐琪") == ids(text="sqcd1wg") == ids(filters=(("unit", make.town().id),))
    assert len(ids(text="tq")) == 4
    assert ids(text="东河") == []
    row = listing.rows(office, [today], DAY)[today]
    assert row == ("2026-11-20", "08:30-10:05", "石桥村第1网格", "唐琪", "日常巡查", "4", "soon|1 个", "沿1组巡查")


def test_coverage_names_the_neglected_grids_first(office: Office, make: Make, entry: Entry) -> None:
    service.record(office, entry)
    never = make.grid(name="东河村第1网格")
    old = make.grid(name="东河村第2网格")
    service.record(office, replace(entry, unit_id=old.id, day=DAY - timedelta(days=9)))
    ids = COVERAGE.ids(office, Query(on=DAY))
    assert ids == [never.id, old.id, entry.unit_id]
    assert COVERAGE.ids(office, Query(on=DAY, view="stale")) == [never.id, old.id]
    assert COVERAGE.ids(office, Query(on=DAY, view="never")) == [never.id]
    for column in COVERAGE.columns:
        assert len(COVERAGE.ids(office, Query(on=DAY, sort=column.key))) == 3
    rows = COVERAGE.rows(office, ids, DAY)
    assert rows[never.id][3:] == ("", "late|没有巡查记录", "0")
    assert rows[old.id][4:] == ("soon|9 天前", "1")
    assert entry.unit_id is not None
    assert rows[entry.unit_id] == ("石桥村", "石桥村第1网格", "唐琪", "2026-11-20", "done|今天", "1")


def test_counts_open_their_views(office: Office, make: Make, entry: Entry) -> None:
    service.record(office, entry)
    service.record(office, replace(entry, day=date(2026, 11, 17)))
    make.grid(name="东河村第1网格")
    found = {count.key: count for count in service.counts(office, DAY)}
    assert {key: count.number for key, count in found.items()} == {
        "patrols_today": 1,
        "patrols_week": 2,
        "patrols_stale": 1,
    }
    views = {view.key for listing in service.LISTINGS for view in listing.views}
    assert all(count.view in views and count.module == "patrols" for count in found.values())


def test_coverage_slide_says_the_finding_and_its_sum_equals_its_parts(office: Office, make: Make, entry: Entry) -> None:
    village = make.village("东河村")
    other = make.grid(village, "东河村第1网格")
    for day in (16, 17, 18, 19, 20):
        service.record(office, replace(entry, day=date(2026, 11, day)))
    service.record(office, replace(entry, unit_id=other.id, day=date(2026, 11, 16)))
    service.record(office, replace(entry, unit_id=other.id, day=date(2026, 11, 16), start=time(9, 0)))
    [slide] = service.slides(office, DAY)
    assert slide.title == "本周网格巡查到位率 60%，石桥村最高（100%），东河村最低（20%）"
    assert (slide.labels, slide.series[0].values) == (("石桥村", "东河村"), (100.0, 20.0))
    assert slide.total == "巡查 7 次 · 6/10 网格日"
    assert sum(int(row[1]) for row in slide.rows) == 6


@pytest.mark.parametrize(
    ("rates", "told"),
    [
        ({"甲": 36, "乙": 36, "丙": 12}, "甲和乙最高（36%），丙最低（12%）"),
        ({"甲": 36, "乙": 12, "丙": 12, "丁": 12}, "甲最高（36%），3 个村最低（12%）"),
        ({"甲": 36, "乙": 36}, "到位率 30%"),
    ],
)
def test_villages_alike_are_named_together(rates: dict[str, int], told: str) -> None:
    assert _finding(rates, 30).endswith(told)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8:30", time(8, 30)),
        ("08：05", time(8, 5)),
        ("830", time(8, 30)),
        ("1715", time(17, 15)),
        ("8", time(8)),
        ("8点", time(8)),
        ("8点半", time(8, 30)),
        ("14时20分", time(14, 20)),
        (" ", None),
    ],
)
def test_times_as_people_type_them(typed: str, read: time | None) -> None:
    assert read_time(typed) == read


@pytest.mark.parametrize("typed", ["25:00", "8:75", "早上"])
def test_what_is_no_time_is_a_sentence(typed: str) -> None:
    with pytest.raises(OfficeError, match="不是时间"):
        read_time(typed)


def test_a_grid_with_its_last_patrols(office: Office, entry: Entry) -> None:
    patrol = service.record(office, replace(entry, problems=(LAMP,)))
    assert entry.unit_id is not None
    grid = service.grid_view(office, entry.unit_id)
    assert (grid.name, grid.village, grid.worker, grid.since) == ("石桥村第1网格", "石桥村", "唐琪", "done|今天")
    assert grid.last == ((patrol, DAY, "日常巡查", 1),)
    with pytest.raises(OfficeError, match="不在了"):
        service.grid_view(office, 999)


def test_an_empty_week_says_so(office: Office) -> None:
    office.on = DAY
    [slide] = service.slides(office, DAY)
    assert slide.title == "本周没有巡查记录"
    [slide] = service.slides(office, DAY - timedelta(days=7))
    assert slide.title == "上周没有巡查记录"
