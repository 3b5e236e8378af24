"""What is wrong with a redrawing that is wanted: each refused with a sentence that says what to do instead."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.errors import OfficeError
from gridoffice.core.text import narrow
from gridoffice.domain.grids import TOWN, GridUnit, children
from gridoffice.domain.tree import latest_change

if TYPE_CHECKING:
    from gridoffice.modules.grids.redraw import Moves, Redrawing

SAFE = "没有改动任何内容"


def refuse_wrong(session: Session, wanted: Redrawing, today: date) -> None:
    """Raise OfficeError for units, names, codes or a day that cannot be."""
    olds = _standing(session, wanted)
    _refuse_shape(wanted, olds)
    _refuse_names(session, wanted, olds)
    _refuse_codes(session, wanted)
    refuse_day(session, list(wanted.olds), wanted.day or today, today)


def _standing(session: Session, wanted: Redrawing) -> list[GridUnit]:
    olds = []
    for number in dict.fromkeys(wanted.olds):
        unit = session.get(GridUnit, number)
        if unit is None:
            raise OfficeError("选中的网格有的已经不在了", safe=SAFE, do="请刷新后再试")
        if unit.end is not None:
            raise OfficeError(f"“{unit.name}”到 {unit.end.isoformat()} 已经撤并", safe=SAFE, do="请选现在的网格")
        olds.append(unit)
    return olds


def _refuse_shape(wanted: Redrawing, olds: list[GridUnit]) -> None:
    if wanted.is_split and len(wanted.parts) < 2:
        raise OfficeError("拆分至少要分成两个", safe=SAFE, do="请增加一个新网格")
    if len(olds) > 1 and len(wanted.parts) != 1:
        raise OfficeError("合并以后只能是一个网格", safe=SAFE, do="请只留一个")
    if len({unit.level for unit in olds}) > 1:
        raise OfficeError("不是同一层级的单位不能合并", safe=SAFE, do="请只选同一层级的")
    if olds[0].level == TOWN and len(wanted.olds) == 1:
        raise OfficeError("乡镇不能拆分", safe=SAFE, do="请在村或网格上拆分")
    if len({unit.parent_id for unit in olds}) > 1 and not wanted.is_across:
        names = "、".join(unit.name for unit in olds)
        raise OfficeError(
            f"{names} 不在同一个上级下面", safe=SAFE, do="确实要跨村合并，请勾选“允许跨村合并”；否则请选同一个村的"
        )
    if wanted.goes_on() - set(wanted.olds):
        raise OfficeError("要并入的网格不在选中的网格里", safe=SAFE, do="请重新选择")


def _refuse_names(session: Session, wanted: Redrawing, olds: list[GridUnit]) -> None:
    names = [part.name.strip() for part in wanted.parts]
    if not all(names):
        raise OfficeError("新网格的名称还没有填", safe=SAFE, do="请给每个网格写上名称")
    if any(len(name) > 60 for name in names):
        raise OfficeError("网格名称太长", safe=SAFE, do="请缩短到 60 个字以内")
    if len(set(names)) < len(names):
        raise OfficeError("两个网格不能同名", safe=SAFE, do="请给每个网格不同的名称")
    parent = next((one.parent_id for one in olds if one.id in wanted.goes_on()), olds[0].parent_id)
    others = {one.name for one in children(session, parent) if one.id not in wanted.olds}
    doubled = next((name for name in names if name in others), "")
    if doubled:
        raise OfficeError(f"这里已经有“{doubled}”了", safe=SAFE, do="请换一个名称")


def _refuse_codes(session: Session, wanted: Redrawing) -> None:
    codes = [narrow(part.code) for part in wanted.parts] + [narrow(code) for code in wanted.codes.values()]
    codes = [code for code in codes if code]
    doubled = next((code for code in codes if codes.count(code) > 1), "")
    if doubled:
        raise OfficeError(f"编码 {doubled} 写了两次", safe=SAFE, do="请给每个网格不同的编码")
    if any(len(code) > 30 for code in codes):
        raise OfficeError("编码太长", safe=SAFE, do="请缩短到 30 位以内")
    changing = {*wanted.olds, *wanted.codes}
    for other in session.scalars(select(GridUnit).where(GridUnit.code.in_(codes))):
        if other.id not in changing:
            raise OfficeError(f"编码 {other.code} 已经是“{other.name}”的", safe=SAFE, do="请换一个编码")


def refuse_day(session: Session, unit_ids: list[int], day: date, today: date) -> None:
    """Raise OfficeError for a day to come, and for one before the last change of the units."""
    if day > today:
        raise OfficeError(f"{day.isoformat()} 还没有到", safe=SAFE, do="请选今天或以前的日子，到那天再办")
    changed = latest_change(session, unit_ids)
    if changed is not None and day < changed:
        raise OfficeError(
            f"这些网格在 {changed.isoformat()} 刚调整过，不能从 {day.isoformat()} 算起",
            safe=SAFE,
            do=f"请选 {changed.isoformat()} 或以后的日子",
        )


def refuse_empty(session: Session, wanted: Redrawing, moves: list[Moves]) -> None:
    """Raise OfficeError for a part of a split that gets nothing though there is something to share out."""
    if not wanted.is_split:
        return
    full = {place for one in moves for _id, _old, place in one.rows}
    below = children(session, wanted.olds[0])
    full |= {wanted.where.get("units", {}).get(one.id, wanted.rest) for one in below}
    if any(place not in range(len(wanted.parts)) for place in full):
        raise OfficeError("有的记录分给了没有的网格", safe=SAFE, do="请重新分配")
    if full and len(full) < len(wanted.parts):
        empty = next(part.name for place, part in enumerate(wanted.parts) if place not in full)
        raise OfficeError(f"“{empty}”里什么也没有分到", safe=SAFE, do="请给它分几户或几个场所，或减少网格的个数")
