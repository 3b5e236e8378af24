"""The three clocks of a case (accept, handle, verify): limits as data, deadlines in working days, standings."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.core import paths
from gridoffice.core.calendar import WorkCalendar
from gridoffice.core.errors import OfficeError
from gridoffice.domain import settings, workdays
from gridoffice.domain.work import ACCEPT, CLOCK_OF, CLOCKS, HANDLE, VERIFY, Case

SETTING = "case_rules"
"""The office setting that holds its own limits as JSON: {"day_end": "17:30", "K2": {"handle": "7d"}, "ladder": […]}."""


@dataclass(frozen=True)
class Limit:
    """A limit: minutes by the clock (`m`) or working days (`d`; 0: the same day)."""

    number: int
    unit: str

    @classmethod
    def read(cls, text: str) -> Limit:
        """From "30m" or "5d"; raises OfficeError for anything else."""
        number, unit = text.strip()[:-1], text.strip()[-1:]
        if unit not in ("m", "d") or not number.isdigit() or (unit == "m" and number == "0"):
            raise OfficeError(f"时限“{text}”看不懂", safe="没有改动", do="请写成 30m（分钟）或 5d（工作日）")
        return cls(int(number), unit)

    @property
    def words(self) -> str:
        """30 分钟, 5 个工作日, 当天."""
        if self.unit == "m":
            return f"{self.number} 分钟"
        return f"{self.number} 个工作日" if self.number else "当天"

    @property
    def text(self) -> str:
        """As `read` takes it."""
        return f"{self.number}{self.unit}"


@dataclass(frozen=True)
class KindRule:
    """One handling kind (reference 7.2): its words, who tries first, and the limit of each clock."""

    key: str
    title: str
    help: str
    level: int
    limits: Mapping[str, Limit]


@dataclass(frozen=True)
class Rung:
    """A rung of the 督办 ladder: proposed when a case is so many working days late."""

    rank: int
    title: str
    late: int


@dataclass(frozen=True)
class Rules:
    """Everything that is data in the loop."""

    kinds: Mapping[str, KindRule]
    ladder: tuple[Rung, ...]
    day_end: time
    amber: float

    def limit(self, kind: str, clock: str) -> Limit:
        """A kind's limit of a clock; an unknown kind counts as coordinated."""
        return (self.kinds.get(kind) or self.kinds["K2"]).limits[clock]

    def deadline(self, limit: Limit, start: datetime, calendar: WorkCalendar) -> datetime:
        """When a limit that starts now is over: the day of the start does not count, the last day ends at `day_end`."""
        if limit.unit == "m":
            return start + timedelta(minutes=limit.number)
        end = self.end_of(calendar.add(start.date(), limit.number))
        return end if end > start else datetime.combine(start.date(), time(23, 59, 59))

    def end_of(self, day: date) -> datetime:
        """The moment a day's work ends."""
        return datetime.combine(day, self.day_end)

    def amber_at(self, start: datetime, red: datetime, calendar: WorkCalendar) -> datetime:
        """When a clock turns amber: a fifth of the time is left, in working days at least the last one (ref. 7.4)."""
        days = calendar.count(start.date() + timedelta(days=1), red.date())
        if days < 1:
            return red - (red - start) * self.amber
        left = max(1, round(days * self.amber))
        day = red.date()
        while left > 1 and day > start.date():
            day -= timedelta(days=1)
            left -= calendar.is_working(day)
        return datetime.combine(day, time(0))

    def rung(self, days_late: int) -> Rung | None:
        """The highest rung that so many working days late reach."""
        return next((rung for rung in reversed(self.ladder) if days_late >= rung.late), None)


@lru_cache(maxsize=1)
def shipped() -> Rules:
    """The rules of `resources/cases/rules.toml`."""
    data = tomllib.loads((paths.resources() / "cases" / "rules.toml").read_text("utf-8"))
    kinds = {
        one["key"]: KindRule(
            one["key"], one["title"], one["help"], one["level"], {clock: Limit.read(one[clock]) for clock in CLOCKS}
        )
        for one in data["kind"]
    }
    ladder = tuple(Rung(one["rank"], one["title"], Limit.read(one["late"]).number) for one in data["ladder"])
    return Rules(kinds, ladder, time.fromisoformat(data["day_end"]), data["amber"])


def of(session: Session) -> Rules:
    """The rules that hold in this office: the shipped ones with what it set itself."""
    return _changed(settings.get(session, SETTING))


