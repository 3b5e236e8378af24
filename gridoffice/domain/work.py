"""Cases: what was found, who handles it, and the closed loop it runs through (reference 7)."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, DateTime, ForeignKey, Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from gridoffice.core.calendar import add_working_days
from gridoffice.core.errors import OfficeError
from gridoffice.db.base import Record

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


def next_number(session: Session, year: int) -> str:
    """The next free case number of a year: 2026-0001."""
    last = session.scalar(
        select(Case.number).where(Case.number.like(f"{year}-%")).order_by(Case.number.desc()).limit(1)
    )
    return f"{year}-{int(last.split('-')[1]) + 1 if last else 1:04d}"


def advance(session: Session, case: Case, new: str, *, who: str, on: date, note: str = "", handler: str = "") -> None:
    """Take a case one lawful step on; raises OfficeError when the step is not offered in its state."""
    if new not in {state for state, _ in STEPS[case.state]}:
        raise OfficeError(
            f"“{STATES[case.state]}”的事项不能直接变成“{STATES[new]}”",
            safe="事项没有改动",
            do="请按页面上给出的下一步办理",
        )
    session.add(
        CaseStep(
            case_id=case.id,
            at=datetime.now().replace(microsecond=0),
            who=who,
            old=case.state,
            new=new,
            note=note,
        )
    )
    case.state = new
    if new == HANDLED and note:
        case.measures = note
    if handler:
        case.handler = handler
    case.closed_on = on if new == CLOSED else None
