"""A log with all that hangs on it: second walk, lines, households, photos, locked days, the checks of reference 6.1."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import func, select

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import networks, settings
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.staff import Leave
from gridoffice.modules.patrols import details, locks, service
from gridoffice.modules.patrols.entry import Entry, Line, Problem, WayOut
from gridoffice.modules.patrols.model import HouseVisit, LogEntry, Patrol, Supplement
from tests.make import Make

DAY = date(2026, 11, 20)


@pytest.fixture
def entry(office: Office, make: Make) -> Entry:
    office.on = DAY
    grid = make.grid(make.village("石桥村"), "石桥村第1网格")
    worker = make.staff("唐琪")
    make.assign(worker, grid)
    return Entry(DAY, time(8, 30), time(10, 5), grid.id, worker.id, "日常巡查", 0, "沿1组巡查")


def number(office: Office, kind: Any) -> int:
    with office.read() as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def test_a_whole_log_is_kept_shown_changed_deleted_and_undone(office: Office, make: Make, entry: Entry) -> None:
    houses = [make.household(make.grid(name="东河村第1网格"), address=f"1组{n}号") for n in (1, 2, 3)]
    make.resident("李秀兰", houses[0])
    line = Line(time(9), "走访", "李秀兰", "水管漏水", "联系水厂", "已修好", DAY + timedelta(days=7))
    whole = replace(
        entry,
        start2=time(14), end2=time(15, 30), companions="王村长", weather="晴", route="1组—3组", lines=(line,),
        houses=tuple(one.id for one in houses), answers={"fire": 2, "environment": 1, "self_solved": 1, "reported": 2},
        is_sure=True,
    )  # fmt: skip
    patrol = service.record(office, whole)
    shown = service.view(office, patrol)
    assert (shown.minutes, shown.entry.households, shown.entry.lines) == (95 + 90, 3, (line,))
    assert (shown.entry.companions, shown.entry.weather, shown.entry.route) == ("王村长", "晴", "1组—3组")
    assert shown.entry.answers["total"] == 3
    assert "李秀兰" in shown.houses[0]
    service.change(office, patrol, replace(shown.entry, houses=shown.entry.houses[:2], lines=()), shown.version)
    assert (number(office, HouseVisit), number(office, LogEntry)) == (2, 0)
    service.remove(office, [patrol])
    assert (number(office, HouseVisit), number(office, Patrol)) == (0, 0)
    office.undo()
    office.undo()
    again = service.view(office, patrol)
    assert (again.entry.lines, len(again.houses)) == ((line,), 3)


@pytest.mark.parametrize(
    ("wrong", "match"),
    [
        ({"start2": time(14)}, "只填了一个"),
        ({"start2": time(9), "end2": time(11)}, "比第一次结束还早"),
        ({"start2": time(14), "end2": time(14)}, "第二次巡查的结束时间"),
        ({"answers": {"fire": 1, "total": 3}}, "问题总件数 3 不等于各分项之和 1"),
        ({"answers": {"fire": 2, "self_solved": 1, "reported": 2}}, "自行解决加上报 3 件，多于问题总件数 2"),
        ({"answers": {"fire": -1}}, "“消防隐患”应当在 0 到 99 之间"),
    ],
)
def test_the_checks_of_the_district_log_are_sentences(
    office: Office, entry: Entry, wrong: dict[str, Any], match: str
) -> None:
    with pytest.raises(OfficeError, match=match):
        service.record(office, replace(entry, **wrong))
    assert number(office, Patrol) == 0


def test_a_worker_on_leave_is_told_and_b_is_offered(office: Office, make: Make, entry: Entry) -> None:
    assert entry.unit_id is not None and entry.staff_id is not None
    with office.read() as session:
        grid = session.get_one(GridUnit, entry.unit_id)
    b = make.staff("白雯颖")
    make.assign(b, grid, networks.STAND_IN)
    make.add(Leave(staff_id=entry.staff_id, start=DAY, end=DAY + timedelta(days=2)))
    with pytest.raises(WayOut, match=r"唐琪2026年11月20日请假.*由白雯颖代") as caught:
        service.record(office, entry)
    assert (caught.value.key, caught.value.value, caught.value.word) == ("staff_id", b.id, "改为白雯颖")
    assert service.worker_of(office, entry.unit_id) == b.id
    service.record(office, replace(entry, staff_id=b.id))


def test_an_ended_grid_is_refused_on_days_after_it(office: Office, make: Make, entry: Entry) -> None:
    gone = make.grid(name="石桥村第7网格", end=DAY - timedelta(days=2))
    with pytest.raises(OfficeError, match="已经没有这个网格"):
        service.record(office, replace(entry, unit_id=gone.id))
    service.record(office, replace(entry, unit_id=gone.id, day=DAY - timedelta(days=2)))


def test_a_locked_day_takes_only_supplements(office: Office, entry: Entry) -> None:
    patrol = service.record(office, entry)
    office.on = DAY + timedelta(days=3)
    service.change(office, patrol, replace(entry, text="三天内还能改"))
    office.on = DAY + timedelta(days=4)
    with pytest.raises(OfficeError, match=r"已经锁定，不能修改.*补记"):
        service.change(office, patrol, entry)
    with pytest.raises(OfficeError, match="已经锁定，不能删除"):
        service.remove(office, [patrol], with_cases=True)
    locks.supplement(office, patrol, "当天还走了2组")
    shown = service.view(office, patrol)
    assert (shown.is_locked, shown.entry.text) == (True, "三天内还能改")
    assert [(one.at.date(), one.text) for one in shown.additions] == [(office.on, "当天还走了2组")]
    with pytest.raises(OfficeError, match="没有写内容"):
        locks.supplement(office, patrol, " ")
    office.undo()
    assert number(office, Supplement) == 0


def test_the_office_sets_when_days_lock_and_late_logs_are_marked(office: Office, entry: Entry) -> None:
    late = service.record(office, replace(entry, day=DAY - timedelta(days=9)))
    assert "事后补登" in service.view(office, late).additions[0].text
    with office.unit("设置") as session:
        settings.put(session, locks.SETTING, "10")
    assert not service.view(office, late).is_locked
    service.change(office, late, replace(entry, day=DAY - timedelta(days=9), text="改了"))
    with office.unit("设置") as session:
        settings.put(session, locks.SETTING, "两天")
        assert locks.days(session) == locks.DEFAULT


def test_photos_keep_when_and_where(office: Office, entry: Entry, tmp_path: Path) -> None:
    patrol = service.record(office, entry)
    picture = Image.new("RGB", (60, 40), "green")
    exif = Image.Exif()
    exif[306] = "2026:11:20 09:12:00"
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    (tmp_path / "河边.jpg").write_bytes(out.getvalue())
    details.add_photos(office, patrol, [tmp_path / "河边.jpg"], "三组河边")
    assert service.view(office, patrol).photos == ("2026-11-20 09:12 三组河边 河边.jpg",)
    (tmp_path / "坏.jpg").write_bytes(b"no")
    with pytest.raises(OfficeError, match="照片"):
        details.add_photos(office, patrol, [tmp_path / "坏.jpg"])


def test_households_are_found_by_number_name_and_address(office: Office, make: Make, entry: Entry) -> None:
    grid = make.grid(name="东河村第1网格")
    house = make.household(grid, address="东河3组8号")
    make.resident("李秀兰", house)
    for typed in (house.number, "李秀", "lxl", "3组8"):
        assert [one for one, _ in details.find_households(office, typed, grid.id)] == [house.id], typed
    assert details.find_households(office, "没有", None) == []


def test_a_problem_that_may_be_a_case_already_is_hinted(office: Office, entry: Entry) -> None:
    service.record(office, replace(entry, problems=(Problem("市政设施", "K2", "三组路灯不亮"),)))
    assert "同一件事？2026-0001 三组路灯不亮" in details.alike(office, entry, "市政设施", "三组路灯不亮了")
    assert details.alike(office, entry, "环境卫生", "三组路灯不亮了") == ""
