"""Sample cases with all that gathers about one: a hazard led through five steps and back, and others that wait."""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import shipped as shipped_calendar
from gridoffice.domain import attachments, loop, moretime, same, supervise, work
from gridoffice.domain import sample as township
from gridoffice.domain.casework import CaseContact, CaseHousehold, CaseTask
from gridoffice.domain.loop import Given
from gridoffice.domain.maps import MapBase
from gridoffice.domain.work import Case
from gridoffice.modules.cases.dealing import note_step

CHIEF = "王主任"


def sample(session: Session, town: township.Township) -> None:
    """One whole story, an extension that waits, a 督办, tasks, a call-back, a duplicate merged away."""
    session.flush()
    mapped = set(session.scalars(select(MapBase.unit_id)))
    manned = [one for one in town.grids if one["worker"] is not None]
    grid = next((one for one in manned if one["village"] in mapped), manned[0])
    case = _hazard(session, town, grid)
    _story(session, town, case, grid)
    _waiting(session, town)
    town.case_number = max(town.case_number, int(case.number.split("-")[1]) + 1)


def _at(town: township.Township, back: int, hour: int, minute: int = 0) -> datetime:
    """A moment on the working day so many working days ago."""
    calendar, day = shipped_calendar(), town.on
    while back or not calendar.is_working(day):
        day -= timedelta(days=1)
        back -= back > 0 and calendar.is_working(day)
    return datetime.combine(day, time(hour, minute))


def _new(session: Session, town: township.Township, grid: dict[str, Any], at: datetime, **values: Any) -> Case:
    case = Case(unit_id=grid["id"], finder_id=grid["worker"], found_on=at.date(), found_at=at, **values)
    loop.collect(session, case, who=grid["worker_name"], now=at)
    if at.year == town.on.year:
        town.case_number = max(town.case_number, int(case.number.split("-")[1]))
    return case


def _hazard(session: Session, town: township.Township, grid: dict[str, Any]) -> Case:
    return _new(
        session, town, grid, _at(town, 9, 9, 20),
        title=f"{grid['village_name']}3组出租房楼道堆放杂物", category="消防隐患", kind="K2", severity="middle",
        place="3组8号二楼", source="patrol", reporter="住户孙师傅", reporter_phone="00000000000",
        text="二楼楼道堆了旧家具和纸箱，只剩半米宽；楼下还有两辆电动自行车在充电。",
    )  # fmt: skip


def _story(session: Session, town: township.Township, case: Case, grid: dict[str, Any]) -> None:
    worker = grid["worker_name"]

    def step(verb: str, who: str, at: datetime, note: str = "", **given: Any) -> None:
        loop.act(session, case, verb, Given(who, at, note, **given))

    _photo(session, case, "before", worker, _at(town, 9, 9, 25))
    step("accept", CHIEF, _at(town, 9, 10), "情况属实，予以受理")
    step("dispatch", CHIEF, _at(town, 9, 10, 30), "请督促当场清理，办后拍照反馈", handler="房东周某")
    step("take", "房东周某", _at(town, 9, 14), "下午就清")
    asked = moretime.ask(session, case, 2, "租户出差，后天才回", who="房东周某", now=_at(town, 8, 9))
    moretime.decide(session, case, asked, is_granted=True, who=CHIEF, now=_at(town, 8, 10), note="只此一次")
    leader = town.staff[0]["id"]
    supervise.supervise(session, case, 1, leader, who=CHIEF, now=_at(town, 7, 9), note="消防隐患不过夜")
    _task(session, case, "清运旧家具", "环卫队", _at(town, 6, 9), _at(town, 5, 16))
    step("handle", "房东周某", _at(town, 5, 15), "纸箱已清走，电动自行车推到充电棚")
    step("rework", worker, _at(town, 4, 9), "现场核查，楼顶平台还堆着旧家具")
    step("handle", "房东周某", _at(town, 3, 16), "楼顶也清空了")
    _photo(session, case, "after", worker, _at(town, 3, 16, 10))
    step("verify", worker, _at(town, 2, 9, 30), "现场核查，问题已解决")
    session.add(_call(case, _at(town, 2, 15), "callback", worker, "孙师傅", "good", "楼道通了，晚上走路不怕了"))
    step("close", worker, _at(town, 1, 10), "已告知处理结果，当事人认可", satisfaction="good", whom="孙师傅")
    case.map_x, case.map_y = 0.42, 0.55
    house = next((one["household_id"] for one in town.residents if one["unit_id"] == grid["id"]), None)
    if house is not None:
        session.add(CaseHousehold(case_id=case.id, household_id=house))


