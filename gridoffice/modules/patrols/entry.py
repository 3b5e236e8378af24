"""A patrol as it is entered, the words offered for it, and when it is sound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.core.text import narrow
from gridoffice.db.office import Office
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.staff import Staff

SAFE = "没有写入任何内容"


@dataclass(frozen=True)
class Problem:
    """A problem found on a patrol; a settled one is registered as handled on the spot and waits for its check."""

    category: str
    kind: str = "K1"
    text: str = ""
    place: str = ""
    is_settled: bool = False
    measures: str = ""


@dataclass(frozen=True)
class Entry:
    """A patrol as it is entered."""

    day: date
    start: time | None = None
    end: time | None = None
    unit_id: int | None = None
    staff_id: int | None = None
    kind: str = "日常巡查"
    households: int = 0
    text: str = ""
    problems: tuple[Problem, ...] = ()


def read_time(text: str) -> time | None:
    """A time typed as people type it: 8:30, 08：30, 830, 0830, 8点, 8点半; None when empty. Raises OfficeError."""
    plain = narrow(text).replace("点半", ":30").replace("点", ":").replace("时", ":").rstrip("分")
    if not plain:
        return None
    hour, colon, minute = plain.partition(":")
    if not colon and len(plain) > 2:
        hour, minute = plain[:-2], plain[-2:]
    try:
        return time(int(hour), int(minute or 0))
    except ValueError as error:
        raise OfficeError(f"“{text}”不是时间", safe="填好的内容都还在", do="请写成 8:30 或 0830") from error


def columns(entry: Entry) -> dict[str, object]:
    """The columns of a patrol as the entry has them."""
    keys = ("day", "start", "end", "unit_id", "staff_id", "kind", "households")
    return {key: getattr(entry, key) for key in keys} | {"text": entry.text.strip()}


def checked(session: Session, entry: Entry, office: Office) -> tuple[GridUnit, Staff]:
    """Grid and worker of a sound entry (reference 6.1: end after start); raises OfficeError."""
    unit = session.get(GridUnit, entry.unit_id) if entry.unit_id else None
    worker = session.get(Staff, entry.staff_id) if entry.staff_id else None
    if unit is None:
        raise OfficeError("没有选网格", safe=SAFE, do="请选择巡查的网格")
    if worker is None:
        raise OfficeError("没有选网格员", safe=SAFE, do="请选择是谁去巡查的")
    if entry.day > office.today():
        raise OfficeError(f"巡查日期{chinese(entry.day)}在今天之后", safe=SAFE, do="请改正日期")
    if entry.start is None or entry.end is None:
        raise OfficeError("没有填起止时间", safe=SAFE, do="请填开始和结束时间，例如 8:30 和 10:05")
    if entry.end <= entry.start:
        raise OfficeError("结束时间不晚于开始时间", safe=SAFE, do="请改正时间；跨过零点的夜巡请分两条登记")
    if office.on is None and datetime.combine(entry.day, entry.start) > datetime.now():
        raise OfficeError("开始时间还没有到", safe=SAFE, do="巡查之后再登记，或改正时间")
    if entry.households < 0:
        raise OfficeError("走访户数不能小于 0", safe=SAFE, do="请改正户数")
    for problem in entry.problems:
        if problem.is_settled and not problem.measures.strip():
            raise OfficeError("当场处理的问题没有写怎么处理的", safe=SAFE, do="请写一句处理措施和结果")
    return unit, worker
