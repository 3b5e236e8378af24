"""Looking at a past day: which days can be looked at, and which are worth it."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import func, select

from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.core.typed_day import WORDS, year_ago
from gridoffice.db.office import Office
from gridoffice.domain.grids import GridPast, GridUnit

EARLIEST = date(1949, 10, 1)


def check(day: date, today: date) -> None:
    """Raise OfficeError for a day to come, and for one before any office."""
    if day > today:
        raise OfficeError(f"{chinese(day)}还没有到", safe="看的还是原来那天", do="请选今天或以前的一天")
    if day < EARLIEST:
        raise OfficeError(f"{chinese(day)}太早了，没有那时的记录", safe="看的还是原来那天", do="请选近一些的一天")


def last_change(office: Office, today: date) -> date | None:
    """The last day before the tree was last redrawn (split, merge, move, new code); None when it never was."""
    with office.read() as session:
        before = session.scalar(select(func.max(GridPast.until)).where(GridPast.until < today))
        ended = session.scalar(select(func.max(GridUnit.end)).where(GridUnit.end < today))
    return max((day for day in (before, ended) if day is not None), default=None)


def picks(office: Office, today: date) -> list[tuple[str, date]]:
    """Days people ask for, with their words: yesterday, end of last month, a year ago, before the last redrawing."""
    found = [
        ("昨天", today - timedelta(days=1)),
        ("上月末", WORDS["上月末"](today)),
        ("年初", date(today.year, 1, 1)),
        ("去年今天", year_ago(today)),
    ]
    change = last_change(office, today)
    if change is not None:
        found.append(("最近一次撤并前", change))
    return found
