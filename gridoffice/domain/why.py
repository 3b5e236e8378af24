"""Why a case's light is as it is: rule, start, working days, left-out days, extensions, in a sentence (X10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import WorkCalendar
from gridoffice.domain import clocks, work
from gridoffice.domain.casework import GRANTED, CaseExtension
from gridoffice.domain.loop import RESTARTING
from gridoffice.domain.work import CLOCK_OF, CLOCKS, Case, CaseStep


@dataclass(frozen=True)
class Why:
    """The running clock of a case: its rule in words, from when until when, what was left out, who gave more time."""

    clock: str  # 受理 | 处理 | 核查
    rule: str  # 协调性事项处理时限 5 个工作日
    start: datetime
    red: datetime
    left_out: tuple[tuple[date, str], ...]
    extensions: tuple[str, ...]
    standing: str
    sentence: str


def explain(session: Session, case: Case, now: datetime) -> Why | None:
    """Why the light is as it is; None where no clock runs."""
    clock = CLOCK_OF.get(case.state)
    if clock is None or case.red_at is None:
        return None
    rules, calendar = clocks.of(session), clocks.calendar_of(session)
    start = began(session, case)
    kind = rules.kinds.get(case.kind) or rules.kinds["K2"]
    rule = f"{kind.title}事项{CLOCKS[clock]}时限{_limit(kind.limits[clock].words)}"
    longer = tuple(_longer(one) for one in _granted(session, case, start))
    left = tuple(calendar.left_out(start.date() + timedelta(days=1), case.red_at.date()))
    standing = clocks.standing(case.state, case.amber_at, case.red_at, now)
    words = [f"{rule}；{_start(start, clock)}"]
    if left:
        words.append(f"扣除{_days(left)}")
    words += longer
    own = "" if longer or _is_rule(case, clock, start, rules, calendar) else "（办理时另定的时限）"
    words.append(f"应在{_moment(case.red_at)}前{CLOCKS[clock]}完{own}")
    words.append(_now(case.red_at, now, calendar))
    return Why(CLOCKS[clock], rule, start, case.red_at, left, longer, standing, "，".join(filter(None, words)) + "。")


def began(session: Session, case: Case) -> datetime:
    """The moment the running clock was started."""
    return started(case, work.steps_of(session, case.id))


def started(case: Case, steps: Iterable[CaseStep]) -> datetime:
    """As `began`, with the timeline at hand: the last step that began this kind of clock or started it anew."""
    clock = CLOCK_OF.get(case.state)
    start = case.found_at or datetime.combine(case.found_on, time(9))
    before: str | None = None
    for step in steps:
        running = CLOCK_OF.get(step.new)
        is_first = step.verb == "collect"  # its clock began when it was found, perhaps before it was entered
        if running == clock and not is_first and (before != clock or step.verb in RESTARTING):
            start = step.at
        before = running
    return start


def _granted(session: Session, case: Case, since: datetime) -> list[CaseExtension]:
    wanted = select(CaseExtension).where(
        CaseExtension.case_id == case.id, CaseExtension.state == GRANTED, CaseExtension.decided_at >= since
    )
    return list(session.scalars(wanted.order_by(CaseExtension.id)))


def _is_rule(case: Case, clock: str, start: datetime, rules: clocks.Rules, calendar: WorkCalendar) -> bool:
    return rules.deadline(rules.limit(case.kind, clock), start, calendar) == case.red_at


def _limit(words: str) -> str:
    return f" {words}" if words[0].isdigit() else f"为{words}"


def _start(start: datetime, clock: str) -> str:
    begun = {work.ACCEPT: "登记", work.HANDLE: "受理", work.VERIFY: "报结"}[clock]
    return f"{start.month}月{start.day}日 {start:%H:%M} {begun}"


def _longer(one: CaseExtension) -> str:
    when = f"{one.decided_at.month}月{one.decided_at.day}日" if one.decided_at else ""
    return f"{one.decided_by}{when}准予延期 {one.days} 个工作日"


MOST_RUNS = 4
"""So many runs of days off are told one by one; a clock that ran for months would fill a page."""


def _days(left: tuple[tuple[date, str], ...]) -> str:
    """11月7日—8日（周末）: runs of days off, with their names; of very many only how many there are."""
    runs: list[list[tuple[date, str]]] = []
    for day, name in left:
        if runs and (day - runs[-1][-1][0]).days == 1:
            runs[-1].append((day, name))
        else:
            runs.append([(day, name)])
    if len(runs) <= MOST_RUNS:
        return "、".join(_run(run) for run in runs)
    names = [name for name in dict.fromkeys(name for _day, name in left) if name not in ("周六", "周日")]
    named = f"和{'、'.join(names)}" if names else ""
    return f"周末{named}共 {len(left)} 天"


def _run(run: list[tuple[date, str]]) -> str:
    first, last = run[0][0], run[-1][0]
    names = list(dict.fromkeys("周末" if name in ("周六", "周日") else name for _day, name in run))
    if first == last:
        return f"{first.month}月{first.day}日（{'、'.join(names)}）"
    end = f"{last.day}日" if last.month == first.month else f"{last.month}月{last.day}日"
    return f"{first.month}月{first.day}日—{end}（{'、'.join(names)}）"


def _moment(red: datetime) -> str:
    return f"{red.month}月{red.day}日 {red:%H:%M}"


def _now(red: datetime, now: datetime, calendar: WorkCalendar) -> str:
    if now <= red:
        days = calendar.count(now.date() + timedelta(days=1), red.date())
        return f"现在还有 {days} 个工作日" if days else "今天到期"
    days = clocks.days_late(red, now, calendar)
    return f"现已逾期 {days} 个工作日" if days else "现已逾期"
