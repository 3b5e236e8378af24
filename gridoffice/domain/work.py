"""Cases: what was found, who handles it, and the closed loop it runs through (reference 7)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import (
    ColumnElement,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    String,
    Text,
    and_,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from gridoffice.core.calendar import add_working_days
from gridoffice.core.errors import OfficeError
from gridoffice.core.text import pinyin
from gridoffice.db.base import Record
from gridoffice.domain import due
from gridoffice.domain.attachments import Attachment

COLLECTED, ACCEPTED, DISPATCHED, HANDLED, CLOSED = "collected", "accepted", "dispatched", "handled", "closed"
STATES = {
    COLLECTED: "待受理",
    ACCEPTED: "已受理",
    DISPATCHED: "处理中",
    HANDLED: "待核查",
    CLOSED: "已结案",
}
"""States of the closed loop 信息采集—受理立项—任务派遣—处理反馈—核查结案 (reference 7.1)."""

STEPS: dict[str, tuple[tuple[str, str], ...]] = {
    COLLECTED: ((ACCEPTED, "受理立项"), (HANDLED, "现场处理完毕")),
    ACCEPTED: ((DISPATCHED, "派遣任务"), (HANDLED, "登记处理结果")),
    DISPATCHED: ((HANDLED, "登记处理结果"),),
    HANDLED: ((CLOSED, "核查结案"), (DISPATCHED, "退回重办")),
    CLOSED: ((DISPATCHED, "重新打开"),),
}
"""The lawful next steps of each state, with the words on the button."""

KINDS = {"K1": "一般性", "K2": "协调性", "K3": "突发性", "K4": "审批性"}
"""The four handling kinds (reference 7.2)."""

LIMITS = {"K1": 0, "K2": 5, "K3": 0, "K4": 15}
"""Default limits in working days (reference 7.2; K4 is the approving body's, 15 until the office sets it)."""

CATEGORIES = (
    "民生服务", "矛盾纠纷", "消防隐患", "安全隐患", "环境卫生", "市政设施", "违建", "公共卫生线索", "关爱帮扶需求",
    "意见建议", "突发事件", "其他",
)  # fmt: skip
"""Default issue categories (reference 6.5)."""

SOURCES = {
    "patrol": "巡查发现",
    "inspection": "检查发现",
    "resident": "群众反映",
    "12345": "12345 热线",
    "superior": "上级交办",
    "media": "媒体反映",
    "other": "其他",
}
"""Where a case comes from (reference 6.4 来源方式)."""

BEING_HANDLED = (COLLECTED, ACCEPTED, DISPATCHED)
"""States in which the deadline runs; a handled case waits for its check and is no longer late."""


class Case(Record):
    """An issue in the closed loop; `source` = patrol, inspection, 12345, resident …, with the id of its record."""

    __tablename__ = "case_file"

    number: Mapped[str] = mapped_column(String(20), unique=True)
    title: Mapped[str] = mapped_column(String(120))
    pinyin: Mapped[str] = mapped_column(String(300), default="")
    initials: Mapped[str] = mapped_column(String(120), default="", index=True)
    category: Mapped[str] = mapped_column(String(20), default="其他", index=True)
    kind: Mapped[str] = mapped_column(String(4), default="K1")
    state: Mapped[str] = mapped_column(String(12), default=COLLECTED, index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("grid_unit.id"), index=True)
    place: Mapped[str] = mapped_column(String(120), default="")
    found_on: Mapped[date] = mapped_column(Date, index=True)
    due_on: Mapped[date | None] = mapped_column(Date, index=True)
    closed_on: Mapped[date | None] = mapped_column(Date, index=True)
    text: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(20), default="patrol")
    source_id: Mapped[int | None] = mapped_column(Integer, index=True)
    finder_id: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    handler: Mapped[str] = mapped_column(String(60), default="")
    measures: Mapped[str] = mapped_column(Text, default="")


class CaseStep(Record):
    """One step of a case: who, when, from which state to which, and why."""

    __tablename__ = "case_step"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(DateTime)
    who: Mapped[str] = mapped_column(String(60))
    old: Mapped[str] = mapped_column(String(12), default="")
    new: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(Text, default="")


def due_on(kind: str, found: date) -> date:
    """The default deadline of a case by its handling kind (reference 7.2)."""
    return add_working_days(found, LIMITS.get(kind, 5))