@lru_cache(maxsize=8)
def _changed(own: str) -> Rules:
    rules = shipped()
    if not own:
        return rules
    data: dict[str, Any] = json.loads(own)
    kinds = dict(rules.kinds)
    for key, limits in data.items():
        if key in kinds:
            changed = {clock: Limit.read(text) for clock, text in limits.items() if clock in CLOCKS}
            kinds[key] = replace(kinds[key], limits={**kinds[key].limits, **changed})
    told = data.get("ladder")
    ladder = tuple(Rung(rank, title, late) for rank, (title, late) in enumerate(told, 1)) if told else rules.ladder
    end = time.fromisoformat(data.get("day_end", f"{rules.day_end:%H:%M}"))
    return replace(rules, kinds=kinds, day_end=end, ladder=ladder)


def keep(session: Session, rules: Rules) -> None:
    """Set the office's rules; the rungs of a ladder are ranked in their order."""
    kept: dict[str, Any] = {
        key: {clock: limit.text for clock, limit in kind.limits.items()} for key, kind in rules.kinds.items()
    }
    kept["day_end"] = f"{rules.day_end:%H:%M}"
    if rules.ladder != shipped().ladder:
        kept["ladder"] = [(rung.title, rung.late) for rung in rules.ladder]
    settings.put(session, SETTING, json.dumps(kept, sort_keys=True, ensure_ascii=False))


def due_on(kind: str, found: date, rules: Rules | None = None, calendar: WorkCalendar | None = None) -> date:
    """The day a matter found on a day is to be settled by its kind's own limit (reference 7.2)."""
    from gridoffice.core.calendar import shipped as shipped_calendar

    chosen = rules or shipped()
    start = datetime.combine(found, time(9))
    return chosen.deadline(chosen.limit(kind, HANDLE), start, calendar or shipped_calendar()).date()


def begin(case: Case, start: datetime, rules: Rules, calendar: WorkCalendar) -> None:
    """Start the clock of the case's state; where none runs the deadline goes away."""
    clock = CLOCK_OF.get(case.state)
    if clock is None:
        case.red_at = case.amber_at = None
        return
    limit = rules.limit(case.kind, clock)
    if clock == HANDLE and case.due_on is not None and limit.unit == "d":
        red = rules.end_of(case.due_on)
    else:
        red = rules.deadline(limit, start, calendar)
    case.red_at, case.amber_at = red, rules.amber_at(start, red, calendar)


def columns(kind: str, state: str, start: datetime, due: date | None) -> dict[str, datetime | None]:
    """`red_at` and `amber_at` of a case put in by the bulk, by the shipped rules and calendar."""
    from gridoffice.core.calendar import shipped as shipped_calendar

    case = Case(kind=kind, state=state, due_on=due)
    begin(case, start, shipped(), shipped_calendar())
    return {"red_at": case.red_at, "amber_at": case.amber_at}


def days_late(red: datetime, now: datetime, calendar: WorkCalendar) -> int:
    """Working days past a deadline: 0 on its own day, then one for each working day begun."""
    if now <= red:
        return 0
    return calendar.count(red.date() + timedelta(days=1), now.date()) if now.date() > red.date() else 0


def standing(state: str, amber: datetime | None, red: datetime | None, now: datetime) -> str:
    """ "tone|words" of a case: its state, and how near or past the running clock's deadline is."""
    from gridoffice.domain.work import ENDED, STATES

    word = STATES[state]
    if state in ENDED:
        return f"done|{word}"
    if red is None:
        return f"soon|{word}"
    if red < now:
        days = (now.date() - red.date()).days
        return f"late|{word}，逾期 {f'{days} 天' if days else _span(now - red)}"
    if amber is not None and amber <= now:
        return f"soon|{word}，{_left(red, now)}"
    return f"plain|{word}"


def _left(red: datetime, now: datetime) -> str:
    if red.date() == now.date():
        return f"还剩 {_span(red - now)}" if (red - now) < timedelta(hours=2) else "今天到期"
    days = (red.date() - now.date()).days
    return "明天到期" if days == 1 else f"还有 {days} 天"


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return f"{max(1, minutes)} 分钟"
    return f"{minutes // 60} 小时"


def calendar_of(session: Session) -> WorkCalendar:
    """The office's working-day calendar."""
    return workdays.of(session)


__all__ = [
    "ACCEPT", "HANDLE", "VERIFY", "KindRule", "Limit", "Rules", "Rung", "begin", "calendar_of", "columns", "days_late",
    "due_on", "keep", "of", "shipped", "standing",
]  # fmt: skip
