"""Cases: taken in, changed, led through the loop, deleted; their list, lights and numbers."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from PIL import Image

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import work
from gridoffice.domain.listing import Query
from gridoffice.domain.loop import Given
from gridoffice.domain.work import ACCEPTED, CLOSED, COLLECTED, HANDLED, TAKEN
from gridoffice.modules.cases import service
from gridoffice.modules.cases.lights import lights
from gridoffice.modules.cases.service import Entry
from tests.make import Make

DAY = date(2026, 11, 20)  # a Friday
LISTING = service.LISTINGS[0]


@pytest.fixture
def entry(office: Office, make: Make) -> Entry:
    """A sound case of DAY in 石桥村第1网格, found by 唐琪."""
    office.on = DAY
    grid = make.grid(make.village("石桥村"), "石桥村第1网格")
    return Entry(
        "三组路灯不亮", DAY, "市政设施", "K2", grid.id, "三组桥头", text="两盏", finder_id=make.staff("唐琪").id
    )


def ids(office: Office, **asked: object) -> list[int]:
    """What the list shows on DAY."""
    return LISTING.ids(office, Query(on=DAY, **asked))  # type: ignore[arg-type]


def test_create_and_view(office: Office, entry: Entry) -> None:
    case = service.create(office, entry)
    shown = service.view(office, case)
    assert shown.entry == replace(entry, due_on=date(2026, 11, 27), found_time="09:00")
    assert (shown.number, shown.unit, shown.village, shown.finder) == (
        "2026-0001",
        "石桥村第1网格",
        "石桥村",
        "唐琪",
    )
    assert (shown.source, shown.standing) == ("群众反映", "plain|待受理")
    assert [(line.who, line.action) for line in shown.steps] == [("唐琪", "登记事项")]
    assert shown.next_steps[:2] == (("accept", "受理立项"), ("handle", "现场处理完毕"))
    assert office.undo_text() == "登记事项：三组路灯不亮"


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"title": "  "}, "没有标题"),
        ({"title": "长" * 121}, "太长"),
        ({"found_on": DAY + timedelta(days=1)}, "在今天之后"),
        ({"due_on": DAY - timedelta(days=1)}, "时限早于"),
        ({"kind": ""}, "处理方式"),
    ],
)
def test_unsound_cases_are_refused(office: Office, entry: Entry, wrong: dict[str, object], match: str) -> None:
    with pytest.raises(OfficeError, match=match):
        service.create(office, replace(entry, **wrong))  # type: ignore[arg-type]
    assert ids(office) == []


def test_change_and_second_writer(office: Office, entry: Entry) -> None:
    case = service.create(office, entry)
    version = service.view(office, case).version
    service.change(office, case, replace(entry, title="四组井盖破损", kind="K4"), version)
    shown = service.view(office, case)
    assert (shown.entry.title, shown.entry.due_on, shown.state) == ("四组井盖破损", date(2026, 12, 11), COLLECTED)
    assert ids(office, text="szjg") == [case]
    with pytest.raises(OfficeError, match="刚被别人改过"):
        service.change(office, case, entry, version)


def step(office: Office, case: int, verb: str, who: str = "内勤", note: str = "", **given: object) -> None:
    """One step as the page takes it."""
    service.step(office, case, verb, Given(who, office.now(), note, **given))  # type: ignore[arg-type]


def test_the_loop_with_its_timeline_and_lights(office: Office, entry: Entry) -> None:
    case = service.create(office, entry)
    step(office, case, "accept", kind="K4")
    assert service.view(office, case).entry.due_on == date(2026, 12, 11)
    step(office, case, "dispatch", handler="水电站", due_on=DAY + timedelta(days=10))
    step(office, case, "take", "水电站")
    assert service.view(office, case).standing == "plain|处理中"
    step(office, case, "handle", "水电站", "更换灯泡")
    shown = service.view(office, case)
    assert [light.tone for light in shown.lights] == ["done", "done", "done", "done", "soon"]
    with pytest.raises(OfficeError, match="另一个人核查"):
        step(office, case, "verify", "水电站")
    step(office, case, "rework", "唐琪", "还有一盏不亮")
    assert service.view(office, case).lights[3].word == "退回"
    step(office, case, "handle", "水电站", "两盏都亮")
    step(office, case, "verify", "唐琪", "现场看过")
    step(office, case, "close", "唐琪", satisfaction="good")
    shown = service.view(office, case)
    assert (shown.state, shown.closed_on, shown.measures) == (CLOSED, DAY, "两盏都亮")
    assert [line.action for line in shown.steps] == [
        "登记事项", "受理立项", "派遣任务", "接单", "登记处理结果", "退回重办", "登记处理结果", "核查通过",
        "告知并结案",
    ]  # fmt: skip
    assert office.undo_text() == "告知并结案：三组路灯不亮"
    office.undo()
    assert service.view(office, case).state == "verified"


def test_nobody_named_is_refused(office: Office, entry: Entry) -> None:
    case = service.create(office, entry)
    with pytest.raises(OfficeError, match="由谁办理"):
        step(office, case, "accept", " ")


@pytest.mark.parametrize(
    ("kind", "state", "due", "verbs", "tones", "word"),
    [
        ("K2", COLLECTED, 3, ["collect"], "done soon quiet quiet quiet", "进行中"),
        ("K2", COLLECTED, 0, ["collect"], "done soon quiet quiet quiet", "临期"),
        ("K2", ACCEPTED, 3, ["collect", "accept"], "done done soon quiet quiet", "进行中"),
        ("K2", TAKEN, -2, ["accept", "dispatch", "take"], "done done done late quiet", "逾期 2 天"),
        ("K1", HANDLED, 3, ["collect", "handle"], "done quiet quiet done soon", "进行中"),
        ("K1", CLOSED, 0, ["collect", "handle", "verify", "close"], "done quiet quiet done done", ""),
        ("K2", TAKEN, 9, ["accept", "dispatch", "close", "reopen"], "done done done late quiet", "退回"),
    ],
)
def test_lights(kind: str, state: str, due: int, verbs: list[str], tones: str, word: str) -> None:
    now = datetime.combine(DAY, time(17, 30))
    red = now + timedelta(days=due) if state != CLOSED else None
    amber = red - timedelta(days=1) if red else None
    shown = lights(kind, state, amber, red, now, verbs)
    assert " ".join(light.tone for light in shown) == tones
    if word:
        assert word in [light.word for light in shown]


def test_list_views_search_order_and_texts(office: Office, make: Make, entry: Entry) -> None:
    new = service.create(office, entry)
    late = make.case("李家门前垃圾", found_on=date(2026, 11, 2), due_on=date(2026, 11, 9), state=TAKEN).id
    handled = make.case(
        "占道摆摊", found_on=date(2026, 11, 13), due_on=date(2026, 11, 23), state=HANDLED, handler="城管"
    ).id
    closed = make.case("井盖", found_on=date(2026, 11, 2), state=CLOSED, closed_on=date(2026, 11, 5)).id
    assert ids(office)[-1] == closed
    assert ids(office, view="open") == [late, handled, new]
    assert ids(office, view="late") == [late]
    assert ids(office, view="collected") == ids(office, view="new") == [new]
    assert ids(office, view="handled") == [handled]
    assert ids(office, view="closed") == [closed]
    assert ids(office, text="szld") == ids(office, text="2026-0001") == ids(office, text="唐琪 路灯") == [new]
    assert ids(office, filters=(("unit", make.town().id),)) == [new]
    for column in LISTING.columns:
        assert len(ids(office, sort=column.key, descending=True)) == 4
    assert LISTING.due_view == "open"
    rows = LISTING.rows(office, [new, late, closed], DAY)
    assert rows[new] == (
        "2026-0001", "三组路灯不亮", "市政设施", "协调性", "石桥村第1网格", "唐琪", "2026-11-20", "2026-11-27",
        "plain|待受理",
    )  # fmt: skip
    assert (rows[late][-1], rows[closed][-1]) == ("late|处理中，逾期 11 天", "done|已结案")


def test_counts_open_their_views(office: Office, make: Make) -> None:
    make.case(found_on=date(2026, 11, 2), due_on=date(2026, 11, 9))
    make.case(found_on=DAY, due_on=DAY)
    make.case(found_on=DAY, state=HANDLED)
    found = service.counts(office, DAY)
    assert [(count.title, count.number, count.tone) for count in found] == [
        ("未办结", 3, "plain"),
        ("逾期", 1, "late"),
        ("待核查", 1, "soon"),
        ("建议督办", 1, "late"),
        ("二次通报没有督办领导", 1, "late"),
    ]
    for count in found:
        assert LISTING.count(office, Query(on=DAY, view=count.view)) == count.number


def test_deletion_and_undo(office: Office, entry: Entry) -> None:
    first, second = service.create(office, entry), service.create(office, replace(entry, title="井盖"))
    service.remove(office, [first, second])
    assert ids(office) == []
    office.undo()
    assert len(service.view(office, first).steps) == 1
    with pytest.raises(OfficeError, match="已经不在了"):
        service.remove(office, [99])


def test_photos_go_with_the_case(office: Office, entry: Entry) -> None:
    case = service.create(office, entry)
    picture = io.BytesIO()
    Image.new("RGB", (60, 40), "red").save(picture, "JPEG")
    kept = service.add_photo(office, case, "路灯.jpg", picture.getvalue())
    assert service.view(office, case).photos == (kept,)
    assert (service.photo(office, kept) or b"")[:2] == b"\xff\xd8"
    with pytest.raises(OfficeError, match="不是能认出的照片"):
        service.add_photo(office, case, "路灯.jpg", b"no picture")


def test_choices_name_village_township_and_staff(office: Office, entry: Entry) -> None:
    assert [choice.text for choice in service.unit_choices(office)] == ["云溪镇", "石桥村", "石桥村第1网格"]
    assert [choice.text for choice in service.staff_choices(office)] == ["唐琪"]


def test_sources_are_in_words() -> None:
    assert all(not key.isascii() or words for key, words in work.SOURCES.items())
    assert {"patrol", "inspection", "resident", "12345"} <= set(work.SOURCES)
