"""Cases: what was found, who handles it, and how far it is in the closed loop (reference 6.4, 7).

The verbs that lead a case on stand in `domain/loop.py`, its limits and clocks in `domain/clocks.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    String,
    Text,
    and_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from gridoffice.core.calendar import moment
from gridoffice.db.base import Record
from gridoffice.domain.attachments import Attachment

COLLECTED, RETURNED, ACCEPTED, DISPATCHED = "collected", "returned", "accepted", "dispatched"
TAKEN, OUTSIDE, HANDLED, VERIFIED = "taken", "outside", "handled", "verified"
CLOSED, ARCHIVED = "closed", "archived"
STATES = {
    COLLECTED: "待受理",
    RETURNED: "退回补充",
    ACCEPTED: "待派遣",
    DISPATCHED: "待接单",
    TAKEN: "处理中",
    OUTSIDE: "已移交待复",
    HANDLED: "待核查",
    VERIFIED: "待回访",
    CLOSED: "已结案",
    ARCHIVED: "已归档",
}
"""States of the closed loop 信息采集—受理立项—任务派遣—处理反馈—核查结案 (reference 7.1)."""

ACCEPT, HANDLE, VERIFY = "accept", "handle", "verify"
CLOCKS = {ACCEPT: "受理", HANDLE: "处理", VERIFY: "核查"}
CLOCK_OF = {
    COLLECTED: ACCEPT,
    ACCEPTED: HANDLE,
    DISPATCHED: HANDLE,
    TAKEN: HANDLE,
    OUTSIDE: HANDLE,
    HANDLED: VERIFY,
    VERIFIED: VERIFY,
}
"""The clock that runs in a state; in the others none does."""

ENDED = (CLOSED, ARCHIVED)
OPEN = tuple(state for state in STATES if state not in ENDED)
"""All others: asked for by name, so that of very many cases an index finds the few that are open."""

BEING_HANDLED = (COLLECTED, ACCEPTED, DISPATCHED, TAKEN, OUTSIDE)
"""States in which the matter itself is not yet settled."""

KINDS = {"K1": "一般性", "K2": "协调性", "K3": "突发性", "K4": "审批性"}
"""The four handling kinds (reference 7.2); their limits are in `domain/clocks.py`."""

LEVELS = {3: "网格", 2: "村（社区）", 1: "乡镇", 0: "县级"}
"""Who holds a case now; a smaller number stands higher (reference 7.3)."""

SEVERITIES = {"low": "低", "middle": "中", "high": "高"}
"""重大紧急等级 (reference 6.4)."""

CATEGORIES = (
    "民生服务", "矛盾纠纷", "消防隐患", "安全隐患", "环境卫生", "市政设施", "违建", "公共卫生线索", "关爱帮扶需求",
    "意见建议", "突发事件", "其他",
)  # fmt: skip
"""Default issue categories (reference 6.5)."""

SOURCES = {
    "patrol": "巡查发现",
    "visit": "走访发现",
    "inspection": "检查发现",
    "resident": "群众反映",
    "window": "窗口来访",
    "phone": "来电反映",
    "12345": "12345 热线",
    "superior": "上级交办",
    "media": "媒体反映",
    "other": "其他",
}
"""Where a case comes from (reference 6.4 来源方式)."""


class Case(Record):
    """An issue in the closed loop; `source` = patrol, inspection, 12345, resident …, with the id of its record.

    `red_at` is the deadline of the clock that runs now (None: none runs), `amber_at` the moment it turns amber;
    `due_on` is the day the whole matter is to be settled.
    """

    __tablename__ = "case_file"

    number: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    pinyin: Mapped[str] = mapped_column(String(300), default="")
    initials: Mapped[str] = mapped_column(String(120), default="", index=True)
    category: Mapped[str] = mapped_column(String(20), default="其他", index=True)
    subcategory: Mapped[str] = mapped_column(String(20), default="")
    kind: Mapped[str] = mapped_column(String(4), default="K1")
    state: Mapped[str] = mapped_column(String(12), default=COLLECTED, index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("grid_unit.id"), index=True)
    place: Mapped[str] = mapped_column(String(120), default="")
    map_x: Mapped[float | None] = mapped_column(Float)  # on the map of its unit's village, see domain/maps.py
    map_y: Mapped[float | None] = mapped_column(Float)
    found_on: Mapped[date] = mapped_column(Date, index=True)
    found_at: Mapped[datetime | None] = mapped_column(DateTime)
    due_on: Mapped[date | None] = mapped_column(Date, index=True)
    amber_at: Mapped[datetime | None] = mapped_column(DateTime)
    red_at: Mapped[datetime | None] = mapped_column(DateTime, index=True)
    closed_on: Mapped[date | None] = mapped_column(Date, index=True)
    text: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(20), default="patrol")
    source_id: Mapped[int | None] = mapped_column(Integer, index=True)
    outside_number: Mapped[str] = mapped_column(String(40), default="")
    reporter: Mapped[str] = mapped_column(String(40), default="")
    reporter_phone: Mapped[str] = mapped_column(String(30), default="")
    severity: Mapped[str] = mapped_column(String(10), default="low")
    finder_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    handler: Mapped[str] = mapped_column(String(60), default="")
    level: Mapped[int] = mapped_column(Integer, default=1)
    body: Mapped[str] = mapped_column(String(60), default="")
    measures: Mapped[str] = mapped_column(Text, default="")
    told_on: Mapped[date | None] = mapped_column(Date)
    satisfaction: Mapped[str] = mapped_column(String(10), default="")
    supervision: Mapped[int] = mapped_column(Integer, default=0)
    # Added to older files, where SQLite takes no reference: the services keep these two right.
    supervisor_id: Mapped[int | None] = mapped_column(Integer)
    merged_into_id: Mapped[int | None] = mapped_column(Integer, index=True)


class CaseStep(Record):
    """One step of a case: who, when, by which verb from which state to which, why, and what it set."""

    __tablename__ = "case_step"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(DateTime)
    who: Mapped[str] = mapped_column(String(60))
    verb: Mapped[str] = mapped_column(String(20), default="")
    old: Mapped[str] = mapped_column(String(12), default="")
    new: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(Text, default="")
    handler: Mapped[str] = mapped_column(String(60), default="")
    level: Mapped[int | None] = mapped_column(Integer)
    body: Mapped[str] = mapped_column(String(60), default="")
    due_at: Mapped[datetime | None] = mapped_column(DateTime)


def is_open(on: date | None = None) -> ColumnElement[bool]:
    """The condition of cases not closed now, or (with a day) of those that stood open at that day's end."""
    if on is None:
        return Case.state.in_(OPEN)
    return and_(Case.found_on <= on, or_(Case.closed_on.is_(None) & Case.state.in_(OPEN), Case.closed_on > on))


