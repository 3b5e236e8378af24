"""What the tab 消防 tells the others: its lists, the numbers for 今日, the slides for the meeting."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese, week_of
from gridoffice.core.figures import Series, Slide
from gridoffice.core.module import Count
from gridoffice.db.office import Office
from gridoffice.domain import choices
from gridoffice.domain.choices import Choice
from gridoffice.domain.listing import Query
from gridoffice.domain.premises import Premises
from gridoffice.domain.tree import placed_on, villages_on
from gridoffice.modules.inspections.lists import FAILED, HAZARDS, INSPECTIONS, PASSED, PREMISES
from gridoffice.modules.inspections.model import CLEARED, Hazard, Inspection

LISTINGS = (PREMISES, INSPECTIONS, HAZARDS)

NOTICE = "网格检查是服务和提示：发现隐患当面告知、发告知书、到期复查；需要处罚的移送派出所或消防救援机构。"
"""Stands on the tab (reference 5.1)."""


def unit_choices(office: Office) -> list[Choice]:
    """The grids a place can lie in."""
    with office.read() as session:
        return choices.units(session)


def staff_names(office: Office) -> list[Choice]:
    """Who can have checked."""
    with office.read() as session:
        return choices.staff(session)


def counts(office: Office, on: date) -> list[Count]:
    """Hazards not cleared, and places that have not been checked for too long."""
    still, late, today = (HAZARDS.count(office, Query(on=on, view=key)) for key in ("due", "late", "today"))
    unchecked = PREMISES.count(office, Query(on=on, view="due"))
    tone = "late" if late else "soon" if still else "done"
    hints = [f"{word} {number}" for word, number in (("逾期", late), ("今天到期", today)) if number]
    return [
        Count("hazards_open", "未销案隐患", still, tone, "inspections", "hazards:due", "，".join(hints)),
        Count("premises_due", "应查场所", unchecked, "soon" if unchecked else "done", "inspections", "premises:due"),
    ]


def slides(office: Office, on: date) -> list[Slide]:
    """Checks and hazards of the week of `on` by village (reference 7.5)."""
    monday, _ = week_of(on)
    with office.read() as session:
        if session.scalar(select(Inspection.id).limit(1)) is None:
            return []
        names = villages_on(session, on)
        good = _number(session, names, on, Inspection, Inspection.day.between(monday, on), Inspection.result == PASSED)
        bad = _number(session, names, on, Inspection, Inspection.day.between(monday, on), Inspection.result == FAILED)
        found = _number(session, names, on, Hazard, Hazard.found_on.between(monday, on))
        cleared = _number(session, names, on, Hazard, Hazard.rechecked_on.between(monday, on), Hazard.state == CLEARED)
        still = _number(session, names, on, Hazard, Hazard.state != CLEARED)
    period = f"{chinese(monday)}—{on.month}月{on.day}日"
    order = (*dict.fromkeys(names.values()), "")
    return [_checks(order, good, bad, period), _hazards(order, found, cleared, still, period)]


def _number(session: Session, names: dict[int, str], on: date, record: Any, *where: Any) -> Counter[str]:
    """How many records lie in places of each village, by the tree of a day."""
    place = placed_on(Premises.__tablename__, Premises.id, Premises.unit_id, on).label("place")
    wanted = (
        select(place, func.count())
        .select_from(record)
        .join(Premises, Premises.id == record.premises_id)
        .where(*where)
        .group_by("place")
    )
    found: Counter[str] = Counter()
    for unit_id, number in session.execute(wanted):
        found[names.get(unit_id or 0, "")] += number
    return found


def _checks(order: tuple[str, ...], good: Counter[str], bad: Counter[str], period: str) -> Slide:
    labels = tuple(name for name in order if good[name] or bad[name])
    number = good.total() + bad.total()
    title = f"本周检查场所 {number} 次，{bad.total()} 次发现隐患" if number else "本周还没有消防检查记录"
    if bad:
        most = max(labels, key=lambda name: bad[name])
        title += f"，{most or '未定网格'}最多（{bad[most]} 次）"
    return Slide(
        key="fire_checks",
        title=title,
        kind="stacked" if labels else "table",
        labels=tuple(name or "未定网格" for name in labels),
        series=(
            Series("合格", tuple(float(good[name]) for name in labels), "done"),
            Series("不合格", tuple(float(bad[name]) for name in labels), "late"),
        ),
        unit="次",
        period=period,
        total=f"合格 {good.total()} 次 · 不合格 {bad.total()} 次",
        header=("村（社区）", "检查", "合格", "不合格"),
        rows=tuple(
            (name or "未定网格", str(good[name] + bad[name]), str(good[name]), str(bad[name])) for name in labels
        ),
        order=70,
    )


def _hazards(
    order: tuple[str, ...], found: Counter[str], cleared: Counter[str], still: Counter[str], period: str
) -> Slide:
    labels = tuple(name for name in order if found[name] or cleared[name] or still[name])
    title = f"本周新发现隐患 {found.total()} 处，销案 {cleared.total()} 处，未销案共 {still.total()} 处"
    return Slide(
        key="fire_hazards",
        title=title,
        kind="bars" if labels else "table",
        labels=tuple(name or "未定网格" for name in labels),
        series=(
            Series("新发现", tuple(float(found[name]) for name in labels), "soon"),
            Series("销案", tuple(float(cleared[name]) for name in labels), "done"),
            Series("未销案", tuple(float(still[name]) for name in labels), "late"),
        ),
        unit="处",
        period=period,
        total=f"未销案 {still.total()} 处",
        header=("村（社区）", "新发现", "销案", "未销案"),
        rows=tuple((name or "未定网格", str(found[name]), str(cleared[name]), str(still[name])) for name in labels),
        order=75,
    )
