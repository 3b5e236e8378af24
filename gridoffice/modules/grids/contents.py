"""What stands in a unit: every kind of record that would be left without a place if it were deleted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from gridoffice.db.office import Office
from gridoffice.domain.belongings import always, belongings
from gridoffice.domain.grids import GridPast, GridUnit, Relocation


@dataclass(frozen=True)
class Content:
    """A kind of record with how many stand in a unit, and the list that shows them ("" where there is none)."""

    key: str
    number: int
    said: str  # 户, 名居民, 个场所, 件事项
    module: str = ""


SAID = {
    "households": "户", "residents": "名居民", "organisations": "家驻区单位", "premises": "个场所", "cases": "件事项",
    "help": "份帮扶", "homes": "名工作人员", "patrols": "次巡查",
    "hazards": "处隐患", "followup": "份健康服务",
}  # fmt: skip


def contents(office: Office, unit_id: int) -> list[Content]:
    """What stands in a unit; empty when it can be deleted."""
    with office.read() as session:
        return contents_in(session, unit_id, office.today())


def contents_in(session: Session, unit_id: int, on: date) -> list[Content]:
    """As `contents`, in a session at hand: units below, then every kind of record, then what refers to its past."""
    below = select(GridUnit.end).where(GridUnit.parent_id == unit_id)
    ends = list(session.scalars(below))
    found = [
        Content("units", sum(end is None for end in ends), "个下级网格", "grids"),
        Content("ended", sum(end is not None for end in ends), "个已撤并的下级网格", "grids"),
    ]
    for one in belongings():
        number = one.count(session, [unit_id], on, always)
        found.append(Content(one.key, number, SAID.get(one.key, f"{one.word}{one.title}"), one.module))
    return [*(one for one in found if one.number), *_past(session, unit_id)]


def _past(session: Session, unit_id: int) -> list[Content]:
    """Pasts of other records in which the unit is named."""
    moved = or_(Relocation.old_unit_id == unit_id, Relocation.new_unit_id == unit_id)
    number = session.scalar(select(func.count(Relocation.id)).where(moved)) or 0
    number += session.scalar(select(func.count(GridPast.id)).where(GridPast.parent_id == unit_id)) or 0
    return [Content("past", number, "条撤并、划归的历史")] if number else []
