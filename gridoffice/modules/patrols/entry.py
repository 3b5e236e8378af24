"""A patrol as it is entered, and when it is sound (the checks of reference 6.1 as sentences)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from gridoffice.core import typed_time
from gridoffice.core.calendar import chinese
from gridoffice.core.errors import OfficeError
from gridoffice.db.office import Office
from gridoffice.domain import duty
from gridoffice.domain.grids import GridUnit
from gridoffice.domain.staff import Staff
from gridoffice.domain.tree import Tree
from gridoffice.forms import answers as sheets
from gridoffice.forms import logs

SAFE = "没有写入任何内容"

Photo = tuple[str, bytes]
"""A photo's name (when, where, file) and its bytes."""


@dataclass(frozen=True)
class Problem:
    """A problem found on a patrol; a settled one is registered as handled on the spot and waits for its check."""

    category: str
    kind: str = "K1"
    text: str = ""
    place: str = ""
    is_settled: bool = False
    measures: str = ""
    photos: tuple[Photo, ...] = ()


class Doubt(OfficeError):
    """What is likely a slip but may be meant: the same entry with `is_sure` is kept."""


class WayOut(OfficeError):
    """An error with a way out: the field to change, the value it should get, and the words for the button."""

    def __init__(self, what: str, do: str, key: str, value: int, word: str) -> None:
        super().__init__(what, safe=SAFE, do=do)
        self.key, self.value, self.word = key, value, word


@dataclass(frozen=True)
class Line:
    """A line of a day's log (reference 6.3)."""

    at: time | None = None
    kind: str = "巡查"
    whom: str = ""
    text: str = ""
    measures: str = ""
    result: str = ""
    follow_on: date | None = None


LINE_KINDS = ("巡查", "走访", "服务", "宣传", "检查", "调解")
"""Kinds of a line (reference 6.3)."""


@dataclass(frozen=True)
class Entry:
    """A patrol as it is entered; `houses` are the households that were visited."""

    day: date
    start: time | None = None
    end: time | None = None
    unit_id: int | None = None
    staff_id: int | None = None
    kind: str = "日常巡查"
    households: int = 0
    text: str = ""
    problems: tuple[Problem, ...] = ()
    start2: time | None = None
    end2: time | None = None
    companions: str = ""
    weather: str = ""
    route: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)
    lines: tuple[Line, ...] = ()
    houses: tuple[int, ...] = ()
    photos: tuple[Photo, ...] = ()
    is_sure: bool = False

    @property
    def minutes(self) -> int:
        """How long both walks took together (reference 6.1: 总计时长)."""
        return span(self.start, self.end) + span(self.start2, self.end2)


def span(start: time | None, end: time | None) -> int:
    """Minutes from one time to another, 0 when one is missing."""
    if start is None or end is None:
        return 0
    return max(0, end.hour * 60 + end.minute - start.hour * 60 - start.minute)


def read_time(text: str) -> time | None:
    """A time typed as people type it (`core/typed_time.py`); None when empty. Raises OfficeError."""
    try:
        return typed_time.read_time(text)
    except ValueError as error:
        raise OfficeError(str(error), safe="填好的内容都还在", do="请写成 8:30 或 0830") from error


def columns(entry: Entry) -> dict[str, object]:
    """The columns of a patrol as the entry has them; visited households count at least as many as were picked."""
    keys = ("day", "start", "end", "start2", "end2", "unit_id", "staff_id", "kind")
    texts = {key: getattr(entry, key).strip() for key in ("companions", "weather", "route", "text")}
    kind = logs.kind_of(entry.kind)
    form = kind.form if kind is not None else None
    kept = counted(entry.answers) if form is None else sheets.completed(form, counted(entry.answers))
    return {
        **{key: getattr(entry, key) for key in keys},
        **texts,
        "households": max(entry.households, len(entry.houses)),
        "form": form.key if form is not None and kept else "",
        "form_version": form.version if form is not None and kept else 0,
        "answers": kept,
    }


PARTS = ("public_safety", "fire", "environment", "other")


