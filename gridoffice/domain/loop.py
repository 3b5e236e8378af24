"""The verbs of the closed loop: which are lawful when, what each asks for, and taking one (reference 7.1–7.3)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.text import pinyin
from gridoffice.domain import categories, clocks, work
from gridoffice.domain.casework import CaseContact, CaseTask
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.work import (
    ACCEPTED,
    ARCHIVED,
    CLOSED,
    COLLECTED,
    DISPATCHED,
    ENDED,
    HANDLED,
    OUTSIDE,
    RETURNED,
    TAKEN,
    VERIFIED,
    Case,
    CaseStep,
)

SAFE = "事项没有改动"
SPOT = "现场处理完毕"
SATISFACTION = {"good": "满意", "fair": "基本满意", "bad": "不满意", "none": "没有当事人"}
"""满意评价 (reference 6.4)."""


@dataclass(frozen=True)
class Verb:
    """A step somebody can take. `old`: states it is lawful in; `new`: the state after ("" = as before);
    `needs`: what must be given; `asks`: what may be given; `reason`: the words of what `note` is for."""

    key: str
    title: str
    old: tuple[str, ...]
    new: str = ""
    needs: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    note: str = "说明"


VERBS = {
    verb.key: verb
    for verb in (
        Verb(
            "accept", "受理立项", (COLLECTED,), ACCEPTED, asks=("kind", "due_on", "severity", "note"), note="受理意见"
        ),
        Verb(
            "handle",
            "登记处理结果",
            (COLLECTED, ACCEPTED, DISPATCHED, TAKEN),
            HANDLED,
            ("note",),
            note="处理措施和结果",
        ),
        Verb("dispatch", "派遣任务", (ACCEPTED,), DISPATCHED, ("handler",), ("due_on", "note"), note="交办要求"),
        Verb("take", "接单", (DISPATCHED,), TAKEN, asks=("note",)),
        Verb("send_back", "退单", (DISPATCHED, TAKEN), ACCEPTED, ("note",), note="退单原因"),
        Verb("return", "退回补充", (COLLECTED,), RETURNED, ("note",), note="退回原因"),
        Verb("resubmit", "补充后重报", (RETURNED,), COLLECTED, ("note",), note="补充的内容"),
        Verb("decline", "不予受理", (COLLECTED, RETURNED), CLOSED, ("note",), note="不予受理的原因"),
        Verb(
            "report_up", "上报上一级", (COLLECTED, ACCEPTED, DISPATCHED, TAKEN), COLLECTED, ("note",), note="上报原因"
        ),
        Verb("send_down", "交下一级办理", (COLLECTED, ACCEPTED), COLLECTED, ("note",), note="交办要求"),
        Verb("hand_over", "移交外单位", (ACCEPTED, TAKEN), OUTSIDE, ("body", "note"), ("due_on",), note="移交事由"),
        Verb("reply", "登记回复", (OUTSIDE,), HANDLED, ("note",), note="回复内容和结果"),
        Verb("verify", "核查通过", (HANDLED,), VERIFIED, asks=("note",), note="核查情况"),
        Verb("rework", "退回重办", (HANDLED, VERIFIED), TAKEN, ("note",), ("handler", "due_on"), note="没有解决的原因"),
        Verb("close", "告知并结案", (VERIFIED,), CLOSED, ("satisfaction",), ("note",), note="告知和回访情况"),
        Verb("reopen", "重新打开", (CLOSED, ARCHIVED), TAKEN, ("note",), ("handler", "due_on"), note="重新打开的原因"),
        Verb("archive", "归档", (CLOSED,), ARCHIVED, asks=("note",)),
    )
}
"""Every verb that changes the state, in the order of the buttons. The first lawful one is the usual next step."""


@dataclass(frozen=True)
class Given:
    """What somebody gives with a verb; `now` is the moment it is done."""

    who: str
    now: datetime
    note: str = ""
    handler: str = ""
    due_on: date | None = None
    kind: str = ""
    severity: str = ""
    body: str = ""
    satisfaction: str = ""
    whom: str = ""  # who was told


def title_of(verb: Verb, state: str) -> str:
    """The words on the button: handling what was just collected is done on the spot."""
    return SPOT if verb.key == "handle" and state == COLLECTED else verb.title


def offered(case: Case) -> list[Verb]:
    """The verbs that are lawful now: by state, kind and level (reference 7.2, 7.3)."""
    return [verb for verb in VERBS.values() if case.state in verb.old and not _barred(case, verb)]


def _barred(case: Case, verb: Verb) -> bool:
    if verb.key == "handle" and case.state == COLLECTED:
        return case.kind == "K4"  # needs an approval: nobody settles it on the spot
    if verb.key == "report_up":
        return case.level <= 0
    return verb.key == "send_down" and case.level >= 3


def collect(session: Session, case: Case, *, who: str, now: datetime | None = None, level: int | None = None) -> Case:
    """Take a new case in: number, spelling, deadline by its kind, first step of its timeline.

    Raises OfficeError when the title is empty, the category is none that may be kept (reference 12.2), or the deadline
    lies before the day it was found.
    """
    now = now or datetime.now().replace(microsecond=0)
    categories.check(case.category or "", case.subcategory or "")
    case.title = case.title.strip()
    if not case.title:
        raise OfficeError("事项没有标题", safe="没有写入任何内容", do="请用一句话写明是什么事")
    rules, calendar = clocks.of(session), clocks.calendar_of(session)
    if case.due_on is None:
        case.due_on = clocks.due_on(case.kind, case.found_on, rules, calendar)
    if case.due_on < case.found_on:
        raise OfficeError("办理时限早于发现日期", safe="没有写入任何内容", do="请改正时限或发现日期")
    case.number = work.next_number(session, case.found_on.year)
    case.pinyin, case.initials = pinyin(case.title)
    case.state, case.found_at = COLLECTED, case.found_at or now
    case.level = level if level is not None else (rules.kinds[case.kind].level if case.kind in rules.kinds else 1)
    clocks.begin(case, case.found_at, rules, calendar)
    session.add(case)
    session.flush()
    _note(session, case, "collect", "", Given(who, now))
    session.flush()
    return case


def act(session: Session, case: Case, key: str, given: Given) -> None:
    """Take a lawful step; raises OfficeError that says what stands in the way and what helps."""
    verb = VERBS[key]
    _refuse(session, case, verb, given)
    old = case.state
    rules, calendar = clocks.of(session), clocks.calendar_of(session)
    case.state = verb.new or case.state
    EFFECTS.get(key, _nothing)(session, case, given)
    if given.handler:
        case.handler = given.handler
    if given.severity:
        case.severity = given.severity
    if given.kind and given.kind != case.kind:
        case.kind = given.kind
        case.due_on = clocks.due_on(case.kind, given.now.date(), rules, calendar)
    if given.due_on is not None:
        case.due_on = given.due_on
    case.closed_on = given.now.date() if case.state in ENDED and old not in ENDED else case.closed_on
    if work.CLOCK_OF.get(case.state) != work.CLOCK_OF.get(old) or given.due_on or given.kind or key in RESTARTING:
        clocks.begin(case, given.now, rules, calendar)
    _note(session, case, key, old, given)


RESTARTING = ("report_up", "send_down", "resubmit", "reopen", "rework")
"""Verbs that start their clock anew though the kind of clock may stay the same."""


def _nothing(_session: Session, _case: Case, _given: Given) -> None:
    """Most verbs change nothing but state, handler and clock."""


def _handled(_session: Session, case: Case, given: Given) -> None:
    case.measures = given.note
    case.handler = case.handler or given.who


def _up(_session: Session, case: Case, _given: Given) -> None:
    case.level -= 1
    case.handler = ""


def _down(_session: Session, case: Case, _given: Given) -> None:
    case.level += 1
    case.handler = ""


def _out(_session: Session, case: Case, given: Given) -> None:
    case.body = given.body


def _back(_session: Session, case: Case, _given: Given) -> None:
    case.handler = ""


def _again(session: Session, case: Case, given: Given) -> None:
    case.closed_on, case.told_on, case.satisfaction, case.body = None, None, "", ""
    if given.due_on is None:
        rules, calendar = clocks.of(session), clocks.calendar_of(session)
        case.due_on = clocks.due_on(case.kind, given.now.date(), rules, calendar)


def _closed(session: Session, case: Case, given: Given) -> None:
    case.satisfaction = given.satisfaction
    if given.satisfaction != "none":
        case.told_on = given.now.date()
        session.add(
            CaseContact(
                case_id=case.id, at=given.now, kind="told", who=given.who, whom=given.whom or case.reporter,
                satisfaction=given.satisfaction, text=given.note,
            )
        )  # fmt: skip


EFFECTS: dict[str, Callable[[Session, Case, Given], None]] = {
    "handle": _handled, "reply": _handled, "report_up": _up, "send_down": _down, "hand_over": _out,
    "send_back": _back, "rework": _again, "reopen": _again, "close": _closed,
}  # fmt: skip
"""What a verb changes beside state, handler and clock."""


def _note(session: Session, case: Case, verb: str, old: str, given: Given) -> None:
    session.add(
        CaseStep(
            case_id=case.id, at=given.now, who=given.who, verb=verb, old=old, new=case.state, note=given.note,
            handler=case.handler if verb in ("dispatch", "rework", "reopen", "handle") else "", level=case.level,
            body=given.body, due_at=case.red_at,
        )
    )  # fmt: skip


def _refuse(session: Session, case: Case, verb: Verb, given: Given) -> None:
    if verb not in offered(case):
        raise OfficeError(
            f"“{work.STATES[case.state]}”的事项不能“{verb.title}”", safe=SAFE, do="请按页面上给出的下一步办理"
        )
    if not given.who.strip():
        raise OfficeError("没有写由谁办理", safe=SAFE, do="请写办理人的姓名")
    _refuse_missing(case, verb, given)
    _refuse_moment(session, case, given.now)
    _refuse_unit(session, case, given.now)
    if given.due_on is not None and given.due_on < given.now.date():
        raise OfficeError("办理时限早于今天", safe=SAFE, do="请改正时限")
    if verb.key in ("verify", "close") and given.who.strip() == case.handler.strip():
        raise OfficeError(
            f"{given.who}就是承办人，不能自己核查自己办的事项", safe=SAFE, do="请由另一个人核查后结案（五步闭环）"
        )
    if verb.key == "close":
        _refuse_close(session, case, given)


def _refuse_missing(case: Case, verb: Verb, given: Given) -> None:
    words: dict[str, tuple[str, str]] = {
        "note": (f"没有写{verb.note}", "请写一句话"),
        "handler": ("没有写承办人", "请写明派给哪个单位或哪个人"),
        "body": ("没有写移交给哪个单位", "请选择或写明主送单位"),
        "satisfaction": ("没有登记告知和满意情况", "请先告知当事人；没有当事人的，选“没有当事人”"),
    }
    for need in verb.needs:
        value: Any = getattr(given, need)
        if need == "handler" and not value:
            value = case.handler
        if not str(value or "").strip():
            what, do = words[need]
            raise OfficeError(what, safe=SAFE, do=do)


NEAR = timedelta(minutes=1)
"""Steps of the same minute may stand in any order: a call and what follows from it are one act."""


def _refuse_moment(session: Session, case: Case, now: datetime) -> None:
    """No step is taken before the one it follows."""
    wanted = select(CaseStep).where(CaseStep.case_id == case.id, CaseStep.verb.in_(("collect", *VERBS)))
    last = session.scalars(wanted.order_by(CaseStep.id.desc()).limit(1)).first()
    if last is not None and now < last.at - NEAR:
        word = "登记事项" if last.verb == "collect" else VERBS[last.verb].title
        raise OfficeError(
            f"办理时间 {now:%m-%d %H:%M} 早于上一步“{word}”的时间 {last.at:%m-%d %H:%M}", safe=SAFE,
            do="请改正办理时间；空着就是现在。电脑的时钟不对的，请先校准",
        )  # fmt: skip


def _refuse_unit(session: Session, case: Case, now: datetime) -> None:
    unit = session.get(GridUnit, case.unit_id) if case.unit_id else None
    if unit is not None and unit.end is not None and unit.end < now.date():
        raise OfficeError(
            f"事项所在的“{unit.name}”已在 {unit.end.isoformat()} 之后撤并",
            safe=SAFE,
            do="请先在“修改”里选现在的网格，再办理",
        )


def _refuse_close(session: Session, case: Case, given: Given) -> None:
    still = session.scalars(select(CaseTask).where(CaseTask.case_id == case.id, CaseTask.done_on.is_(None))).all()
    if still:
        raise OfficeError(
            f"还有 {len(still)} 项分办任务没有完成：{'、'.join(task.title for task in still[:3])}",
            safe=SAFE, do="请先登记完成，或删去不用办的任务",
        )  # fmt: skip
    if given.satisfaction == "bad" and not given.note.strip():
        raise OfficeError("当事人不满意，没有写原因", safe=SAFE, do="请写明原因；没有解决的，请用“退回重办”")
