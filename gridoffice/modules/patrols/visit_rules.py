"""How often households are visited and what can come of it: shipped data, with the intervals the office changed."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.core import paths
from gridoffice.core.errors import OfficeError
from gridoffice.domain import settings

LEAST, MOST = 1, 3650
"""Days an interval may have."""


@dataclass(frozen=True)
class VisitRule:
    """For whom (`who`: listed | tagged | all) and every how many days a visit is due (reference 10.4 and 3)."""

    key: str
    title: str
    who: str
    days: int

    @property
    def setting(self) -> str:
        """The office's setting that changes the days."""
        return f"visit_days_{self.key}"


@dataclass(frozen=True)
class VisitResult:
    """What can come of a visit: the digit typed for it, and what is noted of a help visit behind the same door."""

    name: str
    key: str
    title: str
    short: str
    is_visit: bool
    help: str


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    with (paths.resources() / "visits" / "rules.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1)
def shipped() -> tuple[VisitRule, ...]:
    """The rules as shipped, the strictest first."""
    return tuple(VisitRule(**told) for told in _data()["rule"])


@lru_cache(maxsize=1)
def results() -> tuple[VisitResult, ...]:
    """What can come of a visit, in the order of the keys."""
    return tuple(VisitResult(**told) for told in _data()["result"])


def result_of(name: str) -> VisitResult | None:
    """A result by its name."""
    return next((one for one in results() if one.name == name), None)


def not_visited() -> tuple[str, ...]:
    """The results that leave a household unvisited."""
    return tuple(one.name for one in results() if not one.is_visit)


def usual_doors() -> int:
    """Doors a worker can knock at in a day."""
    return int(_data()["plan"]["doors"])


def usual_days() -> int:
    """Days without contact after which the week's plan proposes a visit."""
    return int(_data()["plan"]["days"])


def rules(session: Session) -> tuple[VisitRule, ...]:
    """The rules with the intervals that hold in this office."""
    found = []
    for rule in shipped():
        own = settings.get(session, rule.setting)
        found.append(replace(rule, days=int(own)) if own.isdecimal() else rule)
    return tuple(found)


def checked(days: dict[str, int]) -> dict[str, int]:
    """Intervals by rule when they can be kept; raises OfficeError."""
    for rule in shipped():
        asked = days.get(rule.key, rule.days)
        if not LEAST <= asked <= MOST:
            raise OfficeError(
                f"“{rule.title}”的走访间隔要在 {LEAST} 到 {MOST} 天之间", safe="走访规则没有改动", do="例如 30、90、365"
            )
    return days


def keep(session: Session, days: dict[str, int]) -> None:
    """Keep the office's intervals in the unit at hand; raises OfficeError."""
    for key, asked in checked(days).items():
        settings.put(session, f"visit_days_{key}", str(asked))
