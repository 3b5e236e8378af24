"""A case as it is entered, and when that is sound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.core.typed_time import read_time
from gridoffice.db.office import Office
from gridoffice.domain import categories, work
from gridoffice.domain.work import Case

SAFE = "没有写入任何内容"
LONG_AGO = 3 * 366  # days; what was found longer ago is a slip of the keyboard


@dataclass(frozen=True)
class Entry:
    """A case as it is entered; without `due_on` the kind's own limit holds."""

    title: str
    found_on: date
    category: str = "其他"
    kind: str = "K2"
    unit_id: int | None = None
    place: str = ""
    due_on: date | None = None
    text: str = ""
    source: str = "resident"
    finder_id: int | None = None
    handler: str = ""
    subcategory: str = ""
    severity: str = "low"
    reporter: str = ""
    reporter_phone: str = ""
    outside_number: str = ""
    found_time: str = ""  # 09:10; "": not known


def check(entry: Entry, office: Office) -> None:
    """Raise OfficeError when an entry cannot be kept."""
    if not entry.title.strip():
        raise OfficeError("事项没有标题", safe=SAFE, do="请用一句话写明是什么事")
    categories.check(entry.category, entry.subcategory)
    if len(entry.title.strip()) > 120:
        raise OfficeError("标题太长（最多 120 字）", safe=SAFE, do="请缩短标题，细节写在“情况”里")
    if entry.found_on < office.today() - timedelta(days=LONG_AGO):
        raise OfficeError(f"发现日期{chinese(entry.found_on)}太早了", safe=SAFE, do="请看看年份有没有写错")
    if entry.found_on > office.today():
        raise OfficeError(f"发现日期{chinese(entry.found_on)}在今天之后", safe=SAFE, do="请改正日期")
    if entry.due_on is not None and entry.due_on < entry.found_on:
        raise OfficeError("办理时限早于发现日期", safe=SAFE, do="请改正时限或发现日期；时限空着就按处理方式推算")
    if entry.kind not in work.KINDS:
        raise OfficeError("没有选处理方式", safe=SAFE, do="请在一般性、协调性、突发性、审批性中选一种")


def found_at(entry: Entry, office: Office) -> datetime | None:
    """The moment it was found; None where only the day is known. Raises OfficeError for an impossible one."""
    try:
        at = read_time(entry.found_time)
    except ValueError as error:
        raise OfficeError(f"发现时间{error}", safe=SAFE, do="请写成 9:10 或 0910；不知道的空着") from error
    if at is None:
        return None
    found = datetime.combine(entry.found_on, at)
    if found > office.now():
        raise OfficeError(
            f"发现时间 {found:%m-%d %H:%M} 在现在之后", safe=SAFE, do="请改正发现日期或时间；不知道的空着"
        )
    return found


def columns(entry: Entry) -> dict[str, object]:
    """The columns of a case as the entry has them."""
    keys = ("found_on", "category", "kind", "unit_id", "due_on", "source", "finder_id", "severity")
    texts = (
        "title", "place", "text", "handler", "subcategory", "reporter", "reporter_phone", "outside_number",
    )  # fmt: skip
    return {key: getattr(entry, key) for key in keys} | {key: getattr(entry, key).strip() for key in texts}


def of_case(case: Case) -> Entry:
    """The entry of a case that is kept."""
    return Entry(
        title=case.title,
        found_on=case.found_on,
        category=case.category,
        kind=case.kind,
        unit_id=case.unit_id,
        place=case.place,
        due_on=case.due_on,
        text=case.text,
        source=case.source,
        finder_id=case.finder_id,
        handler=case.handler,
        subcategory=case.subcategory,
        severity=case.severity,
        reporter=case.reporter,
        reporter_phone=case.reporter_phone,
        outside_number=case.outside_number,
        found_time=f"{case.found_at:%H:%M}" if case.found_at and case.found_at.date() == case.found_on else "",
    )
