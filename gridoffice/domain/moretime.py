"""More time for a case: asked with a reason, granted or refused by another person, every step in the timeline (F28)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.domain import clocks
from gridoffice.domain.casework import GRANTED, PENDING, REFUSED, CaseExtension
from gridoffice.domain.work import CLOCK_OF, HANDLE, Case, CaseStep

MOST = 60
"""Working days that may be asked for at once; more is a slip of the keyboard [design]."""

SAFE = "事项没有改动"


def ask(session: Session, case: Case, days: int, reason: str, *, who: str, now: datetime) -> CaseExtension:
    """Ask for more working days for the running clock; raises OfficeError when none runs, or one is asked already."""
    if CLOCK_OF.get(case.state) is None or case.red_at is None:
        raise OfficeError("这件事项现在没有时限在走，不用延期", safe=SAFE)
    if not 1 <= days <= MOST:
        raise OfficeError(f"延期天数要在 1 到 {MOST} 个工作日之间", safe=SAFE, do="请改正天数")
    if not reason.strip():
        raise OfficeError("没有写延期原因", safe=SAFE, do="请写一句话")
    if pending(session, case.id) is not None:
        raise OfficeError("已经有一份延期申请在审核", safe=SAFE, do="请先批准或不批准它")
    made = CaseExtension(case_id=case.id, asked_at=now, asked_by=who, days=days, reason=reason.strip())
    session.add(made)
    _step(session, case, "ask", f"申请延期 {days} 个工作日：{reason.strip()}", who, now)
    session.flush()
    return made


def pending(session: Session, case_id: int) -> CaseExtension | None:
    """The extension that waits for a decision."""
    wanted = select(CaseExtension).where(CaseExtension.case_id == case_id, CaseExtension.state == PENDING)
    return session.scalars(wanted).first()


def decide(
    session: Session, case: Case, asked: CaseExtension, *, is_granted: bool, who: str, now: datetime, note: str = ""
) -> None:
    """Grant or refuse; whoever asked cannot grant. Raises OfficeError."""
    if asked.state != PENDING:
        raise OfficeError("这份延期申请已经办过了", safe=SAFE, do="请刷新后再看")
    if is_granted and who.strip() == asked.asked_by.strip():
        raise OfficeError(f"{who}是申请人，不能批准自己的延期", safe=SAFE, do="请由另一个人审批")
    if not is_granted and not note.strip():
        raise OfficeError("没有写不准延期的原因", safe=SAFE, do="请写一句话")
    asked.state, asked.decided_at, asked.decided_by = (GRANTED if is_granted else REFUSED), now, who
    asked.note, asked.old_at = note.strip(), case.red_at
    if not is_granted:
        _step(session, case, "refuse", note.strip(), who, now)
        return
    rules, calendar = clocks.of(session), clocks.calendar_of(session)
    start = max(case.red_at or now, now) if (case.red_at or now) < now else (case.red_at or now)
    red = rules.end_of(calendar.add(start.date(), asked.days))
    case.red_at, case.amber_at, asked.new_at = red, rules.amber_at(now, red, calendar), red
    if CLOCK_OF.get(case.state) == HANDLE:
        case.due_on = red.date()
    _step(
        session,
        case,
        "grant",
        f"准予延期 {asked.days} 个工作日" + (f"：{note.strip()}" if note.strip() else ""),
        who,
        now,
    )


def _step(session: Session, case: Case, verb: str, note: str, who: str, now: datetime) -> None:
    if not who.strip():
        raise OfficeError("没有写由谁办理", safe=SAFE, do="请写办理人的姓名")
    session.add(
        CaseStep(
            case_id=case.id, at=now, who=who, verb=verb, old=case.state, new=case.state, note=note, level=case.level,
            due_at=case.red_at,
        )
    )  # fmt: skip