def counted(answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with the total of problems filled in where the parts were given (reference 6.1)."""
    parts = [answers[key] for key in PARTS if isinstance(answers.get(key), int)]
    if "total" in answers or not parts or ("public_safety" not in answers and "fire" not in answers):
        return dict(answers)
    return {**answers, "total": sum(parts)}


def checked(session: Session, entry: Entry, office: Office, found: int = 0) -> tuple[GridUnit, Staff]:
    """Grid and worker of a sound entry (reference 6.1: end after start); raises OfficeError, a WayOut or a Doubt.

    `found`: problems the log has already.
    """
    unit = session.get(GridUnit, entry.unit_id) if entry.unit_id else None
    worker = session.get(Staff, entry.staff_id) if entry.staff_id else None
    if unit is None:
        raise OfficeError("没有选网格", safe=SAFE, do="请选择巡查的网格")
    if worker is None:
        raise OfficeError("没有选网格员", safe=SAFE, do="请选择是谁去巡查的")
    if entry.day > office.today():
        raise OfficeError(f"巡查日期{chinese(entry.day)}在今天之后", safe=SAFE, do="请改正日期")
    _times(entry)
    if office.on is None and datetime.combine(entry.day, entry.start or time()) > datetime.now():
        raise OfficeError("开始时间还没有到", safe=SAFE, do="巡查之后再登记，或改正时间")
    if entry.households < 0:
        raise OfficeError("走访户数不能小于 0", safe=SAFE, do="请改正户数")
    for problem in entry.problems:
        if problem.is_settled and not problem.measures.strip():
            raise OfficeError("当场处理的问题没有写怎么处理的", safe=SAFE, do="请写一句处理措施和结果")
    _answers(entry)
    _standing(session, unit, entry.day)
    _present(session, unit, worker, entry.day)
    _total(entry, found + len(entry.problems))
    return unit, worker


def _total(entry: Entry, number: int) -> None:
    """Doubt a total of problems that is not the number of those entered (reference 6.1: 问题总件数)."""
    total = counted(entry.answers).get("total")
    if not isinstance(total, int) or total == number or entry.is_sure:
        return
    if total > number:
        do = f"请在“发现的问题”里补上 {total - number} 个，或改正件数；小问题只记件数的，可以就这样保存"
    else:
        do = "请改正件数，或把问题总件数空着由程序算"
    raise Doubt(f"问题总件数填了 {total} 件，登记的问题有 {number} 个，对不上", safe=SAFE, do=do)


def _times(entry: Entry) -> None:
    if entry.start is None or entry.end is None:
        raise OfficeError("没有填起止时间", safe=SAFE, do="请填开始和结束时间，例如 8:30 和 10:05")
    if entry.end <= entry.start:
        raise OfficeError("结束时间不晚于开始时间", safe=SAFE, do="请改正时间；跨过零点的夜巡请分两条登记")
    if (entry.start2 is None) != (entry.end2 is None):
        raise OfficeError("第二次巡查的起止时间只填了一个", safe=SAFE, do="请两个都填，或都空着")
    if entry.start2 is not None and entry.end2 is not None:
        if entry.start2 < entry.end:
            raise OfficeError("第二次巡查开始得比第一次结束还早", safe=SAFE, do="请改正时间")
        if entry.end2 <= entry.start2:
            raise OfficeError("第二次巡查的结束时间不晚于开始时间", safe=SAFE, do="请改正时间")


def _answers(entry: Entry) -> None:
    kind = logs.kind_of(entry.kind)
    if kind is None or kind.form is None:
        return
    answers = counted(entry.answers)
    for key, wrong in sheets.problems(kind.form, answers).items():
        item = kind.form.item(key)
        raise OfficeError(f"“{item.title if item else key}”{wrong}", safe=SAFE, do="请改正后再保存")
    if "total" in answers and kind.form.item("public_safety") is not None:
        total, parts = answers["total"], sum(answers.get(key) or 0 for key in PARTS)
        if total != parts:
            raise OfficeError(f"问题总件数 {total} 不等于各分项之和 {parts}", safe=SAFE, do="请改正，或把总件数空着")
        done = (answers.get("self_solved") or 0) + (answers.get("reported") or 0)
        if done > total:
            raise OfficeError(f"自行解决加上报 {done} 件，多于问题总件数 {total}", safe=SAFE, do="请改正件数")


def _standing(session: Session, unit: GridUnit, day: date) -> None:
    if unit.end is None or unit.end >= day:
        return
    heirs = [session.get(GridUnit, one) for one in Tree(session).now_for(unit.id)]
    names = [one for one in heirs if one is not None]
    what = f"{unit.name}到{chinese(unit.end)}为止，{chinese(day)}已经没有这个网格"
    if not names:
        raise OfficeError(what, safe=SAFE, do="请选择现在的网格")
    do = f"请改选接着的{'、'.join(one.name for one in names)}"
    raise WayOut(what, do, "unit_id", names[0].id, f"改为{names[0].name}")


def _present(session: Session, unit: GridUnit, worker: Staff, day: date) -> None:
    away = duty.absences(session, day, day, worker.id)
    if not away:
        return
    found = duty.on_duty(session, day, [unit.id]).get(unit.id)
    what = f"{worker.name}{chinese(day)}请假（{chinese(away[0].start)}至{chinese(away[0].end)}）"
    if found is None or found.staff_id is None or found.staff_id == worker.id:
        raise OfficeError(what, safe=SAFE, do="请选择实际去巡查的人，或先改正请假日期")
    raise WayOut(what, f"这一天由{found.name}代，请改选", "staff_id", found.staff_id, f"改为{found.name}")
