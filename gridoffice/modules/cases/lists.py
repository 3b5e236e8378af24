"""The list of cases as screen, command line, print and export show it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, select

from gridoffice.core.calendar import moment, week_of
from gridoffice.domain import clocks, duty, supervise, work
from gridoffice.domain.grids import GridUnit, subtree
from gridoffice.domain.listing import Column, Listing, View, chosen
from gridoffice.domain.staff import Staff
from gridoffice.domain.work import Case
from gridoffice.modules.cases.conditions import (
    among,
    asked_more_time,
    red_between,
    supervised_by,
    unanswered,
    without_leader,
)

# State and deadline in one column, in the order of the loop, so that sorting and the words agree.
_rank = case({state: str(n) for n, state in enumerate(work.STATES)}, value=Case.state, else_="9")
_standing = (
    _rank
    + "|"
    + Case.state
    + "|"
    + func.coalesce(cast(Case.amber_at, String), "")
    + "|"
    + func.coalesce(cast(Case.red_at, String), "")
)

# The nearest deadline first while a case runs; closed ones follow, the newest first.
_running_due = case((Case.state.in_(work.OPEN), Case.red_at), else_=None)


def _words(value: Any, on: date) -> str:
    _, state, amber, red = str(value).split("|")
    return clocks.standing(state, _moment(amber), _moment(red), moment(on))


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _new(on: date) -> ColumnElement[bool]:
    monday, sunday = week_of(on)
    return Case.found_on.between(monday, sunday)


def _soon(on: date) -> ColumnElement[bool]:
    return Case.state.in_(work.BEING_HANDLED) & Case.due_on.between(on, on + timedelta(days=2))


CASES = Listing(
    key="cases",
    title="事项",
    base=chosen(Case).outerjoin(GridUnit, GridUnit.id == Case.unit_id).outerjoin(Staff, Staff.id == Case.finder_id),
    id=Case.id,
    columns=(
        Column("number", "编号", Case.number, 98),
        Column("title", "事项", Case.title, 170),
        Column("category", "类别", Case.category, 78),
        Column("kind", "方式", Case.kind, 64, show=lambda value, _on: work.KINDS.get(value, value or "")),
        Column("unit", "网格", GridUnit.name, 122),
        Column("handler", "承办人", func.coalesce(func.nullif(Case.handler, ""), Staff.name), 76),
        Column("found", "发现日期", Case.found_on, 100, "date"),
        Column("due", "时限", Case.due_on, 100, "date"),
        Column("state", "状态", _standing, 184, "state", show=_words),
    ),
    views=(
        View("open", "未办结", lambda _on: work.is_open()),
        View("late", "逾期（红灯）", work.is_late),
        View("amber", "临期（黄灯）", work.is_amber),
        View("soon", "三天内到期", _soon),
        View("collected", "待受理", lambda _on: Case.state == work.COLLECTED),
        View("returned", "退回补充", lambda _on: Case.state == work.RETURNED),
        View("outside", "已移交待复", lambda _on: Case.state == work.OUTSIDE),
        View("handled", "待核查", lambda _on: Case.state == work.HANDLED),
        View("verified", "待回访", lambda _on: Case.state == work.VERIFIED),
        View("asked", "申请延期", lambda _on: asked_more_time()),
        View("supervised", "督办中", lambda _on: (Case.supervision > 0) & work.is_open()),
        View("proposed", "建议督办", lambda _on, rungs: supervise.wants_supervision(rungs), supervise.rung_days),
        View("carried", "二次通报", lambda _on, before: supervise.is_carried_over(before), supervise.meeting_before),
        View("alone", "二次通报没有督办领导", without_leader, supervise.meeting_before),
        View("unanswered", "回执逾期", unanswered),
        View("new", "本周新增", _new),
        View("closed", "已结案", lambda _on: Case.state.in_(work.ENDED)),
        View("", "全部"),
    ),
    filters={
        "unit": lambda value: Case.unit_id.in_(select(subtree(value).c.id)),
        "category": lambda value: Case.category == value,
        "source": lambda value: Case.source == value,
        "ids": among,
        "states": lambda value: Case.state.in_(value),
        "closed_since": lambda value: Case.closed_on >= value,
        "red_between": red_between,
        "supervisor": lambda name: supervised_by(name),
        "staff": lambda value: duty.is_mine(value, Case.unit_id, handler=Case.handler),
    },
    names=(
        Case.title,
        Case.place,
        Case.handler,
        Case.text,
        Case.category,
        Case.subcategory,
        Case.reporter,
        GridUnit.name,
        Staff.name,
    ),
    pinyin=(Case.pinyin, Case.initials, GridUnit.pinyin, GridUnit.initials, Staff.pinyin, Staff.initials),
    codes=(Case.number, Case.outside_number, Case.reporter_phone),
    order=(Case.state.in_(work.ENDED).asc(), _running_due.asc().nulls_last(), Case.number.desc()),
    due_view="open",
    tables=frozenset(
        {
            "case_file",
            "case_step",
            "grid_unit",
            "staff",
            "leave",
            "assignment",
            "case_extension",
            "case_paper",
            "office_setting",
            "calendar_day",
        }
    ),
    module="cases",
)
