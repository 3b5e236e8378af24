"""What a handbook is asked for, and everything its chapters are made from."""

from __future__ import annotations

from dataclasses import dataclass, field

from gridoffice.db.office import Office
from gridoffice.domain.grids import GRID, GridUnit
from gridoffice.modules.documents.roll import Roll, Seat
from gridoffice.modules.documents.texts import Texts
from gridoffice.papers.handbook_view import (
    BlankPages,
)

ABOUT, DUTIES, LEDGERS, FIRE, SERVICES, PHONES, YEAR = (
    "about", "duties", "ledgers", "fire", "services", "phones", "year",
)  # fmt: skip
GROUPS = (
    (ABOUT, "网格概况"),
    (DUTIES, "职责、流程和制度"),
    (LEDGERS, "台账"),
    (FIRE, "消防检查"),
    (SERVICES, "便民服务和法规"),
    (PHONES, "AB岗对照表和通讯录"),
    (YEAR, "年历"),
)
"""Groups of chapters that are chosen or left out together."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for: whose book or of which units, the groups, the pages to write on, size and look."""

    units: tuple[GridUnit, ...]  # none: the whole office
    seat: Seat | None = None
    groups: frozenset[str] = frozenset(key for key, _title in GROUPS)
    pages: dict[str, int] = field(default_factory=dict)
    year: int = 0
    size: str = "A5"
    design: str = "red"
    has_maps: bool = True
    bleed: float = 0.0


@dataclass(frozen=True)
class Source:
    """Everything a chapter is made from."""

    office: Office
    roll: Roll
    texts: Texts
    wanted: Wanted

    @property
    def villages(self) -> list[GridUnit]:
        """The villages the book speaks of."""
        if not self.wanted.units:
            return self.roll.villages()
        found = [self.roll.village_of(unit) or unit for unit in self.wanted.units]
        return list({unit.id: unit for unit in found}.values())

    def grids(self, village: GridUnit) -> list[GridUnit]:
        """The grids of a village the book speaks of: all, or those asked for."""
        grids = self.roll.grids(village.id)
        asked = {unit.id for unit in self.wanted.units if unit.level >= GRID}
        return [one for one in grids if one.id in asked] if asked else grids


def blank(wanted: Wanted, kind: str, title: str = "") -> tuple[BlankPages, ...]:
    count = wanted.pages.get(kind, 0)
    return (BlankPages(kind, count, title),) if count else ()