def _waiting(session: Session, town: township.Township) -> None:
    """Of the cases of the patrols: one asks for more time, one is supervised, one has tasks, one a duplicate."""
    wanted = select(Case).where(Case.state == work.TAKEN, Case.red_at.is_not(None)).order_by(Case.red_at.desc())
    taken = list(session.scalars(wanted.limit(3)))
    now = _at(town, 1, 15)
    if taken:
        moretime.ask(session, taken[0], 3, "等配件到货", who=taken[0].handler or "示例", now=now)
    if len(taken) > 1:
        _task(session, taken[1], "架设围挡", "城建办", now, None)
        _task(session, taken[1], "张贴提示", "村委会", now, now)
        session.add(_call(taken[1], now, "contact", CHIEF, "反映人", "", "已告知正在处理，约好周五回话"))
    late = session.scalars(
        select(Case).where(Case.state == work.DISPATCHED, Case.red_at < now).order_by(Case.red_at).limit(1)
    ).first()
    if late is not None:
        supervise.supervise(session, late, 2, town.staff[0]["id"], who=CHIEF, now=now, note="本周五例会报结果")
    grid = next(one for one in town.grids if one["worker"] is not None and one is not town.grids[0])
    words = {"category": "市政设施", "subcategory": "路灯", "kind": "K2", "place": "村口桥头"}
    first = _new(session, town, grid, _at(town, 1, 9), title="桥头路灯不亮", source="phone", reporter="李大爷", **words)
    again = _new(session, town, grid, _at(town, 1, 16), title="桥头路灯坏了", source="12345",
                 outside_number="12345-0000000001", **words)  # fmt: skip
    same.merge(session, first, again, who=CHIEF, now=_at(town, 1, 16, 30))


def _task(session: Session, case: Case, title: str, handler: str, at: datetime, done: datetime | None) -> None:
    task = CaseTask(case_id=case.id, title=title, handler=handler, due_on=at.date() + timedelta(days=3))
    task.done_on = done.date() if done else None
    session.add(task)
    note_step(session, case, "task", f"{title}，由{handler}办", CHIEF, at)
    if done:
        note_step(session, case, "task_done", title, CHIEF, done)


def _call(case: Case, at: datetime, kind: str, who: str, whom: str, satisfaction: str, text: str) -> CaseContact:
    return CaseContact(
        case_id=case.id, at=at, kind=kind, way="电话", who=who, whom=whom, satisfaction=satisfaction, text=text
    )


def _photo(session: Session, case: Case, shows: str, who: str, at: datetime) -> None:
    kept = attachments.attach(session, Case.__tablename__, case.id, f"{shows}.jpg", _drawn(shows == "after"))
    kept.kind = shows
    note_step(session, case, "photo", f"{'处理后' if shows == 'after' else '处理前'}照片 1 张", who, at)


def _drawn(is_clear: bool) -> bytes:
    """A drawn corridor, with or without boxes in it; no photo of a real place."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (640, 480), "#d9d4c8")
    pen = ImageDraw.Draw(picture)
    pen.polygon([(220, 150), (420, 150), (640, 480), (0, 480)], fill="#b9b2a4")
    pen.rectangle((220, 60, 420, 150), fill="#8fa6b5")
    if not is_clear:
        for left, top, size, colour in (
            (60, 300, 150, "#a9773f"),
            (180, 260, 90, "#b98a52"),
            (430, 310, 140, "#7d5a34"),
        ):
            pen.rectangle((left, top, left + size, top + size), fill=colour, outline="#4c3a22", width=4)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()
