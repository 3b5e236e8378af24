"""走访覆盖: households lived in, due, late, never and not within a year visited, by village, grid or worker on duty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, select

from gridoffice.db.office import Office
from gridoffice.domain import duty
from gridoffice.domain.people import Household
from gridoffice.domain.tree import Tree, villages_on
from gridoffice.modules.patrols import visits
from gridoffice.modules.patrols.visit_list import YEAR, unmet
from gridoffice.modules.patrols.visits import IS_LIVED_IN, VISIT

WAYS = {"village": "村（社区）", "grid": "网格", "worker": "网格员"}
MEASURES = {"households": "住户", "unvisited": "从未走访", "year": "一年未走访", "late": "逾期", "due": "应访"}
"""What is counted, by the view of the list of visits that has the same households."""
NOWHERE, NOBODY = "未入网格", "没有人在岗"


@dataclass(frozen=True)
class Row:
    """A line of the table: its words, numbers by measure, and the units whose households it counts (None: no unit)."""

    title: str
    numbers: dict[str, int]
    units: tuple[int | None, ...]

    @property
    def percent(self) -> int | None:
        """Households whose visit is not due, of all, in per cent."""
        whole = self.numbers["households"]
        return round(100 * (whole - self.numbers["due"]) / whole) if whole else None


def table(office: Office, way: str) -> list[Row]:
    """The table laid out one way, the least covered first; the caller adds the sum of its lines."""
    on = office.today()

    def number(condition: Any) -> Any:
        return func.sum(case((condition, 1), else_=0))

    wanted = (
        visits.joined(
            select(
                Household.unit_id,
                func.count(),
                number(VISIT.c.last.is_(None)),
                number(unmet(on, YEAR)),
                number(visits.is_late(on)),
                number(visits.is_due(on)),
            ).select_from(Household)
        )
        .where(IS_LIVED_IN)
        .group_by(Household.unit_id)
    )
    with office.read() as session:
        tree = Tree(session)
        scope = set(tree.under(office.scope, on)) if office.scope is not None else None
        found = [row for row in session.execute(wanted, {"on": on}) if scope is None or row[0] in scope]
        if way == "village":
            names: dict[int, str] = villages_on(session, on, tree)
        elif way == "grid":
            names = {number: unit.name for number, unit in tree.all(on).items()}
        else:
            names = {unit: post.name or NOBODY for unit, post in duty.on_duty(session, on).items()}
    missing = NOBODY if way == "worker" else NOWHERE
    groups: dict[str, list[Any]] = {}
    for row in found:
        name = NOWHERE if row[0] is None else names.get(row[0], missing)
        groups.setdefault(name, []).append(row)
    rows = [_row(name, own) for name, own in groups.items()]
    return sorted(rows, key=lambda one: (one.percent or 0, -one.numbers["due"], one.title))


def _row(title: str, own: Sequence[Any]) -> Row:
    numbers = {key: sum(int(row[place] or 0) for row in own) for place, key in enumerate(MEASURES, 1)}
    return Row(title, numbers, tuple(row[0] for row in own))


def whole(rows: Sequence[Row]) -> Row:
    """The sum of some lines."""
    numbers = {key: sum(row.numbers[key] for row in rows) for key in MEASURES}
    return Row("合计", numbers, tuple(unit for row in rows for unit in row.units))
