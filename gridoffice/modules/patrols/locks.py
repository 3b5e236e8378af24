"""Locked days: some days after its day a log takes only dated supplements (reference 6.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import settings
from gridoffice.modules.patrols.model import Patrol, Supplement

SETTING = "lock_days"
DEFAULT = 3
"""Days after which a log's day is locked until the office says otherwise [design]."""
LATE = "事后补登"
"""Begins the supplement of a log that was entered after its day was locked."""


@dataclass(frozen=True)
class Addition:
    """What was added to a log after its day was locked."""

    at: datetime
    who: str
    text: str


def days(session: Session) -> int:
    """After how many days a day is locked."""
    told = settings.get(session, SETTING)
    return int(told) if told.isdigit() else DEFAULT


def is_locked(session: Session, day: date, today: date) -> bool:
    """Whether the logs of a day take only supplements."""
    return day + timedelta(days=days(session)) < today


def refuse(session: Session, day: date, today: date, verb: str) -> None:
    """Raise OfficeError when a log of a locked day would be changed or deleted."""
    if is_locked(session, day, today):
        raise OfficeError(
            f"{chinese(day)}的日志已经锁定，不能{verb}",
            safe="日志没有改动",
            do=f"超过 {days(session)} 天的日志只能用“补记”写上补充，补记会注明日期和姓名",
        )


def supplement(office: Office, patrol_id: int, text: str) -> None:
    """Add a dated supplement to a log; raises OfficeError without words or when the log is gone."""
    if not text.strip():
        raise OfficeError("补记没有写内容", safe="没有写入任何内容", do="请写一句补充了什么")
    with office.read() as session:
        patrol = session.get(Patrol, patrol_id)
        if patrol is None:
            raise OfficeError("这条巡查已经不在了", safe="没有写入任何内容", do="可能刚被删除；可用“撤销”找回")
        day = patrol.day
    with office.unit(f"补记巡查：{day.isoformat()}") as session:
        session.add(Supplement(patrol_id=patrol_id, at=office.now(), who=office.user[:60], text=text.strip()))


def late(session: Session, office: Office, patrol: Patrol) -> None:
    """Mark a log that is entered after its day was locked: late work may be entered, and it shows."""
    if is_locked(session, patrol.day, office.today()):
        text = f"{LATE}，{chinese(office.today())}登记"
        session.add(Supplement(patrol_id=patrol.id, at=office.now(), who=office.user[:60], text=text))


def entered_late() -> ColumnElement[bool]:
    """Whether a log was entered after its day was locked."""
    return Patrol.id.in_(select(Supplement.patrol_id).where(Supplement.text.startswith(LATE)))


def additions(session: Session, patrol_id: int) -> tuple[Addition, ...]:
    """The supplements of a log, the oldest first."""
    wanted = select(Supplement).where(Supplement.patrol_id == patrol_id).order_by(Supplement.at, Supplement.id)
    return tuple(Addition(one.at, one.who, one.text) for one in session.scalars(wanted))
