"""Limits of the closed loop and the working-day calendar as the settings page shows and changes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from gridoffice.core.calendar import WorkCalendar, shipped, shipped_years
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import clocks, retime, workdays
from gridoffice.domain.clocks import Limit, Rules
from gridoffice.domain.retime import Rehearsal
from gridoffice.domain.work import CLOCKS
from gridoffice.domain.workdays import HOLIDAY, WORKDAY, CalendarDay


@dataclass(frozen=True)
class KindRow:
    """A handling kind with the limit of each clock as text ("5d") and in words."""

    key: str
    title: str
    help: str
    limits: Mapping[str, str]
    words: Mapping[str, str]


@dataclass(frozen=True)
class Day:
    """A day of the calendar: whether it is worked, its name, and whether the office set it so."""

    day: date
    is_working: bool
    name: str
    is_own: bool


def kinds(office: Office) -> list[KindRow]:
    """The handling kinds with their limits."""
    with office.read() as session:
        rules = clocks.of(session)
    return [
        KindRow(
            kind.key,
            kind.title,
            kind.help,
            {clock: kind.limits[clock].text for clock in CLOCKS},
            {clock: kind.limits[clock].words for clock in CLOCKS},
        )
        for kind in rules.kinds.values()
    ]


def day_end(office: Office) -> str:
    """When a day's work ends: 17:30."""
    with office.read() as session:
        return f"{clocks.of(session).day_end:%H:%M}"


def _changed(rules: Rules, given: Mapping[str, Mapping[str, str]], end: str) -> Rules:
    """The rules with other limits; raises OfficeError for one that cannot be read."""
    try:
        ends = time.fromisoformat(end.strip().replace("：", ":"))
    except ValueError as error:
        raise OfficeError(f"下班时间“{end}”不对", safe="没有改动", do="请写成 17:30") from error
    made = dict(rules.kinds)
    for key, limits in given.items():
        made[key] = replace(made[key], limits={clock: Limit.read(text) for clock, text in limits.items()})
    return replace(rules, kinds=made, day_end=ends)


def rehearse_limits(office: Office, given: Mapping[str, Mapping[str, str]], end: str) -> Rehearsal:
    """What other limits would do to the cases that run. Raises OfficeError."""
    with office.read() as session:
        rules, days = clocks.of(session), clocks.calendar_of(session)
        return retime.rehearse(session, (rules, days), (_changed(rules, given, end), days), office.now())


def save_limits(office: Office, given: Mapping[str, Mapping[str, str]], end: str, *, running: bool) -> Rehearsal:
    """Set the limits; with `running` the clocks that follow the rule move too. Raises OfficeError."""
    with office.unit("修改事项时限") as session:
        rules, days = clocks.of(session), clocks.calendar_of(session)
        new = _changed(rules, given, end)
        found = retime.rehearse(session, (rules, days), (new, days), office.now())
        clocks.keep(session, new)
        if running:
            retime.apply(session, found, who=office.user, now=office.now(), reason="时限规定修改，按新规定重新计算")
    return found


def month(office: Office, year: int, number: int) -> list[Day]:
    """The days of a month."""
    with office.read() as session:
        calendar, own = workdays.of(session), set(session.scalars(select(CalendarDay.day)))
    first = date(year, number, 1)
    last = date(year + number // 12, number % 12 + 1, 1)
    days = (date.fromordinal(n) for n in range(first.toordinal(), last.toordinal()))
    return [Day(day, calendar.is_working(day), calendar.name(day), day in own) for day in days]


def source(year: int) -> tuple[str, bool]:
    """Where a year's shipped days come from, and whether its exchanged days are known; a year not shipped has none."""
    return shipped_years().get(year, ("没有随程序提供，只按周一到周五计算", False))


def rehearse_day(office: Office, day: date, kind: str) -> Rehearsal:
    """What a changed day would do to the cases that run."""
    with office.read() as session:
        rules, days = clocks.of(session), clocks.calendar_of(session)
        return retime.rehearse(session, (rules, days), (rules, _with(days, day, kind, "")), office.now())


def _with(days: WorkCalendar, day: date, kind: str, name: str) -> WorkCalendar:
    if kind == HOLIDAY:
        return days.changed({day: name or "放假"}, {})
    if kind == WORKDAY:
        return days.changed({}, {day: name or "调休上班"})
    plain = shipped()
    off = {one: word for one, word in days.holidays.items() if one != day}
    on = {one: word for one, word in days.workdays.items() if one != day}
    off |= {day: plain.holidays[day]} if day in plain.holidays else {}
    on |= {day: plain.workdays[day]} if day in plain.workdays else {}
    return WorkCalendar(off, on)


def set_day(office: Office, day: date, kind: str, name: str = "", *, running: bool = True) -> Rehearsal:
    """Make a day a holiday or a working day ("" gives it back to the shipped calendar); running clocks follow."""
    words = {HOLIDAY: "放假", WORKDAY: "上班", "": "恢复原样"}
    with office.unit(f"工作日历：{day.isoformat()} {name or words[kind]}") as session:
        rules, days = clocks.of(session), clocks.calendar_of(session)
        found = retime.rehearse(session, (rules, days), (rules, _with(days, day, kind, name)), office.now())
        _keep(session, day, kind, name)
        if running:
            reason = f"{day.month}月{day.day}日改为{words[kind]}，重新计算时限"
            retime.apply(session, found, who=office.user, now=office.now(), reason=reason)
    return found


def _keep(session: Session, day: date, kind: str, name: str) -> None:
    kept = session.scalars(select(CalendarDay).where(CalendarDay.day == day)).first()
    if not kind:
        if kept is not None:
            session.delete(kept)
        return
    if kept is None:
        session.add(CalendarDay(day=day, kind=kind, name=name[:40]))
    else:
        kept.kind, kept.name = kind, name[:40]
