"""How many households were visited in time, by village, grid or worker: visited ÷ lived in; the meeting's slide."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese, week_word
from gridoffice.core.figures import Series, Slide
from gridoffice.db.office import Office
from gridoffice.domain import duty
from gridoffice.domain.people import Household
from gridoffice.domain.tree import Tree, villages_on
from gridoffice.modules.patrols import coverage, visits
from gridoffice.modules.patrols.visits import IS_LIVED_IN, VISIT

NOWHERE = "未入网格"
Rates = dict[str, tuple[int, int]]
"""By name: households visited in time, households lived in."""


def by_unit(session: Session, on: date) -> dict[int | None, tuple[int, int]]:
    """For each grid: households whose visit is not due, and all that are lived in."""
    in_time: Any = case((VISIT.c.last.is_(None), 0), (visits.is_due(on), 0), else_=1)
    wanted = (
        visits.joined(select(Household.unit_id, func.sum(in_time), func.count()).select_from(Household))
        .where(IS_LIVED_IN)
        .group_by(Household.unit_id)
    )
    return {unit: (int(done or 0), number) for unit, done, number in session.execute(wanted, {"on": on})}


def rates(session: Session, on: date, by: str = "village") -> Rates:
    """The same summed by village, grid or worker on duty; the parts make up the whole."""
    tree = Tree(session).all(on)
    if by == "village":
        names: dict[int, str] = villages_on(session, on, Tree(session))
    elif by == "grid":
        names = {number: unit.name for number, unit in tree.items()}
    else:
        names = {unit: post.name or "没有人在岗" for unit, post in duty.on_duty(session, on).items()}
    found: Rates = {}
    for unit, (done, number) in by_unit(session, on).items():
        name = names.get(unit, NOWHERE) if unit is not None else NOWHERE
        old = found.get(name, (0, 0))
        found[name] = (old[0] + done, old[1] + number)
    return found


def slides(office: Office, on: date) -> list[Slide]:
    """Visits in time by village; nothing before a visit is recorded."""
    with office.read() as session:
        parts = rates(session, on)
    done, number = (sum(pair[place] for pair in parts.values()) for place in (0, 1))
    if not done or not number:
        return []
    percents = {name: round(100 * a / b) for name, (a, b) in parts.items()}
    ranked = sorted(percents, key=lambda name: (-percents[name], name))
    word = week_word(on, office.today())
    rows = [(name, str(parts[name][0]), str(parts[name][1]), f"{percents[name]}%") for name in ranked]
    least = f"，{ranked[-1]}最低（{percents[ranked[-1]]}%）" if percents[ranked[0]] != percents[ranked[-1]] else ""
    return [
        Slide(
            key="visit_coverage",
            title=f"{word}按期走访率 {round(100 * done / number)}%{least}",
            kind="bars",
            labels=tuple(ranked),
            series=(Series("按期走访率", tuple(float(percents[name]) for name in ranked)),),
            unit="%",
            period=f"截至{chinese(on)}",
            total=f"按期走访 {done} 户 / 应走访 {number} 户",
            header=("村（社区）", "按期走访", "应走访户", "走访率"),
            rows=(*rows, ("合计", str(done), str(number), f"{round(100 * done / number)}%")),
            note="按期走访＝还没有到下次走访日期的户；应走访户＝有人居住的户",
            order=52,
        )
    ]


def all_slides(office: Office, on: date) -> list[Slide]:
    """The meeting's slides of this tab: grids walked, households visited in time."""
    return [*coverage.slides(office, on), *slides(office, on)]
