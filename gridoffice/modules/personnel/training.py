"""Trainings: one entered for many people at once, who came, and the hours of a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.staff import Attendance, Staff, Training, serving
from gridoffice.modules.personnel.lists_training import ABSENT, EXCUSED, PRESENT

METHODS = ("集中授课", "现场观摩", "线上学习", "实操演练", "以会代训")
FIELDS = ("day", "title", "method", "hours", "place", "note")
SAFE = "没有保存"


@dataclass(frozen=True)
class Attended:
    """One training of a person: day, content, way, hours, present | leave | absent."""

    training_id: int
    day: date
    title: str
    method: str
    hours: float | None
    state: str
    note: str


@dataclass(frozen=True)
class Invited:
    """Somebody who may come to a training: where from, and how it stands ("" when not invited)."""

    staff_id: int
    name: str
    unit: str
    state: str


def of_person(session: Session, staff_id: int) -> tuple[Attended, ...]:
    """A person's trainings, the newest first."""
    wanted = (
        select(Training, Attendance)
        .join(Attendance, Attendance.training_id == Training.id)
        .where(Attendance.staff_id == staff_id)
        .order_by(Training.day.desc(), Training.id.desc())
    )
    return tuple(
        Attended(one.id, one.day, one.title, one.method, one.hours, there.state, there.note)
        for one, there in session.execute(wanted)
    )


def hours(session: Session, staff_id: int, year: int) -> float:
    """Hours of the trainings a person came to in a year."""
    wanted = (
        select(func.sum(Training.hours))
        .join(Attendance, Attendance.training_id == Training.id)
        .where(Attendance.staff_id == staff_id, Attendance.state == PRESENT)
        .where(Training.day.between(date(year, 1, 1), date(year, 12, 31)))
    )
    return float(session.scalar(wanted) or 0)


def values(office: Office, training_id: int) -> dict[str, Any]:
    """A training's own fields; raises OfficeError when it is gone."""
    with office.read() as session:
        record = session.get(Training, training_id)
        if record is None:
            raise OfficeError("这次培训已经不在登记里了", do="请刷新后再看")
        return {key: getattr(record, key) for key in FIELDS}


def invited(office: Office, training_id: int | None, day: date) -> list[Invited]:
    """Everybody in service on the day, and whoever is on the training's list already, in the roster's order."""
    there = {}
    with office.read() as session:
        if training_id:
            found = select(Attendance.staff_id, Attendance.state).where(Attendance.training_id == training_id)
            there = {staff_id: state for staff_id, state in session.execute(found)}
        wanted = (
            select(Staff.id, Staff.name, GridUnit.name)
            .outerjoin(GridUnit, GridUnit.id == Staff.unit_id)
            .where(serving(day) | Staff.id.in_(list(there)))
            .order_by(Staff.sort, Staff.id)
        )
        return [
            Invited(number, name, unit or "", there.get(number, "")) for number, name, unit in session.execute(wanted)
        ]


def record(
    office: Office, entered: Mapping[str, Any], states: Mapping[int, str], training_id: int | None = None
) -> int:
    """Enter or change a training with who came (`states`: staff id -> present | leave | absent); its id.

    Raises OfficeError without a title, with a day to come for somebody absent, or with nobody on its list.
    """
    title = str(entered.get("title") or "").strip()
    with office.unit(f"{'修改' if training_id else '登记'}培训：{title}，{len(states)} 人") as session:
        _check(office, entered, states, title)
        one = session.get_one(Training, training_id) if training_id else Training(day=entered["day"], title=title)
        for key in FIELDS:
            setattr(one, key, entered.get(key) if key in ("day", "hours") else str(entered.get(key) or "").strip())
        session.add(one)
        session.flush()
        known = {
            line.staff_id: line for line in session.scalars(select(Attendance).where(Attendance.training_id == one.id))
        }
        for staff_id, line in known.items():
            if staff_id not in states:
                session.delete(line)
        for staff_id, state in states.items():
            if staff_id in known:
                known[staff_id].state = state
            else:
                session.add(Attendance(training_id=one.id, staff_id=staff_id, state=state))
        session.flush()
        return one.id


def _check(office: Office, entered: Mapping[str, Any], states: Mapping[int, str], title: str) -> None:
    if not title:
        raise OfficeError("学习内容还没有填", safe=SAFE, do="请写明这次培训讲什么")
    if entered.get("day") is None:
        raise OfficeError("培训日期还没有填", safe=SAFE)
    if (entered.get("hours") or 0) < 0 or (entered.get("hours") or 0) > 200:
        raise OfficeError("学时应在 0 到 200 之间", safe=SAFE, do="请改正学时")
    if not states:
        raise OfficeError("还没有选参加的人", safe=SAFE, do="请在名单里点选；可以先点“全部参加”再改个别人")
    if entered["day"] > office.today() and any(state == ABSENT for state in states.values()):
        raise OfficeError(f"培训日期 {entered['day']} 还没有到，不能记缺席", safe=SAFE, do="请改日期或考勤")
    strange = set(states.values()) - {PRESENT, EXCUSED, ABSENT}
    if strange:
        raise ValueError(strange)


def remove(office: Office, training_id: int) -> str:
    """Take a training with its attendance out; its title."""
    with office.unit("删除培训") as session:
        one = session.get_one(Training, training_id)
        title = one.title
        session.info["unit"].record.name = f"删除培训：{title}"
        for line in session.scalars(select(Attendance).where(Attendance.training_id == training_id)):
            session.delete(line)
        session.flush()
        session.delete(one)
    return title
