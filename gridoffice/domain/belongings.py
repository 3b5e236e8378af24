"""What stands in a grid: every kind of record that has a unit, told by domain and modules in one shape.

From it alone come what a split or merge moves, what stands in the way of a deletion, a worker's load, and the
hand-over list.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import Session

from gridoffice.core.module import load, modules
from gridoffice.db.base import Record
from gridoffice.domain.help import ACTIVE, HelpEntry
from gridoffice.domain.listing import ON
from gridoffice.domain.organisations import Organisation
from gridoffice.domain.people import GONE, Household, Resident
from gridoffice.domain.premises import Premises
from gridoffice.domain.staff import Staff

Rule = Callable[[Any], ColumnElement[bool]]


def always(_on: Any) -> ColumnElement[bool]:
    """Every record."""
    return true()


@dataclass(frozen=True)
class Belonging:
    """A kind of record that stands in a grid.

    `base` selects from the record's table, joined so that `unit` (the column with the unit's id) can be asked.
    `goes`: which of them go along when their grid is redrawn; None when the record has no unit of its own and follows
    another. `is_open`, `is_due` (on or before that day) and `is_late` make a worker's load; None: it is no work.
    `handler` is a column with the name of whoever handles it in person, where there is one; `contact` one with the id
    of the member of staff it was given to, who then does it whatever its unit.
    `follows`: the key of another kind and the column with the id of its record, where it goes when that goes.
    """

    key: str
    title: str  # 未办结事项
    word: str  # 件
    record: type[Record]
    base: Select[Any]
    unit: Any
    goes: Rule | None = always
    is_open: Rule | None = None
    is_due: Rule | None = None
    is_late: Rule | None = None
    handler: Any = None
    contact: Any = None
    follows: tuple[str, Any] | None = None
    module: str = ""  # where `view` of the list shows them
    listing: str = ""
    view: str = ""

    def count(self, session: Session, unit_ids: Any, on: date, rule: Rule | None = None) -> int:
        """How many stand in some units (ids, or a select of ids) under a rule (default: what goes along)."""
        asked = rule or self.goes or always
        wanted = self.base.with_only_columns(func.count()).where(self.unit.in_(unit_ids), asked(ON))
        return session.scalar(wanted.order_by(None), {"on": on}) or 0


def _help_open(on: Any) -> ColumnElement[bool]:
    return and_(HelpEntry.state == ACTIVE, HelpEntry.until >= on, Resident.state.not_in(GONE))


SHARED = (
    Belonging("households", "户", "户", Household, select(Household.id), Household.unit_id,
              module="residents", listing="households"),
    Belonging("residents", "居民", "人", Resident, select(Resident.id), Resident.unit_id,
              follows=("households", Resident.household_id), module="residents", listing="residents"),
    Belonging("organisations", "驻区单位", "家", Organisation, select(Organisation.id), Organisation.unit_id,
              module="residents", listing="organisations"),
    Belonging("premises", "场所", "个", Premises, select(Premises.id), Premises.unit_id,
              module="inspections", listing="premises"),
    Belonging("help", "帮扶走访", "人", HelpEntry,
              select(HelpEntry.id).join(Resident, Resident.id == HelpEntry.resident_id), Resident.unit_id, goes=None,
              follows=("residents", HelpEntry.resident_id),
              is_open=_help_open, is_due=lambda on: _help_open(on) & (HelpEntry.next_on <= on),
              is_late=lambda on: _help_open(on) & (HelpEntry.next_on < on), contact=HelpEntry.contact_id,
              module="residents", listing="help", view="active"),
    Belonging("homes", "在这里的工作人员", "人", Staff, select(Staff.id), Staff.unit_id,
              module="personnel", listing="staff"),
)  # fmt: skip
"""The records that every module shares."""


@lru_cache(maxsize=1)
def belongings() -> tuple[Belonging, ...]:
    """All kinds: the shared ones first, then the modules' in tab order."""
    found = list(SHARED)
    for module in modules():
        if module.belongings:
            found += load(module.belongings)
    return tuple(found)