def is_late(on: Any) -> ColumnElement[bool]:
    """The condition of cases whose running clock is past its deadline on a day (a date or a bound parameter)."""
    return _passed(Case.red_at, on)


def is_due(on: Any) -> ColumnElement[bool]:
    """The condition of cases whose running clock ends on a day or before."""
    return and_(Case.red_at.is_not(None), func.date(Case.red_at) <= on)


def is_amber(on: Any) -> ColumnElement[bool]:
    """The condition of cases whose running clock is amber: little time is left (reference 7.4)."""
    return and_(_passed(Case.amber_at, on), ~_passed(Case.red_at, on))


def _passed(column: Any, on: Any) -> ColumnElement[bool]:
    """Whether a moment is past: on this machine's today by the clock, on any other day by that day's morning."""
    if isinstance(on, date):
        return and_(column.is_not(None), column < _told(lambda: moment(on), DateTime()))
    today, now = _told(date.today, Date()), _told(lambda: moment(date.today()), DateTime())
    return and_(column.is_not(None), or_(column < on, and_(on == today, column < now)))


def _told(ask: Callable[[], Any], kind: Any) -> BindParameter[Any]:
    """A value asked for whenever the question is put: lists keep their questions, and the clock goes on."""
    return bindparam(None, callable_=ask, type_=kind)


def next_number(session: Session, year: int) -> str:
    """The next free case number of a year: 2026-0001."""
    longest_first = (func.length(Case.number).desc(), Case.number.desc())
    last = session.scalar(select(Case.number).where(Case.number.like(f"{year}-%")).order_by(*longest_first).limit(1))
    return f"{year}-{int(last.split('-')[1]) + 1 if last else 1:04d}"


def reassign(session: Session, case: Case, handler: str, *, who: str, note: str) -> None:
    """Give a case that is being handled to another handler; its state stays, its timeline tells it."""
    at = datetime.now().replace(microsecond=0)
    step = CaseStep(case_id=case.id, at=at, who=who, verb="reassign", old=case.state, new=case.state, note=note)
    step.handler = handler
    session.add(step)
    case.handler = handler


def steps_of(session: Session, case_id: int) -> list[CaseStep]:
    """The timeline of a case, oldest first."""
    wanted = select(CaseStep).where(CaseStep.case_id == case_id).order_by(CaseStep.id)
    return list(session.scalars(wanted))


def of_source(session: Session, source: str, source_id: int) -> list[Case]:
    """The cases that came from one record, for instance from a patrol."""
    wanted = select(Case).where(Case.source == source, Case.source_id == source_id)
    return list(session.scalars(wanted.order_by(Case.id)))


def remove(session: Session, case: Case) -> None:
    """Delete a case with its timeline and files' entries, row by row so that undo brings all of it back."""
    from gridoffice.domain import casework

    files = select(Attachment).where(Attachment.owner == Case.__tablename__, Attachment.owner_id == case.id)
    for record in [*casework.all_of(session, case.id), *steps_of(session, case.id), *session.scalars(files)]:
        session.delete(record)
    session.flush()
    session.delete(case)
    session.flush()
