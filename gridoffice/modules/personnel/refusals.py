"""Leaves that cannot be: each refused with a sentence that names what stands in the way and who could stand in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.domain import duty
from gridoffice.domain.covers import days
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.staff import Leave, Staff, serving

OTHERS = 5
"""How many other persons are named when the wanted stand-in is away too."""


def refuse(session: Session, leave: Leave, values: Mapping[str, Any]) -> None:
    who = session.get_one(Staff, values["staff_id"])
    first, last, safe = values["start"], values["end"], "还没有登记"
    if first is None or last is None:
        raise OfficeError("请假要有开始日和结束日", safe=safe, do="只休一天，两个日期填同一天")
    if last < first:
        raise OfficeError(f"请假结束日 {last} 早于开始日 {first}", safe=safe, do="请改正日期")
    if not who.is_active and (who.left_on is None or who.left_on < last):
        raise OfficeError(f"{who.name} {f'{who.left_on} ' if who.left_on else ''}已离岗", safe=safe, do="请核对人员")
    own = [one for one in duty.absences(session, first, last, who.id) if one.id != leave.id]
    if own:
        raise OfficeError(
            f"{who.name} {days(own[0].start, own[0].end)}已经登记了{own[0].kind}，日期重叠",
            safe=safe,
            do="请改日期，或打开那一条修改",
        )
    _refuse_stand_in(session, who, values.get("stand_in_id"), first, last)


def _refuse_stand_in(session: Session, who: Staff, stand_in_id: int | None, first: date, last: date) -> None:
    if stand_in_id is None:
        return
    safe = "还没有登记"
    if stand_in_id == who.id:
        raise OfficeError("代班人不能是本人", safe=safe, do="请另选一位，或空着由各网格B岗代")
    deputy = session.get_one(Staff, stand_in_id)
    if not deputy.is_active and (deputy.left_on is None or deputy.left_on < last):
        raise OfficeError(f"{deputy.name} 已离岗，不能代班", safe=safe, do=_others(session, who, first, last))
    busy = duty.absences(session, first, last, stand_in_id)
    if busy:
        raise OfficeError(
            f"{deputy.name} {days(busy[0].start, busy[0].end)}也请假，不能代班",
            safe=safe,
            do=_others(session, who, first, last, without=stand_in_id),
        )


def _others(session: Session, who: Staff, first: date, last: date, without: int | None = None) -> str:
    """A sentence naming who is there on all the days: the person's own village first."""
    gone = select(Leave.staff_id).where(Leave.start <= last, Leave.end >= first)
    home = select(GridUnit.parent_id).where(GridUnit.id == who.unit_id).scalar_subquery()
    near = or_(GridUnit.parent_id == home, GridUnit.id == home)
    wanted = (
        select(Staff.name)
        .outerjoin(GridUnit, GridUnit.id == Staff.unit_id)
        .where(serving(last), Staff.id.not_in(gone), Staff.id.not_in([who.id, without or 0]))
        .order_by(near.desc().nulls_last(), Staff.sort, Staff.id)
        .limit(OTHERS)
    )
    names = list(session.scalars(wanted))
    return f"这几天在岗、可以代班的有：{'、'.join(names)}" if names else "这几天没有别的人在岗，请改日期"