def is_open(on: date | None = None) -> ColumnElement[bool]:
    """The condition of cases not closed now, or (with a day) of those that stood open at that day's end."""
    if on is None:
        return Case.state != CLOSED
    return and_(Case.found_on <= on, or_(Case.closed_on.is_(None) & (Case.state != CLOSED), Case.closed_on > on))


def is_late(on: date) -> ColumnElement[bool]:
    """The condition of cases whose deadline passed before they were handled."""
    return and_(Case.state.in_(BEING_HANDLED), Case.due_on < on)


def standing(state: str, due_day: date | None, on: date) -> str:
    """ "tone|words" of a case: its state, and how near or past its deadline is while it runs."""
    if state == CLOSED:
        return f"done|{STATES[CLOSED]}"
    if state not in BEING_HANDLED:
        return f"soon|{STATES[state]}"
    tone, _, word = due.state(due_day, on).partition("|")
    return f"{tone}|{STATES[state]}" if tone in ("plain", "quiet") else f"{tone}|{STATES[state]}，{word}"


def next_number(session: Session, year: int) -> str:
    """The next free case number of a year: 2026-0001."""
    longest_first = (func.length(Case.number).desc(), Case.number.desc())
    last = session.scalar(select(Case.number).where(Case.number.like(f"{year}-%")).order_by(*longest_first).limit(1))
    return f"{year}-{int(last.split('-')[1]) + 1 if last else 1:04d}"


def collect(session: Session, case: Case, *, who: str) -> Case:
    """Take a new case in: number, spelling for the search, deadline by its kind, first step of its timeline.

    Raises OfficeError when the title is empty, or the deadline lies before the day it was found.
    """
    case.title = case.title.strip()
    if not case.title:
        raise OfficeError("事项没有标题", safe="没有写入任何内容", do="请用一句话写明是什么事")
    if case.due_on is None:
        case.due_on = due_on(case.kind, case.found_on)
    if case.due_on < case.found_on:
        raise OfficeError("办理时限早于发现日期", safe="没有写入任何内容", do="请改正时限或发现日期")
    case.number = next_number(session, case.found_on.year)
    case.pinyin, case.initials = pinyin(case.title)
    case.state = COLLECTED
    session.add(case)
    session.flush()
    _note_step(session, case, who, "", COLLECTED, "")
    session.flush()
    return case


def _note_step(session: Session, case: Case, who: str, old: str, new: str, note: str) -> None:
    at = datetime.now().replace(microsecond=0)
    session.add(CaseStep(case_id=case.id, at=at, who=who, old=old, new=new, note=note))


def advance(session: Session, case: Case, new: str, *, who: str, on: date, note: str = "", handler: str = "") -> None:
    """Take a case one lawful step on (reference 7.1).

    `who` did the step; `handler` is who handles from now on (who handled, for HANDLED). Raises OfficeError when the
    step is not offered in its state, when measures or a reason are missing, or when the handler checks the own work.
    """
    _refuse_unlawful(case, new, who, note, handler)
    _note_step(session, case, who, case.state, new, note)
    case.state = new
    if new == HANDLED and note:
        case.measures = note
    if handler or (new == HANDLED and not case.handler):
        case.handler = handler or who
    case.closed_on = on if new == CLOSED else None


def _refuse_unlawful(case: Case, new: str, who: str, note: str, handler: str) -> None:
    safe = "事项没有改动"
    if new not in {state for state, _ in STEPS[case.state]}:
        raise OfficeError(
            f"“{STATES[case.state]}”的事项不能直接变成“{STATES[new]}”", safe=safe, do="请按页面上给出的下一步办理"
        )
    if new == HANDLED and not note.strip():
        raise OfficeError("没有写处理措施和结果", safe=safe, do="请写明怎么处理的、结果怎样")
    if new == DISPATCHED and case.state in (HANDLED, CLOSED) and not note.strip():
        raise OfficeError("退回重办或重新打开要写明原因", safe=safe, do="请写一句原因")
    if new == DISPATCHED and not (handler or case.handler).strip():
        raise OfficeError("没有写承办人", safe=safe, do="请写明派给哪个单位或哪个人")
    if new == CLOSED and who.strip() == case.handler.strip():
        raise OfficeError(
            f"{who}就是承办人，不能自己核查自己办的事项", safe=safe, do="请由另一个人核查后结案（五步闭环）"
        )


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
    files = select(Attachment).where(Attachment.owner == Case.__tablename__, Attachment.owner_id == case.id)
    for record in [*steps_of(session, case.id), *session.scalars(files)]:
        session.delete(record)
    session.flush()
    session.delete(case)
    session.flush()
