"""What is done about a case beside the loop's steps: more time, 督办, sub-tasks, calls, households, merging, its place.

Every verb is one named unit, so each can be undone; the rules themselves stand in `domain/`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import attachments, casework, loop, moretime, same, supervise, work
from gridoffice.domain.attachments import Attachment
from gridoffice.domain.casework import CaseContact, CaseHousehold, CaseTask, OfCase
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.loop import Given
from gridoffice.domain.people import Household
from gridoffice.domain.work import Case, CaseStep

SAFE = "事项没有改动"
WAYS = ("电话", "来电", "当面", "上门", "短信", "微信", "来信")
CONTACTS = {"contact": "联系", "told": "告知", "callback": "回访"}
PHOTOS = {"before": "处理前", "after": "处理后", "photo": "其他"}
"""What a photo of a case shows."""

T = TypeVar("T", bound=OfCase)


@contextmanager
def _dealing(office: Office, case_id: int, words: str) -> Iterator[tuple[Session, Case]]:
    """A unit named after what is done and the case."""
    with office.unit(words) as session:
        case = session.get(Case, case_id)
        if case is None:
            raise OfficeError("这件事项已经不在了", safe="其他内容没有改动", do="可能刚被删除；可用“撤销”找回")
        session.info["unit"].record.name = f"{words}：{case.title}"
        yield session, case


def _part(session: Session, kind: type[T], number: int, case_id: int, what: str) -> T:
    found = session.get(kind, number)
    if found is None or found.case_id != case_id:
        raise OfficeError(f"{what}已经不在了", safe=SAFE, do="可能刚被删除；可用“撤销”找回")
    return found


def note_step(session: Session, case: Case, verb: str, note: str, who: str, now: datetime) -> None:
    """A line of the timeline for what changes no state."""
    session.add(
        CaseStep(
            case_id=case.id, at=now, who=who, verb=verb, old=case.state, new=case.state, note=note, level=case.level,
            due_at=case.red_at,
        )
    )  # fmt: skip


def ask(office: Office, case_id: int, days: int, reason: str, who: str) -> int:
    """Ask for more working days; the id of what was asked. Raises OfficeError."""
    with _dealing(office, case_id, "申请延期") as (session, case):
        return moretime.ask(session, case, days, reason, who=who, now=office.now()).id


def decide(office: Office, case_id: int, *, is_granted: bool, who: str, note: str = "") -> None:
    """Grant or refuse what was asked; raises OfficeError, also when the asker would grant."""
    with _dealing(office, case_id, "准予延期" if is_granted else "不准延期") as (session, case):
        asked = moretime.pending(session, case_id)
        if asked is None:
            raise OfficeError("没有要审批的延期申请", safe=SAFE, do="请刷新后再看")
        moretime.decide(session, case, asked, is_granted=is_granted, who=who, now=office.now(), note=note)


def put_under(office: Office, case_id: int, rank: int, leader_id: int | None, who: str, note: str = "") -> None:
    """督办 on a rung under a leader, or (rank 0) its end; raises OfficeError."""
    with _dealing(office, case_id, "督办" if rank else "取消督办") as (session, case):
        supervise.supervise(session, case, rank, leader_id, who=who, now=office.now(), note=note)


def add_task(office: Office, case_id: int, title: str, handler: str, due_on: date | None, who: str) -> int:
    """Give a part of the work to somebody; its id. Raises OfficeError."""
    if not title.strip():
        raise OfficeError("没有写要办什么", safe=SAFE, do="请用一句话写明任务")
    if not handler.strip():
        raise OfficeError("没有写由谁办", safe=SAFE, do="请写单位或姓名")
    if due_on is not None and due_on < office.today():
        raise OfficeError("任务时限早于今天", safe=SAFE, do="请改正时限")
    with _dealing(office, case_id, "分办任务") as (session, case):
        if case.state in work.ENDED:
            raise OfficeError("已经结案的事项不用分办", safe=SAFE, do="没有解决的，请先“重新打开”")
        made = CaseTask(case_id=case_id, title=title.strip(), handler=handler.strip(), due_on=due_on)
        session.add(made)
        note_step(session, case, "task", f"{made.title}，由{made.handler}办", who, office.now())
        session.flush()
        return made.id


def finish_task(office: Office, case_id: int, task_id: int, who: str, note: str = "") -> None:
    """A part of the work is done."""
    with _dealing(office, case_id, "分办任务完成") as (session, case):
        task = _part(session, CaseTask, task_id, case_id, "这项任务")
        if task.done_on is not None:
            raise OfficeError("这项任务已经登记完成了", safe=SAFE)
        task.done_on, task.note = office.today(), note.strip()
        told = f"{task.title}：{task.note}" if task.note else task.title
        note_step(session, case, "task_done", told, who, office.now())


def remove_task(office: Office, case_id: int, task_id: int, who: str) -> None:
    """A part of the work is not needed; the timeline keeps that it was given."""
    with _dealing(office, case_id, "删除分办任务") as (session, case):
        task = _part(session, CaseTask, task_id, case_id, "这项任务")
        note_step(session, case, "task_off", f"不再需要：{task.title}", who, office.now())
        session.delete(task)


def contact(office: Office, case_id: int, made: CaseContact, *, is_solved: bool = True) -> None:
    """Keep a call or talk. Told or called back, it sets the satisfaction; not solved, the case goes back to be redone.

    `made` has who, whom, kind, way, satisfaction and text; its case and moment are set here. Raises OfficeError.
    """
    if not made.text.strip() and made.kind == "contact":
        raise OfficeError("没有写说了什么", safe=SAFE, do="请写一句话")
    if not (made.who or "").strip():
        raise OfficeError("没有写由谁联系", safe=SAFE, do="请写姓名")
    with _dealing(office, case_id, f"登记{CONTACTS[made.kind]}") as (session, case):
        made.case_id, made.at = case_id, office.now()
        session.add(made)
        if made.kind != "contact":
            case.told_on = made.at.date()
            case.satisfaction = made.satisfaction or case.satisfaction
        if not is_solved:
            _again(session, case, made)


def report_again(office: Office, case_id: int, whom: str, text: str, photos: Sequence[tuple[str, bytes]] = ()) -> None:
    """Somebody told of the same matter once more: words and photos are kept with the case that is there."""
    with _dealing(office, case_id, "再次反映，并入") as (session, case):
        told = f"再次反映：{text}" if text.strip() else "再次反映"
        now = office.now()
        session.add(
            CaseContact(case_id=case_id, at=now, kind="contact", way="来电", who=office.user, whom=whom, text=told)
        )
        if photos:
            keep_photos(session, case, photos, "before", office.user, now)


def _again(session: Session, case: Case, made: CaseContact) -> None:
    verb = next((one.key for one in loop.offered(case) if one.key in ("rework", "reopen")), "")
    if not verb:
        raise OfficeError(
            f"事项“{work.STATES[case.state]}”，还没有处理结果可退回", safe=SAFE, do="请去掉“没有解决，退回重办”，再保存"
        )  # fmt: skip
    told = made.text.strip() or "没有解决"
    at = made.at + timedelta(seconds=1)  # after the call that led to it
    loop.act(session, case, verb, Given(made.who, at, f"回访时{made.whom or '当事人'}说没有解决：{told}"))


def link(office: Office, case_id: int, household_id: int) -> None:
    """The case is about a household too; raises OfficeError when it is linked already."""
    with _dealing(office, case_id, "关联户") as (session, _case):
        if session.get(Household, household_id) is None:
            raise OfficeError("这一户已经不在了", safe=SAFE, do="请另选一户")
        if any(one.household_id == household_id for one in casework.of_case(session, CaseHousehold, case_id)):
            raise OfficeError("这一户已经关联了", safe=SAFE)
        session.add(CaseHousehold(case_id=case_id, household_id=household_id))


def unlink(office: Office, case_id: int, household_id: int) -> None:
    """The case is not about a household after all."""
    with _dealing(office, case_id, "取消关联户") as (session, _case):
        for one in casework.of_case(session, CaseHousehold, case_id):
            if one.household_id == household_id:
                session.delete(one)


def merge(office: Office, kept_id: int, lost_id: int, who: str) -> None:
    """Both are one matter: what belongs to the lost one goes to the kept one. Raises OfficeError."""
    with _dealing(office, kept_id, "合并重复事项") as (session, kept):
        lost = session.get(Case, lost_id)
        if lost is None:
            raise OfficeError("另一件事项已经不在了", safe=SAFE, do="请另选一件")
        same.merge(session, kept, lost, who=who, now=office.now())


def move(office: Office, case_id: int, unit_id: int) -> None:
    """Put a case into another unit, where its own was merged since; its mark on the old map goes away."""
    with _dealing(office, case_id, "事项改到现在的网格") as (session, case):
        unit = session.get(GridUnit, unit_id)
        if unit is None or unit.end is not None:
            raise OfficeError("选的网格现在不在了", safe=SAFE, do="请选现在的网格")
        case.unit_id, case.map_x, case.map_y = unit_id, None, None


def put_on_map(office: Office, case_id: int, point: tuple[float, float] | None) -> None:
    """Mark where it is on the map of its village (shares of width and height, 0–1), or take the mark away."""
    if point is not None and not all(0 <= value <= 1 for value in point):
        raise OfficeError("这个点在地图外面", safe=SAFE, do="请在地图里点一下")
    with _dealing(office, case_id, "标出事项位置" if point else "取消事项位置") as (_session, case):
        case.map_x, case.map_y = point if point else (None, None)


def keep_photos(
    session: Session, case: Case, files: Sequence[tuple[str, bytes]], shows: str, who: str, now: datetime
) -> list[int]:
    """Keep photos (name, bytes) with a case inside a unit, told in its timeline; their ids. Raises OfficeError."""
    kept = [attachments.attach(session, Case.__tablename__, case.id, name, data) for name, data in files]
    for one in kept:
        one.kind = shows if shows in PHOTOS else "photo"
    note_step(session, case, "photo", f"{PHOTOS.get(shows, '其他')}照片 {len(kept)} 张", who, now)
    return [one.id for one in kept]


def add_photos(office: Office, case_id: int, files: Sequence[tuple[str, bytes]], shows: str, who: str) -> list[int]:
    """Keep photos (name, bytes) of before, after or else; their ids. Raises OfficeError for what is no photo."""
    with _dealing(office, case_id, "添加照片") as (session, case):
        return keep_photos(session, case, files, shows, who, office.now())


def read_photos(files: Sequence[Path]) -> list[tuple[str, bytes]]:
    """Names and bytes of photos on a disk; raises OfficeError for one that cannot be read any more."""
    try:
        return [(file.name, file.read_bytes()) for file in files]
    except OSError as error:
        raise OfficeError(
            f"照片 {Path(error.filename or '').name} 读不出来",
            safe="没有写入任何内容",
            do="请插好优盘或手机再选一次，或者去掉照片",
        ) from error


def remove_photo(office: Office, case_id: int, attachment_id: int) -> None:
    """Take a photo away; undo brings it back."""
    with _dealing(office, case_id, "删除照片") as (session, _case):
        kept = session.get(Attachment, attachment_id)
        if kept is not None and (kept.owner, kept.owner_id) == (Case.__tablename__, case_id):
            session.delete(kept)
