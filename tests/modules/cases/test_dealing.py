"""What is done about a case beside its steps, told in one story, and each undone."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta

import pytest
from PIL import Image

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import work
from gridoffice.domain.casework import CaseContact
from gridoffice.domain.loop import Given
from gridoffice.domain.staff import Leave
from gridoffice.domain.work import Case
from gridoffice.modules.cases import dealing, seeking, service
from gridoffice.modules.cases.details import Details, details
from gridoffice.modules.cases.service import Entry
from tests.make import Make

DAY = date(2026, 11, 20)  # a Friday


@pytest.fixture
def case(office: Office, make: Make) -> int:
    office.on = DAY
    grid = make.grid(make.village("石桥村"), "石桥村第1网格")
    entry = Entry("三组路灯不亮", DAY, "市政设施", "K2", grid.id, "三组桥头", finder_id=make.staff("唐琪").id)
    return service.create(office, entry)


def around(office: Office, case: int) -> Details:
    found = details(office, case)
    assert found is not None
    return found


def step(office: Office, case: int, verb: str, who: str = "王主任", **given: str) -> None:
    service.step(office, case, verb, Given(who, office.now(), **given))  # type: ignore[arg-type]


def kept(office: Office, case: int) -> Case:
    with office.read() as session:
        found = session.get(Case, case)
        assert found is not None
        session.expunge(found)
        return found


def test_more_time_is_asked_and_granted_by_another_and_undone(office: Office, case: int) -> None:
    step(office, case, "accept")
    before = kept(office, case).red_at
    dealing.ask(office, case, 3, "等配件", "唐琪")
    assert around(office, case).pending is not None
    with pytest.raises(OfficeError, match="不能批准自己的延期"):
        dealing.decide(office, case, is_granted=True, who="唐琪")
    dealing.decide(office, case, is_granted=True, who="王主任")
    assert before == datetime(2026, 11, 27, 17, 30) and kept(office, case).red_at == datetime(2026, 12, 2, 17, 30)
    assert "王主任11月20日准予延期 3 个工作日" in around(office, case).why
    assert office.undo() == "准予延期：三组路灯不亮"
    assert kept(office, case).red_at == before and around(office, case).pending is not None
    office.undo()
    assert around(office, case).extensions == ()


def test_a_leader_supervises_until_it_is_lifted_with_a_reason(office: Office, case: int, make: Make) -> None:
    leader = make.staff("李镇长").id
    dealing.put_under(office, case, 2, leader, "王主任", "拖得太久")
    assert around(office, case).supervision == "黄牌督办 · 李镇长"
    with pytest.raises(OfficeError, match="没有写取消督办的原因"):
        dealing.put_under(office, case, 0, None, "王主任")
    dealing.put_under(office, case, 0, None, "王主任", "已有进展")
    assert around(office, case).supervision == ""
    office.undo()
    assert around(office, case).supervision == "黄牌督办 · 李镇长"


def test_an_open_task_keeps_a_case_from_closing(office: Office, case: int) -> None:
    task = dealing.add_task(office, case, "架设围挡", "城管队", DAY + timedelta(days=2), "王主任")
    step(office, case, "handle", "张师傅", note="已更换灯泡")
    step(office, case, "verify", "唐琪")
    with pytest.raises(OfficeError, match="还有 1 项分办任务没有完成：架设围挡"):
        step(office, case, "close", "唐琪", satisfaction="good")
    dealing.finish_task(office, case, task, "唐琪", "已架好")
    step(office, case, "close", "唐琪", satisfaction="good")
    assert kept(office, case).state == work.CLOSED
    with pytest.raises(OfficeError, match="不用分办"):
        dealing.add_task(office, case, "再看一次", "城管队", None, "王主任")


def test_a_task_before_today_or_without_words_is_refused(office: Office, case: int) -> None:
    for title, handler, due, words in (
        ("", "城管队", None, "没有写要办什么"),
        ("看", "", None, "没有写由谁办"),
        ("看", "城管队", DAY - timedelta(days=1), "早于今天"),
    ):
        with pytest.raises(OfficeError, match=words):
            dealing.add_task(office, case, title, handler, due, "王主任")
    task = dealing.add_task(office, case, "看", "城管队", DAY, "王主任")
    dealing.remove_task(office, case, task, "王主任")
    assert around(office, case).tasks == ()
    office.undo()
    assert [one.text for one in around(office, case).tasks] == ["看"]


def test_not_solved_at_the_call_back_goes_back_to_be_redone(office: Office, case: int) -> None:
    step(office, case, "handle", "张师傅", note="已更换灯泡")
    step(office, case, "verify", "唐琪")
    call = CaseContact(kind="callback", way="电话", who="唐琪", whom="赵大娘", satisfaction="bad", text="晚上还是不亮")
    dealing.contact(office, case, call, is_solved=False)
    now = kept(office, case)
    assert (now.state, now.satisfaction) == (work.TAKEN, "")
    assert around(office, case).story[-1].text.endswith("回访时赵大娘说没有解决：晚上还是不亮")
    assert office.undo() == "登记回访：三组路灯不亮"
    assert kept(office, case).state == work.VERIFIED and around(office, case).contacts == ()


def test_a_call_back_before_anything_was_done_cannot_send_back(office: Office, case: int) -> None:
    call = CaseContact(kind="callback", way="电话", who="唐琪", whom="赵大娘", text="不亮")
    with pytest.raises(OfficeError, match="还没有处理结果可退回"):
        dealing.contact(office, case, call, is_solved=False)
    assert around(office, case).contacts == ()


def test_households_are_found_linked_once_and_unlinked(office: Office, case: int, make: Make) -> None:
    house = make.household(address="2组8号")
    make.resident("赵大娘", house)
    assert seeking.find_households(office, "2组 赵大") == [(house.id, f"户 {house.number} · 2组8号 · 赵大娘")]
    dealing.link(office, case, house.id)
    with pytest.raises(OfficeError, match="已经关联"):
        dealing.link(office, case, house.id)
    assert [one.id for one in around(office, case).households] == [house.id]
    dealing.unlink(office, case, house.id)
    assert around(office, case).households == ()
    office.undo()
    assert [one.id for one in around(office, case).households] == [house.id]


def test_a_duplicate_goes_into_the_first_and_comes_back(office: Office, case: int) -> None:
    first = service.view(office, case).entry
    other = service.create(office, first)
    assert [one.id for one in seeking.alike(office, first.unit_id, "市政设施", "三组路灯坏了不亮", "")] == [other, case]
    dealing.contact(office, other, CaseContact(kind="contact", who="唐琪", text="又来电话催"))
    dealing.merge(office, case, other, "唐琪")
    assert (kept(office, other).state, around(office, other).merged_into) == (work.CLOSED, "2026-0001")
    assert [one.detail[-5:] for one in around(office, case).contacts] == ["又来电话催"]
    assert seeking.alike(office, first.unit_id, "市政设施", "三组路灯", "")[0].id == case
    office.undo()
    assert kept(office, other).state == work.COLLECTED and around(office, case).contacts == ()


def test_photos_of_before_and_after_stay_apart(office: Office, case: int) -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "teal").save(out, "PNG")
    before = dealing.add_photos(office, case, [("路灯.png", out.getvalue())], "before", "唐琪")
    after = dealing.add_photos(office, case, [("路灯.png", out.getvalue())], "after", "唐琪")
    assert around(office, case).photos == ((before[0], "before"), (after[0], "after"))
    assert service.photo(office, after[0]) is not None
    dealing.remove_photo(office, case, after[0])
    assert around(office, case).photos == ((before[0], "before"),)
    office.undo()
    assert len(around(office, case).photos) == 2


def test_somebody_on_leave_is_told_with_who_stands_in(office: Office, case: int, make: Make) -> None:
    person, other = make.staff("王建军"), make.staff("李秀兰")
    make.add(Leave(staff_id=person.id, start=DAY, end=DAY + timedelta(days=5), kind="事假", stand_in_id=other.id))
    found = seeking.away(office, "王建军")
    assert found is not None and found.stand_in == "李秀兰"
    assert "请假至" in found.sentence and "由李秀兰代" in found.sentence
    assert seeking.away(office, "李秀兰") is None and seeking.away(office, "水电站") is None


def test_a_mark_on_the_map_lies_inside_it(office: Office, case: int) -> None:
    dealing.put_on_map(office, case, (0.25, 0.5))
    assert (kept(office, case).map_x, kept(office, case).map_y) == (0.25, 0.5)
    with pytest.raises(OfficeError, match="在地图外面"):
        dealing.put_on_map(office, case, (1.5, 0.5))
    dealing.put_on_map(office, case, None)
    assert kept(office, case).map_x is None
