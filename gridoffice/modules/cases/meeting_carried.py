"""Two slides of the weekly meeting: 二次通报 with its leaders, and in-time and satisfied by village (reference 7.5)."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese, week_of
from gridoffice.core.figures import Series, Slide
from gridoffice.db.office import Office
from gridoffice.domain import clocks, duty, supervise
from gridoffice.domain.work import Case
from gridoffice.modules.cases.figures import Row, figures

LONGEST = 10
NO_LEADER = "未定督办领导"


def slides(office: Office, on: date) -> list[Slide]:
    """Both slides for a week's day."""
    with office.read() as session:
        carried = _carried(session, on)
    return [carried, _in_time(office, on)]


def _carried(session: Session, on: date) -> Slide:
    """Every case open at two meetings running, the oldest first, with who leads it."""
    found = supervise.carried_over(session, on)
    alone = sum(case.supervisor_id is None for case in found)
    calendar = clocks.calendar_of(session)
    title = "没有连续两次例会未办结的事项"
    if found:
        title = f"二次通报 {len(found)} 件，" + (f"其中 {alone} 件未定督办领导" if alone else "都有督办领导")
    return Slide(
        key="cases_carried",
        title=title,
        kind="table",
        period=f"截至 {chinese(on)}",
        total=f"有督办领导 {len(found) - alone} · {NO_LEADER} {alone} · 合计 {len(found)} 件",
        header=("编号", "事项", "已有工作日", "承办人", "督办领导"),
        rows=tuple(
            (case.number, case.title, f"{calendar.count(case.found_on, on)} 天", case.handler or "未派",
             _leader(session, case))
            for case in found[:LONGEST]
        ),
        note=f"只列最久的 {LONGEST} 件，其余见“事项 → 二次通报”" if len(found) > LONGEST else "",
        order=45,
    )  # fmt: skip


def _leader(session: Session, case: Case) -> str:
    return duty.name_of(session, case.supervisor_id) if case.supervisor_id else NO_LEADER


def _in_time(office: Office, on: date) -> Slide:
    """What was handled this week by village, in time and late, and how satisfied those were whose case was closed."""
    monday, _ = week_of(on)
    table = figures(office, monday, on, "village")
    rows = [row for row in table.rows if row.ids["handled"] or row.ids["closed"]]
    whole = table.whole
    in_time, handled = whole.number("handled_in_time"), whole.number("handled")
    good, bad = whole.number("satisfied"), whole.number("unsatisfied")
    title = "本周没有办结反馈的事项"
    if handled:
        title = f"本周办结反馈 {handled} 件，{round(100 * in_time / handled)}% 按时"
    if good + bad:
        title += f"；回访 {good + bad} 件，{f'{bad} 件不满意' if bad else '都满意'}"
    return Slide(
        key="cases_in_time",
        title=title,
        kind="stacked",
        labels=tuple(row.title for row in rows),
        series=(
            Series("按时", tuple(float(row.number("handled_in_time")) for row in rows), "done"),
            Series("超时", tuple(float(_late(row)) for row in rows), "late"),
        ),
        unit="件",
        period=f"{chinese(monday)}—{on.month}月{on.day}日",
        total=f"按时 {in_time} · 超时 {handled - in_time} · 合计 {handled} 件",
        header=("村（社区）", "办结反馈", "按时", "超时", "结案", "满意", "不满意"),
        rows=tuple(
            (row.title, *(str(number) for number in (
                row.number("handled"), row.number("handled_in_time"), _late(row), row.number("closed"),
                row.number("satisfied"), row.number("unsatisfied"),
            )))
            for row in rows
        ),
        order=35,
    )  # fmt: skip


def _late(row: Row) -> int:
    return row.number("handled") - row.number("handled_in_time")
